"""Programs in any language: asked over their stdin and stdout, and what they may do wrong."""

import sys
import textwrap
import time
from pathlib import Path

import pytest

from bpvo_rules.errors import ProgramError
from bpvo_rules.testing.conformance import Program, verify
from bpvo_rules.testing.kit import Level, cases

TWICE = """
    import json
    told = json.dumps({"id": json.loads(input())["id"]})
    print(told, told, sep=chr(10), flush=True)
    input()
"""
VORM = cases([Level.VORM])[:40]

GOOD = """
    import json, sys
    from bpvo_rules.testing.conformance import reference
    asked = (json.loads(line) for line in sys.stdin)
    for answer in reference(asked):
        print(json.dumps(answer), flush=True)
"""
ALL_AT_ONCE = """
    import json, sys
    from bpvo_rules.testing.conformance import reference
    asked = [json.loads(line) for line in sys.stdin]
    for answer in reversed(list(reference(asked))):
        print(json.dumps(answer))
"""


def program(tmp_path: Path, source: str) -> list[str]:
    """Write a program and give the command that starts it."""
    path = tmp_path / "programma.py"
    lines = source.strip("\n").splitlines()
    path.write_text("\n".join(line.removeprefix("    ") for line in lines), "utf-8")
    return [sys.executable, str(path)]


@pytest.mark.parametrize("source", [GOOD, ALL_AT_ONCE], ids=["one by one", "all at once and backwards"])
def test_a_program_that_answers_right_passes(tmp_path: Path, source: str) -> None:
    assert verify(Program(program(tmp_path, source)), VORM).passed


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("raise SystemExit('geen licentie')", "stopped before it answered 40 requests.* It said: geen licentie"),
        ("print('hallo', flush=True)\ninput()", "no JSON: .hallo"),
        ("print('[1]', flush=True)\ninput()", "no JSON object with an id"),
        ("print('{\"id\": 1}', flush=True)\ninput()", "no JSON object with an id"),
        ('print(\'{"id": "x"}\', flush=True)\ninput()', "was not asked"),
        (TWICE, "answered a request twice"),
        ("import time\ntime.sleep(60)", "said nothing for 0.5 seconds"),
    ],
    ids=["stops", "no json", "no object", "no text", "another id", "twice", "silent"],
)
def test_a_program_that_breaks_the_protocol_is_told_how(tmp_path: Path, source: str, complaint: str) -> None:
    patience = 0.5 if "said nothing" in complaint else 30.0
    with pytest.raises(ProgramError, match=complaint.replace("[", r"\[")):
        verify(Program(program(tmp_path, source), patience=patience), VORM)


def test_what_a_program_started_is_stopped_with_it(tmp_path: Path) -> None:
    """A wrapper that is killed must not leave what holds its streams, or the run would wait for that."""
    source = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    start = time.monotonic()
    with pytest.raises(ProgramError, match="said nothing"):
        verify(Program(program(tmp_path, source), patience=0.5), VORM)

    assert time.monotonic() - start < 30


def test_a_program_may_tidy_up_and_says_nothing_more(tmp_path: Path) -> None:
    """Once everything is answered stdin ends; a line after that is an answer too many."""
    mark = tmp_path / "klaar"
    tidy = f"{GOOD}    open({str(mark)!r}, 'w').close()\n"
    assert verify(Program(program(tmp_path, tidy)), VORM).passed
    assert mark.exists()
    with pytest.raises(ProgramError, match=r"no JSON: .klaar"):
        verify(Program(program(tmp_path, f"{GOOD}    print('klaar!', flush=True)\n")), VORM)


def test_deep_nesting_is_no_json(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="no JSON"):
        verify(Program(program(tmp_path, "print('[' * 200000, flush=True)\ninput()")), VORM)


def test_a_program_that_does_not_exist_is_named() -> None:
    with pytest.raises(ProgramError, match=r"could not be started.*geen/programma.*without a shell"):
        verify(Program("/geen/programma"), VORM)


@pytest.mark.parametrize(("command", "complaint"), [("", "is empty"), ('node "x', "quotation mark"), ([], "is empty")])
def test_a_command_that_is_none_is_refused(command: str | list[str], complaint: str) -> None:
    with pytest.raises(ProgramError, match=complaint):
        Program(command)


def test_the_program_of_the_page_for_suppliers_fails_as_it_says(tmp_path: Path) -> None:
    """It answers every request, and none of them right."""
    page = (Path(__file__).parents[2] / "docs" / "howto" / "conformance.md").read_text("utf-8")
    source = page.split("```py\n")[1].split("```")[0]
    report = verify(Program(program(tmp_path, textwrap.indent(textwrap.dedent(source), "    "))), VORM)

    assert {failure.mistakes for failure in report.failures} == {("no answer: not yet",)}
    assert len(report.failures) == len(VORM)


def test_enough_failures_stop_the_run(tmp_path: Path) -> None:
    """A wrong implementation need not be asked everything to know that it is wrong."""
    wrong = """
    import json, sys
    for line in sys.stdin:
        print(json.dumps({"id": json.loads(line)["id"], "verdicts": []}), flush=True)
    """
    report = verify(Program(program(tmp_path, wrong)), VORM, enough=3)

    assert len(report.failures) == 3
    assert len(report.cases) < len(VORM)
    assert not report.passed
