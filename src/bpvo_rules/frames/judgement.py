"""
Judging frames: the same rules, for a whole country at once.

The outcomes of a subject stand in one or more whole numbers, two bits a rule, so
that counting is grouping by them. Meldingen, and the reasons of what cannot be
determined, are few: for those the records behind them are fetched, and the
reference says what they are. So each melding was found twice, by the frames and
by the reference, and when the two say something else that is an error.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, Self, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.errors import BpvoRulesError, EngineDisagreementError, EngineError
from bpvo_rules.frames.bpvos import KEY, bpvos, deliveries
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.facts_bpvo import BPVO_STAGES
from bpvo_rules.frames.facts_other import (
    AANVRAAG_STAGES,
    METING_STAGES,
    UITWISSELING_STAGES,
    measurements,
    requests,
)
from bpvo_rules.frames.fetch import Chosen, judged_by_reference
from bpvo_rules.frames.keten import FrameKeten
from bpvo_rules.frames.reasons import SIGNATURE, Reasons, signature
from bpvo_rules.frames.records import records
from bpvo_rules.frames.run import Run, Stage
from bpvo_rules.judge.judgement import Judgement
from bpvo_rules.judge.keys import KEYS
from bpvo_rules.judge.melding import Melding, Verdict
from bpvo_rules.judge.result import Failure, Pattern, Result
from bpvo_rules.judge.settings import Settings, make_settings
from bpvo_rules.keten import Invoerfout, Opmerking, Perspectief
from bpvo_rules.model import TABLES
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING
from bpvo_rules.rules import Fact, Outcome, Rule, SubjectType
from bpvo_rules.rules.source import OUTCOMES

__all__ = ["FrameJudgement", "judge_frames"]

_PER_NUMBER: Final = 30
"""Rules whose outcomes go into one whole number of 64 bits."""

_SUBJECT: Final = "_subject"
_NOT_MET: Final = OUTCOMES.index(Outcome.NOT_MET)
_UNKNOWN: Final = OUTCOMES.index(Outcome.UNKNOWN)


@final
@attrs.frozen(kw_only=True)
class _Kind:
    """How the subjects of a type are found, and their facts computed."""

    table: str
    subjects: Callable[[Run], Frame]
    stages: tuple[Stage, ...]
    key: Callable[[], Any]


def _bpvo_key() -> Any:
    return nw.concat_str(*KEY, separator="/")


def _uitwisseling_key() -> Any:
    return nw.concat_str(_bpvo_key(), nw.col("volgorde").cast(nw.String), separator="#")


def _aanvraag_key() -> Any:
    return nw.col("aanvraag_id")


def _meting_key() -> Any:
    return nw.concat_str("functie", "tijdstip", nw.col("brin").fill_null(""), separator="@")


_KINDS: Final[Mapping[SubjectType, _Kind]] = {
    BPVO: _Kind(table="uitwisselingen", subjects=bpvos, stages=BPVO_STAGES, key=_bpvo_key),
    UITWISSELING: _Kind(table="uitwisselingen", subjects=deliveries, stages=UITWISSELING_STAGES, key=_uitwisseling_key),
    AANVRAAG: _Kind(table="erkenningsaanvragen", subjects=requests, stages=AANVRAAG_STAGES, key=_aanvraag_key),
    METING: _Kind(table="white_label_metingen", subjects=measurements, stages=METING_STAGES, key=_meting_key),
}


@final
@attrs.frozen(kw_only=True)
class FramePart:
    """
    The judgement of one subject type.

    Attributes:
        subject: The subject type.
        rules: The rules that ran.
        facts: Its columns that hold facts.
        frame: Its subjects with their facts, and the outcomes in columns ``_outcomes0`` and on.

    """

    subject: SubjectType
    rules: tuple[Rule, ...]
    facts: tuple[str, ...]
    frame: Frame

    @property
    def columns(self) -> list[str]:
        """The columns with outcomes."""
        return [f"_outcomes{at}" for at in range(-(-len(self.rules) // _PER_NUMBER))]

    def outcome(self, place: int) -> Any:
        """Give the outcome of the rule at a place, as an expression."""
        column, at = divmod(place, _PER_NUMBER)
        return (nw.col(f"_outcomes{column}") // 4**at) % 4

    def pattern(self, numbers: Sequence[int]) -> Pattern:
        """Give the outcomes of all rules that stand in the numbers of a subject."""
        return tuple((numbers[at // _PER_NUMBER] >> (2 * (at % _PER_NUMBER))) & 3 for at in range(len(self.rules)))


@final
@attrs.frozen(kw_only=True, eq=False, slots=False)
class FrameJudgement(Result):
    """
    What the rules say about frames on a peildatum.

    The counts are worked out when it is made: a frame that cannot be worked out is an error
    then, never a good result. Made by :func:`judge_frames`.

    Attributes:
        run: The tables, the rules and the two dates.
        parts: The outcomes per subject type.
        failures: Rules that stopped with an error.
        times: Seconds per step.
        seconds: Seconds per rule; ``None`` where the engine works all of them out together.

    """

    run: Run
    parts: Mapping[SubjectType, FramePart]
    _patterns: Mapping[SubjectType, Mapping[Pattern, int]]
    failures: tuple[Failure, ...] = ()
    times: Mapping[str, float]
    seconds: Mapping[str, float | None]

    @property
    def settings(self) -> Settings:  # type: ignore[override] # of the run
        """The rules and norms that it went by."""
        return self.run.settings

    # ---- as a result

    @property
    def engine(self) -> Mapping[str, Any]:
        """The engine, the versions of its packages, and what it did: rows and seconds."""
        made = self.run.engine
        return {
            "name": made.name,
            "versions": made.versions,
            "seconds": {step: round(taken, 3) for step, taken in self.times.items()},
            "rules": {
                rule.code: {
                    "rows": self.sizes[rule.subject],
                    "seconds": None if (taken := self.seconds[rule.code]) is None else round(taken, 4),
                }
                for rule in self.rules
            },
        }

    @property
    def peildatum(self) -> date:
        """The day about which was judged."""
        return self.run.context.peildatum

    @property
    def kennisdatum(self) -> date:
        """The day whose knowledge was used."""
        return self.run.context.kennisdatum

    @property
    def perspectief(self) -> Perspectief:
        """Whose view of the deliveries counted."""
        return self.run.perspectief

    @cached_property
    def ran(self) -> Mapping[SubjectType, tuple[Rule, ...]]:
        """The rules that ran, per subject type that was looked up."""
        return {subject: part.rules for subject, part in self.parts.items()}

    @property
    def patterns(self) -> Mapping[SubjectType, Mapping[Pattern, int]]:
        """How many subjects have which outcomes."""
        return self._patterns

    @property
    def input_digest(self) -> None:
        """No digest: that would need every record one by one."""
        return

    @property
    def tabellen_niet_opgezocht(self) -> tuple[str, ...]:
        """Names of the tables that were not looked up."""
        return self.run.keten.tabellen_niet_opgezocht

    @property
    def kolommen_niet_opgezocht(self) -> frozenset[tuple[str, str]]:
        """Pairs of table and column that were not looked up although the table was."""
        return self.run.keten.niet_opgezocht

    @property
    def invoerfouten(self) -> tuple[Invoerfout, ...]:
        """Rows that could not be read, counted per column."""
        return self.run.keten.invoerfouten

    @property
    def opmerkingen(self) -> tuple[Opmerking, ...]:
        """What a user should know about the source."""
        return self.run.keten.opmerkingen

    @cached_property
    def bpvos_without_begindatum(self) -> int:
        """Number of BPVO's without a begindatum: they are in no foto."""
        part = self.parts.get(BPVO)
        return 0 if part is None else self.run.engine.count(part.frame.filter(nw.col("begindatum").is_null()))

    # ---- outcomes as frames

    def outcomes(self, subject: SubjectType) -> Any:
        """
        Give the outcomes of a subject type as a native frame: ``subject``, and a column per rule with the outcome.

        Raises:
            EngineError: for a subject type that was not judged.

        """
        part = self._part(subject)
        columns = [self._word(part.outcome(at)).alias(rule.code) for at, rule in enumerate(part.rules)]
        return self.run.engine.native(part.frame.select(_KINDS[subject].key().alias("subject"), *columns))

    def _part(self, subject: SubjectType) -> FramePart:
        if subject not in self.parts:
            raise EngineError(f"{subject.name} was not judged.")
        return self.parts[subject]

    @staticmethod
    def _word(number: Any) -> Any:
        found: Any = nw.lit(str(OUTCOMES[-1]))
        for at, outcome in enumerate(OUTCOMES[:-1]):
            found = nw.when(number == at).then(nw.lit(str(outcome))).otherwise(found)
        return found

    # ---- the few that need words

    def _some(self, part: FramePart, number: int) -> Frame:
        """Give the subjects of which some rule has an outcome."""
        some = nw.any_horizontal(*(part.outcome(at) == number for at in range(len(part.rules))), ignore_nulls=True)
        return part.frame.filter(some)

    def meldingen(self) -> tuple[Melding, ...]:
        """
        Give every melding: in rule order, then by subject key.

        The records behind them are fetched, and the reference makes the meldingen.

        Raises:
            EngineDisagreementError: when the reference does not say the same about these subjects.

        """
        return self._meldingen

    @cached_property
    def _meldingen(self) -> tuple[Melding, ...]:
        wanted = {
            s: self._some(part, _NOT_MET) for s, part in self.parts.items() if _occurs(self.patterns[s], _NOT_MET)
        }
        if not wanted:
            return ()
        reference = judged_by_reference(self.run, _chosen(self.run, wanted))
        about: set[tuple[str, str]] = set()
        for subject, frame in wanted.items():
            part = self.parts[subject]
            known = _patterns_by_key(reference, subject, [rule.code for rule in part.rules])
            for row in self.run.engine.rows(frame.select(_KINDS[subject].key(), *part.columns)):
                if known.get(row[0]) != part.pattern(row[1:]):
                    raise EngineDisagreementError(
                        f"Engine {self.run.engine.name} and the reference judge a {subject.name} differently."
                    )
                about.add((subject.name, row[0]))
        ran = {rule.code for rule in self.rules}
        return tuple(m for m in reference.meldingen() if (m.subject_type, m.subject) in about and m.rule in ran)

    def verdicts(self) -> Iterator[Verdict]:
        """
        Give every verdict: in rule order, then by subject key.

        The outcomes of one rule at a time come out of the engine.

        Raises:
            EngineDisagreementError: when the reference finds an outcome decided that the engine does not.

        """
        for rule in self.rules:
            subject = rule.subject
            question = self.settings.question_of[rule.code].code
            reasons = self._reasons.get(rule.code, {})
            for key, number, known in sorted(self.run.engine.rows(self._signed(rule)), key=itemgetter(0)):
                yield Verdict(
                    question=question,
                    rule=rule.code,
                    subject_type=subject.name,
                    subject=key,
                    outcome=OUTCOMES[number],
                    missing=reasons[known] if number == _UNKNOWN else (),
                )

    def _signed(self, rule: Rule, *also: str) -> Frame:
        """Give the outcome of a rule per subject, with what its reason depends on."""
        subject, at = self.place(rule.code)
        part = self.parts[subject]
        return part.frame.select(
            _KINDS[subject].key().alias(_SUBJECT),
            part.outcome(at).alias("_number"),
            signature(self.run.conditions(subject), rule, part.facts).alias(SIGNATURE),
            *also,
        )

    @cached_property
    def _reasons(self) -> Mapping[str, Reasons]:
        """Give what is missing where an outcome is unknown, per rule and signature."""
        examples: dict[str, dict[str, str]] = {}
        wanted: dict[SubjectType, list[Frame]] = {}
        engine = self.run.engine
        for rule in self.rules:
            if not self.counts[rule.code][Outcome.UNKNOWN]:
                continue
            columns = _columns(rule.subject)
            unknown = engine.hold(self._signed(rule, *columns).filter(nw.col("_number") == _UNKNOWN))
            first = unknown.group_by(SIGNATURE).agg(nw.col(_SUBJECT).min())
            found = engine.hold(unknown.join(first, on=[SIGNATURE, _SUBJECT], how="inner"))
            examples[rule.code] = {row[0]: row[1] for row in engine.rows(found.select(SIGNATURE, _SUBJECT))}
            wanted.setdefault(rule.subject, []).append(found.select(columns))
        if not wanted:
            return {}
        reference = judged_by_reference(
            self.run, _chosen(self.run, {subject: nw.concat(frames) for subject, frames in wanted.items()})
        )
        missing = {
            (verdict.rule, verdict.subject): verdict.missing
            for verdict in reference.verdicts()
            if verdict.outcome is Outcome.UNKNOWN
        }
        try:
            return {
                rule: {known: missing[rule, key] for known, key in found.items()} for rule, found in examples.items()
            }
        except KeyError:
            raise EngineDisagreementError(
                f"Engine {engine.name} finds an outcome unknown that the reference decides."
            ) from None

    def verdict_frames(self) -> Iterator[Any]:
        """
        Give every verdict as frames of the engine, one per rule, in rule order and sorted by subject.

        Columns: ``question``, ``rule``, ``subject_type``, ``subject``, ``outcome`` and ``reason`` (what
        was missing, in Dutch; empty where the outcome was decided).
        """
        engine = self.run.engine
        for rule in self.rules:
            frame = self._signed(rule)
            reasons = self._reasons.get(rule.code, {})
            small = engine.small(
                {
                    SIGNATURE: ("text", list(reasons)),
                    "reason": ("text", [", ".join(map(str, missing)) for missing in reasons.values()]),
                }
            )
            decided = nw.col("_number") != _UNKNOWN
            frame = frame.join(small, on=SIGNATURE, how="left").select(
                nw.lit(self.settings.question_of[rule.code].code).alias("question"),
                nw.lit(rule.code).alias("rule"),
                nw.lit(rule.subject.name).alias("subject_type"),
                nw.col(_SUBJECT).alias("subject"),
                self._word(nw.col("_number")).alias("outcome"),
                nw.when(decided).then(nw.lit("")).otherwise(nw.col("reason")).alias("reason"),
            )
            yield frame.sort("subject")

    def write_verdicts(self, path: Path) -> None:
        """Write every verdict into one Parquet file, see :meth:`verdict_frames`."""
        self.run.engine.write_parquet(list(self.verdict_frames()), path)

    def metingen(self, rule: str) -> Iterator[tuple[Any, Outcome]]:
        """Give the measurements of White Label with the outcome of a rule about them; none when it did not run."""
        part = self.parts.get(METING)
        if part is None or all(rule != one.code for one in part.rules):
            return
        columns = list(TABLES["white_label_metingen"].columns)
        for row in self.run.engine.rows(
            part.frame.select(*columns, part.outcome(self.place(rule)[1]).alias("_number"))
        ):
            yield next(records("white_label_metingen", columns, [row[:-1]])), OUTCOMES[row[-1]]

    def close(self) -> None:
        """Give back what the engine held: temporary tables of DuckDB, what Spark kept. Nothing can be asked after it."""
        self.run.engine.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _columns(subject: SubjectType) -> list[str]:
    if subject is BPVO:
        return list(KEY)
    if subject is UITWISSELING:
        return [*KEY, "volgorde"]
    return ["aanvraag_id"] if subject is AANVRAAG else ["functie", "tijdstip", "brin"]


