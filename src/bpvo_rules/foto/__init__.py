"""From judgements to something without records; the only way to something publishable."""

from bpvo_rules.foto.foto import (
    Aantal,
    Cel,
    Domein,
    Foto,
    Getal,
    Plaats,
    Policy,
    RegelAantal,
    Regelcode,
    Status,
    Vraagcode,
)
from bpvo_rules.foto.protect import Opname, expose
from bpvo_rules.foto.take import aggregate, seal, take_foto, take_opname
from bpvo_rules.foto.write import cells_csv, to_json
from bpvo_rules.foto.zegel import Waar, WareCel, WareRegel, Zegel

__all__ = [
    "Aantal",
    "Cel",
    "Domein",
    "Foto",
    "Getal",
    "Opname",
    "Plaats",
    "Policy",
    "RegelAantal",
    "Regelcode",
    "Status",
    "Vraagcode",
    "Waar",
    "WareCel",
    "WareRegel",
    "Zegel",
    "aggregate",
    "cells_csv",
    "expose",
    "seal",
    "take_foto",
    "take_opname",
    "to_json",
]
