"""
Mutants of the rules, facts and periods: does a conformance case, or else another test, fail for each?

A mutant is one module with one small change. It runs in a fork, where the conformance cases are asked first, those
about the rules of the module before the others; a mutant that answers them all right gets the tests that are named for
its module here. The results go to a file of JSON lines, so that a run goes on where the last one stopped.

The changes are made by the operators of `cosmic-ray`, which must be installed (`pip install cosmic-ray`) beside the
development dependencies, and by those of this file for what is declared: leave out, and take another member.

Run `PYTHONPATH=src:. python benchmarks/mutatie.py RESULTS [--declared] [--report] [--again] [--deep] [MODULE ...]`
with modules such as `periode.dekking`; without any, all of them.
"""

import argparse
import ast
import contextlib
import difflib
import hashlib
import importlib
import importlib.util
import io
import json
import os
import pickle
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "bpvo_rules"

# The drawn tables of tests/questions are the conformance cases.
QUESTIONS = (
    "tests/questions/test_verklaard.py",
    "tests/questions/test_bewijs.py",
    "tests/judge/test_catalogue.py",
    "tests/judge/test_meldingen.py",
    "tests/questions/test_vraag.py",
)
PERIODE = ("tests/periode", "tests/reference/test_stagefonds.py")
RULES = ("tests/rules", "tests/judge/test_catalogue.py", "tests/judge/test_meldingen.py")
STAND = (
    "tests/keten/test_stand.py",
    "tests/judge/test_failures.py",
    "tests/judge/test_bpvo.py",
    "tests/judge/test_meldingen.py",
)
TESTS: Mapping[str, tuple[str, ...]] = {
    **{
        f"questions.{name}": QUESTIONS
        for name in (
            "bpvo_erkend_leerbedrijf",
            "bpvo_tijdig",
            "erkenning_tijdig",
            "keuzedeel_erkend_leerbedrijf",
            "norms",
            "registratie",
            "sources",
            "subjects",
            "white_label_beschikbaar",
        )
    },
    # Not all that is tested about this question is drawn.
    "questions.stagefonds_registratie": ("tests/questions/test_stagefonds_registratie.py", *QUESTIONS),
    "periode.dekking": ("tests/periode/test_dekking.py", *PERIODE),
    "periode.periode": ("tests/periode/test_periode.py", *PERIODE),
    "periode.studiejaar": ("tests/periode/test_studiejaar.py", *PERIODE),
    "periode.termijn": ("tests/periode/test_termijn.py", *PERIODE),
    "periode.tijd": ("tests/periode/test_tijd.py", *PERIODE),
    "periode.werkdagen": ("tests/periode/test_werkdagen.py", *PERIODE),
    **{
        f"rules.{name}": (f"tests/rules/test_{name}.py", *RULES)
        for name in ("fact", "kleene", "norm", "rule", "source", "term", "venster")
    },
    # What refuses a mistake in a declaration is tested by its mistakes, not under its own name.
    "rules.declared": ("tests/rules/test_mistakes.py", *RULES),
    "rules.typed": ("tests/rules/test_mistakes.py", *RULES),
    "judge.together": ("tests/judge/test_together.py", "tests/judge/test_catalogue.py"),
    "stagefonds": ("tests/reference/test_stagefonds.py", *QUESTIONS),
    "keten.stand": STAND,
    "judge.context": (*STAND, *QUESTIONS),
}
"""Per module the tests that a mutant gets after the conformance cases."""

_RECOGNISED = ("leerbedrijf_", "erkend_", "erkenning_dekt", "keuzedeel_", "stagefonds_", "bpvo_erkend")
READ_BY: Mapping[str, str | tuple[str, ...]] = {
    "periode.dekking": _RECOGNISED,
    "periode.periode": _RECOGNISED,
    "periode.tijd": ("white_label_", "bpvo_tijdig"),
    "periode.termijn": (
        "besluit_",
        "kennisgeving_",
        "tijdig_",
        "wijziging_",
        "terugkoppeling_",
        "bij_duo",
        "erkenning_t",
    ),
    "periode.werkdagen": ("besluit_", "kennisgeving_", "erkenning_tijdig"),
    "rules.venster": "white_label_",
    # No rule says where it comes from, or how large a placement is.
    "questions.sources": (),
    "periode.studiejaar": (),
    # Nor is a case about a declaration that is refused.
    "rules.declared": (),
    "rules.typed": (),
    "judge.together": (),
}
"""Per module with what the codes of the rules and questions begin that read it; without a line here all can."""

