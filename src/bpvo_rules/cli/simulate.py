"""``simulate``: a synthetic Ketendata folder."""

import shlex
from argparse import Namespace
from pathlib import Path

from bpvo_rules.cli.judging import known
from bpvo_rules.cli.output import tell, watched
from bpvo_rules.cli.usage import NOTHING_FOUND, UsageError
from bpvo_rules.report.wording import Say
from bpvo_rules.simulate import GEBREKEN, Simulatie, simulate, write_school_ro, write_simulatie
from bpvo_rules.simulate.scholen import MAX_SCHOLEN
from bpvo_rules.simulate.schrijven import SIMULATIE, VERWACHT

__all__ = ["free_folder", "run", "write_ros"]


def run(options: Namespace, say: Say) -> int:
    """Simulate a chain and write it; gives the exit status."""
    known(say, ("soort gebrek", "kind of defect"), [kind for kind, _ in options.rate], list(GEBREKEN))
    if options.instellingen > MAX_SCHOLEN:
        raise UsageError(
            say(f"hoogstens {MAX_SCHOLEN} instellingen kunnen.", f"at most {MAX_SCHOLEN} instellingen can be made.")
        )
    earlier = free_folder(options.folder, options.folder, say)
    with watched(say, quiet=options.quiet):
        try:
            simulatie = simulate(
                seed=options.seed,
                instellingen=options.instellingen,
                bpvos=options.bpvos,
                peildatum=options.peildatum,
                rates=dict(options.rate),
            )
        except (ValueError, OverflowError):
            raise UsageError(
                say(
                    "met deze aandelen of deze peildatum is geen keten te maken: aandelen van gebreken die elkaar"
                    " uitsluiten mogen samen niet boven 1 komen.",
                    "no chain can be made with these rates or this peildatum: rates of defects that exclude each"
                    " other may not add up to more than 1.",
                )
            ) from None
        write_simulatie(simulatie, options.folder, overwrite=earlier, form=options.format)
        if options.ro:
            write_ros(simulatie, options.folder / "ro", all_schools=True)
    if not options.quiet:
        number = len(simulatie.verwacht)
        command = f"bpvo-rules check {shlex.quote(str(options.folder))} --peildatum {simulatie.peildatum}"
        tell(
            say(
                f"Geschreven: {options.folder}, met {number} verwachte meldingen in {VERWACHT}. Probeer: {command}",
                f"Written: {options.folder}, with {number} expected meldingen in {VERWACHT}. Try: {command}",
            )
        )
    return NOTHING_FOUND


def free_folder(folder: Path, simulated: Path, say: Say) -> bool:
    """
    Say whether a folder holds an earlier simulation, that may be overwritten.

    Args:
        folder: Where will be written.
        simulated: The Ketendata folder in it.
        say: The language.

    Raises:
        UsageError: when it holds anything else: that may be worth keeping.

    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(say(f"{folder} is een bestand, geen map.", f"{folder} is a file, not a folder."))
    if not folder.exists() or not any(folder.iterdir()):
        return False
    if (simulated / SIMULATIE).is_file():
        return True
    raise UsageError(
        say(
            f"{folder} is niet leeg en geen eerdere simulatie; kies een nieuwe of lege map.",
            f"{folder} is not empty and no earlier simulation; choose a new or empty folder.",
        )
    )


def write_ros(simulatie: Simulatie, folder: Path, *, all_schools: bool) -> list[Path]:
    """Write the registratieoverzicht of every school, or of the first one, instead of those of an earlier time."""
    if folder.is_dir():
        for old in folder.glob("RO_*.csv"):
            old.unlink()
    brins = [school.brin for school in simulatie.keten.instellingen or ()]
    return [write_school_ro(simulatie, brin, folder) for brin in (brins if all_schools else brins[:1])]
