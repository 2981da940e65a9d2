"""What each policy publishes of a small table."""

import sys
from collections.abc import Iterator

import attrs
import pytest
from tests.foto_beveiliging.tabel import (
    DOMEINEN,
    REGELS,
    SCHOLEN,
    Counts,
    attacked,
    one_quarter,
    random_table,
    series,
    zegel,
)

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto import Cel, Drempels, Foto, Getal, Policy, Status, WareCel, expose

PROTECTED = [Policy.MIDPUNT6, Policy.ONDERDRUK]
SEEDS = range(12)


def a_cell(counts: Counts, policy: Policy, *, per_student: int = 1, drempels: Drempels | None = None) -> Cel:
    """Give a cell with these counts among large cells of other schools."""
    table = {(school, domein): (500, 40, 0) for school in range(4) for domein in range(4)} | {(0, 0): counts}
    foto = expose(zegel(one_quarter(table), per_student=per_student), policy=policy, drempels=drempels).foto
    return next(c for c in foto.cellen if (c.instelling, c.domein) == (SCHOLEN[0], DOMEINEN[0]))


def numbers(foto: Foto) -> Iterator[Getal]:
    for cel in (*foto.cellen, *foto.marges):
        yield from (aantal.subjects for aantal in (cel.voldoet_niet, cel.beslist, cel.niet_te_bepalen))
    yield from (regel.voldoet_niet for regel in foto.regels)