def _chosen(run: Run, frames: Mapping[SubjectType, Frame]) -> Chosen:
    persons = [frames[s].select("brin", "student") for s in (BPVO, UITWISSELING) if s in frames]
    metingen = frames.get(METING)
    if metingen is not None and "gelukt" not in metingen.collect_schema().names():
        columns = list(TABLES["white_label_metingen"].columns)
        key = ["functie", "tijdstip", "_brin"]
        all_of_them = run.keten.frames["white_label_metingen"].with_columns(nw.col("brin").fill_null("").alias("_brin"))
        wanted = metingen.with_columns(nw.col("brin").fill_null("").alias("_brin")).select(key)
        metingen = all_of_them.join(wanted.unique(), on=key, how="semi").select(columns)
    return Chosen(persons=nw.concat(persons) if persons else None, aanvragen=frames.get(AANVRAAG), metingen=metingen)


def _occurs(patterns: Mapping[Pattern, int], number: int) -> bool:
    return any(number in pattern for pattern in patterns)


def _patterns_by_key(reference: Judgement, subject: SubjectType, codes: Sequence[str]) -> dict[str, Pattern]:
    """Give the outcomes of some rules per key, as the reference found them."""
    part = reference.parts[subject]
    places = {rule.code: at for at, rule in enumerate(part.program.rules)}
    if any(code not in places for code in codes):
        return {}
    key = KEYS[subject]
    return {
        key(one): tuple(pattern[places[code]] for code in codes)
        for one, pattern in zip(part.subjects, part.patterns, strict=True)
    }


