"""The audit finds what can be found out: by itself, against an oracle, and when leaks are planted."""

from itertools import product

import attrs
import pytest
from tests.foto_beveiliging.tabel import (
    DOMEINEN,
    REGEL,
    SCHOLEN,
    Counts,
    Table,
    attacked,
    one_quarter,
    random_table,
    zegel,
)

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto import Aantal, Cel, Foto, Getal, Opname, Plaats, Policy, Zegel, expose
from bpvo_rules.foto.audit import Genomen, audit
from bpvo_rules.foto.audit.audit import Probe
from bpvo_rules.foto.protect import draft

PROTECTED = [Policy.MIDPUNT6, Policy.ONDERDRUK]
CELLS: dict[tuple[int, int], Counts] = {
    (0, 0): (300, 3, 0), (0, 1): (300, 7, 0), (0, 2): (300, 20, 0),
    (1, 0): (300, 9, 0), (1, 1): (300, 11, 0), (1, 2): (300, 0, 0),
    (2, 0): (300, 15, 0), (2, 1): (300, 2, 0), (2, 2): (300, 8, 0),
    (3, 0): (300, 8, 0), (3, 1): (300, 12, 0), (3, 2): (300, 9, 0),
}  # fmt: skip


def with_teller(foto: Foto, instelling: object, domein: object, number: Getal) -> Foto:
    """Put another number of who fail into a foto."""

    def changed(cel: Cel) -> Cel:
        if (cel.instelling, cel.domein) != (instelling, domein):
            return cel
        return attrs.evolve(cel, voldoet_niet=Aantal(subjects=number, personen=None))

    return attrs.evolve(foto, cellen=tuple(map(changed, foto.cellen)), marges=tuple(map(changed, foto.marges)))


def true_teller(opname: Opname, instelling: object, domein: object) -> int:
    return next(
        cel.voldoet_niet.subjects
        for cel in (*opname.zegel.cellen, *opname.zegel.marges)
        if (cel.instelling, cel.domein, cel.na) == (instelling, domein, opname.zegel.na)
    )


def leaks(opname: Opname, foto: Foto) -> int:
    found = audit([Genomen(foto, opname.zegel)])
    return found.exact + found.narrowed


@pytest.mark.parametrize("policy", PROTECTED)
def test_what_is_made_passes(policy: Policy) -> None:
    found = attacked([expose(zegel(one_quarter(CELLS)), policy=policy)])

    assert (found.exact, found.narrowed, found.insider) == (0, 0, 0)
    assert found.passed
    assert found.protected == 2
    assert found.solver.startswith("HiGHS 1.")


@pytest.mark.parametrize("table", [one_quarter(CELLS), *map(random_table, (4, 7, 16, 39))])
def test_a_secondary_that_is_shown_is_caught(table: Table) -> None:
    """Each number that is withheld without being sensitive by itself is needed by one that is."""
    opname = expose(zegel(table), policy=Policy.ONDERDRUK)
    first = draft(opname.zegel, Policy.ONDERDRUK)

    def withheld(foto: Foto) -> set[tuple[object, object]]:
        cels = (*foto.cellen, *foto.marges)
        return {(cel.instelling, cel.domein) for cel in cels if cel.voldoet_niet.subjects.waarde is None}

    secondary = withheld(opname.foto) - withheld(first)
    assert secondary
    for place in secondary:
        assert leaks(opname, with_teller(opname.foto, *place, Getal.exact(true_teller(opname, *place)))) > 0


def test_a_margin_that_is_put_back_is_caught() -> None:
    """A school with one domein: its margin is its cell, and the one rule that was failed is failed by both students."""
    opname = expose(zegel(one_quarter(CELLS | {(4, 0): (300, 2, 0)})), policy=Policy.ONDERDRUK)
    changed = with_teller(opname.foto, SCHOLEN[4], Plaats.ALLE, Getal.exact(2))

    assert leaks(opname, opname.foto) == 0
    found = audit([Genomen(changed, opname.zegel)])
    assert {(one.instelling, one.domein, one.soort) for one in found.bevindingen if one.insider is None} == {
        (SCHOLEN[4], DOMEINEN[0], "voldoet_niet"),
        (SCHOLEN[4], Plaats.ALLE, "voldoet_niet"),
        (SCHOLEN[4], Plaats.ALLE, REGEL),
    }
    assert found.worst == (2, 2)


