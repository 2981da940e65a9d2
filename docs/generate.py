"""
The pages that are made of the declarations: `make pages` writes them, and a test says when one is stale.

A page per rule and per public package, the facts, the list of rules of each question page, and the list of JSON
Schemas. What is written by hand stands in the other pages.
"""

import ast
import inspect
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from bpvo_rules import questions
from bpvo_rules.model import TABLES
from bpvo_rules.questions import QUESTIONS, SUBJECTS
from bpvo_rules.questions.subjects import ANDERE_BPVOS
from bpvo_rules.report.formats import schema_files
from bpvo_rules.report.wording import Say, executability_word, in_force
from bpvo_rules.rules import Fact, Norm, Question, Rule, Source, SubjectType, Term, ValueType
from bpvo_rules.rules.fact import input_name
from bpvo_rules.rules.formal import formula
from bpvo_rules.rules.source import with_needs
from bpvo_rules.testing.kit import Case, cases

DOCS: Final = Path(__file__).parent
PACKAGES: Final = {
    "bpvo_rules": "what most callers need",
    "bpvo_rules.judge": "subjects times rules: verdicts, meldingen, explanations, the receipt",
    "bpvo_rules.keten": "the tables together, and how they looked on a day",
    "bpvo_rules.model": "the records, and the columns of their tables",
    "bpvo_rules.codes": "codes that are checked for shape",
    "bpvo_rules.periode": "days, periods, coverage, werkdagen, terms",
    "bpvo_rules.rules": "terms, facts, norms, rules, sources",
    "bpvo_rules.questions": "the questions with their facts and rules, and the norms",
    "bpvo_rules.reference": "reference data that ship, dated and sourced",
    "bpvo_rules.stagefonds": "the lists of Stagefonds",
    "bpvo_rules.foto": "counts without records: the only way to something publishable",
    "bpvo_rules.io": "Ketendata folders and registratieoverzichten of DUO",
    "bpvo_rules.io.foto": "the folder of a foto, and the archive of its maker",
    "bpvo_rules.frames": "the same judgement on data frames",
    "bpvo_rules.plugins": "rule sets of other packages",
    "bpvo_rules.simulate": "a believable chain with planted defects",
    "bpvo_rules.report.formats": "a judgement as a file for other programs",
    "bpvo_rules.report.html": "pages to look at",
    "bpvo_rules.report.statistics": "how sure a score is",
    "bpvo_rules.testing.strategies": "strategies for every public type",
    "bpvo_rules.testing.subjects": "a subject for every rule and outcome",
    "bpvo_rules.testing.laws": "laws that every right implementation keeps",
    "bpvo_rules.testing.machine": "a state machine of the chain",
    "bpvo_rules.testing.kit": "the conformance cases",
    "bpvo_rules.testing.conformance": "asking the cases of an engine or a program",
    "bpvo_rules.errors": "every error that is raised on purpose",
}
"""The public packages, from the outside in, and what is in each."""
SHOWN: Final = 6
"""Conformance cases that a page names; the kit has them all."""
NL, EN = Say("nl"), Say("en")
MADE: Final = "<!-- Made of the declarations by `make pages`: change those, not this. -->\n\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Give every page that is made, with its text."""
    for question in QUESTIONS:
        for rule in question.rules:
            yield DOCS / "reference" / "rules" / f"{rule.code}.md", rule_page(question, rule)
    yield DOCS / "reference" / "rules" / "index.md", rules_index()
    yield DOCS / "reference" / "facts.md", facts_page()
    for name in PACKAGES:
        yield DOCS / "reference" / "api" / f"{name}.md", package_page(name)
    yield DOCS / "reference" / "api" / "index.md", packages_index()
    yield DOCS / "reference" / "schemas.md", schemas_page()
    for question in QUESTIONS:
        if question.number is not None:
            path = DOCS / "vragen" / f"vraag-{question.number}.md"
            yield path, question_page(path.read_text("utf-8"), question)


# ---- rules


