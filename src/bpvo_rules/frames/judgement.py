"""
Judging frames: the same rules, for a whole country at once.

The outcomes of a subject stand in one or more whole numbers, two bits a rule, so
that counting is grouping by them. Meldingen, and the reasons of what cannot be
determined, are few: for those the records behind them are fetched, and the
reference says what they are. So each melding was found twice, by the frames and
by the reference, and when the two say something else that is an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, Self, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.errors import EngineDisagreementError, EngineError
from bpvo_rules.frames.bpvos import bpvos
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.fetch import Chosen, judged_by_reference
from bpvo_rules.frames.kinds import KINDS
from bpvo_rules.frames.outcomes import FramePart
from bpvo_rules.frames.reasons import SIGNATURE, Reasons, signature
from bpvo_rules.frames.records import records
from bpvo_rules.frames.run import Run
from bpvo_rules.judge.judgement import Judgement
from bpvo_rules.judge.keys import KEYS
from bpvo_rules.judge.melding import Melding, Verdict
from bpvo_rules.judge.result import Failure, Pattern, Result
from bpvo_rules.judge.settings import Settings
from bpvo_rules.keten import Invoerfout, Opmerking, Perspectief
from bpvo_rules.model import TABLES
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING
from bpvo_rules.rules import Outcome, Rule, SubjectType
from bpvo_rules.rules.source import OUTCOMES, with_needs

__all__ = ["FrameJudgement"]

_SUBJECT: Final = "_subject"
_NOT_MET: Final = OUTCOMES.index(Outcome.NOT_MET)
_UNKNOWN: Final = OUTCOMES.index(Outcome.UNKNOWN)


@final
@attrs.frozen(kw_only=True, eq=False, slots=False)
class FrameJudgement(Result):
    """
    What the rules say about frames on a peildatum.

    The counts are worked out when it is made: a frame that cannot be worked out is an error
    then, never a good result. Made by :func:`bpvo_rules.frames.judge_frames`.

    Attributes:
        run: The tables, the rules and the two dates.
        parts: The outcomes per subject type of which the table was looked up.
        failures: Rules that stopped with an error.
        seconds: Seconds per rule; ``None`` where the engine works all of them out together.

    """

    run: Run
    parts: Mapping[SubjectType, FramePart]
    _ran: Mapping[SubjectType, tuple[Rule, ...]]
    _patterns: Mapping[SubjectType, Mapping[Pattern, int]]
    failures: tuple[Failure, ...] = ()
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
            "seconds": {step: round(taken, 3) for step, taken in self.run.times.items()},
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

    @property
    def ran(self) -> Mapping[SubjectType, tuple[Rule, ...]]:
        """The rules that ran, per subject type."""
        return self._ran

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
        if not self.run.opgezocht("uitwisselingen"):
            return 0
        # Told also when no rule about them ran.
        frame = self.parts[BPVO].frame if BPVO in self.parts else bpvos(self.run)
        return self.run.engine.count(frame.filter(nw.col("begindatum").is_null()))

    # ---- outcomes as frames

    def outcomes(self, subject: SubjectType, *, words: bool = True) -> Any:
        """
        Give the outcomes of a subject type as a native frame: ``subject``, and a column per rule with the outcome.

        Args:
            subject: The subject type.
            words: Outcomes as words; otherwise as small numbers, 0 to 3 for voldoet, voldoet niet, niet te
                bepalen and niet van toepassing: much less to write for a country.

        Raises:
            EngineError: for a subject type that was not judged.

        """
        return self.run.engine.native(self._shown(subject, words=words))

    def write_outcomes(self, subject: SubjectType, path: Path, *, words: bool = False) -> None:
        """
        Write what :meth:`outcomes` gives into one Parquet file.

        Args:
            subject: Of which subjects.
            path: The file.
            words: Write outcomes as words; otherwise as their places among the outcomes.

        Raises:
            EngineError: for a subject type that was not judged.

        """
        self.run.engine.write_parquet([self._shown(subject, words=words)], path)

    def write_all_outcomes(self, folder: Path, *, words: bool = False) -> dict[SubjectType, Path]:
        """
        Write what :meth:`outcomes` gives of every subject type that was judged, each into a Parquet file of its name.

        Faster than one after the other: the last rows of one leave cores idle for the next.

        Args:
            folder: Gets the files, such as ``Bpvo.parquet``; it must exist.
            words: Write outcomes as words; otherwise as their places among the outcomes.

        Returns:
            The files that were written.

        """
        paths = {subject: folder / f"{subject.name}.parquet" for subject in self.parts}
        self.run.engine.each(
            [partial(self.write_outcomes, subject, path, words=words) for subject, path in paths.items()]
        )
        return paths

    def _shown(self, subject: SubjectType, *, words: bool) -> Frame:
        part = self._part(subject)
        numbers = [part.outcome(at) for at in range(len(part.rules))]
        shown = [self._word(number) if words else number.cast(nw.Int8) for number in numbers]
        columns = [value.alias(rule.code) for rule, value in zip(part.rules, shown, strict=True)]
        return part.frame.select(KINDS[subject].key().alias("subject"), *columns)

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
            for row in self.run.engine.rows(frame.select(KINDS[subject].key(), *part.columns)):
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
        for rule in self._asked:
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

    @property
    def _asked(self) -> list[Rule]:
        """The rules of which there are outcomes, in rule order."""
        return [rule for rule in self.rules if rule.subject in self.parts]

    def _signed(self, rule: Rule, *also: str) -> Frame:
        """Give the outcome of a rule per subject, with what its reason depends on."""
        subject, at = self.place(rule.code)
        part = self.parts[subject]
        needed = {fact.name for fact in with_needs(rule.reads)}
        return part.frame.select(
            KINDS[subject].key().alias(_SUBJECT),
            part.outcome(at).alias("_number"),
            signature(self.run.conditions(subject), rule, [n for n in part.facts if n in needed]).alias(SIGNATURE),
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
            columns = list(KINDS[rule.subject].columns)
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
        Give every verdict as native frames, one per rule, in rule order and sorted by subject.

        Columns: ``question``, ``rule``, ``subject_type``, ``subject``, ``outcome`` and ``reason`` (what
        was missing, in Dutch; empty where the outcome was decided).
        """
        return map(self.run.engine.native, self._verdict_frames())

    def _verdict_frames(self) -> Iterator[Frame]:
        engine = self.run.engine
        for rule in self._asked:
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
        self.run.engine.write_parquet(list(self._verdict_frames()), path)

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
        """Give back what the engine held, as temporary tables of DuckDB; nothing can be asked after it."""
        self.run.engine.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


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
