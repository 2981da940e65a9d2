"""``demo``: a small chain with known defects, judged and photographed."""

import shlex
import shutil
from argparse import Namespace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from bpvo_rules.cli import report
from bpvo_rules.cli.output import Page, Progress, page_width, show_page, watched, write_result
from bpvo_rules.cli.overview import add_caveats, add_counts, add_questions, add_title
from bpvo_rules.cli.simulate import free_folder, write_ros
from bpvo_rules.cli.usage import ERROR_IN_RULE, NOTHING_FOUND
from bpvo_rules.foto import FOTOKALENDER, Foto, Fotobestand, Plaats, Policy
from bpvo_rules.io.foto import Archief, deliver, read_foto
from bpvo_rules.judge import Judge, Judgement, receipt
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.report.formats import BYTE_ORDER_MARK, meldingen_csv, verdicts_csv, written_json
from bpvo_rules.report.html.bladen import schrijf_bladen
from bpvo_rules.report.html.inzage import HeleKeten, Ketenpartij
from bpvo_rules.report.wording import Say, share
from bpvo_rules.simulate import Simulatie, simulate, write_simulatie

__all__ = ["run"]

FOTOMOMENTEN: Final = FOTOKALENDER.year_to(date(2019, 7, 1))
"""The four moments of a year."""

_SEED = 2018
_SCHOLEN = 4
_BPVOS = 1200


def run(options: Namespace, say: Say) -> int:
    """Make the demo and say where to look; gives the exit status."""
    folder: Path = options.folder
    earlier = free_folder(folder, folder / "keten", say)
    with watched(say, quiet=options.quiet) as progress:
        simulatie = simulate(seed=_SEED, instellingen=_SCHOLEN, bpvos=_BPVOS, peildatum=FOTOMOMENTEN[-1])
        write_simulatie(simulatie, folder / "keten", overwrite=earlier)
        overzichten = write_ros(simulatie, folder / "ro", all_schools=False)
        judge = Judge()
        judgement = judge.keten(simulatie.keten, peildatum=simulatie.peildatum, progress=progress.judging)
        write_result(chain([BYTE_ORDER_MARK], meldingen_csv(judgement, say)), folder / "meldingen.csv")
        write_result(verdicts_csv(judgement, say), folder / "verdicts.csv")
        write_result(written_json(receipt(judgement)), folder / "receipt.json")
        fotos = _fotos(judge, simulatie, folder, progress)
        has_report = _report(judgement, fotos, folder / "report", say)
    page = Page(page_width(None))
    page.line(say("Een nagemaakte keten van vier scholen", "A simulated chain of four schools"))
    add_title(page, judgement, say)
    add_questions(page, judgement, say, score=True)
    add_counts(page, judgement, say)
    as_expected = _add_expected(page, judgement, simulatie, say)
    _add_fotos(page, [one.foto for one in fotos], say)
    add_caveats(page, judgement, say)
    _add_where(page, folder, overzichten[0], judgement, say, has_report=has_report)
    show_page(page)
    return NOTHING_FOUND if as_expected and not judgement.failures else ERROR_IN_RULE


def _fotos(judge: Judge, simulatie: Simulatie, folder: Path, progress: Progress) -> list[Fotobestand]:
    """Take the fotos of a year and write their folders, in the place of those of an earlier demo."""
    for name in ("fotos", "fotos-archief"):
        shutil.rmtree(folder / name, ignore_errors=True)
    archief = Archief(folder / "fotos-archief")
    found = []
    for day in FOTOMOMENTEN:
        judgement = judge.keten(simulatie.keten, peildatum=day, progress=progress.judging)
        written = deliver(archief.take(judgement, policy=Policy.NIVEAU), folder / "fotos")
        found.append(read_foto(written))
    return found


def _report(judgement: Judgement, fotos: list[Fotobestand], folder: Path, say: Say) -> bool:
    """Make the pages to look at; says whether what that needs is installed."""
    if not report.is_installed():
        return False
    inzage = HeleKeten(Ketenpartij.SBB)
    bron = say("een nagemaakte keten", "a simulated chain")
    bladen = report.report_bladen(judgement, fotos, inzage=inzage, brin=None, bron=bron, say=say)
    schrijf_bladen(bladen, folder)
    return True


