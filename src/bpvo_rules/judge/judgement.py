"""
Judgement: the outcomes of all rules for all subjects of a keten.

The outcomes of one subject are a tuple of small numbers. Few different tuples
occur, so subjects share them, and counting goes by tuple. What only a melding
or an explanation needs is worked out again for the subject that needs it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import Any, final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.errors import DuplicateKeyError, UnknownSubjectError
from bpvo_rules.judge.context import Context
from bpvo_rules.judge.keys import KEYS
from bpvo_rules.judge.melding import Evidence, Melding, Verdict, evidence_of, melding_id, render
from bpvo_rules.judge.result import Failure, Pattern, Result
from bpvo_rules.judge.settings import Settings
from bpvo_rules.keten import Invoerfout, Keten, Opmerking, Perspectief
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.keten.digest import digest
from bpvo_rules.questions import METING
from bpvo_rules.rules import (
    Facts,
    Missing,
    Outcome,
    Question,
    Rule,
    SubjectType,
    Text,
    cells_at_fault,
    judge_rule,
)
from bpvo_rules.rules.fact import Column
from bpvo_rules.rules.source import OUTCOMES, Program, compile_rules, compute_facts

__all__ = ["Explanation", "Judgement", "Progress", "run"]

Progress = Callable[[int, int], None]
"""Called now and then with the number of subjects judged and the number in all."""

_NOT_MET = OUTCOMES.index(Outcome.NOT_MET)
_UNKNOWN = OUTCOMES.index(Outcome.UNKNOWN)
_STEP = 4096


@final
@attrs.frozen(eq=False)
class Part:
    """The judgement of one subject type: subjects, and the pattern of outcomes of each."""

    subject: SubjectType
    program: Program
    subjects: Sequence[Any]
    patterns: Sequence[Pattern]

    def outcomes(self, place: int) -> Iterator[Outcome]:
        """Give the outcome of the rule at a place of the program, per subject."""
        return (OUTCOMES[pattern[place]] for pattern in self.patterns)


@final
@attrs.frozen(kw_only=True)
class Explanation:
    """
    Why one rule says what it says about one subject.

    Attributes:
        rule: The rule.
        question: Its question.
        verdict: The outcome, and what was missing.
        evidence: Every fact and norm that the rule read or lists.
        text: What it says, met or not.
        melding: The melding, when there is one.

    """

    rule: Rule
    question: Question
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    text: Text
    melding: Melding | None


@final
@attrs.frozen(kw_only=True, eq=False, slots=False)
class Judgement(Result):
    """
    What the rules say about a keten on a peildatum.

    Attributes:
        settings: The rules and norms that it went by.
        context: The keten as known, and the two dates.
        parts: The outcomes per subject type.
        failures: Rules that stopped with an error.

    """

    settings: Settings
    context: Context
    parts: Mapping[SubjectType, Part]
    failures: tuple[Failure, ...] = ()
    _school: Brin | None = attrs.field(default=None, repr=False)
    _programs: dict[SubjectType, Program] = attrs.field(factory=dict, init=False, repr=False)

    # ---- what was asked

    @property
    def peildatum(self) -> date:
        """The day about which was judged."""
        return self.context.peildatum

    @property
    def kennisdatum(self) -> date:
        """The day whose knowledge was used."""
        return self.context.kennisdatum

    @property
    def perspectief(self) -> Perspectief:
        """Whose view of the deliveries counted."""
        return self.context.stand.perspectief

    @property
    def keten(self) -> Keten:
        """The tables that were judged."""
        return self.context.stand.keten

    def of_school(self, brin: Brin) -> "Judgement":
        """
        Give the part of this judgement that a school may see.

        That is what is judged of its own records, and measurements of White Label that are of no school.
        Outcomes are those of the whole keten: nothing is judged anew.

        Raises:
            UnknownSubjectError: when nothing was judged of this school; an empty answer would look good.

        """
        if self._school == brin:
            return self
        parts, own = {}, 0
        for subject, part in self.parts.items():
            kept = [at for at, row in enumerate(part.subjects) if row.brin == brin]
            own += len(kept)
            if subject is METING:
                kept = [at for at, row in enumerate(part.subjects) if not row.brin or row.brin == brin]
            parts[subject] = Part(
                subject, part.program, [part.subjects[at] for at in kept], [part.patterns[at] for at in kept]
            )
        if not own:
            raise UnknownSubjectError(f"Nothing was judged of school {brin}.")
        return attrs.evolve(self, parts=parts, school=brin)

    @property
    def school(self) -> Brin | None:
        """The one school whose part this is; ``None`` for a judgement of all that was given."""
        return self._school

    # ---- as a result

    @property
    def engine(self) -> Mapping[str, Any]:
        """The reference: one process, plain objects."""
        return {"name": "reference"}

    @cached_property
    def ran(self) -> Mapping[SubjectType, tuple[Rule, ...]]:
        """The rules that ran, per subject type."""
        return {subject: part.program.rules for subject, part in self.parts.items()}

    @cached_property
    def patterns(self) -> Mapping[SubjectType, Mapping[Pattern, int]]:
        """How many subjects have which outcomes."""
        return {subject: Counter(part.patterns) for subject, part in self.parts.items()}

    @property
    def input_digest(self) -> str:
        """The digest of the input."""
        return digest(self.keten)

    @property
    def tabellen_niet_opgezocht(self) -> tuple[str, ...]:
        """Names of the tables that were not looked up."""
        return self.keten.tabellen_niet_opgezocht

    @property
    def kolommen_niet_opgezocht(self) -> frozenset[Any]:
        """Pairs of table and column that were not looked up although the table was."""
        return self.keten.niet_opgezocht

    @property
    def invoerfouten(self) -> tuple[Invoerfout, ...]:
        """Rows that could not be read."""
        return self.keten.invoerfouten

    @property
    def opmerkingen(self) -> tuple[Opmerking, ...]:
        """What a user should know about the source."""
        return self.keten.opmerkingen

    @property
    def bpvos_without_begindatum(self) -> int:
        """Number of BPVO's without a begindatum: they are in no foto."""
        own = (bpvo for bpvo in self.context.stand.bpvos if self._school in {None, bpvo.brin})
        return sum(bpvo.begindatum is None for bpvo in own)

    def metingen(self, rule: str) -> Iterator[tuple[Any, Outcome]]:
        """Give the measurements of White Label with the outcome of a rule about them; none when it did not run."""
        if any(rule == one.code for one in self.ran.get(METING, ())):
            part, at = self.parts[METING], self.place(rule)[1]
            yield from zip(part.subjects, part.outcomes(at), strict=True)

    # ---- outcomes

    def outcomes(self, rule: str) -> dict[str, Outcome]:
        """Give the outcome of a rule per subject key; raises UnknownSubjectError when it did not run."""
        subject, place = self.place(rule)
        part, key = self.parts[subject], KEYS[subject]
        return {key(s): outcome for s, outcome in zip(part.subjects, part.outcomes(place), strict=True)}

    def subjects_of(self, question: str) -> Iterator[tuple[Any, Outcome]]:
        """
        Give each primary subject of a question with the outcome of the question for it.

        Only the rules of kind ``fout`` about the primary subject count: not met
        beats unknown, unknown beats met, and with none of these the question
        does not apply. A question without a rule that runs has no outcome for
        anything, so that nothing is given.
        """
        found = self.question(question)
        part = self.parts.get(found.subject)
        if part is not None and self.is_scored(found):
            outcome = self.combined(found, found.subject)
            for subject, pattern in zip(part.subjects, part.patterns, strict=True):
                yield subject, outcome(pattern)

    def question_outcomes(self, question: str) -> dict[str, Outcome]:
        """Give the outcome of a question per key of its primary subject."""
        key = KEYS[self.question(question).subject]
        return {key(subject): outcome for subject, outcome in self.subjects_of(question)}

    def verdicts(self) -> Iterator[Verdict]:
        """Give every verdict: in rule order, then by subject key."""
        ordered = {}
        for subject, part in self.parts.items():
            key = KEYS[subject]
            ordered[subject] = sorted((key(s), i) for i, s in enumerate(part.subjects))
        missing = {subject: self._missing(part) for subject, part in self.parts.items()}
        for rule in self.rules:
            subject, place = self.place(rule.code)
            part = self.parts[subject]
            question = self.settings.question_of[rule.code].code
            reasons = missing[part.subject].get(place, {})
            for key_, index in ordered[part.subject]:
                yield Verdict(
                    question=question,
                    rule=rule.code,
                    subject_type=part.subject.name,
                    subject=key_,
                    outcome=OUTCOMES[part.patterns[index][place]],
                    missing=reasons.get(index, ()),
                )

    def _missing(self, part: Part) -> dict[int, dict[int, tuple[Missing, ...]]]:
        """Give what was missing, per place of a rule and per subject, where an outcome is unknown."""
        found: dict[int, dict[int, tuple[Missing, ...]]] = {}
        shared: dict[tuple[Missing, ...], tuple[Missing, ...]] = {}
        for index, pattern in enumerate(part.patterns):
            if _UNKNOWN in pattern:
                facts = self._facts(part, index)
                for place, number in enumerate(pattern):
                    if number == _UNKNOWN:
                        missing = judge_rule(part.program.rules[place], facts)[1]
                        found.setdefault(place, {})[index] = shared.setdefault(missing, missing)
        return found

    # ---- meldingen and explanations

    def _full(self, subject: SubjectType) -> Program:
        """Give the program of the rules that ran with every fact that they show."""
        if subject not in self._programs:
            self._programs[subject] = self.settings.program(
                subject, self.parts[subject].program.rules, evidence=True, not_looked_up=self._not_looked_up
            )
        return self._programs[subject]

    def _facts(self, part: Part, index: int) -> Facts:
        program, subject = self._full(part.subject), part.subjects[index]
        try:
            values = dict(zip(program.facts, program.run(subject, self.context)[1], strict=True))
        except Exception:  # noqa: BLE001 - a fact that only evidence needs must not take the meldingen of others away
            values = compute_facts(program.facts, subject, self.context, self._not_looked_up)
        return Facts(
            values=values,
            peildatum=self.peildatum,
            kennisdatum=self.kennisdatum,
            not_looked_up=self._not_looked_up,
            silent=self.context.silent,
        )

    @cached_property
    def _not_looked_up(self) -> frozenset[Column]:
        return self.context.not_looked_up

    def _norms(self, rule: Rule, facts: Facts) -> dict[str, Any]:
        """Give the value of each norm behind a rule: the one in force where its term starts."""
        found = {}
        for norm, start in rule.dated_norms:
            dag = facts.values[start]
            found[norm.id] = None if dag is None else self.context.norm_value(norm.id, dag)
        return found

    def _melding(self, rule: Rule, key: str, facts: Facts) -> Melding:
        norms = self._norms(rule, facts)
        values = {fact.name: value for fact, value in facts.values.items()} | norms
        id_ = melding_id(rule.code, rule.subject.name, key)
        # A source is dated as its term is: by the day on which that starts.
        dated = rule.dated_norms[0][1] if rule.dated_norms else rule.subject.start_day.fact
        return Melding(
            id=id_,
            kind=rule.kind,
            question=self.settings.question_of[rule.code].code,
            rule=rule.code,
            subject_type=rule.subject.name,
            subject=key,
            brin=values["brin"],
            domein=values.get("domein"),
            party=rule.party,
            text=render(rule.melding, values),
            evidence=evidence_of(rule, facts.values, norms),
            repair=rule.repair,
            source=rule.source_on(facts.values[dated]),
            toelichting=self._toelichtingen.get(id_),
        )

    def only_one(self, rules: Collection[str]) -> tuple[list[Verdict], list[tuple[Melding, tuple[str, ...]]]]:
        """
        Give what some rules say about the only subject of a judgement of one BPVO: verdicts, and meldingen with the
        cells that they are about.

        Facts are worked out once for both, and only when a rule does not simply meet.
        """
        ((subject, part),) = self.parts.items()
        (row,), (pattern,) = part.subjects, part.patterns
        key = KEYS[subject](row)
        facts: Facts | None = None
        verdicts: list[Verdict] = []
        meldingen: list[tuple[Melding, tuple[str, ...]]] = []
        for rule, number in zip(part.program.rules, pattern, strict=True):
            if rule.code not in rules:
                continue
            missing: tuple[Missing, ...] = ()
            if number in {_UNKNOWN, _NOT_MET}:
                facts = self._facts(part, 0) if facts is None else facts
                if number == _UNKNOWN:
                    missing = judge_rule(rule, facts)[1]
                else:
                    meldingen.append((self._melding(rule, key, facts), cells_at_fault(rule, facts)))
            verdicts.append(
                Verdict(
                    question=self.settings.question_of[rule.code].code,
                    rule=rule.code,
                    subject_type=subject.name,
                    subject=key,
                    outcome=OUTCOMES[number],
                    missing=missing,
                )
            )
        return verdicts, meldingen

    @cached_property
    def _toelichtingen(self) -> Mapping[str, Any]:
        profile = self.settings.profile
        given = () if profile is None else profile.toelichtingen
        return {t.melding: t for t in given if self.peildatum <= t.tot_en_met}

    def meldingen(self) -> tuple[Melding, ...]:
        """Give every melding: in rule order, then by subject key."""
        with collector_paused():
            return self._meldingen

    @cached_property
    def _meldingen(self) -> tuple[Melding, ...]:
        order = {rule.code: place for place, rule in enumerate(self.rules)}
        found = []
        for part in self.parts.values():
            key = KEYS[part.subject]
            rules = part.program.rules
            failing = {
                pattern: [rules[place] for place, number in enumerate(pattern) if number == _NOT_MET]
                for pattern in set(part.patterns)
                if _NOT_MET in pattern
            }
            if not failing:
                continue
            for index, pattern in enumerate(part.patterns):
                if pattern in failing:
                    facts = self._facts(part, index)
                    name = key(part.subjects[index])
                    found += [self._melding(rule, name, facts) for rule in failing[pattern]]
        found.sort(key=lambda melding: (order[melding.rule], melding.subject))
        return tuple(found)

    def explain(self, subject: str) -> tuple[Explanation, ...]:
        """
        Explain every rule for one subject, good outcomes too.

        Args:
            subject: The key of the subject.

        Raises:
            UnknownSubjectError: when no subject with that key exists on the kennisdatum.

        """
        for part in self.parts.values():
            key = KEYS[part.subject]
            for index, row in enumerate(part.subjects):
                if key(row) == subject:
                    return self._explain(part, index, subject)
        raise UnknownSubjectError(
            "No subject with this key exists on the kennisdatum. A key looks like brin/student/inschrijving/volgnummer."
        )

    def _explain(self, part: Part, index: int, key: str) -> tuple[Explanation, ...]:
        facts = self._facts(part, index)
        found = []
        for rule in part.program.rules:
            outcome, missing = judge_rule(rule, facts)
            question = self.settings.question_of[rule.code]
            verdict = Verdict(
                question=question.code,
                rule=rule.code,
                subject_type=part.subject.name,
                subject=key,
                outcome=outcome,
                missing=missing,
            )
            melding = self._melding(rule, key, facts) if outcome is Outcome.NOT_MET else None
            found.append(
                Explanation(
                    rule=rule,
                    question=question,
                    verdict=verdict,
                    evidence=evidence_of(rule, facts.values, self._norms(rule, facts)),
                    text=rule.sentence if melding is None else melding.text,
                    melding=melding,
                )
            )
        return tuple(found)


