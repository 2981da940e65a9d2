"""
Many small tables against the audit, or against a second attacker that was written apart from it.

Run `PYTHONPATH=. python benchmarks/foto_tabellen.py [TABLES [SECONDS [FIRST_SEED [tweede]]]]`; `tweede` needs `ortools`
besides the extra `foto` and takes much longer. It makes up to that many series of four rolling fotos in that time and
prints the seeds of those that tell too much.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from importlib import import_module

import attrs
from tests.foto_beveiliging.tabel import REGELS, VRAAG, Counts, Table, zegel

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto import Opname, Policy, Regelcode, Zegel, expose
from bpvo_rules.foto.audit import Genomen, audit

FOTOS = 4
QUARTERS = FOTOS + 3
Failures = dict[Regelcode, Table]


def numbers(rng: random.Random, size: int, bad: tuple[int, ...]) -> Counts:
    """Give the counts of a quarter of a cell."""
    return rng.randint(0, size), rng.choice(bad), rng.choice((0, 0, 0, 0, 1))


def random_table(rng: random.Random) -> Table:
    """Make a small table with structural zeros."""
    shape = rng.randint(2, 4), rng.randint(2, 5)
    cells = [(s, d) for s in range(shape[0]) for d in range(shape[1]) if rng.random() < 0.85] or [(0, 0)]
    size = rng.choice((1, 2, 6, 15, 40))
    bad = rng.choice(((0, 0, 0, 1, 1, 2, 3, 8), (0, 0, 0, 0, 0, 0, 1), (0, 1, 2, 3, 4, 5, 6), (0, 0, 3, 12, 20)))
    return {(quarter, *cell): numbers(rng, size, bad) for quarter in range(QUARTERS) for cell in cells}


def failures(rng: random.Random, table: Table, *, several: bool) -> Failures:
    """Say which rules are not met: each by no more than fail, and who fails does not meet one of them."""
    found: dict[Regelcode, dict[tuple[int, int, int], Counts]] = {rule: {} for rule in REGELS}
    for key, (_, bad, _) in table.items():
        rest = bad
        for at, rule in enumerate(REGELS):
            if not several:
                number = bad if at == 0 else 0
            elif at == len(REGELS) - 1:
                number = rng.randint(rest, bad)
            else:
                number = rng.choice((0, rng.randint(0, bad), bad))
            rest = max(0, rest - number)
            found[rule][key] = (0, number, 0)
    return dict(found)


def seal(table: Table, failed: Failures, at: int, per_student: int) -> Zegel:
    """Seal a foto with several rules."""
    regels = [
        attrs.evolve(regel, regel=rule)
        for rule, counts in failed.items()
        for regel in zegel(counts, at, per_student=per_student).regels
    ]
    ordered = sorted(regels, key=lambda one: (one.vraag, one.regel, one.instelling, one.domein, one.na))
    return attrs.evolve(zegel(table, at, per_student=per_student), regels=tuple(ordered))


def corrected(rng: random.Random, table: Table) -> Table:
    """Change some counts of a table."""
    changed = dict(table)
    for key in rng.sample(sorted(table), k=min(len(table), rng.randint(1, 4))):
        good, bad, unknown = changed[key]
        moved = rng.choice((-3, -2, -1, 1, 2, 3))
        changed[key] = (
            (good, max(0, bad + moved), unknown),
            (max(0, good + moved), bad, unknown),
            (good, bad, max(0, unknown + moved)),
            (good + bad, 0, unknown),
        )[rng.randrange(4)]
    return changed


def corrected_rules(rng: random.Random, failed: Failures, old: Table, new: Table, *, several: bool) -> Failures:
    """Let the rules follow: only where the number that fails has changed."""
    moved = failures(rng, {key: counts for key, counts in new.items() if counts[1] != old[key][1]}, several=several)
    return {rule: {**counts, **moved[rule]} for rule, counts in failed.items()}


def series(seed: int) -> tuple[list[Opname], bool]:
    """Make the fotos of a seed, and say whether one was refused."""
    rng = random.Random(seed)  # noqa: S311 - generated data
    policy = (Policy.MIDPUNT6, Policy.ONDERDRUK)[seed % 2]
    table = random_table(rng)
    several, per_student = rng.random() < 0.5, rng.choice((1, 1, 1, 2))
    failed = failures(rng, table, several=several)
    made: list[Opname] = []
    again = rng.random() < 0.5
    for at in range(FOTOS):
        truths = [(table, failed)]
        if seed % 8 in {2, 5} and at == FOTOS // 2:
            table = corrected(rng, table)
            failed = corrected_rules(rng, failed, truths[0][0], table, several=several)
            truths = [*truths, (table, failed)] if again else [(table, failed)]
        for counts, rules in truths:
            try:
                made.append(expose(seal(counts, rules, at, per_student), policy=policy, eerdere=made))
            except FotoRefusedError:
                return made, True
    return made, False


def audited(made: Sequence[Opname]) -> Counter[str]:
    """Attack with the audit."""
    found = audit([Genomen(one.foto, one.zegel) for one in made])
    targets = found.exact + found.narrowed + found.protected
    return Counter(
        {
            "targets": targets,
            "programs": found.solves,
            "exact": found.exact,
            "narrowed": found.narrowed,
            "derived": found.derived,
        }
    )


def attacked(made: Sequence[Opname], seed: int) -> Counter[str]:
    """Attack with the second attacker."""
    second = import_module("tests.foto_beveiliging.tweede_aanvaller")
    try:
        found = second.attack(made, VRAAG)
    except second.Undecided:
        print(f"seed {seed}: undecided", flush=True)
        return Counter({"undecided": 1})
    total = Counter({"targets": found.targets, "programs": found.questions_asked})
    for finding in found.findings:
        kind = "exact" if finding.exact else "narrowed"
        total[kind if finding.insider is None else f"insider {kind}"] += 1
        print(f"seed {seed}: {finding}", flush=True)
    return total


LEAKS = ("exact", "narrowed", "derived", "insider exact", "insider narrowed")


def main(tables: int = 100, seconds: float = 600, first: int = 0, *, second: bool = False) -> None:
    """Make, attack and count."""
    start = time.monotonic()
    totals: dict[Policy, Counter[str]] = {Policy.MIDPUNT6: Counter(), Policy.ONDERDRUK: Counter()}
    leaks: list[int] = []
    for seed in range(first, first + tables):
        if time.monotonic() - start > seconds:
            break
        total = totals[(Policy.MIDPUNT6, Policy.ONDERDRUK)[seed % 2]]
        begun = time.monotonic()
        made, refused = series(seed)
        middle = time.monotonic()
        total["tables"] += 1
        total["corrected"] += seed % 8 in {2, 5}
        total["fotos"] += len(made)
        total["refused"] += refused
        found = Counter[str]() if not made else attacked(made, seed) if second else audited(made)
        total["ms making"] += round(1000 * (middle - begun))
        total["ms attacking"] += round(1000 * (time.monotonic() - middle))
        total.update(found)
        if any(found[kind] for kind in LEAKS):
            print(f"seed {seed}: {dict(found)}", flush=True)
            leaks.append(seed)
    for policy, total in totals.items():
        print(policy, dict(sorted(total.items())))
    print("seeds with leaks:", leaks or "none", f"; {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), second="tweede" in sys.argv)