IMPORTED_BY = {"questions.bpvo_erkend_leerbedrijf": ("questions.stagefonds_registratie",)}

DEEP = (
    "tests/questions",
    "tests/judge",
    "tests/periode",
    "tests/rules",
    "tests/keten",
    "tests/reference",
    "tests/oracle",
    "tests/io",
    "tests/model",
    "tests/codes",
    "tests/docs",
    "tests/foto",
    "tests/laws",
    "tests/cli",
    "tests/frames/test_conditions.py",
)
"""The tests that `--deep` asks of what survived."""

SECONDS_CASES = 120
SECONDS_TESTS = 300
SECONDS_DEEP = 900
MEMORY = 4 << 30

NOT_LOADED = "not loaded"
CASES = "cases"
OTHER = "tests"
SURVIVED = "survived"

TEXT_ONLY = {"final", "cache", "lru_cache"}
"""Decorators that only speak to a type checker, or only save time."""

TEXTS = {"assumption", "assumptions", "edge", "en", "melding", "nl", "repair", "sentence", "text", "title", "url"}
"""Arguments that are texts for a reader."""


class Mutant(NamedTuple):
    """
    One small change of one module.

    Attributes:
        module: The module, below the package.
        operator: What made it.
        line: Where.
        was: The words of the lines that changed.
        becomes: What stands there instead.
        source: The whole module.

    """

    module: str
    operator: str
    line: int
    was: str
    becomes: str
    source: str

    @property
    def key(self) -> str:
        """A name that holds as long as the module does not change."""
        return hashlib.sha256(f"{self.module}\n{self.source}".encode()).hexdigest()[:16]


# ---- making them


def _operators() -> Iterator[tuple[str, Any]]:
    """Give the operators that need no arguments, and not those that tell only identity from equality."""
    provider = importlib.import_module("cosmic_ray.operators.provider").OperatorProvider()
    for name in sorted(provider):
        # The two for variables put a random number for a name that must be given by hand.
        if not name.startswith("Variable") and not name.endswith(("_Is_Eq", "_IsNot_NotEq", "_Eq_Is", "_NotEq_IsNot")):
            yield name, provider[name]()
    yield "LeaveOutArgument", _LeaveOut(_named)
    yield "LeaveOutElement", _LeaveOut(_elements)
    yield "OtherMember", _OtherMember()


DECLARED = {"LeaveOutArgument", "LeaveOutElement", "OtherMember"}


class _LeaveOut:
    """Leaves a part of a declaration out, with the comma behind it."""

    def __init__(self, parts: Callable[[Any], list[Any]]) -> None:
        self._parts = parts

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        """Give where a part stands that can be left out."""
        for part in self._parts(node):
            yield part.start_pos, part.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Leave one out; a tuple of one keeps its comma."""
        at = node.children.index(self._parts(node)[index])
        node.children = node.children[:at] + node.children[at + 2 :]
        if node.type == "testlist_comp" and len(node.children) == 1:
            comma: Any = importlib.import_module("parso.python.tree").Operator
            node.children = [*node.children, comma(",", node.end_pos)]
        return node


class _OtherMember:
    """Takes the next member of an enum of the rules."""

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        """Give where a member stands."""
        if node.type == "atom_expr" and _is_declared(node) and self._other(node) is not None:
            yield node.start_pos, node.end_pos

    @staticmethod
    def _other(node: Any) -> str | None:
        name, _, member = node.get_code(include_prefix=False).partition(".")
        return _NEXT.get((name, member))

    def mutate(self, node: Any, index: int) -> Any:
        """Take the one after it, or the first after the last."""
        del index
        node.children[1].children[1].value = self._other(node)
        return node


def _is_declared(node: Any) -> bool:
    """Say whether something stands outside the functions, or in what decorates one."""
    return node.search_ancestor("funcdef") is None or node.search_ancestor("decorator") is not None


def _named(node: Any) -> list[Any]:
    if node.type != "arglist" or not _is_declared(node):
        return []
    arguments = [child for child in node.children if child.type == "argument" and child.children[0].type == "name"]
    return [argument for argument in arguments if argument.children[0].value not in TEXTS]


def _elements(node: Any) -> list[Any]:
    if node.type != "testlist_comp" or node.parent.children[0].value != "(" or not _is_declared(node):
        return []
    return [] if any(child.type == "comp_for" for child in node.children) else list(node.children[::2])


_MEMBERS = {
    "Kind": ("FOUT", "SIGNAAL"),
    "Party": ("INSTELLING", "SBB", "DUO"),
    "Dimension": (
        "JUISTHEID",
        "COMPLETEHEID",
        "VALIDITEIT",
        "CONSISTENTIE",
        "ACTUALITEIT",
        "PLAUSIBILITEIT",
        "BESCHIKBAARHEID",
    ),
    "Executability": ("VOLLEDIG", "TE_VEEL", "TE_WEINIG"),
    "ValueType": ("BOOL", "DAY", "WHOLE", "WORD", "CODE", "CODES", "PERIODES", "INTERNAL"),
    "Eenheid": ("DAGEN", "MAANDEN", "WERKDAGEN", "UREN_PER_WEEK", "MILLISECONDEN", "VENSTER"),
}
_NEXT = {
    (name, member): members[(at + 1) % len(members)]
    for name, members in _MEMBERS.items()
    for at, member in enumerate(members)
}


def _annotations(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Give where the annotations of a module stand."""
    found = []
    for node in ast.walk(ast.parse(source)):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(part, ast.expr):
                end = part.end_lineno or part.lineno, part.end_col_offset or part.col_offset
                found.append(((part.lineno, part.col_offset), end))
    return found


