"""Settings: which rules run, with which norms, and which cannot run and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, final

import attrs

from bpvo_rules import reference
from bpvo_rules.errors import DeclarationError, NormError
from bpvo_rules.judge.context import Calendar, Context
from bpvo_rules.judge.profile import Profile
from bpvo_rules.judge.together import check_together
from bpvo_rules.keten import Stand
from bpvo_rules.periode import Werkkalender
from bpvo_rules.questions import NORMS, QUESTIONS
from bpvo_rules.rules import Norm, Question, Rule, RuleSet, SubjectType, Text, Venster
from bpvo_rules.rules.fact import Column
from bpvo_rules.rules.source import Program, compile_rules
from bpvo_rules.stagefonds import Stagefondslijst

__all__ = ["NotRun", "Settings", "make_settings"]


@final
@attrs.frozen(kw_only=True)
class NotRun:
    """
    A rule that did not run, and why.

    Attributes:
        rule: The code of the rule.
        reason: Why.

    """

    rule: str
    reason: Text


@final
@attrs.frozen(kw_only=True, eq=False, slots=False)
class Settings:
    """
    What a judgement goes by, worked out once.

    Attributes:
        declared: The questions as they were handed over, with all of their rules.
        questions: The questions with the rules that run, re-graded where the profile says so.
        norms: Every norm by its id, with the values of the caller.
        not_run: Rules that do not run, and why.
        kalender: Which days are werkdagen.
        stagefondslijsten: The lists of Stagefonds, each in force until the next.
        profile: The profile of the caller; ``None`` without one.
        given: Ids of the norms that the caller set.
        norm_age_days: How old the last check of a norm may be on the peildatum, in days.
        strict: Whether a norm that is older than that stops the run.

    """

    declared: tuple[Question, ...]
    questions: tuple[Question, ...]
    norms: Mapping[str, Norm]
    not_run: tuple[NotRun, ...]
    kalender: Werkkalender
    stagefondslijsten: tuple[Stagefondslijst, ...]
    profile: Profile | None
    given: frozenset[str]
    norm_age_days: int
    strict: bool
    _programs: dict[Any, Program] = attrs.field(factory=dict, init=False, repr=False)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run, in rule order."""
        return tuple(rule for question in self.questions for rule in question.rules)

    @cached_property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """The rule sets of others that the questions came out of, each once, in their order."""
        return tuple(dict.fromkeys(q.rule_set for q in self.declared if q.rule_set is not None))

    @cached_property
    def question_of(self) -> Mapping[str, Question]:
        """The question of each rule, by the code of the rule."""
        return {rule.code: question for question in self.questions for rule in question.rules}

    @cached_property
    def calendar(self) -> Calendar:
        """Terms worked out so far; shared by every judgement with these settings."""
        return Calendar(self.norms, self.kalender)

    def context(self, stand: Stand, peildatum: date) -> Context:
        """Give what the facts of a run over a whole keten read."""
        return Context(stand, peildatum=peildatum, calendar=self.calendar, stagefondslijsten=self.stagefondslijsten)

    @cached_property
    def asking(self) -> frozenset[str]:
        """Codes of the rules that depend on the register of leerbedrijven."""
        return frozenset(
            rule.code
            for rule in self.rules
            if any(table in {"leerbedrijven", "erkenningen"} for fact in rule.tells for table, _ in fact.all_columns())
        )

    def program(
        self, subject: SubjectType, rules: Sequence[Rule], *, evidence: bool, not_looked_up: frozenset[Column]
    ) -> Program:
        """
        Give the compiled rules about a subject type; compiled once and kept.

        With ``evidence`` also the facts that meldingen and explanations show.

        Args:
            subject: What the rules judge.
            rules: The rules, all about that subject type.
            evidence: Whether the facts that are shown are asked for too.
            not_looked_up: Columns and tables that were not looked up, of which facts are then missing.

        """
        of = (subject.name, tuple(map(_code, rules)), evidence)
        found = self._programs.get((of, not_looked_up))
        if found is None:
            # What these facts do not read makes no other program: compiling takes far longer than most runs.
            read = self._columns[subject]
            closed = not_looked_up & (read | {(table, None) for table, _ in read})
            found = self._programs.get((of, closed))
            if found is None:
                wanted = subject.told if evidence else ()
                found = compile_rules(subject, rules, wanted=wanted, evidence=evidence, not_looked_up=closed)
                # Two threads may both compile; either result is right, and one of them stays.
                found = self._programs.setdefault((of, closed), found)
            self._programs[of, not_looked_up] = found
        return found

    @cached_property
    def _columns(self) -> Mapping[SubjectType, frozenset[Column]]:
        """Every table and column that the facts of a subject type depend on."""
        return {
            subject: frozenset[Column]().union(*(fact.all_columns() for fact in subject.facts))
            for subject in {rule.subject for rule in self.rules}
        }

    def stale_norms(self, peildatum: date) -> tuple[str, ...]:
        """
        Give the norms in use whose last check lies further back than the chosen age.

        Raises:
            NormError: in strict mode, when there is any.

        """
        used = dict.fromkeys(norm.id for rule in self.rules for norm in rule.norms)
        stale = tuple(
            name
            for name in used
            if name not in self.given and (peildatum - self.norms[name].verified_on).days > self.norm_age_days
        )
        if stale and self.strict:
            named = ", ".join(stale)
            raise NormError(f"Strict mode: last checked over {self.norm_age_days} days before the peildatum: {named}.")
        return stale


