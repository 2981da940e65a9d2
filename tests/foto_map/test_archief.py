"""The archive of the maker: every foto with its zegel, and the next one held against all of them."""

import json
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from tests.foto_map.kit import DAYS, JUDGE, bestand, expose_without_solver, judged, outcome, small_keten

from bpvo_rules.errors import ExistingFileError, FotoRefusedError, SourceError
from bpvo_rules.foto import Digest, FotoId, Policy, Reden, seal
from bpvo_rules.foto.audit import Audit, Genomen
from bpvo_rules.foto.bewaren import parse_zegel, zegel_json
from bpvo_rules.foto.canonical import canonical, parse_canonical
from bpvo_rules.io.foto import Archief, deliver, read_foto, read_zegel, verify_fotos, write_foto, write_zegel

DIGEST = Digest(f"sha256:{'0' * 64}")


@pytest.fixture
def audited(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Protect and audit without a solver; gives how many fotos each audit saw."""
    seen: list[int] = []

    def audit(taken: Sequence[Genomen]) -> Audit:
        seen.append(len(taken))
        return outcome()

    monkeypatch.setattr("bpvo_rules.io.foto.expose", expose_without_solver)
    monkeypatch.setattr("bpvo_rules.io.foto.audit", audit)
    return seen


def test_every_foto_is_audited_with_all_before_it_and_kept_with_its_zegel(tmp_path: Path, audited: list[int]) -> None:
    """Corrected ones too: who has the withdrawn foto still has it."""
    archief = Archief(tmp_path)
    for day in DAYS[:3]:
        archief.take(judged(day), policy=Policy.MIDPUNT6)
    archief.take(judged(DAYS[1]), policy=Policy.MIDPUNT6, vervangt=(FotoId("foto-2019-01-01"), Reden.BRON))
    again = Archief(tmp_path)

    assert audited == [1, 2, 3, 4]
    assert [one.id for one in again.fotos] == [
        "foto-2018-10-01",
        "foto-2019-01-01",
        "foto-2019-04-01",
        "foto-2019-01-01-c1",
    ]
    assert [one.zegel for one in again.opnamen] == [seal(judged(day)) for day in (*DAYS[:3], DAYS[1])]
    assert all(controle.in_orde for _, controle in verify_fotos(tmp_path / "midpunt6"))


def test_fotos_under_niveau_are_kept_apart(tmp_path: Path, audited: list[int]) -> None:
    """A digest of true counts in a protected foto would be a list of them, so their chains never meet."""
    archief = Archief(tmp_path)
    archief.take(judged(), policy=Policy.NIVEAU)
    protected = archief.take(judged(), policy=Policy.MIDPUNT6)

    assert audited == [1]
    assert read_foto(protected).vorige is None
    assert len(Archief(tmp_path).opnamen) == 1
    assert not list((tmp_path / "niveau").glob("zegel*"))


def test_the_zegel_never_stands_in_the_folder_of_the_foto(tmp_path: Path, audited: list[int]) -> None:
    """It is beside it, for its owner only, and warns who opens it."""
    folder = Archief(tmp_path).take(judged(), policy=Policy.MIDPUNT6)
    zegel = folder.with_name(f"zegel-{folder.name}.json")

    assert audited == [1]
    assert len(list(folder.iterdir())) == 6
    assert "Vertrouwelijk" in json.loads(zegel.read_bytes())["waarschuwing"]
    assert stat.S_IMODE(zegel.stat().st_mode) == 0o600
    assert "Vertrouwelijk" in (tmp_path / "LEES_MIJ.txt").read_text()
    with pytest.raises(ExistingFileError):
        write_zegel(seal(judged()), folder / "zegel.json", foto=DIGEST)


def test_nothing_is_kept_of_a_foto_that_the_audit_refuses(
    tmp_path: Path, audited: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bpvo_rules.io.foto.audit", lambda _: outcome(exact=1))

    with pytest.raises(FotoRefusedError):
        Archief(tmp_path).take(judged(), policy=Policy.MIDPUNT6)
    assert audited == []
    assert list(tmp_path.iterdir()) == []


def test_a_foto_of_a_day_is_made_once(tmp_path: Path) -> None:
    archief = Archief(tmp_path)
    folder = archief.take(judged(), policy=Policy.NIVEAU)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    for one in (archief, Archief(tmp_path)):
        with pytest.raises(ExistingFileError):
            one.take(judged(), policy=Policy.NIVEAU)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_corrections_are_numbered_and_may_correct_a_correction(tmp_path: Path) -> None:
    archief = Archief(tmp_path)
    archief.take(judged(), policy=Policy.NIVEAU)
    for before in ("foto-2018-10-01", "foto-2018-10-01-c1", "foto-2018-10-01"):
        archief.take(judged(), policy=Policy.NIVEAU, vervangt=(FotoId(before), Reden.NORMEN))
    found = Archief(tmp_path).fotos

    assert [one.id for one in found[1:]] == [f"foto-2018-10-01-c{n}" for n in (1, 2, 3)]
    assert [one.vervangt.foto for one in found if one.vervangt] == [
        "foto-2018-10-01",
        "foto-2018-10-01-c1",
        "foto-2018-10-01",
    ]


def test_what_to_correct_must_be_there_and_of_the_same_day(tmp_path: Path) -> None:
    archief = Archief(tmp_path)
    with pytest.raises(SourceError):
        archief.take(judged(), policy=Policy.NIVEAU, vervangt=(FotoId("foto-2018-10-01"), Reden.BRON))
    archief.take(judged(), policy=Policy.NIVEAU)
    with pytest.raises(ValueError, match="peildatum"):
        archief.take(judged(DAYS[1]), policy=Policy.NIVEAU, vervangt=(FotoId("foto-2018-10-01"), Reden.BRON))


def test_a_foto_is_not_made_before_its_day_or_before_the_last_one(tmp_path: Path) -> None:
    """Without a day of making it is the first that can be."""
    archief = Archief(tmp_path)
    archief.take(judged(DAYS[1]), policy=Policy.NIVEAU, gemaakt_op=date(2019, 1, 5))
    for day in (date(2018, 9, 30), date(2019, 1, 4)):
        with pytest.raises(ValueError, match="before"):
            archief.take(judged(DAYS[0]), policy=Policy.NIVEAU, gemaakt_op=day)
    early = archief.take(judged(DAYS[0]), policy=Policy.NIVEAU)
    late = archief.take(judged(DAYS[2]), policy=Policy.NIVEAU)

    assert (read_foto(early).gemaakt_op, read_foto(late).gemaakt_op) == (date(2019, 1, 5), date(2019, 4, 1))


@pytest.mark.parametrize("spoilt", ["foto", "zegel", "no zegel", "gone", "other zegel"])
def test_an_archive_that_is_not_whole_is_refused(tmp_path: Path, audited: list[int], spoilt: str) -> None:
    """A foto that is not known cannot be held against the next one."""
    archief = Archief(tmp_path)
    first, second = (archief.take(judged(day), policy=Policy.MIDPUNT6) for day in DAYS[:2])
    zegels = [path.with_name(f"zegel-{path.name}.json") for path in (first, second)]
    if spoilt == "foto":
        (first / "foto.json").write_bytes((first / "foto.json").read_bytes().replace(b":3,", b":9,", 1))
    elif spoilt == "zegel":
        zegels[0].write_bytes(b"{}")
    elif spoilt == "no zegel":
        zegels[1].unlink()
    elif spoilt == "gone":
        first.rename(tmp_path / "elders")
    else:
        zegels[1].write_bytes(zegels[0].read_bytes())

    assert audited == [1, 2]
    with pytest.raises(SourceError):
        Archief(tmp_path)


def test_a_zegel_reads_back_as_it_was(tmp_path: Path) -> None:
    zegel = seal(judged())
    write_zegel(zegel, tmp_path / "z.json", foto=DIGEST)

    assert read_zegel(tmp_path / "z.json", foto=DIGEST) == zegel
    with pytest.raises(SourceError):
        read_zegel(tmp_path / "z.json", foto=Digest(f"sha256:{'1' * 64}"))
    with pytest.raises(ExistingFileError):
        write_zegel(zegel, tmp_path / "z.json", foto=DIGEST)


@pytest.mark.parametrize("key", ["format", "foto", "peildatum", "na", "delen", "cellen", "marges", "regels"])
@pytest.mark.parametrize("value", [None, 1, "x", [1], [["x"]], {"a": 1}])
def test_what_is_no_zegel_is_refused(key: str, value: object) -> None:
    whole = parse_canonical(canonical(zegel_json(seal(judged()), DIGEST)))

    with pytest.raises(ValueError, match=r"."):
        parse_zegel({**whole, key: value}, DIGEST)


def test_delivering_is_a_copy_that_overwrites_nothing(tmp_path: Path) -> None:
    kept = Archief(tmp_path / "a").take(judged(), policy=Policy.NIVEAU)
    given = deliver(kept, tmp_path / "b")

    assert {p.name: p.read_bytes() for p in given.iterdir()} == {p.name: p.read_bytes() for p in kept.iterdir()}
    with pytest.raises(ExistingFileError):
        deliver(kept, tmp_path / "b")
    assert Archief(tmp_path / "a").unknown_in(tmp_path / "b") == ()
    write_foto(bestand(DAYS[1]), tmp_path / "b")
    assert Archief(tmp_path / "a").unknown_in(tmp_path / "b") == ("foto-2019-01-01",)


def test_only_the_keten_as_known_on_its_own_day_is_taken(tmp_path: Path) -> None:
    later = JUDGE.keten(small_keten(), peildatum=DAYS[0], kennisdatum=DAYS[1])

    with pytest.raises(ValueError, match="own day"):
        Archief(tmp_path).take(later, policy=Policy.NIVEAU)
