"""
Every fact once more, slowly: straight from the text of the questions, one plain function per sentence.

Nothing here is shared with the library but the records and the tables. Days are
looked at one by one. ``None`` is "looked up, nothing there" for a value and
"unknown" for a truth; ``UNSEEN`` is a value that was not looked up. What each rule
makes of these facts stands with its drawn tables, in ``tests/questions``.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from tests.oracle.kalender import after_months, after_werkdagen
from tests.oracle.kleene import Truth, and_, any_, or_

from bpvo_rules.keten import Keten

MET, NOT_MET, UNKNOWN, OUT_OF_SCOPE = "voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing"

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KEUZEDELEN_FROM = date(2016, 8, 1)
REGLEMENT_FROM = date(2015, 8, 1)
STAGEFONDS_FROM = date(2018, 8, 1)


class Unseen:
    """The type of a value that was not looked up."""

    def __repr__(self) -> str:
        return "UNSEEN"


UNSEEN: Final = Unseen()

with (Path(__file__).parent.parent / "data" / "stagefonds_2018.csv").open(encoding="utf-8") as _file:
    STAGEFONDS: Final = tuple(csv.DictReader(_file, delimiter=";"))


def is_missing(value: Any) -> bool:
    """A fact without a value, whether it is empty or was not looked up."""
    return value is None or value is UNSEEN


def is_filled(value: Any) -> Truth:
    """Say whether a fact is filled; unknown only for a fact that was not looked up."""
    return None if value is UNSEEN else value is not None


def compare(left: Any, operator: Callable[[Any, Any], bool], right: Any) -> Truth:
    """A comparison with a missing fact is unknown."""
    return None if is_missing(left) or is_missing(right) else operator(left, right)


def eq(left: Any, right: Any) -> Truth:
    """Say whether two values are the same."""
    return compare(left, lambda a, b: bool(a == b), right)


def le(left: Any, right: Any) -> Truth:
    """Say whether the left one is not past the right one."""
    return compare(left, lambda a, b: bool(a <= b), right)


def lt(left: Any, right: Any) -> Truth:
    """Say whether the left one is before the right one."""
    return compare(left, lambda a, b: bool(a < b), right)


def days(van: date, tot_en_met: date) -> Iterator[date]:
    """Walk over the days of a closed period."""
    day = van
    while day <= tot_en_met:
        yield day
        day += timedelta(days=1)


def outcome(scope: Truth, requirement: Truth) -> str:
    """Out of scope, met or not met; unknown when scope or requirement cannot be decided."""
    if scope is False:
        return OUT_OF_SCOPE
    if scope is None or requirement is None:
        return UNKNOWN
    return MET if requirement else NOT_MET


Judged = tuple[Truth, Truth]
"""What the second opinion about a rule says of a subject: its scope, and its requirement."""


class Bpvo(NamedTuple):
    """A BPVO that exists on K: its key, the delivery with its content, and the receipts of its current life."""

    sleutel: str
    content: Any
    receipts: list[Any]


class Run(NamedTuple):
    """What one run is about: the data, the arguments, and the BPVO's that exist."""

    keten: Keten
    P: date
    K: date
    perspectief: str
    norms: Mapping[str, object]
    bpvos: tuple[Bpvo, ...] = ()

    def cell(self, table: str, row: Any, column: str) -> Any:
        """Read a cell; a column that was not looked up gives UNSEEN for every row."""
        return UNSEEN if (table, column) in self.keten.niet_opgezocht else getattr(row, column)

    def has_column(self, table: str, column: str) -> bool:
        """Say whether a column of a table was looked up."""
        return (table, column) not in self.keten.niet_opgezocht


# --- What exists on K -------------------------------------------------------------------------


def known_rejected(run: Run, levering: Any) -> bool:
    """``uitkomst = afgekeurd`` and ``teruggekoppeld_op <= K``."""
    uitkomst = run.cell("uitwisselingen", levering, "uitkomst")
    teruggekoppeld_op = run.cell("uitwisselingen", levering, "teruggekoppeld_op")
    return and_(eq(uitkomst, "afgekeurd"), le(teruggekoppeld_op, run.K)) is True


