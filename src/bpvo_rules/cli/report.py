"""``report``: the pages to look at, of the meldingen of a source and of fotos."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from bpvo_rules.cli.check import status_of
from bpvo_rules.cli.judging import judge_records
from bpvo_rules.cli.output import tell, watched
from bpvo_rules.cli.usage import NOTHING_FOUND, UsageError
from bpvo_rules.codes import Brin
from bpvo_rules.errors import InvalidCodeError, UnknownSubjectError
from bpvo_rules.foto import Fotobestand, Policy, aggregate, describe
from bpvo_rules.io.foto import read_fotos
from bpvo_rules.judge import Judgement
from bpvo_rules.keten import Keten, Perspectief
from bpvo_rules.report.html.bladen import Blad, is_verslag, onder, schrijf_bladen
from bpvo_rules.report.html.fotos import foto_bladen
from bpvo_rules.report.html.inzage import EigenRecords, HeleKeten, Inzage, Ketenpartij
from bpvo_rules.report.html.realtime import realtime_bladen
from bpvo_rules.report.html.start import FOTO, REALTIME, start_blad
from bpvo_rules.report.wording import Say

__all__ = ["is_installed", "own_foto", "report_bladen", "run"]


def run(options: Namespace, say: Say) -> int:
    """Make a report and write it; gives the exit status."""
    _check_options(options, say)
    fotos = _given_fotos(options, say)
    brin = _brin(options, say)
    if options.source is None:
        _write(report_bladen(None, fotos, inzage=None, brin=brin, bron="", say=say), options, say)
        return NOTHING_FOUND
    judgement = judge_records(options, say)
    inzage = _inzage(options, judgement.keten, brin, say)
    if not fotos and isinstance(inzage, HeleKeten):
        fotos = own_foto(judgement)
    own = inzage.brin if isinstance(inzage, EigenRecords) else brin
    shown = judgement
    if isinstance(inzage, EigenRecords):
        try:
            shown = judgement.of_school(inzage.brin)
        except UnknownSubjectError:
            raise UsageError(
                say(f"in de bron is niets van school {own} te beoordelen.", f"the source has nothing of school {own}.")
            ) from None
    bladen = report_bladen(shown, fotos, inzage=inzage, brin=own, bron=options.source.name, say=say)
    _write(bladen, options, say)
    return status_of(shown, shown.meldingen())


def is_installed() -> bool:
    """Say whether what pages are made with is there."""
    return find_spec("jinja2") is not None and find_spec("vl_convert") is not None


def report_bladen(
    judgement: Judgement | None,
    fotos: Sequence[Fotobestand],
    *,
    inzage: Inzage | None,
    brin: Brin | None,
    bron: str,
    say: Say,
) -> Iterator[Blad]:
    """Give every page of a report: the first one, and those of its parts in their folders."""
    beschermd = all(one.foto.policy.protects for one in fotos)
    yield start_blad(realtime=judgement is not None, foto=bool(fotos), beschermd=beschermd, say=say)
    if judgement is not None and inzage is not None:
        yield from onder(REALTIME, realtime_bladen(judgement, inzage=inzage, bron=bron, say=say))
    if fotos:
        yield from onder(FOTO, foto_bladen(fotos, instelling=brin, say=say))


def own_foto(judgement: Judgement) -> tuple[Fotobestand, ...]:
    """Give the unprotected foto of a judgement, for who may see its records; none when no foto can be of it."""
    if (
        judgement.failures
        or judgement.perspectief is not Perspectief.KETEN
        or judgement.kennisdatum != judgement.peildatum
    ):
        return ()
    foto = aggregate(judgement, policy=Policy.NIVEAU)
    if not foto.marges:
        return ()
    return (describe(foto, judgement.settings, gemaakt_op=judgement.peildatum),)


def _write(bladen: Iterable[Blad], options: Namespace, say: Say) -> None:
    """Write the pages, show how far that is, and say where to look."""
    with watched(say, quiet=options.quiet) as progress:

        def counted() -> Iterator[Blad]:
            for done, blad in enumerate(bladen, start=1):
                progress.writing(done)
                yield blad

        schrijf_bladen(counted(), options.output)
    if not options.quiet:
        page = options.output / "index.html"
        tell(say(f"Geschreven: {options.output}. Open {page}.", f"Written: {options.output}. Open {page}."))


def _check_options(options: Namespace, say: Say) -> None:
    """Refuse what cannot be before anything is read."""
    if not is_installed():
        raise UsageError(
            say(
                "report vraagt de extra 'report': installeer bpvo-rules[report].",
                "report needs the extra 'report': install bpvo-rules[report].",
            )
        )
    if options.source is None and not options.foto:
        raise UsageError(say("geef SOURCE, --foto of beide.", "give SOURCE, --foto or both."))
    if options.source is not None and options.peildatum is None:
        raise UsageError(say("--peildatum ontbreekt.", "--peildatum is missing."))
    if options.source is None and options.partij is not None:
        raise UsageError(say("--partij hoort bij SOURCE.", "--partij goes with SOURCE."))
    if options.instelling is not None and options.partij is not None:
        raise UsageError(
            say("--instelling en --partij gaan niet samen.", "--instelling and --partij do not go together.")
        )
    output: Path = options.output
    if output.exists() and not output.is_dir():
        raise UsageError(say(f"{output} is een bestand, geen map.", f"{output} is a file, not a folder."))
    if output.is_dir() and any(output.iterdir()) and not is_verslag(output):
        raise UsageError(
            say(
                f"{output} is niet leeg en geen eerder verslag; kies een nieuwe of lege map.",
                f"{output} is not empty and no earlier report; choose a new or empty folder.",
            )
        )
    # What is written takes the place of the whole folder, so nothing that is read may lie in it.
    here = output.resolve()
    read = [options.source, options.register, options.profile, options.ro_key_file, *options.foto]
    for path in (one.resolve() for one in read if one is not None):
        if here == path or here in path.parents or (path.is_dir() and path in here.parents):
            raise UsageError(
                say("het verslag komt niet in of om een bron.", "a report does not go into or around a source.")
            )


def _given_fotos(options: Namespace, say: Say) -> tuple[Fotobestand, ...]:
    """Read the fotos that were named, one by one or by the folder that holds them; raises SourceError."""
    fotos = tuple(one for folder in options.foto for one in read_fotos(folder))
    if len({one.foto.policy for one in fotos}) > 1:
        raise UsageError(
            say("alleen foto's met dezelfde policy gaan samen.", "only fotos under one policy go together.")
        )
    if len({one.id for one in fotos}) < len(fotos):
        raise UsageError(say("een foto is twee keer gegeven.", "a foto is given twice."))
    return fotos


def _brin(options: Namespace, say: Say) -> Brin | None:
    if options.instelling is None:
        return None
    try:
        return Brin(options.instelling)
    except InvalidCodeError:
        raise UsageError(
            say("--instelling vraagt een BRIN, zoals 27DV.", "--instelling needs a BRIN, such as 27DV.")
        ) from None


def _inzage(options: Namespace, keten: Keten, brin: Brin | None, say: Say) -> Inzage:
    """Say who looks: as was asked, or else the school when the source has the records of one school only."""
    if brin is not None:
        return EigenRecords(brin)
    if options.partij is not None:
        return HeleKeten(Ketenpartij(options.partij.upper()))
    schools = {row.brin for rows in (keten.uitwisselingen, keten.inschrijvingen) for row in rows or ()}
    if len(schools) == 1:
        return EigenRecords(schools.pop())
    if not options.quiet:
        tell(
            say(
                "Gemaakt voor SBB, met records van alle scholen; met --instelling krijgt een school alleen de hare.",
                "Made for SBB, with the records of all schools; with --instelling a school gets its own only.",
            )
        )
    return HeleKeten(Ketenpartij.SBB)
