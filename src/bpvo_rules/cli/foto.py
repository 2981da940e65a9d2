"""``foto``: the foto of a day."""

from argparse import Namespace
from collections.abc import Iterator

from bpvo_rules.cli.judging import read_keten
from bpvo_rules.cli.meldingen import written_json
from bpvo_rules.cli.output import check_targets, tell, watched, write_result
from bpvo_rules.cli.usage import ERROR_IN_RULE, NOTHING_FOUND, UsageError
from bpvo_rules.cli.wording import Say
from bpvo_rules.foto import Policy, aggregate, cells_csv, to_json
from bpvo_rules.judge import Judge

__all__ = ["run"]


def run(options: Namespace, say: Say) -> int:
    """Take a foto and write it; gives the exit status."""
    policy = _policy(options, say)
    check_targets(say, (options.output,), (options.source, options.register, options.ro_key_file))
    with watched(say, quiet=options.quiet) as progress:
        keten = read_keten(options, say, progress)
        judgement = Judge().keten(keten, peildatum=options.peildatum, progress=progress.judging)
        if judgement.failures:
            # Counts in which a rule is missing would look better than the truth.
            failed = ", ".join(failure.rule for failure in judgement.failures)
            tell(say(f"geen foto: gestopt met een fout: {failed}.", f"no foto: stopped with an error: {failed}."))
            return ERROR_IN_RULE
        foto = aggregate(judgement, policy=policy)
    pieces: Iterator[str] = iter([cells_csv(foto)]) if options.csv else written_json(to_json(foto))
    write_result(pieces, options.output)
    if not options.quiet:
        tell(
            say(
                "Deze foto is onbeschermd: kleine aantallen zijn tot personen te herleiden; geef haar niet door.",
                "This foto is onbeschermd (unprotected): small counts can be traced to persons; do not pass it on.",
            )
        )
        names = [*keten.tabellen_niet_opgezocht, *sorted(f"{table}.{column}" for table, column in keten.niet_opgezocht)]
        if names:
            tell(f"{say('Niet opgezocht', 'Not looked up')}: {', '.join(names)}.")
        if keten.invoerfouten:
            tell(f"Invoerfouten: {len(keten.invoerfouten)}.")
    return NOTHING_FOUND


def _policy(options: Namespace, say: Say) -> Policy:
    if options.policy != Policy.NIVEAU:
        raise UsageError(
            say(
                "kies --policy niveau, dat onbeschermd is: de beschermende policies midpunt6 en onderdruk zijn er nog"
                " niet.",
                "choose --policy niveau, which is unprotected: the protecting policies midpunt6 and onderdruk are not"
                " there yet.",
            )
        )
    return Policy(options.policy)
