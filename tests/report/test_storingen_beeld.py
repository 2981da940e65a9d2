"""The picture of outages: each at its moment, wide enough to be seen, and nothing only in the picture."""

import itertools
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judge.werelden import judged
from tests.questions.spec import EEN_METING, build
from tests.report.beeld import KLIK, in_beeld, lees, teksten

from bpvo_rules import judge
from bpvo_rules.judge import Storing
from bpvo_rules.model import Functie
from bpvo_rules.report.html.storingen import (
    HOOGSTENS,
    Storingenbeeld,
    Storingsrij,
    storingen_svg,
    storingenbeeld,
)
from bpvo_rules.report.wording import Say
from bpvo_rules.testing.strategies import worlds
from bpvo_rules.testing.worlds import World

NL, EN = Say("nl"), Say("en")
BEGIN = datetime(2018, 10, 1, 6, tzinfo=UTC)
"""Eight o'clock in the Netherlands."""
LINKS, RECHTS = 112, 526


def storing(
    van: float, uren: float, *, functie: Functie = Functie.ZOEKEN, brin: str = "", metingen: int = 2
) -> Storing:
    """Give an outage that starts some hours after the first moment and lasts some hours."""
    start = BEGIN + timedelta(hours=van)
    return Storing(functie=functie, brin=brin, van=start, tot_en_met=start + timedelta(hours=uren), metingen=metingen)


def rij(*found: Storing, niet_geteld: tuple[datetime, ...] = ()) -> Storingsrij:
    """Give the row of some outages of one functie and school."""
    return Storingsrij(found[0].functie, str(found[0].brin), found, niet_geteld)


def beeld(*rijen: Storingsrij) -> Storingenbeeld:
    """Give a picture of rows."""
    return Storingenbeeld(rijen, 1000)


def gezegd(found: Storingenbeeld, say: Say = NL) -> list[str]:
    """Give every text in a picture, after checking that it is one."""
    root = lees(storingen_svg(found, say))
    in_beeld(root)
    return teksten(root)


def balken(found: Storingenbeeld) -> list[tuple[float, float]]:
    """Give the left edge and width of every bar."""
    root = lees(storingen_svg(found, NL))
    paths = [e.get("d") or "" for e in root.iter() if e.get("data-soort") == "storing"]
    return [(float(x), float(w)) for d in paths for x, w in re.findall(r"M([\d.]+) [\d.]+h([\d.]+)", d)]


def test_an_outage_of_thirty_hours_in_a_hundred_is_thirty_percent_of_them() -> None:
    """From hour 0 to 30, and from 90 to 100; the view is 3 % wider on either side."""
    [(x, breedte), (later, rest)] = balken(beeld(rij(storing(0, 30), storing(90, 10))))
    uur = (RECHTS - LINKS) / 106

    assert x == pytest.approx(LINKS + 3 * uur, abs=KLIK)
    assert breedte == pytest.approx(30 * uur, abs=KLIK)
    assert later == pytest.approx(LINKS + 93 * uur, abs=KLIK)
    assert rest == pytest.approx(10 * uur, abs=KLIK)


def test_an_outage_of_a_moment_is_seen_and_those_that_touch_are_one() -> None:
    found = balken(beeld(rij(storing(0, 0), storing(0.1, 0), storing(5000, 0))))

    assert [breedte for _, breedte in found] == [pytest.approx(3.0, abs=0.2), pytest.approx(3.0, abs=0.2)]


def test_a_row_tells_its_numbers_and_its_longest() -> None:
    """By the clock in the Netherlands: two hours later than that of Greenwich."""
    woorden = gezegd(beeld(rij(storing(0, 1), storing(10, 3, metingen=5))))

    assert {"zoeken", "landelijk", "2 storingen", "7 x mislukt"} <= {*woorden}
    assert "langste: 1 okt 2018 18:00 t/m 21:00" in woorden


def test_in_english() -> None:
    woorden = gezegd(beeld(rij(storing(0, 30, brin="27DV"))), EN)

    assert {"27DV", "1 outage", "2 x failed", "1 Oct 2018 08:00 to 2 Oct 2018 14:00"} <= {*woorden}


def test_the_description_names_every_row_with_its_longest_outage() -> None:
    svg = storingen_svg(beeld(rij(storing(0, 1)), rij(storing(0, 1, functie=Functie.VERIFICATIE, brin="27DV"))), NL)
    label = lees(svg).get("aria-label") or ""

    assert "zoeken landelijk: 1 storing, 2 mislukte metingen" in label
    assert "verificatie 27DV: 1 storing" in label
    assert "de langste van 1 oktober 2018 08:00 t/m 1 oktober 2018 09:00" in label


