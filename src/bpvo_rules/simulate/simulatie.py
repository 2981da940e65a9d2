"""Simulatie: a whole chain from a seed, with everything that is wrong in it written down."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import final

import attrs

from bpvo_rules.keten import Keten
from bpvo_rules.simulate.aanvragen import Aanvraagmaker
from bpvo_rules.simulate.gebreken import VOLLEDIG, check_rates
from bpvo_rules.simulate.keten import Ketenvuller
from bpvo_rules.simulate.loterij import Loterij, Weging
from bpvo_rules.simulate.opleidingen import Opleidingenwereld
from bpvo_rules.simulate.register import Register
from bpvo_rules.simulate.schets import Waarheid
from bpvo_rules.simulate.scholen import MAX_SCHOLEN, make_scholen
from bpvo_rules.simulate.white_label import Meter

__all__ = ["Simulatie", "simulate"]

_PEILDATUM = date(2019, 7, 1)
_VANAF, _TOT_EN_MET = date(2017, 8, 1), date(2099, 12, 31)
_RIJEN_PER_BEDRIJF = 3.5
_ALLES_VANAF = 100


@final
@attrs.frozen(kw_only=True, eq=False)
class Simulatie:
    """
    A simulated chain and the truth about it.

    Attributes:
        keten: The tables.
        verwacht:
            Pairs of subject key and rule code: what judging on ``peildatum``
            (also as kennisdatum, perspectief keten) must find. It is stated by
            what planted the defects, never by the rules.
        volledig: The rules of which ``verwacht`` holds every melding: all that run without a norm of the caller.
        geplant: Per kind of defect how many were planted and are known on K.
        seed: What it was made from.
        instellingen: Number of schools.
        bpvos: Number of BPVO's that were ever made.
        erkenningen_per_bpvo: The size of the register that was asked for.
        peildatum: Peildatum and kennisdatum.
        rates: The rate of every kind of defect.

    """

    keten: Keten
    verwacht: frozenset[tuple[str, str]] = attrs.field(repr=False)
    volledig: tuple[str, ...] = attrs.field(default=VOLLEDIG, repr=False)
    geplant: Mapping[str, int] = attrs.field(repr=False)
    seed: int
    instellingen: int
    bpvos: int
    erkenningen_per_bpvo: float
    peildatum: date
    rates: Mapping[str, float] = attrs.field(repr=False)


def simulate(
    *,
    seed: int,
    instellingen: int = 4,
    bpvos: int = 2000,
    peildatum: date = _PEILDATUM,
    rates: Mapping[str, float] | None = None,
    erkenningen_per_bpvo: float = 1.0,
) -> Simulatie:
    """
    Make a believable chain; the same arguments give the same chain, on every machine and version of Python.

    Args:
        seed: 0 or more.
        instellingen: Number of schools, 1-6000. The first is the largest.
        bpvos: About how many BPVO's are ever delivered, at least 1. They start in the three study years
            before the current one, in the current one, and up to 90 days ahead.
        peildatum: The day on which the truth holds, as peildatum and kennisdatum; from 1 August 2017, when
            every rule and norm holds for two years of requests, up to and including 2099.
        rates: Other rates than the defaults, per kind of defect (see ``GEBREKEN``). A kind with a rate
            above 0 is planted at least once where it can be, in a chain of 100 BPVO's or more.
        erkenningen_per_bpvo: About how many rows the register has per BPVO, at least 0. Companies that
            the BPVO's need are made in any case.

    Raises:
        ValueError: for an argument outside its bounds.

    """
    if not 1 <= instellingen <= MAX_SCHOLEN:
        raise ValueError(f"instellingen must lie between 1 and {MAX_SCHOLEN}")
    if not _VANAF <= peildatum <= _TOT_EN_MET:
        raise ValueError(f"peildatum must lie between {_VANAF} and {_TOT_EN_MET}")
    if bpvos < 1:
        raise ValueError("bpvos must be at least 1")
    if erkenningen_per_bpvo < 0:
        raise ValueError("erkenningen_per_bpvo must be at least 0")
    shares = check_rates(rates)
    k = peildatum.toordinal()
    wereld = Opleidingenwereld()
    waarheid = Waarheid()
    scholen = make_scholen(instellingen, bpvos, wereld, Loterij(seed, "scholen"))
    brins = tuple(school.brin for school in scholen)
    register = Register(wereld, Loterij(seed, "register"), k=k)
    lot = Loterij(seed, "leerbedrijven")
    gewicht = Weging(list(wereld.gewicht.items()))
    while len(register.erkenningen) < bpvos * erkenningen_per_bpvo - _RIJEN_PER_BEDRIJF:
        register.maak_solide(lot.weeg(wereld.keuze[lot.weeg(gewicht)]))
    vuller = Ketenvuller(wereld, register, waarheid, shares, seed)
    for n, school in enumerate(scholen):
        vuller.vul(school, verplicht=n == 0 and bpvos >= _ALLES_VANAF)
    aanvragen = Aanvraagmaker(register, waarheid, shares, Loterij(seed, "aanvragen"), k=k)
    aanvragen.maak(max(40, bpvos // 12), brins)
    meter = Meter(waarheid, shares, Loterij(seed, "white_label"), k=k)
    meter.meet(brins)
    leveraar, studenten = vuller.leveraar, vuller.studenten
    keten = Keten(
        instellingen=tuple(school.instelling for school in scholen),
        opleidingen=wereld.opleidingen,
        equivalenten=wereld.equivalenten,
        keuzedelen=wereld.keuzedelen,
        leerbedrijven=tuple(register.leerbedrijven),
        erkenningen=tuple(register.erkenningen),
        inschrijvingen=tuple(studenten.inschrijvingen),
        inschrijvingsperiodes=tuple(studenten.perioden),
        uitwisselingen=tuple(leveraar.rijen),
        erkenningsaanvragen=tuple(aanvragen.rijen),
        white_label_metingen=tuple(meter.metingen),
        white_label_onderhoud=tuple(meter.onderhoud),
    )
    return Simulatie(
        keten=keten,
        verwacht=frozenset(waarheid.verwacht),
        geplant=MappingProxyType(dict(sorted(waarheid.geplant.items()))),
        seed=seed,
        instellingen=instellingen,
        bpvos=bpvos,
        erkenningen_per_bpvo=float(erkenningen_per_bpvo),
        peildatum=peildatum,
        rates=MappingProxyType(shares),
    )
