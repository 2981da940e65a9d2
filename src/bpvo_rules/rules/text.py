"""Text: one sentence in the two languages of the library."""

from datetime import date
from typing import Any, Literal, final

import attrs

__all__ = ["Lang", "Text", "render_value"]

Lang = Literal["nl", "en"]
"""A language that texts are in: Dutch or English."""

_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_WORDS = {"nl": ("niet bekend", "ja", "nee", "geen"), "en": ("not known", "yes", "no", "none")}


@final
@attrs.frozen
class Text:
    """
    A text in Dutch and in English; ``{name}`` stands for the value of a fact.

    Attributes:
        nl: In Dutch.
        en: In English.

    """

    nl: str
    en: str

    def in_lang(self, lang: Lang) -> str:
        """Give the text in a language."""
        return self.nl if lang == "nl" else self.en


def render_value(value: Any, lang: Lang) -> str:
    """Write the value of a fact for a reader; an empty one is said in words."""
    unknown, yes, no, none = _WORDS[lang]
    if value is None:
        return unknown
    if isinstance(value, bool):
        return yes if value else no
    if isinstance(value, date):
        return f"{value.day} {_MONTHS[lang][value.month - 1]} {value.year}"
    if isinstance(value, tuple):
        return ", ".join(render_value(item, lang) for item in value) or none
    return str(value)