def mutants(module: str) -> list[Mutant]:
    """Make the mutants of a module; of those that come to the same program, the first."""
    cosmic: Any = importlib.import_module("cosmic_ray.ast")
    source = SOURCE.joinpath(*module.split(".")).with_suffix(".py").read_text("utf-8")
    annotations = _annotations(source)
    nodes = _nodes(cosmic.get_ast(source))
    # A tree is changed in place: a copy for each change costs less than reading the source again.
    kept = pickle.dumps(cosmic.get_ast(source), pickle.HIGHEST_PROTOCOL)
    seen = {ast.dump(ast.parse(source))}
    found = []
    for name, operator in _operators():
        for at, node in enumerate(nodes):
            for index, (start, _) in enumerate(list(operator.mutation_positions(node))):
                if any(first <= start < last for first, last in annotations) or _no_program(name, node):
                    continue
                code = _changed(pickle.loads(kept), operator, at, index)  # noqa: S301 - pickled above
                try:
                    tree = ast.dump(ast.parse(code))
                except (SyntaxError, ValueError):
                    continue
                if tree not in seen:
                    seen.add(tree)
                    found.append(_mutant(module, name, source, code))
    return found


def _nodes(tree: Any) -> list[Any]:
    return [tree, *(node for child in getattr(tree, "children", ()) for node in _nodes(child))]


def _changed(tree: Any, operator: Any, at: int, index: int) -> str:
    """Let an operator change one node of a tree, and give the source."""
    node = _nodes(tree)[at]
    parent = node.parent
    place = parent.children.index(node) if parent is not None else 0
    made = operator.mutate(node, index)
    if parent is not None:
        parent.children[place : place + 1] = [] if made is None else [made]
    code: str = tree.get_code()
    return code


def _no_program(name: str, node: Any) -> bool:
    """Say whether a change is no change of the program: a mark between parameters, a decorator for others."""
    if name.startswith("ReplaceBinaryOperator"):
        return node.parent.type not in {"arith_expr", "term", "expr", "and_expr", "xor_expr", "shift_expr", "power"}
    if name == "RemoveDecorator":
        word = node.get_code(include_prefix=False).strip().lstrip("@").split("(")[0].split(".")[-1]
        return word in TEXT_ONLY
    return False


def _mutant(module: str, operator: str, source: str, code: str) -> Mutant:
    old, new = source.splitlines(), code.splitlines()
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    line = changed[0][1] + 1 if changed else 0
    was = " / ".join(part.strip() for _, a, b, _, _ in changed for part in old[a:b])
    becomes = " / ".join(part.strip() for _, _, _, a, b in changed for part in new[a:b])
    return Mutant(module, operator, line, was, becomes, code)


# ---- running one