def counts(run: Run, levering: Any) -> bool:
    """Say whether a delivery counts in the perspectief."""
    if run.perspectief == "keten":
        if not run.has_column("uitwisselingen", "ontvangen_duo_op"):
            return True
        return le(levering.ontvangen_duo_op, run.K) is True and not known_rejected(run, levering)
    day = run.cell("uitwisselingen", levering, "ontstaan_op")
    if is_missing(day) and levering.soort == "toevoeging":
        day = run.cell("uitwisselingen", levering, "afsluitdatum")
    return is_missing(day) or day <= run.K


def bpvos(run: Run) -> list[Bpvo]:
    """Give every BPVO that exists on K in the perspectief."""
    by_key: dict[str, list[Any]] = {}
    for levering in run.keten.uitwisselingen or ():
        sleutel = f"{levering.brin}/{levering.student}/{levering.inschrijvingvolgnummer}/{levering.volgnummer}"
        by_key.setdefault(sleutel, []).append(levering)
    found = []
    for sleutel, leveringen in by_key.items():
        counting = sorted((u for u in leveringen if counts(run, u)), key=lambda u: u.volgorde)
        if not counting or counting[-1].soort == "verwijdering":
            continue
        last_removal = max((u.volgorde for u in counting if u.soort == "verwijdering"), default=0)
        life = [u for u in counting if u.volgorde > last_removal]
        found.append(Bpvo(sleutel, counting[-1], [u for u in life if not known_rejected(run, u)]))
    return found


# --- Facts of a BPVO --------------------------------------------------------------------------


def content(run: Run, bpvo: Bpvo, column: str) -> Any:
    """Read a cell of the content on K."""
    return run.cell("uitwisselingen", bpvo.content, column)


def einde(run: Run, bpvo: Bpvo) -> Any:
    """``einddatum_werkelijk`` if filled, else ``einddatum_gepland``."""
    werkelijk = content(run, bpvo, "einddatum_werkelijk")
    if werkelijk is UNSEEN:
        return UNSEEN
    return content(run, bpvo, "einddatum_gepland") if werkelijk is None else werkelijk


def grondslag(run: Run, bpvo: Bpvo) -> Any:
    """Keuzedeel when ``keuzedeelcode`` is filled; else opleiding when ``opleidingcode`` is filled; else missing."""
    keuzedeelcode = content(run, bpvo, "keuzedeelcode")
    if keuzedeelcode is UNSEEN:
        return UNSEEN
    if keuzedeelcode is not None:
        return "keuzedeel"
    opleidingcode = content(run, bpvo, "opleidingcode")
    return opleidingcode if is_missing(opleidingcode) else "opleiding"


def known_on_K(run: Run, row: Any) -> bool:  # noqa: N802 - K is the name that the text gives it
    """``bekend_vanaf <= K < bekend_tot``; an empty bound is open."""
    return (row.bekend_vanaf is None or row.bekend_vanaf <= run.K) and (
        row.bekend_tot is None or row.bekend_tot > run.K
    )


def covers(erkenning: Any, day: date) -> bool:
    """Both days count; an empty last day is no end known."""
    return bool(erkenning.van <= day and (erkenning.tot_en_met is None or day <= erkenning.tot_en_met))


Coverage = Callable[[date], Truth]


def has_last_days(run: Run) -> bool:
    """Without the last days of the recognitions nothing can be said about the days that they cover."""
    return run.has_column("erkenningen", "tot_en_met")


def erkenningen_of(run: Run, leerbedrijf_id: Any) -> list[Any] | None:
    """Give the recognitions of a company that are known on K; None when that cannot be said."""
    if is_missing(leerbedrijf_id) or run.keten.erkenningen is None:
        return None
    return [e for e in run.keten.erkenningen if e.leerbedrijf_id == leerbedrijf_id and known_on_K(run, e)]