_code = attrgetter("code")


def _known(kind: str, names: Iterable[str], existing: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(existing))
    if unknown:
        raise DeclarationError(f"Unknown {kind}: {', '.join(unknown)}. Known are: {', '.join(sorted(existing))}.")


def make_settings(  # each keyword is one choice of the caller
    *,
    questions: Sequence[Question] = QUESTIONS,
    only_questions: Iterable[str] | None = None,
    only_rules: Iterable[str] | None = None,
    norms: Mapping[str, int | str | Venster] | None = None,
    profile: Profile | None = None,
    kalender: Werkkalender | None = None,
    stagefondslijsten: Sequence[Stagefondslijst] | None = None,
    norm_age_days: int = 1096,
    strict: bool = False,
) -> Settings:
    """
    Work out the settings of a judgement.

    Args:
        questions: The questions to judge, ours by default; add your own to them.
        only_questions: Codes of questions; only their rules run.
        only_rules: Codes of rules; only these run (together with ``only_questions``: both must hold).
        norms: Values per norm id, in force always; they win from the profile.
        profile: Departures of the caller.
        kalender: Which days are werkdagen; by default the law with the decree days that ship.
        stagefondslijsten: By default the lists that ship.
        norm_age_days: How old the last check of a norm may be on the peildatum; three years by default.
        strict: Whether an older norm stops the run instead of being reported.

    Raises:
        DeclarationError: for an unknown question, rule or norm, and for questions that cannot be judged together: a
            code, number, signaalcode or id that is taken, a question without rules, a subject that is not judged, or
            a fact that reads a table or column that is not there.
        NormError: for a value that does not fit its norm.

    """
    check_together(questions)
    all_norms = {n.id: n for n in NORMS}
    all_norms |= {n.id: n for q in questions for r in q.rules for n in r.norms}
    all_rules = {rule.code: rule for question in questions for rule in question.rules}
    profile_norms = {} if profile is None else {s.norm: (s.value, s.reason) for s in profile.norms}
    values = {
        **profile_norms,
        **{name: (value, "opgegeven door de aanroeper") for name, value in (norms or {}).items()},
    }
    kinds = {} if profile is None else {s.rule: s.kind for s in profile.kinds}
    off = {} if profile is None else {s.rule: s.reason for s in profile.off}
    only_questions = None if only_questions is None else frozenset(only_questions)
    only_rules = None if only_rules is None else frozenset(only_rules)
    _known("norm", values, all_norms)
    _known("rule", {*kinds, *off, *(only_rules or ())}, all_rules)
    _known("question", only_questions or (), [question.code for question in questions])
    for name, (value, reason) in values.items():
        all_norms[name] = all_norms[name].with_value(value, reason=reason)

    not_run: list[NotRun] = []

    def runs(question: Question, rule: Rule) -> bool:
        chosen = (only_questions is None or question.code in only_questions) and (
            only_rules is None or rule.code in only_rules
        )
        still_open = [norm.id for norm in rule.norms if all_norms[norm.id].is_open]
        why = None
        if not chosen:
            why = Text("niet gekozen", "not chosen")
        elif rule.code in off:
            why = Text(f"uitgezet in het profiel: {off[rule.code]}", f"switched off in the profile: {off[rule.code]}")
        elif still_open:
            named = ", ".join(still_open)
            why = Text(f"norm zonder waarde: {named}", f"norm without a value: {named}")
        if why is not None:
            not_run.append(NotRun(rule=rule.code, reason=why))
        return why is None

    kept = tuple(
        attrs.evolve(
            question,
            rules=tuple(
                attrs.evolve(rule, kind=kinds[rule.code]) if rule.code in kinds else rule
                for rule in question.rules
                if runs(question, rule)
            ),
        )
        for question in questions
    )
    return Settings(
        declared=tuple(questions),
        questions=kept,
        norms=all_norms,
        not_run=tuple(not_run),
        kalender=Werkkalender(reference.gelijkgestelde_dagen()) if kalender is None else kalender,
        stagefondslijsten=tuple(reference.stagefondslijsten() if stagefondslijsten is None else stagefondslijsten),
        profile=profile,
        given=frozenset(values),
        norm_age_days=norm_age_days,
        strict=strict,
    )
