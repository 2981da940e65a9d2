"""
What is declared of each rule beside its conditions, as the spec test of its question says by hand.

A spec test, ``tests/questions/test_<question>.py``, holds a text ``VERKLAARD``. Its first line names what stands
behind each rule. Lines further in are about that rule: ``bronnen`` and ``bewijs`` (in as many lines as it takes),
``geldig_van``, ``geldig_tot_en_met`` and ``versie``, and ``kit vorm`` for a rule about the record itself and short
lists, which an implementation can pass before it knows periods, terms and werkdagen. What is not there is as usual:
no evidence, every day, version 1.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Final, NamedTuple

VRAGEN: Final = (
    "bpvo_erkend_leerbedrijf",
    "keuzedeel_erkend_leerbedrijf",
    "bpvo_tijdig",
    "white_label_beschikbaar",
    "erkenning_tijdig",
    "stagefonds_registratie",
    "registratie",
)
"""The questions, and the registration, which is none; each has its spec test."""

_FIRST: Final = ("regel", "signaalcode", "onderwerp", "soort", "partij", "dimensie", "uitvoerbaarheid")
_FURTHER: Final = ("bronnen", "bewijs", "geldig_van", "geldig_tot_en_met", "versie", "kit")


class Verklaard(NamedTuple):
    """What is declared of a rule, each in the words of the text."""

    regel: str
    signaalcode: str
    onderwerp: str
    soort: str
    partij: str
    dimensie: str
    uitvoerbaarheid: str
    vraag: str
    bronnen: str = ""
    bewijs: str = ""
    geldig_van: str = ""
    geldig_tot_en_met: str = ""
    versie: str = "1"
    kit: str = "perioden"


@cache
def spec_tests() -> Mapping[str, ModuleType]:
    """Give the spec test of every question."""
    return MappingProxyType({vraag: import_module(f"tests.questions.test_{vraag}") for vraag in VRAGEN})


def read(vraag: str, text: str) -> dict[str, Verklaard]:
    """Read what a spec test says of the rules of its question."""
    header, *lines = text.strip().splitlines()
    assert tuple(word.strip() for word in header.split("|")) == _FIRST, header
    found: list[dict[str, str]] = []
    for line in lines:
        if line.startswith(" "):
            name, _, said = line.strip().partition(" ")
            assert name in _FURTHER, line
            assert said, line
            found[-1][name] = f"{found[-1][name]} {said}" if name in found[-1] else said
        else:
            found.append(dict(zip(_FIRST, (word.strip() for word in line.split("|")), strict=True), vraag=vraag))
    declared = {one["regel"]: Verklaard(**one) for one in found}
    assert len(declared) == len(found), f"a rule of {vraag} is declared twice"
    return declared


@cache
def verklaard() -> Mapping[str, Verklaard]:
    """Give what is declared of every rule, in rule order."""
    found: dict[str, Verklaard] = {}
    for vraag, module in spec_tests().items():
        declared = read(vraag, module.VERKLAARD)
        assert not declared.keys() & found.keys(), f"{vraag} has a rule of another question"
        found |= declared
    return MappingProxyType(found)
