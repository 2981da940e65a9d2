"""Category, second recognition and size of a placement for Stagefonds Zorg, worked out by hand from the annexes."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.questions.spec import make

from bpvo_rules import reference
from bpvo_rules.model import Leerweg
from bpvo_rules.periode import Studiejaar
from bpvo_rules.stagefonds import (
    Categorie,
    Stagefondslijst,
    Stagefondsregel,
    Volgorde,
    fte,
    lijst_van_kracht,
)

(LIJST,) = reference.stagefondslijsten()
BOL, BBL = Leerweg.BOL, Leerweg.BBL

# Bijlage 1 (bol): every code is A or C. Bijlage 2 (bbl): what is C becomes D, what is A becomes B, and E for
# niveau 3 of maatschappelijke zorg.
A = """
    25474 95769 25251 25475 25476 25484 92632 10428 22189 25498 92640 92650 23181 22195 92660 92661 25477 92662 25478
    92630 92631 25479 22188 91420 23189 23110 26007 26002
""".split()
C = """
    10774 22192 23178 25471 91300 10776 22193 23180 25473 91310 10775 22194 23186 25490 91410 23182 25480 92600
    10426 22191 93510 95520 10427 93260 94830 22190 23187 25491 92610 95530
""".split()
E_ALWAYS = {"25475", "25476", "92650"}
E_AT_NIVEAU_3 = {"23181", "22195", "92660"}


def test_the_codes_of_the_annexes_are_all_there() -> None:
    assert len(A) + len(C) == 58
    assert {*A, *C} == LIJST.codes


@pytest.mark.parametrize("niveau", [None, 1, 2, 3, 4])
@pytest.mark.parametrize("code", [*A, *C])
def test_the_category_of_every_code(code: str, niveau: int | None) -> None:
    """In bol it depends on the code only; in bbl for a dossier of maatschappelijke zorg on the niveau too."""
    assert LIJST.categorieen(BOL, code, niveau) == {Categorie.A if code in A else Categorie.C}
    bbl = LIJST.categorieen(BBL, code, niveau)
    if code in C:
        assert bbl == {Categorie.D}
    elif code in E_ALWAYS:
        assert bbl == {Categorie.E}
    elif code in E_AT_NIVEAU_3:
        assert bbl == {3: {Categorie.E}, 4: {Categorie.B}}.get(niveau or 0, set())
    else:
        assert bbl == {Categorie.B}


def test_the_niveau_is_needed_for_three_dossiers_in_bbl_only() -> None:
    assert {code for code in LIJST.codes if LIJST.niveau_nodig(BBL, code)} == E_AT_NIVEAU_3
    assert not any(LIJST.niveau_nodig(BOL, code) for code in LIJST.codes)


@pytest.mark.parametrize("leerweg", ["OVO", "EX", "ODT", "BOL_DT", ""])
def test_another_leerweg_or_code_is_not_listed(leerweg: str) -> None:
    assert not LIJST.staat_op_lijst(leerweg, "25480")
    assert LIJST.categorieen(leerweg, "25480", 4) == set()
    assert not LIJST.niveau_nodig(leerweg, "23181")
    assert not LIJST.staat_op_lijst("BOL", "25655")
    assert LIJST.staat_op_lijst("BOL", "25480")


# By the numbers between brackets in the annex; a dossier without one niveau has none of its own.
NIVEAU_1 = {"95769", "25251", "22188", "91420", "23110"}
NIVEAU_2 = {"10428", "22189", "25498", "92640", "23189", "26007"}
NIVEAU_3 = {"25475", "25476", "92650", "10427", "93260", "94830", "22190", "23187", "25491", "92610", "95530"}
BOTH_3_AND_4 = {"23181", "22195", "92660"}
NIVEAU_4 = {*A, *C} - NIVEAU_1 - NIVEAU_2 - NIVEAU_3 - BOTH_3_AND_4


def test_the_second_recognition_of_dienstverlening_is_helpende() -> None:
    assert LIJST.tweede_erkenningen("23189") == {"25498", "92640"}


def test_the_second_recognition_of_entree_is_25251_or_a_higher_one() -> None:
    """A listed kwalificatie of niveau 2 or more; 95769, 22188 and 91420 are of niveau 1, as Entree is."""
    assert LIJST.tweede_erkenningen("23110") == {"25251"} | NIVEAU_2 | NIVEAU_3 | NIVEAU_4 | BOTH_3_AND_4


def test_the_second_recognition_of_servicemedewerker_is_another_of_niveau_2_or_more() -> None:
    assert LIJST.tweede_erkenningen("26007") == (NIVEAU_2 | NIVEAU_3 | NIVEAU_4 | BOTH_3_AND_4) - {"26007"}


def test_the_second_recognition_of_zorgtechnicus_is_another_of_niveau_4() -> None:
    """The dossiers of maatschappelijke zorg are listed at niveau 4 too, in bbl."""
    assert LIJST.tweede_erkenningen("26002") == (NIVEAU_4 | BOTH_3_AND_4) - {"26002"}


@pytest.mark.parametrize("niveau", [None, 1, 2])
def test_a_code_that_the_notes_name_will_do_whatever_its_listed_niveau(niveau: int | None) -> None:
    """Named and listed at niveau 2 or more is twice a reason."""
    regel = make(Stagefondsregel, leerweg=BOL, opleidingcode="25251", naam="x", niveau=niveau, categorie=Categorie.A)

    assert Stagefondslijst(van=date(2018, 8, 1), regels=(regel,)).tweede_erkenningen("23110") == {"25251"}


def test_no_other_code_needs_a_second_recognition() -> None:
    needed = {code for code in LIJST.codes if LIJST.tweede_erkenningen(code)}

    assert needed == {"23189", "23110", "26007", "26002"}
    assert LIJST.tweede_erkenningen("25655") == set()


def lijst(van: date) -> Stagefondslijst:
    """Make a list of one line."""
    regel = make(Stagefondsregel, leerweg=BOL, opleidingcode="25655", naam="x", niveau=4, categorie=Categorie.A)
    return Stagefondslijst(van=van, regels=(regel,))


def test_a_list_and_its_lines_are_given_by_name() -> None:
    """A list is itself, for a context keeps it; a line is what it says."""
    with pytest.raises(TypeError):
        Stagefondslijst(date(2018, 8, 1), ())  # type: ignore[call-arg] # the mistake
    with pytest.raises(TypeError):
        Stagefondsregel(BOL, "25655", "x", 4, Categorie.A)  # type: ignore[call-arg, arg-type] # the mistake
    assert lijst(date(2018, 8, 1)) != lijst(date(2018, 8, 1))
    assert lijst(date(2018, 8, 1)).regels == lijst(date(2018, 8, 1)).regels


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2018-07-31", None), ("2018-08-01", 0), ("2020-07-31", 0), ("2020-08-01", 1), ("2099-01-01", 1)],
)
def test_a_list_is_in_force_until_the_next(day: str, expected: int | None) -> None:
    """Whatever the order in which they are given; before the first there is none."""
    lists = [lijst(date(2018, 8, 1)), lijst(date(2020, 8, 1))]
    found = lijst_van_kracht(reversed(lists), date.fromisoformat(day))

    assert found is (None if expected is None else lists[expected])
    assert lijst_van_kracht([], date(2018, 8, 1)) is None


# ---- fte

JAAR = Studiejaar(2018)  # 1 August 2018 up to and including 31 July 2019


def size(hours: int, begin: str, end: str, **changes: Any) -> Fraction | None:
    """Work out the size of a placement in study year 2018-2019."""
    arguments = {"leerweg": BOL, "studiejaar": JAAR, **changes}
    return fte(omvang=hours, begindatum=date.fromisoformat(begin), einde=date.fromisoformat(end), **arguments)


@pytest.mark.parametrize(
    ("hours", "leerweg", "expected"),
    [
        (0, BOL, Fraction(0)),
        (720, BOL, Fraction(1, 2)),
        (1439, BOL, Fraction(1439, 1440)),
        (1440, BOL, Fraction(1)),
        (1441, BOL, Fraction(1)),
        (640, BBL, Fraction(1, 2)),
        (1280, BBL, Fraction(1)),
        (1281, BBL, Fraction(1)),
        (1280, BOL, Fraction(8, 9)),
    ],
)
@pytest.mark.parametrize("volgorde", Volgorde)
def test_a_placement_within_one_study_year(
    hours: int, leerweg: Leerweg, volgorde: Volgorde, expected: Fraction
) -> None:
    """Hours divided by 1440 (bol) or 1280 (bbl), at most 1; the order of capping does not matter."""
    assert size(hours, "2018-08-01", "2019-07-31", leerweg=leerweg, volgorde=volgorde) == expected
    assert size(hours, "2018-10-01", "2018-10-01", leerweg=leerweg, volgorde=volgorde) == expected


def test_a_placement_over_two_study_years_is_split_by_days() -> None:
    """From 2 July 2018 up to and including 30 August 2018 are 60 days: 30 in July, 30 in August."""
    before = Studiejaar(2017)

    assert size(720, "2018-07-02", "2018-08-30") == Fraction(1, 4)
    assert size(720, "2018-07-02", "2018-08-30", studiejaar=before) == Fraction(1, 4)
    # From 31 July up to and including 2 August are three days, of which one in the year before.
    assert size(1440, "2018-07-31", "2018-08-02", studiejaar=before) == Fraction(1, 3)
    assert size(1440, "2018-07-31", "2018-08-02") == Fraction(2, 3)


def test_the_order_of_capping_matters_over_two_study_years() -> None:
    """
    2880 hours over 60 days, half of them in each year.

    Prorated first: 1440 hours in this year, which is the whole maximum. Capped
    first: 1440 hours in all, of which half in this year.
    """
    dates = ("2018-07-02", "2018-08-30")

    assert size(2880, *dates) == size(2880, *dates, volgorde=Volgorde.PRORATE_FIRST) == 1
    assert size(2880, *dates, volgorde=Volgorde.CAP_FIRST) == Fraction(1, 2)
    # 2160 hours: 1080 in this year, or half of 1440.
    assert size(2160, *dates) == Fraction(3, 4)
    assert size(2160, *dates, volgorde=Volgorde.CAP_FIRST) == Fraction(1, 2)
    # In bbl the maximum is 1280: 1080 hours, or half of 1280.
    assert size(2160, *dates, leerweg=BBL) == Fraction(27, 32)
    assert size(2160, *dates, leerweg=BBL, volgorde=Volgorde.CAP_FIRST) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2018-07-01", "2018-07-31", 0),
        ("2019-08-01", "2019-08-31", 0),
        ("2018-07-31", "2018-07-31", 0),
        ("2018-08-01", "2018-08-01", 1),
        ("2019-07-31", "2019-07-31", 1),
        ("2019-08-01", "2019-08-01", 0),
    ],
)
def test_outside_the_study_year_nothing_counts(begin: str, end: str, expected: int) -> None:
    """1 August and 31 July are both in it."""
    assert size(1440, begin, end) == expected


def test_a_placement_without_days_or_of_another_leerweg_has_no_size() -> None:
    assert size(1440, "2018-10-02", "2018-10-01") is None
    for leerweg in set(Leerweg) - {BOL, BBL}:
        assert size(1440, "2018-10-01", "2018-10-31", leerweg=leerweg) is None


@given(
    hours=st.integers(0, 6000),
    begin=st.dates(date(2016, 8, 1), date(2019, 7, 31)),
    length=st.integers(0, 900),
    leerweg=st.sampled_from((BOL, BBL)),
    volgorde=st.sampled_from(Volgorde),
)
def test_over_all_study_years_the_sizes_add_up_to_no_more_than_the_hours(
    hours: int, begin: date, length: int, leerweg: Leerweg, volgorde: Volgorde
) -> None:
    """And to just that when nothing is capped."""
    cap = 1440 if leerweg is BOL else 1280
    sizes = [
        fte(
            omvang=hours,
            begindatum=begin,
            einde=begin + timedelta(days=length),
            leerweg=leerweg,
            studiejaar=Studiejaar(year),
            volgorde=volgorde,
        )
        for year in range(2015, 2024)
    ]
    found = [one for one in sizes if one is not None]

    assert len(found) == len(sizes)
    assert all(0 <= one <= 1 for one in found)
    assert sum(found) <= Fraction(hours, cap)
    if hours <= cap:
        assert sum(found) == Fraction(hours, cap)
