"""Inhoud: what a delivery says of a BPVO."""

from datetime import date
from typing import final

import attrs

from bpvo_rules.codes import Keuzedeelcode, LeerbedrijfId, Opleidingcode
from bpvo_rules.simulate.dagen import als_dag
from bpvo_rules.simulate.schets import Schets

__all__ = ["NERGENS", "Inhoud", "inhoud_van", "onzin"]

NERGENS = LeerbedrijfId("899999999")
"""A company that no register holds."""


@final
@attrs.define
class Inhoud:
    """The content cells of a delivery, each filled or missing."""

    afsluitdatum: date | None
    begindatum: date | None
    einddatum_gepland: date | None
    einddatum_werkelijk: date | None
    omvang: int | None
    leerbedrijf_id: LeerbedrijfId | None
    opleidingcode: Opleidingcode | None
    keuzedeelcode: Keuzedeelcode | None


def onzin(inhoud: Inhoud) -> Inhoud:
    """Content that would break several rules, if its delivery counted."""
    return attrs.evolve(inhoud, omvang=None, leerbedrijf_id=NERGENS, einddatum_werkelijk=None, einddatum_gepland=None)


def inhoud_van(s: Schets) -> Inhoud:
    """Give the content that a BPVO has on K."""
    grond = "grondslag" not in s.leeg
    return Inhoud(
        None if "getekend" in s.leeg else als_dag(s.getekend),
        None if "begin" in s.leeg else als_dag(s.begin),
        None if "gepland" in s.leeg else als_dag(s.gepland),
        None if s.werkelijk is None else als_dag(s.werkelijk),
        s.omvang,
        None if "leerbedrijf" in s.leeg else s.leerbedrijf,
        s.opleidingcode if grond else None,
        s.keuzedeelcode if grond else None,
    )