def rule_page(question: Question, rule: Rule) -> str:
    """Give the page of a rule."""
    lines = [
        f"{MADE}# {rule.code}\n",
        f"{rule.sentence.nl}\n\n*{rule.sentence.en}*\n",
        "| | |\n|---|---|",
        f"| Question | {_question_link(question)} |",
        f"| About | `{rule.subject.name}` |",
        f"| Kind | {rule.kind} |",
        f"| Repaired by | {rule.party} |",
        f"| Quality dimension | {rule.dimension} |",
        f"| Executability | {executability_word(rule.executability, EN)} |",
        f"| Version | {rule.version} |",
        f"| Conformance cases | {len(_cases().get(rule.code, ()))} |",
        f"| Mutants | {_mutation(question)} |\n",
        "## What it says when not met\n",
        f"> {_braces(rule.melding.nl)}\n>\n> *{_braces(rule.melding.en)}*\n",
        f"Repair: {rule.repair.nl} *{rule.repair.en}*\n",
        "## The conditions\n",
        "[How to read these](../reading.md#conditions): what is missing makes a condition unknown.\n",
        f"Holds when:\n\n    {formula(rule.full_scope, 'en')}\n",
        f"Requires:\n\n    {formula(rule.requirement, 'en')}\n",
        "## Facts\n",
        *_facts(rule.shows),
        "",
        *_made_of(rule),
        "## Norms\n",
        *(_norm(norm) for norm in rule.norms),
        *(() if rule.norms else ("It goes by no norm.\n",)),
        "## Sources\n",
        *(f"- {_source(source)}" for source in rule.sources),
        "",
        "## Assumptions\n",
        *(f"- {text.nl} *{text.en}*" for text in rule.assumptions),
        *(() if rule.assumptions else ("None: the sources say it all.",)),
        "",
        *_cases_part(rule),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _facts(facts: Sequence[Fact]) -> list[str]:
    """Give a table of facts, each with what it is made of."""
    return [
        "| Fact | Type | Means | Made of | May be missing |\n|---|---|---|---|---|",
        *(
            f"| `{fact.name}` | {fact.type}{f', {fact.unit}' if fact.unit else ''} | {_cell(fact.text.en)} |"
            f" {_parts(fact)} | {_names(fact.maybe)} |"
            for fact in facts
        ),
    ]


def _parts(fact: Fact) -> str:
    if fact.attribute is not None:
        return f"the cell `{fact.subject.table}.{fact.attribute}`"
    if fact.norm is not None:
        start = input_name(fact.needs[0])
        if fact.ask == "limit":
            return f"`{start}` plus norm [{fact.norm.id}](#{fact.norm.id})"
        return f"norm [{fact.norm.id}](#{fact.norm.id}) on `{start}`"
    tables = sorted({table for table, _ in (*fact.tables, *fact.uses)})
    read = f"{', ' if fact.needs or fact.looked_up else ''}table {', '.join(tables)}" if tables else ""
    return f"{_names((*fact.needs, *fact.looked_up))}{read}"


def _names(terms: Sequence[Term]) -> str:
    # The subject itself stands for its key and its deliveries.
    return ", ".join(f"`{'deliveries' if input_name(term) == 'self' else input_name(term)}`" for term in terms)


def _made_of(rule: Rule) -> Iterator[str]:
    """Give the facts behind those that the rule shows."""
    behind = with_needs(rule.shows) - set(rule.shows)
    if behind:
        yield "### What these are made of\n"
        yield from _facts([fact for fact in rule.subject.facts if fact in behind])
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _braces(text: str) -> str:
    """Show the places of facts in a text as code."""
    return re.sub(r"\{(\w+)\}", r"`\1`", text)


def _question_link(question: Question) -> str:
    title = f"{question.title.nl}"
    if question.number is None:
        return title
    return f"[{question.number}. {title}](../../vragen/vraag-{question.number}.md)"


def _source(source: Source) -> str:
    days = in_force(source, EN)
    name = f"[{source.title}]({source.url})" if source.url else source.title
    return f"{name}{f' ({days})' if days else ''}"


def _norm(norm: Norm) -> str:
    lines = [f"### {norm.id}\n", f"{norm.text.en} {norm.edge.en}\n"]
    for value in norm.values:
        since = "" if value.van is None else f" from {value.van}"
        lines.append(f"- {value.value} {norm.unit}{since}: {_source(value.source)}")
    if norm.is_open:
        lines.append("- open: no source gives a value, so the rule runs only with one of the caller")
    if norm.assumption is not None:
        lines.append(f"\nAssumption: {norm.assumption.en}")
    return "\n".join([*lines, f"\nSource last checked on {norm.verified_on}.\n"])


@cache
def _cases() -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in cases():
        found[case.code].append(case)
    return found


def _cases_part(rule: Rule) -> Iterator[str]:
    found = _cases().get(rule.code, [])
    yield "## Conformance cases\n"
    if not found:
        yield "There are none about this rule by itself."
        return
    # Spread over the cases, so that they are not six of one kind.
    step = max(1, len(found) // SHOWN)
    for case in found[::step][:SHOWN]:
        yield f"- `{case.id}`: {_braces(case.why)} Expected: {_expected(case)}."
    if len(found) > SHOWN:
        yield f"\nAnd {len(found) - SHOWN} more: `bpvo-rules verify --rule {rule.code} --export kit`."


def _expected(case: Case) -> str:
    return ", ".join(dict.fromkeys(f"`{line[-1]}`" for line in case.expected)) or "no verdict"


@cache
def _scores() -> dict[str, list[str]]:
    """Give per module what became of its mutants, as the page about them says."""
    text = (DOCS / "explanation" / "mutation.md").read_text("utf-8")
    found = re.findall(r"^\| `(\S+)` \|(.*)\|$", text, re.MULTILINE)
    return {module: [cell.strip() for cell in cells.split("|")] for module, cells in found if cells.count("|") == 6}


def _mutation(question: Question) -> str:
    module = f"questions.{question.code}"
    _, _, ran, by_case, by_test, survived, score = _scores()[module]
    return (
        f"of {ran} of `{module}`, the file of its question, {by_case} fail a conformance case,"
        f" {by_test} more fail another test and {survived} survive ([{score}](../../explanation/mutation.md))"
    )


def rules_index() -> str:
    """Give the page that lists all rules."""
    lines = [f"{MADE}# Rules\n"]
    for question in QUESTIONS:
        lines += [f"## {_question_link(question)}\n", *_table(question, ""), ""]
    names = "\n".join(rule.code for question in QUESTIONS for rule in question.rules)
    lines.append(f"```{{toctree}}\n:hidden:\n\n{names}\n```")
    return "\n".join(lines) + "\n"


def _table(question: Question, folder: str) -> list[str]:
    return [
        "| Rule | Asks | Kind | Repaired by |\n|---|---|---|---|",
        *(
            f"| [{rule.code}]({folder}{rule.code}.md) | {_cell(rule.sentence.nl)} | {rule.kind} | {rule.party} |"
            for rule in question.rules
        ),
    ]


def question_page(text: str, question: Question) -> str:
    """Give the page of a question: the words that stand there, and its rules after them."""
    words = text.partition(_BEGIN)[0].rstrip()
    table = [
        "| Regel | Vraagt | Soort | Herstel door |\n|---|---|---|---|",
        *(
            f"| [{rule.code}](../reference/rules/{rule.code}.md) | {_cell(rule.sentence.nl)} | {rule.kind} |"
            f" {rule.party} |"
            for rule in question.rules
        ),
    ]
    return "\n".join([words, "", _BEGIN, "", "## De regels", "", *table]) + "\n"


_BEGIN: Final = "<!-- From here on made of the declarations by `make pages`. -->"


# ---- facts

_FACTS: Final = """\
Every fact that ships, for who [writes rules of their own](../howto/rules.md): below each subject per module, under the
name by which it is imported. These names are public. [How to read a rule](reading.md) says what a missing fact does to
a condition.

What a fact reads is given with what the facts behind it read; a table by itself is asked for a record. Facts of type
`internal` hold a value for other facts only: no rule can read or show them.
"""


def facts_page() -> str:
    """Give the page that lists every fact with the name by which it is imported."""
    places = imports()
    lines = [f"{MADE}# Facts\n", _FACTS]
    for subject in SUBJECTS:
        lines += [f"## {subject.name}\n", f"`from bpvo_rules.questions import {_subject_name(subject)}`\n"]
        modules = dict.fromkeys(places[fact][0] for fact in subject.facts)
        for module in modules:
            here = [fact for fact in subject.facts if places[fact][0] == module]
            shown = next(fact for fact in here if fact.type is not ValueType.INTERNAL)
            lines += [
                f"### {subject.name}: `{module}`\n",
                f"`from {module} import {places[shown][1]}`\n",
                "| Import | Fact | Type | Means | Reads |\n|---|---|---|---|---|",
                *(_fact_row(fact, places[fact][1]) for fact in here),
                "",
            ]
    return "\n".join(lines).rstrip() + "\n"


def _fact_row(fact: Fact, name: str) -> str:
    unit = f", {fact.unit}" if fact.unit else ""
    means = f"{fact.text.en} *{fact.text.nl}*"
    return f"| `{name}` | `{fact.name}` | {fact.type}{unit} | {_cell(means)} | {_reads(fact)} |"


def _reads(fact: Fact) -> str:
    order = [*TABLES, ANDERE_BPVOS[0]]
    columns = sorted(fact.all_columns(), key=lambda column: (order.index(column[0]), column[1] or ""))
    named = [f"`{table}`" if column is None else f"`{table}.{column}`" for table, column in columns]
    norms = [f"norm `{norm.id}`" for norm, _ in fact.all_norms()]
    itself = ["the record itself"] if any(input_name(term) == "self" for term in fact.inputs) else []
    return ", ".join([*named, *itself, *norms])


def _subject_name(subject: SubjectType) -> str:
    (name,) = [name for name in questions.__all__ if getattr(questions, name) is subject]
    return name


@cache
def imports() -> dict[Fact, tuple[str, str]]:
    """Give per fact the module that declares it, and its name there."""
    found: dict[Fact, tuple[str, str]] = {}
    for info in pkgutil.iter_modules(questions.__path__):
        module = import_module(f"{questions.__name__}.{info.name}")
        for name in _declared(ast.parse(inspect.getsource(module))):
            value = getattr(module, name, None)
            if isinstance(value, Term) and value.op == "fact" and not name.startswith("_"):
                found[value.fact] = (module.__name__, name)
    return found


def _declared(tree: ast.Module) -> Iterator[str]:
    """Give the names that a module declares itself; what it imports is declared elsewhere."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))


# ---- packages and schemas


def package_page(name: str) -> str:
    """Give the page of a public package; Sphinx fills in what the docstrings say."""
    body = f"```{{eval-rst}}\n.. automodule:: {name}\n```\n"
    if name == "bpvo_rules":
        # Each name is described where it comes from: twice would be two truths.
        module = import_module(name)
        rows = [f"| `{one}` | `{getattr(module, one).__module__}` |" for one in module.__all__]
        body = "\n".join(["| Name | From |\n|---|---|", *rows]) + "\n"
    return f"{MADE}# {name}\n\n{PACKAGES[name][0].upper()}{PACKAGES[name][1:]}.\n\n{body}"


def packages_index() -> str:
    """Give the page that lists the public packages."""
    rows = [f"| [{name}]({name}.md) | {what} |" for name, what in PACKAGES.items()]
    toc = "```{toctree}\n:hidden:\n\n" + "\n".join(PACKAGES) + "\n```"
    return "\n".join([f"{MADE}# API\n", "| Package | What is there |\n|---|---|", *rows, "", toc]) + "\n"


_SCHEMAS: Final = """\
Every JSON that this library writes or reads for others has a JSON Schema (draft 2020-12), which ships inside the
package. Its `$id` ends in the version of the format.
"""
_OTHERS: Final = """\
The folder of a foto describes itself: its `datapackage.json` is a Data Package with the schema of each table
([what stands in it](foto-bestand.md)). `bpvo-rules verify --export kit` writes the schemas of the conformance kit
beside the cases."""


def schemas_page() -> str:
    """Give the page that lists the JSON Schemas."""
    lines = [
        f"{MADE}# JSON Schemas\n",
        _SCHEMAS,
        "| Schema | In the package | Of |\n|---|---|---|",
        *(_schema(file, "report/formats/schemas") for file in schema_files()),
        *(_schema(file, "testing/schemas") for file in _testing_schemas()),
        "",
        _OTHERS,
    ]
    return "\n".join(lines) + "\n"


def _testing_schemas() -> Sequence[Traversable]:
    folder = Path(import_module("bpvo_rules.testing").__file__ or "").parent / "schemas"
    return sorted(folder.iterdir(), key=lambda file: file.name)


_OF: Final = {
    "check": "`check --format json`",
    "signalen": "`check --format signaal`",
    "request": "a question to a program, on one line",
    "answer": "the answer of a program",
    "case": "a conformance case",
    "catalogue": "`rules --format json`",
}
"""What each schema is of; a new one is named here."""


def _schema(file: Traversable, folder: str) -> str:
    return f"| `{file.name}` | `bpvo_rules/{folder}` | {_OF[file.name.removesuffix('.schema.json')]} |"


def main() -> int:
    """Write every page that is not what it would be made now."""
    written = 0
    wanted = dict(pages())
    for path, text in wanted.items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written += 1
    for folder in ("rules", "api"):
        for path in (DOCS / "reference" / folder).glob("*.md"):
            if path not in wanted:
                path.unlink()
                written += 1
    print(f"{len(wanted)} pages, {written} written.")  # noqa: T201 - it is a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
