"""From judgements to something without records; the only way to something publishable."""

from bpvo_rules.foto.bestand import Fotobestand, FotoId, Reden, Vervanging, describe
from bpvo_rules.foto.canonical import Digest
from bpvo_rules.foto.compare import SoortVerschil, Vergelijking, Verschil, compare
from bpvo_rules.foto.difference import Deel, Oorzaak, explain_difference
from bpvo_rules.foto.folder import Controle, Gebrek, SoortGebrek, foto_digest, foto_files
from bpvo_rules.foto.foto import (
    Aantal,
    Cel,
    Domein,
    Drempels,
    Foto,
    Getal,
    Plaats,
    Policy,
    RegelAantal,
    Regelcode,
    Status,
    Vraagcode,
)
from bpvo_rules.foto.kalender import FOTOKALENDER, Fotokalender
from bpvo_rules.foto.protect import Opname, expose
from bpvo_rules.foto.take import aggregate, seal, take_foto, take_opname
from bpvo_rules.foto.write import cells_csv, document, to_json
from bpvo_rules.foto.zegel import Waar, WareCel, WareRegel, Zegel

__all__ = [
    "FOTOKALENDER",
    "Aantal",
    "Cel",
    "Controle",
    "Deel",
    "Digest",
    "Domein",
    "Drempels",
    "Foto",
    "FotoId",
    "Fotobestand",
    "Fotokalender",
    "Gebrek",
    "Getal",
    "Oorzaak",
    "Opname",
    "Plaats",
    "Policy",
    "Reden",
    "RegelAantal",
    "Regelcode",
    "SoortGebrek",
    "SoortVerschil",
    "Status",
    "Vergelijking",
    "Verschil",
    "Vervanging",
    "Vraagcode",
    "Waar",
    "WareCel",
    "WareRegel",
    "Zegel",
    "aggregate",
    "cells_csv",
    "compare",
    "describe",
    "document",
    "explain_difference",
    "expose",
    "foto_digest",
    "foto_files",
    "seal",
    "take_foto",
    "take_opname",
    "to_json",
]
