"""Runs conformance cases against an implementation: one of this library, or a program that reads and writes lines."""

import json
import shlex
import subprocess
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO, Any, Final, final

import attrs

from bpvo_rules.errors import BpvoRulesError, ProgramError
from bpvo_rules.foto import Policy, aggregate
from bpvo_rules.judge import Judge, Result, make_settings
from bpvo_rules.keten import Keten
from bpvo_rules.questions import RULES
from bpvo_rules.testing.kit import Case, Level, keten_of, run_of, tables_of
from bpvo_rules.testing.worlds import seeded_world

__all__ = [
    "Answer",
    "Failure",
    "Implementation",
    "Program",
    "Report",
    "Request",
    "by_engine",
    "generated",
    "reference",
    "verify",
]

Request = Mapping[str, Any]
Answer = Mapping[str, Any]
Implementation = Callable[[Iterable[Request]], Iterator[Answer]]
"""Takes requests and gives their answers, in any order."""

Judged = Callable[[Keten, Mapping[str, Any]], Result]
"""Takes a chain and the arguments of :func:`bpvo_rules.judge`."""

_OUTCOMES: Final = ("voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing")


# ---- implementations of this library


def reference(requests: Iterable[Request]) -> Iterator[Answer]:
    """Answer with the judge of this library."""
    made: dict[str, Judge] = {}

    def judged(keten: Keten, arguments: Mapping[str, Any]) -> Result:
        # Rules are compiled once per set of rules and norms: a hundred requests ask for the same.
        options = {name: value for name, value in arguments.items() if name not in _RUN}
        key = json.dumps(options, sort_keys=True)
        if key not in made:
            made[key] = Judge(make_settings(**options))
        return made[key].keten(keten, **{name: arguments[name] for name in _RUN})

    return _answered(requests, judged)


_RUN: Final = ("peildatum", "kennisdatum", "perspectief")


def by_engine(name: str) -> Implementation:
    """
    Answer with an engine for data frames, which needs its extra.

    Args:
        name: ``polars``, ``duckdb``, ``pandas`` or ``pyspark``; ``reference`` for the judge itself.

    """
    if name == "reference":
        return reference
    # An extra, and slow to import.
    from bpvo_rules.frames import FrameKeten, engine_named, judge_frames  # noqa: PLC0415

    made = engine_named(name)
    return lambda requests: _answered(requests, lambda keten, a: judge_frames(FrameKeten.uit(keten, made), **a))


def _answered(requests: Iterable[Request], judged: Judged) -> Iterator[Answer]:
    for request in requests:
        try:
            yield {"id": request["id"], **_answer(request, judged)}
        except BpvoRulesError as error:
            yield {"id": request["id"], "error": str(error)}


def _answer(request: Request, judged: Judged) -> dict[str, Any]:
    keten, arguments = keten_of(request), run_of(request)
    if "vraag" in request:
        result = judged(keten, {**arguments, "only_questions": [request["vraag"]]})
        return {"geteld": _counted(result)}
    result = judged(keten, {**arguments, "only_rules": list(request["rules"])})
    return {"verdicts": [[v.rule, v.subject, str(v.outcome)] for v in result.verdicts()]}


def _counted(result: Result) -> list[list[Any]]:
    foto = aggregate(result, policy=Policy.NIVEAU)
    lines: list[list[Any]] = []
    for cel in (*foto.cellen, *foto.marges):
        for outcome in _OUTCOMES:
            aantal = getattr(cel, outcome)
            if aantal is not None and aantal.subjects.waarde:
                personen = None if aantal.personen is None else aantal.personen.waarde
                place = [str(cel.vraag), str(cel.instelling), str(cel.domein)]
                lines.append([*place, outcome, aantal.subjects.waarde, personen])
    return lines


# ---- generated cases


