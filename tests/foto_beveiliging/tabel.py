"""Small tables of counts per quarter, sealed without any record behind them."""

import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from bpvo_rules.codes import Brin
from bpvo_rules.foto import (
    Domein,
    Drempels,
    Opname,
    Plaats,
    Policy,
    Regelcode,
    Vraagcode,
    Waar,
    WareCel,
    WareRegel,
    Zegel,
    expose,
)
from bpvo_rules.foto.audit import Audit, Genomen, audit

VRAAG = Vraagcode("bpvo_erkend_leerbedrijf")
REGEL = Regelcode("leerbedrijf_bekend")
REGELS = tuple(map(Regelcode, ("leerbedrijf_bekend", "erkend_bij_aanvang", "erkend_gedurende_looptijd")))
EERSTE = date(2018, 10, 1)
SCHOLEN = tuple(Brin(f"{at:02d}AA") for at in range(10, 20))
DOMEINEN = tuple(Domein(str(79000 + 10 * at)) for at in range(10))

Counts = tuple[int, int, int]
"""Voldoet, voldoet_niet and niet_te_bepalen."""
Table = Mapping[tuple[int, int, int], Counts]
"""Counts per quarter, school and domein, all by number."""


def zegel(table: Table, at: int = 0, *, per_student: int = 1, months: int = 0) -> Zegel:
    """Seal the foto over quarters `at` up to and including `at + 3`, with so many subjects per student."""
    day = EERSTE + relativedelta(months=3 * at + months)
    delen = tuple(day - relativedelta(months=12 - 3 * first) for first in range(4))
    cellen: list[WareCel] = []
    marges: list[WareCel] = []
    regels: list[WareRegel] = []
    for first, na in enumerate(delen):
        sums: defaultdict[tuple[Brin | Plaats, Domein | Plaats], list[int]] = defaultdict(lambda: [0, 0, 0])
        for (quarter, school, domein), counts in table.items():
            if at + first <= quarter < at + 4:
                brin, code = SCHOLEN[school], DOMEINEN[domein]
                places: tuple[tuple[Brin | Plaats, Domein | Plaats], ...] = (
                    (brin, code),
                    (brin, Plaats.ALLE),
                    (Plaats.ALLE, code),
                    (Plaats.ALLE, Plaats.ALLE),
                )
                for place in places:
                    sums[place] = [a + b for a, b in zip(sums[place], counts, strict=True)]

        def waar(number: int) -> Waar:
            return Waar(number, -(-number // per_student))

        for place, (good, bad, unknown) in sorted(sums.items()):
            if bad:
                regels.append(
                    WareRegel(
                        vraag=VRAAG,
                        regel=REGEL,
                        instelling=place[0],
                        domein=place[1],
                        na=na,
                        voldoet_niet=waar(bad),
                    )
                )
            if good + bad + unknown:
                (marges if Plaats.ALLE in place else cellen).append(
                    WareCel(
                        vraag=VRAAG,
                        instelling=place[0],
                        domein=place[1],
                        na=na,
                        voldoet=waar(good),
                        voldoet_niet=waar(bad),
                        beslist=waar(good + bad),
                        niet_te_bepalen=waar(unknown),
                        niet_van_toepassing=Waar(0, 0),
                        totaal=waar(good + bad + unknown),
                    )
                )
    return Zegel(
        peildatum=day,
        na=delen[0],
        delen=delen,
        uitgevoerd=REGELS,
        beslissend=frozenset(REGELS),
        cellen=tuple(cellen),
        marges=tuple(marges),
        regels=tuple(regels),
    )


def one_quarter(cells: Mapping[tuple[int, int], Counts]) -> Table:
    """Put a table in one quarter, the last of the first foto."""
    return {(3, *place): counts for place, counts in cells.items()}


def random_table(seed: int, *, quarters: int = 4) -> Table:
    """Make a small table with structural zeros."""
    rng = random.Random(seed)  # noqa: S311 - test data
    cells = [(s, d) for s in range(rng.randint(2, 4)) for d in range(rng.randint(2, 5)) if rng.random() < 0.85]
    size = rng.choice((2, 6, 15, 40))
    return {
        (quarter, *cell): (rng.randint(0, size), rng.choice((0, 0, 0, 1, 1, 2, 3, 8)), rng.choice((0, 0, 0, 0, 1)))
        for quarter in range(quarters)
        for cell in cells
    }


def series(table: Table, policy: Policy, fotos: int, drempels: Drempels | None = None) -> list[Opname]:
    """Take fotos one quarter apart."""
    made: list[Opname] = []
    for at in range(fotos):
        made.append(expose(zegel(table, at), policy=policy, eerdere=made, drempels=drempels))
    return made


def attacked(made: list[Opname]) -> Audit:
    """Audit fotos with the truth behind them."""
    return audit([Genomen(one.foto, one.zegel) for one in made])
