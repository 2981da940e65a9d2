"""Pages: one frame, a policy by which nothing else runs, and folders that are written whole or not at all."""

import re
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.report import blad

from bpvo_rules.errors import ExistingFileError, ExtraMissingError
from bpvo_rules.report.html.bladen import Blad, Schakel, Zetter, is_verslag, onder, schrijf_bladen
from bpvo_rules.report.html.grafieken import Stapel, stapels
from bpvo_rules.report.html.start import start_blad
from bpvo_rules.report.wording import Say

NL, EN = Say("nl"), Say("en")


def pagina(**changes: bool) -> Blad:
    given = {"realtime": True, "foto": True, "beschermd": True} | changes
    return start_blad(**given, say=NL)


def test_the_policy_names_the_style_and_the_script_of_the_page_and_nothing_else() -> None:
    """By the digests of CSP: sha256 of the text between the tags, in base64."""
    page = blad.Blad(pagina().tekst)
    (policy,) = (one["content"] for one in page.alle("meta") if one.get("http-equiv") == "Content-Security-Policy")

    def digest(tag: str) -> str:
        return f"'sha256-{b64encode(sha256(page.inhoud[tag].encode()).digest()).decode()}'"

    assert policy == f"default-src 'none'; style-src {digest('style')}; script-src {digest('script')}"


def test_a_page_asks_for_nothing_and_has_no_style_or_script_in_its_elements() -> None:
    """Such would not run under the policy, and a browser would complain."""
    for tag, attributes in blad.Blad(pagina().tekst).elementen:
        assert tag not in {"img", "iframe", "link", "object", "embed", "base"}
        assert not {name for name in attributes if name in {"src", "style", "srcset"} or name.startswith("on")}


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>'),
        ("a\u202eb\u2066c", "abc"),
        ("a\x00b\ud800c", "abc"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_a_value_is_a_text_and_never_markup(given: str, seen: str) -> None:
    """Marks that turn the reading direction, and what XML does not allow, are left out."""
    made = Zetter(NL, given, [Schakel("index.html", given)]).zet(
        "index.html", "start", titel=given, realtime=None, foto=None, map="", beschermd=False
    )
    page = blad.Blad(made.tekst)

    made.tekst.encode()
    assert page.tekst.count(seen) == 3
    assert [len(page.alle(tag)) for tag in ("script", "img")] == [1, 0]


def test_links_go_up_from_pages_in_a_folder() -> None:
    made = Zetter(NL, "", [Schakel("index.html", "Begin")])
    arguments = {"titel": "x", "realtime": None, "foto": None, "map": "", "beschermd": False}

    assert blad.Blad(made.zet("index.html", "start", **arguments).tekst).links[1:] == ["index.html"]  # type: ignore[arg-type] # as in a template
    assert blad.Blad(made.zet("regels/x.html", "start", **arguments).tekst).links[1:] == ["../index.html"]  # type: ignore[arg-type] # as above


@pytest.mark.parametrize(("say", "lang"), [(NL, "nl"), (EN, "en")])
def test_a_page_says_its_language(say: Say, lang: str) -> None:
    made = start_blad(realtime=True, foto=True, beschermd=False, say=say)

    assert blad.Blad(made.tekst).alle("html") == [{"lang": lang}]
    assert ("Onbeschermd" in made.tekst) == (lang == "nl")


def test_only_protected_fotos_are_said_to_be_for_passing_on() -> None:
    assert "kan apart worden doorgegeven" in pagina().tekst
    assert "kan apart worden doorgegeven" not in pagina(beschermd=False).tekst
    assert "Geef de map niet door" in pagina(beschermd=False).tekst


@pytest.mark.parametrize("module", ["jinja2", "vl_convert"])
def test_without_the_extra_its_name_is_said(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(ExtraMissingError, match=r"bpvo-rules\[report\]"):
        pagina() if module == "jinja2" else stapels([Stapel("x", 1, 1, 1)], NL)


# ---- folders


def test_a_report_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    """Also what the later one does not have is gone."""
    folder = tmp_path / "verslag"
    schrijf_bladen([pagina(), Blad("regels/oud.html", "oud")], folder)
    schrijf_bladen([pagina(foto=False)], folder)

    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()] == ["index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["verslag"]


def test_a_report_that_breaks_off_leaves_the_earlier_one(tmp_path: Path) -> None:
    folder = tmp_path / "verslag"
    schrijf_bladen([pagina()], folder)
    before = (folder / "index.html").read_bytes()

    def breaking() -> Iterator[Blad]:
        yield pagina(foto=False)
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        schrijf_bladen(breaking(), folder)

    assert (folder / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["verslag"]


@pytest.mark.parametrize("name", ["notes.txt", "index.html"])
def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<html>mine</html>")

    with pytest.raises(ExistingFileError):
        schrijf_bladen([pagina()], tmp_path)

    assert not is_verslag(tmp_path)
    assert (tmp_path / name).read_text() == "<html>mine</html>"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    schrijf_bladen(onder("realtime", [pagina()]), tmp_path)

    assert (tmp_path / "realtime" / "index.html").is_file()
    assert is_verslag(tmp_path / "realtime")


# ---- stacked bars


def test_a_bar_has_its_numbers_as_a_reader_writes_them() -> None:
    """Twelve hundred of fifteen hundred; a part of less than 7 % has no room for its number."""
    given = [Stapel("a", 1200, 290, 10)]

    nl, en = stapels(given, NL), stapels(given, EN)

    assert ">1.200<" in nl
    assert ">1,200<" in en
    assert ">10<" not in nl
    assert "a: voldoet 1.200, voldoet niet 290, niet te bepalen 10." in nl
    assert "a: met 1,200, not met 290, cannot be determined 10." in en


def test_a_withheld_number_is_never_read_out_as_nothing() -> None:
    assert "voldoet 3, voldoet niet 9, niet te bepalen niet getoond." in stapels([Stapel("a", 3, 9, None)], NL)
    assert "niet te bepalen 0." in stapels([Stapel("a", 3, 9, 0)], NL)


def test_the_parts_of_a_bar_are_as_wide_as_their_numbers() -> None:
    """The whole bar is 420 wide: 300 of 400 is 315 of it."""
    drawn = stapels([Stapel("a", 300, 60, 40)], NL)

    widths = {float(width) for width in re.findall(r'd="M[0-9.]+,[0-9.]+h([0-9.]+)v20', drawn)}
    assert {315.0, 63.0, 42.0} <= widths


def test_a_name_in_a_chart_is_no_markup() -> None:
    drawn = stapels([Stapel('<b>"x"', 1, 1, 1)], NL)

    assert "<b>" not in drawn
    assert len(blad.Blad(drawn).alle("svg")) == 1
    assert blad.Blad(drawn).alle("svg")[0]["role"] == "img"
