"""
Terms: the small closed vocabulary in which conditions are written.

A condition is data. It is built with the ordinary operators, from facts,
numbers, days and the two dates of a run; it is *used* by one class per use
(evaluated, made into Python source, written as JSON or as a sentence), each of
them a :class:`Use`.

Logic is Kleene's: false AND unknown is false, true OR unknown is true, NOT
unknown is unknown. A comparison with a missing fact is unknown.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, final

from bpvo_rules.errors import DeclarationError

if TYPE_CHECKING:
    from bpvo_rules.rules.fact import Fact

__all__ = [
    "ALWAYS",
    "KENNISDATUM",
    "PEILDATUM",
    "Term",
    "Use",
    "all_of",
    "any_of",
    "facts_read",
    "is_filled",
    "is_in",
    "on_time",
]

COMPARISONS: Final = ("eq", "lt", "le", "gt", "ge")
CONDITIONS: Final = (*COMPARISONS, "in", "and", "or", "not", "filled", "on_time")
LEAVES: Final = ("fact", "const", "peildatum", "kennisdatum")
OPS: Final = (*LEAVES, "times", *CONDITIONS)


@final
class Term:
    """
    An operation and its arguments.

    Comparing two terms gives a new term, so a term has no truth of its own:
    using one where Python wants a boolean raises.

    Attributes:
        op: What it does, such as ``fact``, ``const``, ``eq``, ``and`` or ``on_time``.
        args: What it does it with: terms, or a fact or a value.

    """

    __slots__ = ("args", "op")

    def __init__(self, op: str, *args: Any) -> None:
        self.op: str = op
        self.args: tuple[Any, ...] = args

    def __repr__(self) -> str:
        if self.op == "fact":
            return str(self.args[0].name)
        return f"{self.op}({', '.join(map(repr, self.args))})"

    def __bool__(self) -> bool:
        raise DeclarationError("A condition has no truth of its own; combine conditions with & | ~, not and/or/not.")

    def __hash__(self) -> int:
        return object.__hash__(self)

    @property
    def fact(self) -> "Fact":
        """
        The fact that this term reads; only for a term that is one fact.

        Raises:
            DeclarationError: for any other term.

        """
        if self.op != "fact":
            raise DeclarationError(f"{self!r} is not a fact")
        found: Fact = self.args[0]
        return found

    @property
    def is_condition(self) -> bool:
        """Whether this term can be true or false."""
        return self.op in CONDITIONS or (self.op == "fact" and self.fact.is_boolean)

    def __eq__(self, other: object) -> "Term":  # type: ignore[override]
        return Term("eq", self, as_term(other))

    def __ne__(self, other: object) -> "Term":  # type: ignore[override]
        return ~Term("eq", self, as_term(other))

    def __lt__(self, other: object) -> "Term":
        return Term("lt", self, as_term(other))

    def __le__(self, other: object) -> "Term":
        return Term("le", self, as_term(other))

    def __gt__(self, other: object) -> "Term":
        return Term("gt", self, as_term(other))

    def __ge__(self, other: object) -> "Term":
        return Term("ge", self, as_term(other))

    def __mul__(self, other: object) -> "Term":
        return Term("times", self, as_term(other))

    def __and__(self, other: "Term") -> "Term":
        return all_of(self, other)

    def __or__(self, other: "Term") -> "Term":
        return any_of(self, other)

    def __invert__(self) -> "Term":
        return Term("not", _condition(self))


PEILDATUM: Final = Term("peildatum")
"""The day about which is judged."""

KENNISDATUM: Final = Term("kennisdatum")
"""The day whose knowledge is used; nothing learned later counts."""

ALWAYS: Final = Term("and")
"""The condition that is true for every subject."""


def as_term(value: object) -> Term:
    """Make a constant of a plain value; a term stays itself."""
    if value is None:
        raise DeclarationError("Nothing compares with None; ask is_filled instead.")
    return value if isinstance(value, Term) else Term("const", value)


def _condition(term: object) -> Term:
    if not isinstance(term, Term) or not term.is_condition:
        raise DeclarationError(f"{term!r} is not a condition: only conditions can be combined")
    return term


def _flat(op: str, terms: tuple[Term, ...]) -> Term:
    args: list[Term] = []
    for term in map(_condition, terms):
        args.extend(term.args if term.op == op else (term,))
    return args[0] if len(args) == 1 else Term(op, *args)


def all_of(*terms: Term) -> Term:
    """Give the condition that all of these are true; of no conditions: always true."""
    return _flat("and", terms)


def any_of(*terms: Term) -> Term:
    """Give the condition that at least one of these is true."""
    return _flat("or", terms)


def _term(term: object) -> Term:
    if not isinstance(term, Term):
        raise DeclarationError(f"{term!r} is no term; use a fact, such as begindatum, without quotes.")
    return term


def is_in(term: Term, values: "tuple[object, ...]") -> Term:
    """
    Give the condition that a value is one of these constants.

    Raises:
        DeclarationError: for values that are no tuple, such as one text, of which each letter would count.

    """
    _term(term)
    if not isinstance(values, tuple):
        raise DeclarationError(f"is_in({term!r}, ...) takes a tuple of values; one by itself is (it,).")
    return Term("in", term, *map(as_term, values))


def is_filled(term: Term) -> Term:
    """
    Give the condition that a fact has a value; unknown only when it was not looked up.

    For scopes and evidence, and for requirements about the record itself. A
    requirement never reads "none found" from an empty fact.

    Raises:
        DeclarationError: for what is no fact.

    """
    return Term("filled", Term("fact", _term(term).fact))


def on_time(event: Term, limit: Term) -> Term:
    """
    Give the condition that something happened on or before a day.

    Event known: compare. Event not known on the kennisdatum: false when that
    day has been reached (``K >= limit``), otherwise unknown, for it can still
    come. Limit missing, or the event not looked up: unknown.

    Raises:
        DeclarationError: for an event that is no fact, or a limit that is no term.

    """
    return Term("on_time", Term("fact", _term(event).fact), _term(limit))


R = TypeVar("R")

_METHODS: Final = {op: f"on_{op}" for op in OPS}
_LEAVES: Final = frozenset(LEAVES)
_RAW_FIRST: Final = frozenset({"filled", "on_time"})


class Use(Generic[R]):
    """
    A fold over terms: one method ``on_<op>`` per operation, given the folded arguments.

    ``on_fact`` gets the fact and ``on_const`` the value. ``on_filled`` and
    ``on_time`` read facts, so they get their first argument as the fact itself.
    """

    def fold(self, term: Term) -> R:
        """Fold a term from its leaves up."""
        op, args = term.op, term.args
        method: Callable[..., R] = getattr(self, _METHODS[op])
        if op in _LEAVES:
            return method(*args)
        if op in _RAW_FIRST:
            return method(args[0].fact, *map(self.fold, args[1:]))
        return method(*map(self.fold, args))


class _Reads(Use[tuple["Fact", ...]]):
    """Which facts a term reads, in the order in which it names them."""

    def fold(self, term: Term) -> "tuple[Fact, ...]":
        if term.op == "fact":
            return (term.fact,)
        return tuple(fact for arg in term.args if isinstance(arg, Term) for fact in self.fold(arg))


def facts_read(*terms: Term) -> "tuple[Fact, ...]":
    """Give the facts that terms read, each once, in order of first mention."""
    return tuple(dict.fromkeys(fact for term in terms for fact in _Reads().fold(term)))
