"""
Realtime: the pages with the meldingen, for who can repair them.

They hold records, so they are made for somebody: a school, or a party that keeps the records of all schools.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, final

import attrs

from bpvo_rules.judge import Judgement, Melding
from bpvo_rules.periode.tijd import amsterdam
from bpvo_rules.report.caveats import caveats
from bpvo_rules.report.counts import Judged, judged, kinds
from bpvo_rules.report.formats import BYTE_ORDER_MARK, meldingen_csv
from bpvo_rules.report.html.bladen import Blad, Schakel, Zetter, beeld, schrijf_bladen
from bpvo_rules.report.html.dossiers import Dossier, Dossiers
from bpvo_rules.report.html.grafieken import Stapel, stapels
from bpvo_rules.report.html.inzage import EigenRecords, Inzage
from bpvo_rules.report.html.regelbladen import norm_values, regel_bladen, regel_pad
from bpvo_rules.report.html.storingen import storingen_svg, storingenbeeld
from bpvo_rules.report.html.tijdlijn import Tijdlijnen
from bpvo_rules.report.html.tijdlijn_beeld import tijdlijn_svg
from bpvo_rules.report.wording import Say, judged_word
from bpvo_rules.rules import Outcome, Question, Rule, render_value

__all__ = ["realtime_bladen", "write_realtime"]

EERSTE: Final = 50
"""Meldingen per rule on the first page."""
_STORINGEN: Final = 1000
"""Outages in the table of White Label; the csv of the meldingen has every measurement."""
_WHITE_LABEL: Final = "white-label.html"
_MELDINGEN: Final = "meldingen.html"
_CSV: Final = "meldingen.csv"


def write_realtime(judgement: Judgement, folder: Path, *, inzage: Inzage, bron: str = "", say: Say) -> None:
    """
    Write the pages with the meldingen into a folder, whole or not at all, in the place of earlier ones.

    Args:
        judgement: Of the whole keten, or of what a school has of it.
        folder: New, empty, or with an earlier report.
        inzage: Who will look. For a school everything of other schools is left out.
        bron: Name of the source, as its reader knows it.
        say: The language.

    Raises:
        ExistingFileError: when the folder holds anything but an earlier report.
        ExtraMissingError: without the extra ``report``.
        UnknownSubjectError: when nothing was judged of the school that will look.

    """
    schrijf_bladen(realtime_bladen(judgement, inzage=inzage, bron=bron, say=say), folder)


def realtime_bladen(judgement: Judgement, *, inzage: Inzage, bron: str = "", say: Say) -> Iterator[Blad]:
    """
    Give the pages with the meldingen one by one; arguments and errors as for :func:`write_realtime`.

    Args:
        judgement: Of the whole keten, or of what a school has of it.
        inzage: Who will look. For a school everything of other schools is left out.
        bron: Name of the source, as its reader knows it.
        say: The language.

    Raises:
        ExtraMissingError: without the extra ``report``.
        UnknownSubjectError: when nothing was judged of the school that will look.

    """
    seen = judgement.of_school(inzage.brin) if isinstance(inzage, EigenRecords) else judgement
    yield from _Realtime(seen, inzage, bron, say).bladen()


def _voor(inzage: Inzage, say: Say) -> str:
    if isinstance(inzage, EigenRecords):
        return say(f"school {inzage.brin}: alleen de eigen records", f"school {inzage.brin}: its own records only")
    return say(f"{inzage.partij}: de hele keten", f"{inzage.partij}: the whole keten")


@final
@attrs.frozen
class _Regel:
    """A rule on the first page."""

    regel: Rule
    meldingen: int
    eerste: Sequence[tuple[Melding, str]]
    beoordeeld: int
    niet_te_bepalen: int
    toegelicht: int
    normen: Sequence[Any]


@final
class _Realtime:
    """The pages of one judgement while they are made."""

    def __init__(self, judgement: Judgement, inzage: Inzage, bron: str, say: Say) -> None:
        self._judgement = judgement
        self._say = say
        self._inzage = inzage
        self._bron = bron
        self._dossiers = Dossiers(judgement)
        self._storingen = storingenbeeld(judgement)
        schakels = [
            Schakel("index.html", say("Overzicht", "Overview")),
            Schakel(_MELDINGEN, "Meldingen"),
            Schakel("regels.html", say("Regels", "Rules")),
        ]
        if self._storingen.metingen is not None:
            schakels.insert(2, Schakel(_WHITE_LABEL, "White Label"))
        dag = render_value(judgement.peildatum, say.lang)
        merk = say(f"BPVO-meldingen op {dag}", f"BPVO meldingen on {dag}")
        self._zetter = Zetter(say, merk, schakels)

    def bladen(self) -> Iterator[Blad]:
        yield self._index()
        yield self._lijst()
        yield Blad(_CSV, "".join([BYTE_ORDER_MARK, *meldingen_csv(self._judgement, self._say)]))
        yield from self._dossierbladen()
        if self._storingen.metingen is not None:
            yield self._white_label()
        yield self._regels()
        settings = self._judgement.settings
        yield from regel_bladen(settings.questions, dict(settings.norms), self._zetter)

    # ---- the first page

    def _index(self) -> Blad:
        judgement, say = self._judgement, self._say
        found = self._dossiers
        vragen = [(question, list(self._van(question))) for question in judgement.settings.questions]
        return self._zetter.zet(
            "index.html",
            "realtime_index",
            titel=say("Overzicht van de meldingen", "Overview of the meldingen"),
            gegevens=self._gegevens(),
            kanttekeningen=list(caveats(judgement, say)),
            bpvos=found.bpvos,
            studenten=found.studenten,
            meldingen=len(found.meldingen),
            soorten=kinds(found.meldingen),
            toegelicht=sum(one.toelichting is not None for one in found.meldingen),
            uitkomsten=list(self._uitkomsten()),
            grafiek=self._grafiek(),
            vragen=[(question, regels) for question, regels in vragen if regels],
            eerste=EERSTE,
            csv=_CSV,
            lijst=_MELDINGEN,
            regel_pad=regel_pad,
        )

    def _gegevens(self) -> list[tuple[str, str]]:
        judgement, say = self._judgement, self._say
        perspectief = {
            "keten": say("keten: wat DUO ontving en niet afkeurde", "keten: what DUO received and did not reject"),
            "instelling": say("instelling: de eigen administratie", "instelling: the school's own records"),
        }[judgement.perspectief]
        given = [
            (say("Voor", "For"), _voor(self._inzage, say)),
            (say("Bron", "Source"), self._bron),
            ("Peildatum", render_value(judgement.peildatum, say.lang)),
            (say("Bekend op", "Known on"), render_value(judgement.kennisdatum, say.lang)),
            ("Perspectief", perspectief),
        ]
        profile = judgement.settings.profile
        if profile is not None:
            given.append((say("Profiel", "Profile"), f"{profile.naam} ({render_value(profile.datum, say.lang)})"))
        return [(name, value) for name, value in given if value]

    def _uitkomsten(self) -> Iterator[dict[str, Any]]:
        """Give the outcomes per question that has a score."""
        judgement = self._judgement
        for question in judgement.settings.questions:
            if question.number is None:
                continue
            state = judged(judgement, question)
            counts = judgement.question_counts.get(question.code)
            if state in {Judged.NOT, Judged.NOT_LOOKED_UP} or counts is None:
                yield {"vraag": question, "staat": judged_word(state, self._say), "aantallen": None}
            else:
                staat = "" if state is Judged.WHOLLY else judged_word(state, self._say)
                yield {"vraag": question, "staat": staat, "aantallen": {o.name: counts[o] for o in Outcome}}

    def _grafiek(self) -> Any:
        """Draw the outcomes of the questions about which anything can be said; ``None`` when there is none."""
        drawn = [
            Stapel(f"{one['vraag'].number}  {one['vraag'].code}", counts["MET"], counts["NOT_MET"], counts["UNKNOWN"])
            for one in self._uitkomsten()
            if (counts := one["aantallen"]) and counts["MET"] + counts["NOT_MET"] + counts["UNKNOWN"]
        ]
        return beeld(stapels(drawn, self._say)) if drawn else None

    def _van(self, question: Question) -> Iterator[_Regel]:
        judgement, norms = self._judgement, self._judgement.settings.norms
        ran = {rule.code for rule in judgement.rules}
        for rule in question.rules:
            if rule.code not in ran:
                continue
            counts = judgement.counts[rule.code]
            found = self._dossiers.per_regel.get(rule.code, [])
            shown = self._dossiers.getoond.get(rule.code, ())[:EERSTE]
            yield _Regel(
                regel=rule,
                meldingen=len(found),
                eerste=[(melding, self._waar(melding)) for melding in shown],
                beoordeeld=counts[Outcome.MET] + counts[Outcome.NOT_MET],
                niet_te_bepalen=counts[Outcome.UNKNOWN],
                toegelicht=sum(one.toelichting is not None for one in found),
                normen=[(norms[norm.id], norm_values(norms[norm.id], self._zetter)) for norm in rule.norms],
            )

    def _waar(self, melding: Melding) -> str:
        """Give where a melding is written out."""
        dossier = self._dossiers.van.get((melding.subject_type, melding.subject))
        return _WHITE_LABEL if dossier is None else f"{_blad(dossier.blad)}#d{dossier.nummer}"

    # ---- all meldingen

    def _lijst(self) -> Blad:
        dossiers = self._dossiers
        questions = self._judgement.settings.question_of
        rows = []
        for code, found in dossiers.getoond.items():
            number = questions[code].number
            group = []
            for melding in found:
                dossier = dossiers.van.get((melding.subject_type, melding.subject))
                group.append((melding, self._waar(melding), dossier.opleiding if dossier else "", str(number or "")))
            rows.append((code, group))
        return self._zetter.zet(
            _MELDINGEN,
            "realtime_meldingen",
            titel=self._say("Alle meldingen", "All meldingen"),
            regels=rows,
            totaal=len(dossiers.meldingen),
            weggelaten=dossiers.weggelaten,
            csv=_CSV,
            regel_pad=regel_pad,
        )

    def _dossierbladen(self) -> Iterator[Blad]:
        tijdlijnen = Tijdlijnen(self._judgement)
        pages = list(self._dossiers.bladen())
        for number, dossiers in enumerate(pages, start=1):
            yield self._zetter.zet(
                _blad(number),
                "realtime_dossiers",
                titel=self._say(
                    f"Meldingen per onderwerp, blad {number} van {len(pages)}",
                    f"Meldingen by subject, page {number} of {len(pages)}",
                ),
                dossiers=[(dossier, self._plaat(tijdlijnen, dossier)) for dossier in dossiers],
                bladen=[(one, _blad(one)) for one in range(1, len(pages) + 1)],
                nummer=number,
                regel_pad=regel_pad,
            )

    def _plaat(self, tijdlijnen: Tijdlijnen, dossier: Dossier) -> Any:
        tijdlijn = tijdlijnen.van(dossier.type.name, dossier.subject)
        return None if tijdlijn is None else beeld(tijdlijn_svg(tijdlijn, self._say))

    # ---- White Label and the rules

    def _white_label(self) -> Blad:
        found = [storing for rij in self._storingen.rijen for storing in rij.storingen]
        return self._zetter.zet(
            _WHITE_LABEL,
            "realtime_white_label",
            titel=self._say("Storingen van White Label", "Outages of White Label"),
            plaat=beeld(storingen_svg(self._storingen, self._say)),
            metingen=self._storingen.metingen,
            storingen=found[:_STORINGEN],
            totaal=len(found),
            klok=_klok,
            regel_pad=regel_pad,
            csv=_CSV,
        )

    def _regels(self) -> Blad:
        judgement = self._judgement
        return self._zetter.zet(
            "regels.html",
            "realtime_regels",
            titel=self._say("Regels en wat zij vonden", "Rules and what they found"),
            regels=[
                (judgement.settings.question_of[code], rule, {o.name: counts[o] for o in Outcome})
                for rule in judgement.rules
                for code, counts in [(rule.code, judgement.counts[rule.code])]
            ],
            regel_pad=regel_pad,
        )


def _blad(number: int) -> str:
    return f"dossiers-{number:03}.html"


def _klok(moment: datetime) -> str:
    """Write a moment by the clock in the Netherlands, so that the order of the texts is that of the moments."""
    return f"{amsterdam(moment):%Y-%m-%d %H:%M}"
