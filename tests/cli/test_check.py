"""``check``: what the table says, and the exit status."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
from tests.cli.runner import MELDINGEN, PEILDATUM, VRAGEN, Run, kleine_keten, levering

from bpvo_rules.io import write_ketendata


def flat(text: str) -> str:
    """Undo the folding of lines."""
    return " ".join(text.split())


def test_a_melding_of_kind_fout_gives_status_1(run: Run, keten: Path) -> None:
    assert run("check", keten, "--peildatum", PEILDATUM).status == 1


def test_nothing_of_kind_fout_gives_status_0(run: Run, goed: Path) -> None:
    result = run("check", goed, "--peildatum", PEILDATUM)

    assert result.status == 0
    assert "0 meldingen" in result.out


@pytest.mark.parametrize("engine", ["reference", "polars"])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_more_unreadable_rows_than_allowed_stop_the_run(run: Run, tmp_path: Path, engine: str, form: str) -> None:
    """So many may be unreadable; without a limit what is unreadable is counted, and the rest is judged."""
    write_ketendata(kleine_keten(), tmp_path / "k", form=form)  # type: ignore[arg-type] # one of the two
    name = tmp_path / "k" / f"leerbedrijven.{form}"
    if form == "csv":
        name.write_text(name.read_text("utf-8") + "12;x\n3;y\n", "utf-8")
    else:
        rows = pl.read_parquet(name)
        pl.concat([rows, rows[:2].with_columns(leerbedrijf_id=pl.Series(["12", "3"]))]).write_parquet(name)
    command = ("check", tmp_path / "k", "--peildatum", PEILDATUM, "--engine", engine)

    assert run(*command).status == 1
    assert run(*command, "--max-invoerfouten", 2).status == 1
    stopped = run(*command, "--max-invoerfouten", 1, "--output", tmp_path / "uit.txt")
    assert stopped.status == 2
    assert not (tmp_path / "uit.txt").exists()
    said = flat(stopped.err)
    assert "niet te lezen rijen: 2 (leerbedrijven 2), waar hoogstens 1 mocht; niets is beoordeeld." in said
    assert "De eerste: leerbedrijven" in said
    assert "at most 0 was allowed" in flat(run(*command, "--max-invoerfouten", 0, "--lang", "en").err)
    assert run(*command, "--max-invoerfouten", -1).status == 2


@pytest.mark.parametrize("engine", ["reference", "polars", "duckdb", "pandas"])
def test_every_engine_tells_of_a_file_that_was_changed(run: Run, tmp_path: Path, engine: str) -> None:
    """With the rows that it lost, and of a file that is no table."""
    write_ketendata(kleine_keten(), tmp_path / "k", form="parquet")
    name = tmp_path / "k" / "leerbedrijven.parquet"
    rows = pl.read_parquet(name)
    pl.concat([rows, rows[:1].with_columns(leerbedrijf_id=pl.lit("12"))]).write_parquet(name)
    (tmp_path / "k" / "notities.csv").write_text("x", "utf-8")

    said = flat(run("check", tmp_path / "k", "--peildatum", PEILDATUM, "--engine", engine).out)

    assert "leerbedrijven.parquet: Het bestand heeft een andere omvang dan datapackage.json noemt" in said
    assert "notities.csv: Dit bestand is geen tabel van Ketendata" in said


@pytest.mark.parametrize("engine", ["reference", "polars", "duckdb", "pandas"])
def test_half_a_file_in_parquet_is_unreadable_input(run: Run, tmp_path: Path, engine: str) -> None:
    """One sentence that names it, whichever engine met it."""
    write_ketendata(kleine_keten(), tmp_path / "k", form="parquet")
    name = tmp_path / "k" / "uitwisselingen.parquet"
    name.write_bytes(name.read_bytes()[:1000])

    result = run("check", tmp_path / "k", "--peildatum", PEILDATUM, "--engine", engine)

    assert result.status == 2
    assert "uitwisselingen.parquet is geen Parquet-bestand dat gelezen kan worden." in flat(result.err)


def test_only_signals_give_status_0(run: Run, keten: Path) -> None:
    """The planning of KORT runs past its recognition, which is a signaal and no fout."""
    result = run("check", keten, "--peildatum", PEILDATUM, "--rule", "erkenning_dekt_planning")

    assert result.status == 0
    assert "1 melding: 0 fout, 1 signaal, 0 vraag" in result.out


@pytest.mark.parametrize("question", VRAGEN)
def test_the_table_counts_the_outcomes_per_question(run: Run, keten: Path, question: str) -> None:
    out = run("check", keten, "--peildatum", PEILDATUM).out

    (line,) = [line for line in out.splitlines() if re.match(rf"\d {question} ", line)]
    assert tuple(map(int, line.split()[2:])) == VRAGEN[question]


def test_the_table_gives_counts_kind_and_party_per_rule(run: Run, keten: Path) -> None:
    out = flat(run("check", keten, "--peildatum", PEILDATUM).out)

    assert "erkend_bij_aanvang: 2 meldingen, fout, te herstellen door instelling" in out
    assert "erkenning_dekt_planning: 1 melding, signaal, te herstellen door SBB" in out
    assert "Totaal: 9 meldingen: 8 fout, 1 signaal, 0 vraag." in out


def test_the_table_names_every_subject(run: Run, keten: Path) -> None:
    out = run("check", keten, "--peildatum", PEILDATUM).out

    assert all(f"    {subject}  [" in out for rule, subject in MELDINGEN if rule != "white_label_antwoordt")


def test_the_table_is_readable_at_80_columns(run: Run, keten: Path) -> None:
    out = run("check", keten, "--peildatum", PEILDATUM).out

    assert max(map(len, out.splitlines())) <= 80


def test_meldingen_of_white_label_in_a_row_are_one_storing(run: Run, keten: Path) -> None:
    """No answer at 10:00 and 11:00, and none in between."""
    out = run("check", keten, "--peildatum", PEILDATUM).out

    assert "white_label_antwoordt: 2 meldingen" in out
    assert "zoeken (landelijk): 2018-09-03 10:00 - 2018-09-03 11:00, 2 metingen" in out


def test_a_listing_that_is_cut_says_so_and_totals_stay_exact(run: Run, keten: Path) -> None:
    out = run("check", keten, "--peildatum", PEILDATUM, "--limit", "1").out

    assert "... en nog 1 van de 2; met --limit 0 staan ze er allemaal." in out
    assert "erkend_bij_aanvang: 2 meldingen" in out
    assert "9 meldingen: 8 fout" in out


def test_limit_0_cuts_nothing(run: Run, tmp_path: Path) -> None:
    """Twenty-one subjects are one more than the table lists by itself."""
    students = [f"S{number:02}" for number in range(21)]
    rows = [levering(student, leerbedrijf_id=None) for student in students]
    write_ketendata(kleine_keten(uitwisselingen=rows), tmp_path / "k")
    arguments = ("check", tmp_path / "k", "--peildatum", PEILDATUM, "--rule", "verplichte_gegevens")

    cut, whole = run(*arguments).out, run(*arguments, "--limit", "0").out

    assert cut.count("    27DV/") == 20
    assert "en nog 1 van de 21" in cut
    assert whole.count("    27DV/") == 21
    assert "en nog" not in whole


def test_a_rule_without_a_norm_is_said_not_to_have_run(run: Run, keten: Path) -> None:
    out = run("check", keten, "--peildatum", PEILDATUM).out

    assert "bij_duo_rond_aanvang: norm zonder waarde: speling_na_aanvang" in out


def test_a_norm_of_the_caller_makes_the_rule_run(run: Run, keten: Path) -> None:
    """All reached DUO before the placement began, so 0 days of leeway is enough."""
    result = run(
        "check", keten, "--peildatum", PEILDATUM, "--norm", "speling_na_aanvang=0", "--rule", "bij_duo_rond_aanvang"
    )

    assert result.status == 0
    assert "norm zonder waarde" not in result.out


def test_a_norm_of_the_caller_changes_the_answer(run: Run, keten: Path) -> None:
    """With 8 days LAAT is in time, with 6 nobody is: the others used all 7."""
    arguments = ("check", keten, "--peildatum", PEILDATUM, "--rule", "tijdig_bij_duo", "--norm")

    assert "0 meldingen" in run(*arguments, "termijn_aanlevering=8").out
    assert "6 meldingen" in run(*arguments, "termijn_aanlevering=6").out


def test_tables_that_were_not_looked_up_are_named_once(run: Run, tmp_path: Path) -> None:
    write_ketendata(kleine_keten(erkenningen=None, white_label_metingen=None), tmp_path / "k")

    out = run("check", tmp_path / "k", "--peildatum", PEILDATUM).out

    said = "Niet opgezocht: erkenningen, white_label_metingen. De regels die dit nodig hebben zijn niet te bepalen."
    assert flat(out).count(said) == 1
    assert "4 white_label_beschikbaar        niet opgezocht" in out


def test_a_missing_table_never_gives_voldoet(run: Run, tmp_path: Path) -> None:
    """Without erkenningen no BPVO can be said to be at an erkend leerbedrijf."""
    write_ketendata(kleine_keten(erkenningen=None), tmp_path / "k")

    out = run("check", tmp_path / "k", "--peildatum", PEILDATUM).out

    assert re.search(r"1 bpvo_erkend_leerbedrijf +0 +0 +6 +0", out)


def test_invoerfouten_are_counted_per_table_and_the_first_are_shown(run: Run, keten: Path) -> None:
    with (keten / "erkenningsaanvragen.csv").open("a") as file:
        file.write("".join(f"Z{n};;;nieuw;32-13-2018;;;;;\n" for n in range(7)))

    out = run("check", keten, "--peildatum", PEILDATUM).out

    assert "7 invoerfouten" in out
    assert "  erkenningsaanvragen: 7\n" in out
    assert out.count("kolom dagtekening:") == 5


def test_another_file_in_the_folder_is_remarked_upon(run: Run, keten: Path) -> None:
    (keten / "anders.csv").write_text("a;b\n")

    assert "anders.csv:" in run("check", keten, "--peildatum", PEILDATUM).out


def test_a_bpvo_without_begindatum_is_counted(run: Run, tmp_path: Path) -> None:
    write_ketendata(kleine_keten(uitwisselingen=[levering("LEEG", begindatum=None)]), tmp_path / "k")

    assert "1 BPVO(s) zonder begindatum" in run("check", tmp_path / "k", "--peildatum", PEILDATUM).out


def test_a_chosen_question_leaves_the_others_not_judged(run: Run, keten: Path) -> None:
    """Rules that did not run must not look like a question that does not apply."""
    out = run("check", keten, "--peildatum", PEILDATUM, "--question", "bpvo_tijdig").out

    assert re.search(r"3 bpvo_tijdig +5 +1 +0 +0", out)
    assert "1 bpvo_erkend_leerbedrijf        niet beoordeeld" in out
    assert "niet gekozen" in out


def test_a_question_of_which_not_all_rules_ran_is_marked(run: Run, keten: Path) -> None:
    out = run("check", keten, "--peildatum", PEILDATUM, "--rule", "tijdig_bij_duo").out

    assert "3 bpvo_tijdig *" in out
    assert "* Niet alle regels van deze vraag zijn uitgevoerd." in out


def test_questions_and_rules_may_be_given_more_than_once(run: Run, keten: Path) -> None:
    rules = ("--rule", "leerbedrijf_bekend", "--rule", "besluit_tijdig")

    assert "2 meldingen: 2 fout" in run("check", keten, "--peildatum", PEILDATUM, *rules).out


def test_the_kennisdatum_hides_what_was_learned_later(run: Run, keten: Path) -> None:
    """On 26 August DUO had received nothing, on the 27th all but LAAT, of the 28th."""
    arguments = ("check", keten, "--peildatum", PEILDATUM, "--kennisdatum")

    assert "Beoordeeld: 0 Bpvo" in run(*arguments, "2018-08-26").out
    assert "Beoordeeld: 5 Bpvo" in run(*arguments, "2018-08-27").out
    assert "Beoordeeld: 6 Bpvo" in run(*arguments, "2018-08-28").out


def test_the_perspectief_of_the_school_sees_what_it_has_not_sent(run: Run, tmp_path: Path) -> None:
    row = levering("THUIS", ontvangen_duo_op=None, teruggekoppeld_op=None, uitkomst=None, ontvangen_sbb_op=None)
    write_ketendata(kleine_keten(uitwisselingen=[row]), tmp_path / "k")
    arguments = ("check", tmp_path / "k", "--peildatum", PEILDATUM)

    assert "Beoordeeld: 0 Bpvo" in run(*arguments).out
    assert "Beoordeeld: 1 Bpvo" in run(*arguments, "--perspectief", "instelling").out


def test_an_error_in_a_rule_gives_status_3_and_the_others_run(
    run: Run, keten: Path, tmp_path: Path, broken_rule: str
) -> None:
    """The receipt names the rule, and nothing says which value it fell over."""
    receipt = tmp_path / "receipt.json"

    result = run("check", keten, "--peildatum", PEILDATUM, "--receipt", receipt)

    assert result.status == 3
    assert f"Regel {broken_rule} is gestopt met een fout (RuntimeError)" in flat(result.out)
    assert "erkend_bij_aanvang: 2 meldingen" in result.out
    assert json.loads(receipt.read_text())["rules_failed"] == [{"rule": broken_rule, "error": "RuntimeError"}]
    assert "no idea" not in result.out + result.err + receipt.read_text()
    assert "4 white_label_beschikbaar        niet beoordeeld" in result.out


def test_an_error_in_a_rule_is_said_even_when_quiet(run: Run, keten: Path, broken_rule: str) -> None:
    result = run("check", keten, "--peildatum", PEILDATUM, "--format", "csv", "--quiet")

    assert result.status == 3
    assert broken_rule in result.err


def test_norms_past_their_age_are_reported(run: Run, keten: Path) -> None:
    """Sources were checked in 2026, which is more than a day before 2030."""
    result = run("check", keten, "--peildatum", "2030-01-01", "--norm-age", "1", "--rule", "tijdig_bij_duo")

    assert "langer dan 1 dagen geleden is nagekeken: termijn_aanlevering." in flat(result.out)


def test_a_norm_past_its_age_stops_a_strict_run(run: Run, keten: Path) -> None:
    result = run("check", keten, "--peildatum", "2030-01-01", "--norm-age", "1", "--strict", "--rule", "tijdig_bij_duo")

    assert result.status == 2
    assert result.out == ""
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--rule", "bestaat_niet"), "erkend_bij_aanvang"),
        (("--question", "bestaat_niet"), "bpvo_tijdig"),
        (("--norm", "bestaat_niet=1"), "termijn_aanlevering"),
    ],
)
def test_an_unknown_name_gives_status_2_and_the_known_ones(
    run: Run, keten: Path, arguments: tuple[str, str], names: str
) -> None:
    result = run("check", keten, "--peildatum", PEILDATUM, *arguments)

    assert result.status == 2
    assert names in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    "norm", ["termijn_besluit=0", "termijn_aanlevering=veel", "termijn_aanlevering=-1", "venster=nooit", "zonder"]
)
def test_a_value_that_does_not_fit_its_norm_gives_status_2(run: Run, keten: Path, norm: str) -> None:
    result = run("check", keten, "--peildatum", PEILDATUM, "--norm", norm)

    assert result.status == 2
    assert len(result.err.splitlines()) == 1


def test_no_rule_left_to_run_is_wrong_use(run: Run, keten: Path) -> None:
    """Status 0 would say that nothing is wrong, while nothing was looked at."""
    result = run("check", keten, "--peildatum", PEILDATUM, "--rule", "white_label_vlot")

    assert result.status == 2
    assert "maximale_duur_ms" in result.err


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_are_judged(run: Run, keten: Path, day: str) -> None:
    assert run("check", keten, "--peildatum", day).status in {0, 1}


@pytest.mark.parametrize("day", ["1899-12-31", "2018-02-30", "20181001", "2018-W40-1", "gisteren", ""])
def test_what_is_no_day_is_no_peildatum(run: Run, keten: Path, day: str) -> None:
    assert run("check", keten, "--peildatum", day).status == 2


def test_english_when_asked(run: Run, keten: Path) -> None:
    out = flat(run("check", keten, "--peildatum", PEILDATUM, "--lang", "en").out)

    assert "Judgement on 1 October 2018" in out
    assert "Company 100000002 is not recognised for opleiding 25655 on 1 September 2018." in out
    assert "2 meldingen, fout, to be repaired by instelling" in out
    assert "te herstellen" not in out


def test_values_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    """A pseudonym is a text of somebody else."""
    write_ketendata(kleine_keten(uitwisselingen=[levering("\x1b[31mROOD", leerbedrijf_id=None)]), tmp_path / "k")

    out = run("check", tmp_path / "k", "--peildatum", PEILDATUM).out

    assert "ROOD" in out
    assert "\x1b" not in out


def test_a_norm_is_given_once(run: Run, keten: Path) -> None:
    """Which of two values would hold is not guessed."""
    norms = ("--norm", "termijn_besluit=5", "--norm", "termijn_besluit=10")

    assert run("check", keten, "--peildatum", PEILDATUM, *norms).status == 2