def judge_frames(
    keten: FrameKeten,
    *,
    peildatum: date,
    kennisdatum: date | None = None,
    perspectief: Perspectief | str = Perspectief.KETEN,
    settings: Settings | None = None,
    stages: Mapping[SubjectType, Sequence[Stage]] | None = None,
    **options: Any,
) -> FrameJudgement:
    """
    Judge everything that exists in the frames of a keten.

    Args:
        keten: The tables.
        peildatum: The day about which is judged.
        kennisdatum: The last day whose knowledge counts; the peildatum when ``None``.
        perspectief: Whose view of the deliveries counts.
        settings: What it goes by; ``None``: those that ``options`` say.
        stages: How facts of your own are computed for frames, after those of the library. A rule that
            reads a fact without a frame form does not run, and is among the failures.
        options: Those of :func:`bpvo_rules.judge.make_settings`.

    Raises:
        DuplicateKeyError: when a table holds two rows with the same key.
        NormError: in strict mode, when a norm in use was last checked too long ago.

    """
    made = make_settings(**options) if settings is None else settings
    made.stale_norms(peildatum)
    run = Run.van(
        keten,
        made,
        peildatum=peildatum,
        kennisdatum=kennisdatum or peildatum,
        perspectief=Perspectief(perspectief),
    )
    return _judge(run, stages or {})


