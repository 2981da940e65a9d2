"""
Python source of a set of rules: one function that gives the facts and the outcomes of a subject.

Source is generated once for a set of rules and what was looked up; running it
is several times as fast as walking the terms for every subject. A condition
has two forms, *surely true* and *surely false*; unknown is neither.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, final

import attrs

from bpvo_rules.rules.fact import Column, Fact, SubjectType, input_name
from bpvo_rules.rules.outcome import Outcome
from bpvo_rules.rules.rule import Rule
from bpvo_rules.rules.term import Term, Use, facts_read

__all__ = [
    "OUTCOMES",
    "Program",
    "closed_facts",
    "compile_rules",
    "compute_facts",
    "is_looked_up",
    "skips",
    "with_needs",
]

OUTCOMES = (Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.OUT_OF_SCOPE)
"""The outcome that each small number of a program stands for."""


def is_looked_up(columns: Collection[Column], not_looked_up: frozenset[Column]) -> bool:
    """Say whether all of these columns were looked up; a table stands for all of its columns."""
    return not any(c in not_looked_up or (c[0], None) in not_looked_up for c in columns)


@final
@attrs.frozen
class _Code:
    """
    Source of a term.

    Attributes:
        value: The value itself, for a term that has one.
        true: An expression that is true when the term is surely true.
        false: An expression that is true when the term is surely false.
        needs: Names that must not be ``None`` before ``value`` may be used.

    """

    value: str = ""
    true: str = ""
    false: str = ""
    needs: tuple[str, ...] = ()


def _guarded(needs: tuple[str, ...], expression: str) -> str:
    guards = [f"{name} is not None" for name in dict.fromkeys(needs)]
    return "(" + " and ".join([*guards, expression]) + ")"


def _joined(word: str, expressions: Sequence[str], empty: str) -> str:
    """Join with and/or, leaving out what decides nothing."""
    decisive = "False" if word == "and" else "True"
    if decisive in expressions:
        return decisive
    kept = [e for e in expressions if e not in {"True", "False"}]
    if not kept:
        return empty
    return kept[0] if len(kept) == 1 else "(" + f" {word} ".join(kept) + ")"


@final
class _PythonSource(Use[_Code]):
    """Terms as Python source, over local variables named after the facts."""

    def __init__(self, not_looked_up: frozenset[Column], constants: dict[str, Any]) -> None:
        self._not_looked_up = not_looked_up
        self._constants = constants

    def _looked_up(self, fact: Fact) -> bool:
        return is_looked_up(fact.all_columns(), self._not_looked_up)

    def on_fact(self, fact: Fact) -> _Code:
        name = _local(fact)
        return _Code(value=name, true=f"({name} is True)", false=f"({name} is False)", needs=(name,))

    def on_const(self, value: object) -> _Code:
        name = f"c{len(self._constants)}"
        self._constants[name] = value
        return _Code(value=name)

    def on_peildatum(self) -> _Code:
        return _Code(value="P")

    def on_kennisdatum(self) -> _Code:
        return _Code(value="K")

    def on_times(self, a: _Code, b: _Code) -> _Code:
        return _Code(value=f"({a.value} * {b.value})", needs=a.needs + b.needs)

    def _compare(self, a: _Code, b: _Code, sign: str, opposite: str) -> _Code:
        needs = a.needs + b.needs
        return _Code(
            true=_guarded(needs, f"{a.value} {sign} {b.value}"),
            false=_guarded(needs, f"{a.value} {opposite} {b.value}"),
        )

    def on_eq(self, a: _Code, b: _Code) -> _Code:
        return self._compare(a, b, "==", "!=")

    def on_lt(self, a: _Code, b: _Code) -> _Code:
        return self._compare(a, b, "<", ">=")

    def on_le(self, a: _Code, b: _Code) -> _Code:
        return self._compare(a, b, "<=", ">")

    def on_gt(self, a: _Code, b: _Code) -> _Code:
        return self._compare(a, b, ">", "<=")

    def on_ge(self, a: _Code, b: _Code) -> _Code:
        return self._compare(a, b, ">=", "<")

    def on_in(self, value: _Code, *options: _Code) -> _Code:
        name = f"c{len(self._constants)}"
        self._constants[name] = frozenset(self._constants[option.value] for option in options)
        return _Code(
            true=_guarded(value.needs, f"{value.value} in {name}"),
            false=_guarded(value.needs, f"{value.value} not in {name}"),
        )

    def on_and(self, *terms: _Code) -> _Code:
        return _Code(
            true=_joined("and", [t.true for t in terms], "True"), false=_joined("or", [t.false for t in terms], "False")
        )

    def on_or(self, *terms: _Code) -> _Code:
        return _Code(
            true=_joined("or", [t.true for t in terms], "False"), false=_joined("and", [t.false for t in terms], "True")
        )

    def on_not(self, term: _Code) -> _Code:
        return _Code(true=term.false, false=term.true)

    def on_filled(self, fact: Fact) -> _Code:
        name = _local(fact)
        return _Code(true=f"({name} is not None)", false=f"({name} is None)" if self._looked_up(fact) else "False")

    def on_on_time(self, event: Fact, limit: _Code) -> _Code:
        name = _local(event)
        late = f"{name} > {limit.value} if {name} is not None else " + (
            f"K >= {limit.value}" if self._looked_up(event) else "False"
        )
        return _Code(
            true=_guarded((name, *limit.needs), f"{name} <= {limit.value}"), false=_guarded(limit.needs, f"({late})")
        )


def _local(fact: Fact) -> str:
    return f"f_{fact.name}"


def _input(term: Term) -> str:
    return {"self": "s", "peildatum": "P", "kennisdatum": "K"}.get(name := input_name(term), f"f_{name}")


def _is_closed(fact: Fact, not_looked_up: frozenset[Column]) -> bool:
    """Say whether a fact is missing for every subject of a run: something that it must have was not looked up."""
    return not is_looked_up(fact.tables, not_looked_up) or not all(
        is_looked_up(t.fact.all_columns(), not_looked_up) for t in fact.looked_up if t.op == "fact"
    )


def closed_facts(subject: SubjectType, not_looked_up: frozenset[Column]) -> frozenset[Fact]:
    """Give the facts that are missing for every subject of a run, because of what was not looked up."""
    found: set[Fact] = set()
    for fact in subject.facts:
        if _is_closed(fact, not_looked_up) or any(term.fact in found for term in fact.needs if term.op == "fact"):
            found.add(fact)
    return frozenset(found)


def _fact_line(fact: Fact, not_looked_up: frozenset[Column], constants: dict[str, Any], skip: str | None) -> str:
    name = _local(fact)
    if _is_closed(fact, not_looked_up):
        return f"{name} = None"
    if fact.attribute is not None:
        return f"{name} = s.{fact.attribute}"
    if fact.ask is not None and fact.norm is not None:
        call = f"context.{fact.ask}({fact.norm.id!r}, {_input(fact.needs[0])})"
    else:
        constants[f"compute_{fact.name}"] = fact.compute
        call = f"compute_{fact.name}({', '.join(['context', *map(_input, fact.inputs)])})"
    guards = [f"not {skip}"] if skip is not None else []
    guards += [f"{_input(t)} is not None" for t in fact.needs if t.op == "fact"]
    return f"{name} = {call}" + (f" if {' and '.join(guards)} else None" if guards else "")


def compute_facts(
    facts: Sequence[Fact], subject: Any, context: Any, not_looked_up: frozenset[Column]
) -> dict[Fact, Any]:
    """
    Compute facts one by one, each after all that it needs; one that raises is missing.

    The plain reading of what a program does in one go; for a subject of which
    some fact cannot be computed, so that the others can still be shown.
    """
    values: dict[Fact, Any] = {}

    def given(term: Term) -> Any:
        if term.op == "fact":
            return values[term.fact]
        return {"peildatum": context.peildatum, "kennisdatum": context.kennisdatum}.get(term.op, subject)

    def value(fact: Fact) -> Any:
        inputs = [given(term) for term in fact.inputs]
        if _is_closed(fact, not_looked_up) or any(i is None for i in inputs[: len(fact.needs)]):
            return None
        if fact.attribute is not None:
            return getattr(subject, fact.attribute)
        if fact.ask is not None and fact.norm is not None:
            return getattr(context, fact.ask)(fact.norm.id, *inputs)
        return None if fact.compute is None else fact.compute(context, *inputs)

    for fact in facts:
        try:
            values[fact] = value(fact)
        except Exception:  # noqa: BLE001 - whatever a fact raises, the others can still be shown
            values[fact] = None
    return values


def with_needs(wanted: Collection[Fact]) -> set[Fact]:
    """Give some facts with everything that they are computed of."""
    found: set[Fact] = set()

    def visit(fact: Fact) -> None:
        if fact not in found:
            found.add(fact)
            for term in fact.inputs:
                if term.op == "fact":
                    visit(term.fact)

    for fact in wanted:
        visit(fact)
    return found


def _needed(subject: SubjectType, wanted: Collection[Fact]) -> list[Fact]:
    """Every fact that is wanted or that a wanted one depends on, each after all that it needs."""
    found = with_needs(wanted)
    return [fact for fact in subject.facts if fact in found]


def _conjuncts(rule: Rule) -> dict[str, Term]:
    """The conditions of a scope of which one that is surely false puts the subject out of scope."""
    scope = rule.full_scope
    return {repr(term): term for term in (scope.args if scope.op == "and" else (scope,))}


def skips(subject: SubjectType, rules: Sequence[Rule]) -> dict[Fact, tuple[Term, ...]]:
    """
    Give per fact the conditions that all rules that depend on it have in their scope.

    When one of them is surely false, every such rule is out of scope whatever
    the fact is, so that it need not be computed. A condition that itself
    depends on the fact does not count.
    """
    found: dict[Fact, dict[str, Term]] = {}
    for rule in rules:
        conjuncts = _conjuncts(rule)
        for fact in _needed(subject, rule.reads):
            shared = found.get(fact, conjuncts)
            found[fact] = {key: term for key, term in shared.items() if key in conjuncts}
    return {
        fact: tuple(term for term in terms.values() if fact not in _needed(subject, facts_read(term)))
        for fact, terms in found.items()
    }


Judge = Callable[[Any, Any], tuple[tuple[int, ...], tuple[Any, ...]]]


@final
@attrs.frozen(eq=False)
class Program:
    """
    A compiled set of rules about one subject type.

    Attributes:
        rules: The rules, in the order of the outcomes.
        facts: The facts, in the order of their values; those values are only there when they were asked for.
        run: From a subject and a context to outcomes (places in ``OUTCOMES``) and values of facts.
        source: The generated Python, to look at.

    """

    rules: tuple[Rule, ...]
    facts: tuple[Fact, ...]
    run: Judge
    source: str


def compile_rules(
    subject: SubjectType,
    rules: Sequence[Rule],
    *,
    wanted: Collection[Fact] = (),
    evidence: bool = False,
    not_looked_up: frozenset[Column] = frozenset(),
) -> Program:
    """
    Make a program of the rules about one subject type.

    Args:
        subject: The subject type; rules about others are not accepted here.
        rules: The rules, in the order in which outcomes are wanted.
        wanted: Facts whose values are wanted besides those that the rules read.
        evidence: Whether the facts that the meldingen of these rules show are wanted too.
        not_looked_up: Columns that were not looked up in this run.

    """
    read = {fact for rule in rules for fact in (rule.shows if evidence else rule.reads)}
    facts = _needed(subject, {*wanted, *read})
    constants: dict[str, Any] = {}
    use = _PythonSource(not_looked_up, constants)
    lines = ["def run(s, context):", "    P = context.peildatum", "    K = context.kennisdatum"]
    spared = {} if evidence or wanted else skips(subject, rules)
    # What decides whether others are needed comes first; what it needs itself comes before it.
    deciding = _needed(subject, {f for terms in spared.values() for f in facts_read(*terms)})
    facts = [*deciding, *(fact for fact in facts if fact not in deciding)]
    known: dict[tuple[str, ...], str] = {}
    computed: set[Fact] = set()
    for fact in facts:
        # Conditions whose own facts come later cannot spare this one.
        terms = [term for term in spared.get(fact, ()) if computed.issuperset(facts_read(term))]
        skip = None
        if terms and fact.attribute is None:
            key = tuple(map(repr, terms))
            skip = known.get(key)
            if skip is None:
                skip = known[key] = f"skip{len(known)}"
                lines.append(f"    {skip} = {_joined('or', [use.fold(term).false for term in terms], 'False')}")
        lines.append(f"    {_fact_line(fact, not_looked_up, constants, skip)}")
        computed.add(fact)
    for place, rule in enumerate(rules):
        scope, requirement = use.fold(rule.full_scope), use.fold(rule.requirement)
        lines.append(f"    o{place} = (")
        if scope.false != "False":
            lines.append(f"        3 if {scope.false} else")
        if scope.true != "True":
            lines.append(f"        2 if not {scope.true} else")
        lines.append(f"        0 if {requirement.true} else 1 if {requirement.false} else 2)")
    outcomes = "".join(f"o{place}, " for place in range(len(rules)))
    # Only who asks for facts gets them: making the tuple costs as much as several rules.
    values = "".join(f"{_local(fact)}, " for fact in facts) if evidence or wanted else ""
    lines.append(f"    return ({outcomes}), ({values})")
    source = "\n".join(lines) + "\n"
    namespace = dict(constants)
    exec(compile(source, f"<rules about {subject.name}>", "exec"), namespace)  # noqa: S102 - source made above from declarations
    return Program(tuple(rules), tuple(facts), namespace["run"], source)
