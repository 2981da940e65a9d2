"""
Tijdlijn: what a melding is about, set out in time, so that a reader sees the gap.

Everything comes from the facts and the rules themselves: what counts as covered, received, known or too late is not
decided here. A timeline holds days and texts in both languages; ``tijdlijn_beeld`` draws it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, final

import attrs

from bpvo_rules.errors import UnknownSubjectError
from bpvo_rules.judge import Judgement
from bpvo_rules.judge.keys import KEYS
from bpvo_rules.model import Bpvo, Erkenningsaanvraag, SoortUitwisseling, Uitwisseling
from bpvo_rules.periode import Dekking, Periode
from bpvo_rules.questions import (
    AANVRAAG,
    BPVO,
    METING,
    UITWISSELING,
    bpvo_tijdig,
    erkenning_tijdig,
    keuzedeel_erkend_leerbedrijf,
    subjects,
)
from bpvo_rules.rules import Absence, Facts, Lang, Missing, Outcome, Rule, SubjectType, Term, Text, judge_rule
from bpvo_rules.rules.source import OUTCOMES, Program, compile_rules

__all__ = ["Moment", "Momentsoort", "Rij", "Strook", "Strooksoort", "Tijdlijn", "Tijdlijnen", "Zin"]


@final
class Strooksoort(StrEnum):
    """What a run of days is."""

    BPV = "bpv"
    GEPLAND = "gepland"
    ERKEND = "erkend"
    NIET_ERKEND = "niet-erkend"
    NOG_NIET_ERKEND = "nog-niet-erkend"
    ONBEKEND = "onbekend"
    TERMIJN = "termijn"
    TE_LAAT = "te-laat"


@final
class Momentsoort(StrEnum):
    """What happens on a day."""

    BEGIN = "begin"
    EINDE = "einde"
    ONTVANGEN = "ontvangen"
    AFGEKEURD = "afgekeurd"
    UITERLIJK = "uiterlijk"


@final
@attrs.frozen
class Zin:
    """
    A few words about days, in both languages.

    Attributes:
        tekst: The words; ``{0}`` and ``{1}`` stand for the days.
        dagen: Those days.

    """

    tekst: Text
    dagen: tuple[date, ...] = ()

    def lees(self, lang: Lang, schrijf: Callable[[date], str]) -> str:
        """Give the words in a language, with the days as ``schrijf`` writes them."""
        return self.tekst.in_lang(lang).format(*map(schrijf, self.dagen))


@final
@attrs.frozen
class Strook:
    """
    A run of days in a row.

    Attributes:
        soort: What it is.
        van: First day, inclusive.
        tot_en_met: Last day, inclusive; ``date.max`` when no end is known.
        zin: What is said of it; ``None`` when a moment beside it says so.

    """

    soort: Strooksoort
    van: date
    tot_en_met: date
    zin: Zin | None = None

    @property
    def dagen(self) -> int:
        """Number of days, both ends counted."""
        return Periode(self.van, self.tot_en_met).dagen


@final
@attrs.frozen
class Moment:
    """
    A day in a row on which something happens.

    Attributes:
        soort: What happens.
        dag: The day.
        zin: What is said of it.
        uitgelicht: Whether the melding is about this one.

    """

    soort: Momentsoort
    dag: date
    zin: Zin
    uitgelicht: bool = False


@final
@attrs.frozen
class Rij:
    """
    One row of a timeline.

    Attributes:
        naam: What the row is about.
        code: The opleiding or keuzedeel that it is about; empty when none.
        stroken: Its runs of days.
        momenten: Its days.
        opmerkingen: What is missing or must be known, in words.

    """

    naam: Text
    code: str = ""
    stroken: tuple[Strook, ...] = ()
    momenten: tuple[Moment, ...] = ()
    opmerkingen: tuple[Text, ...] = ()


@final
@attrs.frozen
class Tijdlijn:
    """
    Days of one subject, set out in rows.

    Attributes:
        onderwerp: Name of the subject type.
        peildatum: The day about which was judged.
        kennisdatum: The day whose knowledge was used.
        venster: The days that a picture shows; days far from the others are left outside.
        rijen: The rows, from top to bottom.

    """

    onderwerp: str
    peildatum: date
    kennisdatum: date
    venster: Periode
    rijen: tuple[Rij, ...]


# ---- facts of one subject, as the rules read them


@final
@attrs.frozen
class _Gelezen:
    """The facts of one subject, and the outcomes of the rules that its timeline shows."""

    facts: Facts
    uitkomsten: Mapping[str, Outcome]

    def __getitem__(self, term: Term) -> Any:
        return self.facts.values[term.fact]

    def waarom(self, term: Term) -> tuple[Text, ...]:
        """Say in words why a fact is missing."""
        return _in_woorden(sorted(self.facts.why_missing(term.fact)))


@final
class _Lezer:
    """Reads facts of one subject type: compiled once, run for every subject that is drawn."""

    def __init__(
        self, judgement: Judgement, subject: SubjectType, rules: Sequence[Rule], terms: Sequence[Term]
    ) -> None:
        self._context = judgement.context
        self._rules = rules
        self._program: Program = compile_rules(
            subject, rules, wanted=[term.fact for term in terms], not_looked_up=self._context.not_looked_up
        )

    def lees(self, row: Any) -> _Gelezen:
        outcomes, values = self._program.run(row, self._context)
        facts = Facts(
            values=dict(zip(self._program.facts, values, strict=True)),
            peildatum=self._context.peildatum,
            kennisdatum=self._context.kennisdatum,
            not_looked_up=self._context.not_looked_up,
            silent=self._context.silent,
        )
        codes = [rule.code for rule in self._rules]
        return _Gelezen(facts, {code: OUTCOMES[place] for code, place in zip(codes, outcomes, strict=True)})


_BPVO_RULES: Final = (bpvo_tijdig.TIJDIG_BIJ_DUO, bpvo_tijdig.TIJDIG_BIJ_SBB)
_BPVO_FEITEN: Final = (
    subjects.begindatum,
    subjects.einddatum_gepland,
    subjects.einddatum_werkelijk,
    subjects.einde,
    subjects.grondslag,
    subjects.opleidingcode,
    subjects.keuzedeelcode,
    subjects.leerbedrijf_id,
    subjects.in_register,
    subjects.dekking,
    subjects.erkend_op_begindatum,
    keuzedeel_erkend_leerbedrijf.dekking_elke,
    bpvo_tijdig.ontvangen_duo,
    bpvo_tijdig.ontvangen_sbb,
    bpvo_tijdig.afsluitdatum_aanlevering,
    bpvo_tijdig.uiterste_dag_duo,
    bpvo_tijdig.uiterste_dag_sbb,
    bpvo_tijdig.uiterste_dag_rond_aanvang,
)
_LEVERING_RULES: Final = (bpvo_tijdig.WIJZIGING_TIJDIG_BIJ_DUO, bpvo_tijdig.TERUGKOPPELING_TIJDIG)
_LEVERING_FEITEN: Final = (
    bpvo_tijdig.ontstaan_op,
    bpvo_tijdig.ontvangen_duo_op,
    bpvo_tijdig.teruggekoppeld_op,
    bpvo_tijdig.uitkomst,
    bpvo_tijdig.uiterste_dag_wijziging,
    bpvo_tijdig.uiterste_dag_terugkoppeling,
)
_AANVRAAG_RULES: Final = (
    erkenning_tijdig.BESLUIT_TIJDIG,
    erkenning_tijdig.BESLUIT_OVERSCHRIJDING_GEMOTIVEERD,
    erkenning_tijdig.KENNISGEVING_TIJDIG,
)
_AANVRAAG_FEITEN: Final = (
    erkenning_tijdig.dagtekening,
    erkenning_tijdig.soort,
    erkenning_tijdig.besluit_op,
    erkenning_tijdig.kennisgeving_op,
    erkenning_tijdig.overschrijding_gemotiveerd_op,
    erkenning_tijdig.uiterste_dag_besluit,
    erkenning_tijdig.uiterste_dag_kennisgeving,
)

_GEEN: Final = {
    "begindatum": Text("geen begindatum", "no begindatum"),
    "einddatum_gepland": Text("geen einddatum", "no end date"),
    "einddatum_werkelijk": Text("geen werkelijke einddatum", "no actual end date"),
    "leerbedrijf_id": Text("geen leerbedrijf", "no company"),
    "opleidingcode": Text("geen opleiding of keuzedeel", "no opleiding or keuzedeel"),
    "afsluitdatum": Text("geen afsluitdatum", "no afsluitdatum"),
    "afsluitdatum_aanlevering": Text("geen afsluitdatum", "no afsluitdatum"),
    "ontstaan_op": Text("geen dag van ontstaan", "no day on which it arose"),
}


def _in_woorden(missing: Iterable[Missing]) -> tuple[Text, ...]:
    found = []
    for one in missing:
        if one.absence is Absence.STILL_POSSIBLE:
            found.append(Text("er nog niet, kan nog op tijd komen", "not there yet, can still be in time"))
        elif one.absence is not Absence.NOT_LOOKED_UP and one.name in _GEEN:
            found.append(_GEEN[one.name])
        else:
            nl, en = one.in_lang("nl"), one.in_lang("en")
            found.append(Text(*(text.replace("_", " ") for text in (nl, en))))
    return tuple(dict.fromkeys(found))


def _dagen(aantal: int) -> tuple[str, str]:
    return (f"{aantal} dag", f"{aantal} day") if aantal == 1 else (f"{aantal} dagen", f"{aantal} days")


def _volgende(dag: date, stap: int = 1) -> date:
    """Give the day after (or before) a day; the ends of the calendar are their own."""
    return date.fromordinal(min(max(dag.toordinal() + stap, 1), date.max.toordinal()))


# ---- the placement


def _bpv(gelezen: _Gelezen) -> Rij:
    begin, einde = gelezen[subjects.begindatum], gelezen[subjects.einde]
    gepland, werkelijk = gelezen[subjects.einddatum_gepland], gelezen[subjects.einddatum_werkelijk]
    stroken: list[Strook] = []
    momenten: list[Moment] = []
    opmerkingen: list[Text] = []
    kop = Zin(Text("bpv vanaf {0}", "placement from {0}"), (begin,)) if begin else None
    einde_zin = Zin(Text("einde {0}", "end {0}"), (einde,)) if einde else None
    if begin is None:
        opmerkingen += gelezen.waarom(subjects.begindatum)
    if einde is None:
        opmerkingen += gelezen.waarom(subjects.einde)
    if begin and einde and begin <= einde:
        slot = Text("{0} t/m {1}", "{0} to {1}")
        if werkelijk:
            slot = Text("{0} t/m {1} (werkelijk einde)", "{0} to {1} (actual end)")
        stroken.append(Strook(Strooksoort.BPV, begin, einde, Zin(slot, (begin, einde))))
    elif begin and einde_zin and einde:
        momenten += [Moment(Momentsoort.BEGIN, begin, kop or einde_zin), Moment(Momentsoort.EINDE, einde, einde_zin)]
        opmerkingen.append(Text("het einde ligt voor het begin", "the end lies before the start"))
    elif begin:
        stroken.append(Strook(Strooksoort.BPV, begin, date.max, kop))
    elif einde and einde_zin:
        momenten.append(Moment(Momentsoort.EINDE, einde, einde_zin))
    if gepland and gepland != einde:
        zin = Zin(Text("gepland t/m {0}", "planned to {0}"), (gepland,))
        if einde and begin and einde < gepland and begin <= einde:
            stroken.append(Strook(Strooksoort.GEPLAND, _volgende(einde), gepland, zin))
        else:
            momenten.append(Moment(Momentsoort.EINDE, gepland, zin))
    return Rij(Text("Bpv", "Placement"), "", tuple(stroken), tuple(momenten), tuple(dict.fromkeys(opmerkingen)))


# ---- recognition


def _gaten(dekking: Dekking, van: date, tot_en_met: date) -> Iterator[Periode]:
    """Give the runs of days of a closed period that are not covered."""
    while (gat := dekking.eerste_dag_zonder(van, tot_en_met)) is not None:
        later = [periode for periode in dekking.periodes if periode.van > gat]
        if not later or later[0].van > tot_en_met:
            yield Periode(gat, tot_en_met)
            return
        yield Periode(gat, _volgende(later[0].van, -1))
        van = later[0].van


def _gemist(dekking: Dekking, begin: date, einde: date | None, peildatum: date) -> Iterator[Strook]:
    """Give what a placement lacks of recognition, up to the peildatum and after it apart."""
    if einde is None or einde < begin:
        # Without a last day only the first one can be judged, as the rules do.
        if not dekking.bevat(begin):
            gat = next(_gaten(dekking, begin, max(begin, peildatum)))
            zin = Zin(Text("niet erkend op {0}", "not recognised on {0}"), (begin,))
            soort = Strooksoort.NIET_ERKEND if dekking.volledig else Strooksoort.ONBEKEND
            yield Strook(soort, gat.van, gat.tot_en_met, zin if dekking.volledig else _onbekend(begin))
        return
    for gat in _gaten(dekking, begin, einde):
        if not dekking.volledig:
            yield Strook(Strooksoort.ONBEKEND, gat.van, gat.tot_en_met, _onbekend(gat.van))
            continue
        if gat.van <= peildatum:
            tot = min(gat.tot_en_met, peildatum)
            nl, en = _dagen(Periode(gat.van, tot).dagen)
            zin = Zin(Text(f"{nl} niet erkend vanaf {{0}}", f"{en} not recognised from {{0}}"), (gat.van,))
            yield Strook(Strooksoort.NIET_ERKEND, gat.van, tot, zin)
        if gat.tot_en_met > peildatum:
            van = max(gat.van, _volgende(peildatum))
            zin = Zin(Text("nog niet erkend vanaf {0}", "not recognised yet from {0}"), (van,))
            yield Strook(Strooksoort.NOG_NIET_ERKEND, van, gat.tot_en_met, zin)


def _onbekend(van: date) -> Zin:
    return Zin(Text("niet te bepalen vanaf {0}", "cannot be determined from {0}"), (van,))


def _erkend(periode: Periode) -> Strook:
    if periode.has_end:
        zin = Zin(Text("erkend {0} t/m {1}", "recognised {0} to {1}"), (periode.van, periode.tot_en_met))
    else:
        zin = Zin(Text("erkend vanaf {0}", "recognised from {0}"), (periode.van,))
    return Strook(Strooksoort.ERKEND, periode.van, periode.tot_en_met, zin)


def _erkenning(gelezen: _Gelezen) -> Rij:
    naam = Text("Erkenning", "Recognition")
    grondslag = gelezen[subjects.grondslag]
    if grondslag is None:
        return Rij(naam, opmerkingen=gelezen.waarom(subjects.grondslag))
    if grondslag == "opleiding":
        feit, code = subjects.dekking, gelezen[subjects.opleidingcode]
        geen = Text("geen enkele erkenning voor deze opleiding", "no recognition at all for this opleiding")
    else:
        feit, code = keuzedeel_erkend_leerbedrijf.dekking_elke, gelezen[subjects.keuzedeelcode]
        geen = Text("geen enkele erkenning", "no recognition at all")
    begin, einde = gelezen[subjects.begindatum], gelezen[subjects.einde]
    dekking = gelezen[feit]
    if dekking is None:
        stroken = [Strook(Strooksoort.ONBEKEND, begin, max(begin, einde or date.max))] if begin else []
        return Rij(naam, str(code), tuple(stroken), opmerkingen=gelezen.waarom(feit))
    gemist = [] if begin is None else [*_gemist(dekking, begin, einde, gelezen.facts.peildatum)]
    opmerkingen: list[Text] = []
    if gelezen[subjects.in_register] is False:
        opmerkingen.append(Text("leerbedrijf staat niet in het register", "company is not in the register"))
    elif not dekking.periodes and dekking.volledig:
        opmerkingen.append(geen)
    if not dekking.volledig:
        opmerkingen += gelezen.waarom(subjects.erkend_op_begindatum)
    if begin is None:
        opmerkingen += gelezen.waarom(subjects.begindatum)
    return Rij(naam, str(code), (*map(_erkend, dekking.periodes), *gemist), opmerkingen=tuple(opmerkingen))


# ---- terms


@final
@attrs.frozen
class _Termijn:
    """A term of the rules: what may take how long."""

    regels: tuple[Rule, ...]
    start: Term
    uiterlijk: Term
    gebeurt: Term
    begin: Text | None = None

    def delen(self, gelezen: _Gelezen) -> tuple[list[Strook], list[Moment], tuple[Text, ...]]:
        """Give the term and what is too late in it; nothing when no rule applies."""
        regel = next((r for r in self.regels if gelezen.uitkomsten[r.code] is not Outcome.OUT_OF_SCOPE), None)
        if regel is None:
            return [], [], ()
        outcome = gelezen.uitkomsten[regel.code]
        start, limit, event = gelezen[self.start], gelezen[self.uiterlijk], gelezen[self.gebeurt]
        stroken: list[Strook] = []
        momenten: list[Moment] = []
        opmerkingen: tuple[Text, ...] = ()
        if start is not None and self.begin is not None:
            momenten.append(Moment(Momentsoort.BEGIN, start, Zin(self.begin, (start,))))
        if outcome is Outcome.UNKNOWN:
            opmerkingen = _in_woorden(judge_rule(regel, gelezen.facts)[1])
        if start is None or limit is None:
            return stroken, momenten, opmerkingen
        stroken.append(Strook(Strooksoort.TERMIJN, start, max(start, limit)))
        zin = Text("uiterlijk {0}", "by {0}")
        if outcome is Outcome.NOT_MET:
            gezien = gelezen.facts.kennisdatum if event is None else event
            nl, en = _dagen((gezien - limit).days)
            if gezien > limit:
                stroken.append(Strook(Strooksoort.TE_LAAT, _volgende(limit), gezien))
            if event is None and gezien == limit:
                # On its last day what did not come is too late, by the rule, and by no day yet.
                zin = Text("uiterlijk {0}: er nog niet", "by {0}: not there yet")
            elif event is None:
                zin = Text(f"uiterlijk {{0}}: er nog niet, {nl} te laat", f"by {{0}}: not there yet, {en} late")
            else:
                zin = Text(f"uiterlijk {{0}}: {nl} te laat", f"by {{0}}: {en} late")
        laat = outcome is Outcome.NOT_MET
        momenten.append(Moment(Momentsoort.UITERLIJK, limit, Zin(zin, (limit,)), uitgelicht=laat))
        return stroken, momenten, opmerkingen


_BIJ_DUO: Final = _Termijn(
    (bpvo_tijdig.TIJDIG_BIJ_DUO,),
    bpvo_tijdig.afsluitdatum_aanlevering,
    bpvo_tijdig.uiterste_dag_duo,
    bpvo_tijdig.ontvangen_duo,
    Text("afsluitdatum {0}", "afsluitdatum {0}"),
)
_BIJ_SBB: Final = _Termijn(
    (bpvo_tijdig.TIJDIG_BIJ_SBB,),
    bpvo_tijdig.ontvangen_duo,
    bpvo_tijdig.uiterste_dag_sbb,
    bpvo_tijdig.ontvangen_sbb,
)
_WIJZIGING: Final = _Termijn(
    (bpvo_tijdig.WIJZIGING_TIJDIG_BIJ_DUO,),
    bpvo_tijdig.ontstaan_op,
    bpvo_tijdig.uiterste_dag_wijziging,
    bpvo_tijdig.ontvangen_duo_op,
    Text("ontstaan {0}", "arose {0}"),
)
_TERUGKOPPELING: Final = _Termijn(
    (bpvo_tijdig.TERUGKOPPELING_TIJDIG,),
    bpvo_tijdig.ontvangen_duo_op,
    bpvo_tijdig.uiterste_dag_terugkoppeling,
    bpvo_tijdig.teruggekoppeld_op,
)
_BESLUIT: Final = _Termijn(
    (erkenning_tijdig.BESLUIT_TIJDIG, erkenning_tijdig.BESLUIT_OVERSCHRIJDING_GEMOTIVEERD),
    erkenning_tijdig.dagtekening,
    erkenning_tijdig.uiterste_dag_besluit,
    erkenning_tijdig.besluit_op,
)
_KENNISGEVING: Final = _Termijn(
    (erkenning_tijdig.KENNISGEVING_TIJDIG,),
    erkenning_tijdig.dagtekening,
    erkenning_tijdig.uiterste_dag_kennisgeving,
    erkenning_tijdig.kennisgeving_op,
)


def _rij(
    naam: Text,
    gelezen: _Gelezen,
    termijn: _Termijn | None,
    momenten: Iterable[Moment],
    opmerkingen: Iterable[Text] = (),
) -> Rij:
    """Give a row of a term with what happened."""
    stroken, eigen, missing = ([], [], ()) if termijn is None else termijn.delen(gelezen)
    every = tuple(dict.fromkeys((*missing, *opmerkingen)))
    return Rij(naam, "", tuple(stroken), (*eigen, *momenten), every)


# ---- the timelines of a judgement


@final
class Tijdlijnen:
    """
    The timelines of a judgement: indexed once, then thousands in a second.

    They show what was known on the kennisdatum, and nothing that came later. Nothing is kept of what is given.
    """

    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self._context = judgement.context

    def van(self, subject_type: str, subject: str) -> Tijdlijn | None:
        """
        Give the timeline of a subject, such as that of a melding.

        Args:
            subject_type: Name of its type, as in a melding.
            subject: Its key.

        Returns:
            The timeline; ``None`` for a measurement of White Label, which stands in the picture of the storingen.

        Raises:
            UnknownSubjectError: when no subject with that key exists on the kennisdatum.

        """
        if subject_type == METING.name:
            return None
        make: Mapping[str, tuple[Mapping[str, Any], Callable[[Any], Iterable[Rij]]]] = {
            BPVO.name: (self._bpvos, self._van_bpvo),
            UITWISSELING.name: (self._uitwisselingen, self._van_levering),
            AANVRAAG.name: (self._aanvragen, self._van_aanvraag),
        }
        if subject_type not in make or subject not in make[subject_type][0]:
            raise UnknownSubjectError(f"No {subject_type} with this key exists on the kennisdatum.")
        rows, rijen = make[subject_type]
        return self._tijdlijn(subject_type, tuple(rijen(rows[subject])))

    def _tijdlijn(self, onderwerp: str, rijen: tuple[Rij, ...]) -> Tijdlijn:
        venster = _venster(rijen, self._context.peildatum)
        return Tijdlijn(
            onderwerp=onderwerp,
            peildatum=self._context.peildatum,
            kennisdatum=self._context.kennisdatum,
            venster=venster,
            rijen=tuple(_in_beeld(rij, venster) for rij in rijen),
        )

    # ---- indexes

    def _subjects(self, subject: SubjectType, otherwise: Callable[[], Sequence[Any]]) -> dict[str, Any]:
        part = self._judgement.parts.get(subject)
        rows = otherwise() if part is None else part.subjects
        key = KEYS[subject]
        return {key(row): row for row in rows}

    @cached_property
    def _bpvos(self) -> dict[str, Bpvo]:
        return self._subjects(BPVO, lambda: self._context.stand.bpvos)

    @cached_property
    def _uitwisselingen(self) -> dict[str, Uitwisseling]:
        return self._subjects(UITWISSELING, lambda: self._context.stand.uitwisselingen)

    @cached_property
    def _aanvragen(self) -> dict[str, Erkenningsaanvraag]:
        return self._subjects(AANVRAAG, lambda: self._context.stand.erkenningsaanvragen)

    @cached_property
    def _per_bpvo(self) -> dict[str, list[Uitwisseling]]:
        """Every delivery that DUO received, per BPVO: also those that count for nothing."""
        grouped: dict[str, list[Uitwisseling]] = {}
        key = KEYS[BPVO]
        for row in self._uitwisselingen.values():
            grouped.setdefault(key(row), []).append(row)
        return grouped

    @cached_property
    def _lees_bpvo(self) -> _Lezer:
        return _Lezer(self._judgement, BPVO, _BPVO_RULES, _BPVO_FEITEN)

    @cached_property
    def _lees_levering(self) -> _Lezer:
        return _Lezer(self._judgement, UITWISSELING, _LEVERING_RULES, _LEVERING_FEITEN)

    @cached_property
    def _lees_aanvraag(self) -> _Lezer:
        return _Lezer(self._judgement, AANVRAAG, _AANVRAAG_RULES, _AANVRAAG_FEITEN)

    def _cel(self, row: Any, table: str, column: str) -> Any:
        """Give a cell; ``None`` when its column was not looked up."""
        return getattr(row, column) if self._context.opgezocht(table, column) else None

    def _bekend(self, row: Uitwisseling, column: str) -> date | None:
        """Give the day in a cell of a delivery, as far as known on the kennisdatum."""
        day: date | None = self._cel(row, "uitwisselingen", column)
        return day if day is not None and day <= self._context.kennisdatum else None

    # ---- a BPVO and its deliveries

    def _van_bpvo(self, bpvo: Bpvo, levering: Uitwisseling | None = None) -> Iterator[Rij]:
        gelezen = self._lees_bpvo.lees(bpvo)
        yield _bpv(gelezen)
        yield _erkenning(gelezen)
        leveringen = {row.volgorde: row for row in bpvo.leveringen or ()}
        leveringen |= {row.volgorde: row for row in self._per_bpvo.get(KEYS[BPVO](bpvo), ())}
        alle = [leveringen[volgorde] for volgorde in sorted(leveringen)]
        yield _rij(Text("Bij DUO", "At DUO"), gelezen, _BIJ_DUO, *self._bij_duo(alle, gelezen, levering))
        yield _rij(Text("Bij SBB", "At SBB"), gelezen, _BIJ_SBB, *self._bij_sbb(alle, gelezen, levering))

    def _naam(self, row: Uitwisseling, alle: Sequence[Uitwisseling]) -> tuple[str, str]:
        soort = self._cel(row, "uitwisselingen", "soort")
        nl, en = ("levering", "delivery") if soort is None else (str(soort), str(soort))
        return (f"{row.volgorde}e {nl}", f"{row.volgorde}: {en}") if len(alle) > 1 else (nl, en)

    def _bij_duo(
        self, alle: Sequence[Uitwisseling], gelezen: _Gelezen, levering: Uitwisseling | None
    ) -> tuple[list[Moment], list[Text]]:
        momenten = []
        opmerkingen: list[Text] = []
        if not self._context.opgezocht("uitwisselingen", "ontvangen_duo_op"):
            opmerkingen += gelezen.waarom(bpvo_tijdig.ontvangen_duo)
            alle = ()
        elif not alle:
            opmerkingen.append(Text("geen levering bekend", "no delivery known"))
        for row in alle:
            nl, en = self._naam(row, alle)
            dag = self._bekend(row, "ontvangen_duo_op")
            if dag is None:
                opmerkingen.append(Text(f"{nl} is nog niet bij DUO", f"{en} is not at DUO yet"))
                continue
            soort = Momentsoort.ONTVANGEN
            if self._context.stand.is_afgekeurd(row):
                soort, nl, en = Momentsoort.AFGEKEURD, f"{nl} afgekeurd", f"{en} rejected"
            deze = levering is not None and row.volgorde == levering.volgorde
            zin = Zin(Text(f"{nl} {{0}}", f"{en} {{0}}"), (dag,))
            momenten.append(Moment(soort, dag, zin, uitgelicht=deze))
        rond = gelezen[bpvo_tijdig.uiterste_dag_rond_aanvang]
        if rond is not None:
            zin = Zin(Text("rond aanvang: uiterlijk {0}", "around the start: by {0}"), (rond,))
            momenten.append(Moment(Momentsoort.UITERLIJK, rond, zin))
        return momenten, opmerkingen

    def _bij_sbb(
        self, alle: Sequence[Uitwisseling], gelezen: _Gelezen, levering: Uitwisseling | None
    ) -> tuple[list[Moment], list[Text]]:
        if not self._context.opgezocht("uitwisselingen", "ontvangen_sbb_op"):
            return [], list(gelezen.waarom(bpvo_tijdig.ontvangen_sbb))
        momenten = []
        for row in alle:
            dag = self._bekend(row, "ontvangen_sbb_op")
            if dag is not None:
                nl, en = self._naam(row, alle)
                deze = levering is not None and row.volgorde == levering.volgorde
                zin = Zin(Text(f"{nl} {{0}}", f"{en} {{0}}"), (dag,))
                momenten.append(Moment(Momentsoort.ONTVANGEN, dag, zin, uitgelicht=deze))
        niets = [] if momenten else [Text("niets ontvangen", "nothing received")]
        return momenten, niets

    def _van_levering(self, levering: Uitwisseling) -> Iterator[Rij]:
        bpvo = self._bpvos.get(KEYS[BPVO](levering))
        if bpvo is not None:
            yield from self._van_bpvo(bpvo, levering)
        else:
            yield from self._zonder_bpvo(levering)
        gelezen = self._lees_levering.lees(levering)
        if levering.soort is SoortUitwisseling.WIJZIGING:
            ontvangen = self._bekend(levering, "ontvangen_duo_op")
            zin = None if ontvangen is None else Zin(Text("bij DUO {0}", "at DUO {0}"), (ontvangen,))
            momenten = [] if zin is None else [Moment(Momentsoort.ONTVANGEN, zin.dagen[0], zin, uitgelicht=True)]
            yield _rij(Text("Deze wijziging", "This change"), gelezen, _WIJZIGING, momenten)
        yield self._terugkoppeling(gelezen)

    def _zonder_bpvo(self, levering: Uitwisseling) -> Iterator[Rij]:
        """Give the content of a delivery whose BPVO does not exist: removed, or never accepted."""
        gelezen = self._lees_bpvo.lees(Bpvo.van(levering, ()))
        rij = _bpv(gelezen)
        weg = Text("deze BPVO bestaat niet (meer)", "this BPVO does not exist (any more)")
        yield attrs.evolve(rij, opmerkingen=(weg, *rij.opmerkingen))
        yield _erkenning(gelezen)
        alle = self._per_bpvo[KEYS[BPVO](levering)]
        alle = sorted(alle, key=lambda row: row.volgorde)
        yield _rij(Text("Bij DUO", "At DUO"), gelezen, None, *self._bij_duo(alle, gelezen, levering))

    def _terugkoppeling(self, gelezen: _Gelezen) -> Rij:
        dag, uitkomst = gelezen[bpvo_tijdig.teruggekoppeld_op], gelezen[bpvo_tijdig.uitkomst]
        momenten = []
        if dag is not None:
            woord = Text(f"{uitkomst} {{0}}", f"{_ENGELS.get(uitkomst, uitkomst)} {{0}}")
            if uitkomst is None:
                woord = Text("teruggekoppeld {0}", "reported back {0}")
            soort = Momentsoort.AFGEKEURD if uitkomst == "afgekeurd" else Momentsoort.ONTVANGEN
            momenten.append(Moment(soort, dag, Zin(woord, (dag,)), uitgelicht=soort is Momentsoort.AFGEKEURD))
        return _rij(Text("Terugkoppeling", "Feedback"), gelezen, _TERUGKOPPELING, momenten)

    # ---- a request

    def _van_aanvraag(self, aanvraag: Erkenningsaanvraag) -> Iterator[Rij]:
        gelezen = self._lees_aanvraag.lees(aanvraag)
        dag, soort = gelezen[erkenning_tijdig.dagtekening], gelezen[erkenning_tijdig.soort]
        zin = Text("dagtekening {0}", "dated {0}")
        if soort is not None:
            zin = Text(f"dagtekening {{0}} ({soort})", f"dated {{0}} ({soort})")
        code = self._cel(aanvraag, "erkenningsaanvragen", "opleidingcode")
        momenten = () if dag is None else (Moment(Momentsoort.BEGIN, dag, Zin(zin, (dag,))),)
        opmerkingen = gelezen.waarom(erkenning_tijdig.dagtekening) if dag is None else ()
        yield Rij(Text("Aanvraag", "Request"), str(code or ""), (), momenten, opmerkingen)
        besluit = self._cel(aanvraag, "erkenningsaanvragen", "besluit")
        woord = Text(f"besluit {{0}}{f' ({besluit})' if besluit else ''}", "decision {0}")
        if besluit:
            woord = Text(woord.nl, f"decision {{0}} ({_ENGELS[besluit]})")
        gedaan = [
            *_gebeurd(gelezen, erkenning_tijdig.besluit_op, woord),
            *_gebeurd(
                gelezen,
                erkenning_tijdig.overschrijding_gemotiveerd_op,
                Text("overschrijding gemotiveerd {0}", "reasons for the delay {0}"),
            ),
        ]
        yield _rij(Text("Besluit", "Decision"), gelezen, _BESLUIT, gedaan, _zonder_termijn(_BESLUIT, gelezen))
        gedaan = _gebeurd(gelezen, erkenning_tijdig.kennisgeving_op, Text("kennisgeving {0}", "notice {0}"))
        yield _rij(
            Text("Kennisgeving", "Notice"), gelezen, _KENNISGEVING, gedaan, _zonder_termijn(_KENNISGEVING, gelezen)
        )


_ENGELS: Final = {
    "geaccepteerd": "accepted",
    "afgekeurd": "rejected",
    "erkend": "recognised",
    "geweigerd": "refused",
}


def _gebeurd(gelezen: _Gelezen, term: Term, tekst: Text) -> list[Moment]:
    dag = gelezen[term]
    return [] if dag is None else [Moment(Momentsoort.ONTVANGEN, dag, Zin(tekst, (dag,)))]


def _zonder_termijn(termijn: _Termijn, gelezen: _Gelezen) -> tuple[Text, ...]:
    if all(gelezen.uitkomsten[regel.code] is Outcome.OUT_OF_SCOPE for regel in termijn.regels):
        return (Text("hiervoor geldt geen termijn", "no term applies to this"),)
    return ()


# ---- which days a picture shows

_BEREIK: Final = 8 * 366
"""Days further than this from the middle one are left outside: they would press all others together."""
_MINSTENS: Final = 28


def _plaatsen(rijen: Iterable[Rij]) -> Iterator[int]:
    for rij in rijen:
        for moment in rij.momenten:
            yield moment.dag.toordinal()
        for strook in rij.stroken:
            if strook.soort is not Strooksoort.ERKEND:
                yield strook.van.toordinal()
                if strook.tot_en_met != date.max:
                    yield strook.tot_en_met.toordinal()


def _venster(rijen: Sequence[Rij], peildatum: date) -> Periode:
    """Give the days that matter: those near the middle one, and the peildatum and recognitions when near."""
    peil = peildatum.toordinal()
    days = sorted([*_plaatsen(rijen), peil])
    middle = days[(len(days) - 1) // 2]
    own = [day for day in _plaatsen(rijen) if abs(day - middle) <= _BEREIK] or [peil]
    first, last = min(own), max(own)
    room = max(last - first, _MINSTENS) // 2
    near = [peil]
    for strook in (s for rij in rijen for s in rij.stroken if s.soort is Strooksoort.ERKEND):
        near += [strook.van.toordinal(), strook.tot_en_met.toordinal()]
    found = [day for day in near if first - room <= day <= last + room]
    first, last = min([first, *found]), max([last, *found])
    short = max(_MINSTENS - (last - first + 1), 0)
    pad = max((last - first) * 3 // 100, 2) + short // 2
    return Periode(date.fromordinal(max(first - pad, 1)), date.fromordinal(min(last + pad, date.max.toordinal())))


def _in_beeld(rij: Rij, venster: Periode) -> Rij:
    """Leave out recognitions outside the view, but for the nearest on either side."""
    erkend = [s for s in rij.stroken if s.soort is Strooksoort.ERKEND]
    if len(erkend) < 2:
        return rij
    before = [s for s in erkend if s.tot_en_met < venster.van]
    after = [s for s in erkend if s.van > venster.tot_en_met]
    away = {*before[:-1], *after[1:]}
    return attrs.evolve(rij, stroken=tuple(s for s in rij.stroken if s not in away))