def test_bpvos_counted_instead_of_students_are_caught() -> None:
    """Six BPVO's of three students, shown because six is not small."""
    cells = {(school, domein): (300, 40, 0) for school in range(3) for domein in range(3)}
    table = one_quarter(cells | {(0, 0): (300, 6, 0)})
    by_bpvo, truth = expose(zegel(table), policy=Policy.ONDERDRUK), zegel(table, per_student=2)

    found = audit([Genomen(by_bpvo.foto, truth)])

    assert found.exact > 0
    assert any((b.instelling, b.domein, b.least) == (SCHOLEN[0], DOMEINEN[0], 6) for b in found.bevindingen)


def test_rounded_cells_beside_exact_margins_are_caught() -> None:
    """A school with cells 1 and 1 and a margin of 2: neither of them is more than 1."""
    table = one_quarter(CELLS | {(4, 0): (300, 1, 0), (4, 1): (300, 1, 0)})
    opname = expose(zegel(table), policy=Policy.MIDPUNT6)

    assert leaks(opname, with_teller(opname.foto, SCHOLEN[4], Plaats.ALLE, Getal.exact(2))) > 0


def test_a_number_in_the_place_of_the_mark_is_caught() -> None:
    """A 4 for everything below 5 reads as a count, and here it is not even true: there is nothing to audit."""
    opname = expose(zegel(one_quarter(CELLS)), policy=Policy.ONDERDRUK)

    with pytest.raises(FotoRefusedError, match="do not fit what was published"):
        leaks(opname, with_teller(opname.foto, SCHOLEN[0], DOMEINEN[0], Getal.exact(4)))


@pytest.mark.parametrize("policy", PROTECTED)
def test_a_cumulative_foto_beside_it_is_caught(policy: Policy) -> None:
    """One over nine months shows, together with the year, what the first quarter was."""
    table = {(q, s, d): (75, 40 if q else 2 * (s == d), 0) for q in range(4) for s in range(3) for d in range(3)}
    year = expose(zegel(table), policy=Policy.ONDERDRUK)
    truth = year.zegel
    start = truth.delen[1]
    part = attrs.evolve(
        truth,
        na=start,
        delen=truth.delen[1:],
        cellen=tuple(c for c in truth.cellen if c.na >= start),
        marges=tuple(c for c in truth.marges if c.na >= start),
        regels=tuple(r for r in truth.regels if r.na >= start),
    )
    careless = Opname(foto=draft(part, policy), zegel=part)
    quarter = _first_quarter(year, careless)

    if policy is Policy.ONDERDRUK:
        assert quarter == (2, 2)
        assert attacked([year]).derived == 0
        # Each of the three schools has a domein of which two students failed in the first quarter.
        found = attacked([year, careless])
        assert found.derived == 3
        assert not found.passed
        assert {(b.instelling, b.domein, b.least, b.most) for b in found.bevindingen[-3:]} == {
            (str(SCHOLEN[at]), str(DOMEINEN[at]), 2, 2) for at in range(3)
        }
    else:
        assert quarter[0] > 0
    with pytest.raises(FotoRefusedError, match="rolling year"):
        expose(part, policy=policy)


def _first_quarter(year: Opname, part: Opname) -> tuple[float, float]:
    """Give what the attacker knows of who failed in the first quarter, in the first cell."""
    probe = Probe([Genomen(year.foto, year.zegel), Genomen(part.foto, part.zegel)], year.foto.cellen[0].vraag)
    whole = probe.attack.columns(0, (SCHOLEN[0], DOMEINEN[0]), "voldoet_niet")
    rest = probe.attack.columns(1, (SCHOLEN[0], DOMEINEN[0]), "voldoet_niet")
    found = probe.attack.model.interval(set(whole) - set(rest))
    assert found is not None
    return found