def _add_expected(page: Page, judgement: Judgement, simulatie: Simulatie, say: Say) -> bool:
    """Compare with what was planted; the rules had no part in that."""
    found = {(m.subject, m.rule) for m in judgement.meldingen() if m.rule in simulatie.volledig}
    missed, extra = simulatie.verwacht - found, found - simulatie.verwacht
    page.blank()
    if not missed and not extra:
        text = say(
            f"Alle {len(found)} meldingen die de nagemaakte gebreken moeten geven zijn gevonden, en geen andere.",
            f"All {len(found)} meldingen that the planted defects must give were found, and no others.",
        )
    else:
        text = say(
            f"Anders dan verwacht: {len(missed)} meldingen ontbreken, {len(extra)} zijn er te veel.",
            f"Not as expected: {len(missed)} meldingen are missing, {len(extra)} are too many.",
        )
    page.fold(text)
    return not missed and not extra


def _add_fotos(page: Page, fotos: list[Foto], say: Say) -> None:
    page.heading(
        say(
            "Foto's: totaalscore over het jaar tot en met de dag, landelijk (policy niveau, onbeschermd)",
            "Foto's: totaalscore over the year up to the day, of the country (policy niveau, onbeschermd)",
        )
    )
    page.line(" " * 31 + "".join(f"{foto.peildatum.isoformat():>12}" for foto in fotos))
    for question in QUESTIONS:
        if question.number is not None:
            scores = (_score(foto, question.code, say) for foto in fotos)
            page.line(f"{question.number} {question.code:<29}" + "".join(f"{score:>12}" for score in scores))


def _score(foto: Foto, question: str, say: Say) -> str:
    for cel in foto.marges:
        if cel.vraag == question and cel.instelling is Plaats.ALLE and cel.domein is Plaats.ALLE:
            decided, failed = cel.beslist.subjects.waarde, cel.voldoet_niet.subjects.waarde
            if decided is not None and failed is not None:
                return share(decided - failed, decided, say)
    return share(0, 0, say)


def _add_where(page: Page, folder: Path, ro: Path, judgement: Judgement, say: Say, *, has_report: bool) -> None:
    page.heading(say("Waar alles staat", "Where to look"))
    last = FOTOMOMENTEN[-1]
    if has_report:
        text = say("alles om te bekijken: open dit in een browser", "all of it to look at: open this in a browser")
        page.fold(f"{folder / 'report' / 'index.html'}: {text}", indent=2, hang=2)
    else:
        text = say(
            "De bladen om te bekijken zijn niet gemaakt: zij vragen de extra 'report' (bpvo-rules[report]).",
            "The pages to look at were not made: they need the extra 'report' (bpvo-rules[report]).",
        )
        page.fold(text, indent=2, hang=2)
    for name, nl, en in (
        (
            "keten/",
            "de Ketendata; verwacht.csv zegt wat er te vinden is",
            "the Ketendata; verwacht.csv says what to find",
        ),
        (f"ro/{ro.name}", "het registratieoverzicht van een school", "the registratieoverzicht of one school"),
        ("meldingen.csv", "een rij per melding", "a row per melding"),
        ("verdicts.csv", "elke uitkomst van elke regel", "every outcome of every rule"),
        ("receipt.json", "waar dit op rust: versies, datums, normen", "what this rests on: versions, dates, norms"),
        (
            f"fotos/foto-{last}/index.html",
            "een foto; de andere drie staan ernaast",
            "a foto; the other three stand beside it",
        ),
    ):
        page.fold(f"{folder / name}: {say(nl, en)}", indent=2, hang=2)
    first = next((m.subject for m in judgement.meldingen()), None)
    page.heading(say("Probeer nu:", "Try now:"))
    keten, fotos = (shlex.quote(str(folder / name)) for name in ("keten", "fotos"))
    language = "" if say.lang == "nl" else f" --lang {say.lang}"
    for command in (
        f"check {keten} --peildatum {last}",
        f"explain {keten} {first} --peildatum {last}",
        f"check {shlex.quote(str(ro))} --register {keten} --peildatum {last}",
        f"compare {fotos}/foto-{FOTOMOMENTEN[-2]} {fotos}/foto-{last}",
        f"foto --verify {fotos}",
        f"report {keten} --peildatum {last} --foto {fotos} --output verslag",
        "rules erkend_bij_aanvang",
    ):
        page.line(f"  bpvo-rules {command}{language}")
