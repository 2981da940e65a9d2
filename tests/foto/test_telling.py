"""What a foto counts: the live judgement of its day, of the year up to it, per school and domein."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.judge.werelden import JUDGE, judged
from tests.oracle import feiten
from tests.oracle import rules as oracle
from tests.questions.spec import EEN_AANVRAAG, EEN_BPVO, EEN_METING, TABLES_IN_ORDER, About, build

from bpvo_rules import judge
from bpvo_rules.foto import Aantal, Cel, Domein, Foto, Plaats, Policy, aggregate, cells_csv, take_foto, to_json
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.testing.worlds import World, seeded_world

ALLE, LANDELIJK = "alle", "landelijk"
OUTCOMES = ("voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing")
BPVO_QUESTIONS = (
    "bpvo_erkend_leerbedrijf",
    "keuzedeel_erkend_leerbedrijf",
    "bpvo_tijdig",
    "stagefonds_registratie",
)
Place = tuple[str, str, str]


def foto_of(about: About, rows: list[dict[str, str]], peildatum: str = "2018-11-15", **others: str) -> Foto:
    """Take the foto of a chain of some changed records."""
    keten, _ = build(about, rows, others)
    return take_foto(keten, peildatum=date.fromisoformat(peildatum), policy=Policy.NIVEAU)


def number(aantal: Aantal | None) -> tuple[int | None, int | None]:
    """Give the number of subjects and of persons."""
    assert aantal is not None
    return aantal.subjects.waarde, None if aantal.personen is None else aantal.personen.waarde


def table(cels: Iterable[Cel], vraag: str | None = None) -> dict[Place, dict[str, tuple[int | None, int | None]]]:
    """Give subjects and persons per outcome per place, without what is not there."""
    return {
        (str(c.vraag), str(c.instelling), str(c.domein)): {
            o: number(getattr(c, o)) for o in OUTCOMES if number(getattr(c, o)) not in {(0, 0), (0, None)}
        }
        for c in cels
        if vraag in {None, str(c.vraag)}
    }


def in_window(about: About, column: str, day: str, peildatum: str) -> bool:
    """Say whether a record of a day is counted in the foto of another day."""
    early = {"ontvangen_duo_op": "2016-01-01", "afsluitdatum": "2016-01-01"} if about is EEN_BPVO else {}
    return bool(foto_of(about, [{**early, column: day}], peildatum).cellen)


WINDOW = """
    2018-10-01 | 2017-10-01 | out
    2018-10-01 | 2017-10-02 | in
    2018-10-01 | 2018-10-01 | in
    2018-10-01 | 2018-10-02 | out
    2020-02-29 | 2019-02-28 | out
    2020-02-29 | 2019-03-01 | in
    2020-02-29 | 2020-02-29 | in
    2021-02-28 | 2020-02-28 | out
    2021-02-28 | 2020-02-29 | in
    2021-03-01 | 2020-03-01 | out
    2021-03-01 | 2020-03-02 | in
