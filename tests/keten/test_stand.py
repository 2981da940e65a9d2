"""The keten as known on a day: what each index holds, at the edges of its days."""

from datetime import date, datetime, timedelta

import pytest
from tests.questions.spec import EEN_AANVRAAG, EEN_BPVO, EEN_LEVERING, EEN_METING, build, make

from bpvo_rules import Keten, Perspectief, Stand
from bpvo_rules.errors import DuplicateKeyError, InvalidRecordError
from bpvo_rules.model import (
    TABLES,
    Bpvo,
    Equivalent,
    Functie,
    Instelling,
    Leerbedrijf,
    Opleiding,
    Uitwisseling,
    WhiteLabelOnderhoud,
)

K = date(2018, 11, 15)
DAY = timedelta(days=1)


def stand(keten: Keten, k: date = K, perspectief: str = "keten") -> Stand:
    """Look at a chain on a day."""
    return Stand(keten=keten, kennisdatum=k, perspectief=Perspectief(perspectief))


def company(vanaf: date | None, tot: date | None) -> Keten:
    """Give a chain with one company that was known from one day until another."""
    row = make(Leerbedrijf, leerbedrijf_id="100000000", bekend_vanaf=vanaf, bekend_tot=tot)
    return make(Keten, leerbedrijven=[row])


@pytest.mark.parametrize(
    ("vanaf", "tot", "known"),
    [
        (None, None, True),
        (K, None, True),
        (K + DAY, None, False),
        (None, K, False),
        (None, K + DAY, True),
        (K, K + DAY, True),
        (K, K, False),
    ],
)
def test_a_register_row_is_known_from_its_first_day_until_its_last(
    vanaf: date | None, tot: date | None, *, known: bool
) -> None:
    """``bekend_vanaf <= K < bekend_tot``; an empty bound is open."""
    assert stand(company(vanaf, tot)).leerbedrijven == ({"100000000"} if known else set())


def test_recognitions_are_kept_per_company_and_only_when_known() -> None:
    keten, _ = build(
        EEN_BPVO,
        [],
        {
            "erkenningen": "25655 2018-08-01.., 25656 2018-09-01.., 25251@100000001 2018-01-01..,"
            " 25655@100000002 2018-08-01.. bekend 2018-11-16.., 25250 2018-01-01.. bekend ..2018-11-15"
        },
    )
    found = stand(keten).erkenningen

    assert {c: [e.opleidingcode for e in rows] for c, rows in found.items()} == {
        "100000000": ["25655", "25656"],
        "100000001": ["25251"],
    }
    assert set(stand(keten, K + DAY).erkenningen) == {"100000000", "100000001", "100000002"}
    assert [e.opleidingcode for e in stand(keten, K - DAY).erkenningen["100000000"]] == ["25655", "25656", "25250"]


CODES = """
    25655 | 25655 25480
    25656 | 25656
    23264 | 25655 25656 25480
    79140 | 25655 25656 25480 25475
    25480 | 25480 25655
    99999 | 99999
    23110 |
"""


@pytest.mark.parametrize("line", CODES.strip().splitlines())
def test_the_codes_of_which_a_recognition_will_do(line: str) -> None:
    """Of a dossier or domein its kwalificaties, with the equivalenten of each; directed, and not a step further."""
    code, expected = (cell.strip() for cell in line.split("|"))
    keten, _ = build(
        EEN_BPVO,
        [],
        {
            "opleidingen": "79140 domein - -, 23264 dossier - 79140, 25655 kwalificatie 23264 79140,"
            " 25656 kwalificatie 23264 79140, 23110 dossier - -, 23181 dossier - 79140, 25475 kwalificatie 23181 79140",
            "equivalenten": "25655>25480, 25480>25655, 25251>25656",
        },
    )

    assert stand(keten).codes_voor(code) == tuple(sorted(expected.split()))


