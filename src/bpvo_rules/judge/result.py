"""Result: what came out of a judgement, whatever worked it out."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.errors import UnknownSubjectError
from bpvo_rules.judge.melding import Melding, Verdict
from bpvo_rules.judge.settings import Settings
from bpvo_rules.keten import Invoerfout, Opmerking, Perspectief
from bpvo_rules.rules import Kind, Outcome, Question, Rule, SubjectType, combine
from bpvo_rules.rules.source import OUTCOMES

__all__ = ["Failure", "Pattern", "Result"]

Pattern = tuple[int, ...]
"""The outcomes of the rules about one subject, in the order of the rules, as places in ``OUTCOMES``."""


@final
@attrs.frozen(kw_only=True)
class Failure:
    """
    A rule that stopped with an error; its outcomes are withheld, the others are there.

    Attributes:
        rule: Code of the rule.
        error: Type of the error, without its message: that may hold values.

    """

    rule: str
    error: str


class Result(ABC):
    """
    The outcomes of rules, counted; and the meldingen.

    A :class:`bpvo_rules.judge.Judgement` is one, and so is what another engine works out. Everything
    that is made for readers is made of a result, so that it looks the same whatever engine was used.

    Attributes:
        settings: The rules and norms that it went by.
        failures: Rules that stopped with an error.

    """

    settings: Settings
    failures: tuple[Failure, ...]

    # ---- what each engine has in its own way

    @property
    @abstractmethod
    def engine(self) -> Mapping[str, Any]:
        """What worked it out: ``name``, and for others than the reference versions, times and rows."""

    @property
    @abstractmethod
    def peildatum(self) -> date:
        """The day about which was judged."""

    @property
    @abstractmethod
    def kennisdatum(self) -> date:
        """The day whose knowledge was used."""

    @property
    @abstractmethod
    def perspectief(self) -> Perspectief:
        """Whose view of the deliveries counted."""

    @property
    @abstractmethod
    def ran(self) -> Mapping[SubjectType, tuple[Rule, ...]]:
        """The rules that ran, per subject type."""

    @property
    @abstractmethod
    def patterns(self) -> Mapping[SubjectType, Mapping[Pattern, int]]:
        """How many subjects have which outcomes."""

    @property
    @abstractmethod
    def input_digest(self) -> str | None:
        """The digest of the input; ``None`` when the engine does not make one."""

    @property
    @abstractmethod
    def tabellen_niet_opgezocht(self) -> tuple[str, ...]:
        """Names of the tables that were not looked up."""

    @property
    @abstractmethod
    def kolommen_niet_opgezocht(self) -> frozenset[tuple[str, str]]:
        """Pairs of table and column that were not looked up although the table was."""

    @property
    @abstractmethod
    def invoerfouten(self) -> tuple[Invoerfout, ...]:
        """Rows that could not be read."""

    @property
    @abstractmethod
    def opmerkingen(self) -> tuple[Opmerking, ...]:
        """What a user should know about the source."""

    @property
    @abstractmethod
    def bpvos_without_begindatum(self) -> int:
        """Number of BPVO's without a begindatum: they are in no foto."""

    @abstractmethod
    def meldingen(self) -> tuple[Melding, ...]:
        """Give every melding: in rule order, then by subject key."""

    @abstractmethod
    def verdicts(self) -> Iterator[Verdict]:
        """Give every verdict: in rule order, then by subject key."""

    @abstractmethod
    def metingen(self, rule: str) -> Iterator[tuple[Any, Outcome]]:
        """Give the measurements of White Label with the outcome of a rule about them; none when it did not run."""

    @property
    def school(self) -> Brin | None:
        """The one school whose part this is; ``None`` for a result of all that was given."""
        return None

    # ---- what follows from it

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that ran, in rule order."""
        ran = {rule.code for rules in self.ran.values() for rule in rules}
        return tuple(rule for rule in self.settings.rules if rule.code in ran)

    @property
    def sizes(self) -> Mapping[SubjectType, int]:
        """Number of subjects per subject type; 0 where the table was not looked up."""
        return {subject: sum(patterns.values()) for subject, patterns in self.patterns.items()}

    def place(self, code: str) -> tuple[SubjectType, int]:
        """
        Give where the outcome of a rule stands: its subject type, and its place in the patterns.

        Raises:
            UnknownSubjectError: when it did not run.

        """
        for subject, rules in self.ran.items():
            for at, rule in enumerate(rules):
                if rule.code == code:
                    return subject, at
        raise UnknownSubjectError(f"Rule {code} did not run.")

    @cached_property
    def counts(self) -> Mapping[str, Mapping[Outcome, int]]:
        """Number of subjects per outcome per rule, in rule order; every outcome is there, also with 0."""
        found: dict[str, dict[Outcome, int]] = {}
        for subject, patterns in self.patterns.items():
            for at, rule in enumerate(self.ran[subject]):
                counts = dict.fromkeys(Outcome, 0)
                for pattern, number in patterns.items():
                    counts[OUTCOMES[pattern[at]]] += number
                found[rule.code] = counts
        return {rule.code: found[rule.code] for rule in self.rules}

    def combined(self, question: Question, subject: SubjectType) -> Callable[[Pattern], Outcome]:
        """Give the function from a pattern of outcomes of rules to the outcome of a question."""
        places = [
            at
            for at, rule in enumerate(self.ran[subject])
            if rule.kind is Kind.FOUT and self.settings.question_of[rule.code] is question
        ]
        # What a rule that failed would have said is not known, and that never counts as good.
        failed = {failure.rule for failure in self.failures}
        lost = [
            Outcome.UNKNOWN
            for rule in question.rules
            if rule.code in failed and rule.kind is Kind.FOUT and rule.subject is subject
        ]
        known: dict[Pattern, Outcome] = {}

        def outcome(pattern: Pattern) -> Outcome:
            if pattern not in known:
                known[pattern] = combine([*(OUTCOMES[pattern[at]] for at in places), *lost])
            return known[pattern]

        return outcome

    @staticmethod
    def is_scored(question: Question) -> bool:
        """Say whether any rule runs that gives a question its outcome: of kind ``fout``, about its primary subject."""
        return any(rule.kind is Kind.FOUT and rule.subject is question.subject for rule in question.rules)

    def question(self, code: str) -> Question:
        """
        Give a question by its code.

        Raises:
            UnknownSubjectError: when there is none.

        """
        for question in self.settings.questions:
            if question.code == code:
                return question
        raise UnknownSubjectError(f"There is no question {code}.")

    @cached_property
    def question_counts(self) -> Mapping[str, Mapping[Outcome, int]]:
        """Number of primary subjects per outcome per question that is scored; every outcome is there, also with 0."""
        found = {}
        for question in filter(self.is_scored, self.settings.questions):
            counts = dict.fromkeys(Outcome, 0)
            if question.subject in self.ran:
                outcome = self.combined(question, question.subject)
                for pattern, number in self.patterns[question.subject].items():
                    counts[outcome(pattern)] += number
            found[question.code] = counts
        return found
