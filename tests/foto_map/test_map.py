"""What stands in the folder of a foto."""

import csv
import hashlib
import io
import json
import typing
from collections.abc import Iterator
from datetime import date
from types import NoneType
from typing import Any

import attrs
import pytest
from tests.foto_map.kit import DAYS, bestand, judged, leaves, outcome, remade, rounded, small_keten, true_foto

from bpvo_rules import Judge
from bpvo_rules.codes import Brin
from bpvo_rules.errors import FotoRefusedError, InvalidCodeError
from bpvo_rules.foto import (
    Aantal,
    Cel,
    Digest,
    Domein,
    Drempels,
    Foto,
    Fotobestand,
    FotoId,
    Getal,
    Plaats,
    Policy,
    Reden,
    RegelAantal,
    Regelcode,
    Status,
    Vervanging,
    Vraagcode,
    aggregate,
    describe,
    document,
    foto_digest,
    foto_files,
)
from bpvo_rules.foto.bestand import (
    Herkomst,
    NietUitgevoerd,
    NormId,
    NormOpFoto,
    NormWaarde,
    RegelOpFoto,
    Versie,
    WaaromNiet,
)
from bpvo_rules.foto.canonical import canonical, parse_canonical
from bpvo_rules.foto.folder import check
from bpvo_rules.foto.page import page
from bpvo_rules.foto.read import parse_document
from bpvo_rules.judge import NormSetting, OffSetting, Profile, catalogue_digest, make_settings
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.rules import Kind, Venster
from bpvo_rules.version import RULE_SET_VERSION, __version__

FILES = ["MANIFEST.sha256", "cellen.csv", "datapackage.json", "foto.json", "index.html", "verantwoording.json"]
DIGEST = Digest(f"sha256:{'0' * 64}")


def files(policy: Policy = Policy.NIVEAU, **other: Any) -> dict[str, bytes]:
    """Give the files of a foto."""
    return foto_files(bestand(policy=policy, **other), audit=outcome())


def test_the_folder_has_six_files() -> None:
    assert sorted(files()) == FILES


def test_foto_json_is_canonical_and_its_digest_is_that_of_its_bytes() -> None:
    data = files()["foto.json"]

    assert canonical(json.loads(data)) == data
    assert foto_digest(bestand()) == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_foto_json_holds_integers_strings_and_null_only() -> None:
    for policy in (Policy.NIVEAU, Policy.MIDPUNT6):
        assert {type(leaf) for leaf in leaves(json.loads(files(policy)["foto.json"]))} == {int, str, NoneType}


def test_foto_json_says_how_the_foto_was_made() -> None:
    found = json.loads(files(gemaakt_op=date(2018, 10, 5))["foto.json"])

    assert (found["format"], found["format_version"], found["foto_id"]) == ("bpvo-rules/foto", 1, "foto-2018-10-01")
    assert (found["venster_na"], found["venster_tot_en_met"]) == ("2017-10-01", "2018-10-01")
    assert (found["peildatum"], found["kennisdatum"], found["gemaakt_op"]) == ("2018-10-01", "2018-10-01", "2018-10-05")
    assert (found["library_version"], found["rule_set_version"]) == (__version__, RULE_SET_VERSION)
    assert found["rule_set_digest"] == f"sha256:{catalogue_digest()}"
    assert (found["vorige"], found["vervangt"]) == (None, None)
    assert (found["policy"], found["bescherming"], found["drempels"]) == ("niveau", "onbeschermd", {})


def test_thresholds_of_a_protecting_policy_are_in_the_file() -> None:
    found = json.loads(files(Policy.MIDPUNT6)["foto.json"])

    assert (found["policy"], found["drempels"]) == ("midpunt6", {"drempel": 5, "drempel_beslist": 5, "klasse": 6})


