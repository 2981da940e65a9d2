"""
What an attacker can set up from fotos: one system of equations per question.

Unknown are the counts per cell and per part of the calendar that no window
splits: *voldoet_niet*, *voldoet*, *niet_te_bepalen*, and per rule the number not
met. Every count in a foto is a sum of these; every published number is a row: an
exact one an equation, a rounded one a class, a withheld one nothing. Who fails a
deciding rule fails the question, and who fails the question fails one of them.
What is not in a foto is 0; what is in it need not be more, because a cell is also
listed for subjects that the question is not about.

Fotos with the same days are taken to have the same counts, which gives the
attacker the most; only a count that was revised between two fotos is free. A
foto by itself is a weaker attack: each world of all fotos holds a world of each.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import inf
from typing import Final

from bpvo_rules.foto.audit.solver import Model
from bpvo_rules.foto.foto import Foto, Getal, Plaats
from bpvo_rules.foto.zegel import Waar, WareCel, WareRegel, Zegel

__all__ = [
    "BASIS",
    "FOUT",
    "GOED",
    "LAND",
    "ONBEKEND",
    "Attack",
    "Number",
    "Place",
    "Truth",
    "is_cell",
    "numbers",
    "true_counts",
]

Place = tuple[str, str]
"""Instelling and domein, as in the foto."""
Number = tuple[int, Place, str]
"""Foto (by its place among the fotos), cell or margin, and kind of count."""
Segment = tuple[date, date]
"""Days after the first, up to and including the second."""

FOUT: Final = "voldoet_niet"
GOED: Final = "voldoet"
BASIS: Final = "beslist"
ONBEKEND: Final = "niet_te_bepalen"

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {BASIS: (FOUT, GOED)}
_OUTCOMES: Final = (FOUT, GOED, ONBEKEND)
_ALLE: Final = str(Plaats.ALLE)
LAND: Final = (_ALLE, _ALLE)


def is_cell(place: Place) -> bool:
    """Whether a place is a cell; otherwise it is a margin."""
    return _ALLE not in place


def numbers(foto: Foto, vraag: str) -> dict[tuple[Place, str], Getal]:
    """Give every number in a foto about one question, by place and kind."""
    found: dict[tuple[Place, str], Getal] = {}
    for cel in (*foto.cellen, *foto.marges):
        if cel.vraag == vraag:
            place = (str(cel.instelling), str(cel.domein))
            found[place, FOUT] = cel.voldoet_niet.subjects
            found[place, BASIS] = cel.beslist.subjects
            found[place, ONBEKEND] = cel.niet_te_bepalen.subjects
    for regel in foto.regels:
        if regel.vraag == vraag:
            found[(str(regel.instelling), str(regel.domein)), str(regel.regel)] = regel.voldoet_niet
    return found


def true_counts(zegel: Zegel, vraag: str) -> Iterator[tuple[Place, str, date, Waar, WareCel | WareRegel]]:
    """Give every true count of a question: place, kind, first day (exclusive), count, and the record it is from."""
    for cel in (*zegel.cellen, *zegel.marges):
        if cel.vraag == vraag:
            place = (str(cel.instelling), str(cel.domein))
            yield place, FOUT, cel.na, cel.voldoet_niet, cel
            yield place, GOED, cel.na, cel.voldoet, cel
            yield place, BASIS, cel.na, cel.beslist, cel
            yield place, ONBEKEND, cel.na, cel.niet_te_bepalen, cel
    for regel in zegel.regels:
        if regel.vraag == vraag:
            place = (str(regel.instelling), str(regel.domein))
            yield place, str(regel.regel), regel.na, regel.voldoet_niet, regel


class Truth:
    """The true numbers of subjects of one question behind some fotos, by parts of the calendar."""

    def __init__(self, zegels: Sequence[Zegel], vraag: str) -> None:
        self._counts = [
            {(place, kind, na): count.subjects for place, kind, na, count, _ in true_counts(zegel, vraag)}
            for zegel in zegels
        ]
        self._days = [frozenset(zegel.delen) | {zegel.peildatum} for zegel in zegels]
        self._zegels = zegels
        self._newest: dict[Segment, int] = {}

    def newest(self, segment: Segment) -> int:
        """Give the newest foto whose zegel was cut on both days, by its number."""
        if segment not in self._newest:
            self._newest[segment] = max(at for at, days in enumerate(self._days) if set(segment) <= days)
        return self._newest[segment]

    def part(self, segment: Segment, place: Place, kind: str) -> int:
        """Give a count between two days, by the newest zegel that was cut on both."""
        counts = self._counts[self.newest(segment)]
        return counts.get((place, kind, segment[0]), 0) - counts.get((place, kind, segment[1]), 0)

    def whole(self, foto: int, place: Place, kind: str) -> int:
        """Give a count over the window of a foto."""
        return self._counts[foto].get((place, kind, self._zegels[foto].na), 0)

    def deciding(self, foto: int) -> frozenset[str]:
        """Give the rules that decided the question in a foto."""
        return frozenset(self._zegels[foto].beslissend)

    def counted(self) -> list[tuple[Place, str]]:
        """Give every cell with every kind that was ever counted in it, sorted."""
        return sorted(
            {(place, kind) for counts in self._counts for place, kind, _ in counts if kind != BASIS and is_cell(place)}
        )


class Attack:
    """
    The system of one question over fotos.

    Attributes:
        fotos: The fotos, in the order that numbers refer to.
        numbers: Per foto every number about the question.
        rules: The rules that some foto has a number about.
        cells: Per foto the cells in it.
        deciding: The rules that decided the question in some foto.
        revised: The counts per foto that are free, because another foto counts them otherwise over the same days.
        rows: Per published number its row.

    """

    def __init__(
        self,
        fotos: Sequence[Foto],
        vraag: str,
        *,
        truth: Truth,
        days: Collection[date] = (),
        making: int | None = None,
        overlap: bool = False,
    ) -> None:
        """
        Set up the system.

        Args:
            fotos: Every foto that the attacker has.
            vraag: The question.
            truth: Tells which rules decided, and which counts were revised between fotos.
            days: More days on which the calendar is cut, for questions about a part of a window.
            making: The foto that is being made, whose numbers can still be withheld.
            overlap: Take every count to be the same in all fotos, although some were revised. The true
                world then need not be one that fits.

        """
        self.fotos: tuple[Foto, ...] = tuple(fotos)
        self._making = making
        self._truth = truth
        self.model: Model = Model()
        self.rows: dict[Number, int] = {}
        self.numbers: list[dict[tuple[Place, str], Getal]] = [numbers(foto, vraag) for foto in self.fotos]
        self._told = [frozenset(kind for _, kind in found) for found in self.numbers]
        self.rules: list[str] = sorted({kind for told in self._told for kind in told} - {FOUT, BASIS, ONBEKEND})
        self.cells: list[list[Place]] = [
            sorted({place for place, _ in found if is_cell(place)}) for found in self.numbers
        ]
        ends = sorted({day for foto in self.fotos for day in (foto.na, foto.peildatum)} | set(days))
        self.segments: list[tuple[tuple[date, date], list[int]]] = [
            (segment, inside)
            for segment in pairwise(ends)
            if (inside := [p for p, f in enumerate(self.fotos) if f.na <= segment[0] and segment[1] <= f.peildatum])
        ]
        self._columns: dict[tuple[Place, str], list[tuple[Segment, int]]] = defaultdict(list)
        self._free: dict[Number, int] = {}
        self.deciding: frozenset[str] = frozenset(rule for at in range(len(self.fotos)) for rule in self._deciding(at))
        self._add_columns()
        self.revised: frozenset[Number] = frozenset(self._revised())
        # Who sees that some count of a cell was revised cannot know that *voldoet* was not.
        self.revised |= {(foto, cell, GOED) for foto, cell, kind in self.revised if kind == FOUT}
        for number in () if overlap else sorted(self.revised):
            self._free[number] = self.model.column(-inf, inf)
        self._members = self._areas()
        self._cache: dict[tuple[int, Place, str, date], tuple[int, ...]] = {}
        self._add_rows()

    # ---- building

    def _is_zero(self, foto: int, cell: Place, kind: str) -> bool:
        """Whether a foto says that nothing in a cell is of a kind."""
        if kind in self.rules:
            if kind not in self._told[foto]:
                return False
            around = ((cell[0], _ALLE), (_ALLE, cell[1]), LAND)
            if any(self._shows_none(foto, place, kind) for place in around):
                return True
            return kind in self._truth.deciding(foto) and self._is_zero(foto, cell, FOUT)
        number = self.numbers[foto].get((cell, BASIS if kind == GOED else kind))
        return number is None or self._shows_none(foto, cell, BASIS if kind == GOED else kind)

    def _shows_none(self, foto: int, place: Place, kind: str) -> bool:
        number = self.numbers[foto].get((place, kind))
        # A number that is still to be made can be withheld.
        return number is not None and number.most == 0 and foto != self._making

    def _add_columns(self) -> None:
        for segment, inside in self.segments:
            listed = sorted(set.intersection(*(set(self.cells[p]) for p in inside)))
            for cell in listed:
                for kind in (*_OUTCOMES, *self.rules):
                    if not any(self._is_zero(p, cell, kind) for p in inside):
                        self._columns[cell, kind].append((segment, self.model.column()))

    def _revised(self) -> Iterator[Number]:
        if len(self.fotos) == 1:
            return
        counted = [(place, kind) for place, kind in self._truth.counted() if kind in _OUTCOMES or kind in self.rules]
        for at, foto in enumerate(self.fotos):
            for place, kind in counted:
                if kind in self.rules and kind not in self._told[at]:
                    continue
                parts = (
                    self._truth.part(segment, place, kind)
                    for segment, _ in self._columns.get((place, kind), ())
                    if foto.na <= segment[0] and segment[1] <= foto.peildatum
                )
                if sum(parts) != self._truth.whole(at, place, kind):
                    yield at, place, kind

    def _areas(self) -> dict[tuple[Place, str], list[Place]]:
        found: dict[tuple[Place, str], set[Place]] = defaultdict(set)
        for cell, kind in (*self._columns, *((number[1], number[2]) for number in self._free)):
            for place in (cell, (cell[0], _ALLE), (_ALLE, cell[1]), LAND):
                found[place, kind].add(cell)
        return {key: sorted(cells) for key, cells in found.items()}

    def columns(self, foto: int, place: Place, kind: str, na: date | None = None) -> tuple[int, ...]:
        """Give the columns of which a count is the sum; ``na``: only the part of the window after this day."""
        whole = self.fotos[foto].na
        start = whole if na is None else na
        key = (foto, place, kind, start)
        if key not in self._cache:
            self._cache[key] = tuple(
                column
                for part in _PARTS.get(kind, (kind,))
                for cell in self._members.get((place, part), ())
                for column in self._cell(foto, cell, part, start)
            )
        return self._cache[key]

    def _cell(self, foto: int, cell: Place, kind: str, start: date) -> Iterator[int]:
        for segment, column in self._columns.get((cell, kind), ()):
            if start <= segment[0] and segment[1] <= self.fotos[foto].peildatum:
                yield column
        if start == self.fotos[foto].na and (foto, cell, kind) in self._free:
            yield self._free[foto, cell, kind]

    def _add_rows(self) -> None:
        self._link()
        for foto, cell, kind in sorted(self._free):
            self.model.row(self.columns(foto, cell, kind), 0)
        for foto, found in enumerate(self.numbers):
            for (place, kind), number in found.items():
                if number.waarde is not None:
                    columns = self.columns(foto, place, kind)
                    if columns or number.least:
                        most = inf if number.most is None else number.most
                        self.rows[foto, place, kind] = self.model.row(columns, number.least, most)

    def _link(self) -> None:
        """Who fails a deciding rule fails the question, and who fails the question fails one of them."""
        at = {
            (cell, kind, segment): column for (cell, kind), parts in self._columns.items() for segment, column in parts
        }
        for segment, _ in self.segments:
            newest = self._truth.newest(segment)
            deciding = self._deciding(newest)
            for cell in self.cells[newest] if deciding else ():
                if any(
                    (cell, kind, segment) not in at and self._truth.part(segment, cell, kind)
                    for kind in (FOUT, *deciding)
                ):
                    # Another foto counted none of it before it was revised; what binds is the count of each foto.
                    continue
                failed = at.get((cell, FOUT, segment))
                per_rule = [c for rule in deciding if (c := at.get((cell, rule, segment))) is not None]
                self._bind([] if failed is None else [failed], [[column] for column in per_rule])
        for foto, cell in sorted({number[:2] for number in self._free} | set(self._otherwise_decided())):
            # A count that was revised is not the sum of its parts, but it is still one count.
            if deciding := self._deciding(foto):
                per_rule_here = [self.columns(foto, cell, rule) for rule in deciding]
                self._bind(self.columns(foto, cell, FOUT), [columns for columns in per_rule_here if columns])

    def _otherwise_decided(self) -> Iterator[tuple[int, Place]]:
        """Give the cells of fotos in which other rules decided than in the newest one with the same days."""
        for segment, inside in self.segments:
            deciding = self._deciding(self._truth.newest(segment))
            for foto in inside:
                if self._deciding(foto) != deciding:
                    yield from ((foto, cell) for cell in self.cells[foto])

    def _deciding(self, foto: int) -> list[str]:
        return [rule for rule in self.rules if rule in self._truth.deciding(foto) and rule in self._told[foto]]

    def _bind(self, failed: Sequence[int], per_rule: Sequence[Sequence[int]]) -> None:
        for columns in per_rule:
            self.model.row(failed, 0, extra=dict.fromkeys(columns, -1.0))
        if failed:
            self.model.row([c for columns in per_rule for c in columns], 0, extra=dict.fromkeys(failed, -1.0))

    # ---- reading

    def places(self) -> Iterator[tuple[Place, str, Segment | None, int]]:
        """Give every column that is a count, with its cell, kind and part of the calendar; ``None`` when free."""
        for (cell, kind), parts in self._columns.items():
            for segment, column in parts:
                yield cell, kind, segment, column
        for (_, cell, kind), column in self._free.items():
            yield cell, kind, None, column

    def world(self) -> list[int]:
        """Give the true world, column by column."""
        found = [0] * len(self.model.lower)
        for (cell, kind), parts in self._columns.items():
            for segment, column in parts:
                found[column] = self._truth.part(segment, cell, kind)
        for (foto, cell, kind), column in self._free.items():
            rest = sum(found[c] for c in self.columns(foto, cell, kind) if c != column)
            found[column] = self._truth.whole(foto, cell, kind) - rest
        return found
