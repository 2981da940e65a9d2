"""Conditions in forms for others: JSON for programs, a formula in words for people."""

from datetime import date
from typing import Any, final

from bpvo_rules.rules.fact import Fact
from bpvo_rules.rules.term import LEAVES, Term, Use
from bpvo_rules.rules.text import Lang, render_value

__all__ = ["formula", "to_json"]


def plain(value: Any) -> Any:
    """Give a constant as JSON writes it; days as JJJJ-MM-DD."""
    return value.isoformat() if isinstance(value, date) else value


@final
class _Json(Use[Any]):
    """
    Terms as JSON: ``{"op": ..., "args": [...]}``.

    Leaves are ``{"fact": name}``, ``{"value": constant}``, ``{"op": "peildatum"}`` and ``{"op": "kennisdatum"}``.
    """

    def fold(self, term: Term) -> Any:
        if term.op == "fact":
            return {"fact": term.fact.name}
        if term.op == "const":
            value = term.args[0]
            return {"day": plain(value)} if isinstance(value, date) else {"value": plain(value)}
        if term.op in LEAVES:
            return {"op": term.op}
        return {"op": term.op, "args": [self.fold(arg) for arg in term.args]}


def to_json(term: Term) -> Any:
    """Give a term in the language-neutral form of the catalogue."""
    return _Json().fold(term)


_SIGNS = {"eq": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "times": "x"}
_WORDS = {
    "nl": {"and": "en", "or": "of", "not": "niet", "filled": "is gevuld", "in": "is een van", "on_time": "op of voor"},
    "en": {"and": "and", "or": "or", "not": "not", "filled": "is filled", "in": "is one of", "on_time": "on or before"},
}
_ALWAYS = {"nl": "altijd", "en": "always"}


@final
class _Formula(Use[str]):
    def __init__(self, lang: Lang) -> None:
        self._lang: Lang = lang
        self._words = _WORDS[lang]

    def fold(self, term: Term) -> str:
        if term.op in _SIGNS:
            a, b = map(self.fold, term.args)
            return f"{a} {_SIGNS[term.op]} {b}"
        return super().fold(term)

    def on_fact(self, fact: Fact) -> str:
        return fact.name

    def on_const(self, value: Any) -> str:
        return render_value(value, self._lang)

    def on_peildatum(self) -> str:
        return "peildatum"

    def on_kennisdatum(self) -> str:
        return "kennisdatum"

    def on_in(self, value: str, *options: str) -> str:
        return f"{value} {self._words['in']} {', '.join(options)}"

    def on_and(self, *terms: str) -> str:
        return f" {self._words['and']} ".join(terms) if terms else _ALWAYS[self._lang]

    def on_or(self, *terms: str) -> str:
        return "(" + f" {self._words['or']} ".join(terms) + ")"

    def on_not(self, term: str) -> str:
        return f"{self._words['not']} ({term})"

    def on_filled(self, fact: Fact) -> str:
        return f"{fact.name} {self._words['filled']}"

    def on_on_time(self, event: Fact, limit: str) -> str:
        return f"{event.name} {self._words['on_time']} {limit}"


def formula(term: Term, lang: Lang) -> str:
    """Give a condition as a formula with words between its parts."""
    return _Formula(lang).fold(term)