def test_without_reference_a_code_stands_for_itself_and_its_equivalenten() -> None:
    keten = make(Keten, equivalenten=[make(Equivalent, opleidingcode="23264", equivalent="25480")])

    assert stand(keten).codes_voor("23264") == ("23264", "25480")
    assert stand(Keten()).codes_voor("23264") == ("23264",)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-07-31", None),
        ("2018-08-01", "BOL"),
        ("2018-09-30", "BOL"),
        ("2018-10-01", "BBL"),
        ("2019-01-31", "BBL"),
        ("2019-02-01", "OVO"),
        ("2030-01-01", "OVO"),
    ],
)
def test_a_period_of_an_inschrijving_runs_until_the_day_before_the_next(day: str, expected: str | None) -> None:
    """The order in which they come in does not matter, nor does another inschrijving."""
    periodes = (
        "2018-10-01 BBL 3 25655, 2019-02-01 OVO 3 25655, 2018-08-01 BOL 4 25655,"
        " 2018-08-15 EX 4 25655 2, 2019-03-01 EX 4 25655 2"
    )
    keten, _ = build(EEN_BPVO, [{}], {"periodes": periodes})
    found = stand(keten)
    (bpvo,) = found.bpvos
    period = found.inschrijvingsperiode(bpvo, date.fromisoformat(day))

    assert (None if period is None else period.leerweg) == expected


def test_bpvos_at_one_place_are_kept_together_only_where_there_are_several() -> None:
    keten, _ = build(
        EEN_BPVO,
        [
            {"volgnummer": "1"},
            {"volgnummer": "2", "inschrijvingvolgnummer": "2"},
            {"volgnummer": "3", "student": "s2"},
            {"volgnummer": "4", "opleidingcode": ""},
            {"volgnummer": "5", "leerbedrijf_id": ""},
            {"volgnummer": "6", "leerbedrijf_id": "100000001"},
            {"volgnummer": "7", "brin": "25LX"},
            {"volgnummer": "8", "opleidingcode": ""},
            {"volgnummer": "9", "leerbedrijf_id": ""},
        ],
        {},
    )
    found = stand(keten).bpvos_per_plaats

    assert {key: [b.volgnummer for b in rows] for key, rows in found.items()} == {
        ("27DV", "s1", "100000000", "25655"): ["1", "2"]
    }


def test_requests_are_known_from_their_date_on() -> None:
    rows = [{"aanvraag_id": str(n), "dagtekening": str(K + n * DAY)} for n in (-1, 0, 1)]
    keten, _ = build(EEN_AANVRAAG, rows, {})

    assert [row.aanvraag_id for row in stand(keten).erkenningsaanvragen] == ["-1", "0"]


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        ("2018-11-15T23:59:59+01:00", True),
        ("2018-11-15T22:59:59+00:00", True),
        ("2018-11-15T23:00:00+00:00", False),
        ("2018-11-16T00:00:00+01:00", False),
        ("2018-11-15T18:00:00-05:00", False),
    ],
)
def test_measurements_are_known_up_to_the_end_of_the_day_in_the_netherlands(moment: str, *, known: bool) -> None:
    keten, _ = build(EEN_METING, [{"tijdstip": moment}], {})

    assert bool(stand(keten).white_label_metingen) is known


def test_deliveries_are_known_when_duo_received_them() -> None:
    """In both perspectieven; one without a day of receipt is not."""
    days = ("", str(K - DAY), str(K), str(K + DAY))
    rows = [{"volgorde": str(n), "ontvangen_duo_op": day} for n, day in enumerate(days, 1)]
    keten, _ = build(EEN_LEVERING, rows, {})

    for perspectief in Perspectief:
        assert [row.volgorde for row in stand(keten, K, perspectief).uitwisselingen] == [2, 3]


@pytest.mark.parametrize(
    ("answered", "uitkomst", "rejected"),
    [
        (str(K - DAY), "afgekeurd", True),
        (str(K), "afgekeurd", True),
        (str(K + DAY), "afgekeurd", False),
        ("", "afgekeurd", False),
        (str(K), "geaccepteerd", False),
        (str(K), "", False),
        ("", "", False),
    ],
)
def test_a_rejection_is_known_from_the_day_of_the_answer(answered: str, uitkomst: str, *, rejected: bool) -> None:
    """Without an answer, or without the day of one, it is not known."""
    keten, _ = build(EEN_LEVERING, [{"teruggekoppeld_op": answered, "uitkomst": uitkomst}], {})
    (levering,) = keten.uitwisselingen or ()

    assert stand(keten).is_afgekeurd(levering) is rejected


