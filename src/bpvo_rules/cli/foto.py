"""``foto``: the foto of a day, and the check of one that was made."""

import os
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

import attrs

from bpvo_rules.cli.judging import judged
from bpvo_rules.cli.output import Page, Style, check_targets, show_page, tell, watched, write_result
from bpvo_rules.cli.usage import ERROR_IN_RULE, FOUND, NOTHING_FOUND, UsageError
from bpvo_rules.errors import ExistingFileError, FotoRefusedError, InvalidCodeError, SolverMissingError, SourceError
from bpvo_rules.foto import Drempels, Policy, aggregate, cells_csv
from bpvo_rules.foto.audit.solver import solver_name
from bpvo_rules.foto.bestand import FotoId, Reden, describe
from bpvo_rules.foto.canonical import canonical
from bpvo_rules.foto.folder import Controle
from bpvo_rules.foto.foto import MIDPUNT6_MOST
from bpvo_rules.foto.write import document
from bpvo_rules.io.foto import Archief, deliver, holds_foto, verify_foto, verify_fotos
from bpvo_rules.judge import Result, make_settings
from bpvo_rules.keten.invoerfout import count_per_table
from bpvo_rules.report.wording import Say

__all__ = ["run"]

_MOST_NAMED = 5


def run(options: Namespace, say: Say) -> int:
    """Take a foto and write it, or check one; gives the exit status."""
    if options.verify is not None:
        return _verify(options, say)
    _check_options(options, say)
    policy = Policy(options.policy)
    correction = _correction(options, say)
    archief = _archief(options, policy, say) if options.output is not None else None
    if policy.protects:
        _greeted_in_silence()
    with watched(say, quiet=options.quiet) as progress:
        judgement = judged(make_settings(), options, say, progress)
        if judgement.failures:
            # Counts in which a rule is missing would look better than the truth.
            failed = ", ".join(failure.rule for failure in judgement.failures)
            tell(say(f"geen foto: gestopt met een fout: {failed}.", f"no foto: stopped with an error: {failed}."))
            return ERROR_IN_RULE
        if archief is None:
            _show(judgement, options)
        else:
            written = _take(judgement, archief, correction, options, say)
    if not options.quiet:
        if archief is not None:
            tell(say(f"Geschreven: {written}.", f"Written: {written}."))
        _tell_about(judgement, policy, _archive_folder(options), say)
    return NOTHING_FOUND


