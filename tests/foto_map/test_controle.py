"""verify_foto: every byte, every file, and the chain; and it raises nothing."""

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.foto_map.kit import DAYS, bestand, outcome, remade, small_protected

from bpvo_rules.errors import ExistingFileError, FotoRefusedError, SourceError
from bpvo_rules.foto import (
    Controle,
    Digest,
    Fotobestand,
    FotoId,
    Getal,
    Policy,
    Reden,
    SoortGebrek,
    Vervanging,
    describe,
    foto_digest,
    foto_files,
    take_foto,
)
from bpvo_rules.foto.canonical import canonical
from bpvo_rules.foto.folder import check
from bpvo_rules.io.foto import read_foto, verify_foto, verify_fotos, write_foto
from bpvo_rules.judge import make_settings
from bpvo_rules.keten import Keten

Files = dict[str, bytes]
NAMES = ("MANIFEST.sha256", "cellen.csv", "datapackage.json", "foto.json", "index.html", "verantwoording.json")


def tiny() -> Fotobestand:
    """Give a foto without a cell, so that all of its bytes can be tried."""
    foto = take_foto(Keten(), peildatum=DAYS[0], policy=Policy.NIVEAU)
    return describe(foto, make_settings(), gemaakt_op=DAYS[0])


FILES: Mapping[str, Mapping[str, bytes]] = {
    "niveau": foto_files(bestand()),
    "midpunt6": foto_files(bestand(policy=Policy.MIDPUNT6), audit=outcome()),
    "tiny": foto_files(tiny()),
}
OTHERS: tuple[Callable[[int], int], ...] = (
    lambda byte: byte ^ 1,
    lambda byte: byte ^ 0x80,
    lambda byte: 32 - (byte == 32),
)


def kinds(controle: Controle) -> list[tuple[str, str | None]]:
    """Give what is wrong: which kind, and in which file."""
    return [(str(gebrek.soort), gebrek.bestand) for gebrek in controle.gebreken]


@pytest.mark.parametrize("which", FILES)
def test_what_was_written_is_in_order(which: str, tmp_path: Path) -> None:
    made = tmp_path / "foto"
    made.mkdir()
    for name, data in FILES[which].items():
        (made / name).write_bytes(data)

    found = verify_foto(made)
    assert found.in_orde
    assert found.gebreken == ()
    assert found.bestand is not None
    assert found.digest == foto_digest(found.bestand)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", FILES)
