"""
Judging frames: the same rules, for a whole country at once.

The outcomes of a subject stand in one or more whole numbers, two bits a rule, so
that counting is grouping by them. Meldingen, and the reasons of what cannot be
determined, are few: for those the records behind them are fetched, and the
reference says what they are. So each melding was found twice, by the frames and
by the reference, and when the two say something else that is an error.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final, Self, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.errors import EngineDisagreementError, EngineError
from bpvo_rules.frames.bpvos import KEY, bpvos, deliveries
from bpvo_rules.frames.engine import Engine, Frame
from bpvo_rules.frames.facts_bpvo import BPVO_STAGES
from bpvo_rules.frames.facts_other import (
    AANVRAAG_STAGES,
    METING_STAGES,
    UITWISSELING_STAGES,
    measurements,
    requests,
)
from bpvo_rules.frames.keten import FrameKeten
from bpvo_rules.frames.run import ID, Run, Stage
from bpvo_rules.judge.judge import Judge
from bpvo_rules.judge.judgement import Judgement
from bpvo_rules.judge.melding import Melding, Verdict
from bpvo_rules.judge.result import Failure, Pattern, Result
from bpvo_rules.judge.settings import Settings, make_settings
from bpvo_rules.keten import Invoerfout, Opmerking, Perspectief
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING
from bpvo_rules.rules import Fact, Outcome, Rule, SubjectType
from bpvo_rules.rules.source import OUTCOMES

__all__ = ["FrameJudgement", "judge_frames"]

_PER_NUMBER: Final = 30
"""Rules whose outcomes go into one whole number of 64 bits."""

_SUBJECT: Final = "_subject"


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
    UITWISSELING: _Kind(
        table="uitwisselingen", subjects=deliveries, stages=UITWISSELING_STAGES, key=_uitwisseling_key
    ),
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
        facts: Its subjects with their facts.
        frame: The same with the outcomes, in columns ``_outcomes0`` and on.
        seconds: How long each rule took; ``None`` where the engine works all of them out together.

    """

    subject: SubjectType
    rules: tuple[Rule, ...]
    frame: Frame
    seconds: float

    @property
    def columns(self) -> list[str]:
        """The columns with outcomes."""
        return [f"_outcomes{at}" for at in range(0, -(-len(self.rules) // _PER_NUMBER))]

    def outcome(self, place: int) -> Any:
        """Give the outcome of the rule at a place, as an expression."""
        column, at = divmod(place, _PER_NUMBER)
        return (nw.col(f"_outcomes{column}") // 4**at) % 4

    def pattern(self, numbers: Sequence[int]) -> Pattern:
        """Give the outcomes of all rules that stand in the numbers of a subject."""
        return tuple(
            (numbers[at // _PER_NUMBER] >> (2 * (at % _PER_NUMBER))) & 3 for at in range(len(self.rules))
        )


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

    """

    run: Run
    parts: Mapping[SubjectType, FramePart]
    _patterns: Mapping[SubjectType, Mapping[Pattern, int]]
    failures: tuple[Failure, ...] = ()
    times: Mapping[str, float]

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
            "rows": {subject.name: number for subject, number in self.sizes.items()},
            "seconds": {step: round(taken, 3) for step, taken in self.times.items()},
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

    def _subjects(self, subject: SubjectType, number: int) -> list[tuple[Any, ...]]:
        """Give the key columns and the outcomes of the subjects of which some rule has an outcome."""
        part = self.parts[subject]
        if not part.rules:
            return []
        some = nw.any_horizontal(
            *(part.outcome(at) == number for at in range(len(part.rules))), ignore_nulls=True
        )
        return list(self.run.engine.rows(part.frame.filter(some).select(*_columns(subject), *part.columns)))

    def meldingen(self) -> tuple[Melding, ...]:
        """
        Give every melding: in rule order, then by subject key.

        The records behind them are fetched, and the reference makes the meldingen.

        Raises:
            EngineDisagreementError: when the reference does not find the same meldingen.

        """
        return self._meldingen

    @cached_property
    def _meldingen(self) -> tuple[Melding, ...]:
        raise NotImplementedError

    def verdicts(self) -> Iterator[Verdict]:
        """Give every verdict: in rule order, then by subject key."""
        raise NotImplementedError

    def metingen(self, rule: str) -> Iterator[tuple[Any, Outcome]]:
        """Give the measurements of White Label with the outcome of a rule about them; none when it did not run."""
        raise NotImplementedError

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


def judge_frames(
    keten: FrameKeten,
    *,
    peildatum: date,
    kennisdatum: date | None = None,
    perspectief: Perspectief | str = Perspectief.KETEN,
    settings: Settings | None = None,
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
    return _judge(run)


def _judge(run: Run) -> FrameJudgement:
    parts: dict[SubjectType, FramePart] = {}
    patterns: dict[SubjectType, Mapping[Pattern, int]] = {}
    failures: list[Failure] = []
    times: dict[str, float] = {}
    for subject, kind in _KINDS.items():
        rules = [rule for rule in run.settings.rules if rule.subject is subject]
        if not run.keten.is_opgezocht(kind.table):
            continue
        start = time.perf_counter()
        subjects = kind.subjects(run)
        times[f"{subject.name}: subjects"] = time.perf_counter() - start
        start = time.perf_counter()
        parts[subject] = part = _outcomes(run, subject, subjects, rules, failures)
        patterns[subject] = {
            part.pattern(row[:-1]): row[-1]
            for row in run.engine.rows(part.frame.group_by(*part.columns).agg(nw.len()))
        } if part.rules else {(): run.engine.count(part.frame)}
        times[f"{subject.name}: rules"] = time.perf_counter() - start
    return FrameJudgement(run=run, parts=parts, patterns=patterns, failures=tuple(failures), times=times)


def _outcomes(
    run: Run, subject: SubjectType, subjects: Frame, rules: Sequence[Rule], failures: list[Failure]
) -> FramePart:
    conditions = run.conditions(subject)
    wanted: set[Fact] = {fact for rule in rules for fact in rule.reads}
    facts = run.engine.hold(run.with_facts(subject, subjects, _KINDS[subject].stages, wanted, rules))
    values = [conditions.outcome(rule).cast(nw.Int64).alias(f"_o{at}") for at, rule in enumerate(rules)]
    frame = facts.with_columns(*values)
    packed = []
    for first in range(0, len(rules), _PER_NUMBER):
        total: Any = None
        for at in range(first, min(first + _PER_NUMBER, len(rules))):
            one = nw.col(f"_o{at}") * 4 ** (at - first)
            total = one if total is None else total + one
        packed.append(total.alias(f"_outcomes{first // _PER_NUMBER}"))
    frame = frame.with_columns(*packed).drop([f"_o{at}" for at in range(len(rules))])
    return FramePart(subject=subject, rules=tuple(rules), frame=run.engine.hold(frame), seconds=0.0)


_: Collection[Any] = (Engine, Judge, Judgement, EngineDisagreementError)