def test_other_thresholds_are_in_the_file_and_read_back() -> None:
    made = bestand(policy=Policy.MIDPUNT6)
    other = attrs.evolve(made, foto=attrs.evolve(made.foto, drempels=Drempels(personen=7, beslist=3)))

    written = document(other)

    assert written["drempels"] == {"drempel": 7, "drempel_beslist": 3, "klasse": 6}
    assert parse_document(written) == other


def test_a_file_with_a_threshold_that_its_policy_cannot_keep_is_no_foto() -> None:
    """A class of six cannot hide 1 up to and including 7."""
    written = document(bestand(policy=Policy.MIDPUNT6))

    with pytest.raises(ValueError, match="at most 7"):
        parse_document({**written, "drempels": {**written["drempels"], "drempel": 8}})


def test_every_number_has_a_status() -> None:
    found = json.loads(files(Policy.MIDPUNT6)["foto.json"])

    numbers = [cel[name] for cel in (*found["cellen"], *found["marges"]) for name in cel if isinstance(cel[name], dict)]
    numbers += [regel["voldoet_niet"] for regel in found["regels"]]
    assert numbers
    assert {number["status"] for number in numbers} == {"gepubliceerd", "afgerond"}
    assert all(number.keys() == {"waarde", "status"} for number in numbers)


def test_norms_in_force_are_in_the_file_with_who_set_them() -> None:
    """The caller's reasons stay out: a free text could hold anything."""
    profile = Profile(
        naam="geheim",
        datum=date(2018, 1, 1),
        norms=(NormSetting(norm="termijn_aanlevering", value=9, reason="geheim"),),
        off=(OffSetting(rule="omvang_aannemelijk", reason="geheim"),),
    )
    settings = make_settings(profile=profile, norms={"maximale_duur_ms": 500}, only_questions=None)
    judgement = Judge(settings).keten(small_keten(), peildatum=DAYS[0])
    made = describe(aggregate(judgement, policy=Policy.NIVEAU), settings, gemaakt_op=DAYS[0])
    data = foto_files(made)
    found = json.loads(data["foto.json"])
    norms = {norm["id"]: norm for norm in found["norms"]}

    assert norms["termijn_aanlevering"]["waarden"] == [{"van": None, "waarde": 9}]
    assert norms["termijn_aanlevering"]["herkomst"] == "opgegeven"
    assert norms["maximale_duur_ms"]["waarden"] == [{"van": None, "waarde": 500}]
    assert {norm["herkomst"] for norm in norms.values()} == {"bibliotheek", "opgegeven"}
    assert {"regel": "omvang_aannemelijk", "reden": "uitgezet"} in found["rules_not_run"]
    assert {"regel": "bij_duo_rond_aanvang", "reden": "norm_zonder_waarde"} in found["rules_not_run"]
    assert not any(b"geheim" in content for content in data.values())


def test_a_rule_that_did_not_run_is_named_and_not_counted() -> None:
    """A protected foto counts every rule, and 0 of a rule that did not run would look good."""
    country: dict[str, Any] = {"vraag": Vraagcode("bpvo_tijdig"), "instelling": Plaats.ALLE, "domein": Plaats.ALLE}
    foto = attrs.evolve(
        rounded(true_foto()),
        regels=tuple(
            RegelAantal(regel=Regelcode(code), voldoet_niet=Getal.exact(0), **country)
            for code in ("bij_duo_rond_aanvang", "tijdig_bij_duo")
        ),
    )
    found = document(describe(foto, judged().settings, gemaakt_op=DAYS[0]))

    assert [regel["regel"] for regel in found["regels"]] == ["tijdig_bij_duo"]
    assert {one["regel"] for one in found["rules_not_run"]} == {"bij_duo_rond_aanvang", "white_label_vlot"}