def oracle(foto: Foto, truth: dict[tuple[int, int], Counts]) -> dict[tuple[int, int], tuple[int, int]]:
    """Try every table of who fail, with what is decided as it is, and give the least and most per cell."""
    places = sorted(truth)
    shown = {(c.instelling, c.domein): c.voldoet_niet.subjects for c in (*foto.cellen, *foto.marges)}
    country = next(r.voldoet_niet for r in foto.regels if r.instelling is r.domein is Plaats.ALLE and r.regel == REGEL)
    low = dict.fromkeys(places, 10**6)
    high = dict.fromkeys(places, -1)
    for world in product(*(range(sum(truth[place][:2]) + 1) for place in places)):
        sums: dict[tuple[object, object], int] = {}
        for (school, domein), failed in zip(places, world, strict=True):
            brin, code = SCHOLEN[school], DOMEINEN[domein]
            for around in ((brin, code), (brin, Plaats.ALLE), (Plaats.ALLE, code), (Plaats.ALLE, Plaats.ALLE)):
                sums[around] = sums.get(around, 0) + failed
        fits = (
            number.least <= sums[p] and (number.most is None or sums[p] <= number.most) for p, number in shown.items()
        )
        # The other two deciding rules are shown as 0, so the one that is left is the total.
        if all(fits) and country.waarde in {None, sums[Plaats.ALLE, Plaats.ALLE]}:
            for place, failed in zip(places, world, strict=True):
                low[place], high[place] = min(low[place], failed), max(high[place], failed)
    return {place: (low[place], high[place]) for place in places}


def in_full(truth: Zegel) -> Foto:
    """Show every true count, as a careless maker of an exact foto would."""
    rules = draft(truth, Policy.ONDERDRUK).regels
    failed = sum(c.voldoet_niet.subjects for c in truth.cellen if c.na == truth.na)
    return attrs.evolve(
        expose(truth, policy=Policy.NIVEAU).foto,
        policy=Policy.ONDERDRUK,
        regels=tuple(
            attrs.evolve(rule, voldoet_niet=Getal.exact(failed if rule.regel == REGEL else 0))
            for rule in rules
            if rule.instelling is rule.domein is Plaats.ALLE
        ),
    )


@pytest.mark.parametrize(
    "hidden",
    [
        ((0, 0), (0, 1), (1, 0), (1, 1)),
        ((0, 0), (0, 1)),
        ((0, 0), (1, 1)),
        ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0)),
        ((0, None), (0, 0), (1, 1)),
        ((None, 0), (0, 0), (0, 1), (1, 1), (2, 1)),
        ((None, None), (None, 0), (0, None), (0, 0), (2, 1)),
    ],
)
def test_bounds_are_those_of_trying_every_table(hidden: tuple[tuple[int | None, int | None], ...]) -> None:
    """Exact numbers of small cells, some withheld: every interval against full enumeration."""
    table: dict[tuple[int, int], Counts] = {
        (0, 0): (4, 2, 0), (0, 1): (3, 1, 0),
        (1, 0): (2, 4, 0), (1, 1): (5, 1, 0),
        (2, 0): (1, 3, 0), (2, 1): (2, 3, 0),
    }  # fmt: skip
    truth = zegel(one_quarter(table))
    foto = in_full(truth)
    for school, domein in hidden:
        brin = Plaats.ALLE if school is None else SCHOLEN[school]
        code = Plaats.ALLE if domein is None else DOMEINEN[domein]
        foto = with_teller(foto, brin, code, Getal.withheld())
    if (None, None) in hidden:
        foto = attrs.evolve(foto, regels=tuple(attrs.evolve(r, voldoet_niet=Getal.withheld()) for r in foto.regels))
    expected = oracle(foto, table)

    probe = Probe([Genomen(foto, truth)], foto.cellen[0].vraag)
    for (school, domein), ends in expected.items():
        place = (str(SCHOLEN[school]), str(DOMEINEN[domein]))
        columns = probe.attack.columns(0, place, "voldoet_niet")
        found = (0.0, 0.0) if not columns else probe.attack.model.interval(columns)
        assert found == pytest.approx(ends, abs=1e-6)
