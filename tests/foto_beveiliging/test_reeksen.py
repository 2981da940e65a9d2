"""Several fotos of small tables: corrections in between, structural zeros, and every school as attacker."""

import random
from contextlib import suppress
from itertools import pairwise

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.foto_beveiliging.tabel import REGELS, VRAAG, Table, attacked, one_quarter, random_table, series, zegel

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto import Aantal, Cel, Drempels, Getal, Opname, Policy, Regelcode, expose
from bpvo_rules.foto.audit import Genomen, audit
from bpvo_rules.foto.audit.attack import FOUT, GOED
from bpvo_rules.foto.audit.audit import Probe
from bpvo_rules.foto.protect import draft

PROTECTED = [Policy.MIDPUNT6, Policy.ONDERDRUK]


@pytest.mark.parametrize("policy", PROTECTED)
@pytest.mark.parametrize("seed", range(20))
def test_one_foto_leaks_nothing(policy: Policy, seed: int) -> None:
    assert attacked(series(random_table(seed), policy, 1)).passed


@pytest.mark.parametrize("policy", PROTECTED)
@pytest.mark.parametrize("seed", range(20, 25))
def test_three_fotos_leak_nothing_together(policy: Policy, seed: int) -> None:
    assert attacked(series(random_table(seed, quarters=6), policy, 3)).passed


@pytest.mark.parametrize(
    ("policy", "own"),
    [
        (Policy.MIDPUNT6, Drempels(personen=7, beslist=7)),
        (Policy.MIDPUNT6, Drempels(personen=3, beslist=3)),
        (Policy.ONDERDRUK, Drempels(personen=10, beslist=10)),
        (Policy.ONDERDRUK, Drempels(personen=2, beslist=4)),
    ],
)
@pytest.mark.parametrize("seed", range(25, 28))
def test_other_thresholds_leak_nothing_either(policy: Policy, own: Drempels, seed: int) -> None:
    made = series(random_table(seed, quarters=5), policy, 2, own)

    assert attacked(made).passed
    assert {one.foto.drempels for one in made} == {own}


def test_a_higher_threshold_has_more_to_protect() -> None:
    """What was no small count at five is one at ten."""
    (low,), (high,) = (
        series({(0, 0, 0): (400, 7, 0), (0, 0, 1): (400, 40, 0)}, Policy.ONDERDRUK, 1, Drempels(personen=t, beslist=10))
        for t in (5, 10)
    )

    assert attacked([low]).protected < attacked([high]).protected


@pytest.mark.parametrize("policy", PROTECTED)
@pytest.mark.parametrize("seed", range(30, 33))
def test_each_foto_alone_leaks_no_more_than_all_of_them(policy: Policy, seed: int) -> None:
    made = series(random_table(seed, quarters=5), policy, 2)

    assert attacked(made).passed
    assert all(attacked([one]).passed for one in made)


def corrected(table: Table, seed: int) -> Table:
    """Count a few BPVO's otherwise, as later knowledge does."""
    rng = random.Random(seed)  # noqa: S311 - test data
    found = dict(table)
    for key in rng.sample(sorted(table), 2):
        good, bad, unknown = table[key]
        found[key] = (good + 1, max(bad - 1, 0), unknown)
    return found


@pytest.mark.parametrize("policy", PROTECTED)
@pytest.mark.parametrize("seed", range(40, 44))
def test_a_corrected_foto_and_the_withdrawn_one_leak_nothing_together(policy: Policy, seed: int) -> None:
    table = random_table(seed)
    first = expose(zegel(table), policy=policy)
    second = expose(zegel(corrected(table, seed)), policy=policy, eerdere=[first])

    assert attacked([first, second]).passed


def shown_only(opname: Opname, *shown: tuple[str, str]) -> Genomen:
    """Withhold every number of *voldoet_niet* and of rules but those of these places."""

    def less(cel: Cel) -> Cel:
        if (cel.instelling, cel.domein) in shown:
            true = next(
                one.voldoet_niet.subjects
                for one in (*opname.zegel.cellen, *opname.zegel.marges)
                if (one.instelling, one.domein, one.na) == (cel.instelling, cel.domein, opname.zegel.na)
            )
            return attrs.evolve(cel, voldoet_niet=Aantal(subjects=Getal.exact(true), personen=None))
        return attrs.evolve(cel, voldoet_niet=Aantal(subjects=Getal.withheld(), personen=None))

    foto = attrs.evolve(
        opname.foto,
        cellen=tuple(map(less, opname.foto.cellen)),
        marges=tuple(map(less, opname.foto.marges)),
        regels=tuple(attrs.evolve(regel, voldoet_niet=Getal.withheld()) for regel in opname.foto.regels),
    )
    return Genomen(foto, opname.zegel)