def test_every_question_shows_its_assumptions_and_how_much_cannot_be_determined() -> None:
    """The share comes from the numbers of the country, in thousandths, rounded to the nearest."""
    found = json.loads(files()["foto.json"])

    assert [question["nummer"] for question in found["questions"]] == [1, 2, 3, 4, 5, 6]
    for question in found["questions"]:
        declared = next(q for q in QUESTIONS if q.code == question["vraag"])
        ran = {rule["regel"] for rule in question["regels"]}
        assert set(question["aannames"]) == {t.nl for r in declared.rules if r.code in ran for t in r.assumptions}
        (country,) = [
            cel
            for cel in found["marges"]
            if (cel["vraag"], cel["instelling"], cel["domein"]) == (question["vraag"], "alle", "alle")
        ]
        unknown, decided = country["niet_te_bepalen"]["waarde"], country["beslist"]["waarde"]
        share = question["niet_te_bepalen_promille"]
        if unknown + decided:
            assert abs(share * (unknown + decided) - 1000 * unknown) * 2 <= unknown + decided
        else:
            assert share is None
    assert any(question["aannames"] for question in found["questions"])


def test_without_a_number_there_is_no_share() -> None:
    foto = true_foto()
    hidden = tuple(
        attrs.evolve(cel, niet_te_bepalen=Aantal(subjects=Getal.withheld(), personen=None)) for cel in foto.marges
    )
    found = document(describe(attrs.evolve(foto, marges=hidden), judged().settings, gemaakt_op=DAYS[0]))

    assert {question["niet_te_bepalen_promille"] for question in found["questions"]} == {None}


def test_cells_and_margins_are_sorted_by_question_and_place() -> None:
    found = json.loads(files()["foto.json"])
    order = [question.code for question in QUESTIONS]

    for part in ("cellen", "marges"):
        keys = [(order.index(cel["vraag"]), cel["instelling"], cel["domein"]) for cel in found[part]]
        assert keys == sorted(set(keys))


def test_the_csv_has_the_cells_of_foto_json() -> None:
    for policy in (Policy.NIVEAU, Policy.MIDPUNT6):
        made = files(policy)
        cells = json.loads(made["foto.json"])["cellen"]
        rows = list(csv.DictReader(io.StringIO(made["cellen.csv"].decode(), newline=""), delimiter=";"))
        name = "voldoet_niet_subjects" if policy is Policy.NIVEAU else "voldoet_niet_waarde"

        assert [(r["vraag"], r["instelling"], r["domein"], r[name]) for r in rows] == [
            (c["vraag"], c["instelling"], c["domein"], str(c["voldoet_niet"]["waarde"])) for c in cells
        ]


def withheld(made: Fotobestand) -> Fotobestand:
    """Withhold the first number."""
    first, *rest = made.foto.cellen
    hidden = attrs.evolve(first, voldoet_niet=Aantal(subjects=Getal.withheld(), personen=None))
    return attrs.evolve(made, foto=attrs.evolve(made.foto, cellen=(hidden, *rest)))


def test_what_is_withheld_has_one_neutral_mark() -> None:
    """JSON: null with status onderdrukt; page and CSV: [g]. Never 0, never a class."""
    made = foto_files(withheld(bestand(policy=Policy.MIDPUNT6)), audit=outcome())
    cell = json.loads(made["foto.json"])["cellen"][0]
    first = made["cellen.csv"].decode().splitlines()[1].split(";")

    assert cell["voldoet_niet"] == {"waarde": None, "status": "onderdrukt"}
    assert first[3:5] == ["[g]", "onderdrukt"]
    assert "[g]</td>" in made["index.html"].decode()
    assert "[g]" in json.loads(made["datapackage.json"])["resources"][0]["schema"]["missingValues"]


def test_the_datapackage_describes_every_file_to_the_byte() -> None:
    for policy in (Policy.NIVEAU, Policy.MIDPUNT6):
        made = files(policy)
        found = json.loads(made["datapackage.json"])
        resources = {resource["path"]: resource for resource in found["resources"]}

        assert set(resources) == set(FILES) - {"datapackage.json", "MANIFEST.sha256"}
        for name, resource in resources.items():
            assert resource["bytes"] == len(made[name])
            assert resource["hash"] == f"sha256:{hashlib.sha256(made[name]).hexdigest()}"
        header = made["cellen.csv"].decode().splitlines()[0].split(";")
        assert [field["name"] for field in resources["cellen.csv"]["schema"]["fields"]] == header


