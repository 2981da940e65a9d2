"""Rule and Question: declarations, and nothing that runs."""

import re
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, final

import attrs

from bpvo_rules.errors import DeclarationError
from bpvo_rules.rules.fact import Fact, SubjectType
from bpvo_rules.rules.norm import Norm, Source
from bpvo_rules.rules.outcome import Kind, Party
from bpvo_rules.rules.term import ALWAYS, Term, all_of, facts_read
from bpvo_rules.rules.text import Text

__all__ = ["Dimension", "Executability", "Question", "Rule"]

_SIGNAALCODE: Final = re.compile(r"[A-Z][0-9]{2}", re.ASCII)


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
        melding: What it says when not met; ``{name}`` stands for a fact.
        repair: What makes it right.
        dimension: The quality dimension that it is about.
        executability: Whether the data can carry it.
        assumptions: What we chose where a source leaves it open.
        geldig_van: First start day that it holds for, inclusive; ``None`` is an open bound.
        geldig_tot_en_met: Last start day that it holds for, inclusive; ``None`` is an open bound.

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
        if self.signaalcode is not None and _SIGNAALCODE.fullmatch(self.signaalcode) is None:
            raise DeclarationError(f"Rule {self.code}: a signaalcode is a capital and two digits")
        for term in (self.scope, self.requirement):
            if not term.is_condition:
                raise DeclarationError(f"Rule {self.code}: {term!r} is not a condition")
        if (self.executability is not Executability.VOLLEDIG) and not self.assumptions:
            raise DeclarationError(f"Rule {self.code}: say why it {self.executability}")
        for fact in (*self.reads, *self.shows):
            if fact.subject is not self.subject:
                raise DeclarationError(f"Rule {self.code} reads {fact.name}, which is no fact of {self.subject.name}")

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
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Question:
    """
    A question of the dashboard, and the rules that answer it.

    Attributes:
        code: Its name.
        number: 1-6; ``None`` for rules that belong to no question and get no score.
        title: The question itself.
        subject: The primary subject: what its score counts.
        rules: Its rules in their fixed order.

    """

    code: str
    number: int | None
    title: Text
    subject: SubjectType
    rules: tuple[Rule, ...]

    def __repr__(self) -> str:
        return f"Question({self.code})"
