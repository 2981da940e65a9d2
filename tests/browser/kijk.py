"""
What only a real browser can say about the pages of a report.

Named by hand, because it needs Chromium, which not every machine has: ``make browser``. With a folder in the
environment variable ``BEELD`` it also leaves screenshots there, for somebody to look at.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has none
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, sync_playwright
from tests.browser.verslag import BOOS, SOORTEN, maak_boos_verslag, maak_verslag
from tests.report.blad import Blad

BREEDTES = (360, 768, 1440)
QUIET = "--no-sandbox --disable-quic --disable-background-networking --disable-component-update --disable-sync".split()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}

Klacht = list[str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the Chromium of this machine."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found is not None, "Chromium is not on this machine."
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield made
        made.close()


@pytest.fixture(scope="session")
def verslag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verslag") / "verslag"
    maak_verslag(folder)
    return folder


@pytest.fixture(scope="session")
def boos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("boos") / "verslag"
    maak_boos_verslag(folder)
    return folder


def watched(page: Page) -> Klacht:
    """Collect whatever goes wrong on a page, and whatever it asks for beside itself."""
    complaints: Klacht = []
    page.on("console", lambda message: complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))

    def refuse(dialog: Dialog) -> None:
        complaints.append("dialog")
        dialog.dismiss()

    def note(request: Request) -> None:
        if not request.is_navigation_request():
            complaints.append(f"asks: {request.url}")

    page.on("dialog", refuse)
    page.on("request", note)
    return complaints


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def url(folder: Path, name: str) -> str:
    return (folder / name).as_uri()


def shown(page: Page) -> list[list[str]]:
    """Give the cells of the rows of the list of meldingen that can be seen."""
    rows: list[list[str]] = page.evaluate(
        "() => [...document.querySelectorAll('#meldingen tbody tr')].filter((row) => row.offsetParent !== null)"
        ".map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\\s+/g, ' ')))"
    )
    return rows


def written(folder: Path) -> list[list[str]]:
    """Give the same rows as they stand in the file, without a browser."""
    return Blad((folder / SOORTEN["meldingen"]).read_text("utf-8")).tabel("Meldingen, per regel")[1:]


# ---- a page is one file


def test_every_page_opens_from_disk_asks_for_nothing_and_complains_about_nothing(page: Page, verslag: Path) -> None:
    """No error, no warning, no breach of its policy, no request beside the page itself. Of many alike a few."""
    complaints = watched(page)
    pages = [
        path
        for path in sorted(verslag.rglob("*.html"))
        if (path.parent.name != "regels" and "matrix" not in path.name)
        or "tijdig" in path.name
        or "-1.html" in path.name
    ]
    assert len(pages) > 20
    for path in pages:
        page.goto(path.as_uri())
        assert complaints == [], path.name


def test_the_policy_stops_what_is_not_of_the_page(page: Page, verslag: Path) -> None:
    """Otherwise the silence above would say nothing."""
    complaints = watched(page)
    page.goto(url(verslag, "index.html"))
    page.evaluate("() => { const s = document.createElement('script'); s.textContent = 'x'; document.body.append(s); }")
    page.evaluate("() => { const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i); }")
    page.wait_for_timeout(200)

    assert any("Content Security Policy" in complaint for complaint in complaints)
    assert page.evaluate("() => window.x") is None


def test_values_of_the_input_do_nothing(page: Page, boos: Path) -> None:
    """Every page of a hostile keten: no dialog, no complaint, and no element that the page does not have of itself."""
    complaints = watched(page)
    for path in (path for path in sorted(boos.rglob("*.html")) if path.parent.name != "regels"):
        page.goto(path.as_uri())
        assert page.locator("img, iframe, object, embed").count() == 0, path.name
        assert page.locator("script").count() == 1, path.name
        assert complaints == [], path.name


def test_values_of_the_input_are_read_as_they_are(page: Page, boos: Path) -> None:
    page.goto(url(boos, SOORTEN["meldingen"]))
    subjects = {row[7] for row in shown(page)}

    assert {f"27DV/{naam}/1/1" for naam in BOOS if "\x00" not in naam} <= subjects
    page.get_by_label("Bevat").fill("<SCRIPT>")
    assert {row[7] for row in shown(page)} == {f"27DV/{BOOS[0]}/1/1"}


# ---- filters and sorting


FILTERS = {"Vraag": 0, "Regel": 1, "Soort": 2, "Hersteller": 3, "Domein": 4, "Opleiding": 5, "Toelichting": 6}


@pytest.mark.parametrize(("label", "column"), FILTERS.items())
def test_a_filter_leaves_the_rows_with_its_value(page: Page, verslag: Path, label: str, column: int) -> None:
    """Exactly those, for each of its values; and it offers each value that there is."""
    rows = written(verslag)
    page.goto(url(verslag, SOORTEN["meldingen"]))
    field = page.get_by_label(label, exact=True)
    values = [value for option in field.locator("option").all() if (value := option.get_attribute("value"))]

    assert set(values) == {row[column] for row in rows} - {""}
    for value in values[:6]:
        field.select_option(value)
        wanted = [row for row in rows if row[column] == value]
        assert shown(page) == wanted
        assert page.get_by_role("status").inner_text() == f"Meldingen getoond: {len(wanted)}"


def test_two_filters_leave_what_both_leave_and_clearing_gives_all_back(page: Page, verslag: Path) -> None:
    rows = written(verslag)
    page.goto(url(verslag, SOORTEN["meldingen"]))
    rule, domein = rows[0][1], rows[0][4]
    page.get_by_label("Regel", exact=True).select_option(rule)
    page.get_by_label("Domein", exact=True).select_option(domein)
    assert shown(page) == [row for row in rows if row[1] == rule and row[4] == domein]

    page.get_by_label("Bevat").fill(rows[0][7].upper())
    assert shown(page) == [row for row in rows if row[1] == rule and row[7] == rows[0][7]]

    page.get_by_role("button", name="Wis alle filters").click()
    page.wait_for_timeout(100)
    assert shown(page) == rows


def test_a_link_to_a_rule_shows_that_rule(page: Page, verslag: Path) -> None:
    page.goto(url(verslag, SOORTEN["meldingen"]) + "#tijdig_bij_duo")

    assert page.get_by_label("Regel", exact=True).input_value() == "tijdig_bij_duo"
    assert {row[1] for row in shown(page)} == {"tijdig_bij_duo"}


def test_a_text_is_found_within_a_cell_only(page: Page, verslag: Path) -> None:
    """The end of one cell with the start of the next is no text of the page."""
    rows = written(verslag)
    page.goto(url(verslag, SOORTEN["meldingen"]))
    for across in (f"{rows[0][1]}{rows[0][2]}", f"{rows[0][1]} {rows[0][2]}"):
        page.get_by_label("Bevat").fill(across)
        assert shown(page) == []


def test_an_address_that_is_no_rule_changes_nothing(page: Page, verslag: Path) -> None:
    """Also one that cannot be read: the filters are there all the same."""
    complaints = watched(page)
    for address in ("#geen_regel", "#%", "#%E0%A4%A"):
        page.goto(url(verslag, SOORTEN["meldingen"]) + address)
        assert page.locator("form").is_visible()
        assert shown(page) == written(verslag)
    assert complaints == []


def test_a_column_sorts_both_ways_by_keyboard(page: Page, verslag: Path) -> None:
    rows = written(verslag)
    page.goto(url(verslag, SOORTEN["meldingen"]))
    head = page.get_by_role("columnheader", name="Opleiding")
    head.get_by_role("button").focus()
    for order, reverse in (("ascending", False), ("descending", True)):
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == order
        codes = [row[5] for row in shown(page)]
        assert sorted(codes) == sorted(row[5] for row in rows)
        assert codes == sorted(codes, reverse=reverse)


def test_numbers_sort_as_numbers(page: Page, verslag: Path) -> None:
    """By text 1.187 would come before 9."""
    page.goto(url(verslag, SOORTEN["regels"]))
    page.get_by_role("columnheader", name="Voldoet", exact=True).get_by_role("button").click()
    cells = page.locator("table tbody tr td:nth-of-type(4)").all_inner_texts()
    numbers = [int(cell.replace(".", "")) for cell in cells]

    assert max(numbers) > 999
    assert numbers == sorted(numbers)


def test_percentages_sort_with_gaps_last(page: Page, verslag: Path) -> None:
    page.goto(url(verslag, SOORTEN["matrix"]))
    page.locator("thead th").nth(1).get_by_role("button").click()
    cells = page.locator("table tbody tr td:nth-of-type(1)").all_inner_texts()
    found = [float(cell.split("%")[0].replace(",", ".")) if "%" in cell else None for cell in cells]
    filled = [value for value in found if value is not None]

    assert filled == sorted(filled)
    assert found[: len(filled)] == filled


# ---- without script


def test_without_script_everything_is_there(browser: Browser, verslag: Path) -> None:
    """But the filters, which would do nothing; what is folded opens by itself."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url(verslag, SOORTEN["meldingen"]))
    assert page.locator("form").is_hidden()
    assert page.locator("#meldingen tbody tr:visible").count() == len(written(verslag))

    page.goto(url(verslag, SOORTEN["overzicht"]))
    first = page.locator("details").first
    first.locator("summary").click()
    assert first.locator("table").is_visible()
    first.get_by_role("link").nth(1).click()
    assert page.url.split("/")[-1].startswith("dossiers-001.html#d")
    context.close()


