"""Rules of a supplier, beside ours: found by their entry point, loaded only when asked for."""

import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest
from tests.examples.laden import EXAMPLES
from tests.examples.test_nightly import keten, levering

from bpvo_rules import judge
from bpvo_rules.errors import DeclarationError, RuleSetError
from bpvo_rules.plugins import GROUP, installed_rule_sets, load_rule_set
from bpvo_rules.questions import QUESTIONS

SUPPLIER = EXAMPLES / "supplier"


def install(site: Path, project: str, entry_points: dict[str, str]) -> None:
    """Write what an installer writes about a project that names entry points."""
    made = site / f"{project}-1.0.0.dist-info"
    made.mkdir()
    (made / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0.0\n")
    lines = [f"{name} = {value}" for name, value in entry_points.items()]
    (made / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *lines, ""]))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder where packages are installed, with the supplier in it as its own project file says."""
    project = tomllib.loads((SUPPLIER / "pyproject.toml").read_text("utf-8"))["project"]
    install(tmp_path, project["name"], project["entry-points"][GROUP])
    (tmp_path / "dossierregels.py").write_text((SUPPLIER / "src" / "dossierregels.py").read_text("utf-8"))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in ("dossierregels", "kapot", "anders"):
        sys.modules.pop(name, None)


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

    with pytest.raises(RuleSetError, match="several packages"):
        load_rule_set("dossierregels")


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
