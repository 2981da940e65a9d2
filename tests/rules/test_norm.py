"""Norms: dated values with their edges, open norms, and values of the caller."""

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from tests.rules.klein import EIGEN, TERMIJN

from bpvo_rules.errors import NormError
from bpvo_rules.judge import make_settings
from bpvo_rules.periode import Eenheid
from bpvo_rules.questions import NORMS
from bpvo_rules.rules import ALTIJD, Norm, NormValue, Source, Venster

BY_ID = {norm.id: norm for norm in NORMS}
DAY = timedelta(days=1)
CHANGE = date(2020, 7, 1)
TWO_VALUES = attrs.evolve(
    TERMIJN, values=(NormValue(value=7, source=EIGEN), NormValue(van=CHANGE, value=5, source=EIGEN))
)


def value_on(norm: Norm, day: date) -> Any:
    """Give the value in force on a day."""
    found = norm.on(day)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("day", "value"), [(date.min, 7), (CHANGE - DAY, 7), (CHANGE, 5), (CHANGE + DAY, 5), (date.max, 5)]
)
def test_a_value_is_in_force_from_its_first_day_until_the_next(day: date, value: int) -> None:
    assert value_on(TWO_VALUES, day) == value


def test_before_its_first_value_a_norm_has_none() -> None:
    norm = attrs.evolve(TWO_VALUES, values=TWO_VALUES.values[1:])

    assert value_on(norm, CHANGE - DAY) is None
    assert value_on(norm, CHANGE) == 5
    assert not norm.is_open


def test_an_open_norm_has_no_value_at_all() -> None:
    norm = attrs.evolve(TERMIJN, values=())

    assert norm.is_open
    assert value_on(norm, CHANGE) is None


# From the text: the term of each norm, on the last day before a change of its source and on the first day after it.
IN_FORCE = """
    termijn_aanlevering    | 1900-01-01 | 7      | Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009
    termijn_aanlevering    | 2020-06-30 | 7      | Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009
    termijn_aanlevering    | 2020-07-01 | 7      | Regeling register onderwijsdeelnemers
    termijn_terugkoppeling | 2020-06-30 | 14     | Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009
    termijn_terugkoppeling | 2020-07-01 | 14     | Regeling register onderwijsdeelnemers
    termijn_doorlevering   | 2018-10-01 | 1      | SBB
    termijn_besluit        | 2015-07-31 |        |
    termijn_besluit        | 2015-08-01 | 10     | Reglement erkenning leerbedrijven SBB 2015
    termijn_besluit        | 2016-07-31 | 10     | Reglement erkenning leerbedrijven SBB 2015
    termijn_besluit        | 2016-08-01 | 10     | Reglement erkenning leerbedrijven SBB 2016
    termijn_kennisgeving   | 2015-07-31 |        |
    termijn_kennisgeving   | 2016-07-31 | 20     | Reglement erkenning leerbedrijven SBB 2015
    termijn_kennisgeving   | 2016-08-01 | 20     | Reglement erkenning leerbedrijven SBB 2016
    venster                | 2018-10-01 | altijd | Datakwaliteit BPVO
    uren_per_week          | 2018-10-01 | 40     | Subsidieregeling stageplaatsen zorg II
    speling_na_aanvang     | 2018-10-01 |        |
    maximale_duur_ms       | 2018-10-01 |        |
"""


@pytest.mark.parametrize("line", IN_FORCE.strip().splitlines())
def test_the_norms_in_force_on_a_day(line: str) -> None:
    name, day, value, source = (cell.strip() for cell in line.split("|"))
    found = BY_ID[name].on(date.fromisoformat(day))

    assert ("" if found is None else str(found.value)) == value
    assert found is None or found.source.title.startswith(source)
    assert found is None or found.source.in_force(date.fromisoformat(day))