"""


@pytest.mark.parametrize("line", WINDOW.strip().splitlines())
@pytest.mark.parametrize("about", [EEN_BPVO, EEN_AANVRAAG], ids=["begindatum", "dagtekening"])
def test_the_window_is_the_year_up_to_and_including_the_day_of_the_foto(about: About, line: str) -> None:
    """The same day a year ago is out, the day after it is in; a year before 29 February is 28 February."""
    peildatum, day, expected = (cell.strip() for cell in line.split("|"))
    column = "begindatum" if about is EEN_BPVO else "dagtekening"

    assert in_window(about, column, day, peildatum) is (expected == "in")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2017-10-01T23:59:59+02:00", False),
        ("2017-10-02T00:00:00+02:00", True),
        ("2017-10-01T22:00:00+00:00", True),
        ("2018-10-01T23:59:59+02:00", True),
        ("2018-10-01T22:00:00+00:00", False),
        ("2018-10-02T00:00:00+02:00", False),
    ],
)
def test_the_day_of_a_measurement_is_that_in_the_netherlands(moment: str, *, expected: bool) -> None:
    assert in_window(EEN_METING, "tijdstip", moment, "2018-10-01") is expected


def test_a_bpvo_without_begindatum_is_in_no_window() -> None:
    assert foto_of(EEN_BPVO, [{"begindatum": ""}]).cellen == ()


def test_a_foto_of_nothing_is_empty() -> None:
    foto = take_foto(Keten(), peildatum=date(2018, 10, 1), policy=Policy.NIVEAU)

    assert (foto.cellen, foto.marges, foto.regels) == ((), (), ())
    assert (foto.peildatum, foto.na) == (date(2018, 10, 1), date(2017, 10, 1))


DRIE = [
    {"student": "s1", "volgnummer": "1"},
    {"student": "s1", "volgnummer": "2", "ontvangen_duo_op": "2018-10-02"},
    {"student": "s1", "volgnummer": "3", "ontvangen_duo_op": "2018-10-02", "begindatum": "2017-01-01"},
    {"student": "s2", "opleidingcode": "25251"},
    {"student": "s3", "opleidingcode": "", "keuzedeelcode": "K0067"},
    {"student": "s1", "brin": "25LX", "afsluitdatum": ""},
]


def test_cells_and_margins_by_hand() -> None:
    """One BPVO lies before the window; one pseudonym at two schools is two students, at one school it is one."""
    foto = foto_of(EEN_BPVO, DRIE)
    vraag = "bpvo_tijdig"

    assert table(foto.cellen, vraag) == {
        (vraag, "25LX", "79140"): {"niet_te_bepalen": (1, 1)},
        (vraag, "27DV", "79140"): {"voldoet": (1, 1), "voldoet_niet": (1, 1)},
        (vraag, "27DV", "geen"): {"voldoet": (1, 1)},
        (vraag, "27DV", "onbekend"): {"voldoet": (1, 1)},
    }
    assert table(foto.marges, vraag) == {
        (vraag, "25LX", ALLE): {"niet_te_bepalen": (1, 1)},
        (vraag, "27DV", ALLE): {"voldoet": (3, 3), "voldoet_niet": (1, 1)},
        (vraag, ALLE, "79140"): {"voldoet": (1, 1), "voldoet_niet": (1, 1), "niet_te_bepalen": (1, 1)},
        (vraag, ALLE, "geen"): {"voldoet": (1, 1)},
        (vraag, ALLE, "onbekend"): {"voldoet": (1, 1)},
        (vraag, ALLE, ALLE): {"voldoet": (3, 3), "voldoet_niet": (1, 1), "niet_te_bepalen": (1, 1)},
    }
    country = next(c for c in foto.marges if (c.vraag, c.instelling, c.domein) == (vraag, ALLE, ALLE))
    assert number(country.totaal) == (5, 4)
    assert number(country.beslist) == (4, 3)


def test_rules_not_met_are_counted_on_the_margins() -> None:
    """Only what is not 0; deliveries too, by the begindatum and domein of what was delivered."""
    rows = [*DRIE, {"student": "s4", "teruggekoppeld_op": "", "begindatum": "2018-11-15"}]
    found = {
        (str(r.regel), str(r.instelling), str(r.domein)): r.voldoet_niet.waarde
        for r in foto_of(EEN_BPVO, rows).regels
        if r.vraag == "bpvo_tijdig"
    }

    assert found == {
        ("terugkoppeling_tijdig", "27DV", ALLE): 1,
        ("terugkoppeling_tijdig", ALLE, "79140"): 1,
        ("terugkoppeling_tijdig", ALLE, ALLE): 1,
        ("tijdig_bij_duo", "27DV", ALLE): 1,
        ("tijdig_bij_duo", ALLE, "79140"): 1,
        ("tijdig_bij_duo", ALLE, ALLE): 1,
    }


def test_rules_of_the_registration_are_in_no_foto() -> None:
    """It is no question."""
    foto = foto_of(EEN_BPVO, [{"afsluitdatum": ""}])

    assert {str(c.vraag) for c in foto.cellen} == set(BPVO_QUESTIONS)
    assert [r for r in foto.regels if r.regel == "verplichte_gegevens"] == []


def test_the_score_is_the_share_of_voldoet_among_the_decided() -> None:
    """A share of nothing is no number."""
    scores = {(str(c.vraag), str(c.instelling), str(c.domein)): c.score for c in foto_of(EEN_BPVO, DRIE).marges}

    assert scores["bpvo_tijdig", ALLE, ALLE] == Fraction(3, 4)
    assert scores["bpvo_tijdig", "25LX", ALLE] is None
    assert scores["keuzedeel_erkend_leerbedrijf", ALLE, "geen"] is None


def test_measurements_have_no_domein_and_no_persons() -> None:
    """One without a school belongs to the country; the margin of the country holds all."""
    rows = [{"gelukt": "nee"}, {"functie": "verificatie"}, {"functie": "mutatieservice", "brin": "27DV"}]
    foto = foto_of(EEN_METING, rows)
    vraag = "white_label_beschikbaar"

    assert table(foto.cellen, vraag) == {
        (vraag, "27DV", ALLE): {"voldoet": (1, None)},
        (vraag, LANDELIJK, ALLE): {"voldoet": (1, None), "voldoet_niet": (1, None)},
    }
    assert table(foto.marges, vraag) == {(vraag, ALLE, ALLE): {"voldoet": (2, None), "voldoet_niet": (1, None)}}


def test_requests_are_counted_with_distinct_companies_behind_them() -> None:
    """A company without a number yet is known by its request; one without a school belongs to the country."""
    rows = [
        {"aanvraag_id": "A1"},
        {"aanvraag_id": "A2", "opleidingcode": "25656"},
        {"aanvraag_id": "A3", "leerbedrijf_id": "100000001", "soort": "uitbreiding"},
        {"aanvraag_id": "A4", "leerbedrijf_id": ""},
        {"aanvraag_id": "A5", "leerbedrijf_id": ""},
        {"aanvraag_id": "A6", "brin": "", "opleidingcode": "", "besluit_op": "2018-10-16"},
        {"aanvraag_id": "A7", "brin": "25LX", "opleidingcode": "99999"},
    ]
    foto = foto_of(EEN_AANVRAAG, rows, opleidingen=TABLES_IN_ORDER["opleidingen"])
    vraag = "erkenning_tijdig"

    assert table(foto.cellen, vraag) == {
        (vraag, "25LX", "onbekend"): {"voldoet": (1, 1)},
        (vraag, "27DV", "79140"): {"voldoet": (4, 3), "niet_van_toepassing": (1, 1)},
        (vraag, LANDELIJK, "onbekend"): {"voldoet_niet": (1, 1)},
    }
    margins = table(foto.marges, vraag)
    assert margins[vraag, ALLE, ALLE] == {
        "voldoet": (5, 4),
        "voldoet_niet": (1, 1),
        "niet_van_toepassing": (1, 1),
    }
    assert margins[vraag, LANDELIJK, ALLE] == {"voldoet_niet": (1, 1)}


@pytest.mark.parametrize(
    ("peildatum", "kennisdatum", "perspectief"),
    [
        ("2018-11-15", "2018-11-16", "keten"),
        ("2018-11-15", "2018-11-14", "keten"),
        ("2018-11-15", "2018-11-15", "instelling"),
    ],
)
def test_a_foto_is_of_the_keten_as_known_on_its_own_day(peildatum: str, kennisdatum: str, perspectief: str) -> None:
    judgement = judge(
        Keten(),
        peildatum=date.fromisoformat(peildatum),
        kennisdatum=date.fromisoformat(kennisdatum),
        perspectief=perspectief,
    )

    with pytest.raises(ValueError, match="on its own day"):
        aggregate(judgement, policy=Policy.NIVEAU)


def test_the_settings_of_the_caller_are_those_of_the_judgement() -> None:
    keten, _ = build(EEN_BPVO, [{}], {})
    foto = take_foto(keten, peildatum=date(2018, 11, 15), policy=Policy.NIVEAU, norms={"termijn_aanlevering": 3})

    assert table(foto.cellen, "bpvo_tijdig") == {("bpvo_tijdig", "27DV", "79140"): {"voldoet_niet": (1, 1)}}


# ---- against the second opinion, and against itself in parts


def on_its_day(seed: int) -> World:
    """Give a world of which a foto can be taken."""
    return seeded_world(seed)._replace(kennisdatum=None, perspectief="keten", norms={})


def counted_by_hand(world: World) -> Mapping[Place, Mapping[str, tuple[int, int]]]:
    """Count the cells of the questions about BPVO's from the second opinion."""
    P = world.peildatum  # noqa: N806 - the name of the text
    run = feiten.Run(world.keten, P, P, "keten", {})
    verdicts = oracle.oracle_verdicts(world.keten, peildatum=P)
    year_ago = date(P.year - 1, P.month, 28 if (P.month, P.day) == (2, 29) else P.day)
    subjects: Counter[tuple[Place, str]] = Counter()
    students: dict[tuple[Place, str], set[str]] = {}
    for question in BPVO_QUESTIONS:
        outcomes = oracle.oracle_question_outcomes(verdicts, question)
        for bpvo in feiten.bpvos(run):
            begin = bpvo.content.begindatum
            if begin is None or not year_ago < begin <= P:
                continue
            place = question, str(bpvo.content.brin), feiten.domein(run, bpvo) or "onbekend"
            key = place, outcomes[bpvo.sleutel]
            subjects[key] += 1
            students.setdefault(key, set()).add(bpvo.content.student)
    found: dict[Place, dict[str, tuple[int, int]]] = {}
    for (place, outcome), amount in subjects.items():
        found.setdefault(place, {})[outcome] = amount, len(students[place, outcome])
    return found


