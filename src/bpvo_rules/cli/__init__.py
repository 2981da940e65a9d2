"""
The command line: ``bpvo-rules``, also ``python -m bpvo_rules``.

Exit status: 0 nothing of kind ``fout``; 1 at least one melding of kind
``fout``; 2 wrong use or unreadable input, said in one sentence; 3 an error in a
rule. Interrupted: 130; the reader of the output went away: 141.
"""

import importlib
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bpvo_rules.cli.arguments import make_parser
from bpvo_rules.cli.usage import ERROR_IN_RULE, WRONG_USE
from bpvo_rules.errors import BpvoRulesError, EngineMissingError, ExtraMissingError
from bpvo_rules.report.wording import Say, asked_lang

__all__ = ["main"]

INTERRUPTED = 130
NO_READER = 141


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run one command and give its exit status.

    Args:
        argv: What stands behind the name of the program; that of this process when ``None``.

    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    say = Say(asked_lang(arguments))
    _write_utf_8()
    try:
        status = _run(arguments, say)
        sys.stdout.flush()
    except BrokenPipeError:
        return NO_READER
    except KeyboardInterrupt:
        return _stop(say("afgebroken.", "interrupted."), INTERRUPTED)
    except (BpvoRulesError, OSError) as error:
        return _stop(_sentence(error, say), WRONG_USE)
    except Exception as error:  # noqa: BLE001 - a traceback may show values of records, so nobody gets one
        return _stop(_unexpected(error, say), ERROR_IN_RULE)
    return status


def _run(arguments: list[str], say: Say) -> int:
    try:
        options = make_parser(say).parse_args(arguments)
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    # Only the command that runs is imported: the others may need what is not installed.
    command = importlib.import_module(f"bpvo_rules.cli.{options.command}")
    status: int = command.run(options, say)
    return status


def _stop(sentence: str, status: int) -> int:
    with suppress(OSError):
        print(f"bpvo-rules: {sentence}", file=sys.stderr)
    return status


def _sentence(error: BpvoRulesError | OSError, say: Say) -> str:
    if isinstance(error, EngineMissingError):
        needs = say(" en ", " and ").join(error.needs)
        return say(
            f"engine {error.engine} is niet geïnstalleerd: nodig is {needs}.",
            f"engine {error.engine} is not installed: it needs {needs}.",
        )
    if isinstance(error, ExtraMissingError):
        return say(
            f"dit vraagt de extra '{error.extra}': installeer bpvo-rules[{error.extra}].",
            f"this needs the extra '{error.extra}': install bpvo-rules[{error.extra}].",
        )
    if not isinstance(error, OSError):
        return str(error)
    where = "" if error.filename is None else f" {error.filename}"
    why = error.strerror or type(error).__name__
    return say(f"lezen of schrijven lukt niet:{where} ({why}).", f"cannot read or write:{where} ({why}).")


def _unexpected(error: Exception, say: Say) -> str:
    """Say where it went wrong, without the message of the error: that may hold values."""
    trace, where = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "bpvo_rules" in code.co_filename:
            where = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    name = type(error).__name__
    return say(f"onverwachte fout ({name}) in {where}.", f"unexpected error ({name}) in {where}.")


def _write_utf_8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # The name of a file may hold bytes that are no text.
            reconfigure(encoding="utf-8", errors="backslashreplace")