# ---- who cannot see, or has no mouse


@pytest.mark.parametrize("soort", [soort for soort in SOORTEN if soort != "vraag zonder domein"])
def test_axe_finds_nothing(browser: Browser, verslag: Path, boos: Path, soort: str) -> None:
    """
    On a telephone and on a desk, also in what is folded. Axe is no part of the page, so its policy is set aside.

    Pages with meldingen are those of the small hostile keten: axe looks at every element, and a few rows have them all.
    """
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(url(boos if SOORTEN[soort].startswith("realtime/") else verslag, SOORTEN[soort]))
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for breedte in (BREEDTES[0], BREEDTES[-1]):
        page.set_viewport_size({"width": breedte, "height": 900})
        found: dict[str, Any] = Axe().run(page, options=RULES).response
        assert found["passes"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    context.close()


@pytest.mark.parametrize("soort", ["overzicht", "meldingen", "vraag"])
def test_tab_reaches_everything_and_shows_where_it_is(page: Page, verslag: Path, soort: str) -> None:
    """In the order of the page, the link past the head first; what has the focus has an outline."""
    page.goto(url(verslag, SOORTEN[soort]))
    wanted: int = page.evaluate(
        "() => { const all = [...document.querySelectorAll('a[href], button, select, input, summary, [tabindex]')]"
        ".filter((one) => one.checkVisibility({contentVisibilityAuto: true}));"
        " all.forEach((one, at) => { one.dataset.at = at; }); return all.length; }"
    )
    seen = []
    for _ in range(min(wanted, 120)):
        page.keyboard.press("Tab")
        at, outline = page.evaluate(
            "() => { const one = document.activeElement;"
            " return [Number(one.dataset.at), parseFloat(getComputedStyle(one).outlineWidth)]; }"
        )
        assert outline > 0
        seen.append(at)

    assert seen == list(range(min(wanted, 120)))
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#inhoud")


def test_what_is_folded_opens_by_keyboard(page: Page, verslag: Path) -> None:
    page.goto(url(verslag, SOORTEN["overzicht"]))
    page.locator("summary").first.focus()
    page.keyboard.press("Space")

    assert page.locator("details").first.get_attribute("open") is not None


# ---- sizes


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_page_never_scrolls_sideways(page: Page, verslag: Path, soort: str) -> None:
    """What is too wide scrolls by itself. What one clicks, outside sentences, is 24 pixels high at least."""
    page.goto(url(verslag, SOORTEN[soort]))
    for breedte in BREEDTES:
        page.set_viewport_size({"width": breedte, "height": 900})
        if "BEELD" in os.environ:
            name = f"{soort.replace(' ', '-')}-{breedte}.png"
            page.screenshot(path=Path(os.environ["BEELD"]) / name, full_page=True)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for breedte in BREEDTES:
        page.set_viewport_size({"width": breedte, "height": 900})
        wide, room = page.evaluate(
            "() => [document.scrollingElement.scrollWidth, document.documentElement.clientWidth]"
        )
        small = page.evaluate(
            "() => [...document.querySelectorAll('nav a, button, select, input, summary')]"
            ".filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24)"
            ".map((one) => one.outerHTML.slice(0, 80))"
        )
        assert wide <= room
        assert small == []


# ---- paper


def test_on_paper_there_are_no_filters_and_nothing_is_folded(page: Page, verslag: Path) -> None:
    page.goto(url(verslag, SOORTEN["meldingen"]))
    page.emulate_media(media="print")
    assert page.locator("form").is_hidden()

    page.goto(url(verslag, SOORTEN["overzicht"]))
    page.emulate_media(media="print")
    assert page.locator("details table").first.is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_what_was_folded_is_folded_again_after_printing(page: Page, verslag: Path) -> None:
    page.goto(url(verslag, SOORTEN["overzicht"]))
    page.locator("summary").first.click()

    def folded() -> int:
        return page.locator("details:not([open])").count()

    before = folded()
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert folded() == 0
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert folded() == before > 0