def test_a_foto_is_the_count_of_the_live_judgement_of_its_day() -> None:
    """Counted once more from the second opinion, with its own window, domein and outcomes."""
    cells = 0
    for seed in range(150):
        world = on_its_day(seed)
        if ("uitwisselingen", "begindatum") in world.keten.niet_opgezocht:
            continue
        foto = take_foto(world.keten, peildatum=world.peildatum, policy=Policy.NIVEAU)
        found = {place: counts for place, counts in table(foto.cellen).items() if place[0] in BPVO_QUESTIONS}
        assert found == counted_by_hand(world), seed
        cells += len(found)
    assert cells > 200


def test_the_outcomes_of_a_cell_add_up_and_the_margins_are_the_sums_of_their_cells() -> None:
    for seed in range(100):
        foto = aggregate(judged(on_its_day(seed)), policy=Policy.NIVEAU)
        sums: Counter[tuple[Place, str]] = Counter()
        for cel in foto.cellen:
            counts = {o: number(getattr(cel, o))[0] or 0 for o in OUTCOMES}
            assert sum(counts.values()) == number(cel.totaal)[0]
            assert counts["voldoet"] + counts["voldoet_niet"] == number(cel.beslist)[0]
            around = {(str(cel.instelling), ALLE), (ALLE, str(cel.domein)), (ALLE, ALLE)}
            if cel.domein is Plaats.ALLE:
                around = {(ALLE, ALLE)}
            for instelling, domein in around:
                for outcome, amount in counts.items():
                    sums[(str(cel.vraag), instelling, domein), outcome] += amount
        margins = {(place, o): n for place, row in table(foto.marges).items() for o, (n, _) in row.items()}
        assert margins == {key: amount for key, amount in sums.items() if amount}, seed


