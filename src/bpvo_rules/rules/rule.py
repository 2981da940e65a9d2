"""Rule and Question: declarations, and nothing that runs."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import final

import attrs

from bpvo_rules.errors import DeclarationError
from bpvo_rules.rules.declared import (
    check_days,
    check_melding,
    check_name,
    check_plain,
    check_signaalcode,
    check_tuple,
    check_type,
    is_number,
)
from bpvo_rules.rules.fact import Fact, SubjectType, ValueType
from bpvo_rules.rules.norm import Norm, Source
from bpvo_rules.rules.outcome import Kind, Party
from bpvo_rules.rules.term import ALWAYS, Term, all_of, facts_read
from bpvo_rules.rules.text import Text
from bpvo_rules.rules.typed import check_types

__all__ = ["Dimension", "Executability", "Question", "Rule", "RuleSet"]


@final
class Dimension(StrEnum):
    """
    Quality dimension that a rule is about, in the words of NORA.

    Source: Raamwerk gegevenskwaliteit, noraonline.nl. Beschikbaarheid is no
    dimension of data but of a service; question 4 is about one.
    """

    JUISTHEID = "juistheid"
    COMPLETEHEID = "completeheid"
    VALIDITEIT = "validiteit"
    CONSISTENTIE = "consistentie"
    ACTUALITEIT = "actualiteit"
    PLAUSIBILITEIT = "plausibiliteit"
    BESCHIKBAARHEID = "beschikbaarheid"


@final
class Executability(StrEnum):
    """Whether the data can carry the rule as its source means it."""

    VOLLEDIG = "volledig"
    TE_VEEL = "kan te veel melden"
    TE_WEINIG = "kan te weinig melden"


@final
@attrs.frozen(kw_only=True, eq=False, slots=False, repr=False)
class Rule:
    """
    A statement that a subject meets or not.

    Attributes:
        code: Its name; never reused for another rule.
        signaalcode: Its three characters in the shape of a signal of DUO: a letter, because those of DUO are numbers,
            and two digits. It stays with the rule for ever, and is given to no other when the rule is gone. ``None``
            for a rule that is never told as a signal.
        version: Rises when its answers change.
        subject: What it judges.
        kind: What a melding of it asks for.
        party: Who can repair what it finds.
        scope: For which subjects it holds, on top of its validity.
        requirement: What must be true for those.
        evidence: Facts that a melding shows beside those that the rule read.
        sources: The law or document behind it, with the days on which it was in force.
        sentence: What it asks, as one sentence.
        melding: What it says when not met; ``{name}`` stands for a fact or norm that the melding shows.
        repair: What makes it right; it names no facts.
        dimension: The quality dimension that it is about.
        executability: Whether the data can carry it.
        assumptions: What we chose where a source leaves it open.
        geldig_van: First start day that it holds for, inclusive; ``None`` is an open bound.
        geldig_tot_en_met: Last start day that it holds for, inclusive; ``None`` is an open bound.

    Raises:
        DeclarationError: for what cannot work, in one sentence that names the rule, the attribute and what to do.

    """

    code: str
    signaalcode: str | None = None
    version: int = 1
    subject: SubjectType
    kind: Kind
    party: Party
    scope: Term = ALWAYS
    requirement: Term
    evidence: tuple[Term, ...] = ()
    sources: tuple[Source, ...]
    sentence: Text
    melding: Text
    repair: Text
    dimension: Dimension
    executability: Executability = Executability.VOLLEDIG
    assumptions: tuple[Text, ...] = ()
    geldig_van: date | None = None
    geldig_tot_en_met: date | None = None

    def __attrs_post_init__(self) -> None:
        check_name(f"Rule {self.code!r}", "code", self.code)
        of = f"Rule {self.code}"
        if not is_number(self.version) or self.version < 1:
            raise DeclarationError(f"{of}: version must be a whole number of at least 1.")
        check_type(of, "subject", self.subject, SubjectType)
        check_type(of, "kind", self.kind, Kind)
        check_type(of, "party", self.party, Party)
        check_type(of, "dimension", self.dimension, Dimension)
        check_type(of, "executability", self.executability, Executability)
        check_tuple(of, "sources", self.sources, Source, least=1)
        check_tuple(of, "assumptions", self.assumptions, Text)
        if self.signaalcode is not None:
            check_signaalcode(of, self.signaalcode)
        if (self.executability is not Executability.VOLLEDIG) and not self.assumptions:
            raise DeclarationError(f"{of}: say why it {self.executability}, as one of its assumptions.")
        check_days(of, ("geldig_van", self.geldig_van), ("geldig_tot_en_met", self.geldig_tot_en_met))
        self._check_terms(of)
        check_plain(of, "sentence", self.sentence)
        check_plain(of, "repair", self.repair)
        for text in self.assumptions:
            check_plain(of, "assumptions", text)
        shown = {fact.name for fact in self.shows if fact.type is not ValueType.INTERNAL}
        check_melding(of, self.melding, shown | {norm.id for norm in self.norms})

    def _check_terms(self, of: str) -> None:
        """Hold scope, requirement and evidence to what can be judged and shown of its subject."""
        for name, term in (("scope", self.scope), ("requirement", self.requirement)):
            if not isinstance(term, Term) or not term.is_condition:
                raise DeclarationError(f"{of}: {name} {term!r} is not a condition; compare facts, or use is_filled.")
            self._check_facts(of, name, facts_read(term))
            check_types(f"{of}: {name}", term)
        check_tuple(of, "evidence", self.evidence, Term)
        listed = [fact.name for term in self.evidence for fact in facts_read(term)]
        for term in self.evidence:
            if term.op != "fact":
                raise DeclarationError(f"{of}: evidence {term!r} is not a fact; name the facts by themselves.")
            if listed.count(term.fact.name) > 1:
                raise DeclarationError(f"{of}: evidence names {term.fact.name} twice; leave one out.")
        self._check_facts(of, "evidence", facts_read(*self.evidence))

    def _check_facts(self, of: str, attribute: str, facts: tuple[Fact, ...]) -> None:
        for fact in facts:
            if fact.subject is not self.subject:
                raise DeclarationError(
                    f"{of}: {attribute} reads {fact.name}, which is no fact of {self.subject.name} but of"
                    f" {fact.subject.name}; use the facts of one subject."
                )
            if fact.type is ValueType.INTERNAL:
                raise DeclarationError(f"{of}: {attribute} reads {fact.name}, whose value is only for other facts.")

    def __repr__(self) -> str:
        return f"Rule({self.code})"

    @cached_property
    def full_scope(self) -> Term:
        """The scope with the validity of the rule as its first conditions."""
        bounds = []
        if self.geldig_van is not None:
            bounds.append(self.subject.start_day >= self.geldig_van)
        if self.geldig_tot_en_met is not None:
            bounds.append(self.subject.start_day <= self.geldig_tot_en_met)
        return all_of(self.scope, *bounds) if bounds else self.scope

    @cached_property
    def reads(self) -> tuple[Fact, ...]:
        """Every fact that its conditions read."""
        return facts_read(self.full_scope, self.requirement)

    @cached_property
    def shows(self) -> tuple[Fact, ...]:
        """Every fact in the evidence of a melding: what it read, where its terms start, and what it lists."""
        starts = [t for fact in self.reads if fact.norm is not None for t in fact.needs]
        return tuple(dict.fromkeys((*self.reads, *facts_read(*starts, *self.evidence))))

    @cached_property
    def tells(self) -> tuple[Fact, ...]:
        """Every fact that a melding of it depends on: what it shows, and what each melding tells of its subject."""
        return tuple(dict.fromkeys((*self.shows, *self.subject.told)))

    @cached_property
    def depends_on(self) -> frozenset[str]:
        """Names of every cell of the record by which its outcome or its melding can change; see :attr:`Fact.cells`."""
        return frozenset[str]().union(*(fact.cells for fact in self.tells))

    @cached_property
    def requires(self) -> tuple[tuple[Term, frozenset[str]], ...]:
        """Each condition that its requirement joins, with the names of the cells that it depends on."""
        terms = self.requirement.args if self.requirement.op == "and" else (self.requirement,)
        return tuple((term, frozenset[str]().union(*(fact.cells for fact in facts_read(term)))) for term in terms)

    @cached_property
    def dated_norms(self) -> tuple[tuple[Norm, Fact], ...]:
        """Every norm behind the facts that it reads, with the fact on whose day its value is taken."""
        return tuple(dict.fromkeys(dated for fact in self.reads for dated in fact.all_norms()))

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        """Every norm behind the facts that it reads."""
        return tuple(dict.fromkeys(norm for norm, _ in self.dated_norms))

    def source_on(self, dag: date | None) -> Source:
        """Give the source in force on a day; the last one when none was, or the day is not known."""
        found = [s for s in self.sources if dag is not None and s.in_force(dag)]
        return (found or list(self.sources))[-1]


@final
@attrs.frozen(kw_only=True)
class RuleSet:
    """
    The package of somebody else that a question came out of.

    Attributes:
        name: The name by which it was asked for: that of its entry point.
        distribution: The package that was installed; ``None`` when its installer did not write it down.
        version: The version of that package; ``None`` when its installer did not write it down.

    """

    name: str
    distribution: str | None = None
    version: str | None = None


@final
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Question:
    """
    A question of the dashboard, and the rules that answer it.

    Attributes:
        code: Its name.
        number: 1-6; ``None`` for rules that belong to no question and get no score.
        title: The question itself.
        subject: The primary subject: what its score counts.
        rules: Its rules in their fixed order; one about another subject gives meldingen, and counts in no score.
        rule_set: Where it was loaded from, for the receipt; ``None`` for ours, and for one that a caller declares.

    Raises:
        DeclarationError: for what cannot work, in one sentence that names the question, the attribute and what to do.

    """

    code: str
    number: int | None
    title: Text
    subject: SubjectType
    rules: tuple[Rule, ...]
    rule_set: RuleSet | None = None

    def __attrs_post_init__(self) -> None:
        check_name(f"Question {self.code!r}", "code", self.code)
        of = f"Question {self.code}"
        if self.number is not None and not (is_number(self.number) and 1 <= self.number <= 6):
            raise DeclarationError(f"{of}: number must be 1-6, or None for rules that belong to no question.")
        check_plain(of, "title", self.title)
        check_type(of, "subject", self.subject, SubjectType)
        check_tuple(of, "rules", self.rules, Rule)

    def __repr__(self) -> str:
        return f"Question({self.code})"
