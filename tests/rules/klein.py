"""
A small subject type with one fact of every kind, and a context for it that is a few lines long.

Rules about it are drawn at random, so that what is made of terms is held to
their meaning apart from the rules of the library.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

from bpvo_rules.periode import Eenheid
from bpvo_rules.rules import (
    KENNISDATUM,
    PEILDATUM,
    Dimension,
    Kind,
    Norm,
    NormValue,
    Party,
    Rule,
    Source,
    SubjectType,
    Term,
    Text,
    ValueType,
    all_of,
    any_of,
    is_filled,
    is_in,
    on_time,
)
from bpvo_rules.rules.fact import Column

EIGEN = Source(title="een eigen afspraak")
BEGIN = date(2018, 10, 1)
TERMIJN_VANAF = BEGIN - timedelta(days=2)
TERMIJN_DAGEN = 2

TERMIJN = Norm(
    id="termijn",
    unit=Eenheid.DAGEN,
    text=Text("Zoveel dagen.", "This many days."),
    edge=Text("De laatste dag telt mee.", "The last day counts."),
    values=(NormValue(van=TERMIJN_VANAF, value=TERMIJN_DAGEN, source=EIGEN),),
    verified_on=BEGIN,
)
MAXIMUM = Norm(
    id="maximum",
    unit=Eenheid.MILLISECONDEN,
    text=Text("Zoveel mag.", "This many are allowed."),
    edge=Text("Precies zoveel mag.", "Exactly this many are allowed."),
    values=(NormValue(value=3, source=EIGEN),),
    verified_on=BEGIN,
)

DING = SubjectType("Ding", "dingen")
dag = DING.starts_on(DING.column("dag", ValueType.DAY, "Dag.", "Day."))
getal = DING.column("getal", ValueType.WHOLE, "Getal.", "Number.", unit="stuks")
ander_getal = DING.column("ander_getal", ValueType.WHOLE, "Ander getal.", "Other number.", unit="stuks")
vlag = DING.column("vlag", ValueType.BOOL, "Vlag.", "Flag.")
woord = DING.column("woord", ValueType.WORD, "Woord.", "Word.")
brin = DING.column("brin", ValueType.CODE, "School.", "School.")


@DING.fact(ValueType.WHOLE, "Dubbel getal.", "Twice the number.", unit="stuks", needs=(getal,))
def dubbel(_: Any, getal: Any) -> Any:
    """Need a cell."""
    return getal * 2


@DING.fact(ValueType.BOOL, "Het woord is geen b.", "The word is no b.", looked_up=(woord,))
def geen_b(_: Any, woord: Any) -> Any:
    """Deal with an empty cell, but not with one that was not looked up."""
    return woord != "b"


@DING.fact(ValueType.WHOLE, "Grootste getal.", "Largest number.", unit="stuks", needs=(getal,), maybe=(ander_getal,))
def grootste(_: Any, getal: Any, ander_getal: Any) -> Any:
    """Deal with a number that is missing in any way."""
    return getal if ander_getal is None else max(getal, ander_getal)


@DING.fact(
    ValueType.BOOL,
    "De dag is voorbij.",
    "The day has passed.",
    needs=(dag, PEILDATUM, DING.this),
    tables=(("kalender", None), ("kalender", "feestdag")),
)
def voorbij(_: Any, dag: Any, peildatum: Any, ding: Any) -> Any:
    """Need a table, the peildatum and the subject itself."""
    assert ding.dag == dag
    return dag < peildatum


@DING.fact(ValueType.BOOL, "Het getal staat in een lijst.", "In a list.", needs=(dubbel,), uses=(("lijst", None),))
def in_lijst(context: Any, dubbel: Any) -> Any:
    """Deal with a list that was not looked up: a number found is found, any other is unknown."""
    if dubbel in {2, 4}:
        return True
    return False if context.opgezocht("lijst") else None


@DING.fact(ValueType.DAY, "Wat er op de kennisdatum bekend is.", "As known.", needs=(dag, KENNISDATUM))
def bekende_dag(_: Any, dag: Any, kennisdatum: Any) -> Any:
    """Need the kennisdatum; empty for a later day."""
    return dag if dag <= kennisdatum else None


uiterste_dag = DING.limit("uiterste_dag", start=dag, norm=TERMIJN, nl="Laatste dag.", en="Last day.")
maximum = DING.norm(MAXIMUM)

COLUMNS: tuple[Column, ...] = (
    ("dingen", None),
    ("dingen", "dag"),
    ("dingen", "getal"),
    ("dingen", "ander_getal"),
    ("dingen", "vlag"),
    ("dingen", "woord"),
    ("kalender", None),
    ("kalender", "feestdag"),
    ("lijst", None),
)


@attrs.frozen(kw_only=True)
class Ding:
    """A record of the small subject type."""

    dag: date | None = None
    getal: int | None = None
    ander_getal: int | None = None
    vlag: bool | None = None
    woord: str | None = None
    brin: str | None = None


@attrs.frozen(kw_only=True)
class KleineContext:
    """What facts of the small subject type are given beside their inputs."""

    peildatum: date = BEGIN
    kennisdatum: date = BEGIN
    not_looked_up: frozenset[Column] = frozenset()

    def opgezocht(self, table: str) -> bool:
        """Say whether a table was looked up."""
        return (table, None) not in self.not_looked_up

    def norm_value(self, norm_id: str, day: date) -> int | None:
        """Give the value of a norm."""
        if norm_id == "maximum":
            return 3
        return TERMIJN_DAGEN if day >= TERMIJN_VANAF else None

    def limit(self, norm_id: str, start: date) -> date | None:
        """Give the last day of a term."""
        value = self.norm_value(norm_id, start)
        return None if value is None else start + timedelta(days=value)


def rule(code: str, requirement: Term, *, scope: Term | None = None, **changes: Any) -> Rule:
    """Make a rule about the small subject type; what is not given does not matter."""
    declared: dict[str, Any] = {
        "code": code,
        "subject": DING,
        "kind": Kind.FOUT,
        "party": Party.INSTELLING,
        "requirement": requirement,
        "sources": (EIGEN,),
        "sentence": Text("Het hoort zo.", "It should be so."),
        "melding": Text("Het is niet zo.", "It is not so."),
        "repair": Text("Maak het zo.", "Make it so."),
        "dimension": Dimension.JUISTHEID,
        **({} if scope is None else {"scope": scope}),
        **changes,
    }
    return Rule(**declared)


def values_by_hand(ding: Ding, context: KleineContext) -> Mapping[str, Any]:
    """Work the facts out in so many words: missing when a need is missing or a table was not looked up."""
    closed = context.not_looked_up

    def cell(name: str) -> Any:
        return None if {("dingen", None), ("dingen", name)} & closed else getattr(ding, name)

    day, number, other = cell("dag"), cell("getal"), cell("ander_getal")
    word_known = not {("dingen", None), ("dingen", "woord")} & closed
    twice = None if number is None else 2 * number
    listed: bool | None = None
    if twice is not None:
        listed = True if twice in {2, 4} else (None if ("lijst", None) in closed else False)
    return {
        "dag": day,
        "getal": number,
        "ander_getal": other,
        "vlag": cell("vlag"),
        "woord": cell("woord"),
        "brin": cell("brin"),
        "dubbel": twice,
        "geen_b": cell("woord") != "b" if word_known else None,
        "grootste": None if number is None else max(number, number if other is None else other),
        "voorbij": None
        if day is None or {("kalender", None), ("kalender", "feestdag")} & closed
        else day < context.peildatum,
        "in_lijst": listed,
        "bekende_dag": None if day is None or day > context.kennisdatum else day,
        "uiterste_dag": None if day is None or day < TERMIJN_VANAF else day + timedelta(days=TERMIJN_DAGEN),
        "maximum": None if day is None else 3,
    }


days = st.integers(-4, 4).map(lambda n: BEGIN + timedelta(days=n))
numbers = st.integers(0, 4)
dingen = st.builds(
    Ding,
    dag=st.none() | days,
    getal=st.none() | numbers,
    ander_getal=st.none() | numbers,
    vlag=st.sampled_from((None, True, False)),
    woord=st.sampled_from((None, "a", "b", "c")),
)
contexts = st.builds(
    KleineContext, peildatum=days, kennisdatum=days, not_looked_up=st.frozensets(st.sampled_from(COLUMNS), max_size=3)
)

_numbers = st.sampled_from((getal, ander_getal, dubbel, grootste, maximum))
_day_facts = st.sampled_from((dag, bekende_dag, uiterste_dag))
_day_terms = st.one_of(_day_facts, st.sampled_from((PEILDATUM, KENNISDATUM)))


@st.composite
def _comparisons(draw: st.DrawFn) -> Term:
    left: Any
    right: Any
    match draw(st.integers(0, 2)):
        case 0:
            left, right = draw(_numbers), draw(_numbers | numbers)
            if draw(st.booleans()):
                left = left * draw(st.integers(0, 3) | _numbers)
        case 1:
            left, right = draw(_day_terms), draw(_day_terms | days)
        case _:
            left, right = woord, draw(st.sampled_from(("a", "b")))
            equal: Term = left == right
            return equal if draw(st.booleans()) else ~equal
    comparison: Term = draw(
        st.sampled_from((left == right, left != right, left < right, left <= right, left > right, left >= right))
    )
    return comparison


_leaves = st.one_of(
    st.sampled_from((vlag, geen_b, voorbij, in_lijst)),
    _comparisons(),
    st.sampled_from(DING.facts).map(lambda fact: is_filled(Term("fact", fact))),
    st.sets(numbers).map(lambda found: is_in(getal, tuple(found))),
    st.tuples(_day_facts, st.one_of(_day_terms, days)).map(
        lambda pair: on_time(pair[0], pair[1] if isinstance(pair[1], Term) else Term("const", pair[1]))
    ),
)
conditions: st.SearchStrategy[Term] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda terms: all_of(*terms)),
        st.lists(inner, max_size=3).map(lambda terms: any_of(*terms)),
        inner.map(lambda term: ~term),
    ),
    max_leaves=6,
)


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Draw a few rules, some of which have parts of their scopes in common."""
    shared = draw(st.lists(conditions, max_size=2))
    made = []
    for number in range(draw(st.integers(1, 4))):
        common = [term for term in shared if draw(st.booleans())]
        names = ("geldig_van", "geldig_tot_en_met")
        # In their order, for the other way round is refused where it is declared.
        drawn = sorted(draw(st.lists(days, min_size=2, max_size=2)))
        bounds = {name: day for name, day in zip(names, drawn, strict=True) if draw(st.booleans())}
        scope = all_of(*common, *draw(st.lists(conditions, max_size=2)))
        made.append(rule(f"regel_{number}", draw(conditions), scope=scope, **bounds))
    return tuple(made)
