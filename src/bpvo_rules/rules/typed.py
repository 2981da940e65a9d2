"""
Which type the parts of a condition have, so that two that cannot be compared are refused where they are declared.

Without this a comparison of a day with a number would be unknown for every subject, or would stop the rule.
"""

from typing import Any, Final, final

from bpvo_rules.errors import DeclarationError
from bpvo_rules.rules.declared import is_day, is_number
from bpvo_rules.rules.fact import Fact, ValueType
from bpvo_rules.rules.term import LEAVES, Term, Use

__all__ = ["check_types"]

_DAY, _NUMBER, _WORD, _BOOLEAN = "a day", "a whole number", "a word", "a boolean"
_CONDITION: Final = "a condition"
_OF_FACT: Final = {
    ValueType.BOOL: _BOOLEAN,
    ValueType.DAY: _DAY,
    ValueType.WHOLE: _NUMBER,
    ValueType.WORD: _WORD,
    ValueType.CODE: _WORD,
}


@final
class _Types(Use[str]):
    def __init__(self, of: str) -> None:
        self._of = of

    def fold(self, term: Term) -> str:
        if term.op in LEAVES or term.op in {"and", "or", "not", "filled"}:
            return super().fold(term)
        # A refusal names the parts as they are written, which the folded arguments do not know.
        types = [self.fold(arg) for arg in term.args]
        return str(getattr(self, f"on_{term.op}")(term, *types))

    def on_fact(self, fact: Fact) -> str:
        return _OF_FACT.get(fact.type, f"a value of type {fact.type}")

    def on_const(self, value: Any) -> str:
        if isinstance(value, bool):
            return _BOOLEAN
        if is_number(value):
            return _NUMBER
        if is_day(value):
            return _DAY
        return _WORD if isinstance(value, str) else f"a {type(value).__name__}"

    def on_peildatum(self) -> str:
        return _DAY

    def on_kennisdatum(self) -> str:
        return _DAY

    def on_and(self, *_: str) -> str:
        return _CONDITION

    def on_or(self, *_: str) -> str:
        return _CONDITION

    def on_not(self, _: str) -> str:
        return _CONDITION

    def on_filled(self, _: Fact) -> str:
        return _CONDITION

    def on_times(self, term: Term, a: str, b: str) -> str:
        if (a, b) != (_NUMBER, _NUMBER):
            self._refuse(f"multiplies {term.args[0]!r} ({a}) by {term.args[1]!r} ({b}); only whole numbers can be")
        return _NUMBER

    def on_eq(self, term: Term, a: str, b: str) -> str:
        return self._compared(term, a, b, (_DAY, _NUMBER, _WORD, _BOOLEAN))

    def on_lt(self, term: Term, a: str, b: str) -> str:
        return self._compared(term, a, b, (_DAY, _NUMBER, _WORD))

    on_le = on_gt = on_ge = on_lt

    def on_in(self, term: Term, value: str, *options: str) -> str:
        for place, option in enumerate(options, start=1):
            if term.args[place].op != "const":
                self._refuse(f"asks whether {term.args[0]!r} is {term.args[place]!r}; is_in takes plain values only")
            self._compared(Term("eq", term.args[0], term.args[place]), value, option, (_DAY, _NUMBER, _WORD))
        return _CONDITION

    def on_on_time(self, term: Term, event: str, limit: str) -> str:
        return self._compared(term, event, limit, (_DAY,))

    def _compared(self, term: Term, a: str, b: str, allowed: tuple[str, ...]) -> str:
        if a != b or a not in allowed:
            self._refuse(
                f"compares {term.args[0]!r} ({a}) with {term.args[1]!r} ({b});"
                f" this takes two values of one type: {' or '.join(allowed)}"
            )
        return _CONDITION

    def _refuse(self, what: str) -> None:
        raise DeclarationError(f"{self._of} {what}.")


def check_types(of: str, term: Term) -> None:
    """
    Hold a condition to comparisons that have a meaning.

    Args:
        of: The rule and the attribute that it stands in, for the message.
        term: The condition.

    Raises:
        DeclarationError: for two values that cannot be compared or multiplied.

    """
    _Types(of).fold(term)
