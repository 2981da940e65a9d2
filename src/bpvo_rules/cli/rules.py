"""``rules``: the catalogue, to read or for programs."""

from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from bpvo_rules.cli.judging import known, questions_of
from bpvo_rules.cli.output import Page, Style, check_targets, page_width, show_page, write_result
from bpvo_rules.cli.usage import NOTHING_FOUND, UsageError
from bpvo_rules.judge import catalogue
from bpvo_rules.report.formats import written_json
from bpvo_rules.report.wording import Say, executability_word, in_force
from bpvo_rules.rules import Norm, Question, Rule, Source, render_value
from bpvo_rules.rules.formal import formula
from bpvo_rules.version import RULE_SET_VERSION

__all__ = ["run"]


def run(options: Namespace, say: Say) -> int:
    """Show all rules in short, or one in full; gives the exit status."""
    check_targets(say, (options.output,), ())
    questions = questions_of(options, say)
    rules = [rule for question in questions for rule in question.rules]
    if options.code is not None:
        known(say, ("regel", "rule"), [options.code], [rule.code for rule in rules])
    if options.format == "json":
        write_result(written_json(_json(questions, options.code)), options.output)
        return NOTHING_FOUND
    if options.format == "sql":
        write_result(_sql(rules, options, say), options.output)
        return NOTHING_FOUND
    page = Page(page_width(options.output))
    if options.code is None:
        _add_all(page, questions, say)
    else:
        for question in questions:
            for rule in question.rules:
                if rule.code == options.code:
                    _add_rule(page, question, rule, say)
    show_page(page, options.output)
    return NOTHING_FOUND


def _sql(rules: Sequence[Rule], options: Namespace, say: Say) -> list[str]:
    try:
        # An extra, and only imported when it is asked for.
        sql = import_module("bpvo_rules.frames.sql")
    except ImportError:
        raise UsageError(
            say(
                "--format sql vraagt de extra 'sql': installeer bpvo-rules[sql].",
                "--format sql needs the extra 'sql': install bpvo-rules[sql].",
            )
        ) from None
    chosen = [rule for rule in rules if options.code in {None, rule.code}]
    return ["\n".join(sql.rule_sql(rule, options.dialect) for rule in chosen)]


def _json(questions: Sequence[Question], code: str | None) -> Any:
    whole = catalogue(questions)
    if code is None:
        return whole
    return next(rule for question in whole["questions"] for rule in question["rules"] if rule["code"] == code)


def _add_all(page: Page, questions: Sequence[Question], say: Say) -> None:
    page.line(f"{say('Regels', 'Rules')}, {say('versie', 'version')} {RULE_SET_VERSION}", Style.STRONG)
    for question in questions:
        number = "" if question.number is None else f"{question.number}. "
        page.heading(f"{number}{say.text(question.title)} ({question.code})")
        for rule in question.rules:
            page.line(f"  {rule.code} ({rule.kind}, {rule.party})")
            page.fold(say.text(rule.sentence), indent=4)
            still_open = [norm.id for norm in rule.norms if norm.is_open]
            if still_open:
                page.fold(
                    say("loopt alleen met een waarde voor", "only runs with a value for") + f" {', '.join(still_open)}",
                    indent=4,
                    style=Style.FAINT,
                )
    page.blank()
    page.fold(say("Een regel voluit: bpvo-rules rules CODE", "A rule in full: bpvo-rules rules CODE"))


def _add_rule(page: Page, question: Question, rule: Rule, say: Say) -> None:
    def labelled(label: str, text: str, indent: int = 0) -> None:
        page.fold(f"{label}: {text}", indent=indent, hang=2)

    page.line(f"{rule.code} ({say('versie', 'version')} {rule.version})", Style.STRONG)
    page.fold(say.text(rule.sentence))
    page.blank()
    labelled(say("Vraag", "Question"), f"{say.text(question.title)} ({question.code})")
    labelled(say("Gaat over", "About"), rule.subject.name)
    labelled(say("Soort", "Kind"), f"{rule.kind}; {say('te herstellen door', 'to be repaired by')} {rule.party}")
    labelled(say("Geldt als", "Holds when"), formula(rule.full_scope, say.lang))
    labelled(say("Eist", "Requires"), formula(rule.requirement, say.lang))
    page.fold(f"{say('Feiten', 'Facts')}:")
    for fact in rule.shows:
        labelled(fact.name, say.text(fact.text), indent=2)
    for norm in rule.norms:
        _add_norm(page, norm, say)
    labelled("Melding", say.text(rule.melding))
    labelled(say("Herstel", "Repair"), say.text(rule.repair))
    for source in rule.sources:
        labelled(say("Bron", "Source"), _source(source, say))
    labelled(say("Kwaliteitsdimensie", "Quality dimension"), str(rule.dimension))
    labelled(say("Uitvoerbaarheid", "Executability"), executability_word(rule.executability, say))
    for assumption in rule.assumptions:
        labelled(say("Aanname", "Assumption"), say.text(assumption))


def _add_norm(page: Page, norm: Norm, say: Say) -> None:
    page.fold(f"Norm {norm.id} ({norm.unit}): {say.text(norm.text)} {say.text(norm.edge)}", hang=2)
    for value in norm.values:
        since = "" if value.van is None else f" {say('vanaf', 'from')} {render_value(value.van, say.lang)}"
        page.fold(f"{value.value}{since}: {_source(value.source, say)}", indent=2, hang=2)
    if norm.is_open:
        page.fold(
            say(
                f"open: geen bron geeft een waarde; geef er zelf een met --norm {norm.id}=...",
                f"open: no source gives a value; give one yourself with --norm {norm.id}=...",
            ),
            indent=2,
            hang=2,
        )
    if norm.assumption is not None:
        page.fold(f"{say('Aanname', 'Assumption')}: {say.text(norm.assumption)}", indent=2, hang=2)
    checked = render_value(norm.verified_on, say.lang)
    page.fold(say(f"Bron nagekeken op {checked}.", f"Source last checked on {checked}."), indent=2, hang=2)


def _source(source: Source, say: Say) -> str:
    days = in_force(source, say)
    return f"{source.title}{f' ({days})' if days else ''} {source.url}".strip()