def test_every_single_byte_change_is_found(which: str, name: str) -> None:
    """Every byte of the small files of a foto without cells; of other files some 25 spread over it, and its ends."""
    whole = FILES[which]
    data = whole[name]
    step = 1 if which == "tiny" and len(data) <= 1000 else max(1, len(data) // 25)
    for at in {*range(0, len(data), step), len(data) - 1}:
        changed = data[:at] + bytes([OTHERS[at % len(OTHERS)](data[at])]) + data[at + 1 :]
        assert changed != data
        assert not check({**whole, name: changed}).in_orde, (name, at)


@pytest.mark.parametrize("name", NAMES)
def test_the_digests_alone_find_every_changed_byte(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Every byte of every file of a small protected foto, in three ways: more than 40,000 changes in all.

    What the files say is not looked at here: the manifest is enough, and for the manifest its fixed form.
    """
    monkeypatch.setattr("bpvo_rules.foto.folder.parse_canonical", lambda _: None)
    monkeypatch.setattr("bpvo_rules.foto.folder.parse_document", lambda _: None)
    whole = foto_files(small_protected(), audit=outcome())
    assert b"[g]" in whole["cellen.csv"]
    assert sum(map(len, whole.values())) * len(OTHERS) > 40_000
    assert check(whole).in_orde

    data = whole[name]
    missed = [
        (at, other)
        for at in range(len(data))
        for other in OTHERS
        if check({**whole, name: data[:at] + bytes([other(data[at])]) + data[at + 1 :]}).in_orde
    ]
    assert missed == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", FILES)
def test_a_byte_more_or_less_is_found(which: str, name: str) -> None:
    whole = FILES[which]
    data = whole[name]
    for changed in (b"", data[:-1], data[1:], data + b"\n", b" " + data, data + data, data[: len(data) // 2]):
        assert not check({**whole, name: changed}).in_orde


def test_a_changed_file_is_named() -> None:
    whole = FILES["midpunt6"]

    assert ("gewijzigd", "index.html") in kinds(check({**whole, "index.html": whole["index.html"] + b" "}))
    assert ("onleesbaar", "foto.json") in kinds(check({**whole, "foto.json": b"{}"}))
    assert kinds(check({**whole, "MANIFEST.sha256": whole["MANIFEST.sha256"] + b"\n"})) == [
        ("gewijzigd", "MANIFEST.sha256")
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_found(name: str) -> None:
    found = check({other: data for other, data in FILES["niveau"].items() if other != name})

    assert ("ontbreekt", name) in kinds(found)


def test_what_does_not_belong_there_is_found(tmp_path: Path) -> None:
    """A file, a folder and a link; their names are not repeated, for they may be anything."""
    write_foto(bestand(), tmp_path)
    folder = tmp_path / "foto-2018-10-01"
    (folder / "geheim.csv").write_text("x")
    (folder / "map").mkdir()
    (folder / "link").symlink_to(folder / "foto.json")

    (gebrek,) = verify_foto(folder).gebreken
    assert (gebrek.soort, gebrek.bestand) == (SoortGebrek.EXTRA, None)
    assert ": 3." in gebrek.tekst
    assert "geheim" not in gebrek.tekst


def test_a_link_in_the_place_of_a_file_is_found(tmp_path: Path) -> None:
    """It shows every receiver something else."""
    folder = write_foto(bestand(), tmp_path)
    (folder / "cellen.csv").rename(tmp_path / "cellen.csv")
    (folder / "cellen.csv").symlink_to(tmp_path / "cellen.csv")

    assert {soort for soort, _ in kinds(verify_foto(folder))} == {"ontbreekt", "extra"}


def test_remaking_changes_nothing_when_nothing_changed() -> None:
    assert remade(FILES["midpunt6"], {}) == FILES["midpunt6"]


def test_files_that_tell_something_else_than_the_foto_are_found_behind_a_new_manifest() -> None:
    whole = FILES["midpunt6"]

    cells = check(remade(whole, {"cellen.csv": whole["cellen.csv"].replace(b";3;afgerond", b";9;afgerond")}))
    assert kinds(cells) == [("tegenspraak", "cellen.csv")]
    shown = check(remade(whole, {"index.html": whole["index.html"].replace(b">3<", b">9<", 1)}))
    assert kinds(shown) == [("tegenspraak", "index.html")]


@pytest.mark.parametrize(
    "change",
    [
        {"audit": None},
        {"audit": {"uitkomst": "geslaagd", "exact": 1, "vernauwd": 0, "fotos": 1, "solver": "x"}},
        {"audit": {"uitkomst": "geslaagd", "exact": 0, "vernauwd": 0, "fotos": 0, "solver": "x"}},
        {"audit": {"uitkomst": "geslaagd", "exact": 0, "vernauwd": 0, "fotos": 1, "solver": "x", "cel": "27DV"}},
        {"policy": "niveau"},
        {"foto": f"sha256:{'0' * 64}"},
    ],
)
def test_a_protected_foto_without_an_audit_that_passed_is_found(change: dict[str, object]) -> None:
    whole = FILES["midpunt6"]
    told = {**json.loads(whole["verantwoording.json"]), **change}

    assert kinds(check(remade(whole, {"verantwoording.json": canonical(told)}))) == [
        ("tegenspraak", "verantwoording.json")
    ]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*NAMES, "x", "../x"]), st.binary(max_size=40)))
def test_nothing_in_a_folder_makes_it_raise(files: Files) -> None:
    assert not check(files).in_orde


JSON = st.recursive(
    st.none() | st.integers(-5, 5) | st.sampled_from(["", "foto-2018-10-01", "2018-10-01", "niveau"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(json.loads(FILES["tiny"]["foto.json"]))), inner, max_size=6)
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(json.loads(FILES["tiny"]["foto.json"]))), JSON), JSON)
def test_no_json_in_the_place_of_a_foto_makes_it_raise(changes: dict[str, object], told: object) -> None:
    """Part of a foto with other values in it, and anything in its account."""
    foto = canonical({**json.loads(FILES["tiny"]["foto.json"]), **changes})

    assert isinstance(check({**FILES["tiny"], "foto.json": foto, "verantwoording.json": canonical(told)}), Controle)


@pytest.mark.parametrize("kind", ["nothing", "file", "empty"])
def test_no_folder_of_a_foto_is_an_answer_too(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "foto"
    if kind == "file":
        path.write_text("x")
    if kind == "empty":
        path.mkdir()

    found = verify_foto(path)
    assert {("ontbreekt", name) for name in NAMES} <= set(kinds(found))
    assert (found.bestand, found.digest) == (None, None)
    with pytest.raises(SourceError, match="ontbreekt"):
        read_foto(path)


# ---- writing


def test_writing_gives_the_folder_and_reading_the_foto(tmp_path: Path) -> None:
    made = bestand()

    assert write_foto(made, tmp_path / "nieuw") == tmp_path / "nieuw" / "foto-2018-10-01"
    assert read_foto(tmp_path / "nieuw" / "foto-2018-10-01") == made
    assert [path.name for path in (tmp_path / "nieuw").iterdir()] == ["foto-2018-10-01"]


def test_a_foto_is_never_overwritten(tmp_path: Path) -> None:
    """Not by the same one, not by another of that day, and not where only a folder or file of that name stands."""
    folder = write_foto(bestand(), tmp_path)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for other in (bestand(), bestand(gemaakt_op=DAYS[1])):
        with pytest.raises(ExistingFileError):
            write_foto(other, tmp_path)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

    (tmp_path / "foto-2019-01-01").mkdir()
    (tmp_path / "foto-2019-04-01").write_text("x")
    (tmp_path / "foto-2019-07-01").symlink_to(tmp_path / "nergens")
    for day in DAYS[1:]:
        with pytest.raises(ExistingFileError):
            write_foto(bestand(day), tmp_path)


def test_a_foto_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "foto.json":
            raise OSError(28, "No space left on device")
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(OSError, match="No space"):
        write_foto(bestand(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_of_a_protected_foto_that_did_not_pass(tmp_path: Path) -> None:
    for audit in (None, outcome(narrowed=1)):
        with pytest.raises(FotoRefusedError):
            write_foto(bestand(policy=Policy.MIDPUNT6), tmp_path, audit=audit)
    assert list(tmp_path.iterdir()) == []


# ---- the chain


def chain(into: Path) -> list[Path]:
    """Write four fotos, and a correction of the second one after the third."""
    first = bestand(DAYS[0])
    second = bestand(DAYS[1], vorige=foto_digest(first))
    third = bestand(DAYS[2], vorige=foto_digest(second))
    named = Vervanging(second.id, foto_digest(second), Reden.BRON)
    correction = bestand(DAYS[1], vorige=foto_digest(third), correctie=1, vervangt=named, gemaakt_op=DAYS[2])
    fourth = bestand(DAYS[3], vorige=foto_digest(correction))
    return [write_foto(made, into) for made in (first, second, third, correction, fourth)]


def test_a_whole_chain_is_in_order_and_in_the_order_of_its_making(tmp_path: Path) -> None:
    paths = chain(tmp_path)
    found = verify_fotos(tmp_path)

    assert [name for name, _ in found] == [path.name for path in paths]
    assert all(controle.in_orde for _, controle in found)
    for before, after in pairwise(paths):
        assert verify_foto(after, vorige=before).in_orde


def test_a_foto_that_follows_on_another_one_is_found(tmp_path: Path) -> None:
    paths = chain(tmp_path)

    assert kinds(verify_foto(paths[2], vorige=paths[0])) == [("keten", "foto.json")]
    assert kinds(verify_foto(paths[0], vorige=Digest(f"sha256:{'0' * 64}"))) == [("keten", "foto.json")]
    assert kinds(verify_foto(paths[1], vorige=tmp_path / "nergens")) == [("keten", "foto.json")]


def test_a_foto_that_was_changed_after_the_next_one_was_made_is_found(tmp_path: Path) -> None:
    """Although every file of it was made anew, with another count."""
    paths = chain(tmp_path)
    old = read_foto(paths[0])
    first, *rest = old.foto.cellen
    assert first.voldoet is not None
    better = attrs.evolve(first, voldoet=attrs.evolve(first.voldoet, subjects=Getal.exact(99)))
    forged = attrs.evolve(old, foto=attrs.evolve(old.foto, cellen=(better, *rest)))
    for name, data in foto_files(forged).items():
        (paths[0] / name).write_bytes(data)

    assert verify_foto(paths[0]).in_orde
    assert kinds(verify_foto(paths[1], vorige=paths[0])) == [("keten", "foto.json")]
    wrong = {name for name, controle in verify_fotos(tmp_path) if not controle.in_orde}
    assert wrong == {path.name for path in paths[1:]}


@pytest.mark.parametrize("gone", range(5))
def test_a_foto_that_was_taken_away_is_found_unless_it_was_the_last(tmp_path: Path, gone: int) -> None:
    paths = chain(tmp_path)
    for path in paths[gone].iterdir():
        path.unlink()
    paths[gone].rmdir()

    wrong = {name for name, controle in verify_fotos(tmp_path) if not controle.in_orde}
    assert wrong == {path.name for path in paths[gone + 1 :]}


def test_two_fotos_cannot_follow_on_the_same_one(tmp_path: Path) -> None:
    first = bestand(DAYS[0])
    for made in (first, bestand(DAYS[1], vorige=foto_digest(first)), bestand(DAYS[2], vorige=foto_digest(first))):
        write_foto(made, tmp_path)

    assert sum(not controle.in_orde for _, controle in verify_fotos(tmp_path)) == 1


def test_a_correction_of_a_foto_that_is_not_there_is_found(tmp_path: Path) -> None:
    first = bestand(DAYS[0])
    other = Vervanging(FotoId("foto-2018-10-01"), Digest(f"sha256:{'0' * 64}"), Reden.REGELS)
    made = bestand(DAYS[0], vorige=foto_digest(first), correctie=1, vervangt=other)
    write_foto(first, tmp_path)
    folder = write_foto(made, tmp_path)

    assert [(name, kinds(controle)) for name, controle in verify_fotos(tmp_path) if not controle.in_orde] == [
        (folder.name, [("keten", "foto.json")])
    ]


def test_a_folder_without_fotos_is_no_chain(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nergens"):
        with pytest.raises(SourceError):
            verify_fotos(path)