def codes(run: Run, opleidingcode: str) -> tuple[set[str], bool]:
    """Give the codes of which a recognition will do, and whether these are all of them."""
    whole = run.keten.opleidingen is not None and run.keten.equivalenten is not None
    opleidingen = run.keten.opleidingen or ()
    found = {opleidingcode}
    for opleiding in opleidingen:
        if opleiding.code == opleidingcode and opleiding.soort != "kwalificatie":
            column = str(opleiding.soort)
            whole = whole and run.has_column("opleidingen", column)
            found = {
                o.code
                for o in opleidingen
                if o.soort == "kwalificatie" and eq(run.cell("opleidingen", o, column), opleidingcode)
            }
    also = {e.equivalent for e in run.keten.equivalenten or () if e.opleidingcode in found}
    return found | also, whole


def dekking(run: Run, bpvo: Bpvo) -> Coverage | None:
    """Give the union of the days of the recognitions for any of the codes; None when missing."""
    erkenningen = erkenningen_of(run, content(run, bpvo, "leerbedrijf_id"))
    opleidingcode = content(run, bpvo, "opleidingcode")
    if erkenningen is None or is_missing(opleidingcode) or not has_last_days(run):
        return None
    which, whole = codes(run, opleidingcode)

    def covered(day: date) -> Truth:
        if any(e.opleidingcode in which and covers(e, day) for e in erkenningen):
            return True
        return False if whole else None

    return covered


def dekking_elke(run: Run, bpvo: Bpvo) -> Coverage | None:
    """Give the union of the days of the recognitions for any code at all; None when missing."""
    erkenningen = erkenningen_of(run, content(run, bpvo, "leerbedrijf_id"))
    if erkenningen is None or not has_last_days(run):
        return None
    return lambda day: any(covers(e, day) for e in erkenningen)


def in_dekking(day: Any, coverage: Coverage | None) -> Truth:
    """Say whether a day is in the coverage."""
    return None if is_missing(day) or coverage is None else coverage(day)


def gedekt(coverage: Coverage | None, van: Any, tot_en_met: Any) -> Truth:
    """Say whether every day of the closed period is in the coverage."""
    if coverage is None or is_missing(van) or is_missing(tot_en_met) or tot_en_met < van:
        return None
    return and_(*(coverage(day) for day in days(van, tot_en_met)))


def until_P(run: Run, bpvo: Bpvo) -> Any:  # noqa: N802 - P is the name that the text gives it
    """``min(einde, P)``; missing when *einde* is."""
    last = einde(run, bpvo)
    return last if is_missing(last) else min(last, run.P)


def in_register(run: Run, bpvo: Bpvo) -> Truth:
    """In leerbedrijven as known on K, or with an erkenning known on K."""
    leerbedrijf_id = content(run, bpvo, "leerbedrijf_id")
    if is_missing(leerbedrijf_id):
        return None
    erkenningen = erkenningen_of(run, leerbedrijf_id)
    listed = (
        None
        if run.keten.leerbedrijven is None
        else any(b.leerbedrijf_id == leerbedrijf_id and known_on_K(run, b) for b in run.keten.leerbedrijven)
    )
    return or_(listed, None if erkenningen is None else bool(erkenningen))


def inschrijvingsperiode(run: Run, bpvo: Bpvo) -> Any:
    """Of the same inschrijving, the one with the latest ``begindatum`` on or before that of the BPVO."""
    begindatum = content(run, bpvo, "begindatum")
    if run.keten.inschrijvingsperiodes is None or begindatum is UNSEEN:
        return UNSEEN
    if begindatum is None:
        return None
    before = [
        p
        for p in run.keten.inschrijvingsperiodes
        if (p.brin, p.student, p.inschrijvingvolgnummer)
        == (bpvo.content.brin, bpvo.content.student, bpvo.content.inschrijvingvolgnummer)
        and p.begindatum <= begindatum
    ]
    return max(before, key=lambda p: p.begindatum, default=None)


