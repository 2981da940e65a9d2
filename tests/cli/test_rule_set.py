"""``--rule-set``: rules of an installed package beside ours, on every command that judges or lists rules."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.cli.runner import PEILDATUM, Run, kleine_keten, levering
from tests.examples.leverancier import install, supplied

from bpvo_rules.cli.usage import FOUND, NOTHING_FOUND, WRONG_USE
from bpvo_rules.io import write_ketendata

RULE = "dossier_opgemaakt_voor_aanvang"
ASKED = ("--rule-set", "dossierregels")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder where the supplier is installed."""
    folder = tmp_path / "site"
    folder.mkdir()
    yield from supplied(folder, monkeypatch)


@pytest.fixture
def laat(tmp_path: Path) -> Path:
    """Give the folder of a keten of one student, whose BPVO was drawn up a day after it began."""
    rows = [levering("LAAT", afsluitdatum=date(2018, 9, 2), ontvangen_duo_op=date(2018, 9, 2))]
    folder = tmp_path / "keten"
    write_ketendata(kleine_keten(uitwisselingen=rows, erkenningsaanvragen=[], white_label_metingen=[]), folder)
    return folder


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("engine", ["reference", "polars"])
def test_check_judges_by_their_rules_too(run: Run, laat: Path, tmp_path: Path, engine: str) -> None:
    """On facts of ours, in frames as well; and the receipt says whose rules they were."""
    receipt = tmp_path / "receipt.json"
    asked = ("check", laat, "--peildatum", PEILDATUM, "--format", "json", "--engine", engine)
    without = json.loads(run(*asked).out)
    found = run(*asked, *ASKED, "--receipt", receipt)
    shown = json.loads(found.out)

    assert found.status == NOTHING_FOUND, found.err
    assert [m["rule"] for m in shown["meldingen"]] == [RULE]
    assert without["meldingen"] == []
    assert json.loads(receipt.read_text("utf-8"))["rule_sets"] == [
        {"name": "dossierregels", "distribution": "dossierregels", "version": "1.0.0"}
    ]


@pytest.mark.usefixtures("site")
def test_nothing_is_loaded_that_was_not_asked_for(run: Run, laat: Path) -> None:
    assert RULE not in run("check", laat, "--peildatum", PEILDATUM).out
    assert RULE not in run("rules").out
    assert "dossierregels" not in sys.modules


@pytest.mark.usefixtures("site")
def test_a_rule_without_a_signaalcode_makes_no_signal(run: Run, laat: Path, tmp_path: Path) -> None:
    """Said in the language of the user, and nothing is written; none of its meldingen is left out in silence."""
    asked = ("check", laat, "--peildatum", PEILDATUM, "--format", "signaal", "--output", tmp_path / "s.json", *ASKED)
    found = run(*asked)

    assert found.status == WRONG_USE
    assert found.err == f"bpvo-rules: --format signaal kan niet: regel {RULE} heeft geen signaalcode.\n"
    assert f"rule {RULE} has no signaalcode" in run(*asked, "--lang", "en").err
    assert not (tmp_path / "s.json").exists()
    assert run(*asked, "--question", "bpvo_tijdig").status == NOTHING_FOUND


@pytest.mark.usefixtures("site")
def test_a_table_says_whose_rules_there_are_too(run: Run, laat: Path) -> None:
    out = run("check", laat, "--peildatum", PEILDATUM, *ASKED).out

    assert "Ook de regels van: dossierregels (dossierregels 1.0.0)." in out
    assert "Is het dossier op orde?" in out


@pytest.mark.usefixtures("site")
def test_their_questions_and_rules_can_be_chosen(run: Run, laat: Path) -> None:
    for choice in (("--question", "dossier"), ("--rule", RULE)):
        result = run("check", laat, "--peildatum", PEILDATUM, "--format", "csv", *ASKED, *choice)
        assert [line.split(";")[3] for line in result.out.splitlines()[1:]] == [RULE]
    assert run("check", laat, "--peildatum", PEILDATUM, "--rule", RULE).status == WRONG_USE


@pytest.mark.usefixtures("site")
def test_explain_tells_their_rules(run: Run, laat: Path) -> None:
    assert (
        f"{RULE} (signaal): voldoet niet" in run("explain", laat, "27DV/LAAT/1/1", "--peildatum", PEILDATUM, *ASKED).out
    )


@pytest.mark.usefixtures("site")
def test_rules_lists_them_and_shows_one_in_every_form(run: Run) -> None:
    assert f"  {RULE} (signaal, instelling)" in run("rules", *ASKED).out
    assert "Eist: afsluitdatum <= begindatum" in run("rules", RULE, *ASKED).out
    assert json.loads(run("rules", RULE, *ASKED, "--format", "json").out)["question"] == "dossier"
    assert [q["code"] for q in json.loads(run("rules", *ASKED, "--format", "json").out)["questions"]][-1] == "dossier"
    assert RULE in run("rules", RULE, *ASKED, "--format", "sql").out
    assert run("rules", RULE).status == WRONG_USE