def test_the_manifest_is_that_of_sha256sum() -> None:
    made = files()
    lines = made["MANIFEST.sha256"].decode().splitlines()

    assert lines == [f"{hashlib.sha256(made[n]).hexdigest()}  {n}" for n in FILES if n != "MANIFEST.sha256"]


def test_the_account_says_what_the_audit_found_and_nothing_of_cells() -> None:
    """How many counts are sensitive is a number about the cells too, so that stays out."""
    made = foto_files(bestand(policy=Policy.MIDPUNT6), audit=outcome(), fotos=3)
    found = json.loads(made["verantwoording.json"])

    assert found["audit"] == {"uitkomst": "geslaagd", "exact": 0, "vernauwd": 0, "fotos": 3, "solver": "HiGHS 1.0"}
    assert found["foto"] == f"sha256:{hashlib.sha256(made['foto.json']).hexdigest()}"
    assert json.loads(files()["verantwoording.json"])["bescherming"] == "onbeschermd"
    assert json.loads(files()["verantwoording.json"])["audit"] is None


@pytest.mark.parametrize("audit", [None, outcome(exact=1), outcome(narrowed=1)])
def test_a_protected_foto_without_an_audit_that_passed_has_no_files(audit: Any) -> None:
    with pytest.raises(FotoRefusedError):
        foto_files(bestand(policy=Policy.MIDPUNT6), audit=audit)


# ---- names, corrections


def test_a_correction_has_its_own_name_and_says_what_it_replaces_and_why() -> None:
    named = Vervanging(FotoId("foto-2018-10-01"), DIGEST, Reden.BRON)
    found = document(bestand(correctie=1, vervangt=named, vorige=DIGEST))

    assert found["foto_id"] == "foto-2018-10-01-c1"
    assert found["vervangt"] == {"foto_id": "foto-2018-10-01", "digest": str(DIGEST), "reden": "bron"}
    assert found["vorige"] == str(DIGEST)


@pytest.mark.parametrize(
    "other",
    [
        {"gemaakt_op": date(2018, 9, 30)},
        {"correctie": 1},
        {"vervangt": Vervanging(FotoId("foto-2018-10-01"), DIGEST, Reden.BRON), "vorige": DIGEST},
        {"correctie": 1, "vervangt": Vervanging(FotoId("foto-2018-10-01"), DIGEST, Reden.BRON)},
        {"correctie": 1, "vervangt": Vervanging(FotoId("foto-2018-10-01-c1"), DIGEST, Reden.BRON), "vorige": DIGEST},
        {"correctie": 1, "vervangt": Vervanging(FotoId("foto-2018-07-01"), DIGEST, Reden.BRON), "vorige": DIGEST},
    ],
)
def test_what_does_not_fit_is_refused(other: dict[str, Any]) -> None:
    """Made before its peildatum, a correction of nothing, a correction without a number, of itself, of another day."""
    with pytest.raises(ValueError, match=r"."):
        bestand(**other)


def test_a_foto_may_be_made_on_its_peildatum() -> None:
    assert bestand(gemaakt_op=date(2018, 10, 1)).gemaakt_op == date(2018, 10, 1)


@pytest.mark.parametrize("name", ["foto-2018-10-1", "foto-2018-10-01-c0", "foto-2018-10-01/..", "2018-10-01", ""])
def test_the_name_of_a_foto_is_safe_to_name_a_folder_after(name: str) -> None:
    with pytest.raises(InvalidCodeError):
        FotoId(name)


# ---- reading back


@pytest.mark.parametrize("policy", [Policy.NIVEAU, Policy.MIDPUNT6])
def test_what_was_written_reads_back(policy: Policy) -> None:
    made = withheld(bestand(policy=policy)) if policy.protects else bestand()

    assert parse_document(parse_canonical(canonical(document(made)))) == made


