"""Judging many small chains with one Judge, so that rules are compiled once for what was looked up."""

from typing import Any

from bpvo_rules import Judge, Judgement
from bpvo_rules.judge import make_settings
from bpvo_rules.testing.worlds import World

JUDGE = Judge(make_settings(norms={"speling_na_aanvang": 1, "maximale_duur_ms": 500}))
"""Every norm has a value, so that every rule runs."""


def run_of(world: World) -> dict[str, Any]:
    """Give the arguments of a run over a world, without its norms."""
    return {name: value for name, value in world.arguments.items() if name != "norms"}


def judged(world: World, judge: Judge = JUDGE) -> Judgement:
    """Judge a world."""
    return judge.keten(world.keten, **run_of(world))
