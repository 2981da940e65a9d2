"""Rules of a supplier, beside ours: found by their entry point, loaded only when asked for."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest
from tests.examples.leverancier import install, supplied
from tests.examples.test_nightly import keten, levering

from bpvo_rules import judge
from bpvo_rules.errors import DeclarationError, RuleSetError
from bpvo_rules.judge import receipt
from bpvo_rules.plugins import installed_rule_sets, load_rule_set
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.rules import RuleSet


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder where packages are installed, with the supplier in it as its own project file says."""
    yield from supplied(tmp_path, monkeypatch)


@pytest.mark.usefixtures("site")
def test_a_rule_set_that_is_installed_is_named_and_not_loaded() -> None:
    assert installed_rule_sets() == ("dossierregels",)
    assert "dossierregels" not in sys.modules
    judge(keten(), peildatum=date(2018, 10, 1))
    assert "dossierregels" not in sys.modules


@pytest.mark.usefixtures("site")
def test_its_rules_run_beside_ours_when_asked_for() -> None:
    """Drawn up a day after the begindatum: their melding; on the day itself: none. Ours say what they said."""
    late = levering("a", afsluitdatum=date(2018, 8, 28))
    chain = keten(late, levering("b", afsluitdatum=date(2018, 8, 27)))
    ours = judge(chain, peildatum=date(2018, 10, 1))
    both = judge(chain, peildatum=date(2018, 10, 1), questions=(*QUESTIONS, *load_rule_set("dossierregels")))

    theirs = [melding for melding in both.meldingen() if melding.question == "dossier"]
    assert [melding.subject for melding in theirs] == ["27DV/a/1/1"]
    assert theirs[0].text.nl == "De BPVO is opgemaakt op 28 augustus 2018, na de begindatum 27 augustus 2018."
    assert tuple(m for m in both.meldingen() if m.question != "dossier") == ours.meldingen()


def test_a_rule_set_that_is_not_installed_is_said_in_one_sentence() -> None:
    with pytest.raises(RuleSetError, match="not installed; installed are: none") as found:
        load_rule_set("dossierregels")
    assert found.value.name == "dossierregels"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("raise ValueError('123456782')", r"cannot be imported \(ValueError\)"),
        ("QUESTIONS = 'dossier'", "is no Question"),
        ("QUESTIONS = [1]", "is no Question"),
        ("", r"cannot be imported \(AttributeError\)"),
    ],
)
def test_one_that_is_broken_is_refused_without_its_words(site: Path, text: str, why: str) -> None:
    """What another package says while it is imported may hold anything."""
    install(site, "kapot", {"kapot": "kapot:QUESTIONS"})
    (site / "kapot.py").write_text(text)

    with pytest.raises(RuleSetError, match=why) as found:
        load_rule_set("kapot")
    assert "123456782" not in str(found.value)


def test_two_of_one_name_are_refused(site: Path) -> None:
    """Which of the two would count depends on the order of the disk."""
    install(site, "anders", {"dossierregels": "anders:QUESTIONS"})

    with pytest.raises(RuleSetError, match="several packages have one of that name: anders, dossierregels"):
        load_rule_set("dossierregels")


def test_a_declaration_that_is_refused_while_it_is_imported_says_what_is_wrong(site: Path) -> None:
    """That sentence is of this library, and for the author."""
    install(site, "kapot", {"kapot": "kapot:QUESTIONS"})
    (site / "kapot.py").write_text("from bpvo_rules.rules import Source\nSource(title='')\n")

    with pytest.raises(RuleSetError, match="DeclarationError: Source: title is empty") as found:
        load_rule_set("kapot")
    assert (found.value.problem, found.value.name) == ("broken", "kapot")


@pytest.mark.usefixtures("site")
def test_the_receipt_says_which_rule_sets_were_used() -> None:
    """With the package and its version, for the same name may be of another one tomorrow; without any: none."""
    chain = keten(levering("a"))
    ours = judge(chain, peildatum=date(2018, 10, 1))
    both = judge(chain, peildatum=date(2018, 10, 1), questions=(*QUESTIONS, *load_rule_set("dossierregels")))

    assert receipt(ours)["rule_sets"] == []
    assert receipt(both)["rule_sets"] == [
        {"name": "dossierregels", "distribution": "dossierregels", "version": "1.0.0"}
    ]
    assert receipt(both)["rule_set_digest"] != receipt(ours)["rule_set_digest"]


def test_a_package_that_does_not_say_its_name_has_none(site: Path) -> None:
    install(site, "anders", {"een": "dossierregels:QUESTIONS"})
    (site / "anders-1.0.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\n")

    assert load_rule_set("een")[0].rule_set == RuleSet(name="een")


@pytest.mark.usefixtures("site")
def test_a_rule_set_cannot_take_the_place_of_one_of_ours() -> None:
    (theirs,) = load_rule_set("dossierregels")
    stolen = attrs.evolve(theirs, rules=(attrs.evolve(theirs.rules[0], code="erkend_bij_aanvang"),))

    with pytest.raises(DeclarationError, match="same code"):
        judge(keten(), peildatum=date(2018, 10, 1), questions=(*QUESTIONS, stolen))


def test_one_question_by_itself_is_a_rule_set_too(site: Path) -> None:
    (site / "anders.py").write_text("from dossierregels import QUESTIONS\nQUESTION = QUESTIONS[0]\n")
    install(site, "anders", {"een": "anders:QUESTION"})

    assert [question.code for question in load_rule_set("een")] == ["dossier"]
