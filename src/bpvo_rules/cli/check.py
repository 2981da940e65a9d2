"""``check``: the meldingen of a source."""

from argparse import Namespace
from collections.abc import Iterable, Iterator

from bpvo_rules.cli.judging import judge_source
from bpvo_rules.cli.output import Page, check_targets, page_width, show_page, tell, write_result
from bpvo_rules.cli.overview import add_caveats, add_meldingen, add_questions, add_title, total
from bpvo_rules.cli.usage import ERROR_IN_RULE, FOUND, NOTHING_FOUND, UsageError
from bpvo_rules.io.parquet import write_verdicts
from bpvo_rules.judge import Melding, Result, receipt
from bpvo_rules.report.formats import (
    BYTE_ORDER_MARK,
    check_json,
    junit_xml,
    meldingen_csv,
    meldingen_parquet,
    sarif_json,
    signalen_json,
    verdicts_csv,
    written_json,
)
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Kind

__all__ = ["run", "status_of"]


def run(options: Namespace, say: Say) -> int:
    """Judge a source and write what came out; gives the exit status."""
    check_targets(
        say,
        (options.output, options.verdicts, options.receipt),
        (options.source, options.register, options.profile, options.ro_key_file),
    )
    if options.format == "parquet" and options.output is None:
        # Before anything is read: it cannot be shown.
        raise UsageError(say("--format parquet vraagt --output FILE.", "--format parquet needs --output FILE."))
    judgement = judge_source(options, say)
    if options.format == "signaal":
        _check_signaalcodes(judgement, say)
    if options.verdicts is not None:
        if options.verdicts.suffix == ".parquet":
            write_verdicts(judgement, options.verdicts)
        else:
            write_result(verdicts_csv(judgement, say), options.verdicts)
    if options.receipt is not None:
        write_result(written_json(receipt(judgement)), options.receipt)
    match options.format:
        case "table":
            show_page(_page(options, judgement, say), options.output)
        case "parquet":
            meldingen_parquet(judgement, say, options.output)
        case _:
            write_result(_pieces(options, judgement, say), options.output)
    _tell_beside(options, judgement, say)
    return status_of(judgement, judgement.meldingen())


def _check_signaalcodes(judgement: Result, say: Say) -> None:
    """Refuse, before anything is written, meldingen that no signal can be made of: only rules of others lack a code."""
    known = {rule.code for rule in judgement.rules if rule.signaalcode is not None}
    without = sorted({melding.rule for melding in judgement.meldingen()} - known)
    if without:
        raise UsageError(
            say(
                f"--format signaal kan niet: regel {without[0]} heeft geen signaalcode.",
                f"--format signaal is impossible: rule {without[0]} has no signaalcode.",
            )
        )


def _pieces(options: Namespace, judgement: Result, say: Say) -> Iterator[str]:
    """Give the text of a format for programs."""
    match options.format:
        case "csv":
            if options.output is not None:
                # A file is opened in a spreadsheet, which needs it; a program behind a pipe would find it in a name.
                yield BYTE_ORDER_MARK
            yield from meldingen_csv(judgement, say)
        case "junit":
            yield from junit_xml(judgement, say)
        case form:
            made = {"json": check_json, "sarif": sarif_json, "signaal": signalen_json}[form]
            yield from written_json(made(judgement, say))


def status_of(judgement: Result, meldingen: Iterable[Melding]) -> int:
    """Give the exit status for a judgement: an error in a rule weighs more than a melding."""
    if judgement.failures:
        return ERROR_IN_RULE
    return FOUND if any(melding.kind is Kind.FOUT for melding in meldingen) else NOTHING_FOUND


def _page(options: Namespace, judgement: Result, say: Say) -> Page:
    page = Page(page_width(options.output))
    add_title(page, judgement, say)
    add_questions(page, judgement, say)
    add_meldingen(page, judgement, say, limit=options.limit)
    add_caveats(page, judgement, say)
    page.blank()
    page.fold(f"{say('Totaal', 'Total')}: {total(judgement, say)}.")
    return page


def _tell_beside(options: Namespace, judgement: Result, say: Say) -> None:
    """Say on stderr what a file cannot hold, so that nobody takes silence for health."""
    if options.format == "table" and options.output is None:
        return
    if options.quiet:
        for failure in judgement.failures:
            tell(say(f"regel {failure.rule} is gestopt met een fout.", f"rule {failure.rule} stopped with an error."))
        return
    page = Page()
    page.fold(f"{say('Totaal', 'Total')}: {total(judgement, say)}.")
    add_caveats(page, judgement, say)
    for line, _ in page.lines:
        tell(line)
