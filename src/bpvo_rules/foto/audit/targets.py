"""Which counts are sensitive, and what an attacker may not find out about them."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf

import attrs

from bpvo_rules.foto.audit.attack import BASIS, GOED, Place, is_cell, true_counts
from bpvo_rules.foto.foto import Drempels
from bpvo_rules.foto.zegel import Waar, WareCel, Zegel

__all__ = ["Target", "drempel", "sensitive", "targets"]


@attrs.frozen
class Target:
    """
    A count of which the attacker must not know too much.

    Attributes:
        foto: Its place among the fotos.
        place: Cell or margin.
        kind: Which count.
        na: The part of the window after this day; the window itself when it is the first day of it. Of a count
            between two fotos: the part of the calendar that starts after it.
        low: The attacker must hold this, or less, for possible.
        high: And this, or more; ``-inf`` when that does not matter.
        either: One of the two is enough: a count that no foto gives may not be known exactly, but may be narrowed.

    """

    foto: int
    place: Place
    kind: str
    na: date
    low: float
    high: float
    either: bool = False


def drempel(kind: str, drempels: Drempels) -> int:
    """Give the threshold for a kind of count: fewer persons than this are sensitive."""
    return drempels.beslist if kind == BASIS else drempels.personen


def sensitive(kind: str, count: Waar, drempels: Drempels, *, basis: int = 0) -> tuple[float, float] | None:
    """
    Say what must stay possible for a count; ``None`` when it is not sensitive.

    Args:
        kind: Which count.
        count: The true count; without persons behind it, it is not sensitive.
        drempels: Of the foto that it is in.
        basis: The true *beslist* with it. When all of these fail, *voldoet* is sensitive at 0:
            who is in the cell is then known to fail.

    """
    if count.personen is None:
        return None
    limit = drempel(kind, drempels)
    if 0 < count.personen < limit:
        return 1, limit - 1
    if kind == GOED and count.subjects == 0 < basis:
        return 0, limit - 1
    return None


def targets(
    zegels: Sequence[Zegel], drempels: Sequence[Drempels], vraag: str, *, parts_of: int | None = None
) -> Iterator[Target]:
    """
    Give every sensitive count of a question.

    Args:
        zegels: The truth behind the fotos, in their order.
        drempels: Of the fotos.
        vraag: The question.
        parts_of: Also what the next fotos will still hold of the window of this foto. When that
            is small, the next foto can only hide it if this one does not prove that it is large.

    """
    for foto, (zegel, limits) in enumerate(zip(zegels, drempels, strict=True)):
        for place, kind, na, count, record in true_counts(zegel, vraag):
            whole = na == zegel.na
            if (not whole and foto != parts_of) or (not isinstance(record, WareCel) and is_cell(place)):
                continue
            basis = record.beslist.subjects if isinstance(record, WareCel) else 0
            need = sensitive(kind, count, limits, basis=basis)
            if need is None:
                continue
            if whole:
                yield Target(foto, place, kind, na, *need)
            elif count.subjects > 1:
                yield Target(foto, place, kind, na, need[0], -inf)