def in_maintenance(functie: str | None, announced: str, moment: str) -> bool:
    """Say whether a measurement of zoeken lies in maintenance from 10 until 12 o'clock on 15 November 2018."""
    keten, _ = build(EEN_METING, [{"tijdstip": moment}], {})
    row = make(
        WhiteLabelOnderhoud,
        functie=functie,
        van=datetime.fromisoformat("2018-11-15T10:00:00+01:00"),
        tot=datetime.fromisoformat("2018-11-15T12:00:00+01:00"),
        aangekondigd_op=date.fromisoformat(announced),
    )
    found = Stand(keten=keten.with_tables({"white_label_onderhoud": [row]}), kennisdatum=K)
    return found.in_onderhoud(Functie.ZOEKEN, datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("functie", "announced", "moment", "expected"),
    [
        ("zoeken", "2018-11-14", "2018-11-15T10:00:00+01:00", True),
        ("zoeken", "2018-11-14", "2018-11-15T09:59:59+01:00", False),
        ("zoeken", "2018-11-14", "2018-11-15T11:59:59+01:00", True),
        ("zoeken", "2018-11-14", "2018-11-15T12:00:00+01:00", False),
        ("zoeken", "2018-11-14", "2018-11-15T09:30:00+00:00", True),
        (None, "2018-11-14", "2018-11-15T11:00:00+01:00", True),
        ("verificatie", "2018-11-14", "2018-11-15T11:00:00+01:00", False),
        ("zoeken", "2018-11-15", "2018-11-15T11:00:00+01:00", False),
    ],
)
def test_maintenance_is_half_open_and_counts_when_announced_before_its_day(
    functie: str | None, announced: str, moment: str, *, expected: bool
) -> None:
    assert in_maintenance(functie, announced, moment) is expected


def test_overlapping_runs_of_maintenance_are_one() -> None:
    """A long one that began first still runs after a short one inside it has ended."""
    runs = (
        "zoeken 2018-11-15T08:00:00+01:00 2018-11-15T18:00:00+01:00 2018-11-01",
        "- 2018-11-15T09:00:00+01:00 2018-11-15T10:00:00+01:00 2018-11-01",
        "zoeken 2018-11-15T20:00:00+01:00 2018-11-15T19:00:00+01:00 2018-11-01",
    )
    keten, _ = build(EEN_METING, [], {"white_label_onderhoud": ",".join(runs)})
    found = stand(keten)

    clocks = {"07:59": False, "08:00": True, "09:30": True, "17:59": True, "18:00": False, "19:30": False}
    for clock, expected in clocks.items():
        moment = datetime.fromisoformat(f"2018-11-15T{clock}:00+01:00")
        assert found.in_onderhoud(Functie.ZOEKEN, moment) is expected, clock
    assert not found.in_onderhoud(Functie.VERIFICATIE, datetime.fromisoformat("2018-11-15T10:30:00+01:00"))
    assert found.in_onderhoud(Functie.VERIFICATIE, datetime.fromisoformat("2018-11-15T09:30:00+01:00"))


def test_runs_of_maintenance_that_stand_apart_stay_apart() -> None:
    """Given in any order; two that overlap are one, also between others, and so are two that touch."""
    runs = (
        "zoeken 2018-11-15T20:00:00+01:00 2018-11-15T21:00:00+01:00 2018-11-01",
        "zoeken 2018-11-15T12:00:00+01:00 2018-11-15T15:00:00+01:00 2018-11-01",
        "zoeken 2018-11-15T11:00:00+01:00 2018-11-15T13:00:00+01:00 2018-11-01",
        "zoeken 2018-11-15T15:00:00+01:00 2018-11-15T16:00:00+01:00 2018-11-01",
        "zoeken 2018-11-15T12:15:00+01:00 2018-11-15T12:30:00+01:00 2018-11-01",
        "zoeken 2018-11-15T08:00:00+01:00 2018-11-15T09:00:00+01:00 2018-11-01",
    )
    keten, _ = build(EEN_METING, [], {"white_label_onderhoud": ",".join(runs)})
    found = stand(keten)
    inside = ("08:00", "08:59", "11:00", "12:30", "14:59", "15:00", "15:59", "20:00", "20:59")
    outside = ("07:59", "09:00", "10:59", "16:00", "19:59", "21:00", "23:00")

    for clock in (*inside, *outside):
        moment = datetime.fromisoformat(f"2018-11-15T{clock}:00+01:00")
        assert found.in_onderhoud(Functie.ZOEKEN, moment) is (clock in inside), clock


@pytest.mark.parametrize("perspectief", Perspectief)
def test_two_deliveries_with_one_key_are_an_error_in_either_perspectief(perspectief: Perspectief) -> None:
    """Of a school too, that need not have sent what a BPVO is made of."""
    keten, _ = build(EEN_LEVERING, [{}, {}], {})
    found = stand(keten, K, perspectief)

    with pytest.raises(DuplicateKeyError, match="uitwisselingen"):
        _ = found.bpvos
    # At DUO the BPVO's are made of the deliveries that were received, so that their keys are looked at once.
    if perspectief is Perspectief.INSTELLING:
        with pytest.raises(DuplicateKeyError, match="uitwisselingen"):
            _ = found.uitwisselingen
    else:
        assert len(found.uitwisselingen) == 2