def spoilt() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give files that are no foto, each almost one."""
    whole = document(bestand())
    for key in whole:
        yield f"without {key}", {name: value for name, value in whole.items() if name != key}
        values: tuple[Any, ...] = (None, 1, "x", [], {}, [1], [{}])
        for value in values:
            # An empty list is another foto, not a bad one.
            if whole[key] != value and not (value == [] and key in {"norms", "rules_not_run", "cellen", "regels"}):
                yield f"{key} {value!r}", {**whole, key: value}
    yield "more", {**whole, "noot": "geheim"}
    cell = whole["cellen"][0]
    for other in (
        {**cell, "student": "geheim"},
        {**cell, "instelling": "geheim"},
        {**cell, "domein": "landelijk"},
        {**cell, "voldoet": {**cell["voldoet"], "waarde": -1}},
        {**cell, "voldoet": {**cell["voldoet"], "status": "<5"}},
        {**cell, "voldoet": {**cell["voldoet"], "personen": "1"}},
    ):
        yield f"cell {other}", {**whole, "cellen": [other, *whole["cellen"][1:]]}


@pytest.mark.parametrize(("about", "value"), [pytest.param(*one, id=one[0][:40]) for one in spoilt()])
def test_a_file_that_says_more_or_other_things_than_a_foto_is_none(about: str, value: dict[str, Any]) -> None:
    """Also a note that it has no room for, or a sentence that was changed."""
    del about
    with pytest.raises(ValueError, match=r"."):
        parse_document(value)


def of_another_version() -> dict[str, Any]:
    """Give a foto that was made with other sentences and other versions of the rules."""
    value = {**document(bestand()), "library_version": "0.0.1"}
    for question in value["questions"]:
        question |= {"titel": "Anders?", "aannames": ["Eén.", "Twee."]}
        for rule in question["regels"]:
            rule |= {"zin": "Anders.", "uitvoerbaarheid": "anders", "versie": rule["versie"] + 1}
    for norm in value["norms"]:
        norm |= {"tekst": "Anders.", "eenheid": "anders", "aanname": None if norm["aanname"] else "Anders."}
    return value


def test_a_foto_of_another_version_may_have_other_sentences() -> None:
    """The counts in it read as ever, and so do the norms and the rules that ran."""
    found = parse_document(of_another_version())

    assert attrs.evolve(found, library_version=Versie(__version__)) == bestand()


def test_the_folder_of_a_foto_of_another_version_is_in_order() -> None:
    """Its digest is that of the bytes that stand there, not of those that this version would write."""
    made = files()
    of_old = remade(made, {"foto.json": canonical(of_another_version())})

    assert of_old["foto.json"] != made["foto.json"]
    assert check(of_old).gebreken == ()
    assert check(of_old).digest == f"sha256:{hashlib.sha256(of_old['foto.json']).hexdigest()}"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("questions", {"noot": "geheim"}),
        ("questions", {"titel": None}),
        ("questions", {"titel": 3}),
        ("questions", {"aannames": "geheim"}),
        ("questions", {"aannames": [3]}),
        ("questions", {"nummer": 7}),
        ("questions", {"niet_te_bepalen_promille": 999}),
        ("norms", {"noot": "geheim"}),
        ("norms", {"tekst": None}),
        ("norms", {"eenheid": 3}),
        ("norms", {"aanname": 3}),
    ],
)
def test_a_foto_of_another_version_has_nothing_else_that_is_other(part: str, change: dict[str, Any]) -> None:
    value = of_another_version()
    value[part][0] |= change

    with pytest.raises(ValueError, match=r"."):
        parse_document(value)


@pytest.mark.parametrize("change", [{"noot": "geheim"}, {"zin": None}, {"versie": "1"}, {"uitvoerbaarheid": 3}])
def test_a_rule_of_another_version_has_nothing_else_that_is_other(change: dict[str, Any]) -> None:
    value = of_another_version()
    value["questions"][0]["regels"][0] |= change

    with pytest.raises(ValueError, match=r"."):
        parse_document(value)


@pytest.mark.parametrize("part", ["cellen", "marges", "regels"])
def test_counts_in_another_order_or_twice_are_no_foto(part: str) -> None:
    """An order could tell what a number does not."""
    made = bestand()
    first, second, *rest = getattr(made.foto, part)
    for counts in ((second, first, *rest), (first, first, second, *rest)):
        other: dict[str, Any] = {part: counts}
        with pytest.raises(ValueError, match="order"):
            attrs.evolve(made, foto=attrs.evolve(made.foto, **other))


def test_no_place_is_a_cell_and_a_margin() -> None:
    made = bestand()
    marges = (*made.foto.marges[:1], *made.foto.cellen[-1:])
    cellen = made.foto.cellen[-1:]

    assert attrs.evolve(made, foto=attrs.evolve(made.foto, cellen=(), marges=marges)).foto.marges == marges
    with pytest.raises(ValueError, match="order"):
        attrs.evolve(made, foto=attrs.evolve(made.foto, cellen=cellen, marges=marges))


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [[]]])
def test_anything_else_is_no_foto(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_document(value)


# ---- what it can hold


def parts(annotation: Any) -> Iterator[type]:
    """Give the types in an annotation."""
    inner = typing.get_args(annotation)
    if not inner:
        if annotation is not Ellipsis:
            yield annotation
        return
    for each in inner:
        yield from parts(each)


def test_the_file_of_a_foto_has_no_room_for_free_text() -> None:
    """Every type that the writer reads: codes of a fixed shape, closed lists, days and numbers; no str."""
    found: set[type] = set()
    todo: list[type] = [Fotobestand]
    while todo:
        current = todo.pop()
        if current in found:
            continue
        found.add(current)
        if attrs.has(current):
            hints = typing.get_type_hints(current)
            todo += [part for field in attrs.fields(current) for part in parts(hints[field.name])]

    assert found == {
        *(Fotobestand, NormOpFoto, NormWaarde, RegelOpFoto, NietUitgevoerd, Vervanging, Venster),
        *(FotoId, Versie, NormId, Digest, Reden, Herkomst, WaaromNiet, Kind),
        *(Foto, Drempels, Cel, Aantal, Getal, RegelAantal, Vraagcode, Regelcode, Brin, Domein, Plaats, Policy, Status),
        *(date, int, NoneType),
    }


# ---- the page


def test_the_page_escapes_whatever_it_shows() -> None:
    """No text of the declarations could hold this, and the page does not trust that."""

    def poisoned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: poisoned(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [poisoned(inner) for inner in value]
        return f"{value}<script>alert('\"&" if isinstance(value, str) else value

    found = page(poisoned(document(bestand())))

    assert "<script" not in found
    assert "&lt;script&gt;alert(&#x27;&quot;&amp;" in found


def test_the_page_stands_by_itself() -> None:
    found = files()["index.html"].decode()

    assert not any(word in found for word in ("<script", "src=", "href=", "url(", "@import", "http:", "https:"))
    assert '<html lang="nl">' in found
    assert "Onbeschermd" in found
    assert "Onbeschermd" not in files(Policy.MIDPUNT6)["index.html"].decode()


def test_a_page_rounds_a_score_down() -> None:
    """1 of 3 failed: 66,6 %. No score without a number of decided."""

    def one(failed: int | None, decided: int | None) -> str:
        def number(waarde: int | None) -> dict[str, Any]:
            return {"waarde": waarde, "status": "x"}

        whole = document(bestand())
        cell = {
            "vraag": "bpvo_tijdig",
            "instelling": "27DV",
            "domein": "79140",
            "voldoet_niet": number(failed),
            "beslist": number(decided),
            "niet_te_bepalen": number(0),
        }
        return page({**whole, "cellen": [cell], "marges": [], "regels": []})

    assert "66,6%" in one(1, 3)
    assert "99,9%" in one(1, 5000)
    assert "%</td>" not in one(0, 0) + one(None, 3) + one(1, None)
