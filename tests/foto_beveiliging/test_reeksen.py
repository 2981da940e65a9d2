"""Several fotos of small tables: corrections in between, structural zeros, and every school as attacker."""

import random
from contextlib import suppress
from itertools import pairwise

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.foto_beveiliging.tabel import Table, attacked, random_table, series, zegel

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto import Drempels, Getal, Opname, Policy, expose
from bpvo_rules.foto.audit import Genomen
from bpvo_rules.foto.audit.audit import Probe

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