def _run(
    program: Program,
    subjects: Sequence[Any],
    context: Context,
    tick: Callable[[int], None],
    known: Iterable[Pattern | None],
) -> list[Pattern]:
    shared: dict[Pattern, Pattern] = {}
    run, keep = program.run, shared.setdefault
    patterns: list[Pattern] = []
    append = patterns.append
    for number, (subject, pattern) in enumerate(zip(subjects, known)):  # noqa: B905 - known may go on for ever
        if not number % _STEP:
            tick(number)
        if pattern is None:
            pattern = run(subject, context)[0]  # noqa: PLW2901 - what was not known is worked out
        append(keep(pattern, pattern))
    return patterns


def run(
    settings: Settings,
    context: Context,
    subjects: Mapping[SubjectType, Sequence[Any]],
    progress: Progress | None = None,
    known: Mapping[SubjectType, Sequence[Pattern | None]] | None = None,
) -> Judgement:
    """
    Judge subjects in a context; an error in one rule does not hide the others.

    Args:
        settings: The rules and norms.
        context: What their facts read.
        subjects: What is judged, per subject type.
        progress: Called now and then.
        known: Per subject its outcomes when those are known already, or ``None``.

    """
    todo = {s: rows for s, rows in subjects.items() if any(r.subject is s for r in settings.rules)}
    total = sum(map(len, todo.values()))
    done = 0
    parts: dict[SubjectType, Part] = {}
    failures: list[Failure] = []

    def tick(number: int) -> None:
        if progress is not None:
            progress(done + number, total)

    closed = context.not_looked_up
    for subject, rows in todo.items():
        rules = [rule for rule in settings.rules if rule.subject is subject]
        program = settings.program(subject, rules, evidence=False, not_looked_up=closed)
        try:
            patterns = _run(program, rows, context, tick, repeat(None) if known is None else known[subject])
        except DuplicateKeyError:
            # Of two records with one key neither can be chosen: an error of the input, not of a rule.
            raise
        except Exception:  # noqa: BLE001 - whatever a rule raises, the others must run
            rules = [rule for rule in rules if _failure(rule, rows, context, failures) is None]
            program = settings.program(subject, rules, evidence=False, not_looked_up=closed)
            patterns = _run(program, rows, context, tick, repeat(None))
        parts[subject] = Part(subject, program, rows, patterns)
        done += len(rows)
        tick(0)
    return Judgement(settings=settings, context=context, parts=parts, failures=tuple(failures))


def _failure(rule: Rule, subjects: Sequence[Any], context: Context, failures: list[Failure]) -> Failure | None:
    """Run one rule by itself to see whether it is the one that fails."""
    program = compile_rules(rule.subject, [rule], evidence=True, not_looked_up=context.not_looked_up)
    try:
        _run(program, subjects, context, lambda _: None, repeat(None))
    except Exception as error:  # noqa: BLE001 - as above; the message stays out, it may hold values
        failures.append(Failure(rule=rule.code, error=type(error).__name__))
        return failures[-1]
    return None
