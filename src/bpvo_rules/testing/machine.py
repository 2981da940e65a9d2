"""
The chain as a state machine: schools deliver, DUO answers, SBB recognises, days pass, and fotos are taken in between.

After every step three things must hold: the live view equals the counts of a foto of that day; every earlier day,
judged again with all that is known now, gives what was said on that day; and engines that work on data frames say
what the judge says. Use it with your own judge::

    class OurMachine(KetenMachine):
        judge = staticmethod(our_judge)

    TestOurs = OurMachine.TestCase
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from importlib import import_module
from typing import Any, ClassVar, Final, NamedTuple, NoReturn

import attrs

from bpvo_rules.errors import ExtraMissingError

try:
    from hypothesis import strategies as st
    from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
except ModuleNotFoundError:
    raise ExtraMissingError("testing") from None

from bpvo_rules.codes import Brin, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.errors import LawBrokenError
from bpvo_rules.foto import Policy, aggregate, seal
from bpvo_rules.judge import Judgement, subject_key
from bpvo_rules.keten import Keten, Stand
from bpvo_rules.model import (
    Erkenning,
    Erkenningsaanvraag,
    Instelling,
    Leerbedrijf,
    SoortAanvraag,
    SoortUitwisseling,
    Uitkomst,
    Uitwisseling,
)
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.rules import Outcome
from bpvo_rules.testing.answer import Judge, Key, answer_of, judge_of_library, question_outcomes, ready_judge
from bpvo_rules.testing.worlds import BRINS, COMPANIES, KEUZEDELEN, OPLEIDINGEN, STUDENTS, World, record_of_opleiding

__all__ = ["KetenMachine", "Moment"]

_START: Final = date(2018, 9, 28)
_CODES: Final = ("25655", "23264", "25251", "23181", "25475")
_KWALIFICATIES: Final = ("25655", "25656", "25251", "25475")
_NOT_MET: Final = str(Outcome.NOT_MET)
_PERSPECTIEVEN: Final = ("keten", "instelling")
_BPVO_QUESTIONS: Final = tuple(
    q.code for q in QUESTIONS if q.number is not None and q.subject.name in {"Bpvo", "Erkenningsaanvraag"}
)


_MOST: Final = 12
"""How many rows of a kind and earlier days a chain has at most, so that a step stays quick."""


class Moment(NamedTuple):
    """
    What was said at the end of a day.

    Attributes:
        day: P and K.
        perspectief: Whose view of the deliveries counted.
        outcomes: What the judge said.

    """

    day: date
    perspectief: str
    outcomes: Mapping[Key, str]


def _few_days(least: int, most: int) -> st.SearchStrategy[int]:
    """Give a number of days, often that of a term."""
    terms = [n for n in (-31, -8, -7, -1, 0, 1, 6, 7, 8, 13, 14, 15, 30, 31) if least <= n <= most]
    return st.one_of(st.sampled_from(terms), st.integers(least, most))


class KetenMachine(RuleBasedStateMachine):
    """
    A chain that lives.

    Nothing that was written down before a day was over changes what that day knew: deliveries and answers bear the
    day of today, and a correction of the register closes the old row today and adds a new one. A foto is taken at
    the end of a day; the next step is on a later one.

    Attributes:
        judge: The implementation that is tested; ours unless a subclass has another one.
        engines: Names of engines of :mod:`bpvo_rules.frames` that must say what the judge says; each step takes
            them up to a second, so none unless a subclass names them.
        norms: The norms of every run.
        today: The day that it is in the chain.
        moments: What was said at the end of earlier days.

    """

    judge: ClassVar[Judge] = staticmethod(judge_of_library)
    engines: ClassVar[tuple[str, ...]] = ()
    norms: ClassVar[Mapping[str, Any]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.today: date = _START
        self.moments: list[Moment] = []
        self._leveringen: list[Uitwisseling] = []
        self._erkenningen: list[Erkenning] = []
        self._bedrijven: list[Leerbedrijf] = []
        self._aanvragen: list[Erkenningsaanvraag] = []

    # ---- what there is

    @property
    def keten(self) -> Keten:
        """The chain as it is written down now, whatever day that is about."""
        return Keten(
            instellingen=[Instelling(brin=Brin(brin)) for brin in BRINS[:2]],
            opleidingen=[record_of_opleiding(line) for line in OPLEIDINGEN],
            equivalenten=(),
            keuzedelen=(),
            leerbedrijven=self._bedrijven,
            erkenningen=self._erkenningen,
            inschrijvingsperiodes=(),
            uitwisselingen=self._leveringen,
            erkenningsaanvragen=self._aanvragen,
            white_label_metingen=(),
            white_label_onderhoud=(),
        )

    def broken(self, message: str) -> NoReturn:
        """
        Say what does not hold.

        Raises:
            LawBrokenError: always.

        """
        raise LawBrokenError(type(self).__name__, message)

    def _said(self, day: date, perspectief: str) -> Mapping[Key, str]:
        return answer_of(type(self).judge, World(self.keten, day, day, perspectief, self.norms)).outcomes

    def _reference(self) -> Judgement:
        """Judge today with this library."""
        return ready_judge(self.norms).keten(self.keten, peildatum=self.today)

    def _last(self, key: tuple[str, ...]) -> Uitwisseling:
        rows = [row for row in self._leveringen if _key(row) == key]
        return max(rows, key=lambda row: row.volgorde)

    # ---- the school

    @initialize(bedrijven=st.sets(st.sampled_from(COMPANIES), min_size=1))
    def register(self, bedrijven: set[str]) -> None:
        """Start with some companies that are in the register."""
        self._bedrijven = [Leerbedrijf(leerbedrijf_id=LeerbedrijfId(number)) for number in sorted(bedrijven)]

    @precondition(lambda self: len(self._leveringen) < _MOST)
    @rule(
        brin=st.sampled_from(BRINS),
        student=st.sampled_from(STUDENTS),
        volgnummer=st.sampled_from(["1", "2"]),
        bedrijf=st.sampled_from(COMPANIES),
        code=st.sampled_from(_CODES),
        keuzedeel=st.sampled_from([None, None, None, *KEUZEDELEN[:1]]),
        concluded=_few_days(-31, 0),
        begins=_few_days(-31, 31),
        length=_few_days(0, 120),
        sent=st.booleans(),
    )
    def school_sends(
        self,
        *,
        brin: str,
        student: str,
        volgnummer: str,
        bedrijf: str,
        code: str,
        keuzedeel: Any,
        concluded: int,
        begins: int,
        length: int,
        sent: bool,
    ) -> None:
        """Let a school deliver a BPVO, or have it ready to send; also one that was removed before."""
        key = (brin, student, "1", volgnummer)
        before = [row for row in self._leveringen if _key(row) == key]
        begin = self.today + timedelta(days=begins)
        self._leveringen.append(
            Uitwisseling(
                brin=Brin(brin),
                student=student,
                inschrijvingvolgnummer=Volgnummer("1"),
                volgnummer=Volgnummer(volgnummer),
                volgorde=max((row.volgorde for row in before), default=0) + 1,
                soort=SoortUitwisseling.TOEVOEGING,
                ontstaan_op=self.today,
                ontvangen_duo_op=self.today if sent else None,
                afsluitdatum=self.today + timedelta(days=concluded),
                begindatum=begin,
                einddatum_gepland=begin + timedelta(days=length),
                omvang=40,
                leerbedrijf_id=LeerbedrijfId(bedrijf),
                opleidingcode=None if keuzedeel else Opleidingcode(code),
                keuzedeelcode=keuzedeel,
            )
        )

    @precondition(lambda self: 0 < len(self._leveringen) < _MOST)
    @rule(
        which=st.integers(0, 99),
        bedrijf=st.sampled_from([None, *COMPANIES]),
        longer=_few_days(-31, 31),
        ends=st.booleans(),
        sent=st.booleans(),
    )
    def school_changes(self, *, which: int, bedrijf: str | None, longer: int, ends: bool, sent: bool) -> None:
        """Let a school deliver a change: another company, another planned end, or that it has ended."""
        old = self._last(_key(self._leveringen[which % len(self._leveringen)]))
        changes: dict[str, Any] = {} if bedrijf is None else {"leerbedrijf_id": LeerbedrijfId(bedrijf)}
        if old.einddatum_gepland is not None:
            changes["einddatum_gepland"] = old.einddatum_gepland + timedelta(days=longer)
        if ends:
            changes["einddatum_werkelijk"] = self.today
        self._deliver(old, SoortUitwisseling.WIJZIGING, sent=sent, **changes)

    @precondition(lambda self: 0 < len(self._leveringen) < _MOST)
    @rule(which=st.integers(0, 99), sent=st.booleans())
    def school_removes(self, *, which: int, sent: bool) -> None:
        """Let a school remove a BPVO."""
        old = self._last(_key(self._leveringen[which % len(self._leveringen)]))
        self._deliver(old, SoortUitwisseling.VERWIJDERING, sent=sent)

    def _deliver(self, old: Uitwisseling, soort: SoortUitwisseling, *, sent: bool, **changes: Any) -> None:
        empty = dict.fromkeys(("teruggekoppeld_op", "uitkomst", "ontvangen_sbb_op"))
        new: dict[str, Any] = {
            **empty,
            "volgorde": old.volgorde + 1,
            "soort": soort,
            "ontstaan_op": self.today,
            "ontvangen_duo_op": self.today if sent else None,
        }
        self._leveringen.append(attrs.evolve(old, **new, **changes))

    # ---- DUO and SBB

    def _fill(self, name: str, which: int, **values: Any) -> None:
        """Write down in one of the deliveries that wait for it that something happened today."""
        waiting = [at for at, row in enumerate(self._leveringen) if getattr(row, name) is None]
        if name != "ontvangen_duo_op":
            waiting = [at for at in waiting if self._leveringen[at].ontvangen_duo_op is not None]
        if waiting:
            at = waiting[which % len(waiting)]
            happened: dict[str, Any] = {name: self.today, **values}
            self._leveringen[at] = attrs.evolve(self._leveringen[at], **happened)

    @precondition(lambda self: self._leveringen)
    @rule(which=st.integers(0, 99))
    def duo_receives(self, which: int) -> None:
        """Let a delivery that was ready arrive."""
        self._fill("ontvangen_duo_op", which)

    @precondition(lambda self: self._leveringen)
    @rule(which=st.integers(0, 99), uitkomst=st.sampled_from(Uitkomst))
    def duo_answers(self, which: int, uitkomst: Uitkomst) -> None:
        """Let DUO accept or reject a delivery."""
        self._fill("teruggekoppeld_op", which, uitkomst=uitkomst)

    @precondition(lambda self: self._leveringen)
    @rule(which=st.integers(0, 99))
    def sbb_receives(self, which: int) -> None:
        """Let DUO pass a delivery on."""
        self._fill("ontvangen_sbb_op", which)

    @precondition(lambda self: len(self._erkenningen) < _MOST)
    @rule(
        bedrijf=st.sampled_from(COMPANIES),
        code=st.sampled_from(_KWALIFICATIES),
        van=_few_days(-60, 31),
        length=st.one_of(st.none(), _few_days(0, 120)),
    )
    def sbb_recognises(self, bedrijf: str, code: str, van: int, length: int | None) -> None:
        """Let SBB recognise a company, also from an earlier or later day on."""
        self._recognise(LeerbedrijfId(bedrijf), Opleidingcode(code), self.today + timedelta(days=van), length)

    def _recognise(self, bedrijf: LeerbedrijfId, code: Opleidingcode, van: date, length: int | None) -> None:
        self._erkenningen.append(
            Erkenning(
                leerbedrijf_id=bedrijf,
                opleidingcode=code,
                van=van,
                tot_en_met=None if length is None else van + timedelta(days=length),
                bekend_vanaf=self.today,
            )
        )

    def _close(self, which: int) -> Erkenning | None:
        """End from today on what is known by one row of the register, and give that row."""
        open_ = [at for at, row in enumerate(self._erkenningen) if row.bekend_tot is None]
        if not open_:
            return None
        at = open_[which % len(open_)]
        row = self._erkenningen[at]
        self._erkenningen[at] = attrs.evolve(row, bekend_tot=self.today)
        return row

    @precondition(lambda self: 0 < len(self._erkenningen) < _MOST)
    @rule(which=st.integers(0, 99), van=_few_days(-31, 31), length=st.one_of(st.none(), _few_days(0, 120)))
    def sbb_corrects(self, which: int, van: int, length: int | None) -> None:
        """Let SBB correct the days of a recognition."""
        old = self._close(which)
        if old is not None:
            self._recognise(old.leerbedrijf_id, old.opleidingcode, old.van + timedelta(days=van), length)

    @precondition(lambda self: self._erkenningen)
    @rule(which=st.integers(0, 99))
    def sbb_withdraws(self, which: int) -> None:
        """Let SBB withdraw a recognition."""
        self._close(which)

    @precondition(lambda self: len(self._aanvragen) < _MOST)
    @rule(brin=st.sampled_from([None, *BRINS]), bedrijf=st.sampled_from([None, *COMPANIES]))
    def company_asks(self, brin: Any, bedrijf: Any) -> None:
        """Let a company ask to be recognised."""
        self._aanvragen.append(
            Erkenningsaanvraag(
                aanvraag_id=f"A{len(self._aanvragen)}",
                soort=SoortAanvraag.NIEUW,
                dagtekening=self.today,
                brin=brin,
                leerbedrijf_id=bedrijf,
            )
        )

    @precondition(lambda self: self._aanvragen)
    @rule(
        which=st.integers(0, 99),
        what=st.sampled_from(["besluit_op", "kennisgeving_op", "overschrijding_gemotiveerd_op"]),
    )
    def sbb_decides(self, which: int, what: str) -> None:
        """Let SBB decide on a request, write to the company, or give its reasons for being late."""
        waiting = [at for at, row in enumerate(self._aanvragen) if getattr(row, what) is None]
        if waiting:
            at = waiting[which % len(waiting)]
            happened: dict[str, Any] = {what: self.today}
            self._aanvragen[at] = attrs.evolve(self._aanvragen[at], **happened)

    # ---- time

    @rule(number=_few_days(1, 31))
    def days_pass(self, number: int) -> None:
        """Let days pass."""
        self.today += timedelta(days=number)

    @precondition(lambda self: len(self.moments) < _MOST)
    @rule()
    def day_ends(self) -> None:
        """Keep what is said at the end of the day, in both perspectieven; the next step is on a new day."""
        self.moments += [Moment(self.today, p, self._said(self.today, p)) for p in _PERSPECTIEVEN]
        self.today += timedelta(days=1)

    # ---- what must hold

    @invariant()
    def the_live_view_is_the_foto(self) -> None:
        """Count what the judge says now, and hold it to the foto of today."""
        found = aggregate(self._reference(), policy=Policy.NIVEAU)
        live = self._counted(found.na)
        foto: Counter[tuple[str, str, str]] = Counter()
        for cel in found.cellen:
            for outcome in ("voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing"):
                aantal = getattr(cel, outcome)
                foto[str(cel.vraag), str(cel.instelling), outcome] += aantal.subjects.waarde
        for place in {*live, *+foto}:
            if live[place] != foto[place]:
                self.broken(f"{' '.join(place)} on {self.today}: {live[place]} live, {foto[place]} in the foto")

    def _counted(self, na: date) -> Counter[tuple[str, str, str]]:
        """Count the outcomes of questions in the window of a foto, per school."""
        outcomes = self._said(self.today, "keten")
        stand = Stand(keten=self.keten, kennisdatum=self.today)
        days: dict[str, tuple[Any, date | None]] = {subject_key(b): (b.brin, b.begindatum) for b in stand.bpvos}
        days |= {subject_key(row): (row.brin, row.dagtekening) for row in stand.erkenningsaanvragen}
        found: Counter[tuple[str, str, str]] = Counter()
        for question in _BPVO_QUESTIONS:
            for subject, outcome in question_outcomes(outcomes, question).items():
                if subject not in days:
                    self.broken(f"{subject} was judged on {self.today}, and does not exist on that day")
                brin, day = days[subject]
                if day is not None and na < day <= self.today:
                    found[question, str(brin or "landelijk"), outcome] += 1
        return found

    @invariant()
    def nothing_looks_ahead(self) -> None:
        """Judge the earlier days again, with all that is known now."""
        for moment in self.moments:
            now = self._said(moment.day, moment.perspectief)
            for key in {*now, *moment.outcomes}:
                was, is_ = moment.outcomes.get(key, "nothing"), now.get(key, "nothing")
                if was != is_:
                    self.broken(f"{key[0]} of {key[1]} on {moment.day}: {was} then, {is_} when judged later")

    @invariant()
    def engines_say_the_same(self) -> None:
        """Judge today on data frames too: as many of every outcome of every rule, and the same subjects not met."""
        if not self.engines:
            return
        expected = self._said(self.today, "keten")
        counts = Counter((rule_, outcome) for (rule_, _), outcome in expected.items())
        failed = {key for key, outcome in expected.items() if outcome == _NOT_MET}
        for name in self.engines:
            with self._on_frames(name) as found:
                meldingen = {(melding.rule, melding.subject) for melding in found.meldingen()}
                theirs = {
                    (r, str(o)): number for r, some in found.counts.items() for o, number in some.items() if number
                }
            for rule_, subject in meldingen ^ failed:
                who = name if (rule_, subject) in meldingen else "only the judge"
                self.broken(f"{rule_} of {subject} on {self.today} is not met, says {who}")
            for place in {*theirs, *counts}:
                if theirs.get(place, 0) != counts[place]:
                    number = theirs.get(place, 0)
                    self.broken(f"{' '.join(place)} on {self.today}: {number} says {name}, {counts[place]} the judge")

    def teardown(self) -> None:
        """Hold the foto that engines count to ours, once at the end of a run."""
        for name in self.engines:
            with self._on_frames(name) as found:
                if seal(found) != seal(self._reference()):
                    self.broken(f"{name} counts another foto on {self.today}")

    @contextmanager
    def _on_frames(self, name: str) -> Iterator[Any]:
        """Judge today with an engine of data frames, and give back what it held."""
        frames = import_module("bpvo_rules.frames")
        engine = frames.engine_named(name)
        try:
            yield frames.judge_frames(
                frames.FrameKeten.uit(self.keten, engine),
                peildatum=self.today,
                settings=ready_judge(self.norms).settings,
            )
        finally:
            engine.release()


def _key(row: Uitwisseling) -> tuple[str, ...]:
    return row.brin, row.student, row.inschrijvingvolgnummer, row.volgnummer