@pytest.mark.parametrize(("failed", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_teller_of_one_up_to_and_including_four_students_is_withheld(failed: int, shown: bool) -> None:  # noqa: FBT001
    assert (a_cell((400, failed, 0), Policy.ONDERDRUK).voldoet_niet.subjects.waarde is not None) is shown


@pytest.mark.parametrize(("good", "shown"), [(1, False), (4, False), (5, True)])
def test_what_is_left_of_all_is_as_small_as_what_fails(good: int, shown: bool) -> None:  # noqa: FBT001
    assert (a_cell((good, 400, 0), Policy.ONDERDRUK).voldoet_niet.subjects.waarde is not None) is shown


def test_that_all_fail_is_withheld() -> None:
    """Who is in the cell would be known to fail."""
    assert a_cell((0, 400, 0), Policy.ONDERDRUK).voldoet_niet.subjects.waarde is None


@pytest.mark.parametrize(("good", "shown"), [(8, False), (9, False), (10, True)])
def test_a_base_below_ten_is_withheld(good: int, shown: bool) -> None:  # noqa: FBT001
    cel = a_cell((good, 0, 0), Policy.ONDERDRUK)

    assert (cel.beslist.subjects.waarde is not None) is shown
    assert cel.score == (1 if shown else None)


@pytest.mark.parametrize(("failed", "shown"), [(1, False), (9, False), (10, True)])
def test_who_makes_a_foto_can_set_the_threshold(failed: int, shown: bool) -> None:  # noqa: FBT001
    """With ten, as SBB has it, nine students who fail are few."""
    cel = a_cell((400, failed, 0), Policy.ONDERDRUK, drempels=Drempels(personen=10, beslist=10))

    assert (cel.voldoet_niet.subjects.waarde is not None) is shown


@pytest.mark.parametrize(("good", "shown"), [(19, False), (20, True)])
def test_who_makes_a_foto_can_set_the_threshold_of_the_base(good: int, shown: bool) -> None:  # noqa: FBT001
    cel = a_cell((good, 0, 0), Policy.ONDERDRUK, drempels=Drempels(personen=5, beslist=20))

    assert (cel.beslist.subjects.waarde is not None) is shown


def test_a_foto_says_what_was_small() -> None:
    own = Drempels(personen=3, beslist=4)
    sealed = zegel(one_quarter({(0, 0): (400, 40, 0)}))

    assert expose(sealed, policy=Policy.ONDERDRUK, drempels=own).foto.drempels == own
    assert expose(sealed, policy=Policy.ONDERDRUK).foto.drempels == Drempels(personen=5, beslist=10)
    assert expose(sealed, policy=Policy.MIDPUNT6).foto.drempels == Drempels(personen=5, beslist=5)


@pytest.mark.parametrize("own", [Drempels(personen=8, beslist=5), Drempels(personen=5, beslist=8)])
def test_a_class_of_six_hides_no_more_than_six_persons(own: Drempels) -> None:
    with pytest.raises(ValueError, match="at most 7"):
        expose(zegel(one_quarter({(0, 0): (400, 40, 0)})), policy=Policy.MIDPUNT6, drempels=own)


def test_without_protection_there_are_no_thresholds() -> None:
    with pytest.raises(ValueError, match="nothing is protected"):
        expose(zegel(one_quarter({(0, 0): (4, 4, 0)})), policy=Policy.NIVEAU, drempels=Drempels(personen=5, beslist=5))


@pytest.mark.parametrize("wrong", [0, -1])
def test_a_threshold_is_at_least_one(wrong: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Drempels(personen=wrong, beslist=5)
    with pytest.raises(ValueError, match="at least 1"):
        Drempels(personen=5, beslist=wrong)


def test_students_count_for_the_threshold_and_not_bpvos() -> None:
    """Six BPVO's of three students are three students."""
    assert a_cell((400, 6, 0), Policy.ONDERDRUK, per_student=2).voldoet_niet.subjects.waarde is None
    assert a_cell((400, 6, 0), Policy.ONDERDRUK).voldoet_niet.subjects.waarde == 6


def test_few_students_with_many_bpvos_are_not_shown_as_a_larger_class() -> None:
    """Eight BPVO's of four students would be 7-12, which says that they are not few."""
    assert a_cell((400, 8, 0), Policy.MIDPUNT6, per_student=2).voldoet_niet.subjects == Getal.withheld()


def test_midpunt6_shows_three_for_one_up_to_and_including_six() -> None:
    shown = [a_cell((400, failed, 0), Policy.MIDPUNT6).voldoet_niet.subjects.waarde for failed in (0, 1, 6, 7)]

    assert shown == [0, 3, 3, 9]


@pytest.mark.parametrize("policy", PROTECTED)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_shown_is_true(policy: Policy, seed: int) -> None:
    """The true count, or a class that holds it, or nothing; never the number of students."""
    truth = zegel(random_table(seed))
    foto = expose(truth, policy=policy).foto
    true: dict[tuple[object, object], WareCel] = {
        (cel.instelling, cel.domein): cel for cel in (*truth.cellen, *truth.marges) if cel.na == truth.na
    }

    for cel in (*foto.cellen, *foto.marges):
        for kind in ("voldoet_niet", "beslist", "niet_te_bepalen"):
            shown, count = getattr(cel, kind), getattr(true[cel.instelling, cel.domein], kind).subjects
            assert shown.personen is None
            if shown.subjects.status is Status.GEPUBLICEERD:
                assert shown.subjects.waarde == count
                assert policy is Policy.ONDERDRUK or count == 0
            if shown.subjects.status is Status.AFGEROND:
                assert policy is Policy.MIDPUNT6
                assert shown.subjects.least <= count <= shown.subjects.most
        assert (cel.voldoet, cel.niet_van_toepassing, cel.totaal) == (None, None, None)


@pytest.mark.parametrize("policy", PROTECTED)
def test_rules_are_counted_on_every_margin_and_in_no_cell(policy: Policy) -> None:
    """So one sees which rule makes the score of a school, of a domein and of the country."""
    foto = expose(zegel(random_table(3)), policy=policy).foto

    margins = {(marge.instelling, marge.domein) for marge in foto.marges}
    for code in REGELS:
        assert {(regel.instelling, regel.domein) for regel in foto.regels if regel.regel == code} == margins


@pytest.mark.parametrize("policy", PROTECTED)
def test_a_quiet_country_loses_nothing(policy: Policy) -> None:
    """Where nothing is small, nothing is withheld."""
    table = {(school, domein): (500, 40, 0) for school in range(3) for domein in range(3)}
    foto = expose(zegel(one_quarter(table)), policy=policy).foto

    assert all(
        getal.subjects.waarde is not None
        for cel in (*foto.cellen, *foto.marges)
        for getal in (cel.voldoet_niet, cel.beslist, cel.niet_te_bepalen)
    )
    assert all(regel.voldoet_niet.waarde is not None for regel in foto.regels)


@pytest.mark.parametrize("policy", PROTECTED)
def test_the_same_truth_gives_the_same_foto(policy: Policy) -> None:
    table = random_table(5, quarters=5)

    assert series(table, policy, 2) == series(table, policy, 2)


@pytest.mark.parametrize("policy", PROTECTED)
def test_without_a_solver_no_protected_foto_is_made(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    truth = zegel(one_quarter({(0, 0): (500, 40, 0)}))

    with pytest.raises(FotoRefusedError, match=r"install bpvo-rules\[foto\]"):
        expose(truth, policy=policy)
    assert expose(truth, policy=Policy.NIVEAU).foto.cellen


@pytest.mark.parametrize("policy", PROTECTED)
def test_fotos_that_are_not_quarters_apart_are_refused(policy: Policy) -> None:
    """What starts between two windows that nearly coincide is a small count."""
    table = one_quarter({(0, 0): (500, 40, 0), (1, 0): (500, 40, 0)})
    first = expose(zegel(table), policy=policy)
    # The second foto is of windows that are moved by a month.
    moved = zegel(table, months=1)

    with pytest.raises(FotoRefusedError, match="whole quarters apart"):
        expose(moved, policy=policy, eerdere=[first])


def test_an_unprotected_foto_is_no_knowledge_of_the_attacker() -> None:
    table = random_table(7)
    niveau = expose(zegel(table), policy=Policy.NIVEAU)

    assert expose(zegel(table), policy=Policy.ONDERDRUK, eerdere=[niveau]) == expose(
        zegel(table), policy=Policy.ONDERDRUK
    )


def test_what_earlier_fotos_gave_away_is_refused_and_named() -> None:
    """A foto under another hand showed 3; nothing in the next one can make that less."""
    table = one_quarter({(s, d): (500, 40, 0) for s in range(3) for d in range(3)} | {(0, 0): (500, 3, 0)})
    truth = zegel(table)
    plain = expose(truth, policy=Policy.NIVEAU)
    given = _as_if_protected(plain.foto)

    with pytest.raises(FotoRefusedError, match="instelling 10AA, domein 79000") as refused:
        expose(truth, policy=Policy.ONDERDRUK, eerdere=[type(plain)(foto=given, zegel=truth)])
    assert ("bpvo_erkend_leerbedrijf", "10AA", "79000") in refused.value.cells


def _as_if_protected(foto: Foto) -> Foto:
    return attrs.evolve(foto, policy=Policy.ONDERDRUK)


@pytest.mark.parametrize("policy", PROTECTED)
def test_every_number_that_is_left_can_be_true_together(policy: Policy) -> None:
    """The audit finds the truth among the worlds, or it could not pass."""
    made = series(random_table(8, quarters=5), policy, 2)

    assert attacked(made).passed
    assert any(number.waarde is not None for number in numbers(made[-1].foto))
