"""
What protection costs and must cost, and whether it holds: the named sets, several fotos, every school as insider.

Run `python benchmarks/foto.py [SET | POLICY ...]`, as in `"national 1.5%" midpunt6`; without arguments it does all of
them. Everything is generated with fixed seeds.
"""

import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from bpvo_rules.codes import Brin
from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto import (
    Domein,
    Foto,
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
from bpvo_rules.foto.audit import Genomen, audit
from bpvo_rules.foto.foto import Aantal, Cel, Getal
from bpvo_rules.foto.protect import draft

VRAAG = Vraagcode("bpvo_erkend_leerbedrijf")
REGELS = tuple(map(Regelcode, ("leerbedrijf_bekend", "erkend_bij_aanvang", "erkend_gedurende_looptijd")))
KINDS = ("voldoet", "voldoet_niet", "niet_te_bepalen", *REGELS)
KINDS_SHOWN = ("voldoet_niet", "beslist", "niet_te_bepalen")
Place = tuple[Brin | Plaats, Domein | Plaats]
FIRST = date(2018, 10, 1)
WEIGHTS = (0.22, 0.27, 0.13, 0.38)
"""Share of a year that starts in each quarter, from July on: most after the summer."""


def around(brin: Brin, domein: Domein) -> tuple[Place, ...]:
    """Give a cell and its margins."""
    return (brin, domein), (brin, Plaats.ALLE), (Plaats.ALLE, domein), (Plaats.ALLE, Plaats.ALLE)


class World:
    """Counts per quarter and cell, with the students behind them."""

    def __init__(self, seed: int, sizes: tuple[int, ...], median: float, rate: float, quarters: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - generated data
        self.counts: dict[tuple[int, Brin, Domein], dict[str, int]] = {}
        domeinen = [Domein(str(79000 + 10 * at)) for at in range(17)]
        for number, size in enumerate(sizes):
            brin = Brin(f"{number // 26 + 10:02d}{chr(65 + number % 26)}X")
            for domein in self.random.sample(domeinen, size):
                year = self.random.lognormvariate(0, 1.1) * median
                p = self.random.betavariate(2, 2 / rate - 2)
                for quarter in range(quarters):
                    n = round(year * WEIGHTS[quarter % 4] * self.random.uniform(0.9, 1.1))
                    self.counts[quarter, brin, domein] = self.draw(n, p)

    def draw(self, n: int, p: float) -> dict[str, int]:
        """Draw outcomes of a number of subjects."""
        counts = dict.fromkeys(KINDS, 0)
        for _ in range(n):
            if self.random.random() < 0.002:
                counts["niet_te_bepalen"] += 1
            elif self.random.random() < p:
                counts["voldoet_niet"] += 1
                first = self.random.choices(REGELS, (1, 3, 6))[0]
                counts[first] += 1
                if self.random.random() < 0.2:
                    counts[REGELS[(REGELS.index(first) + 1) % 3]] += 1
            else:
                counts["voldoet"] += 1
        return counts

    def zegel(self, at: int) -> Zegel:
        """Seal the foto over quarters `at` up to and including `at + 3`."""
        day = FIRST + relativedelta(months=3 * at)
        cellen: list[WareCel] = []
        marges: list[WareCel] = []
        regels: list[WareRegel] = []
        for first in range(4):
            na = day - relativedelta(months=12 - 3 * first)
            sums: defaultdict[Place, dict[str, list[int]]] = defaultdict(lambda: {kind: [0, 0] for kind in KINDS})
            for (quarter, brin, domein), counts in self.counts.items():
                if at + first <= quarter < at + 4:
                    for place in around(brin, domein):
                        for kind, count in counts.items():
                            sums[place][kind][0] += count
                            # One student in eight has a second BPVO in the same quarter and cell.
                            sums[place][kind][1] += count - count // 8
            for place, found in sorted(sums.items()):
                good, bad, unknown = (Waar(*found[kind]) for kind in KINDS[:3])
                both = Waar(good.subjects + bad.subjects, (good.personen or 0) + (bad.personen or 0))
                everything = Waar(both.subjects + unknown.subjects, (both.personen or 0) + (unknown.personen or 0))
                if not everything.subjects:
                    continue
                cel = WareCel(
                    vraag=VRAAG,
                    instelling=place[0],
                    domein=place[1],
                    na=na,
                    voldoet=good,
                    voldoet_niet=bad,
                    beslist=both,
                    niet_te_bepalen=unknown,
                    niet_van_toepassing=Waar(0, 0),
                    totaal=everything,
                )
                (marges if Plaats.ALLE in place else cellen).append(cel)
                regels += [
                    WareRegel(
                        vraag=VRAAG,
                        regel=regel,
                        instelling=place[0],
                        domein=place[1],
                        na=na,
                        voldoet_niet=Waar(*found[regel]),
                    )
                    for regel in REGELS
                    if found[regel][0]
                ]
        return Zegel(
            peildatum=day,
            na=day - relativedelta(years=1),
            delen=tuple(day - relativedelta(months=12 - 3 * first) for first in range(4)),
            uitgevoerd=REGELS,
            beslissend=frozenset(REGELS),
            cellen=tuple(cellen),
            marges=tuple(marges),
            regels=tuple(regels),
        )


def base(seed: int, rate: float) -> World:
    """Sixty schools, about 500 filled cells."""
    rng = random.Random(seed)  # noqa: S311 - generated data
    sizes = (
        *(rng.randint(9, 14) for _ in range(40)),
        *(rng.randint(1, 4) for _ in range(10)),
        *(rng.randint(1, 3) for _ in range(10)),
    )
    return World(seed, sizes, 180, rate, 7)


def national(seed: int, rate: float) -> World:
    """Sixty-five schools, about 533 filled cells, 460,000 BPVO's a year."""
    rng = random.Random(seed)  # noqa: S311 - generated data
    sizes = (
        *(rng.randint(9, 14) for _ in range(42)),
        *(rng.randint(1, 4) for _ in range(12)),
        *(rng.randint(1, 3) for _ in range(11)),
    )
    return World(seed, sizes, 480, rate, 7)


def cells(opname: Opname) -> Iterator[tuple[Cel, str, Getal]]:
    """Give the numbers of the cells of a foto."""
    for cel in opname.foto.cellen:
        for kind in ("voldoet_niet", "beslist", "niet_te_bepalen"):
            aantal: Aantal = getattr(cel, kind)
            yield cel, kind, aantal.subjects


def beside_alone(first: Foto, _: Zegel) -> int:
    """
    Say how many numbers of *voldoet_niet* must be withheld besides those that are small, whatever the method.

    A school of which one number is withheld tells it by its total: one more must go, of that school or its total. The
    same goes for a domein, and one number can serve a school and a domein, so the larger of the two counts holds.
    """
    total = {(cel.instelling, cel.domein) for cel in first.marges if cel.voldoet_niet.subjects.waarde is not None}
    hidden = [(cel.instelling, cel.domein) for cel in first.cellen if cel.voldoet_niet.subjects.waarde is None]
    schools, domeinen = (Counter(one[side] for one in hidden) for side in (0, 1))
    alone = sum(number == 1 and (school, Plaats.ALLE) in total for school, number in schools.items())
    return max(alone, sum(number == 1 and (Plaats.ALLE, domein) in total for domein, number in domeinen.items()))


def in_small_margins(_: Foto, zegel: Zegel) -> int:
    """
    Say how many numbers of *voldoet_niet* must be withheld although all are rounded, whatever the method.

    A total of 1 to 4 students must be able to be 1. Each of its cells that is not 0 says that it is at least 1, so all
    of these but one must go. A cell is in a school and a domein, so the larger of the two counts holds.
    """
    now = [cel for cel in zegel.cellen if cel.na == zegel.na and cel.voldoet_niet.subjects]
    found = {"school": 0, "domein": 0}
    for marge in zegel.marges:
        if marge.na != zegel.na or marge.instelling == marge.domein == Plaats.ALLE:
            continue
        if 0 < (marge.voldoet_niet.personen or 0) < Policy.MIDPUNT6.drempels.personen:
            of_school = marge.domein == Plaats.ALLE
            inside = sum(cel.instelling == marge.instelling if of_school else cel.domein == marge.domein for cel in now)
            found["school" if of_school else "domein"] += max(0, inside - 1)
    return max(found.values())


def measure(name: str, world: World, policy: Policy) -> None:
    """Make four fotos and attack them."""
    made: list[Opname] = []
    making = 0.0
    for at in range(4):
        start = time.process_time()
        try:
            made.append(expose(world.zegel(at), policy=policy, eerdere=made))
        except FotoRefusedError as error:
            print(f"{name:<16} {policy:<10} foto {at + 1} refused: {error}")
            return
        taken = time.process_time() - start
        print(f"{name:<16} {policy:<10} foto {at + 1} made in {taken:.1f}s of CPU", flush=True)
        making = max(making, taken)
    report(name, made, policy, making)


def report(name: str, made: list[Opname], policy: Policy, making: float) -> None:
    """Attack fotos and print what was found."""
    start = time.process_time()
    found = audit([Genomen(one.foto, one.zegel) for one in made])
    auditing = time.process_time() - start
    numbers = [getal for one in made for _, _, getal in cells(one)]
    tellers = [getal for one in made for _, kind, getal in cells(one) if kind == "voldoet_niet"]
    margins = [getattr(cel, kind).subjects for one in made for cel in one.foto.marges for kind in KINDS_SHOWN]
    kind_margins = [cel.voldoet_niet.subjects for one in made for cel in one.foto.marges]
    gone = [sum(g.waarde is None for g in what) for what in (tellers, numbers, margins, kind_margins)]

    drafts = [draft(one.zegel, policy) for one in made]
    least = sum(map(beside_alone if policy is Policy.ONDERDRUK else in_small_margins, drafts, (m.zegel for m in made)))
    primary = sum(getattr(c, k).subjects.waarde is None for d in drafts for c in d.cellen for k in KINDS_SHOWN)
    primary_t = sum(c.voldoet_niet.subjects.waarde is None for d in drafts for c in d.cellen)
    print(
        f"{name:<16} {policy:<10} {found.exact}/{found.narrowed}/{found.protected} insider {found.insider}"
        f" derived {found.derived}"
        f" | tellers hidden {gone[0]}/{len(tellers)} primary {primary_t}, at least {least} more;"
        f" all {gone[1]}/{len(numbers)} primary {primary};"
        f" margins {gone[2]}/{len(margins)}, of tellers {gone[3]}/{len(kind_margins)}"
        f" | make {making:.1f}s audit {auditing:.1f}s solves {found.solves}"
        f" | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
        flush=True,
    )


if __name__ == "__main__":
    policies = [policy for policy in (Policy.MIDPUNT6, Policy.ONDERDRUK) if policy in sys.argv[1:]]
    chosen = [name for name in sys.argv[1:] if name not in policies] or ["base", "national"]
    for kind, make in (("base", base), ("national", national)):
        for rate in (0.005, 0.015, 0.05):
            for policy in policies or (Policy.MIDPUNT6, Policy.ONDERDRUK):
                label = f"{kind} {rate:.1%}"
                if kind in chosen or label in chosen:
                    measure(label, make(1, rate), policy)
