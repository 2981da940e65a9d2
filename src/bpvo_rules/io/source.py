"""The source of a judgement: a Ketendata folder, or an RO file together with a register."""

from pathlib import Path

from bpvo_rules.errors import SourceError
from bpvo_rules.io.ketendata import Progress, read_ketendata
from bpvo_rules.io.ro import read_ro
from bpvo_rules.keten import Keten

__all__ = ["read_source"]

_OF_REGISTER = ("instellingen", "opleidingen", "equivalenten", "keuzedelen", "leerbedrijven", "erkenningen")


def read_source(
    path: Path,
    *,
    register: Path | None = None,
    ro_key: bytes | None = None,
    brin: str | None = None,
    progress: Progress | None = None,
) -> Keten:
    """
    Read whatever a user names as the source.

    Args:
        path: A Ketendata folder, or an RO file.
        register: With an RO file, a Ketendata folder for the register of SBB and
            the reference tables; its other tables, such as the requests and
            measurements of others, are not read. ``None`` for an RO on its own,
            whose other tables are ``None`` then.
        ro_key: Makes the pseudonyms of an RO; see ``read_ro``.
        brin: The school of an RO; see ``read_ro``.
        progress: Called while a folder is read; see ``read_ketendata``.

    Raises:
        SourceError: when a source cannot be read, or a register comes with a folder.

    """
    if path.is_dir():
        if register is not None:
            raise SourceError(
                "Een register hoort bij een registratieoverzicht; een map met Ketendata heeft zijn eigen register."
            )
        return read_ketendata(path, progress=progress)
    overzicht = read_ro(path, key=ro_key, brin=brin)
    if register is None:
        return overzicht
    other = read_ketendata(register, tables=_OF_REGISTER, progress=progress)
    return overzicht.with_tables(
        {name: other.table(name) for name in _OF_REGISTER},
        niet_opgezocht=overzicht.niet_opgezocht | other.niet_opgezocht,
        invoerfouten=overzicht.invoerfouten + other.invoerfouten,
        opmerkingen=overzicht.opmerkingen + other.opmerkingen,
    )
