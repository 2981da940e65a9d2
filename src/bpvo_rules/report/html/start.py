"""Start: the first page of a report, which says what is in it and for whom."""

from bpvo_rules.report.html.bladen import Blad, Zetter
from bpvo_rules.report.wording import Say

__all__ = ["FOTO", "REALTIME", "start_blad"]

REALTIME = "realtime"
"""Folder of the pages with the meldingen."""
FOTO = "foto"
"""Folder of the pages about fotos; it can be passed on by itself."""


def start_blad(*, realtime: bool, foto: bool, beschermd: bool, say: Say) -> Blad:
    """
    Give the first page.

    Args:
        realtime: Whether there are pages with meldingen.
        foto: Whether there are pages about fotos.
        beschermd: Whether the fotos are protected.
        say: The language.

    """
    return Zetter(say, "BPVO").zet(
        "index.html",
        "start",
        titel=say("Datakwaliteit BPVO", "Data quality of BPVO's"),
        realtime=f"{REALTIME}/index.html" if realtime else None,
        foto=f"{FOTO}/index.html" if foto else None,
        map=FOTO,
        beschermd=beschermd,
    )
