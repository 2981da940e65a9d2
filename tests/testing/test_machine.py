"""The state machine of the chain: it finds nothing in this library, and what is wrong in others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bpvo_rules.errors import LawBrokenError
from bpvo_rules.keten import Keten
from bpvo_rules.model import Uitkomst
from bpvo_rules.testing.answer import Answer, judge_of_library
from bpvo_rules.testing.machine import KetenMachine

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


class Counting(KetenMachine):
    """Counts what a run came across."""

    seen: set[str] = set()  # noqa: RUF012 - shared by every run of the class

    def teardown(self) -> None:
        """Keep what there was at the end of a run."""
        outcomes = self._said(self.today, "keten").values()
        self.seen |= {*map(str, outcomes), *(moment.perspectief for moment in self.moments)}
        self.seen |= {row.soort for row in self.keten.uitwisselingen or ()}
        self.seen |= {"rejected" for row in self.keten.uitwisselingen or () if row.uitkomst == "afgekeurd"}
        self.seen |= {"withdrawn" for row in self.keten.erkenningen or () if row.bekend_tot is not None}


def test_a_chain_that_lives() -> None:
    """In every run other steps."""
    few = settings(max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=QUIET)
    run_state_machine_as_test(KetenMachine, settings=few)


def test_a_chain_does_all_that_a_chain_can_do() -> None:
    """The same steps in every run; together they reach everything."""
    fixed = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=QUIET, derandomize=True
    )
    run_state_machine_as_test(Counting, settings=fixed)

    assert Counting.seen >= {
        *("voldoet", "voldoet_niet", "niet_van_toepassing", "keten", "instelling"),
        *("toevoeging", "wijziging", "verwijdering", "rejected", "withdrawn"),
    }


class WithPolars(KetenMachine):
    """Also judged on data frames."""

    engines = ("polars",)


def test_a_chain_that_lives_on_data_frames() -> None:
    few = settings(max_examples=1, stateful_step_count=6, deadline=None, suppress_health_check=QUIET)
    run_state_machine_as_test(WithPolars, settings=few)


# ---- wrong ones


def looks_ahead(keten: Keten, **run: Any) -> Answer:
    """Use the register of next year, and see deliveries that are still to come."""
    return judge_of_library(keten, **{**run, "kennisdatum": run["peildatum"] + timedelta(days=365)})


def counts_removed_ones(keten: Keten, **run: Any) -> Answer:
    """Never take a removal away."""
    rows = [row for row in keten.uitwisselingen or () if row.soort != "verwijdering"]
    return judge_of_library(keten.with_tables({"uitwisselingen": rows}), **run)


def believes_rejected_ones(keten: Keten, **run: Any) -> Answer:
    """Count what DUO rejected."""
    rows = [attrs.evolve(row, uitkomst=None) for row in keten.uitwisselingen or ()]
    return judge_of_library(keten.with_tables({"uitwisselingen": rows}), **run)


def machine(judge: Callable[..., Answer], base: type[KetenMachine] = KetenMachine) -> KetenMachine:
    """Make a machine of a judge, with two companies, of which one is recognised, and a BPVO at the other."""
    wrong = type("Wrong", (base,), {"judge": staticmethod(judge)})
    made: KetenMachine = wrong()
    made.register(bedrijven={"100000000", "100000001"})
    made.sbb_recognises(bedrijf="100000000", code="25655", van=-60, length=None)
    made.school_sends(
        brin="27DV",
        student="a",
        volgnummer="1",
        bedrijf="100000001",
        code="25655",
        keuzedeel=None,
        concluded=-1,
        begins=-8,
        length=31,
        sent=True,
    )
    return made


def test_a_judge_that_looks_ahead_is_found() -> None:
    """By steps of chance."""
    many = settings(
        max_examples=200,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=QUIET,
        phases=[Phase.generate],
        database=None,
    )
    with pytest.raises(LawBrokenError, match="Wrong"):
        run_state_machine_as_test(type("Wrong", (KetenMachine,), {"judge": staticmethod(looks_ahead)}), settings=many)


def test_what_came_later_was_not_there_before() -> None:
    """A recognition of tomorrow is none of today."""
    wrong = machine(looks_ahead)
    wrong.day_ends()
    wrong.nothing_looks_ahead()
    wrong.sbb_recognises(bedrijf="100000001", code="25655", van=-60, length=None)

    with pytest.raises(LawBrokenError, match="when judged later"):
        wrong.nothing_looks_ahead()


def test_a_judge_that_counts_removed_ones_is_found() -> None:
    """The foto no longer has the BPVO."""
    wrong = machine(counts_removed_ones)
    wrong.the_live_view_is_the_foto()
    wrong.school_removes(which=0, sent=True)

    with pytest.raises(LawBrokenError, match="27DV/a/1/1 was judged on 2018-09-28, and does not exist"):
        wrong.the_live_view_is_the_foto()


def test_a_judge_that_does_not_believe_a_rejection_is_found() -> None:
    """A change to another company was rejected, so that the first delivery still says where it is."""
    wrong = machine(believes_rejected_ones)
    wrong.school_changes(which=0, bedrijf="100000000", longer=0, ends=False, sent=True)
    wrong.the_live_view_is_the_foto()
    wrong.duo_answers(which=1, uitkomst=Uitkomst.AFGEKEURD)

    with pytest.raises(LawBrokenError, match="in the foto"):
        wrong.the_live_view_is_the_foto()


def test_an_engine_that_says_something_else_is_found() -> None:
    """The engine is right and the judge is not, which is the same to the machine."""
    wrong = machine(counts_removed_ones, WithPolars)
    wrong.engines_say_the_same()
    wrong.school_removes(which=0, sent=True)

    with pytest.raises(LawBrokenError, match="says only the judge"):
        wrong.engines_say_the_same()
