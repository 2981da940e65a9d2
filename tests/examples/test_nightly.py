"""The nightly run: what is new, solved, still open; and what cannot be judged any more stays open."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.examples.laden import example

from bpvo_rules import Judge, Keten
from bpvo_rules.codes import Brin, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.io import write_ketendata
from bpvo_rules.model import Erkenning, Leerbedrijf, SoortUitwisseling, Uitwisseling
from bpvo_rules.simulate import simulate
from bpvo_rules.simulate.schrijven import write_school_ro

DAY = date(2018, 10, 1)
JUDGE = Judge()
COMPANY, OPLEIDING = LeerbedrijfId("100000001"), Opleidingcode("25655")


def levering(student: str, **cells: Any) -> Uitwisseling:
    """Give the delivery of a placement at a company that is recognised from 2018-08-01 on."""
    first = Volgnummer("1")
    right = Uitwisseling(
        brin=Brin("27DV"),
        student=student,
        inschrijvingvolgnummer=first,
        volgnummer=first,
        volgorde=1,
        soort=SoortUitwisseling.TOEVOEGING,
        ontvangen_duo_op=date(2018, 8, 27),
        afsluitdatum=date(2018, 8, 20),
        begindatum=date(2018, 8, 27),
        einddatum_gepland=date(2019, 1, 31),
        leerbedrijf_id=COMPANY,
        opleidingcode=OPLEIDING,
    )
    return attrs.evolve(right, **cells)


def keten(*leveringen: Uitwisseling, erkenningen: bool = True) -> Keten:
    """Give a chain with these deliveries."""
    found = Erkenning(leerbedrijf_id=COMPANY, opleidingcode=OPLEIDING, van=date(2018, 8, 1))
    return Keten(
        opleidingen=[],
        equivalenten=[],
        leerbedrijven=[Leerbedrijf(leerbedrijf_id=COMPANY)],
        erkenningen=[found] if erkenningen else None,
        uitwisselingen=leveringen,
    )


EARLY = {"begindatum": date(2018, 7, 31)}
"""A day before the recognition: `erkend_bij_aanvang` is not met."""


def fates(first: Keten, second: Keten, tmp_path: Path) -> dict[str, list[str]]:
    """Give what became of the meldingen of `erkend_bij_aanvang`, by student, from one night to the next."""
    state = tmp_path / "stand.json"
    example("nightly").night(JUDGE, first, peildatum=DAY, state=state)
    before = json.loads(state.read_text("utf-8"))
    _, changes = example("nightly").night(JUDGE, second, peildatum=DAY, state=state)
    now = json.loads(state.read_text("utf-8"))
    known = {
        id_: one["subject"].split("/")[1] for id_, one in (before | now).items() if one["rule"] == "erkend_bij_aanvang"
    }
    return {
        name: students
        for name, ids in attrs.asdict(changes).items()
        if (students := [known[i] for i in ids if i in known])
    }


def test_a_repaired_bpvo_is_solved_and_a_new_fault_is_new(tmp_path: Path) -> None:
    """Of a, b and c: a is repaired, b still wrong, c becomes wrong."""
    first = keten(levering("a", **EARLY), levering("b", **EARLY), levering("c"))
    second = keten(levering("a"), levering("b", **EARLY), levering("c", **EARLY))

    assert fates(first, second, tmp_path) == {"nieuw": ["c"], "open": ["b"], "opgelost": ["a"]}


def test_what_cannot_be_judged_any_more_stays_open(tmp_path: Path) -> None:
    """The register was not there this night; the night after it is, and the melding is open, not new."""
    wrong = levering("a", **EARLY)

    assert fates(keten(wrong), keten(wrong, erkenningen=False), tmp_path) == {"niet_te_bepalen": ["a"]}
    assert fates(keten(wrong, erkenningen=False), keten(wrong), tmp_path) == {"open": ["a"]}


def test_a_bpvo_that_is_gone_is_no_success(tmp_path: Path) -> None:
    """Taken back, or about a keuzedeel now: lapsed, not solved."""
    assert fates(keten(levering("a", **EARLY), levering("z")), keten(levering("z")), tmp_path) == {"vervallen": ["a"]}


def test_an_evening_of_repairs_is_judged_as_a_whole_run_would(tmp_path: Path) -> None:
    judgement, _ = example("nightly").night(JUDGE, keten(levering("a", **EARLY)), peildatum=DAY, state=tmp_path / "s")
    repaired = keten(levering("a"))

    assert (
        example("nightly").corrected(judgement, repaired).meldingen()
        == JUDGE.keten(repaired, peildatum=DAY).meldingen()
    )


def test_it_runs_on_a_registratieoverzicht(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two nights on the file of a simulated school: everything is new, then everything is open; no BSN in the state."""
    simulatie = simulate(seed=1, instellingen=1, bpvos=100)
    write_ketendata(simulatie.keten, tmp_path / "register")
    ro = write_school_ro(simulatie, "90AA", tmp_path)
    key, state = tmp_path / "sleutel", tmp_path / "stand.json"
    key.write_text("zestien tekens of meer\n")
    given = [str(ro), "--register", str(tmp_path / "register"), "--key-file", str(key), "--state", str(state)]
    outs = []
    for _ in range(2):
        example("nightly").main([*given, "--peildatum", "2019-07-01"])
        outs.append(capsys.readouterr().out)

    new = outs[0].count("nieuw     ")
    assert new == len(json.loads(state.read_text("utf-8"))) > 5
    assert f"open             {new}\n" in outs[1]
    assert "nieuw     " not in outs[1]
    assert "BSN1" in ro.read_text("utf-8")
    assert "BSN" not in state.read_text("utf-8")
