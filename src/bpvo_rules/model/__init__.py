"""The nouns of the keten: one file per noun, records that accept poor data."""

from bpvo_rules.model.aanvraag import Besluit, Erkenningsaanvraag, SoortAanvraag
from bpvo_rules.model.bpvo import Bpvo
from bpvo_rules.model.erkenning import Erkenning
from bpvo_rules.model.inschrijving import Inschrijving, Inschrijvingsperiode, Leerweg
from bpvo_rules.model.instelling import Instelling
from bpvo_rules.model.leerbedrijf import Leerbedrijf
from bpvo_rules.model.meting import Functie, WhiteLabelMeting, WhiteLabelOnderhoud
from bpvo_rules.model.opleiding import Equivalent, Keuzedeel, Opleiding, SoortOpleiding
from bpvo_rules.model.tables import TABLES, Table
from bpvo_rules.model.uitwisseling import SoortUitwisseling, Uitkomst, Uitwisseling

__all__ = [
    "TABLES",
    "Besluit",
    "Bpvo",
    "Equivalent",
    "Erkenning",
    "Erkenningsaanvraag",
    "Functie",
    "Inschrijving",
    "Inschrijvingsperiode",
    "Instelling",
    "Keuzedeel",
    "Leerbedrijf",
    "Leerweg",
    "Opleiding",
    "SoortAanvraag",
    "SoortOpleiding",
    "SoortUitwisseling",
    "Table",
    "Uitkomst",
    "Uitwisseling",
    "WhiteLabelMeting",
    "WhiteLabelOnderhoud",
]