def generated(number: int, *, seed: int = 1, rules: Collection[str] | None = None) -> tuple[Case, ...]:
    """
    Make cases of small, nasty chains that nobody worked out: the reference says what is expected.

    They find what no case thought of, and prove less: where the reference is wrong they are wrong too.

    Args:
        number: How many.
        seed: Where chance starts; the same seed gives the same cases.
        rules: Codes of the rules that are asked; ``None``: all of them.

    """
    asked = sorted(rule.code for rule in RULES if rules is None or rule.code in rules)
    found = []
    for at in range(seed, seed + number):
        world = seeded_world(at)
        request = {
            "rules": asked,
            "peildatum": world.peildatum.isoformat(),
            "kennisdatum": (world.kennisdatum or world.peildatum).isoformat(),
            "perspectief": world.perspectief,
            "norms": dict(world.norms),
            "tables": tables_of(world.keten),
            "niet_opgezocht": sorted(map(list, world.keten.niet_opgezocht)),
        }
        (answer,) = reference([{"id": "", **request}])
        found.append(
            Case(
                id=f"generated/{at}",
                level=None,
                code="generated",
                why=f"Made by chance, from seed {at}; what is expected is what the reference says.",
                request=request,
                expected=tuple(tuple(line) for line in answer["verdicts"]),
            )
        )
    return tuple(found)


# ---- programs


