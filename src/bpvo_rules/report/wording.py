"""Wording: every text of what is shown stands in the code in two languages, beside each other."""

from collections.abc import Sequence
from typing import final

import attrs

from bpvo_rules.report.counts import Judged
from bpvo_rules.rules import Executability, Lang, Outcome, Source, Text, render_value

__all__ = [
    "Say",
    "asked_lang",
    "executability_word",
    "in_force",
    "judged_word",
    "number_of",
    "outcome_word",
    "share",
    "whole",
]


@final
@attrs.frozen
class Say:
    """
    Chooses the text in the language that was asked for.

    Attributes:
        lang: That language.

    """

    lang: Lang

    def __call__(self, nl: str, en: str) -> str:
        """Give one of two texts that say the same."""
        return nl if self.lang == "nl" else en

    def text(self, text: Text) -> str:
        """Give a text of the rules in this language."""
        return text.in_lang(self.lang)


def asked_lang(arguments: Sequence[str]) -> Lang:
    """Find the language before anything else is understood: also a complaint about the rest is a text."""
    found = "nl"
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            found = arguments[place + 1]
        elif argument.startswith("--lang="):
            found = argument.removeprefix("--lang=")
    return "en" if found == "en" else "nl"


_WORDS = {
    Outcome.MET: Text("voldoet", "met"),
    Outcome.NOT_MET: Text("voldoet niet", "not met"),
    Outcome.UNKNOWN: Text("niet te bepalen", "cannot be determined"),
    Outcome.OUT_OF_SCOPE: Text("niet van toepassing", "not applicable"),
}


def outcome_word(outcome: Outcome, say: Say) -> str:
    """Give an outcome in words, for a reader; files for programs hold its value instead."""
    return say.text(_WORDS[outcome])


def judged_word(state: Judged, say: Say) -> str:
    """Say how far a question was judged."""
    return say.text(_JUDGED[state])


_JUDGED = {
    Judged.NOT_LOOKED_UP: Text("niet opgezocht", "not looked up"),
    Judged.NOT: Text("niet beoordeeld", "not judged"),
    Judged.PARTLY: Text("niet alle regels uitgevoerd", "not all rules have run"),
    Judged.WHOLLY: Text("beoordeeld", "judged"),
}


def executability_word(found: Executability, say: Say) -> str:
    """Say whether the data can carry a rule."""
    return say.text(_EXECUTABILITY[found])


_EXECUTABILITY = {
    Executability.VOLLEDIG: Text("volledig", "complete"),
    Executability.TE_VEEL: Text("kan te veel melden", "may report too much"),
    Executability.TE_WEINIG: Text("kan te weinig melden", "may report too little"),
}


def in_force(source: Source, say: Say) -> str:
    """Say on which days a source was in force; nothing when it has no bounds."""
    words = ((say("van", "from"), source.van), (say("tot en met", "until"), source.tot_en_met))
    return " ".join(f"{word} {render_value(day, say.lang)}" for word, day in words if day is not None)


def number_of(number: int, one: str, many: str) -> str:
    """
    Give a number with its noun.

    Args:
        number: The number.
        one: The noun for one.
        many: The noun for any other number.

    """
    return f"{number} {one if number == 1 else many}"


def share(met: int, decided: int, say: Say) -> str:
    """
    Give a share as a percentage, rounded down so that 100 means all; a dash for a share of nothing.

    Rounding up would show a perfect score beside meldingen. Numbers of a foto that are rounded may cross each
    other; then it is 0.

    Args:
        met: How many.
        decided: Of how many.
        say: The language, which decides the decimal sign.

    """
    if not decided:
        return "-"
    whole, tenth = divmod(max(0, 1000 * met // decided), 10)
    return f"{whole}{say(',', '.')}{tenth}%"


def whole(number: int, say: Say) -> str:
    """Write a whole number as a reader of the language does: 12.345, in English 12,345."""
    return f"{number:,}".replace(",", say(".", ","))
