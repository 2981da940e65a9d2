"""What the laws ask of an implementation of the rules, and how ours gives it."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Protocol, final

from bpvo_rules.judge import Judge as LibraryJudge
from bpvo_rules.judge import Judgement, make_settings
from bpvo_rules.keten import Keten, Perspectief
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.rules import Kind, Outcome, combine
from bpvo_rules.testing.worlds import World

__all__ = ["Answer", "Judge", "Key", "answer_of", "judge_of_library", "question_outcomes", "ready_judge"]

Key = tuple[str, str]
"""A rule code and the key of a subject, as :func:`bpvo_rules.judge.subject_key` writes it."""


class Answer:
    """
    What an implementation says about a chain.

    Attributes:
        outcomes: The outcome of every rule that ran for every subject that exists, as its word, such as ``voldoet``.
        meldingen: Per melding the values of its evidence by name; ``None`` when the implementation gives none.
        evidence: The same for every outcome, good ones too; ``None`` when it is not given.
        details: Whatever else is said of a rule and subject, such as texts; compared and nothing else.
        totals: Whatever is said of the chain as a whole, such as counts and their order; compared and nothing else.

    """

    def __init__(
        self,
        outcomes: Mapping[Key, str],
        *,
        meldingen: Mapping[Key, Mapping[str, Any]] | None = None,
        evidence: Mapping[Key, Mapping[str, Any]] | None = None,
        details: Mapping[Key, Any] | None = None,
        totals: Any = None,
    ) -> None:
        self._outcomes = {key: str(outcome) for key, outcome in outcomes.items()}
        self._meldingen = meldingen
        self._evidence = evidence
        self._details = details
        self._totals = totals

    @property
    def outcomes(self) -> Mapping[Key, str]:
        """The outcome per rule and subject."""
        return self._outcomes

    @property
    def meldingen(self) -> Mapping[Key, Mapping[str, Any]] | None:
        """The evidence of each melding."""
        return self._meldingen

    @property
    def evidence(self) -> Mapping[Key, Mapping[str, Any]] | None:
        """The evidence of each outcome."""
        return self._evidence

    @property
    def details(self) -> Mapping[Key, Any] | None:
        """What else is said of a rule and subject."""
        return self._details

    @property
    def totals(self) -> Any:
        """What is said of the whole."""
        return self._totals


class Judge(Protocol):
    """An implementation of the rules: from a chain and the arguments of a run to an answer."""

    def __call__(
        self,
        keten: Keten,
        /,
        *,
        peildatum: date,
        kennisdatum: date | None,
        perspectief: str,
        norms: Mapping[str, object],
    ) -> Mapping[Key, str] | Answer:
        """
        Judge a chain.

        Args:
            keten: The tables; ``None`` is a table that was not looked up.
            peildatum: The day about which is judged.
            kennisdatum: The last day whose knowledge counts; the peildatum when ``None``.
            perspectief: ``keten`` or ``instelling``.
            norms: Values for norms by their ids, instead of those of the library.

        Returns:
            At least the outcome per rule code and subject key; an :class:`Answer` says more.

        """


def answer_of(judge: Judge, world: World, keten: Keten | None = None) -> Answer:
    """
    Ask an implementation about a world, or about another chain with the arguments of that world.

    Args:
        judge: The implementation.
        world: The world.
        keten: Another chain to ask about, when given.

    """
    found = judge(world.keten if keten is None else keten, **world.arguments)
    return found if isinstance(found, Answer) else Answer(found)


@final
class _OfLibrary(Answer):
    """The answer of this library; each part is worked out when it is asked for."""

    def __init__(self, judgement: Judgement) -> None:
        found = {(rule.code, key): o for rule in judgement.rules for key, o in judgement.outcomes(rule.code).items()}
        super().__init__(found)
        self._judgement = judgement

    @cached_property
    def meldingen(self) -> Mapping[Key, Mapping[str, Any]]:
        """The evidence of each melding, in the order of the meldingen."""
        return {(m.rule, m.subject): {e.name: e.value for e in m.evidence} for m in self._judgement.meldingen()}

    @cached_property
    def evidence(self) -> Mapping[Key, Mapping[str, Any]]:
        """The evidence of each outcome."""
        return {
            (explained.rule.code, subject): {e.name: e.value for e in explained.evidence}
            for subject in dict.fromkeys(subject for _, subject in self.outcomes)
            for explained in self._judgement.explain(subject)
        }

    @cached_property
    def details(self) -> Mapping[Key, Any]:
        """The verdict with its reason, and the melding."""
        meldingen = {(m.rule, m.subject): m for m in self._judgement.meldingen()}
        return {(v.rule, v.subject): (v, meldingen.get((v.rule, v.subject))) for v in self._judgement.verdicts()}

    @property
    def totals(self) -> Any:
        """The counts, and the order in which things come out."""
        judgement = self._judgement
        return list(self.details), list(self.meldingen), judgement.counts, judgement.question_counts


@lru_cache(maxsize=64)
def _ready(norms: tuple[tuple[str, Any], ...], rule: str | None) -> LibraryJudge:
    return LibraryJudge(make_settings(norms=dict(norms), only_rules=None if rule is None else [rule]))


def ready_judge(norms: Mapping[str, Any], *, rule: str | None = None) -> LibraryJudge:
    """
    Give the judge of this library, made ready once for the same values.

    Args:
        norms: Values for norms by their ids.
        rule: Code of the only rule that it judges; all of them when ``None``.

    """
    return _ready(tuple(sorted(norms.items())), rule)


def judge_of_library(
    keten: Keten,
    /,
    *,
    peildatum: date,
    kennisdatum: date | None,
    perspectief: str,
    norms: Mapping[str, object],
) -> Answer:
    """
    Judge a chain with the rules of this library: :func:`bpvo_rules.judge` as the laws want it.

    Args:
        keten: The tables.
        peildatum: The day about which is judged.
        kennisdatum: The last day whose knowledge counts; the peildatum when ``None``.
        perspectief: ``keten`` or ``instelling``.
        norms: Values for norms by their ids, instead of those of the library.

    """
    arguments = {"peildatum": peildatum, "kennisdatum": kennisdatum, "perspectief": Perspectief(perspectief)}
    return _OfLibrary(ready_judge(norms).keten(keten, **arguments))  # type: ignore[arg-type] # each of its own type


def question_outcomes(outcomes: Mapping[Key, str], question: str) -> dict[str, str]:
    """
    Give the outcome of a question per primary subject, from the outcomes of its rules.

    Only rules of kind ``fout`` about the primary subject count.
    """
    (found,) = (one for one in QUESTIONS if one.code == question)
    rules = {r.code for r in found.rules if r.kind is Kind.FOUT and r.subject is found.subject}
    per_subject: dict[str, list[Outcome]] = {}
    for (rule, subject), outcome in outcomes.items():
        if rule in rules:
            per_subject.setdefault(subject, []).append(Outcome(outcome))
    return {subject: str(combine(seen)) for subject, seen in per_subject.items()}
