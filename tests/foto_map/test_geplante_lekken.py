"""
Leaks put into the files of a protected foto, each of which is found.

Whoever plants one makes every digest around it anew, so that the manifest tells nothing. What is planted is what a
well-meant change of a writer or page could add: a percentage, a colour, an order, a digest.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.foto_map.kit import PUBLIC, bestand, judged, outcome, remade, true_foto

from bpvo_rules.errors import SourceError
from bpvo_rules.foto import Aantal, Cel, Fotobestand, Getal, Plaats, Policy, foto_digest, foto_files, seal
from bpvo_rules.foto.bewaren import zegel_json
from bpvo_rules.foto.canonical import canonical
from bpvo_rules.foto.folder import check
from bpvo_rules.foto.page import page
from bpvo_rules.io.foto import read_foto, verify_foto

Files = dict[str, bytes]
Wrong = set[tuple[str, str | None]]
VRAAG = "bpvo_erkend_leerbedrijf"
COUNTRY = (VRAAG, Plaats.ALLE, Plaats.ALLE)
HIDDEN = b'<td class="n">[g]</td>'
SAYS_OTHERWISE: Wrong = {("tegenspraak", "index.html")}
NO_FOTO: Wrong = {("onleesbaar", "foto.json")}


def is_small(cel: Cel) -> bool:
    """Say whether few fail in a cell."""
    return cel.vraag == VRAAG and 0 < (cel.voldoet_niet.subjects.waarde or 0) < 5


@cache
def secret() -> Cel:
    """Give the true counts of the first small cell; they stay with the maker."""
    return next(cel for cel in true_foto().cellen if is_small(cel))


@cache
def country() -> Cel:
    """Give the true counts of the country."""
    return next(cel for cel in true_foto().marges if (cel.vraag, cel.instelling, cel.domein) == COUNTRY)


@cache
def protected() -> Fotobestand:
    """Give a foto in which the small cell, the one after it and the country are withheld."""
    made = bestand(policy=Policy.MIDPUNT6)
    nothing: dict[str, Any] = dict.fromkeys(PUBLIC, Aantal(subjects=Getal.withheld(), personen=None))
    at = true_foto().cellen.index(secret())

    def gone(cel: Cel) -> Cel:
        return attrs.evolve(cel, **nothing)

    cellen = tuple(gone(cel) if n in (at, at + 1) else cel for n, cel in enumerate(made.foto.cellen))
    marges = tuple(gone(cel) if (cel.vraag, cel.instelling, cel.domein) == COUNTRY else cel for cel in made.foto.marges)
    return attrs.evolve(made, foto=attrs.evolve(made.foto, cellen=cellen, marges=marges))


@cache
def whole() -> Files:
    """Give its files."""
    return foto_files(protected(), audit=outcome())


def told(name: str = "foto.json") -> Any:
    """Give what a file says, to be changed."""
    return json.loads(whole()[name])


def hidden_cel(document: Any) -> Any:
    """Give the small cell in what ``foto.json`` says."""
    place = (VRAAG, secret().instelling, secret().domein)
    return next(cel for cel in document["cellen"] if (cel["vraag"], cel["instelling"], cel["domein"]) == place)


def shown(row: bytes, old: bytes, new: bytes, count: int = 1) -> bytes:
    """Change something on the page, in the first row that starts so under the first question."""
    data = whole()["index.html"]
    start = data.index(row, data.index(b"<caption>"))
    end = data.index(b"</tr>", start)
    assert old in data[start:end]
    return data[:start] + data[start:end].replace(old, new, count) + data[end:]


def row_of(cel: Cel) -> bytes:
    """Give the start of the row of a cell on the page."""
    return f'<tr><th scope="row">{cel.instelling}</th><td>{cel.domein}</td>'.encode()


def followed(document: Any) -> Files:
    """Give the files that follow from another ``foto.json``: page and cells say what it says, in its order."""
    lines = whole()["cellen.csv"].decode().splitlines(keepends=True)
    rows = {tuple(line.split(";")[:3]): line for line in lines[1:]}
    order = [(cel["vraag"], cel["instelling"], cel["domein"]) for cel in document["cellen"]]
    return {
        "foto.json": canonical(document),
        "index.html": page(document).encode(),
        "cellen.csv": "".join([lines[0], *(rows[place] for place in order)]).encode(),
    }


def found(files: Files, into: Path) -> Wrong:
    """Write a folder, check it in every way there is, and give what is wrong with it."""
    folder = into / "foto"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    controle = verify_foto(folder)

    assert controle == check(files)
    assert not controle.in_orde
    with pytest.raises(SourceError):
        read_foto(folder)
    return {(str(gebrek.soort), gebrek.bestand) for gebrek in controle.gebreken}


def test_without_a_leak_the_folder_is_in_order() -> None:
    """Also when every digest was made anew, and with everything made as for another order: nothing else is found."""
    assert check(whole()).in_orde
    assert remade(whole(), followed(told())) == whole()
    assert foto_digest(protected()) == check(whole()).digest
    assert whole()["index.html"].count(HIDDEN) == 9


# ---- on the page


def test_a_percentage_of_a_withheld_total(tmp_path: Path) -> None:
    """To one decimal it tells what was withheld, to who knows about how many there are."""
    failed, decided = country().voldoet_niet.subjects.waarde, country().beslist.subjects.waarde
    assert failed
    assert decided
    score = f'<td class="n">{100 * (decided - failed) / decided:.1f}%</td>'.replace(".", ",").encode()
    leak = shown(row_of(country()), b'<td class="n"></td>', score)

    assert found(remade(whole(), {"index.html": leak}), tmp_path) == SAYS_OTHERWISE


@pytest.mark.parametrize(
    "cell",
    [
        b'<td class="n" style="background:#fee">[g]</td>',
        b'<td class="n klein">[g]</td>',
        b'<td class="n" title="klein">[g]</td>',
        b'<td class="n" data-reden="primair">[g]</td>',
        b'<td class="n"><b>[g]</b></td>',
        b'<td class="n">&lt;5</td>',
        b'<td class="n">[g] <!-- 3 --></td>',
    ],
)
def test_a_look_of_its_own_for_what_is_withheld(cell: bytes, tmp_path: Path) -> None:
    """A colour, class, title, attribute, mark or remark that one withheld number has and another does not."""
    leak = shown(row_of(secret()), HIDDEN, cell)

    assert found(remade(whole(), {"index.html": leak}), tmp_path) == SAYS_OTHERWISE


def test_a_style_for_one_row(tmp_path: Path) -> None:
    """Without a letter in the row itself."""
    leak = whole()["index.html"].replace(b"</style>", b"tbody tr:nth-child(3) td{background:#fee}</style>", 1)

    assert found(remade(whole(), {"index.html": leak}), tmp_path) == SAYS_OTHERWISE


def wilson(failed: int, decided: int) -> tuple[float, float]:
    """Give the 95 % bounds of Wilson of a share."""
    z = 1.96
    middle = (failed + z * z / 2) / (decided + z * z)
    half = z / (decided + z * z) * sqrt(failed * (decided - failed) / decided + z * z / 4)
    return middle - half, middle + half


def test_wilson_bounds_of_a_withheld_cell(tmp_path: Path) -> None:
    """From two bounds one finds both counts."""
    failed, decided = secret().voldoet_niet.subjects.waarde, secret().beslist.subjects.waarde
    assert failed
    assert decided
    low, high = wilson(failed, decided)
    bounds = f'<td class="n">{100 * low:.1f}-{100 * high:.1f}%</td>'.encode()
    leak = shown(row_of(secret()), b'<td class="n"></td>', bounds)

    assert found(remade(whole(), {"index.html": leak}), tmp_path) == SAYS_OTHERWISE


# ---- marks and statuses


@pytest.mark.parametrize("mark", ["<5", "1-4", "0", "", "3"])
def test_another_mark_in_the_csv(mark: str, tmp_path: Path) -> None:
    """``<5`` says that it is small; an empty cell or 0 for some of them says that the others are something else."""
    leak = whole()["cellen.csv"].replace(b"[g];onderdrukt", f"{mark};onderdrukt".encode(), 1)

    assert found(remade(whole(), {"cellen.csv": leak}), tmp_path) == {("tegenspraak", "cellen.csv")}


@pytest.mark.parametrize(
    "number",
    [
        {"waarde": None, "status": "<5"},
        {"waarde": "<5", "status": "onderdrukt"},
        {"waarde": None, "status": "primair"},
        {"waarde": None, "status": "secundair"},
        {"waarde": None, "status": "A"},
        {"waarde": None, "status": "D"},
        {"waarde": None, "status": "onderdrukt", "conf_status": "A"},
        {"waarde": None, "status": "onderdrukt", "personen": 3},
        {"waarde": 3, "status": "onderdrukt"},
    ],
)
@pytest.mark.parametrize("version", [None, "0.0.1"])
def test_another_status_in_the_foto(number: dict[str, Any], version: str | None, tmp_path: Path) -> None:
    """``<5``, or as in SDMX what was withheld for itself (A) and for others (D); a foto of another version no less."""
    document = told()
    document |= {} if version is None else {"library_version": version}
    hidden_cel(document)["voldoet_niet"] = number

    assert found(remade(whole(), {"foto.json": canonical(document)}), tmp_path) == NO_FOTO


def with_column(name: str, value: Callable[[str], str]) -> Files:
    """Give the cells with a column more, and a descriptor that knows it."""
    head, *lines = whole()["cellen.csv"].decode().splitlines()
    rows = [f"{head};{name}", *(f"{line};{value(line)}" for line in lines)]
    package = told("datapackage.json")
    (schema,) = (resource["schema"] for resource in package["resources"] if "schema" in resource)
    schema["fields"].append({"name": name, "type": "string"})
    return {
        "cellen.csv": "".join(f"{row}\n" for row in rows).encode(),
        "datapackage.json": canonical(package),
    }


MORE_COLUMNS: Wrong = {("tegenspraak", "cellen.csv"), ("tegenspraak", "datapackage.json")}


def test_a_column_with_the_kind_of_suppression(tmp_path: Path) -> None:
    """A for what is small itself, D for what was withheld for its sake, F for the rest."""

    def status(line: str) -> str:
        own = line.startswith(f"{VRAAG};{secret().instelling};{secret().domein};")
        return "A" if own else "D" if "[g]" in line else "F"

    leak = with_column("conf_status", status)

    assert {line[-1:] for line in leak["cellen.csv"].decode().splitlines()[1:]} == {"A", "D", "F"}
    assert found(remade(whole(), leak), tmp_path) == MORE_COLUMNS


def test_a_column_with_the_true_teller(tmp_path: Path) -> None:
    truth = {
        f"{cel.vraag};{cel.instelling};{cel.domein}": str(cel.voldoet_niet.subjects.waarde)
        for cel in true_foto().cellen
    }
    leak = with_column("teller", lambda line: truth[";".join(line.split(";")[:3])])

    assert found(remade(whole(), leak), tmp_path) == MORE_COLUMNS


# ---- order


def true_score(cel: dict[str, Any]) -> tuple[str, float]:
    """Give what to sort by to tell what was withheld: the true share that fails, within its question."""
    place = (cel["vraag"], cel["instelling"], cel["domein"])
    for true in (*true_foto().cellen, *true_foto().marges):
        if (true.vraag, true.instelling, true.domein) == place:
            return cel["vraag"], (true.voldoet_niet.subjects.waarde or 0) / (true.beslist.subjects.waarde or 1)
    raise AssertionError(place)


@pytest.mark.parametrize("version", [None, "0.0.1"])
@pytest.mark.parametrize("part", ["cellen", "marges"])
def test_an_order_by_true_score(part: str, version: str | None, tmp_path: Path) -> None:
    """In all files together, so that they agree: what stands between two numbers then lies between them."""
    document = told()
    document |= {} if version is None else {"library_version": version}
    questions = list(dict.fromkeys(cel["vraag"] for cel in document[part]))
    document[part].sort(key=lambda cel: (questions.index(cel["vraag"]), true_score(cel)[1]))
    assert document[part] != told()[part]

    assert found(remade(whole(), followed(document)), tmp_path) == NO_FOTO


def test_an_order_of_rules_by_what_fails(tmp_path: Path) -> None:
    document = told()
    assert len(document["regels"]) > 1
    document["regels"].reverse()

    assert found(remade(whole(), followed(document)), tmp_path) == NO_FOTO


def test_an_order_by_true_score_in_the_csv_only(tmp_path: Path) -> None:
    document = told()
    document["cellen"].sort(key=true_score)
    leak = followed(document)["cellen.csv"]
    assert leak != whole()["cellen.csv"]

    assert found(remade(whole(), {"cellen.csv": leak}), tmp_path) == {("tegenspraak", "cellen.csv")}


@pytest.mark.parametrize("part", ["cellen", "marges"])
def test_a_withheld_cell_a_second_time_with_its_number(part: str, tmp_path: Path) -> None:
    """Behind the one that is withheld, or among the margins."""
    document = told()
    cell = hidden_cel(document)
    more = {**cell, "voldoet_niet": {"waarde": 3, "status": "afgerond"}}
    at = document["cellen"].index(cell) + 1 if part == "cellen" else 0
    document[part].insert(at, more)

    assert found(remade(whole(), followed(document)), tmp_path) == NO_FOTO


# ---- digests, accounts and other files


def unkeyed() -> str:
    """Give the digest of true counts: who tries them all has them at once."""
    counts = ";".join(str(getattr(secret(), name).subjects.waarde) for name in PUBLIC)
    return f"sha256:{hashlib.sha256(counts.encode()).hexdigest()}"


def digest_in_foto(document: Any) -> None:
    document["cellen_sha256"] = unkeyed()


def digest_in_cell(document: Any) -> None:
    hidden_cel(document)["sha256"] = unkeyed()


def digest_in_question(document: Any) -> None:
    document["questions"][0]["sha256"] = unkeyed()


def digest_in_norm(document: Any) -> None:
    document["norms"][0]["sha256"] = unkeyed()


def share_of_the_country(document: Any) -> None:
    """Not a digest, but where one could also stand: the share that is left out when the numbers are withheld."""
    assert document["questions"][0]["niet_te_bepalen_promille"] is None
    document["questions"][0]["niet_te_bepalen_promille"] = 7


@pytest.mark.parametrize("version", [None, "0.0.1"])
@pytest.mark.parametrize(
    "plant", [digest_in_foto, digest_in_cell, digest_in_question, digest_in_norm, share_of_the_country]
)
def test_a_digest_of_true_counts_in_the_foto(plant: Callable[[Any], None], version: str | None, tmp_path: Path) -> None:
    """Anywhere, also where a foto of another version may have other sentences."""
    document = told()
    document |= {} if version is None else {"library_version": version}
    plant(document)

    assert found(remade(whole(), followed(document)), tmp_path) == NO_FOTO


NOT_ACCOUNTED: Wrong = {("tegenspraak", "verantwoording.json")}


def test_a_digest_of_true_counts_in_the_account(tmp_path: Path) -> None:
    leak = canonical({**told("verantwoording.json"), "cellen_sha256": unkeyed()})

    assert found(remade(whole(), {"verantwoording.json": leak}), tmp_path) == NOT_ACCOUNTED


@pytest.mark.parametrize(
    "more",
    [
        {"bevindingen": [{"instelling": "90AA", "domein": "79000", "min": 1, "max": 2}]},
        {"worst": "90AA"},
        {"protected": 7},
        {"digest": unkeyed()},
        {"solver": "HiGHS 1.0; 90AA 79000 1-2"},
        {"solver": "90AA 79000"},
        {"solver": unkeyed()},
        {"solver": ""},
        {"fotos": "90AA"},
    ],
)
def test_cells_of_the_audit_in_the_account(more: dict[str, Any], tmp_path: Path) -> None:
    """As a key, or in the place of the name of the solver."""
    account = told("verantwoording.json")
    account["audit"] |= more

    assert found(remade(whole(), {"verantwoording.json": canonical(account)}), tmp_path) == NOT_ACCOUNTED


@pytest.mark.parametrize("name", ["zegel-foto-2018-10-01.json", ".zegel", "LEES_MIJ.txt", "foto.json.bak"])
def test_the_zegel_in_the_folder(name: str, tmp_path: Path) -> None:
    """Under whatever name, also when manifest and descriptor list it."""
    leak = canonical(zegel_json(seal(judged()), foto_digest(protected())))

    wrong = found(remade(whole(), {name: leak}), tmp_path)
    assert ("extra", None) in wrong


@pytest.mark.parametrize("name", ["datapackage.json", "MANIFEST.sha256"])
def test_a_word_more_in_what_lists_the_files(name: str, tmp_path: Path) -> None:
    """The true count as a comment in the manifest, or as a description in the descriptor."""
    if name == "datapackage.json":
        leak = remade(whole(), {name: canonical({**told(name), "description": "90AA 79000: 3"})})
    else:
        leak = {**whole(), name: whole()[name] + b"# 90AA 79000: 3\n"}

    assert {file for _, file in found(leak, tmp_path)} == {name}
