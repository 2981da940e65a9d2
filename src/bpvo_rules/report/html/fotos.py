"""
Fotos: the pages about fotos, for who may see counts and no records.

They are made of what stands in the files of fotos, and of nothing else; no argument here can hold a record.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.foto import (
    FOTOKALENDER,
    Domein,
    Fotobestand,
    Getal,
    Plaats,
    Policy,
    SoortVerschil,
    Vergelijking,
    compare,
    foto_digest,
)
from bpvo_rules.foto.bestand import Herkomst, WaaromNiet
from bpvo_rules.foto.compare import compare_csv, shown
from bpvo_rules.foto.write import MARK
from bpvo_rules.questions import NORMS
from bpvo_rules.report.formats import BYTE_ORDER_MARK
from bpvo_rules.report.formats.csvfile import csv_lines
from bpvo_rules.report.html.bladen import Blad, Schakel, Zetter, beeld, schrijf_bladen
from bpvo_rules.report.html.fotocijfers import (
    ALLE,
    Fotoreeks,
    Place,
    Score,
    Stand,
    Trechter,
    Zekerheid,
    trechter,
)
from bpvo_rules.report.html.fotografieken import Lijn, Verandering, trechter_svg, trend_svg, verandering_svg
from bpvo_rules.report.html.grafieken import Stapel, stapels
from bpvo_rules.report.html.regelbladen import regel_bladen, regel_pad
from bpvo_rules.report.statistics import FEWEST
from bpvo_rules.report.wording import Say, share, whole
from bpvo_rules.rules import Question, render_value

__all__ = ["foto_bladen", "write_fotos"]

_COUNTS: Final = ("voldoet_niet", "beslist", "niet_te_bepalen")
_DIGITS: Final = 12
"""Digits of a digest in a title; the whole one stands in the table of fotos."""
_FULL: Final = 100


def write_fotos(bestanden: Sequence[Fotobestand], folder: Path, *, say: Say, instelling: Brin | None = None) -> None:
    """
    Write the pages about fotos into a folder, whole or not at all, in the place of earlier ones.

    Args:
        bestanden: The fotos, in any order, under one policy. Of a peildatum the last correction counts.
        folder: New, empty, or with an earlier report.
        say: The language.
        instelling: The school that is marked; ``None`` for none.

    Raises:
        ExistingFileError: when the folder holds anything but an earlier report.
        ExtraMissingError: without the extra ``report``.
        ValueError: for no foto, fotos under more than one policy, or two with one name.

    """
    schrijf_bladen(foto_bladen(bestanden, say=say, instelling=instelling), folder)


def foto_bladen(bestanden: Sequence[Fotobestand], *, say: Say, instelling: Brin | None = None) -> Iterator[Blad]:
    """
    Give the pages about fotos one by one; arguments and errors as for :func:`write_fotos`.

    Args:
        bestanden: The fotos, in any order, under one policy. Of a peildatum the last correction counts.
        say: The language.
        instelling: The school that is marked; ``None`` for none.

    Raises:
        ExtraMissingError: without the extra ``report``.
        ValueError: for no foto, fotos under more than one policy, or two with one name.

    """
    yield from _Fotos(Fotoreeks(bestanden), say, instelling).bladen()


@final
@attrs.frozen
class _Vergeleken:
    """Two fotos beside each other."""

    oud: Fotobestand
    nieuw: Fotobestand
    gevonden: Vergelijking

    @property
    def csv(self) -> str:
        return f"vergelijking-{self.oud.id}-{self.nieuw.id}.csv"


@final
class _Fotos:
    """The pages of some fotos while they are made."""

    def __init__(self, reeks: Fotoreeks, say: Say, instelling: Brin | None) -> None:
        self._reeks = reeks
        self._say = say
        self._eigen = instelling
        self._zetter = Zetter(
            say,
            say("Foto's datakwaliteit BPVO", "Foto's of the data quality of BPVO's"),
            [
                Schakel("index.html", "Totaalscore"),
                *(
                    Schakel(f"vraag-{question.number}.html", f"{say('Vraag', 'Question')} {question.number}")
                    for question in reeks.vragen
                ),
            ],
        )

    def bladen(self) -> Iterator[Blad]:
        yield self._index()
        compared = self._compared()
        if compared is not None:
            yield Blad(compared.csv, BYTE_ORDER_MARK + compare_csv(compared.gevonden))
        for question in self._reeks.vragen:
            yield self._vraag(question, compared)
        for bestand in self._reeks.fotos:
            stand = Stand.van(bestand)
            for question in self._reeks.vragen:
                yield self._matrix_blad(bestand, stand, question)
                yield Blad(_matrix(bestand, question, "csv"), "".join(self._csv(stand, question)))
        norms = {norm.id: norm for norm in NORMS}
        yield from regel_bladen(self._reeks.vragen, norms, self._zetter)

    # ---- words

    def _titel(self, bestand: Fotobestand) -> str:
        """Name a foto as its readers do: which one of its year when it is one of the calendar, and its window."""
        say, day = self._say, bestand.foto.peildatum
        first = render_value(bestand.foto.na + timedelta(days=1), say.lang)
        last = render_value(day, say.lang)
        which = f"Foto {day}"
        if (day.month, day.day) in FOTOKALENDER.momenten:
            which = f"Foto {FOTOKALENDER.momenten.index((day.month, day.day)) + 1}, {day.year}"
        if bestand.id.correctie:
            which += say(f" (correctie {bestand.id.correctie})", f" (correction {bestand.id.correctie})")
        digest = foto_digest(bestand).removeprefix("sha256:")[:_DIGITS]
        return say(
            f"{which}: {first} t/m {last}, bekend op {last}, sha256 {digest}",
            f"{which}: {first} to {last}, known on {last}, sha256 {digest}",
        )

    def _policy(self) -> str:
        return {
            Policy.NIVEAU: self._say("niveau: ware aantallen, onbeschermd", "niveau: true counts, unprotected"),
            Policy.MIDPUNT6: self._say(
                "midpunt6: afgerond op het midden van klassen van zes",
                "midpunt6: rounded to the middle of classes of six",
            ),
            Policy.ONDERDRUK: self._say("onderdruk: kleine aantallen weggelaten", "onderdruk: small counts left out"),
        }[self._reeks.laatste.foto.policy]

    def _procent(self, score: Score | None) -> str:
        """Give a score in words: of rounded numbers whole per cents, and said to be about."""
        if score is None or score.getallen is None:
            return MARK if score is not None and score.is_onderdrukt else "-"
        met, decided = score.getallen
        if score.is_afgerond:
            # Not broken off its number at the end of a line.
            return f"{self._say('ca.', 'about')}\u00a0{_FULL * met // decided}%"
        return share(met, decided, self._say)

    def _interval(self, score: Score | None) -> str:
        if score is None or score.interval is None:
            return ""
        # Outwards, so that it is never narrower than it is.
        low, high = score.interval
        tenths = (int(1000 * low), -int(-1000 * high // 1))
        written = [f"{n // 10}{self._say(',', '.')}{n % 10}" for n in tenths]
        return f"{written[0]}-{written[1]}%"

    def _getal(self, getal: Getal | None) -> str:
        """Write a published number as a reader does; a withheld one is a mark."""
        return shown(getal) if getal is None or getal.waarde is None else whole(getal.waarde, self._say)

    def _cel(self, score: Score | None) -> dict[str, Any] | None:
        """Give a cell of a table; ``None`` when the foto does not count it."""
        if score is None:
            return None
        return {
            "procent": self._procent(score),
            "van": self._getal(score.beslist),
            "afgerond": score.is_afgerond,
            "onderdrukt": score.is_onderdrukt,
            "weinig": score.is_weinig,
            "interval": self._interval(score),
        }

    def _naam(self, one: Brin | Domein | Plaats) -> str:
        if one is Plaats.ALLE:
            return self._say("alle", "all")
        if one is Plaats.LANDELIJK:
            return self._say("landelijk", "national")
        return str(one)

    # ---- totaalscore

    def _index(self) -> Blad:
        reeks, say, last = self._reeks, self._say, self._reeks.laatste
        return self._zetter.zet(
            "index.html",
            "foto_index",
            titel=self._titel(last),
            gegevens=self._gegevens(),
            onbeschermd=not last.foto.policy.protects,
            andere_versie=not last.is_current,
            grafiek=self._stapels(),
            vragen=[self._totaal(question) for question in reeks.vragen],
            niet_gevraagd=self._niet_gevraagd(),
            fotos=[self._in_lijst(one) for one in reeks.alle],
            normen=[
                (one.id, ", ".join(str(value.waarde) for value in one.waarden))
                for one in last.norms
                if one.herkomst is Herkomst.OPGEGEVEN
            ],
            niet_uitgevoerd=[(str(one.regel), self._waarom(one.reden)) for one in last.niet_uitgevoerd],
            regel_pad=regel_pad,
            uitleg=self._uitleg(reeks.nu.score(question.code, ALLE) for question in reeks.vragen),
            gemist=[render_value(day, say.lang) for day in reeks.momenten if not reeks.heeft(day)],
        )

    def _gegevens(self) -> list[tuple[str, str]]:
        say, last = self._say, self._reeks.laatste
        drempels = last.foto.drempels
        given = [
            (say("Bescherming", "Protection"), self._policy()),
            (say("Gemaakt op", "Made on"), render_value(last.gemaakt_op, say.lang)),
            (say("Regels", "Rules"), f"{last.rule_set_version}, {last.rule_set_digest}"),
            (say("Gemaakt met", "Made with"), f"bpvo-rules {last.library_version}"),
            (say("Digest van de foto", "Digest of the foto"), str(foto_digest(last))),
        ]
        if last.foto.policy.protects:
            small = say(
                f"minder dan {drempels.personen} personen, of {drempels.beslist} te beoordelen",
                f"fewer than {drempels.personen} persons, or {drempels.beslist} decided",
            )
            given.insert(1, (say("Klein is", "Small is"), small))
        return given

    def _stapels(self) -> Any:
        found = []
        for question in self._reeks.vragen:
            score = self._reeks.nu.score(question.code, ALLE)
            if score is not None and score.getallen is not None:
                met, decided = score.getallen
                naam = f"{question.number}  {question.code}"
                found.append(Stapel(naam, met, decided - met, score.niet_te_bepalen.waarde))
        return beeld(stapels(found, self._say)) if found else None

    def _totaal(self, question: Question) -> dict[str, Any]:
        score = self._reeks.nu.score(question.code, ALLE)
        numbers = None if score is None else score.getallen
        return {
            "vraag": question,
            "voldoet": self._procent(score) if numbers is None else whole(numbers[0], self._say),
            "voldoet_niet": "" if score is None else self._getal(score.voldoet_niet),
            "niet_te_bepalen": "" if score is None else self._getal(score.niet_te_bepalen),
            "cel": self._cel(score),
        }

    def _niet_gevraagd(self) -> list[str]:
        """Name the questions that an earlier foto counts and the last one does not."""
        asked = {question.code for question in self._reeks.vragen}
        questions = {q.code: q for one in self._reeks.fotos for q in Fotoreeks([one]).vragen}
        return [self._say.text(q.title) for code, q in questions.items() if code not in asked]

    def _waarom(self, reden: WaaromNiet) -> str:
        return {
            WaaromNiet.NIET_GEKOZEN: self._say("niet gekozen", "not chosen"),
            WaaromNiet.UITGEZET: self._say("uitgezet in een profiel", "switched off in a profile"),
            WaaromNiet.NORM_ZONDER_WAARDE: self._say("norm zonder waarde", "norm without a value"),
        }[reden]

    def _in_lijst(self, bestand: Fotobestand) -> dict[str, Any]:
        say, kept = self._say, {one.foto.peildatum: one for one in self._reeks.fotos}
        counts = kept[bestand.foto.peildatum]
        note = say("telt", "counts")
        if counts.id != bestand.id:
            note = say(f"vervangen door {counts.id}", f"replaced by {counts.id}")
        elif bestand.vervangt is not None:
            note = say(f"vervangt {bestand.vervangt.foto}", f"replaces {bestand.vervangt.foto}")
        return {
            "id": str(bestand.id),
            "peildatum": bestand.foto.peildatum,
            "na": bestand.foto.na,
            "digest": str(foto_digest(bestand)),
            "regels": str(bestand.rule_set_version),
            "noot": note,
            "matrix": [(q.number, _matrix(bestand, q, "html")) for q in self._reeks.vragen]
            if counts.id == bestand.id
            else [],
        }

    # ---- a question

    def _vraag(self, question: Question, compared: _Vergeleken | None) -> Blad:
        reeks, say, code = self._reeks, self._say, question.code
        last = reeks.laatste
        found = trechter(reeks, code)
        trends = self._trends(question)
        assumptions = dict.fromkeys(say.text(one) for rule in question.rules for one in rule.assumptions)
        return self._zetter.zet(
            f"vraag-{question.number}.html",
            "foto_vraag",
            titel=f"{question.number}. {say.text(question.title)}",
            foto=self._titel(last),
            onbeschermd=not last.foto.policy.protects,
            totaal=self._totaal(question),
            matrix=self._matrix(reeks.nu, question),
            csv=_matrix(last, question, "csv"),
            regels=self._regels(question),
            aannames=list(assumptions),
            trechter=None if found is None else self._trechter(found),
            trends=trends,
            momenten=[self._moment(one) for one in reeks.momenten],
            is_andere=any(map(reeks.is_andere_versie, reeks.momenten)),
            vergeleken=None if compared is None else self._vergeleken(question, compared),
            regel_pad=regel_pad,
        )

    def _regels(self, question: Question) -> list[dict[str, Any]]:
        """Give the count per rule in the country; under niveau a rule that ran and is not counted failed nobody."""
        last = self._reeks.laatste
        counted = {
            str(one.regel): self._getal(one.voldoet_niet)
            for one in last.foto.regels
            if one.vraag == question.code and one.instelling is Plaats.ALLE and one.domein is Plaats.ALLE
        }
        ran = {str(one.regel): one.kind for one in last.regels}
        return [
            {"regel": rule, "kind": str(ran[rule.code]), "aantal": counted.get(rule.code, "0")}
            for rule in question.rules
            if rule.code in ran and (rule.code in counted or not last.foto.policy.protects)
        ]

    def _trechter(self, found: Trechter) -> dict[str, Any]:
        say = self._say
        words = {
            Zekerheid.WAARSCHUWING: say("buiten 95 %", "outside 95 %"),
            Zekerheid.ALARM: say("buiten 99,8 %", "outside 99.8 %"),
        }
        spread = None
        if found.spreiding is not None:
            spread = f"{found.spreiding:.1f}".replace(".", say(",", "."))
        own = None if self._eigen is None else str(self._eigen)
        return {
            "plaat": beeld(trechter_svg(found, say, eigen=own)) if found.punten else None,
            "punten": [
                (self._naam(p.instelling), p.voldoet, p.beslist, share(p.voldoet, p.beslist, say), words[p.zekerheid])
                for p in found.punten
                if p.zekerheid in words
            ],
            "getoond": len(found.punten),
            "te_klein": found.te_klein,
            "onderdrukt": found.onderdrukt,
            "minste": FEWEST,
            "spreiding": spread,
            "landelijk": share(*found.deel, say),
        }

    def _moment(self, day: date) -> dict[str, Any]:
        return {
            "dag": day,
            "heeft": self._reeks.heeft(day),
            "andere": self._reeks.is_andere_versie(day),
        }

    def _trends(self, question: Question) -> list[dict[str, Any]]:
        """Give the trend of the country, of the schools and of the domeinen; none of a single moment."""
        reeks, say, code = self._reeks, self._say, question.code
        if len(reeks.momenten) == 1:
            return []
        parts: list[tuple[str, list[Place]]] = [
            (say("Landelijk", "The country"), [ALLE]),
            (say("Per instelling", "By instelling"), [(one, Plaats.ALLE) for one in reeks.nu.instellingen(code)]),
            (say("Per domein", "By domein"), [(Plaats.ALLE, one) for one in reeks.nu.domeinen(code)]),
        ]
        found = []
        for titel, places in parts:
            if not places:
                continue
            rows = [(self._wie(place), [self._cel(score) for _, score in reeks.trend(code, place)]) for place in places]
            drawn = [Lijn(self._wie(place), place) for place in places if self._says_something(code, place)]
            plaat = beeld(trend_svg(reeks, code, drawn, say)) if drawn else None
            found.append({"titel": titel, "plaat": plaat, "rijen": rows, "weinig": len(places) - len(drawn)})
        return found

    def _says_something(self, code: str, place: Place) -> bool:
        """Say whether any foto has a score of enough: one wide interval would flatten all charts beside it."""
        scores = [score for _, score in self._reeks.trend(code, place) if score is not None and score.getallen]
        return any(not score.is_weinig for score in scores)

    def _wie(self, place: Place) -> str:
        instelling, domein = place
        naam = self._naam(domein if instelling is Plaats.ALLE and domein is not Plaats.ALLE else instelling)
        return naam + (self._say(" (deze school)", " (this school)") if instelling == self._eigen else "")

    def _compared(self) -> _Vergeleken | None:
        """Compare the last foto with the one before it; ``None`` when it is the only one."""
        if len(self._reeks.fotos) == 1:
            return None
        old, new = self._reeks.fotos[-2:]
        return _Vergeleken(old, new, compare(old.foto, new.foto))

    def _vergeleken(self, question: Question, compared: _Vergeleken) -> dict[str, Any]:
        say, code = self._say, question.code
        before, after = Stand.van(compared.oud), self._reeks.nu
        words = {
            SoortVerschil.NIEUW: say("nieuw", "new"),
            SoortVerschil.GEWIJZIGD: say("gewijzigd", "changed"),
            SoortVerschil.VERDWENEN: say("verdwenen", "gone"),
        }
        places: list[Place] = [ALLE]
        places += [(one, Plaats.ALLE) for one in after.instellingen(code)]
        places += [(Plaats.ALLE, one) for one in after.domeinen(code)]
        drawn = []
        for place in places:
            was, now = before.score(code, place), after.score(code, place)
            if was is not None and now is not None and was.getallen is not None and now.getallen is not None:
                drawn.append(Verandering(self._wie(place), was, now))
        oud, nieuw = compared.oud.foto.peildatum, compared.nieuw.foto.peildatum
        marges = [one for one in compared.gevonden.marges if one.vraag == code]
        return {
            "oud": oud,
            "nieuw": nieuw,
            "plaat": beeld(verandering_svg(drawn, oud, nieuw, say)) if drawn else None,
            "rijen": [
                (words[one.soort], self._naam(one.instelling), self._naam(one.domein), self._telling(name), old, new)
                for one in marges
                for name, old, new in ((name, self._getal(a), self._getal(b)) for name, a, b in one.counts())
                if name in _COUNTS
            ],
            "csv": compared.csv,
            "andere_regels": compared.oud.rule_set_digest != compared.nieuw.rule_set_digest,
        }

    def _telling(self, name: str) -> str:
        return {
            "voldoet_niet": self._say("voldoet niet", "not met"),
            "beslist": self._say("beslist", "decided"),
            "niet_te_bepalen": self._say("niet te bepalen", "cannot be determined"),
        }[name]

    # ---- matrix

    def _matrix(self, stand: Stand, question: Question) -> dict[str, Any]:
        code = question.code
        columns = (*stand.domeinen(code), Plaats.ALLE)
        rows = (*stand.instellingen(code), Plaats.ALLE)
        scores = [[stand.score(code, (row, column)) for column in columns] for row in rows]
        return {
            "kolommen": [self._naam(column) for column in columns],
            "rijen": [
                (self._wie((row, Plaats.ALLE)), row == self._eigen, [self._cel(score) for score in found])
                for row, found in zip(rows, scores, strict=True)
            ],
            "uitleg": self._uitleg(score for found in scores for score in found),
        }

    def _uitleg(self, scores: Any) -> list[str]:
        """Say in words what the marks in a table mean, as far as they are in it."""
        say, found = self._say, [score for score in scores if score is not None]
        texts = []
        if any(score.is_onderdrukt for score in found):
            texts.append(say(f"{MARK}: niet getoond, om personen te beschermen.", f"{MARK}: withheld, for privacy."))
        if any(score.is_afgerond for score in found):
            texts.append(
                say(
                    "ca.: van afgeronde aantallen; door afronding kunnen totalen afwijken van de som.",
                    "about: of rounded numbers; because of that totals may differ from the sum.",
                )
            )
        if any(score.is_weinig for score in found):
            texts.append(
                say(
                    "Te weinig: het 95%-interval is breder dan 20 punten, te weinig voor een uitspraak.",
                    "Too few: the 95% interval is wider than 20 points, too little to say anything.",
                )
            )
        if any(score.getallen is None and not score.is_onderdrukt for score in found):
            texts.append(say("-: niets te beoordelen.", "-: nothing to judge."))
        return texts

    def _matrix_blad(self, bestand: Fotobestand, stand: Stand, question: Question) -> Blad:
        say = self._say
        return self._zetter.zet(
            _matrix(bestand, question, "html"),
            "foto_matrix",
            titel=f"{question.number}. {say.text(question.title)}",
            foto=self._titel(bestand),
            onbeschermd=not bestand.foto.policy.protects,
            matrix=self._matrix(stand, question),
            csv=_matrix(bestand, question, "csv"),
            andere=[
                (one.foto.peildatum, _matrix(one, question, "html"))
                for one in self._reeks.fotos
                if one.id != bestand.id
            ],
        )

    def _csv(self, stand: Stand, question: Question) -> Iterator[str]:
        """Give the matrix as csv: a row per cell and margin with the published numbers."""
        yield BYTE_ORDER_MARK
        code = question.code
        rows = (
            (
                row,
                column,
                shown(score.voldoet_niet),
                shown(score.beslist),
                shown(score.niet_te_bepalen),
                score.voldoet_niet.status,
                score.beslist.status,
            )
            for row in (*stand.instellingen(code), Plaats.ALLE)
            for column in (*stand.domeinen(code), Plaats.ALLE)
            if (score := stand.score(code, (row, column))) is not None
        )
        header = (
            "instelling",
            "domein",
            "voldoet_niet",
            "beslist",
            "niet_te_bepalen",
            "status_voldoet_niet",
            "status_beslist",
        )
        yield from csv_lines(header, rows)


def _matrix(bestand: Fotobestand, question: Question, ending: str) -> str:
    return f"matrix-{bestand.id}-{question.number}.{ending}"
