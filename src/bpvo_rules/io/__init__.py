"""Files: Ketendata folders and registratieoverzichten of DUO, read into a ``Keten`` and written from one."""

from bpvo_rules.io.ketendata import read_ketendata, write_ketendata

__all__ = ["read_ketendata", "write_ketendata"]
