"""Outages: failed measurements of one functie and school that follow one another."""

from datetime import datetime
from typing import Any

from tests.questions.spec import EEN_METING, build

from bpvo_rules import Judgement, judge
from bpvo_rules.judge import Storing, storingen
from bpvo_rules.model import Functie

ZOEKEN = "zoeken"


def at(clock: str, day: int = 1) -> str:
    """Give a moment on a day of October 2018, by the clock in the Netherlands."""
    return f"2018-10-{day:02}T{clock}:00+02:00"


def judged(*rows: str, onderhoud: str = "", **settings: Any) -> Judgement:
    """Judge measurements written as ``09:00 nee``, or ``09:00 nee zoeken 27DV``."""
    cells = []
    for row in rows:
        clock, gelukt, functie, brin = [*row.split(), *("", "")][:4]
        cells.append({"tijdstip": at(clock), "gelukt": gelukt, "functie": functie or ZOEKEN, "brin": brin})
    keten, arguments = build(EEN_METING, cells, {"white_label_onderhoud": onderhoud})
    return judge(keten, **{**arguments, **settings})


def told(judgement: Judgement) -> list[str]:
    """Write outages as ``09:00-09:10 x2 zoeken``."""
    return [
        f"{s.van:%H:%M}-{s.tot_en_met:%H:%M} x{s.metingen} {s.functie}{' ' if s.brin else ''}{s.brin}"
        for s in storingen(judgement)
    ]


def test_failures_that_follow_one_another_are_one_storing() -> None:
    """Whatever the order in which they come in."""
    found = judged("09:10 nee", "09:00 nee", "08:50 ja", "09:20 nee", "09:30 ja", "09:40 ja")

    assert told(found) == ["09:00-09:20 x3 zoeken"]
    assert len(found.meldingen()) == 3
    assert storingen(found) == (
        Storing(
            functie=Functie.ZOEKEN,
            brin="",
            van=datetime.fromisoformat(at("09:00")),
            tot_en_met=datetime.fromisoformat(at("09:20")),
            metingen=3,
        ),
    )


def test_a_success_in_between_makes_two_of_it() -> None:
    assert told(judged("09:00 nee", "09:10 ja", "09:20 nee", "09:30 nee")) == [
        "09:00-09:00 x1 zoeken",
        "09:20-09:30 x2 zoeken",
    ]


def test_each_functie_and_each_school_has_its_own() -> None:
    """A success of another school or functie says nothing about this one."""
    found = judged(
        "09:00 nee",
        "09:05 ja verificatie",
        "09:06 ja zoeken 27DV",
        "09:10 nee",
        "09:01 nee verificatie",
        "09:02 nee zoeken 25LX",
        "09:12 nee zoeken 25LX",
    )

    assert told(found) == ["09:01-09:01 x1 verificatie", "09:00-09:10 x2 zoeken", "09:02-09:12 x2 zoeken 25LX"]


def test_no_failures_no_storing() -> None:
    assert told(judged("09:00 ja", "09:10 ja")) == []
    assert told(judged()) == []


def test_a_failure_in_announced_maintenance_neither_counts_nor_ends_one() -> None:
    """From 09:05 until 09:15 zoeken was announced to be away."""
    onderhoud = f"zoeken {at('09:05')} {at('09:15')} 2018-09-30"
    found = judged("09:00 nee", "09:05 nee", "09:10 nee", "09:15 nee", "09:20 ja", onderhoud=onderhoud)

    assert told(found) == ["09:00-09:15 x2 zoeken"]


def test_a_success_in_announced_maintenance_ends_one() -> None:
    """It answered, so it was there."""
    onderhoud = f"- {at('09:05')} {at('09:15')} 2018-09-30"
    found = judged("09:00 nee", "09:10 ja", "09:20 nee", onderhoud=onderhoud)

    assert told(found) == ["09:00-09:00 x1 zoeken", "09:20-09:20 x1 zoeken"]


def test_outside_the_service_window_a_failure_does_not_count() -> None:
    found = judged("07:59 nee", "08:00 nee", "08:10 nee", norms={"venster": "ma-vr 08:00-18:00"})

    assert told(found) == ["08:00-08:10 x2 zoeken"]


def test_moments_are_compared_as_moments() -> None:
    """09:30 in Amsterdam in summer is 07:30 by the clock of Greenwich, before 09:45."""
    rows = [
        {"tijdstip": "2018-10-01T07:30:00+00:00", "gelukt": "ja"},
        {"tijdstip": at("09:00"), "gelukt": "nee"},
        {"tijdstip": at("09:45"), "gelukt": "nee"},
    ]
    keten, arguments = build(EEN_METING, rows, {"white_label_onderhoud": ""})

    assert [s.metingen for s in storingen(judge(keten, **arguments))] == [1, 1]


def test_when_maintenance_was_not_looked_up_nothing_is_called_an_outage() -> None:
    """Whether White Label had to be there is not known then."""
    assert told(judged("09:00 nee", onderhoud="?")) == []


def test_when_the_rule_did_not_run_there_are_none() -> None:
    assert told(judged("09:00 nee", only_rules=["erkend_bij_aanvang"])) == []
    assert told(judged("09:00 nee", only_rules=["white_label_vlot"], norms={"maximale_duur_ms": 1})) == []
