"""The engines that the drawn tables are held against: the judge, and the slow second opinion."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tests.oracle.rules import oracle_verdicts
from tests.questions.spec import Spec, Verdicts

from bpvo_rules.keten import Keten
from bpvo_rules.testing.answer import ready_judge


def by_oracle(keten: Keten, arguments: Mapping[str, Any]) -> Verdicts:
    """Judge with the second opinion, so that what differential tests trust is held to the same tables."""
    return oracle_verdicts(keten, **arguments)


def by_judge(keten: Keten, arguments: Mapping[str, Any]) -> Verdicts:
    """Judge with the library, made ready once for the same norms."""
    run = {name: value for name, value in arguments.items() if name != "norms"}
    judgement = ready_judge(arguments.get("norms") or {}).keten(keten, **run)
    return {(v.rule, v.subject): str(v.outcome) for v in judgement.verdicts()}


@pytest.fixture(params=[by_judge, by_oracle], ids=["judge", "oracle"])
def spec(request: pytest.FixtureRequest) -> Spec:
    """Give the drawing board, once for each engine."""
    engine: Callable[[Keten, Mapping[str, Any]], Verdicts] = request.param
    return Spec(engine)