def added(fotos: Iterable[Foto], what: str) -> Counter[tuple[Place, str, int]]:
    """Add up the cells or margins of several fotos."""
    found: Counter[tuple[Place, str, int]] = Counter()
    for foto in fotos:
        for place, row in table(getattr(foto, what)).items():
            for outcome, numbers in row.items():
                for which, amount in enumerate(numbers):
                    found[place, outcome, which] += amount or 0
    return +found


def test_counting_schools_apart_and_adding_up_is_counting_them_together() -> None:
    """Subjects and persons, cells and margins and rules; so it can run in parts."""
    schools = ("27DV", "25LX", "00AA", None)
    for seed in range(80):
        world = on_its_day(seed)
        parts = [
            world.keten.with_tables(
                {
                    name: [row for row in world.keten.table(name) or () if row.brin == brin]
                    for name in TABLES
                    if name != "instellingen" and "brin" in TABLES[name].columns and world.keten.is_opgezocht(name)
                }
            )
            for brin in schools
        ]
        whole, *fotos = (
            aggregate(JUDGE.keten(keten, peildatum=world.peildatum), policy=Policy.NIVEAU)
            for keten in (world.keten, *parts)
        )
        for what in ("cellen", "marges"):
            assert added([whole], what) == added(fotos, what), seed
        rules: Counter[Any] = Counter()
        for foto in fotos:
            for r in foto.regels:
                rules[r.regel, r.instelling, r.domein] += r.voldoet_niet.waarde or 0
        assert rules == {(r.regel, r.instelling, r.domein): r.voldoet_niet.waarde for r in whole.regels}, seed


