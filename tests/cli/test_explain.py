"""``explain``: why, for one subject."""

import re
from pathlib import Path

import pytest
from tests.cli.runner import PEILDATUM, Run, kleine_keten

from bpvo_rules.io import write_ketendata


def flat(text: str) -> str:
    """Undo the folding of lines."""
    return " ".join(text.split())


def part(out: str, rule: str) -> str:
    """Give what stands under one rule."""
    _, _, after = out.partition(f"\n  {rule} (")
    lines: list[str] = []
    for line in after.splitlines():
        if line.startswith("  ") and not line.startswith("   "):
            break
        lines.append(line)
    return flat("\n".join(lines))


def test_a_bad_outcome_is_explained(run: Run, keten: Path) -> None:
    result = run("explain", keten, "27DV/KOUD/1/1", "--peildatum", PEILDATUM)

    text = part(result.out, "erkend_bij_aanvang")
    assert result.status == 1
    assert "fout): voldoet niet" in text
    assert "Leerbedrijf 100000002 is op 1 september 2018 niet erkend voor opleiding 25655." in text
    assert "Geldt als: grondslag = opleiding" in text
    assert "Eist: erkend_op_begindatum" in text
    assert "begindatum = 1 september 2018" in text
    assert "Bron: WEB art. 7.2.8" in text


def test_a_good_outcome_is_explained_too(run: Run, keten: Path) -> None:
    """GOED reached DUO on 27 August, the seventh day after the afsluitdatum."""
    result = run("explain", keten, "27DV/GOED/1/1", "--peildatum", PEILDATUM)

    text = part(result.out, "tijdig_bij_duo")
    assert result.status == 0
    assert "fout): voldoet De BPVO" in text
    assert "Eist: ontvangen_duo op of voor uiterste_dag_duo" in text
    assert "ontvangen_duo = 27 augustus 2018" in text
    assert "uiterste_dag_duo = 27 augustus 2018" in text
    assert "Norm: termijn_aanlevering = 7 dagen" in text


def test_an_unknown_outcome_names_what_is_missing(run: Run, keten: Path) -> None:
    result = run("explain", keten, "27DV/LEEG/1/1", "--peildatum", PEILDATUM)

    text = part(result.out, "erkend_bij_aanvang")
    assert "niet te bepalen" in text
    assert "Ontbreekt: leerbedrijf_id leeg" in text


def test_what_was_not_looked_up_is_missing(run: Run, tmp_path: Path) -> None:
    write_ketendata(kleine_keten(erkenningen=None), tmp_path / "k")

    out = run("explain", tmp_path / "k", "27DV/GOED/1/1", "--peildatum", PEILDATUM).out

    assert "Ontbreekt: erkenningen niet opgezocht" in part(out, "erkend_bij_aanvang")


def test_a_rule_that_does_not_apply_shows_why(run: Run, keten: Path) -> None:
    out = run("explain", keten, "27DV/GOED/1/1", "--peildatum", PEILDATUM).out

    text = part(out, "keuzedeel_geldig")
    assert "niet van toepassing" in text
    assert "grondslag = opleiding" in text


def test_the_deliveries_of_a_bpvo_are_named(run: Run, keten: Path) -> None:
    out = run("explain", keten, "27DV/GOED/1/1", "--peildatum", PEILDATUM).out

    assert "Leveringen: 27DV/GOED/1/1#1" in out


@pytest.mark.parametrize(
    ("subject", "rule", "status"),
    [
        ("27DV/GOED/1/1#1", "terugkoppeling_tijdig", 0),
        ("X2", "besluit_tijdig", 1),
        ("zoeken@2018-09-03T10:00:00+02:00@", "white_label_antwoordt", 1),
        ("zoeken@2018-09-03T09:00:00+02:00@", "white_label_antwoordt", 0),
    ],
)
def test_every_type_of_subject_can_be_asked_for(run: Run, keten: Path, subject: str, rule: str, status: int) -> None:
    result = run("explain", keten, subject, "--peildatum", PEILDATUM)

    assert result.status == status
    assert subject in result.out.splitlines()[0]
    assert part(result.out, rule)


@pytest.mark.parametrize("subject", ["27DV/GEHEIM/1/1", "GEHEIM", "", "27DV/GOED/1/1/GEHEIM"])
def test_an_unknown_subject_gives_status_2_and_is_not_repeated(run: Run, keten: Path, subject: str) -> None:
    result = run("explain", keten, subject, "--peildatum", PEILDATUM)

    assert (result.status, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert "GEHEIM" not in result.err


def test_a_subject_that_is_not_known_yet_is_unknown(run: Run, keten: Path) -> None:
    """DUO received the delivery of LAAT on 28 August."""
    arguments = ("explain", keten, "27DV/LAAT/1/1", "--peildatum", PEILDATUM, "--kennisdatum")

    assert run(*arguments, "2018-08-27").status == 2
    assert run(*arguments, "2018-08-28").status != 2


def test_rules_that_did_not_run_are_named(run: Run, keten: Path) -> None:
    out = run("explain", keten, "27DV/GOED/1/1", "--peildatum", PEILDATUM).out

    assert "bij_duo_rond_aanvang: norm zonder waarde: speling_na_aanvang" in out


def test_english_when_asked(run: Run, keten: Path) -> None:
    out = run("explain", keten, "27DV/LEEG/1/1", "--peildatum", PEILDATUM, "--lang", "en").out

    text = part(out, "erkend_bij_aanvang")
    assert "cannot be determined" in text
    assert "Missing: leerbedrijf_id empty" in text
    assert "Requires: erkend_op_begindatum" in text


def test_the_explanation_can_go_to_a_file(run: Run, keten: Path, tmp_path: Path) -> None:
    arguments = ("explain", keten, "27DV/GOED/1/1", "--peildatum", PEILDATUM)
    out = run(*arguments).out

    result = run(*arguments, "--output", tmp_path / "uitleg.txt")

    assert result.out == ""
    assert (tmp_path / "uitleg.txt").read_text() == out


def test_an_error_in_a_rule_gives_status_3_and_names_it(run: Run, keten: Path, broken_rule: str) -> None:
    result = run("explain", keten, "27DV/KOUD/1/1", "--peildatum", PEILDATUM)

    assert result.status == 3
    assert f"Regel {broken_rule} is gestopt met een fout (RuntimeError)" in flat(result.out)
    assert "voldoet niet" in part(result.out, "erkend_bij_aanvang")


def test_rules_that_were_not_chosen_are_not_listed(run: Run, keten: Path) -> None:
    rules = ("--rule", "erkend_bij_aanvang")

    out = run("explain", keten, "27DV/KOUD/1/1", "--peildatum", PEILDATUM, *rules).out

    assert "Niet uitgevoerd" not in out
    assert "tijdig_bij_duo" not in out


def test_a_toelichting_is_shown(run: Run, keten: Path, tmp_path: Path) -> None:
    arguments = ("explain", keten, "27DV/KOUD/1/1", "--peildatum", PEILDATUM, "--rule", "erkend_bij_aanvang")
    found = re.search(r"\[([0-9a-f]{16})\]", run(*arguments).out)
    assert found is not None
    profile = tmp_path / "profiel.toml"
    profile.write_text(
        'naam = "x"\ndatum = 2018-09-01\n[[toelichting]]\nreason = "Nagevraagd."\n'
        f'melding = "{found[1]}"\ntot_en_met = 2018-12-31\n'
    )

    assert "Toelichting: Nagevraagd." in run(*arguments, "--profile", profile).out
