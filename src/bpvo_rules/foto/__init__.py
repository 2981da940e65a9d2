"""From judgements to something without records; the only way to something publishable."""

from bpvo_rules.foto.foto import (
    Aantal,
    Cel,
    Domein,
    Foto,
    Plaats,
    Policy,
    RegelAantal,
    Regelcode,
    Vraagcode,
)
from bpvo_rules.foto.take import aggregate, take_foto
from bpvo_rules.foto.write import cells_csv, to_json

__all__ = [
    "Aantal",
    "Cel",
    "Domein",
    "Foto",
    "Plaats",
    "Policy",
    "RegelAantal",
    "Regelcode",
    "Vraagcode",
    "aggregate",
    "cells_csv",
    "take_foto",
    "to_json",
]