def test_the_order_of_the_input_does_not_change_a_byte() -> None:
    chance = random.Random(3)  # noqa: S311 - chance for tests, not for secrets
    for seed in range(60):
        world = on_its_day(seed)
        tables = {name: list(world.keten.table(name) or ()) for name in TABLES if world.keten.is_opgezocht(name)}
        for rows in tables.values():
            chance.shuffle(rows)
        fotos = [
            aggregate(JUDGE.keten(keten, peildatum=world.peildatum), policy=Policy.NIVEAU)
            for keten in (world.keten, world.keten.with_tables(tables))
        ]
        assert json.dumps(to_json(fotos[0])) == json.dumps(to_json(fotos[1])), seed
        assert cells_csv(fotos[0]) == cells_csv(fotos[1]), seed


def test_cells_stand_in_the_order_of_questions_and_then_of_places() -> None:
    """Sorted by school and domein, whatever came in first."""
    rows = [
        {"brin": brin, "student": code, "opleidingcode": code}
        for brin in ("27DV", "25LX", "00AA")
        for code in ("25655", "25251")
    ]
    places = [(str(c.vraag), str(c.instelling), str(c.domein)) for c in foto_of(EEN_BPVO, rows).cellen]

    assert [place[0] for place in places] == [question for question in BPVO_QUESTIONS for _ in range(6)]
    assert [place[1:] for place in places[:6]] == sorted(place[1:] for place in places[:6])
    assert Domein("geen") in {place[2] for place in places}


def test_the_csv_has_a_line_per_cell() -> None:
    """With the numbers that the cells have."""
    header, *lines = cells_csv(foto_of(EEN_BPVO, DRIE)).splitlines()
    names = header.split(";")
    rows = [dict(zip(names, line.split(";"), strict=True)) for line in lines]
    found = next(r for r in rows if (r["vraag"], r["instelling"], r["domein"]) == ("bpvo_tijdig", "27DV", "79140"))

    assert len(rows) == 4 * 4
    assert {name: value for name, value in found.items() if value not in {"0", ""}} == {
        "vraag": "bpvo_tijdig",
        "instelling": "27DV",
        "domein": "79140",
        "voldoet_subjects": "1",
        "voldoet_personen": "1",
        "voldoet_niet_subjects": "1",
        "voldoet_niet_personen": "1",
        "totaal_subjects": "2",
        "totaal_personen": "1",
    }