def test_indexes_are_made_once() -> None:
    keten, _ = build(EEN_BPVO, [{}], {})
    found = stand(keten)

    assert found.bpvos is found.bpvos
    assert found.erkenningen is found.erkenningen
    assert found.opleidingen is found.opleidingen


def test_a_stand_is_itself_and_given_by_name() -> None:
    """Comparing two would compare whole tables, and the order of a day and a perspectief says nothing."""
    keten, _ = build(EEN_BPVO, [{}], {})

    assert stand(keten) != stand(keten)
    with pytest.raises(TypeError):
        Stand(keten, K)  # type: ignore[call-arg] # the mistake


def test_the_content_of_a_bpvo_is_that_of_its_delivery() -> None:
    """Every cell that both have."""
    keten, _ = build(EEN_BPVO, [{"keuzedeelcode": "K0067", "einddatum_werkelijk": "2019-01-01"}], {})
    (bpvo,) = stand(keten).bpvos
    (levering,) = keten.uitwisselingen or ()

    shared = [name for name in Bpvo.__attrs_attrs__ if name.name in TABLES["uitwisselingen"].columns]
    assert len(shared) == 12
    assert all(getattr(bpvo, field.name) == getattr(levering, field.name) for field in shared)
    assert bpvo.leveringen == (levering,)


def test_an_unknown_perspectief_is_refused() -> None:
    with pytest.raises(ValueError, match="duo"):
        stand(Keten(), K, "duo")


# ---- the tables together


def test_not_looked_up_is_not_the_same_as_empty() -> None:
    keten = make(Keten, instellingen=[], niet_opgezocht=frozenset({("uitwisselingen", "omvang")}), uitwisselingen=[])

    assert keten.table("instellingen") == ()
    assert keten.table("opleidingen") is None
    assert keten.is_opgezocht("instellingen")
    assert not keten.is_opgezocht("opleidingen")
    assert keten.is_opgezocht("uitwisselingen", "begindatum")
    assert not keten.is_opgezocht("uitwisselingen", "omvang")
    assert keten.tabellen_niet_opgezocht == tuple(n for n in TABLES if n not in {"instellingen", "uitwisselingen"})


def test_a_keten_keeps_its_rows_whatever_they_came_in() -> None:
    rows = (make(Instelling, brin=brin) for brin in ("27DV", "25LX"))
    keten = make(Keten, instellingen=rows)

    assert [row.brin for row in keten.instellingen or ()] == ["27DV", "25LX"]


@pytest.mark.parametrize("wrong", [[make(Opleiding, code="25655", soort="dossier")], ["27DV"], [None]])
def test_a_table_holds_its_own_records_only(wrong: list[object]) -> None:
    """The message says which record belongs there and shows no value."""
    with pytest.raises(InvalidRecordError, match="Instelling") as caught:
        make(Keten, instellingen=wrong)

    assert "27DV" not in str(caught.value)


@pytest.mark.parametrize("pair", [("iets", "brin"), ("instellingen", "iets"), ("instellingen", None)])
def test_only_an_existing_column_can_be_not_looked_up(pair: tuple[str, str]) -> None:
    with pytest.raises(InvalidRecordError):
        make(Keten, niet_opgezocht=frozenset({pair}))


def test_the_repr_of_a_keten_shows_no_record() -> None:
    keten, _ = build(EEN_BPVO, [{"student": "geheim"}], {})

    assert "geheim" not in repr(keten) + repr(stand(keten))
    assert "geheim" not in "".join(map(repr, keten.uitwisselingen or ()))
    assert "geheim" not in repr(stand(keten).bpvos)


def test_some_tables_can_be_others() -> None:
    """The rest stays, the first keten too."""
    first = make(Keten, instellingen=[make(Instelling, brin="27DV")], equivalenten=[])
    second = first.with_tables({"instellingen": None, "keuzedelen": []})

    assert (second.instellingen, second.equivalenten, second.keuzedelen) == (None, (), ())
    assert len(first.instellingen or ()) == 1
    with pytest.raises(KeyError):
        first.with_tables({"iets": []})


def test_a_delivery_is_one_of_a_table() -> None:
    assert TABLES["uitwisselingen"].record is Uitwisseling