class _Loader(SourceFileLoader):
    """Loads a module with another source."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._mutated = source

    def get_code(self, fullname: str) -> CodeType:
        del fullname
        return compile(self._mutated, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """Find the module that is changed."""
        if fullname != f"bpvo_rules.{self._mutant.module}":
            return None
        found = PathFinder.find_spec(fullname, path, target)
        assert found is not None
        assert found.origin is not None
        loader = _Loader(fullname, found.origin, self._mutant.source)
        return importlib.util.spec_from_file_location(fullname, found.origin, loader=loader)


def _failed_case(mutant: Mutant, first: Sequence[str]) -> str | None:
    from bpvo_rules.testing.conformance import reference, verify  # noqa: PLC0415 - in the fork only
    from bpvo_rules.testing.kit import cases  # noqa: PLC0415

    loaded = sys.modules[f"bpvo_rules.{mutant.module}"]
    asked = tuple(case for case in cases() if case.code.startswith(READ_BY.get(mutant.module, "")))
    if hasattr(loaded, "QUESTION"):
        # What stands in the file of a question is read by the rules of that question, and of those that import it.
        modules = [loaded, *(sys.modules[f"bpvo_rules.{name}"] for name in IMPORTED_BY.get(mutant.module, ()))]
        codes = [code for m in modules for code in (m.QUESTION.code, *(rule.code for rule in m.QUESTION.rules))]
        own = [case for case in asked if case.code in codes]
        asked = tuple(sorted(own, key=lambda case: codes.index(case.code)))
    # What found other mutants of the module is asked first: that is much faster.
    asked = tuple(sorted(asked, key=lambda case: first.index(case.id) if case.id in first else len(first)))
    failures = verify(reference, asked, enough=1).failures
    return failures[0].case.id if failures else None


def _failed_test(tests: Sequence[str]) -> str | None:
    import pytest  # noqa: PLC0415 - a development dependency

    class Failures:
        first: str | None = None

        def pytest_runtest_logreport(self, report: Any) -> None:
            if report.failed and self.first is None:
                self.first = report.nodeid

        def pytest_collectreport(self, report: Any) -> None:
            if report.failed and self.first is None:
                self.first = report.nodeid

    failures = Failures()
    options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        status = pytest.main([*options, *tests], plugins=[failures])
    if status not in {0, 1, 2}:
        return failures.first or f"pytest stopped with {status}"
    return failures.first or (f"pytest stopped with {status}" if status else None)


class Question(NamedTuple):
    """
    What a mutant is asked.

    Attributes:
        tests: The tests after the conformance cases.
        first: The names of cases that are asked before the others.
        only_tests: Whether the cases are not asked.

    """

    tests: Sequence[str]
    first: Sequence[str] = ()
    only_tests: bool = False


def _child(mutant: Mutant, told: Callable[[str, str | None], None], question: Question) -> None:
    sys.meta_path.insert(0, _Finder(mutant))
    try:
        importlib.import_module("bpvo_rules.testing.conformance")
        importlib.import_module(f"bpvo_rules.{mutant.module}")
    except Exception as error:  # noqa: BLE001 - it is what is asked
        told(NOT_LOADED, f"{type(error).__name__}: {error}"[:200])
        return
    if not question.only_tests:
        told("started", None)
        try:
            case = _failed_case(mutant, question.first)
        except BaseException as error:  # noqa: BLE001 - an engine that breaks while it answers has failed
            case = f"{type(error).__name__}: {error}"[:200]
        if case is not None:
            told(CASES, case)
            return
    told("passed", None)
    # One by one: what is not reached need not be collected either.
    found = (_failed_test([test]) for test in question.tests)
    test = next((failed for failed in found if failed is not None), None)
    told(SURVIVED if test is None else OTHER, test)


def ask(mutant: Mutant, question: Question) -> tuple[str, str | None]:
    """Run one mutant in a fork, and tell what found it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _in_fork(mutant, writing, question)
        finally:
            os._exit(0)
    os.close(writing)
    told, stage = _heard(reading, SECONDS_DEEP if question.only_tests else SECONDS_CASES)
    # Hanging, or eating all memory, is failing.
    outcome = told or (OTHER if stage == "passed" else CASES, f"no answer while {stage}")
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    return outcome


def _in_fork(mutant: Mutant, writing: int, question: Question) -> None:
    import resource  # noqa: PLC0415 - not on every system

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(ROOT)

    def told(kind: str, detail: str | None) -> None:
        os.write(writing, (json.dumps([kind, detail]) + "\n").encode())

    _child(mutant, told, question)


def _heard(reading: int, seconds: float) -> tuple[tuple[str, str | None] | None, str]:
    stage, waiting = "started", b""
    end = time.monotonic() + seconds
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, end - time.monotonic()))
        piece = os.read(reading, 65536) if ready else b""
        if not piece:
            return None, stage
        waiting += piece
        *lines, waiting = waiting.split(b"\n")
        for line in lines:
            kind, detail = json.loads(line)
            if kind not in {"started", "passed"}:
                return (kind, detail), stage
            if kind == "passed" and stage == "started":
                end = max(end, time.monotonic() + SECONDS_TESTS)
            stage = kind


# ---- running many


def _known(path: Path) -> dict[str, dict[str, Any]]:
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {line["key"]: line for line in map(json.loads, lines)}