def test_the_units_and_the_open_norms_are_those_of_the_text() -> None:
    assert {norm.id: norm.unit for norm in NORMS} == {
        "termijn_aanlevering": Eenheid.DAGEN,
        "termijn_doorlevering": Eenheid.MAANDEN,
        "speling_na_aanvang": Eenheid.DAGEN,
        "termijn_terugkoppeling": Eenheid.DAGEN,
        "venster": Eenheid.VENSTER,
        "maximale_duur_ms": Eenheid.MILLISECONDEN,
        "termijn_besluit": Eenheid.WERKDAGEN,
        "termijn_kennisgeving": Eenheid.WERKDAGEN,
        "uren_per_week": Eenheid.UREN_PER_WEEK,
    }
    assert {norm.id for norm in NORMS if norm.is_open} == {"speling_na_aanvang", "maximale_duur_ms"}


def test_values_stand_oldest_first_and_only_the_first_may_hold_always() -> None:
    for norm in NORMS:
        dated = [value.van for value in norm.values]
        assert None not in dated[1:], norm.id
        days = [day for day in dated if day is not None]
        assert days == sorted(set(days)), norm.id


@pytest.mark.parametrize("value", [0, 1, 30, "30", "0", 999_999_999])
def test_a_value_of_the_caller_holds_always_and_names_its_reason(value: Any) -> None:
    given = BY_ID["termijn_aanlevering"].with_value(value, reason="afspraak met DUO")

    assert [value_on(given, day) for day in (date.min, date.max)] == [int(value)] * 2
    assert [v.source.title for v in given.values] == ["afspraak met DUO"]
    assert value_on(BY_ID["termijn_aanlevering"], CHANGE) == 7


@pytest.mark.parametrize("value", [-1, 1.5, 7.0, "", "a", "-1", "1.0", "1e3", "٣", None, True, False, 10**9, [7]])
@pytest.mark.parametrize("norm", ["termijn_aanlevering", "termijn_doorlevering", "maximale_duur_ms", "uren_per_week"])
def test_a_value_that_does_not_fit_the_unit_is_refused(norm: str, value: Any) -> None:
    with pytest.raises(NormError, match=norm):
        BY_ID[norm].with_value(value, reason="proef")


@pytest.mark.parametrize(
    ("norm", "least"),
    [
        ("termijn_aanlevering", 0),
        ("termijn_doorlevering", 0),
        ("speling_na_aanvang", 0),
        ("maximale_duur_ms", 0),
        ("termijn_besluit", 1),
        ("termijn_kennisgeving", 1),
        ("uren_per_week", 1),
    ],
)
def test_the_least_value_of_a_norm(norm: str, least: int) -> None:
    """The zeroth werkdag after a day and a week of no hours mean nothing."""
    assert value_on(BY_ID[norm].with_value(least, reason="proef"), CHANGE) == least
    with pytest.raises(NormError, match=f"at least {least}"):
        BY_ID[norm].with_value(least - 1, reason="proef")


def test_a_window_is_given_as_text_or_as_itself() -> None:
    venster = Venster.parse("ma-vr 08:00-18:00")

    assert value_on(BY_ID["venster"].with_value("ma-vr 08:00-18:00", reason="proef"), CHANGE) == venster
    assert value_on(BY_ID["venster"].with_value(venster, reason="proef"), CHANGE) is venster
    assert value_on(BY_ID["venster"].with_value("altijd", reason="proef"), CHANGE) == ALTIJD
    for wrong in (7, "kantoortijd", None):
        with pytest.raises(NormError):
            BY_ID["venster"].with_value(wrong, reason="proef")  # type: ignore[arg-type] # the mistake that is looked for


def test_a_value_for_a_norm_is_checked_before_anything_is_judged() -> None:
    with pytest.raises(NormError, match="termijn_besluit"):
        make_settings(norms={"termijn_besluit": 0})


@pytest.mark.parametrize(
    ("van", "tot_en_met", "day", "in_force"),
    [
        (None, None, CHANGE, True),
        (CHANGE, None, CHANGE - DAY, False),
        (CHANGE, None, CHANGE, True),
        (None, CHANGE, CHANGE, True),
        (None, CHANGE, CHANGE + DAY, False),
        (CHANGE, CHANGE, CHANGE, True),
    ],
)
def test_both_days_of_a_source_count(van: date | None, tot_en_met: date | None, day: date, *, in_force: bool) -> None:
    assert Source(title="wet", van=van, tot_en_met=tot_en_met).in_force(day) is in_force
