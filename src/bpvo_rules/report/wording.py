"""Wording: every text of what is shown stands in the code in two languages, beside each other."""

from collections.abc import Sequence
from typing import final

import attrs

from bpvo_rules.rules import Lang, Outcome, Text

__all__ = ["Say", "asked_lang", "outcome_word"]


@final
@attrs.frozen
class Say:
    """Chooses the text in the language that was asked for."""

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