@final
class Program:
    """
    A program that answers requests over its stdin and stdout, one JSON object per line.

    It is started for each run of requests, and stopped after it.
    """

    def __init__(self, command: str | Sequence[str], *, patience: float = 60.0) -> None:
        """
        Name a program; nothing is started yet.

        Args:
            command: The program and its arguments; of a text, as a shell would split it. No shell is used.
            patience: Seconds to wait for the next answer.

        Raises:
            ProgramError: for a command that is empty, or has a quotation mark that is not closed.

        """
        try:
            self._command = shlex.split(command) if isinstance(command, str) else list(command)
        except ValueError:
            raise ProgramError("The command of the program has a quotation mark that is not closed.") from None
        if not self._command:
            raise ProgramError("The command of the program is empty.")
        self._patience = patience

    def __call__(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """
        Ask the program, and give its answers as they come.

        Raises:
            ProgramError: when it cannot be started, says something that is no JSON object with the id of a request,
                answers twice, stops before it answered all, or waits too long.

        """
        try:
            process = subprocess.Popen(  # noqa: S603 - the caller's own program
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
            )
        except (OSError, ValueError) as error:
            raise ProgramError(f"The program could not be started: {error}. It is started without a shell.") from None
        asked = list(requests)
        if (
            process.stdin is None or process.stdout is None or process.stderr is None
        ):  # pragma: no cover - all are pipes
            raise ProgramError("The program has no streams.")
        said, complaint = _Lines(process.stdout), _Lines(process.stderr)
        asking = threading.Thread(target=_ask, args=(process.stdin, asked), daemon=True)
        asking.start()
        try:
            yield from self._answers([request["id"] for request in asked], said, complaint)
        finally:
            process.kill()
            process.wait()
            asking.join()
            said.close()
            complaint.close()

    def _answers(self, ids: Sequence[str], said: "_Lines", complaint: "_Lines") -> Iterator[Answer]:
        open_ids = set(ids)
        while open_ids:
            line = said.next(self._patience)
            if line is None:
                why = "stopped" if said.ended else f"said nothing for {self._patience:g} seconds (see --patience)"
                first = next(name for name in ids if name in open_ids)
                raise ProgramError(
                    f"The program {why} before it answered {len(open_ids)} requests, of which the first is"
                    f" {first}.{complaint.last()}"
                )
            answer = _parsed(line)
            name = answer["id"]
            if name not in open_ids:
                problem = "twice" if name in set(ids) else "that was not asked"
                raise ProgramError(f"The program answered a request {problem}: {json.dumps(name[:80])}.")
            open_ids.remove(name)
            yield answer


def _parsed(line: str) -> Answer:
    try:
        answer = json.loads(line)
    except ValueError:
        raise ProgramError(
            f"The program wrote a line that is no JSON: {json.dumps(line.strip()[:80])}. Each answer is one object on"
            " one line; what is for people goes to stderr."
        ) from None
    if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
        raise ProgramError("The program wrote a line that is no JSON object with an id.")
    return answer


def _ask(stdin: IO[str], requests: Iterable[Request]) -> None:
    # When it stops reading, that it did not answer everything is found where the answers are read.
    with suppress(OSError):
        for request in requests:
            stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
            stdin.flush()
    with suppress(OSError):
        stdin.close()


@final
class _Lines:
    """The lines of a stream, read by a thread of its own so that neither side waits for the other."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._seen: list[str] = []
        self.ended = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        for line in self._stream:
            if line.strip():
                self._seen = [*self._seen[-4:], line.strip()]
                self._queue.put(line)
        self._queue.put(None)

    def next(self, patience: float) -> str | None:
        """Give the next line; ``None`` when there is none in time, or when the stream ended."""
        try:
            line = self._queue.get(timeout=patience)
        except Empty:
            return None
        self.ended = line is None
        return line

    def last(self) -> str:
        """Give the last lines for a message; nothing when there are none."""
        self._thread.join(timeout=1)
        return f" It said: {' / '.join(self._seen)}" if self._seen else ""

    def close(self) -> None:
        """Stop reading, once the program that wrote is gone."""
        self._thread.join()
        self._stream.close()


# ---- running the cases


@final
@attrs.frozen
class Failure:
    """
    A case that was not answered right.

    Attributes:
        case: The case.
        mistakes: What is wrong, one sentence each.

    """

    case: Case
    mistakes: tuple[str, ...]


@final
@attrs.frozen
class Report:
    """
    What came of running cases.

    Attributes:
        cases: The cases that were run.
        failures: Those that were not answered right, in the order of the cases.

    """

    cases: tuple[Case, ...]
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether every case was answered right, and there was at least one."""
        return bool(self.cases) and not self.failures

    @property
    def levels(self) -> Mapping[Level, tuple[int, int]]:
        """Per level that was run the number of cases that were answered right, and of all."""
        wrong = {failure.case.id for failure in self.failures}
        found = {}
        for level in Level:
            ran = [case.id for case in self.cases if case.level is level]
            if ran:
                found[level] = (sum(name not in wrong for name in ran), len(ran))
        return found

    @property
    def generated(self) -> tuple[int, int]:
        """The number of generated cases that were answered right, and of all."""
        wrong = {failure.case.id for failure in self.failures}
        ran = [case.id for case in self.cases if case.level is None]
        return sum(name not in wrong for name in ran), len(ran)


def verify(
    implementation: Implementation,
    cases: Iterable[Case],
    *,
    enough: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """
    Hold an implementation to cases.

    Args:
        implementation: What answers.
        cases: What is asked.
        enough: Stop after so many failures; the report is then about the cases that were answered. ``None``: never.
        progress: Told after each answer how many there are, and how many there must be.

    Raises:
        ProgramError: when a program breaks the protocol; nothing is known of its other answers then.

    """
    asked = {case.id: case for case in cases}
    ran: list[Case] = []
    failures: list[Failure] = []
    for answer in implementation({"id": name, **case.request} for name, case in asked.items()):
        case = asked[answer["id"]]
        ran.append(case)
        if progress is not None:
            progress(len(ran), len(asked))
        found = case.mistakes(answer)
        if found:
            failures.append(Failure(case, found))
        if enough is not None and len(failures) >= enough:
            break
    order = {name: at for at, name in enumerate(asked)}
    ran.sort(key=lambda case: order[case.id])
    failures.sort(key=lambda failure: order[failure.case.id])
    return Report(tuple(ran), tuple(failures))