def _judge(run: Run, stages: Mapping[SubjectType, Sequence[Stage]]) -> FrameJudgement:
    parts: dict[SubjectType, FramePart] = {}
    patterns: dict[SubjectType, Mapping[Pattern, int]] = {}
    failures: list[Failure] = []
    times: dict[str, float] = {}
    seconds: dict[str, float | None] = {}
    for subject, kind in _KINDS.items():
        rules = [rule for rule in run.settings.rules if rule.subject is subject]
        if not run.keten.is_opgezocht(kind.table):
            continue
        steps = (*kind.stages, *stages.get(subject, ()))
        rules = [rule for rule in rules if not _without_frame_form(rule, steps, run, failures)]
        start = time.perf_counter()
        subjects = run.engine.hold(kind.subjects(run))
        times[f"{subject.name}: subjects"] = time.perf_counter() - start
        start = time.perf_counter()
        try:
            part, found = _outcomes(run, subject, subjects, rules, steps, seconds)
        except BpvoRulesError:
            # Of the input, not of a rule.
            raise
        except Exception:  # noqa: BLE001 - whatever a rule raises, the others must run
            rules = [rule for rule in rules if not _fails(run, subject, subjects, rule, steps, failures)]
            part, found = _outcomes(run, subject, subjects, rules, steps, seconds)
        parts[subject], patterns[subject] = part, found
        times[f"{subject.name}: rules"] = time.perf_counter() - start
    return FrameJudgement(
        run=run, parts=parts, patterns=patterns, failures=tuple(failures), times=times, seconds=seconds
    )


