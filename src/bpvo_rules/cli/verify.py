"""``verify``: does an implementation give the answers that the rules call for?"""

import json
from argparse import Namespace
from collections import Counter
from importlib import resources
from itertools import islice
from pathlib import Path

import attrs

from bpvo_rules.cli.output import Page, Style, check_targets, page_width, show_page, tell, watched, write_result
from bpvo_rules.cli.usage import FOUND, NOTHING_FOUND, UsageError
from bpvo_rules.io import write_whole
from bpvo_rules.judge import catalogue
from bpvo_rules.questions import QUESTIONS, RULES
from bpvo_rules.report.formats import schema_files, written_json
from bpvo_rules.report.wording import Say
from bpvo_rules.testing.conformance import Failure, Implementation, Program, Report, by_engine, generated, verify
from bpvo_rules.testing.differences import changes, read_verdicts, table
from bpvo_rules.testing.kit import Case, Level, cases

__all__ = ["run"]

_SHOWN = 20


def run(options: Namespace, say: Say) -> int:
    """Run the conformance cases; gives the exit status."""
    check_targets(say, (options.output,), ())
    _check_one_job(options, say)
    if options.before is not None or options.after is not None:
        return _changes(options, say)
    _check_rules(options, say)
    if options.show is not None:
        write_result(written_json(_shown(options, say).to_json()), options.output)
        return NOTHING_FOUND
    chosen = _chosen(options, say)
    if options.generated:
        chosen += generated(options.generated, seed=options.seed, rules=options.rule)
    if options.export is not None:
        _export(options.export, chosen, say)
        return NOTHING_FOUND
    implementation = _implementation(options, say)
    with watched(say, quiet=options.quiet) as progress:
        report = verify(implementation, chosen, progress=progress.asking)
    if options.format == "json":
        write_result(written_json(_json(report)), options.output)
    else:
        page = Page(page_width(options.output))
        _add(page, report, say, options.rule)
        show_page(page, options.output)
    return NOTHING_FOUND if report.passed else FOUND


def _check_one_job(options: Namespace, say: Say) -> None:
    """Refuse two jobs in one command, rather than do one of them and say nothing of the other."""
    compares = options.before is not None or options.after is not None
    jobs = [options.program is not None, compares, options.show is not None, options.export is not None]
    if sum(jobs) > 1:
        raise UsageError(
            say(
                "kies een van --command, --before met --after, --show en --export.",
                "choose one of --command, --before with --after, --show and --export.",
            )
        )


def _check_rules(options: Namespace, say: Say) -> None:
    known = {rule.code for rule in RULES} | {question.code for question in QUESTIONS}
    unknown = sorted(set(options.rule or ()) - known)
    if unknown:
        raise UsageError(say(f"er is geen regel {unknown[0]}.", f"there is no rule {unknown[0]}."))


def _chosen(options: Namespace, say: Say) -> tuple[Case, ...]:
    found = cases(options.level and [Level(level) for level in options.level], options.rule)
    if not found:
        raise UsageError(say("er zijn geen gevallen die hieraan voldoen.", "there are no such cases."))
    return found


def _shown(options: Namespace, say: Say) -> Case:
    """Find a case by its id, also one that is generated, about the same rules."""
    name = options.show
    kind, _, number = name.partition("/")
    is_generated = kind == "generated" and number.isdecimal()
    found = generated(1, seed=int(number), rules=options.rule) if is_generated else cases()
    for case in found:
        if case.id == name:
            return case
    raise UsageError(say("er is geen geval met deze id.", "there is no case with this id."))


def _implementation(options: Namespace, say: Say) -> Implementation:
    if options.program is not None:
        if options.engine != "reference":
            raise UsageError(say("geef --command of --engine, niet allebei.", "give --command or --engine, not both."))
        return Program(options.program, patience=options.patience)
    try:
        return by_engine(options.engine)
    except ImportError:
        raise UsageError(
            say(
                f"--engine {options.engine} vraagt de extra 'frames', en het pakket van die engine.",
                f"--engine {options.engine} needs the extra 'frames', and the package of that engine.",
            )
        ) from None


