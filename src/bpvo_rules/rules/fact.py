"""
Facts: one flat, named, typed record per subject, made out of the tables.

Facts carry the knowledge that needs joins, intervals and knowledge dates, so
that rules only compare. A fact is declared once: what it means, what it needs
and which tables it reads. The machinery, not its author, makes a fact missing
when something that it needs is missing.
"""

import inspect
import keyword
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, final

import attrs

from bpvo_rules.errors import DeclarationError
from bpvo_rules.periode import Eenheid
from bpvo_rules.rules.declared import check_name, check_text, check_tuple, check_type
from bpvo_rules.rules.norm import Norm
from bpvo_rules.rules.term import Term
from bpvo_rules.rules.text import Text

__all__ = ["Column", "Fact", "SubjectType", "ValueType"]

Column = tuple[str, str | None]
"""A table and one of its columns, or ``None`` for the table as a whole."""

SELF = "self"
_TERMS = (Eenheid.DAGEN, Eenheid.MAANDEN, Eenheid.WERKDAGEN)


@final
class ValueType(StrEnum):
    """The type of the value of a fact."""

    BOOL = "bool"
    DAY = "day"
    WHOLE = "whole"
    WORD = "word"
    CODE = "code"
    CODES = "codes"
    PERIODES = "periodes"
    INTERNAL = "internal"


@final
@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Fact:
    """
    A named value of a subject.

    Attributes:
        name: Its name; a rule never has the same name.
        subject: What it is a fact of.
        type: The type of its value. An ``internal`` value is only for other facts.
        text: One line of what it means.
        unit: What a whole number counts; empty for other types.
        needs: Facts (or P, K, the subject itself) that must have a value, or this one is missing.
        looked_up: Facts that may be empty, but must have been looked up.
        maybe: Facts that may be missing in any way; the computation deals with it.
        tables: Columns or tables that must have been looked up, or this fact is missing.
        uses: Tables that it also reads; the computation deals with it when they were not looked up.
        compute: From the context and the values of needs, looked_up and maybe to the value.
        attribute: For a cell of the record itself, its name; then nothing is computed.
        norm: For a limit or the value of a norm, that norm.
        ask: For those, what the context is asked: ``limit`` or ``norm_value``; then nothing is computed either.

    """

    name: str
    subject: "SubjectType"
    type: ValueType
    text: Text
    unit: str = ""
    needs: tuple[Term, ...] = ()
    looked_up: tuple[Term, ...] = ()
    maybe: tuple[Term, ...] = ()
    tables: tuple[Column, ...] = ()
    uses: tuple[Column, ...] = ()
    compute: Callable[..., Any] | None = None
    attribute: str | None = None
    norm: Norm | None = None
    ask: Literal["limit", "norm_value"] | None = None

    def __repr__(self) -> str:
        return f"Fact({self.name})"

    @property
    def is_boolean(self) -> bool:
        """Whether the fact can stand as a condition by itself."""
        return self.type is ValueType.BOOL

    @property
    def inputs(self) -> tuple[Term, ...]:
        """Everything that the computation is given, in order."""
        return (*self.needs, *self.looked_up, *self.maybe)

    def all_columns(self) -> frozenset[Column]:
        """Every table and column that this fact depends on, through other facts too."""
        return self._all_columns

    @cached_property
    def _all_columns(self) -> frozenset[Column]:
        found = {*self.tables, *self.uses}
        for term in self.inputs:
            if term.op == "fact":
                found |= term.fact.all_columns()
        return frozenset(found)

    @cached_property
    def cells(self) -> frozenset[str]:
        """
        Names of the cells of the record that this fact depends on, through other facts too.

        A computation that is given the subject itself reads its key and its deliveries, which are not among
        these; every other cell that it reads is one of its needs.
        """
        found = set() if self.attribute is None else {self.attribute}
        for term in self.inputs:
            if term.op == "fact":
                found |= term.fact.cells
        return frozenset(found)

    def all_uses(self) -> frozenset[Column]:
        """Every column that this fact can do without but says more with, through the facts that it needs too."""
        return self._all_uses

    @cached_property
    def _all_uses(self) -> frozenset[Column]:
        found = set(self.uses)
        for term in self.needs:
            if term.op == "fact":
                found |= term.fact.all_uses()
        return frozenset(found)

    def all_norms(self) -> "tuple[tuple[Norm, Fact], ...]":
        """Every norm that this fact depends on, through other facts too, each with the fact that dates it."""
        own = () if self.norm is None else ((self.norm, self.needs[0].fact),)
        others = (dated for term in self.inputs if term.op == "fact" for dated in term.fact.all_norms())
        return tuple(dict.fromkeys((*own, *others)))