def _without_frame_form(rule: Rule, stages: Sequence[Stage], run: Run, failures: list[Failure]) -> bool:
    if not run.without_frame_form(rule, stages):
        return False
    failures.append(Failure(rule=rule.code, error=EngineError.__name__))
    return True


def _fails(
    run: Run, subject: SubjectType, subjects: Frame, rule: Rule, stages: Sequence[Stage], failures: list[Failure]
) -> bool:
    """Run one rule by itself to see whether it is the one that fails."""
    try:
        _outcomes(run, subject, subjects, [rule], stages, {})
    except Exception as error:  # noqa: BLE001 - as above; the message stays out, it may hold values
        failures.append(Failure(rule=rule.code, error=type(error).__name__))
        return True
    return False


def _outcomes(
    run: Run,
    subject: SubjectType,
    subjects: Frame,
    rules: Sequence[Rule],
    stages: Sequence[Stage],
    seconds: dict[str, float | None],
) -> tuple[FramePart, Mapping[Pattern, int]]:
    """Give the outcomes of rules for all subjects, and how many subjects have which."""
    conditions = run.conditions(subject)
    wanted: set[Fact] = {fact for rule in rules for fact in rule.reads}
    frame = run.engine.hold(run.with_facts(subject, subjects, stages, wanted, rules))
    names = {fact.name for fact in subject.facts} - {fact.name for fact in run.closed(subject)}
    facts = tuple(name for name in frame.collect_schema().names() if name in names)
    codes = [f"_o{at}" for at in range(len(rules))]
    values = [conditions.outcome(rule).alias(name) for name, rule in zip(codes, rules, strict=True)]
    if run.engine.eager:
        for rule, value in zip(rules, values, strict=True):
            start = time.perf_counter()
            frame = frame.with_columns(value)
            seconds[rule.code] = time.perf_counter() - start
    else:
        # The engine works them out together.
        frame = frame.with_columns(*values)
        seconds.update((rule.code, None) for rule in rules)
    packed = []
    for first in range(0, len(rules), _PER_NUMBER):
        total: Any = None
        for at in range(first, min(first + _PER_NUMBER, len(rules))):
            one = nw.col(codes[at]).cast(nw.Int64) * 4 ** (at - first)
            total = one if total is None else total + one
        packed.append(total.alias(f"_outcomes{first // _PER_NUMBER}"))
    frame = run.engine.hold(frame.with_columns(*packed).drop(codes) if rules else frame)
    part = FramePart(subject=subject, rules=tuple(rules), facts=facts, frame=frame)
    if not rules:
        return part, {(): run.engine.count(frame)}
    counted = run.engine.rows(frame.select(part.columns).group_by(*part.columns).agg(nw.len()))
    return part, {part.pattern(row[:-1]): row[-1] for row in counted}
