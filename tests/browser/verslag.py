"""What is looked at: a report with every kind of page, and one of a keten full of markup."""

from datetime import date
from pathlib import Path

import attrs
from tests.cli.runner import aanvraag, kleine_keten, levering

from bpvo_rules import Keten, judge
from bpvo_rules.cli.report import report_bladen
from bpvo_rules.codes import LeerbedrijfId
from bpvo_rules.foto import Fotobestand, Policy, aggregate, describe
from bpvo_rules.judge import Judge, Profile, Toelichting, melding_id
from bpvo_rules.report.html.bladen import schrijf_bladen
from bpvo_rules.report.html.inzage import HeleKeten, Ketenpartij
from bpvo_rules.report.wording import Say
from bpvo_rules.simulate import simulate

PEILDATUM = date(2019, 7, 1)
SBB = HeleKeten(Ketenpartij.SBB)
BOOS = ('<script>alert("x")</script>', '"><img src=x onerror=alert(1)>', "a\u202eb'\x00</section>", "'-alert(1)-'")

SOORTEN = {
    "start": "index.html",
    "overzicht": "realtime/index.html",
    "meldingen": "realtime/meldingen.html",
    "dossiers": "realtime/dossiers-001.html",
    "white label": "realtime/white-label.html",
    "regels": "realtime/regels.html",
    "regel": "realtime/regels/tijdig_bij_duo.html",
    "totaalscore": "foto/index.html",
    "vraag": "foto/vraag-1.html",
    "vraag zonder domein": "foto/vraag-4.html",
    "matrix": "foto/matrix-foto-2019-04-01-1.html",
}
"""A page of every kind; the others are made with the same templates."""


def maak_verslag(folder: Path) -> None:
    """Write a report of a simulated chain of two schools, with the fotos of half a year."""
    keten = simulate(seed=7, instellingen=2, bpvos=150).keten
    judgement = judge(keten, peildatum=PEILDATUM)
    fotos = [_foto(keten, dag) for dag in (date(2019, 1, 1), date(2019, 4, 1), PEILDATUM)]
    schrijf_bladen(report_bladen(judgement, fotos, inzage=SBB, brin=None, bron="keten", say=Say("nl")), folder)


def _foto(keten: Keten, dag: date) -> Fotobestand:
    judgement = Judge().keten(keten, peildatum=dag)
    return describe(aggregate(judgement, policy=Policy.NIVEAU), judgement.settings, gemaakt_op=dag)


def maak_boos_verslag(folder: Path) -> None:
    """Write a report of a keten in which every text that a school or SBB may fill in is an attack."""
    rows = [levering(naam, ontvangen_duo_op=date(2018, 9, 7)) for naam in BOOS]
    rows.append(levering("VREEMD", leerbedrijf_id=LeerbedrijfId("100000003")))
    requests = [attrs.evolve(aanvraag("x", date(2018, 9, 18)), aanvraag_id="</table>{{ 7*7 }}<img src=x>")]
    laat = melding_id("tijdig_bij_duo", "Bpvo", f"27DV/{BOOS[0]}/1/1")
    profile = Profile(
        naam=BOOS[1],
        datum=date(2018, 9, 1),
        toelichtingen=(Toelichting(melding=laat, reason=BOOS[0], tot_en_met=date(2018, 12, 31)),),
    )
    keten = kleine_keten(uitwisselingen=rows, erkenningsaanvragen=requests)
    judgement = judge(keten, peildatum=date(2018, 10, 1), profile=profile)
    schrijf_bladen(report_bladen(judgement, (), inzage=SBB, brin=None, bron=BOOS[1], say=Say("nl")), folder)