def test_of_many_rows_those_with_the_most_failures_are_drawn_and_the_others_counted() -> None:
    rijen = [rij(storing(n, 1, brin=f"{n:02}AA", metingen=n + 1)) for n in range(HOOGSTENS + 4)]
    found = beeld(*rijen)
    woorden = gezegd(found)

    assert [r.brin for r in found.getoond] == [f"{n:02}AA" for n in range(4, HOOGSTENS + 4)]
    assert "Niet getekend: 4 rijen met minder mislukte metingen, samen 4 storingen." in woorden
    assert "03AA" not in woorden


def test_hundreds_of_outages_in_a_row_stay_few_bars() -> None:
    found = beeld(rij(*(storing(n / 4, 0.1) for n in range(800))))

    assert len(balken(found)) < (RECHTS - LINKS) / 3
    assert len(storingen_svg(found, NL)) < 6000
    assert "800 storingen" in gezegd(found)


def test_a_moment_years_away_does_not_press_the_others_together() -> None:
    found = beeld(rij(storing(0, 10), storing(20, 10), storing(200_000, 1)))

    assert [breedte > 50 for _, breedte in balken(found)] == [True, True]
    gezegd(found)


@pytest.mark.parametrize(
    ("metingen", "words"),
    [
        (None, "White Label is niet beoordeeld."),
        (0, "Er zijn geen metingen van White Label."),
        (12, "Geen storingen in 12 metingen van White Label."),
    ],
)
def test_no_outage_is_said_and_is_not_the_same_as_not_judged(metingen: int | None, words: str) -> None:
    assert gezegd(Storingenbeeld((), metingen)) == [words]


@pytest.mark.parametrize("brin", ["<script>alert(1)</script>", "\"'&", "\u202eAA\x00", "]]>"])
def test_no_value_is_markup(brin: str) -> None:
    gezegd(beeld(rij(storing(0, 1, brin=brin))))


@pytest.mark.parametrize("uren", [0, 0.2, 1, 5, 20, 100, 500, 2000, 9000])
def test_the_axis_has_a_name_or_more_and_they_do_not_overlap(uren: float) -> None:
    root = lees(storingen_svg(beeld(rij(storing(0, uren))), NL))
    [axis] = [g for g in root.iter() if g.get("font-size") == "11"]
    names = [(float(t.get("x", "")), len(t.text or "") * 6) for t in axis]

    assert names
    assert all(x + width < later for (x, width), (later, _) in itertools.pairwise(names))


# ---- of a judgement

ONDERHOUD = "- 2018-10-01T10:00:00+02:00 2018-10-01T11:00:00+02:00 2018-09-20"


def meting(clock: str, gelukt: str = "nee") -> dict[str, str]:
    """Give a measurement on 1 October 2018."""
    return {"tijdstip": f"2018-10-01T{clock}:00+02:00", "gelukt": gelukt}


def test_a_failure_in_maintenance_is_beside_the_outages() -> None:
    keten, arguments = build(
        EEN_METING,
        [meting("09:00"), meting("09:30"), meting("10:30"), meting("12:00", "ja")],
        {"white_label_onderhoud": ONDERHOUD},
    )
    found = storingenbeeld(judge(keten, **arguments))
    [row] = found.rijen

    assert found.metingen == 4
    assert [(s.metingen, f"{s.van:%H:%M}", f"{s.tot_en_met:%H:%M}") for s in row.storingen] == [(2, "09:00", "09:30")]
    assert [f"{m:%H:%M}" for m in row.niet_geteld] == ["10:30"]
    assert any("Grijs streepje" in woord for woord in gezegd(found))


def test_what_was_not_judged_is_not_called_good() -> None:
    keten, arguments = build(EEN_METING, [meting("09:00")], {"white_label_onderhoud": ""})

    assert storingenbeeld(judge(keten, **arguments, only_rules=["erkend_bij_aanvang"])).metingen is None
    keten, arguments = build(EEN_METING, [meting("09:00")], {"white_label_onderhoud": "?"})
    [row] = storingenbeeld(judge(keten, **arguments)).rijen
    assert (row.storingen, len(row.niet_geteld)) == ((), 1)


@settings(max_examples=40, deadline=None)
@given(worlds(), st.sampled_from([NL, EN]))
def test_every_judgement_has_a_picture_that_is_well_formed(world: World, say: Say) -> None:
    found = storingenbeeld(judged(world))
    gezegd(found, say)

    assert storingen_svg(found, say) == storingen_svg(found, say)