def of_inschrijving(run: Run, bpvo: Bpvo, column: str) -> Any:
    """Read ``leerweg``, ``niveau`` or ``opleidingcode`` of the inschrijvingsperiode."""
    periode = inschrijvingsperiode(run, bpvo)
    return periode if is_missing(periode) else run.cell("inschrijvingsperiodes", periode, column)


def receipt(run: Run, bpvo: Bpvo, column: str) -> Any:
    """Give the earliest day on or before K of this column over the current life."""
    if not run.has_column("uitwisselingen", column):
        return UNSEEN
    received = [getattr(u, column) for u in bpvo.receipts]
    return min((day for day in received if day is not None and day <= run.K), default=None)


def afsluitdatum_aanlevering(run: Run, bpvo: Bpvo) -> Any:
    """The ``afsluitdatum`` in the first delivery of the current life, or of the content when there is none."""
    first = min(bpvo.receipts, key=lambda u: u.volgorde, default=bpvo.content)
    return run.cell("uitwisselingen", first, "afsluitdatum")


def domein(run: Run, bpvo: Bpvo) -> str | None:
    """Give the domein, ``geen`` or ``onbekend``; None when the reference was not looked up."""
    basis = grondslag(run, bpvo)
    if basis is UNSEEN or run.keten.opleidingen is None:
        return None
    code = of_inschrijving(run, bpvo, "opleidingcode") if basis == "keuzedeel" else content(run, bpvo, "opleidingcode")
    if code is UNSEEN:
        return None
    for opleiding in run.keten.opleidingen:
        if opleiding.code == code:
            if opleiding.soort == "domein":
                return str(code)
            found = run.cell("opleidingen", opleiding, "domein")
            return None if found is UNSEEN else str(found or "geen")
    return "onbekend"


# --- Terms ------------------------------------------------------------------------------------


WERKDAGEN: Final = {"termijn_besluit": 10, "termijn_kennisgeving": 20}
DAGEN: Final = {"termijn_aanlevering": 7, "termijn_terugkoppeling": 14, "speling_na_aanvang": None}


def norm(run: Run, name: str, default: object) -> Any:
    """Give the value of the caller, or else the default."""
    return run.norms.get(name, default)


def limit(run: Run, start: Any, name: str) -> Any:
    """Give the last day in time of a term; missing when its start is, or when no value is in force then."""
    if is_missing(start) or (name in WERKDAGEN and name not in run.norms and start < REGLEMENT_FROM):
        return None
    if name in WERKDAGEN:
        return after_werkdagen(start, norm(run, name, WERKDAGEN[name]))
    if name == "termijn_doorlevering":
        return after_months(start, norm(run, name, 1))
    return start + timedelta(days=norm(run, name, DAGEN[name]))


def on_time(run: Run, event: Any, last: Any) -> Truth:
    """Something that must happen on or before a day; an event after K is not known on K."""
    if is_missing(last) or event is UNSEEN:
        return None
    if event is not None and event <= run.K:
        return bool(event <= last)
    return False if last <= run.K else None


# --- The Stagefonds list ----------------------------------------------------------------------


def rows_in_force(begindatum: date) -> tuple[dict[str, str], ...]:
    """Give the list in force on a day; before the first list there is none."""
    return STAGEFONDS if begindatum >= STAGEFONDS_FROM else ()


def in_list(run: Run, bpvo: Bpvo) -> Truth:
    """``opleidingcode`` is in the Stagefonds list in force on ``begindatum``."""
    begindatum, code = content(run, bpvo, "begindatum"), content(run, bpvo, "opleidingcode")
    if is_missing(begindatum):
        return None
    if not rows_in_force(begindatum):
        return False
    return None if is_missing(code) else any(row["opleidingcode"] == code for row in rows_in_force(begindatum))


