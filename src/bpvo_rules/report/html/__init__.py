"""
Pages to look at, and their pictures; pages need the extra ``report``.

The pages with the meldingen and those about fotos are made by different functions from different types: a page about
a foto cannot be given a record.
"""

from bpvo_rules.report.html.fotos import foto_bladen, write_fotos
from bpvo_rules.report.html.inzage import EigenRecords, HeleKeten, Inzage, Ketenpartij
from bpvo_rules.report.html.realtime import realtime_bladen, write_realtime

__all__ = [
    "EigenRecords",
    "HeleKeten",
    "Inzage",
    "Ketenpartij",
    "foto_bladen",
    "realtime_bladen",
    "write_fotos",
    "write_realtime",
]
