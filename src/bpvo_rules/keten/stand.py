"""
Stand: the keten as known on a day, in one perspectief.

Nothing learned after the kennisdatum is seen through it: rows that were not
known yet, or no longer, are not there. Indexes are made when first asked for
and serve every judgement on that day; a stand never changes.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Any, TypeVar, final

import attrs

from bpvo_rules.errors import DuplicateKeyError
from bpvo_rules.keten.keten import Keten
from bpvo_rules.model import (
    Bpvo,
    Erkenning,
    Erkenningsaanvraag,
    Functie,
    Inschrijvingsperiode,
    Keuzedeel,
    Opleiding,
    SoortOpleiding,
    SoortUitwisseling,
    Uitkomst,
    Uitwisseling,
    WhiteLabelMeting,
)
from bpvo_rules.periode.tijd import dag_van

__all__ = ["Perspectief", "Stand"]

T = TypeVar("T")
Sleutel = tuple[str, ...]


@final
class Perspectief(StrEnum):
    """Whose view of the deliveries counts."""

    KETEN = "keten"
    INSTELLING = "instelling"


@final
@attrs.frozen(kw_only=True, eq=False, slots=False)
class Stand:
    """
    What exists on a kennisdatum.

    Attributes:
        keten: The tables.
        kennisdatum: The last day whose knowledge counts, inclusive.
        perspectief: ``keten``: what DUO received and did not reject;
            ``instelling``: what the school made, sent or not.

    Raises:
        DuplicateKeyError: from an index over a table that holds a key twice.

    """

    keten: Keten
    kennisdatum: date
    perspectief: Perspectief = attrs.field(default=Perspectief.KETEN, converter=Perspectief)

    # ---- deliveries and BPVO's

    def is_afgekeurd(self, levering: Uitwisseling) -> bool:
        """Say whether it is known on the kennisdatum that DUO rejected a delivery."""
        answered = levering.teruggekoppeld_op
        return (
            levering.uitkomst is Uitkomst.AFGEKEURD
            and answered is not None
            and answered <= self.kennisdatum
            and self._opgezocht("teruggekoppeld_op", "uitkomst")
        )

    def _opgezocht(self, *columns: str) -> bool:
        closed = self.keten.niet_opgezocht
        return not closed or not any(("uitwisselingen", column) in closed for column in columns)

    def _arisen(self, levering: Uitwisseling) -> bool:
        day = levering.ontstaan_op
        if day is None and levering.soort is SoortUitwisseling.TOEVOEGING:
            day = levering.afsluitdatum
        return day is None or day <= self.kennisdatum

    @cached_property
    def uitwisselingen(self) -> tuple[Uitwisseling, ...]:
        """
        The deliveries known on the kennisdatum: those that DUO had received by then.

        All of them when the day of receipt was not looked up, for then none is
        known to be later.
        """
        rows = self.keten.uitwisselingen or ()
        if not self._opgezocht("ontvangen_duo_op"):
            return tuple(rows)
        known = self.kennisdatum
        found = tuple(r for r in rows if r.ontvangen_duo_op is not None and r.ontvangen_duo_op <= known)
        if self.perspectief is Perspectief.INSTELLING:
            # In perspectief keten the BPVO's are made of these same rows, and their keys are seen there.
            _per_bpvo(found)
        return found

    @cached_property
    def bpvos(self) -> tuple[Bpvo, ...]:
        """The BPVO's that exist, each with its content and the deliveries of its current life."""
        if self.perspectief is Perspectief.INSTELLING:
            counting: Iterable[Uitwisseling] = filter(self._arisen, self.keten.uitwisselingen or ())
        else:
            counting = self.uitwisselingen
        lives = map(self._bpvo, _per_bpvo(counting).values())
        return tuple(bpvo for bpvo in lives if bpvo is not None)

    def _bpvo(self, rows: list[Uitwisseling]) -> Bpvo | None:
        if self.perspectief is Perspectief.KETEN and self._opgezocht("ontvangen_duo_op"):
            rejected = Uitkomst.AFGEKEURD
            rows = [row for row in rows if row.uitkomst is not rejected or not self.is_afgekeurd(row)]
        if not rows or rows[-1].soort is SoortUitwisseling.VERWIJDERING:
            return None
        start = len(rows)
        while start and rows[start - 1].soort is not SoortUitwisseling.VERWIJDERING:
            start -= 1
        # A rejected delivery may count for the content, but it never was the one that arrived.
        life = [row for row in rows[start:] if row.uitkomst is None or not self.is_afgekeurd(row)]
        return Bpvo.van(rows[-1], tuple(life))

    @cached_property
    def bpvos_per_plaats(self) -> Mapping[Sleutel, tuple[Bpvo, ...]]:
        """BPVO's of one student, school, leerbedrijf and opleiding together; only where there are several."""
        grouped: dict[Sleutel, list[Bpvo]] = {}
        for bpvo in self.bpvos:
            if bpvo.leerbedrijf_id is not None and bpvo.opleidingcode is not None:
                key = (bpvo.brin, bpvo.student, bpvo.leerbedrijf_id, bpvo.opleidingcode)
                grouped.setdefault(key, []).append(bpvo)
        return {key: tuple(found) for key, found in grouped.items() if len(found) > 1}

    # ---- inschrijvingen

    @cached_property
    def _periodes(self) -> Mapping[Sleutel, Sequence[Inschrijvingsperiode]]:
        grouped: dict[Sleutel, list[Inschrijvingsperiode]] = {}
        for row in self.keten.inschrijvingsperiodes or ():
            grouped.setdefault((row.brin, row.student, row.inschrijvingvolgnummer), []).append(row)
        for rows in grouped.values():
            rows.sort(key=_begin)
            if any(a.begindatum == b.begindatum for a, b in pairwise(rows)):
                raise DuplicateKeyError("inschrijvingsperiodes")
        return grouped

    def inschrijvingsperiode(self, bpvo: Bpvo | Uitwisseling, dag: date) -> Inschrijvingsperiode | None:
        """Give the period of the same inschrijving that runs on a day; ``None`` when there is none."""
        rows = self._periodes.get((bpvo.brin, bpvo.student, bpvo.inschrijvingvolgnummer), ())
        place = bisect_right(rows, dag, key=_begin)
        return rows[place - 1] if place else None

    # ---- register

    def _known(self, rows: Iterable[T]) -> Iterable[T]:
        day = self.kennisdatum
        for row in rows:
            first, until = row.bekend_vanaf, row.bekend_tot  # type: ignore[attr-defined] # rows of the register
            if (first is None or first <= day) and (until is None or day < until):
                yield row

    @cached_property
    def leerbedrijven(self) -> frozenset[str]:
        """Numbers of the companies in the table leerbedrijven."""
        return frozenset(row.leerbedrijf_id for row in self._known(self.keten.leerbedrijven or ()))

    @cached_property
    def erkenningen(self) -> Mapping[str, Sequence[Erkenning]]:
        """Recognitions per company; a company without any is not in it."""
        grouped: dict[str, list[Erkenning]] = {}
        for row in self._known(self.keten.erkenningen or ()):
            grouped.setdefault(row.leerbedrijf_id, []).append(row)
        return grouped

    # ---- reference data

    @cached_property
    def instellingen(self) -> frozenset[str]:
        """Numbers of the schools in the table instellingen."""
        return frozenset(row.brin for row in self.keten.instellingen or ())

    @cached_property
    def opleidingen(self) -> Mapping[str, Opleiding]:
        """Opleidingen by code."""
        return _unique("opleidingen", ((row.code, row) for row in self.keten.opleidingen or ()))

    @cached_property
    def keuzedelen(self) -> Mapping[str, Keuzedeel]:
        """Keuzedelen by code."""
        return _unique("keuzedelen", ((row.code, row) for row in self.keten.keuzedelen or ()))

    @cached_property
    def _kwalificaties(self) -> Mapping[tuple[SoortOpleiding, str], tuple[str, ...]]:
        grouped: dict[tuple[SoortOpleiding, str], list[str]] = {}
        for row in self.opleidingen.values():
            if row.soort is SoortOpleiding.KWALIFICATIE:
                for soort, code in ((SoortOpleiding.DOSSIER, row.dossier), (SoortOpleiding.DOMEIN, row.domein)):
                    if code is not None:
                        grouped.setdefault((soort, code), []).append(row.code)
        return {key: tuple(codes) for key, codes in grouped.items()}

    @cached_property
    def _equivalenten(self) -> Mapping[str, tuple[str, ...]]:
        grouped: dict[str, list[str]] = {}
        for row in self.keten.equivalenten or ():
            grouped.setdefault(row.opleidingcode, []).append(row.equivalent)
        return {key: tuple(codes) for key, codes in grouped.items()}

    def codes_voor(self, opleidingcode: str) -> tuple[str, ...]:
        """
        Give the codes of which any recognition serves a BPVO on this opleidingcode, sorted.

        For a dossier or domein its kwalificaties, otherwise the code itself;
        plus the equivalenten of each. The record does not say which recognition
        a dossier or domein needs: that any of its kwalificaties will do is an
        assumption.
        """
        row = self.opleidingen.get(opleidingcode)
        if row is None or row.soort is SoortOpleiding.KWALIFICATIE:
            own: tuple[str, ...] = (opleidingcode,)
        else:
            own = self._kwalificaties.get((row.soort, opleidingcode), ())
        also = (code for one in own for code in self._equivalenten.get(one, ()))
        return tuple(sorted({*own, *also}))

    # ---- the other subjects

    @cached_property
    def erkenningsaanvragen(self) -> tuple[Erkenningsaanvraag, ...]:
        """The requests dated on or before the kennisdatum."""
        rows = tuple(row for row in self.keten.erkenningsaanvragen or () if row.dagtekening <= self.kennisdatum)
        _unique("erkenningsaanvragen", ((row.aanvraag_id, row) for row in rows))
        return rows

    @cached_property
    def white_label_metingen(self) -> tuple[WhiteLabelMeting, ...]:
        """The measurements up to the end of the kennisdatum in the Netherlands."""
        metingen = self.keten.white_label_metingen or ()
        rows = tuple(row for row in metingen if dag_van(row.tijdstip) <= self.kennisdatum)
        _unique("white_label_metingen", (((row.functie, row.tijdstip, row.brin), row) for row in rows))
        return rows

    @cached_property
    def _onderhoud(self) -> Mapping[Functie, tuple[list[datetime], list[datetime]]]:
        """Per functie the moments, in UTC, on which announced maintenance starts and ends, apart and sorted."""
        announced = sorted(
            (
                (row.van.astimezone(UTC), row.tot.astimezone(UTC), row.functie)
                for row in self.keten.white_label_onderhoud or ()
                if row.aangekondigd_op < dag_van(row.van) and row.van < row.tot
            ),
            key=itemgetter(0),
        )
        found = {}
        for functie in Functie:
            starts: list[datetime] = []
            ends: list[datetime] = []
            for van, tot, about in announced:
                if about is not None and about is not functie:
                    continue
                if ends and van <= ends[-1]:
                    ends[-1] = max(ends[-1], tot)
                else:
                    starts.append(van)
                    ends.append(tot)
            found[functie] = (starts, ends)
        return found

    def in_onderhoud(self, functie: Functie, tijdstip: datetime) -> bool:
        """
        Say whether a moment lies in maintenance of a functie, or of all, that was announced before its day.

        Maintenance runs from its first moment, inclusive, until its last, exclusive.
        """
        starts, ends = self._onderhoud[functie]
        # Moments with the same offset are compared at once; with others both are worked out every time.
        moment = tijdstip.astimezone(UTC)
        place = bisect_right(starts, moment)
        return place > 0 and moment < ends[place - 1]


def _per_bpvo(rows: Iterable[Uitwisseling]) -> dict[Sleutel, list[Uitwisseling]]:
    """Group deliveries per BPVO, by rising volgorde."""
    grouped: dict[Sleutel, list[Uitwisseling]] = {}
    for row in rows:
        key = (row.brin, row.student, row.inschrijvingvolgnummer, row.volgnummer)
        found = grouped.get(key)
        if found is None:
            grouped[key] = [row]
        else:
            found.append(row)
    for found in grouped.values():
        if len(found) > 1:
            found.sort(key=_volgorde)
            if any(a.volgorde == b.volgorde for a, b in pairwise(found)):
                raise DuplicateKeyError("uitwisselingen")
    return grouped


def _unique(table: str, pairs: Iterable[tuple[Hashable, Any]]) -> dict[Any, Any]:
    """Give rows by their key; two rows with one key are an error."""
    found: dict[Any, Any] = {}
    for key, row in pairs:
        if found.setdefault(key, row) is not row:
            raise DuplicateKeyError(table)
    return found


def _volgorde(row: Uitwisseling) -> int:
    return row.volgorde


def _begin(row: Inschrijvingsperiode) -> date:
    return row.begindatum