def test_who_takes_a_corrected_count_to_be_the_same_is_reported_apart() -> None:
    """
    Nine fail in a school, then eight in its second domein: "so one in the first", who are two.

    It was seven in the second domein when the first foto was made. Who knows that counts can be corrected cannot
    tell; who takes them to be the same is sure, and mistaken.
    """
    tables = [{(0, 0): (50, 2, 0), (0, 1): (60, 7, 0)}, {(0, 0): (50, 2, 0), (0, 1): (59, 8, 0)}]
    first, second = (
        Opname(foto=draft(one, Policy.ONDERDRUK), zegel=one) for one in map(zegel, map(one_quarter, tables))
    )

    found = audit([shown_only(first, ("10AA", "alle")), shown_only(second, ("10AA", "79010"))])

    assert (found.exact, found.narrowed) == (0, 0)
    assert found.passed
    # In both fotos: the cell, which is all of its domein, so that margin as well, and the rule on it.
    assert found.overlap == 6
    assert {(b.instelling, b.domein, b.least, b.most, b.overlap) for b in found.bevindingen if b.soort == FOUT} == {
        ("10AA", "79000", 1, 1, True),
        ("alle", "79000", 1, 1, True),
    }


def test_fotos_that_contradict_each_other_unless_counts_were_corrected_lead_nobody_on() -> None:
    """The same places are shown twice, with other counts."""
    tables = [{(0, 0): (50, 2, 0), (0, 1): (60, 7, 0)}, {(0, 0): (50, 2, 0), (0, 1): (59, 8, 0)}]
    first, second = (
        Opname(foto=draft(one, Policy.ONDERDRUK), zegel=one) for one in map(zegel, map(one_quarter, tables))
    )

    found = audit([shown_only(first, ("10AA", "79010")), shown_only(second, ("10AA", "79010"))])

    assert (found.overlap, found.passed) == (None, True)


def test_that_all_fail_after_a_correction_is_not_told_by_that_nothing_was_decided_before() -> None:
    """
    Of a cell in which nothing was decided three fail now, and all of them.

    Who sees that they were counted otherwise cannot know that who meets the rules was not.
    """
    around = {(3, s, d): (50 + s, 9 + 7 * s + d, 0) for s in range(2) for d in range(2)} | {(3, 2, 1): (20, 9, 0)}
    first = expose(zegel({**around, (3, 2, 0): (0, 0, 5)}), policy=Policy.MIDPUNT6)
    second = expose(zegel({**around, (3, 2, 0): (0, 3, 5)}), policy=Policy.MIDPUNT6, eerdere=[first])

    probe = Probe([Genomen(one.foto, one.zegel) for one in (first, second)], VRAAG)
    place = ("12AA", "79000")
    (at,) = (at for at, t in enumerate(probe.targets) if (t.foto, t.place, t.kind) == (1, place, GOED))
    least, most = probe.worlds.interval(probe.targets[at], probe.terms[at])

    assert attacked([first, second]).passed
    assert least == 0
    assert most >= 4


def test_a_count_that_nothing_can_change_is_exact() -> None:
    """Nothing in a cell was shown, and two are there now: who takes that to be the same is sure that there is none."""
    around = {(3, s, d): (50 + s, 9 + 7 * s + d, 0) for s in range(2) for d in range(2)}
    tables = [{**around, (3, 2, 0): (20, 0, 0)}, {**around, (3, 2, 0): (18, 2, 0)}]
    first, second = (Opname(foto=draft(one, Policy.ONDERDRUK), zegel=one) for one in map(zegel, tables))

    found = audit([shown_only(first, ("12AA", "79000")), shown_only(second)])

    assert ("12AA", "79000", FOUT, 0, 0) in {
        (b.instelling, b.domein, b.soort, b.least, b.most) for b in found.bevindingen if b.overlap
    }


def test_other_rules_in_a_later_foto_do_not_undo_what_an_earlier_one_tells() -> None:
    """The first foto has one rule, of which a margin is shown: who fails it fails, and nobody fails otherwise."""
    table = {(q, s, d): (30, 9 * s, 0) for q in range(5) for s in range(2) for d in range(2)}
    table[1, 0, 0] = (28, 2, 0)
    one, other = (
        attrs.evolve(zegel(table, at), uitgevoerd=REGELS[: at + 1], beslissend=frozenset(REGELS[: at + 1]))
        for at in range(2)
    )
    first = shown_only(Opname(foto=draft(one, Policy.ONDERDRUK), zegel=one))
    shown = attrs.evolve(
        first.foto,
        regels=tuple(
            attrs.evolve(r, voldoet_niet=Getal.exact(2)) if (r.instelling, r.domein) == ("10AA", "alle") else r
            for r in first.foto.regels
        ),
    )
    later = draft(other, Policy.ONDERDRUK, [shown])
    second = shown_only(Opname(foto=later, zegel=other))

    for taken in ([Genomen(shown, one)], [Genomen(shown, one), second]):
        assert ("10AA", "alle", FOUT, 2, 2) in {
            (b.instelling, b.domein, b.soort, b.least, b.most) for b in audit(taken).bevindingen
        }


