"""Run every example of the README and the docs: Python as it stands, commands in a folder of their own."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

FOR_MAKE = "make "


def run_commands(example: Example) -> None:
    """Run the lines that start with `$`; 0 and 1 are right (1 says that there are meldingen of kind fout)."""
    folder = example.namespace.setdefault("commands run in", tempfile.mkdtemp())
    for line in example.parsed.splitlines():
        command = line.removeprefix("$ ")
        # These two make an environment and run this very suite.
        if not line.startswith("$ ") or command.startswith(FOR_MAKE):
            continue
        program, *arguments = shlex.split(command)
        assert program == "bpvo-rules", f"{command}: only our own command and make are used in examples"
        expanded = [str(p) for a in arguments for p in (sorted(Path(folder).glob(a)) if "*" in a else [a])]
        done = subprocess.run(  # noqa: S603 - a command from our own documents
            [sys.executable, "-m", "bpvo_rules", *expanded],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )
        assert done.returncode in {0, 1}, f"{command}\n{done.stderr}"
        assert "Traceback" not in done.stderr


def clean(namespace: dict[str, object]) -> None:
    """Remove the folder in which commands were run."""
    if "commands run in" in namespace:
        shutil.rmtree(str(namespace["commands run in"]))


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), CodeBlockParser(language="console", evaluator=run_commands)],
    patterns=["*.md"],
    teardown=clean,
).pytest()