def _greeted_in_silence() -> None:
    """Let the solver say its name once where nobody reads: it does so on stdout, which is for results."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        # Without the solver a protected foto is refused later, with a sentence.
        with suppress(FotoRefusedError):
            solver_name()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _check_options(options: Namespace, say: Say) -> None:
    for name, value in (("SOURCE", options.source), ("--peildatum", options.peildatum)):
        if value is None:
            raise UsageError(
                say(
                    f"{name} ontbreekt (zie bpvo-rules foto --help).",
                    f"{name} is missing (see bpvo-rules foto --help).",
                )
            )
    if options.vorige is not None:
        raise UsageError(say("--vorige hoort bij --verify.", "--vorige goes with --verify."))
    if options.output is None:
        if Policy(options.policy).protects:
            raise UsageError(
                say(
                    "een beschermde foto vraagt --output FOLDER: zij wordt getoetst aan elke eerdere en daarna"
                    " bewaard; --policy niveau kan zonder, maar is onbeschermd.",
                    "a protected foto needs --output FOLDER: it is held against every earlier one and then kept;"
                    " --policy niveau can do without, but is unprotected (onbeschermd).",
                )
            )
        only = {"--archief": options.archief, "--vervangt": options.vervangt}
        for name in (name for name, value in only.items() if value is not None):
            raise UsageError(say(f"{name} hoort bij --output.", f"{name} goes with --output."))
    elif options.csv:
        raise UsageError(
            say("--csv hoort niet bij --output: in de map staat cellen.csv.", "--csv does not go with --output.")
        )
    if (options.vervangt is None) != (options.reden is None):
        raise UsageError(say("--vervangt en --reden horen bij elkaar.", "--vervangt and --reden go together."))
    _drempels(options, Policy(options.policy), say)
    check_targets(say, (), (options.source,))


def _drempels(options: Namespace, policy: Policy, say: Say) -> Drempels:
    """Give what is small: as the policy has it, but for what was given."""
    found, given = policy.drempels, {"personen": options.drempel, "beslist": options.drempel_beslist}
    found = attrs.evolve(found, **{name: value for name, value in given.items() if value is not None})
    if found != policy.drempels and not policy.protects:
        raise UsageError(
            say("--drempel hoort niet bij --policy niveau.", "--drempel does not go with --policy niveau.")
        )
    if policy is Policy.MIDPUNT6 and max(found.personen, found.beslist) > MIDPUNT6_MOST:
        raise UsageError(
            say(
                f"bij midpunt6 is een drempel hoogstens {MIDPUNT6_MOST}: een klasse van zes verbergt niet meer.",
                f"with midpunt6 a drempel is at most {MIDPUNT6_MOST}: a class of six hides no more.",
            )
        )
    return found


def _correction(options: Namespace, say: Say) -> tuple[FotoId, Reden] | None:
    if options.vervangt is None:
        return None
    try:
        named = FotoId(options.vervangt)
    except InvalidCodeError:
        raise UsageError(
            say("--vervangt vraagt de naam van een foto: foto-JJJJ-MM-DD.", "--vervangt needs foto-YYYY-MM-DD.")
        ) from None
    if named.dag != options.peildatum.isoformat():
        raise UsageError(
            say(
                "een correctie heeft de peildatum van de foto die zij vervangt.",
                "a correction has the peildatum of the foto that it replaces.",
            )
        )
    return named, Reden(options.reden)


def _archive_folder(options: Namespace) -> Path | None:
    if options.output is None:
        return None
    output: Path = options.output.resolve()
    chosen: Path | None = options.archief
    return output.with_name(f"{output.name}-archief") if chosen is None else chosen


def _archief(options: Namespace, policy: Policy, say: Say) -> Archief:
    folder = _archive_folder(options)
    output: Path = options.output
    if folder is None or folder.resolve() == output.resolve() or output.resolve() in folder.resolve().parents:
        raise UsageError(
            say(
                "het archief mag niet in de map van de foto's staan: die wordt doorgegeven.",
                "the archive must not be in the folder of the fotos: that is passed on.",
            )
        )
    if options.source.resolve() in {output.resolve(), folder.resolve()}:
        raise UsageError(say("een foto komt niet in de map van de bron.", "a foto does not go into the source."))
    if output.exists() and not output.is_dir():
        raise UsageError(say(f"{output} is een bestand, geen map.", f"{output} is a file, not a folder."))
    archief = Archief(folder)
    strange = archief.unknown_in(output)
    if policy.protects and strange:
        raise UsageError(
            say(
                f"in {output} staan foto's die niet in het archief {folder} zijn ({strange[0]}): zonder hun zegel is"
                " een volgende foto niet te toetsen.",
                f"{output} holds fotos that are not in the archive {folder} ({strange[0]}): without their zegel the"
                " next foto cannot be held against them.",
            )
        )
    return archief


def _take(
    judgement: Result, archief: Archief, correction: tuple[FotoId, Reden] | None, options: Namespace, say: Say
) -> Path:
    policy = Policy(options.policy)
    drempels = _drempels(options, policy, say)
    exists = say(
        "er is al een foto van deze dag, en een foto wordt nooit overschreven; maak een correctie met --vervangt en"
        " --reden.",
        "there is a foto of this day already, and a foto is never overwritten; make a correction with --vervangt and"
        " --reden.",
    )
    first_day = archief.first_day(policy, options.peildatum)
    if options.gemaakt_op is not None and options.gemaakt_op < first_day:
        raise UsageError(
            say(
                f"deze foto kan niet voor {first_day} zijn gemaakt: dat is haar peildatum, of de dag van de vorige.",
                f"this foto cannot be made before {first_day}: its peildatum, or the day of the one before it.",
            )
        )
    try:
        kept = archief.take(
            judgement, policy=policy, gemaakt_op=options.gemaakt_op, vervangt=correction, drempels=drempels
        )
        return deliver(kept, options.output)
    except ExistingFileError:
        raise UsageError(exists) from None
    except FotoRefusedError as refused:
        raise UsageError(_refusal(refused, say)) from None


def _refusal(refused: FotoRefusedError, say: Say) -> str:
    if isinstance(refused, SolverMissingError):
        return say(
            "geen foto: een beschermde foto vraagt een oplosser die bewijst dat zij veilig is; installeer"
            " bpvo-rules[foto], dat highspy meebrengt.",
            "no foto: a protected foto needs a solver to prove that it is safe; install bpvo-rules[foto], which brings"
            " highspy.",
        )
    if not refused.cells:
        return say(
            "geen foto: beschermde foto's liggen een heel aantal kwartalen uit elkaar; wat tussen andere dagen ligt is"
            " ook een klein aantal.",
            "no foto: protected fotos are a whole number of quarters apart; what lies between other days is a small"
            " count too.",
        )
    named = "; ".join(" ".join(cell) for cell in refused.cells[:_MOST_NAMED])
    return say(
        f"geen foto: kleine aantallen zijn niet te beschermen; maak grover: {named}.",
        f"no foto: small counts cannot be protected; coarsen: {named}.",
    )


def _show(judgement: Result, options: Namespace) -> None:
    foto = aggregate(judgement, policy=Policy.NIVEAU)
    if options.csv:
        write_result([cells_csv(foto)], None)
    else:
        made = describe(foto, judgement.settings, gemaakt_op=options.gemaakt_op or options.peildatum)
        write_result([canonical(document(made)).decode(), "\n"], None)


def _tell_about(judgement: Result, policy: Policy, archive: Path | None, say: Say) -> None:
    if not policy.protects:
        tell(
            say(
                "Deze foto is onbeschermd: kleine aantallen zijn tot personen te herleiden; geef haar niet door.",
                "This foto is onbeschermd (unprotected): small counts can be traced to persons; do not pass it on.",
            )
        )
    if archive is not None:
        tell(
            say(
                f"Bewaar {archive} voor de volgende foto, en geef die map niet door: daarin staan ware aantallen.",
                f"Keep {archive} for the next foto, and do not pass it on: it holds true counts.",
            )
        )
    columns = sorted(f"{table}.{column}" for table, column in judgement.kolommen_niet_opgezocht)
    names = [*judgement.tabellen_niet_opgezocht, *columns]
    if names:
        tell(f"{say('Niet opgezocht', 'Not looked up')}: {', '.join(names)}.")
    faults = sum(count_per_table(judgement.invoerfouten).values())
    if faults:
        tell(f"Invoerfouten: {faults}.")


# ---- checking


def _verify(options: Namespace, say: Say) -> int:
    folder: Path = options.verify
    if not folder.is_dir():
        raise SourceError(say(f"{folder} is geen map.", f"{folder} is no folder."))
    if options.source is not None or options.output is not None:
        raise UsageError(say("--verify gaat niet samen met een bron.", "--verify does not go with a source."))
    if holds_foto(folder) or options.vorige is not None:
        found = [(folder.name, verify_foto(folder, vorige=options.vorige))]
    else:
        found = list(verify_fotos(folder))
    page = Page()
    for name, controle in found:
        _add_check(page, name, controle, say)
    show_page(page)
    return NOTHING_FOUND if all(controle.in_orde for _, controle in found) else FOUND


def _add_check(page: Page, name: str, controle: Controle, say: Say) -> None:
    if controle.in_orde:
        page.line(f"{name}: {say('in orde', 'all right')} ({controle.digest})")
        return
    page.line(f"{name}: {say('NIET in orde', 'NOT all right')}", Style.WRONG)
    for gebrek in controle.gebreken:
        page.fold(f"{gebrek.soort}: {gebrek.tekst}", indent=2, hang=2)