def _preload() -> None:
    """Load what every fork needs and no mutant changes."""
    for name in (
        "attrs",
        "dateutil.easter",
        "dateutil.relativedelta",
        "dateutil.tz",
        "hypothesis",
        "hypothesis.strategies",
        "pytest",
        "rich.table",
    ):
        importlib.import_module(name)
    settings: Any = importlib.import_module("hypothesis").settings
    # The same examples each time, however busy the machine is.
    settings.register_profile("mutants", deadline=None, derandomize=True, database=None)
    settings.load_profile("mutants")
    assert not [name for name in sys.modules if name.startswith("bpvo_rules")]


def chosen(module: str, *, declared: bool, sample: int) -> list[Mutant]:
    """Make the mutants of one kind of a module: of the operators of cosmic-ray, or of those of this file."""
    made = [mutant for mutant in mutants(module) if (mutant.operator in DECLARED) is declared]
    if sample and len(made) > sample:
        made = random.Random(module).sample(made, sample)  # noqa: S311 - a sample that is the same each time
    return made


def run(path: Path, modules: Sequence[str], options: argparse.Namespace, part: tuple[int, int]) -> None:
    """Ask the mutants of modules that the results do not hold yet, or those that survived once more."""
    _preload()
    at, parts = part
    again, deep = options.again, options.deep
    for module in modules:
        known = _known(path)
        made = chosen(module, declared=options.declared, sample=options.sample)[at::parts]
        todo = [mutant for mutant in made if _is_asked(known.get(mutant.key), again=again, deep=deep)]
        tests = DEEP if deep else TESTS[module]
        first = sorted(
            {line["detail"] for line in known.values() if (line["module"], line["outcome"]) == (module, CASES)}
        )
        if todo and at == 0 and not deep:
            source = SOURCE.joinpath(*module.split(".")).with_suffix(".py").read_text("utf-8")
            unchanged = ask(Mutant(module, "none", 0, "", "", source), Question(tests))
            print(f"{module}: as it is {unchanged}", flush=True)
            assert unchanged[0] == SURVIVED
        for mutant in todo:
            start = time.monotonic()
            outcome, detail = ask(mutant, Question(tests, first, only_tests=deep))
            if outcome == CASES and detail not in first:
                first.append(detail or "")
            line = {"key": mutant.key, "outcome": outcome, "detail": detail, **mutant._asdict()}
            del line["source"]
            line["seconds"] = round(time.monotonic() - start, 1)
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        print(f"{module}: part {at} done, {len(made)} mutants", flush=True)


def _is_asked(before: Mapping[str, Any] | None, *, again: bool, deep: bool) -> bool:
    if before is None:
        return not deep
    return (again or deep) and before["outcome"] == SURVIVED


def report(path: Path, modules: Sequence[str], options: argparse.Namespace) -> None:
    """Print the table of the modules, and what survived."""
    known = _known(path)
    survivors = []
    print("| module | mutants | cases | tests | survived | score | not loaded |")
    for module in modules:
        lines = [
            known[m.key] for m in chosen(module, declared=options.declared, sample=options.sample) if m.key in known
        ]
        count = Counter(line["outcome"] for line in lines)
        ran = count[CASES] + count[OTHER] + count[SURVIVED]
        score = f"{100 * (count[CASES] + count[OTHER]) / ran:.1f} %" if ran else "-"
        cells = (module, ran, count[CASES], count[OTHER], count[SURVIVED], score, count[NOT_LOADED])
        print("|", " | ".join(map(str, cells)), "|")
        survivors += [line for line in lines if line["outcome"] == SURVIVED]
    for line in survivors:
        print(f"{line['module']}:{line['line']} {line['operator']}\n  - {line['was']}\n  + {line['becomes']}")


def main() -> None:
    """Read what is asked."""
    parser = argparse.ArgumentParser(description="Mutants of the rules.")
    parser.add_argument("results", type=Path)
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--report", action="store_true", help="only print what the results hold")
    parser.add_argument("--declared", action="store_true", help="the operators of this file, not those of cosmic-ray")
    parser.add_argument("--again", action="store_true", help="ask what survived once more")
    parser.add_argument("--deep", action="store_true", help="ask the slow tests of what survived")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sample", type=int, default=0, help="at most so many mutants of a module, by chance")
    arguments = parser.parse_intermixed_args()
    modules = arguments.modules or list(TESTS)
    if arguments.report:
        report(arguments.results, modules, arguments)
        return
    children = []
    for at in range(arguments.jobs):
        child = os.fork()
        if child == 0:
            run(arguments.results, modules, arguments, (at, arguments.jobs))
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
