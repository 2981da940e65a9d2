"""Tables of withheld cells, for the searches of the audit."""

from collections.abc import Mapping, Sequence

from bpvo_rules.foto.audit.attack import Place
from bpvo_rules.foto.audit.cycles import COUNTRY, DOMEIN, SCHOOL
from bpvo_rules.foto.audit.room import Room, Step
from bpvo_rules.foto.audit.solver import Model

SCHOOLS = ("10AA", "11AA", "12AA")
DOMEINEN = ("79000", "79010", "79020")
Cells = dict[Place, int]


def table(
    world: Sequence[int], *, schools: int, domeinen: int, withheld: Sequence[str] = (), shown: Sequence[Place] = ()
) -> tuple[Room, Cells, dict[int, int]]:
    """Make a table of withheld cells with shown margins, but for those that are named."""
    model = Model()
    cells = {(s, d): model.column() for s in SCHOOLS[:schools] for d in DOMEINEN[:domeinen]}
    value = dict(zip(cells.values(), world, strict=True))
    sides: dict[int, int] = {}
    margins = [(s, SCHOOL, [c for (i, _), c in cells.items() if i == s]) for s in SCHOOLS[:schools]]
    margins += [(d, DOMEIN, [c for (_, i), c in cells.items() if i == d]) for d in DOMEINEN[:domeinen]]
    margins += [("land", COUNTRY, list(cells.values()))]
    for name, side, columns in margins:
        if name not in withheld:
            total = sum(value[column] for column in columns)
            sides[model.row(columns, total, total)] = side
    for cell in shown:
        model.row([cells[cell]], value[cells[cell]], value[cells[cell]])
    return Room(model, world), cells, sides


def fits(change: Mapping[int, int], world: Sequence[int], cells: Cells, withheld: Sequence[str]) -> bool:
    """Whether no count falls below 0 and no margin that is shown comes to another sum."""
    margins = {name: 0 for cell in cells for name in (*cell, "land")}
    for cell, column in cells.items():
        for name in (*cell, "land"):
            margins[name] += change.get(column, 0)
    shown = [total for name, total in margins.items() if name not in withheld]
    return not any(shown) and all(at + change.get(column, 0) >= 0 for column, at in enumerate(world))


def single(cells: Cells) -> list[tuple[Place, Step]]:
    return [(cell, ((column, 1),)) for cell, column in cells.items()]