def test_a_rule_that_was_0_before_a_correction_can_fail_after_it() -> None:
    """The same who fail, by another rule: the true counts still fit, so that the audit has something to prove."""
    table = {(3, s, d): (50 + 10 * s, 9 + 11 * s + 3 * d, 0) for s in range(2) for d in range(2)}
    one = zegel(table)
    other = attrs.evolve(one, regels=tuple(attrs.evolve(r, regel=REGELS[1]) for r in one.regels))
    first = expose(one, policy=Policy.ONDERDRUK)
    second = expose(other, policy=Policy.ONDERDRUK, eerdere=[first])

    assert attacked([first, second]).passed


def test_a_question_that_is_not_asked_once_has_no_zeros_then() -> None:
    table = {(q, s, d): (50, 9, 0) for q in range(6) for s in range(2) for d in range(2)}
    first = expose(zegel(table), policy=Policy.MIDPUNT6)
    silent = attrs.evolve(
        zegel(table, 1), cellen=(), marges=(), regels=(), uitgevoerd=(), beslissend=frozenset[Regelcode]()
    )
    second = expose(silent, policy=Policy.MIDPUNT6, eerdere=[first])
    third = expose(zegel(table, 2), policy=Policy.MIDPUNT6, eerdere=[first, second])

    assert (second.foto.cellen, second.foto.marges, second.foto.regels) == ((), (), ())
    found = attacked([first, second, third])
    assert (found.revised, found.passed) == (0, True)


def test_a_correction_withholds_what_would_lead_somebody_on() -> None:
    table = random_table(1167)
    rng = random.Random(1167)  # noqa: S311 - test data
    other = changed(table, rng, rng.randint(2, 6))
    first = expose(zegel(table), policy=Policy.MIDPUNT6)
    second = expose(zegel(other), policy=Policy.MIDPUNT6, eerdere=[first])

    found = attacked([first, second])

    assert found.revised
    assert (found.passed, found.overlap) == (True, 0)


def changed(table: Table, rng: random.Random, number: int) -> Table:
    """Count some cells otherwise."""
    found = dict(table)
    for key in rng.sample(sorted(table), min(number, len(table))):
        good, bad, unknown = table[key]
        after = max(0, bad + rng.choice((-3, -2, -1, 1, 2, 3)))
        found[key] = (good + rng.choice((0, bad - after)) if good + bad - after >= 0 else good, after, unknown)
    return found


@pytest.mark.parametrize("policy", PROTECTED)
@pytest.mark.parametrize("seed", range(50, 54))
def test_withholding_one_number_more_never_narrows(policy: Policy, seed: int) -> None:
    """Every interval of every cell only gets wider."""
    opname = expose(zegel(random_table(seed)), policy=policy)
    shown = next(cel for cel in opname.foto.cellen if cel.voldoet_niet.subjects.waarde)
    less = attrs.evolve(
        opname.foto,
        cellen=tuple(
            attrs.evolve(cel, voldoet_niet=attrs.evolve(cel.voldoet_niet, subjects=Getal.withheld()))
            if cel is shown
            else cel
            for cel in opname.foto.cellen
        ),
    )

    before, after = (Probe([Genomen(foto, opname.zegel)], shown.vraag).attack for foto in (opname.foto, less))
    for cel in opname.foto.cellen:
        place = (str(cel.instelling), str(cel.domein))
        narrow = before.model.interval(before.columns(0, place, "voldoet_niet"))
        wide = after.model.interval(after.columns(0, place, "voldoet_niet"))
        assert narrow is not None
        assert wide is not None
        assert wide[0] <= narrow[0] + 1e-6
        assert narrow[1] <= wide[1] + 1e-6


class Fotos(RuleBasedStateMachine):
    """Fotos at any moments, with corrections and new fotos of the same window; the attack has them all."""

    @initialize(seed=st.integers(0, 50), policy=st.sampled_from(PROTECTED))
    def begin(self, seed: int, policy: Policy) -> None:
        self.table: Table = random_table(seed, quarters=8)
        self.policy = policy
        self.made: list[Opname] = []
        self.checked = 0

    @rule(at=st.integers(0, 4))
    def take(self, at: int) -> None:
        if len(self.made) < 4:
            # A correction can make a foto impossible; then there is none.
            with suppress(FotoRefusedError):
                self.made.append(expose(zegel(self.table, at), policy=self.policy, eerdere=self.made))

    @rule(seed=st.integers(0, 50))
    def correct(self, seed: int) -> None:
        self.table = corrected(self.table, seed)

    @invariant()
    def nothing_leaks(self) -> None:
        if len(getattr(self, "made", ())) > self.checked:
            self.checked = len(self.made)
            assert attacked(self.made).passed


TestFotos = Fotos.TestCase
TestFotos.settings = settings(max_examples=4, stateful_step_count=6, deadline=None, derandomize=True)


def test_a_series_has_its_fotos_a_quarter_apart() -> None:
    made = series(random_table(0, quarters=5), Policy.MIDPUNT6, 2)

    assert all(one.foto.na < two.foto.na < one.foto.peildatum for one, two in pairwise(made))
