"""The pages about fotos: of published numbers only, in words where a number is withheld or rounded."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

import attrs
import pytest
from tests.report.blad import Blad
from tests.report.test_realtime import broken_links

from bpvo_rules.codes import Brin
from bpvo_rules.foto import (
    Aantal,
    Cel,
    Digest,
    Domein,
    Foto,
    Fotobestand,
    FotoId,
    Getal,
    Plaats,
    Policy,
    Reden,
    RegelAantal,
    Regelcode,
    Vervanging,
    Vraagcode,
    aggregate,
    describe,
    document,
    foto_digest,
)
from bpvo_rules.judge import Judge, make_settings
from bpvo_rules.report.html.fotocijfers import ALLE, Fotoreeks, Score, Stand, Zekerheid, trechter
from bpvo_rules.report.html.fotografieken import Lijn, trend_svg
from bpvo_rules.report.html.fotos import foto_bladen
from bpvo_rules.report.wording import Say
from bpvo_rules.simulate import simulate

NL, EN = Say("nl"), Say("en")
VRAAG = Vraagcode("bpvo_erkend_leerbedrijf")
JANUARI, APRIL, JULI, OKTOBER = (date(2019, month, 1) for month in (1, 4, 7, 10))
KALENDER = (JANUARI, APRIL, JULI, OKTOBER)
NIVEAU, MIDPUNT6 = Policy.NIVEAU, Policy.MIDPUNT6

Tel = tuple[int | None, int | None]
"""How many fail, of how many decided; None is withheld."""


def getal(count: int | None, policy: Policy) -> Getal:
    if count is None:
        return Getal.withheld()
    return Getal.rounded(count) if policy is MIDPUNT6 else Getal.exact(count)


def cel(instelling: Any, domein: Any, tel: Tel, policy: Policy = NIVEAU, vraag: Vraagcode = VRAAG) -> Cel:
    failed, decided = (Aantal(subjects=getal(count, policy), personen=None) for count in tel)
    none = Aantal(subjects=getal(0, policy), personen=None)
    more: dict[str, Any] = {}
    if policy is NIVEAU:
        met = Aantal(subjects=Getal.exact((tel[1] or 0) - (tel[0] or 0)), personen=None)
        more = {"voldoet": met, "niet_van_toepassing": none, "totaal": decided}
    return Cel(
        vraag=vraag,
        instelling=instelling,
        domein=domein,
        voldoet_niet=failed,
        beslist=decided,
        niet_te_bepalen=none,
        **more,
    )


def bestand(
    scholen: dict[str, Tel],
    *,
    dag: date = OKTOBER,
    policy: Policy = NIVEAU,
    totaal: Tel | None = None,
    regels: Iterable[RegelAantal] = (),
    **rest: Any,
) -> Fotobestand:
    """Make a foto of schools with one domein, 79140, and the country."""
    domein = Domein("79140")
    whole: Tel = totaal or (
        sum(tel[0] or 0 for tel in scholen.values()),
        sum(tel[1] or 0 for tel in scholen.values()),
    )
    foto = Foto(
        peildatum=dag,
        na=dag.replace(year=dag.year - 1),
        policy=policy,
        cellen=tuple(cel(Brin(brin), domein, tel, policy) for brin, tel in sorted(scholen.items())),
        marges=(
            *(cel(Brin(brin), Plaats.ALLE, tel, policy) for brin, tel in sorted(scholen.items())),
            cel(Plaats.ALLE, domein, whole, policy),
            cel(Plaats.ALLE, Plaats.ALLE, whole, policy),
        ),
        regels=tuple(regels),
    )
    return describe(foto, make_settings(), gemaakt_op=dag, **rest)


def bladen(*fotos: Fotobestand, say: Say = NL, instelling: str | None = None) -> dict[str, str]:
    own = None if instelling is None else Brin(instelling)
    return {blad.pad: blad.tekst for blad in foto_bladen(fotos, say=say, instelling=own)}


def vraag(*fotos: Fotobestand, **options: Any) -> Blad:
    return Blad(bladen(*fotos, **options)["vraag-1.html"])


@cache
def jaar() -> tuple[Fotobestand, ...]:
    """Give the four fotos of a year of a simulated chain."""
    keten, found = simulate(seed=2018, instellingen=3, bpvos=500).keten, []
    for dag in (date(2018, 10, 1), date(2019, 1, 1), date(2019, 4, 1), date(2019, 7, 1)):
        judgement = Judge().keten(keten, peildatum=dag)
        found.append(describe(aggregate(judgement, policy=NIVEAU), judgement.settings, gemaakt_op=dag))
    return tuple(found)


@cache
def jaarbladen() -> dict[str, str]:
    return bladen(*jaar())


# ---- which fotos


def test_the_title_says_which_foto_its_window_and_what_it_is_of() -> None:
    """1 October is the fourth of its year; its window starts the day after the same day a year before."""
    foto = bestand({"27DV": (5, 100)})
    digest = foto_digest(foto).removeprefix("sha256:")[:12]

    (heading,) = [Blad(bladen(foto)["index.html"]).tekst]
    assert f"Foto 4, 2019: 2 oktober 2018 t/m 1 oktober 2019, bekend op 1 oktober 2019, sha256 {digest}" in heading


def test_a_foto_of_another_day_has_no_number() -> None:
    assert (
        "Foto 2019-05-03: 4 mei 2018 t/m 3 mei 2019"
        in Blad(bladen(bestand({"27DV": (5, 100)}, dag=date(2019, 5, 3)))["index.html"]).tekst
    )


def test_an_unprotected_foto_says_so_on_every_page_about_it() -> None:
    for pad, tekst in bladen(bestand({"27DV": (5, 100)})).items():
        if pad.endswith(".html") and not pad.startswith("regels/"):
            assert "Onbeschermd: kleine aantallen zijn tot personen te herleiden." in tekst, pad
    for pad, tekst in bladen(bestand({"27DV": (5, 100)}, policy=MIDPUNT6)).items():
        assert "Onbeschermd" not in tekst, pad


def test_of_a_day_the_last_correction_counts() -> None:
    """The foto that it replaces is listed, and nothing else of it is shown."""
    first = bestand({"27DV": (41, 100)})
    replaced = Vervanging(FotoId.of(OKTOBER), foto_digest(first), Reden.BRON)
    corrected = bestand({"27DV": (5, 100)}, correctie=1, vervangt=replaced, vorige=foto_digest(first))
    found = bladen(corrected, first)
    rows = Blad(found["index.html"]).tabel("De foto's op deze bladen")[1:]

    assert [(row[0], row[4]) for row in rows] == [
        ("foto-2019-10-01", "vervangen door foto-2019-10-01-c1"),
        ("foto-2019-10-01-c1", "vervangt foto-2019-10-01"),
    ]
    assert "(correctie 1)" in found["index.html"]
    assert "95,0%" in found["index.html"]
    assert "59,0%" not in "".join(found.values())
    assert "matrix-foto-2019-10-01-1.html" not in found


@pytest.mark.parametrize(
    ("fotos", "why"),
    [
        ((), "no foto"),
        ((bestand({"27DV": (5, 100)}), bestand({"27DV": (5, 100)}, dag=JULI, policy=MIDPUNT6)), "one policy"),
        ((bestand({"27DV": (5, 100)}), bestand({"27DV": (6, 100)})), "one name"),
    ],
)
def test_fotos_that_do_not_go_together_are_refused(fotos: Sequence[Fotobestand], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        bladen(*fotos)


def test_the_order_in_which_fotos_are_given_says_nothing() -> None:
    fotos = [bestand({"27DV": (n, 100), "30ZZ": (0, 50)}, dag=dag) for n, dag in enumerate(KALENDER)]

    assert bladen(*reversed(fotos)) == bladen(*fotos)


# ---- numbers


def test_a_share_is_rounded_down_and_stands_with_its_base() -> None:
    """1999 of 2000 is 99.95: shown as 99,9, for 100,0 would mean all. Wilson, by hand: 99.72 to 100.00 outwards."""
    page = vraag(bestand({"27DV": (1, 2000)}))

    assert page.tabel("Score per instelling en domein")[1] == ["27DV", "99,9% van 2.000", "99,9% van 2.000"]
    assert "95%-interval 99,7-100,0%" in page.tekst


def test_wilson_is_that_of_the_published_numbers() -> None:
    """95 of 100: 88.82 to 97.85, so 88,8 to 97,9 with whole tenths outwards."""
    (row,) = Blad(bladen(bestand({"27DV": (5, 100)}))["index.html"]).tabel("Uitkomsten")[1:]

    assert row[1:] == ["95", "5", "0", "95,0%", "88,8-97,9%"]


def test_a_withheld_number_is_a_mark_that_is_explained() -> None:
    page = vraag(bestand({"27DV": (None, 30), "30ZZ": (12, 300)}, policy=MIDPUNT6))
    (caption,) = [caption for caption in page.tabellen if caption.startswith("Score per instelling en domein")]

    assert page.tabel("Score per instelling en domein")[1] == ["27DV", "[g]", "[g]"]
    assert "[g]: niet getoond, om personen te beschermen." in caption


def test_rounded_numbers_are_said_to_be_about() -> None:
    """300 lies in the class of 297; 12 in that of 9: 288 of 297 is 96.9, in whole per cents 96."""
    page = vraag(bestand({"27DV": (12, 300)}, policy=MIDPUNT6))
    (caption,) = [caption for caption in page.tabellen if caption.startswith("Score per instelling en domein")]

    assert page.tabel("Score per instelling en domein")[1] == ["27DV", "ca. 96% van 297", "ca. 96% van 297"]
    assert "ca.: van afgeronde aantallen; door afronding kunnen totalen afwijken van de som." in caption
    assert "ca." not in vraag(bestand({"27DV": (12, 300)})).tekst


def test_rounded_numbers_that_cross_each_other_are_nothing_and_not_less() -> None:
    score = Score(Getal.rounded(15), Getal.rounded(12), Getal.exact(0))

    assert (score.voldoet_niet.waarde, score.beslist.waarde) == (15, 9)
    assert score.getallen == (0, 9)


@pytest.mark.parametrize(
    ("tel", "word"), [((0, 15), "te weinig"), ((0, 16), ""), ((5, 50), ""), ((10, 50), "te weinig")]
)
def test_few_is_an_interval_wider_than_twenty_points(tel: tuple[int, int], word: str) -> None:
    """
    By hand: all of n gives z2/(n+z2) with z2 = 3.8415.

    For 15 that is 20.39 points and for 16 it is 19.36; 45 of 50 gives 78.64-95.65 (17.0), 40 of 50 66.96-88.76 (21.8).
    """
    score = Score(Getal.exact(tel[0]), Getal.exact(tel[1]), Getal.exact(0))
    page = Blad(bladen(bestand({"27DV": tel}))["index.html"])

    assert score.is_weinig is bool(word)
    assert ("te weinig voor een uitspraak" in page.tekst) is bool(word)


def test_nothing_decided_has_no_score() -> None:
    page = Blad(bladen(bestand({"27DV": (0, 0)}))["index.html"])

    assert page.tabel("Uitkomsten")[1][1:] == ["-", "0", "0", "-", ""]
    assert "-: niets te beoordelen." in page.tekst


def test_the_csv_has_the_numbers_of_the_foto() -> None:
    found = bladen(bestand({"27DV": (None, 30), "30ZZ": (12, 300)}, policy=MIDPUNT6))
    text = found["matrix-foto-2019-10-01-1.csv"]
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))

    assert text.startswith("\ufeff")
    assert rows[1] == ["27DV", "79140", "[g]", "27", "0", "onderdrukt", "afgerond"]
    assert rows[3] == ["30ZZ", "79140", "9", "297", "0", "afgerond", "afgerond"]


def test_what_was_not_met_is_shown_per_rule_of_the_country() -> None:
    """Under niveau a rule that ran and is not counted failed nobody."""

    def counted(rule: str, place: Any, number: int) -> RegelAantal:
        return RegelAantal(
            vraag=VRAAG, regel=Regelcode(rule), instelling=place, domein=Plaats.ALLE, voldoet_niet=Getal.exact(number)
        )

    regels = [counted("erkend_bij_aanvang", Brin("27DV"), 3), counted("erkend_bij_aanvang", Plaats.ALLE, 4)]
    regels.append(counted("erkend_bij_aanvang", Plaats.LANDELIJK, 1))
    page = vraag(bestand({"27DV": (5, 100)}, regels=regels))
    rows = {row[0]: row[1:] for row in page.tabel("Voldoet niet, per regel")[1:]}

    assert rows["erkend_bij_aanvang"] == ["fout", "4"]
    assert rows["leerbedrijf_bekend"] == ["fout", "0"]
    assert "regels/erkend_bij_aanvang.html" in page.links


def test_the_sentence_on_what_the_score_is_not_stands_once() -> None:
    tekst = Blad(jaarbladen()["index.html"]).tekst

    assert tekst.count("zij zegt niets over de kwaliteit van de BPV-uitvoering") == 1


# ---- every number is published, or follows from published numbers


def derived(fotos: Iterable[Fotobestand]) -> set[str]:
    """Give every number that a page may show, out of the files alone: numbers, differences and shares in tenths."""
    found: set[str] = set()
    for one in fotos:
        told = document(one)
        for count in (*told["cellen"], *told["marges"]):
            failed, decided = count["voldoet_niet"]["waarde"], count["beslist"]["waarde"]
            found |= {str(value["waarde"]) for value in count.values() if isinstance(value, dict)}
            if failed is not None and decided:
                found |= {str(decided - failed), f"{(decided - failed) * 1000 // decided / 10:.1f}".replace(".", ",")}
                found |= wilson_tenths(decided - failed, decided)
        found |= {str(rule["voldoet_niet"]["waarde"]) for rule in told["regels"]} | {"0"}
    return found


def wilson_tenths(met: int, decided: int) -> set[str]:
    """Give the bounds of Wilson, outwards: the x for which (p - x)2 = z2 x (1 - x) / n, by the formula of a square."""
    z2 = 1.959963984540054**2
    share = met / decided
    a, b, c = 1 + z2 / decided, -(2 * share + z2 / decided), share**2
    root = max(0.0, b * b - 4 * a * c) ** 0.5
    low, high = max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))
    found = set()
    for value, up in ((low, False), (high, True)):
        near = round(value * 1000)
        exact = abs(value * 1000 - near) < 1e-6
        tenths = near if exact else int(value * 1000) + up
        found.add(f"{tenths / 10:.1f}".replace(".", ","))
    return found


NUMBER = re.compile(r"(?<![\w,.-])[0-9]+(?:,[0-9]+)?(?![\w])")


def test_no_number_in_a_table_is_anything_but_published_or_worked_out_of_what_is() -> None:
    """But for years and days of fotos, codes, and what is told about the tables themselves."""
    allowed = derived(jaar())
    codes = {str(place) for one in jaar() for count in one.foto.cellen for place in (count.instelling, count.domein)}
    for pad, tekst in jaarbladen().items():
        if not pad.endswith(".html") or pad.startswith("regels/"):
            continue
        for caption, rows in Blad(tekst).tabellen.items():
            if caption.startswith("De foto's op deze bladen"):
                continue
            for row in rows[1:]:
                for cell in row:
                    if cell in codes or not re.search(r"[0-9]", cell) or re.match(r"[1-6]\. ", cell):
                        continue
                    split = re.sub(r"(%|van )", " ", cell).replace("-", " ").replace(".", "")
                    strange = [number for number in NUMBER.findall(split) if number not in allowed]
                    assert strange == [], (pad, caption, cell)


def test_every_published_number_of_a_margin_is_on_its_page() -> None:
    last = jaar()[-1]
    for count in last.foto.marges:
        if count.instelling is Plaats.ALLE and count.domein is Plaats.ALLE:
            (row,) = [
                row
                for row in Blad(jaarbladen()["index.html"]).tabel("Uitkomsten per vraag")[1:]
                if row[0].startswith(f"{[q.code for q in Fotoreeks(jaar()).vragen].index(count.vraag) + 1}. ")
            ]
            assert row[2:4] == [str(count.voldoet_niet.subjects.waarde), str(count.niet_te_bepalen.subjects.waarde)]


# ---- trends


def test_a_foto_that_is_not_there_is_a_gap() -> None:
    """Of January, April and October the lines are January to April, and October by itself; July is named as missing."""
    fotos = [bestand({"27DV": (5, 100)}, dag=dag) for dag in (JANUARI, APRIL, OKTOBER)]
    reeks = Fotoreeks(fotos)
    drawn = trend_svg(reeks, VRAAG, [Lijn("alle", ALLE)], NL)
    header = vraag(*fotos).tabel("Score per foto: Landelijk")[0]

    assert reeks.momenten == KALENDER
    assert header == ["Van", "1 januari 2019", "1 april 2019", "1 juli 2019 (geen foto)", "1 oktober 2019"]
    lines = re.findall(r'<path [^>]*d="(M[^"]*)" stroke="#12436D" stroke-width="1.5"', drawn)
    assert [line.count("L") for line in lines] == [1, 0]
    assert "Geen foto van 1 juli 2019." in Blad(bladen(*fotos)["index.html"]).tekst


def test_a_withheld_number_is_a_gap() -> None:
    fotos = [
        bestand({"27DV": (9, 100)}, dag=dag, policy=MIDPUNT6, totaal=(None, 100) if dag == APRIL else (9, 100))
        for dag in KALENDER
    ]
    drawn = trend_svg(Fotoreeks(fotos), VRAAG, [Lijn("alle", ALLE)], NL)
    lines = re.findall(r'<path [^>]*d="(M[^"]*)" stroke="#12436D" stroke-width="1.5"', drawn)

    assert [line.count("L") for line in lines] == [0, 1]


def test_days_outside_the_calendar_have_no_gaps() -> None:
    fotos = [bestand({"27DV": (5, 100)}, dag=dag) for dag in (date(2019, 2, 3), date(2019, 9, 9))]

    assert Fotoreeks(fotos).momenten == (date(2019, 2, 3), date(2019, 9, 9))


def test_a_foto_of_other_rules_has_another_mark_and_is_told() -> None:
    old, new = bestand({"27DV": (5, 100)}, dag=JULI), bestand({"27DV": (5, 100)})
    other = attrs.evolve(old, rule_set_digest=Digest("sha256:" + "a" * 64))

    page = vraag(other, new)
    assert page.tabel("Score per foto: Landelijk")[0][1] == "1 juli 2019 (andere regels)"
    assert "Een open vierkant is geteld met andere regels" in page.tekst
    assert "De twee zijn met andere regels geteld" in page.tekst
    drawn, plain = (trend_svg(Fotoreeks([one, new]), VRAAG, [Lijn("x", ALLE)], NL) for one in (other, old))
    assert (drawn.count('fill="#fff"'), plain.count('fill="#fff"')) == (1, 0)
    assert "andere regels" not in vraag(old, new).tekst


def test_one_foto_has_no_trend_and_nothing_to_compare_with() -> None:
    page = vraag(bestand({"27DV": (5, 100)}))

    assert "Trend" not in page.tekst
    assert "Sinds de vorige foto" not in page.tekst


def test_what_changed_since_the_previous_foto() -> None:
    """School 30ZZ is new; of 27DV one number differs; the country counts both."""
    old, new = bestand({"27DV": (5, 100)}, dag=JULI), bestand({"27DV": (4, 100), "30ZZ": (0, 50)})
    rows = vraag(old, new).tabel("Totalen die anders zijn")[1:]

    assert ["gewijzigd", "27DV", "alle", "voldoet niet", "5", "4"] in rows
    assert ["nieuw", "30ZZ", "alle", "beslist", "", "50"] in rows
    assert ["gewijzigd", "alle", "alle", "beslist", "100", "150"] in rows
    assert "vergelijking-foto-2019-07-01-foto-2019-10-01.csv" in bladen(old, new)
    assert "vergelijking-foto-2019-07-01-foto-2019-10-01.csv" in bladen(bestand({"27DV": (5, 90)}, dag=APRIL), old, new)


# ---- the funnel


def test_schools_outside_chance_are_named_and_small_ones_counted() -> None:
    """
    Half of the country meets it. With 20 decided 6 to 14 is chance at 95 %, and 4 to 16 at 99.8 %.

    So 15 is outside the first, 17 outside both, and 14 within. Nine decided are too few; ten are not.
    """
    scholen: dict[str, Tel] = {
        "01AA": (20 - 14, 20),
        "01AB": (20 - 15, 20),
        "01AC": (20 - 17, 20),
        "01AD": (9, 9),
        "01AE": (5, 10),
    }
    found = bestand(scholen, totaal=(500, 1000))
    made = trechter(Fotoreeks([found]), VRAAG)

    assert made is not None
    assert [(str(p.instelling), p.zekerheid) for p in made.punten] == [
        ("01AA", Zekerheid.TOEVAL),
        ("01AB", Zekerheid.WAARSCHUWING),
        ("01AC", Zekerheid.ALARM),
        ("01AE", Zekerheid.TOEVAL),
    ]
    assert (made.te_klein, made.onderdrukt) == (1, 0)
    # z2 = (p - .5)2 * n / .25: 3.2, 5, 9.8 and 0, of which the mean is 4.5.
    assert made.spreiding == pytest.approx(4.5)
    page = vraag(found)
    assert "4 getoond; 1 met minder dan 10 te beoordelen weggelaten." in page.tekst
    assert "Spreiding: 4,5 keer wat het toeval alleen geeft." in page.tekst
    assert page.tabel("Instellingen buiten de grenzen")[1:] == [
        ["01AB", "15", "20", "75,0%", "buiten 95 %"],
        ["01AC", "17", "20", "85,0%", "buiten 99,8 %"],
    ]


def test_withheld_schools_are_counted_apart() -> None:
    page = vraag(bestand({"01AA": (None, 20), "01AB": (9, 40)}, policy=MIDPUNT6, totaal=(60, 120)))

    assert "1 met een aantal dat niet getoond wordt" in page.tekst


def test_without_a_number_of_the_country_there_is_no_funnel() -> None:
    page = vraag(bestand({"01AA": (9, 40)}, policy=MIDPUNT6, totaal=(None, 120)))

    assert "Instellingen rond het landelijke beeld" not in page.tekst


def test_the_school_that_looks_is_marked_by_shape_and_words() -> None:
    found = bestand({"01AA": (10, 100), "01AB": (9, 100)})
    page = vraag(found, instelling="01AB")

    assert "deze school" in bladen(found, instelling="01AB")["vraag-1.html"]
    assert "deze school" not in bladen(found)["vraag-1.html"]
    assert [one.get("class") for one in page.alle("tr")].count("eigen") == 1
    rows = {row[0]: row[1:] for row in page.tabel("Score per instelling en domein")[1:]}
    assert list(rows) == ["01AA", "01AB (deze school)", "alle"]


# ---- the pages as a whole


def test_nothing_is_sorted_by_score() -> None:
    """By code, whatever the scores: the last school is the best one and the first the worst."""
    scholen: dict[str, Tel] = {"01AA": (90, 100), "01AB": (50, 100), "01AC": (1, 100)}
    page = vraag(bestand(scholen))

    assert [row[0] for row in page.tabel("Score per instelling en domein")[1:]] == [*scholen, "alle"]


def test_every_link_leads_to_a_page_that_is_there() -> None:
    assert list(broken_links(jaarbladen())) == []


def test_every_foto_has_its_matrix_and_csv_per_question() -> None:
    for one in jaar():
        for number in range(1, 7):
            assert {f"matrix-{one.id}-{number}.{ending}" for ending in ("html", "csv")} <= set(jaarbladen())


def test_tables_and_pictures_say_what_they_are() -> None:
    for pad, tekst in jaarbladen().items():
        if pad.endswith(".html"):
            page = Blad(tekst)
            assert len(page.alle("table")) == len(page.alle("caption")), pad
            assert all(one.get("scope") in {"col", "row"} for one in page.alle("th")), pad
            assert all(one.get("role") == "img" and one.get("aria-label") for one in page.alle("svg")), pad
            assert len(page.ids) == len(set(page.ids)), pad


def test_english_pages_are_english() -> None:
    found = bladen(*jaar()[-2:], say=EN)
    for pad in ("index.html", "vraag-1.html", "matrix-foto-2019-07-01-1.html"):
        words = set(Blad(found[pad]).tekst.lower().split())
        assert not words & {"de", "het", "een", "van", "niet", "voldoet", "wordt", "zijn", "naar", "alle"}, pad


def test_a_foto_of_another_version_says_whose_texts_these_are() -> None:
    foto = bestand({"27DV": (5, 100)})
    other = attrs.evolve(foto, rule_set_digest=Digest("sha256:" + "a" * 64))

    assert "gemaakt met een andere versie" in Blad(bladen(other)["index.html"]).tekst
    assert "gemaakt met een andere versie" not in Blad(bladen(foto)["index.html"]).tekst


def test_the_stand_of_a_question_without_a_domein() -> None:
    """Question 4 has schools and no domein."""
    stand = Stand.van(jaar()[-1])

    assert stand.domeinen("white_label_beschikbaar") == ()
    assert Plaats.LANDELIJK in stand.instellingen("white_label_beschikbaar")
