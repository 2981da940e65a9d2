"""Judgements of every sort that a format must be able to write, of the small keten whose answers are known."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

import attrs
import pytest
from tests.cli.runner import PEILDATUM, kleine_keten, meting

from bpvo_rules import judge
from bpvo_rules.codes import Brin
from bpvo_rules.judge import KindSetting, OffSetting, Profile, Result, Toelichting, melding_id
from bpvo_rules.judge.context import Context
from bpvo_rules.keten import Invoerfout, Opmerking
from bpvo_rules.rules import Kind

DAG = date.fromisoformat(PEILDATUM)
UITLEG = "Gebeld op 1 oktober; é <b> ]]> {0}"


def gewoon() -> Result:
    """Judge the small keten: nine meldingen, eight of them fout."""
    return judge(kleine_keten(), peildatum=DAG)


def leeg() -> Result:
    """Judge tables without rows."""
    return judge(
        kleine_keten(uitwisselingen=[], erkenningsaanvragen=[], white_label_metingen=[]),
        peildatum=DAG,
    )


def met_toelichting() -> Result:
    """Judge with a profile: a toelichting that holds, one expired, one without a melding; another kind, a rule off."""
    late, cold = (
        melding_id(rule, "Bpvo", f"27DV/{student}/1/1")
        for rule, student in (("tijdig_bij_duo", "LAAT"), ("erkend_bij_aanvang", "KOUD"))
    )
    profile = Profile(
        naam="school",
        datum=date(2018, 9, 1),
        kinds=(KindSetting(rule="tijdig_bij_duo", kind=Kind.VRAAG, reason="afspraak"),),
        off=(OffSetting(rule="geen_dubbele_bpvo", reason="afspraak"),),
        toelichtingen=(
            Toelichting(melding=late, reason=UITLEG, tot_en_met=DAG),
            Toelichting(melding=cold, reason="oud", tot_en_met=date(2018, 9, 30)),
            Toelichting(melding="0" * 16, reason="weg", tot_en_met=DAG),
        ),
    )
    return judge(kleine_keten(), peildatum=DAG, profile=profile)


def met_invoerfouten() -> Result:
    """Judge a source with rows that could not be read, one without a line, and a remark."""
    keten = kleine_keten(
        invoerfouten=(
            Invoerfout("uitwisselingen", "uit wisselingen.csv", 7, "begindatum", "geen bestaande dag"),
            Invoerfout("uitwisselingen", "uitwisselingen.parquet", 0, None, "dubbele sleutel", aantal=3),
        ),
        opmerkingen=(Opmerking("uitwisselingen.csv", "cp1252", "Gelezen als Windows-1252."),),
    )
    return judge(keten, peildatum=DAG)


def niet_opgezocht() -> Result:
    """Judge without recognitions and without requests: rules about them cannot decide, or have no subjects."""
    return judge(kleine_keten(erkenningen=None, erkenningsaanvragen=None), peildatum=DAG)


def met_storing_van_een_school() -> Result:
    """Judge a measurement of a school, with a norm that was checked too long ago."""
    failed = attrs.evolve(meting(9, gelukt=False), brin=Brin("27DV"))
    return judge(kleine_keten(white_label_metingen=[failed]), peildatum=date(2030, 1, 1), norm_age_days=0)


def met_frames() -> Result:
    """Judge with an engine of data frames."""
    from bpvo_rules.frames import FrameKeten, judge_frames

    return judge_frames(FrameKeten.uit(kleine_keten(), "polars"), peildatum=DAG)


def met_een_fout(monkeypatch: pytest.MonkeyPatch) -> Result:
    """Judge while what one rule reads is broken."""

    def broken(_: Context, functie: str, tijdstip: datetime) -> bool:
        raise RuntimeError(f"{functie} {tijdstip}")

    monkeypatch.setattr(Context, "in_onderhoud", broken)
    return judge(kleine_keten(), peildatum=DAG)


RESULTATEN: Mapping[str, Callable[[], Result]] = {
    made.__name__: made
    for made in (
        gewoon,
        leeg,
        met_toelichting,
        met_invoerfouten,
        niet_opgezocht,
        met_storing_van_een_school,
        met_frames,
    )
}
