"""``rules``: the catalogue."""

import json
from pathlib import Path

import pytest
from tests.cli.runner import Run

from bpvo_rules.judge import catalogue
from bpvo_rules.questions import RULES


def flat(text: str) -> str:
    """Undo the folding of lines."""
    return " ".join(text.split())


def test_every_rule_is_listed(run: Run) -> None:
    result = run("rules")

    assert result.status == 0
    assert all(f"\n  {rule.code} (" in result.out for rule in RULES)


def test_a_rule_in_full(run: Run) -> None:
    """Sentence, formula, norm with sources and dates, assumptions, executability and repair."""
    out = flat(run("rules", "tijdig_bij_sbb").out)

    assert "De BPVO is binnen de termijn na ontvangst door DUO bij SBB." in out
    assert "Geldt als: ontvangen_duo is gevuld" in out
    assert "Eist: ontvangen_sbb op of voor uiterste_dag_sbb" in out
    assert "Norm termijn_doorlevering (maanden)" in out
    assert "Op de laatste dag zelf is het nog op tijd." in out
    assert "Aanname:" in out
    assert "Uitvoerbaarheid:" in out
    assert "Herstel:" in out
    assert "Bron:" in out


def test_a_norm_shows_its_values_with_the_days_they_hold_from(run: Run) -> None:
    out = flat(run("rules", "tijdig_bij_duo").out)

    assert "7: " in out
    assert "7 vanaf 1 juli 2020: " in out


def test_an_open_norm_says_how_to_give_it(run: Run) -> None:
    assert "--norm speling_na_aanvang=..." in flat(run("rules", "bij_duo_rond_aanvang").out)


def test_json_is_the_catalogue(run: Run) -> None:
    assert json.loads(run("rules", "--format", "json").out) == catalogue()


def test_json_of_one_rule_is_its_part_of_the_catalogue(run: Run) -> None:
    found = json.loads(run("rules", "besluit_tijdig", "--format", "json").out)

    assert (found["code"], found["question"]) == ("besluit_tijdig", "erkenning_tijdig")


def test_the_catalogue_can_go_to_a_file(run: Run, tmp_path: Path) -> None:
    result = run("rules", "--format", "json", "--output", tmp_path / "regels.json")

    assert result.out == ""
    assert json.loads((tmp_path / "regels.json").read_text()) == catalogue()


def test_an_unknown_rule_gives_status_2_and_the_known_ones(run: Run) -> None:
    result = run("rules", "bestaat_niet")

    assert (result.status, result.out) == (2, "")
    assert all(rule.code in result.err for rule in RULES)
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_rule_fits_on_80_columns(run: Run, code: str, lang: str) -> None:
    """Addresses on the web are never broken, so they may run on."""
    out = run("rules", code, "--lang", lang).out

    assert all(len(line) <= 80 or "://" in line for line in out.splitlines())