def fitting_rows(run: Run, bpvo: Bpvo) -> list[dict[str, str]] | None:
    """Give the lines of the list for this leerweg and code; None when one of these is missing."""
    begindatum, code = content(run, bpvo, "begindatum"), content(run, bpvo, "opleidingcode")
    leerweg = of_inschrijving(run, bpvo, "leerweg")
    if is_missing(begindatum) or is_missing(code) or is_missing(leerweg):
        return None
    return [r for r in rows_in_force(begindatum) if r["leerweg"] == leerweg and r["opleidingcode"] == code]


def one_category(run: Run, bpvo: Bpvo) -> Truth:
    """Exactly one category fits; the niveau is needed where leerweg and code leave more than one."""
    rows = fitting_rows(run, bpvo)
    if rows is None:
        return None
    if len({r["categorie"] for r in rows}) > 1:
        niveau = of_inschrijving(run, bpvo, "niveau")
        if is_missing(niveau):
            return None
        rows = [r for r in rows if r["niveau"] == str(niveau)]
    return len({r["categorie"] for r in rows}) == 1


def second_codes(code: str) -> set[str]:
    """Give the codes of which one must be recognised beside this one."""

    def listed(*niveaus: str) -> set[str]:
        return {r["opleidingcode"] for r in STAGEFONDS if r["niveau"] in niveaus} - {code}

    return {
        "23189": {"25498", "92640"},
        "23110": {"25251"} | listed("2", "3", "4"),
        "26007": listed("2", "3", "4"),
        "26002": listed("4"),
    }[code]


def second_recognition(run: Run, bpvo: Bpvo) -> Truth:
    """On ``begindatum`` the leerbedrijf is also recognised for one of the other codes."""
    erkenningen = erkenningen_of(run, content(run, bpvo, "leerbedrijf_id"))
    begindatum, code = content(run, bpvo, "begindatum"), content(run, bpvo, "opleidingcode")
    if erkenningen is None or is_missing(begindatum) or code not in SECOND or not has_last_days(run):
        return None
    return any(e.opleidingcode in second_codes(code) and covers(e, begindatum) for e in erkenningen)


SECOND = ("23189", "23110", "26007", "26002")


# --- Other facts -----------------------------------------------------------------------------


def keuzedeel_geldig(run: Run, bpvo: Bpvo) -> Truth:
    """The code is in keuzedelen and ``begindatum`` lies in its validity; an empty bound is open."""
    code, begindatum = content(run, bpvo, "keuzedeelcode"), content(run, bpvo, "begindatum")
    if run.keten.keuzedelen is None or is_missing(code):
        return None
    return any_(
        and_(
            run.cell("keuzedelen", k, "geldig_van") is None or le(run.cell("keuzedelen", k, "geldig_van"), begindatum),
            run.cell("keuzedelen", k, "geldig_tot_en_met") is None
            or le(begindatum, run.cell("keuzedelen", k, "geldig_tot_en_met")),
        )
        for k in run.keten.keuzedelen
        if k.code == code
    )


def in_window(venster: str, moment: Any) -> bool:
    """``ma-vr 08:00-18:00, za 09:00-13:00``: the first minute counts, the last one does not; by the Dutch clock."""
    if venster == "altijd":
        return True
    here = moment.astimezone(AMSTERDAM)
    clock = here.hour * 60 + here.minute
    for part in venster.split(","):
        days, hours = part.split()
        first, _, last = days.partition("-")
        week = ("ma", "di", "wo", "do", "vr", "za", "zo")
        start, end = (int(h) * 60 + int(m) for h, m in (hour.split(":") for hour in hours.split("-")))
        if week.index(first) <= here.weekday() <= week.index(last or first) and start <= clock < end:
            return True
    return False


def in_onderhoud(run: Run, meting: Any) -> Truth:
    """Maintenance of this function or of all, that was announced before its day, goes on at the moment."""
    if run.keten.white_label_onderhoud is None or not run.has_column("white_label_onderhoud", "functie"):
        return None
    return any(
        o.functie in (None, meting.functie)
        and o.van <= meting.tijdstip < o.tot
        and o.aangekondigd_op < o.van.astimezone(AMSTERDAM).date()
        for o in run.keten.white_label_onderhoud
    )