@pytest.mark.usefixtures("site")
def test_report_has_their_meldingen_and_a_foto_of_the_official_questions_only(
    run: Run, laat: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "verslag"
    result = run("report", laat, "--peildatum", PEILDATUM, "--output", folder, "--partij", "sbb", *ASKED)

    assert result.status == NOTHING_FOUND, result.err
    pages = {page.relative_to(folder).parts[0]: "" for page in folder.rglob("*.html")}
    for page in folder.rglob("*.html"):
        pages[page.relative_to(folder).parts[0]] += page.read_text("utf-8")
    assert RULE in pages["realtime"]
    assert RULE not in pages["foto"]


@pytest.mark.usefixtures("site")
def test_named_twice_is_once(run: Run, laat: Path) -> None:
    assert run("check", laat, "--peildatum", PEILDATUM, *ASKED, *ASKED).status == NOTHING_FOUND


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("command", [("foto",), ("compare", "a", "b"), ("simulate", "a"), ("demo",), ("verify",)])
def test_other_commands_do_not_take_it(run: Run, command: tuple[str, ...]) -> None:
    """A foto is of the official questions: an option that changes nothing there would only seem to."""
    result = run(*command, *ASKED)

    assert result.status == WRONG_USE
    assert "onbekend argument --rule-set" in result.err


def rule_set(site: Path, text: str, name: str = "kapot") -> None:
    """Install a rule set of these words."""
    install(site, "kapot", {name: "kapot:QUESTIONS"})
    (site / "kapot.py").write_text(text)


STOLEN = """
import attrs
from dossierregels import QUESTIONS as THEIRS
{0}
QUESTIONS = (attrs.evolve(THEIRS[0], code={1!r}, rules=(attrs.evolve(THEIRS[0].rules[0], code={2!r}),)),)
"""
WRONG = {
    "raises": (
        "raise ValueError('123456782')",
        "is niet te importeren (ValueError)",
        "cannot be imported (ValueError)",
    ),
    "refused": (
        "from bpvo_rules.rules import Source\nSource(title='')",
        "is niet te importeren (DeclarationError: Source: title is empty",
        "cannot be imported (DeclarationError: Source: title is empty",
    ),
    "no questions": ("QUESTIONS = 'dossier'", "bevat geen vragen", "holds no questions"),
    "a code of ours": (
        STOLEN.format("", "anders", "erkend_bij_aanvang"),
        "de code erkend_bij_aanvang is al van een andere vraag of regel",
        "has the code erkend_bij_aanvang already",
    ),
    "a question of ours": (
        STOLEN.format("", "registratie", "eigen_regel"),
        "de code registratie is al",
        "has the code registratie already",
    ),
    "the name of a fact": (
        STOLEN.format("", "anders", "begindatum"),
        "kan er niet bij: Rule begindatum has the name of a fact",
        "cannot be added: Rule begindatum has the name of a fact",
    ),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("command", ["check", "rules"])
def test_one_that_cannot_be_used_is_said_in_one_sentence(
    run: Run, laat: Path, site: Path, command: str, wrong: tuple[str, str, str]
) -> None:
    """Of what another package says only the type is repeated."""
    text, nl, en = wrong
    rule_set(site, text)
    asked = (command, *((laat, "--peildatum", PEILDATUM) if command == "check" else ()), "--rule-set", "kapot")
    for lang, words in (("nl", nl), ("en", en)):
        result = run(*asked, "--lang", lang)
        assert (result.status, result.out) == (WRONG_USE, "")
        assert words in result.err
        assert result.err.count("\n") == 1
        assert "123456782" not in result.err
        assert "kapot" in result.err


def test_two_that_do_not_go_together(run: Run, laat: Path, site: Path) -> None:
    """The second one is named, with the code that both have."""
    rule_set(site, "from dossierregels import QUESTIONS")
    result = run("check", laat, "--peildatum", PEILDATUM, *ASKED, "--rule-set", "kapot")

    assert result.status == WRONG_USE
    assert "regelset kapot kan er niet bij: de code dossier is al van een andere vraag of regel." in result.err


def test_one_of_two_packages(run: Run, laat: Path, site: Path) -> None:
    rule_set(site, "from dossierregels import QUESTIONS", name="dossierregels")
    result = run("check", laat, "--peildatum", PEILDATUM, *ASKED)

    assert result.status == WRONG_USE
    assert "regelset dossierregels staat in meer pakketten: dossierregels, kapot." in result.err


@pytest.mark.usefixtures("site")
def test_one_that_is_not_installed_names_those_that_are(run: Run, laat: Path) -> None:
    """What does not look like a name may be anything, and is not repeated."""
    asked = ("check", laat, "--peildatum", PEILDATUM, "--rule-set")

    assert "regelset dossier is niet geïnstalleerd; geïnstalleerd zijn: dossierregels." in run(*asked, "dossier").err
    assert "rule set is not installed; installed are: dossierregels." in run(*asked, "geheim 1", "--lang", "en").err


def test_without_any_there_are_none(run: Run, laat: Path) -> None:
    result = run("check", laat, "--peildatum", PEILDATUM, "--rule-set", "dossier")

    assert result.status == WRONG_USE
    assert "regelset dossier is niet geïnstalleerd; geïnstalleerd zijn: geen." in result.err


@pytest.mark.usefixtures("site")
def test_a_fout_of_theirs_counts_in_the_status(run: Run, laat: Path, site: Path) -> None:
    rule_set(
        site,
        "import attrs\nfrom dossierregels import QUESTIONS as Q\nfrom bpvo_rules.rules import Kind\n"
        "QUESTIONS = attrs.evolve(Q[0], rules=(attrs.evolve(Q[0].rules[0], kind=Kind.FOUT),))\n",
    )

    assert run("check", laat, "--peildatum", PEILDATUM, "--rule-set", "kapot").status == FOUND