@final
class SubjectType:
    """
    A kind of thing that rules judge, and the facts that are known of it.

    Attributes:
        name: ``Bpvo``, ``Uitwisseling``, ``Erkenningsaanvraag`` or ``WhiteLabelMeting``.
        table: The table that it is made of.
        this: Stands for the subject itself among the needs of a fact.

    """

    def __init__(self, name: str, table: str) -> None:
        self.name = name
        self.table = table
        self.this: Term = Term("const", SELF)
        self._facts: dict[str, Fact] = {}
        self._start_day: Term | None = None

    def __repr__(self) -> str:
        return f"SubjectType({self.name})"

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in the order of their declaration: each after all that it needs."""
        return tuple(self._facts.values())

    @property
    def start_day(self) -> Term:
        """
        The fact that dates a subject: norms and the validity of rules go by this day.

        Raises:
            DeclarationError: when none was declared yet.

        """
        if self._start_day is None:
            raise DeclarationError(f"{self.name} has no start day")
        return self._start_day

    def starts_on(self, term: Term) -> Term:
        """
        Declare which fact dates a subject.

        Raises:
            DeclarationError: for what is no fact of this subject whose value is a day.

        """
        self._check_start(f"Subject {self.name}", "start day", term)
        self._start_day = term
        return term

    @property
    def told(self) -> tuple[Fact, ...]:
        """What every melding tells of its subject: school and domein, where it has them, and the day that dates it."""
        return (*(fact for fact in self.facts if fact.name in {"brin", "domein"}), self.start_day.fact)

    def _check_start(self, of: str, attribute: str, term: object) -> None:
        fact = term.fact if isinstance(term, Term) and term.op == "fact" else None
        if fact is None or fact.subject is not self or fact.type is not ValueType.DAY:
            raise DeclarationError(f"{of}: {attribute} must be a fact of {self.name} whose value is a day.")

    def _add(self, fact: Fact) -> Term:
        of = f"Fact {fact.name!r} of {self.name}"
        check_name(of, "name", fact.name)
        if keyword.iskeyword(fact.name):
            raise DeclarationError(f"{of}: name is a word of Python itself; take another.")
        if fact.name in self._facts:
            raise DeclarationError(f"{self.name} has two facts named {fact.name}; give one of them another name.")
        check_type(of, "type", fact.type, ValueType)
        check_text(of, "text", fact.text)
        for name, terms in (("needs", fact.needs), ("looked_up", fact.looked_up), ("maybe", fact.maybe)):
            check_tuple(of, name, terms, Term)
        for name, columns in (("tables", fact.tables), ("uses", fact.uses)):
            _check_columns(of, name, columns)
        if fact.compute is not None:
            _check_compute(of, fact.compute, 1 + len(fact.inputs))
        for term in fact.inputs:
            if term.op == "const" and term is not self.this:
                raise DeclarationError(f"{of}: it needs a constant; use that in its function itself.")
            known = term.op != "fact" or self._facts.get(term.fact.name) is term.fact
            if not known or term.op not in {"fact", "peildatum", "kennisdatum", "const"}:
                raise DeclarationError(f"{fact.name} needs {term!r}, which is not declared before it")
        self._facts[fact.name] = fact
        return Term("fact", fact)

    def column(self, name: str, type_: ValueType, nl: str, en: str, *, unit: str = "") -> Term:
        """
        Declare a cell of the record as a fact under its own name.

        Args:
            name: The column of the table, and the attribute of the record.
            type_: The type of its value.
            nl: What it means, in Dutch.
            en: What it means, in English.
            unit: What a whole number counts.

        Raises:
            DeclarationError: for a name that is taken.

        """
        return self._add(
            Fact(
                name=name,
                subject=self,
                type=type_,
                text=Text(nl, en),
                unit=unit,
                tables=((self.table, name),),
                attribute=name,
            )
        )

    def fact(  # one keyword per attribute of a fact
        self,
        type_: ValueType,
        nl: str,
        en: str,
        *,
        name: str | None = None,
        unit: str = "",
        needs: tuple[Term, ...] = (),
        looked_up: tuple[Term, ...] = (),
        maybe: tuple[Term, ...] = (),
        tables: tuple[Column, ...] = (),
        uses: tuple[Column, ...] = (),
    ) -> Callable[[Callable[..., Any]], Term]:
        """
        Declare the decorated function as the computation of a fact, of its own name unless another is given.

        Args:
            type_: The type of its value.
            nl: What it means, in Dutch.
            en: What it means, in English.
            name: Its name, when that is not the name of the function.
            unit: What a whole number counts.
            needs: Facts that must have a value, or this one is missing.
            looked_up: Facts that may be empty, but must have been looked up.
            maybe: Facts that may be missing in any way; the function deals with it.
            tables: Columns or tables that must have been looked up, or this fact is missing.
            uses: Tables that it also reads; the function deals with it when they were not looked up.

        Raises:
            DeclarationError: for a name that is taken, a need that is not declared before it, or a function that
                does not take the context and each of its inputs.

        """

        def declare(compute: Callable[..., Any]) -> Term:
            return self._add(
                Fact(
                    name=name or compute.__name__,
                    subject=self,
                    type=type_,
                    text=Text(nl, en),
                    unit=unit,
                    needs=needs,
                    looked_up=looked_up,
                    maybe=maybe,
                    tables=tables,
                    uses=uses,
                    compute=compute,
                )
            )

        return declare

    def limit(self, name: str, *, start: Term, norm: Norm, nl: str, en: str) -> Term:
        """
        Declare the last day of a term as a fact.

        The term is the value of the norm in force on the day on which it
        starts; without a value in force the fact is missing.

        Args:
            name: The name of the fact.
            start: The fact on whose day the term starts.
            norm: How long the term is.
            nl: What it means, in Dutch.
            en: What it means, in English.

        Raises:
            DeclarationError: for a start that is no day, or a norm that is no term.

        """
        of = f"Fact {name!r} of {self.name}"
        check_type(of, "norm", norm, Norm)
        self._check_start(of, "start", start)
        if norm.unit not in _TERMS:
            raise DeclarationError(f"{of}: norm {norm.id} counts {norm.unit}; a term counts {', '.join(_TERMS)}.")
        return self._add(
            Fact(
                name=name,
                subject=self,
                type=ValueType.DAY,
                text=Text(nl, en),
                needs=(start,),
                norm=norm,
                ask="limit",
            )
        )

    def norm(self, norm: Norm, *, type_: ValueType = ValueType.WHOLE) -> Term:
        """
        Declare the value of a norm in force on the subject's start day as a fact under its id.

        Raises:
            DeclarationError: for a name that is taken.

        """
        check_type(f"A fact of {self.name}", "norm", norm, Norm)
        return self._add(
            Fact(
                name=norm.id,
                subject=self,
                type=type_,
                text=norm.text,
                unit=str(norm.unit),
                needs=(self.start_day,),
                norm=norm,
                ask="norm_value",
            )
        )


def input_name(term: Term) -> str:
    """Name an input of a fact: that of the fact, ``peildatum``, ``kennisdatum`` or ``self``."""
    if term.op == "fact":
        return term.fact.name
    return SELF if term.op == "const" else term.op


def _check_columns(of: str, attribute: str, columns: object) -> None:
    check_tuple(of, attribute, columns, tuple)
    for column in columns if isinstance(columns, tuple) else ():
        if len(column) != 2 or not isinstance(column[0], str) or not isinstance(column[1], (str, type(None))):
            raise DeclarationError(
                f'{of}: {attribute} must be pairs of a table and a column, or None for the whole table: ("erkenningen",'
                " None)."
            )


def _check_compute(of: str, compute: Callable[..., Any], given: int) -> None:
    try:
        inspect.signature(compute).bind(*[None] * given)
    except TypeError:
        raise DeclarationError(
            f"{of}: its function must take {given} values: the context, and one for each of needs, looked_up and maybe"
            " in that order."
        ) from None
    except ValueError:  # a function of C that does not say what it takes
        return
