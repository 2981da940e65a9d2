"""Judgements to write in every format."""

import pytest
from tests.report.resultaten import RESULTATEN, met_een_fout

from bpvo_rules.judge import Result


@pytest.fixture(params=[*RESULTATEN, "met_een_fout"])
def resultaat(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Give a judgement of each sort in turn."""
    made = RESULTATEN.get(request.param)
    return met_een_fout(monkeypatch) if made is None else made()
