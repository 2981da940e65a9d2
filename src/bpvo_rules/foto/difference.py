"""
Why two fotos differ, for who has the records: the change split by cause, adding up exactly.

Between the old and the new judgement lie counterfactual ones, in a fixed order.
Each takes over one more thing from the new side, so what a cause adds is the
difference between two neighbours, and all of them together are the whole
difference whatever the order. The order decides who gets the credit where two
causes are needed together: the later one.

1. ``kennis``: the old day judged with what is now handed over about it. Rows
   that were known by then according to the new tables and were not in the old
   ones, or the other way around; also reference data and inschrijvingen, which
   carry no day of becoming known.
2. ``normen``: the same with the norms and rules of the new judgement.
3. ``venster``: the new day, with nothing learned since the old one.
4. ``register``: with the leerbedrijven and erkenningen of the new day.
5. ``gewijzigd``: with what was delivered, answered or decided since about what
   existed on the old day, and with maintenance announced since.
6. ``nieuw``: with what did not exist on the old day. That is the new judgement.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.foto.foto import Cel, Domein, Foto, Plaats, Policy, Vraagcode
from bpvo_rules.foto.take import aggregate
from bpvo_rules.judge.judge import Judge
from bpvo_rules.judge.judgement import Judgement
from bpvo_rules.judge.settings import Settings
from bpvo_rules.keten import Keten, Stand
from bpvo_rules.model import Erkenningsaanvraag, Uitwisseling
from bpvo_rules.periode.tijd import dag_van
from bpvo_rules.questions import QUESTIONS

__all__ = ["Deel", "Oorzaak", "explain_difference"]

OUTCOMES: Final = ("voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing")
_ORDER: Final = {question.code: at for at, question in enumerate(QUESTIONS)}
_REGISTER: Final = ("leerbedrijven", "erkenningen")


@final
class Oorzaak(StrEnum):
    """Why a count changed, in the order in which causes are applied."""

    KENNIS = "kennis"
    NORMEN = "normen"
    VENSTER = "venster"
    REGISTER = "register"
    GEWIJZIGD = "gewijzigd"
    NIEUW = "nieuw"


@final
@attrs.frozen(kw_only=True)
class Deel:
    """
    How the number of subjects with one outcome changed, in one cell or margin.

    Attributes:
        vraag: The question.
        instelling: As in :class:`bpvo_rules.foto.Cel`.
        domein: As in :class:`bpvo_rules.foto.Cel`.
        uitkomst: *voldoet*, *voldoet_niet*, *niet_te_bepalen* or *niet_van_toepassing*.
        oud: Number of subjects in the old foto.
        nieuw: Number in the new one.
        oorzaken: What each cause added, every cause in its order; together ``nieuw - oud``.

    """

    vraag: Vraagcode
    instelling: Brin | Plaats
    domein: Domein | Plaats
    uitkomst: str
    oud: int
    nieuw: int
    oorzaken: Mapping[Oorzaak, int]


# ---- a keten as it was known


def _since(row: Any, day: date, *names: str) -> dict[str, None]:
    """Give those of its days that had not come yet, to be made empty."""
    return {name: None for name in names if (found := getattr(row, name)) is not None and found > day}


class _Then:
    """The tables of a keten as they were known on a day, to be judged on a later one."""

    def __init__(self, keten: Keten, day: date) -> None:
        self._keten = keten
        self._day = day
        self._stand = Stand(keten=keten, kennisdatum=day)

    def levering(self, row: Uitwisseling) -> Uitwisseling:
        """Give a delivery without what became of it later."""
        changes: dict[str, Any] = _since(row, self._day, "teruggekoppeld_op", "ontvangen_sbb_op")
        if "teruggekoppeld_op" in changes:
            changes["uitkomst"] = None
        return attrs.evolve(row, **changes) if changes else row

    def aanvraag(self, row: Erkenningsaanvraag) -> Erkenningsaanvraag:
        """Give a request without what was done with it later."""
        changes: dict[str, Any] = _since(
            row, self._day, "besluit_op", "kennisgeving_op", "overschrijding_gemotiveerd_op"
        )
        if "besluit_op" in changes:
            changes["besluit"] = None
        return attrs.evolve(row, **changes) if changes else row

    def register(self, table: str) -> tuple[Any, ...] | None:
        """Give the rows of the register that were known, as if nothing was learned of them later."""
        rows, day = self._keten.table(table), self._day
        if rows is None:
            return None
        return tuple(
            row if row.bekend_tot is None else attrs.evolve(row, bekend_tot=None)
            for row in rows
            if (row.bekend_vanaf is None or row.bekend_vanaf <= day)
            and (row.bekend_tot is None or day < row.bekend_tot)
        )

    def tables(self, *, register: bool, changes: bool) -> dict[str, Any]:
        """
        Give the tables.

        Args:
            register: Whether the register was closed as well.
            changes: Whether what existed already may still change; what did not exist stays out.

        """
        day, keten, stand = self._day, self._keten, self._stand
        leveringen, aanvragen = stand.uitwisselingen, stand.erkenningsaanvragen
        if changes:
            present = {_bpvo(bpvo) for bpvo in stand.bpvos}
            known = set(map(id, leveringen))
            later = [row for row in keten.uitwisselingen or () if id(row) not in known and _bpvo(row) in present]
            kept = [row if _bpvo(row) in present else self.levering(row) for row in leveringen]
            found: dict[str, Any] = {"uitwisselingen": [*kept, *later], "erkenningsaanvragen": aanvragen}
        else:
            onderhoud = [row for row in keten.white_label_onderhoud or () if row.aangekondigd_op <= day]
            found = {
                "uitwisselingen": [self.levering(row) for row in leveringen],
                "erkenningsaanvragen": [self.aanvraag(row) for row in aanvragen],
                "white_label_onderhoud": onderhoud,
            }
        metingen = keten.white_label_metingen or ()
        found["white_label_metingen"] = [row for row in metingen if dag_van(row.tijdstip) <= day]
        if register:
            found |= {table: self.register(table) for table in _REGISTER}
        return {table: rows for table, rows in found.items() if keten.table(table) is not None}


def _bpvo(row: Any) -> tuple[str, ...]:
    return row.brin, row.student, row.inschrijvingvolgnummer, row.volgnummer


# ---- counting


Place = tuple[int, str, str]


def _cels(foto: Foto) -> dict[Place, Cel]:
    return {(_ORDER[cel.vraag], str(cel.instelling), str(cel.domein)): cel for cel in (*foto.cellen, *foto.marges)}


def _count(cels: Mapping[Place, Cel], place: Place, outcome: str) -> int:
    cel = cels.get(place)
    # True counts are always there: these fotos are never given to anyone.
    return 0 if cel is None else getattr(cel, outcome).subjects.waarde


def _judged(settings: Settings, keten: Keten, day: date) -> dict[Place, Cel]:
    return _cels(aggregate(Judge(settings).keten(keten, peildatum=day), policy=Policy.NIVEAU))


def _steps(old: Judgement, new: Judgement) -> Iterator[dict[Place, Cel]]:
    """Give the counts of the old judgement, and those with each cause added, in their order."""
    before, after, keten = old.peildatum, new.peildatum, new.keten
    then = _Then(keten, before)
    yield _cels(aggregate(old, policy=Policy.NIVEAU))
    yield _judged(old.settings, keten, before)
    yield _judged(new.settings, keten, before)
    yield _judged(new.settings, keten.with_tables(then.tables(register=True, changes=False)), after)
    yield _judged(new.settings, keten.with_tables(then.tables(register=False, changes=False)), after)
    yield _judged(new.settings, keten.with_tables(then.tables(register=False, changes=True)), after)
    yield _cels(aggregate(new, policy=Policy.NIVEAU))


def explain_difference(old: Judgement, new: Judgement) -> tuple[Deel, ...]:
    """
    Split the difference between two fotos by cause.

    True counts, for those who have the records; never to be passed on. Seven
    judgements are made or used, so this takes as long as five of them.

    Args:
        old: The judgement behind the old foto: in perspectief keten, with the kennisdatum equal to
            the peildatum.
        new: The same for the new foto, not of an earlier day.

    Returns:
        A part per question, cell or margin, and outcome of which a cause changed the number; also
        when causes cancel each other out. By question, place and outcome.

    Raises:
        ValueError: for another perspectief or kennisdatum, or when the new one is of an earlier day.

    """
    if new.peildatum < old.peildatum:
        raise ValueError("The new judgement is of an earlier day than the old one.")
    steps = list(_steps(old, new))
    places: dict[Place, Cel] = {}
    for step in steps:
        places |= step
    found = []
    for place, cel in sorted(places.items(), key=lambda item: item[0]):
        for outcome in OUTCOMES:
            counts = [_count(step, place, outcome) for step in steps]
            added = {cause: counts[at + 1] - counts[at] for at, cause in enumerate(Oorzaak)}
            if any(added.values()):
                found.append(
                    Deel(
                        vraag=cel.vraag,
                        instelling=cel.instelling,
                        domein=cel.domein,
                        uitkomst=outcome,
                        oud=counts[0],
                        nieuw=counts[-1],
                        oorzaken=added,
                    )
                )
    return tuple(found)
