"""Files: Ketendata folders and registratieoverzichten of DUO, read into a ``Keten`` and written from one."""

from bpvo_rules.io.ketendata import read_ketendata, write_ketendata
from bpvo_rules.io.ro import read_ro, write_ro
from bpvo_rules.io.source import read_source
from bpvo_rules.io.textfile import write_whole

__all__ = ["read_ketendata", "read_ro", "read_source", "write_ketendata", "write_ro", "write_whole"]