def _changes(options: Namespace, say: Say) -> int:
    """Show whose answer changes between two files of verdicts."""
    if options.before is None or options.after is None:
        raise UsageError(say("geef --before en --after allebei.", "give both --before and --after."))
    found = changes(read_verdicts(options.before), read_verdicts(options.after))
    if options.format == "json":
        write_result(written_json([attrs.asdict(change) for change in found]), options.output)
    elif found:
        write_result(table(found), options.output)
    else:
        write_result([say("Geen uitkomst is anders.\n", "No outcome differs.\n")], options.output)
    return NOTHING_FOUND


def _export(folder: Path, chosen: tuple[Case, ...], say: Say) -> None:
    """Write the cases, the catalogue and every published schema, for who reads them in another language."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(say(f"{folder} is geen nieuwe of lege map.", f"{folder} is not a new or empty folder."))
    folder.mkdir(parents=True, exist_ok=True)
    tell(
        say(f"De gevallen, de catalogus en de schema's komen in {folder}.", f"Cases, catalogue and schemas: {folder}.")
    )
    for level in (*Level, None):
        lines = [case.to_json() for case in chosen if case.level is level]
        if lines:
            with write_whole(folder / f"{level or 'generated'}.jsonl") as handle:
                handle.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    with write_whole(folder / "catalogue.json") as handle:
        handle.writelines(written_json(catalogue()))
    schemas = resources.files("bpvo_rules.testing").joinpath("schemas")
    for schema in sorted([*schemas.iterdir(), *schema_files()], key=lambda file: file.name):
        with write_whole(folder / schema.name) as handle:
            handle.write(schema.read_text("utf-8"))


# ---- what is shown


def _json(report: Report) -> dict[str, object]:
    whole = Counter(case.level for case in cases())
    return {
        "format": "bpvo-rules/verification",
        "format_version": 1,
        "passed": report.passed,
        "levels": {
            str(level): {"right": right, "asked": of, "cases": whole[level], "passed": right == of == whole[level]}
            for level, (right, of) in report.levels.items()
        },
        "generated": dict(zip(("right", "cases"), report.generated, strict=True)),
        "failures": [
            {
                "id": failure.case.id,
                "level": None if failure.case.level is None else str(failure.case.level),
                "code": failure.case.code,
                "why": failure.case.why,
                "mistakes": list(failure.mistakes),
            }
            for failure in report.failures
        ],
    }


def _add(page: Page, report: Report, say: Say, rules_asked: list[str] | None) -> None:
    whole = Counter(case.level for case in cases())
    for level, (right, of) in report.levels.items():
        word = say("gehaald", "passed") if right == of else say("niet gehaald", "not passed")
        counts = say(f"{right} van {of} gevallen goed", f"{right} of {of} cases right")
        if of < whole[level]:
            # Right answers to a part of a level are no level.
            word = say("deels", "in part") if right == of else word
            counts += say(f" (van de {whole[level]})", f" (out of {whole[level]})")
        page.line(f"{level:<10} {word:<13} {counts}", Style.PLAIN if right == of else Style.WRONG)
    right, of = report.generated
    if of:
        counts = say(
            f"{right} van {of} ketens gelijk aan de referentie", f"{right} of {of} chains equal to the reference"
        )
        page.line(f"{say('nagemaakt', 'generated'):<10} {'':<13} {counts}", Style.PLAIN if right == of else Style.WRONG)
    for failure in islice(report.failures, _SHOWN):
        _add_failure(page, failure, say)
    if report.failures:
        page.blank()
        first = report.failures[0].case
        rules = [f" --rule {rule}" for rule in rules_asked or ()] if first.level is None else []
        page.fold(
            say(
                f"bpvo-rules verify --show {first.id}{''.join(rules)} toont wat er werd gevraagd.",
                f"bpvo-rules verify --show {first.id}{''.join(rules)} shows what was asked.",
            )
        )
    more = len(report.failures) - _SHOWN
    if more > 0:
        page.blank()
        page.fold(
            say(f"En nog {more} andere; --format json geeft ze alle.", f"And {more} others; --format json gives all.")
        )


def _add_failure(page: Page, failure: Failure, say: Say) -> None:
    page.heading(failure.case.id)
    page.fold(failure.case.why, indent=2)
    for mistake in failure.mistakes[:5]:
        page.fold(mistake, indent=2, hang=2, style=Style.WRONG)
    if len(failure.mistakes) > 5:
        page.fold(say("en meer", "and more"), indent=2)
