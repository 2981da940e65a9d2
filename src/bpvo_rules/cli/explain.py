"""``explain``: why every rule says what it says about one subject."""

from argparse import Namespace
from typing import Any

from bpvo_rules.cli.check import status_of
from bpvo_rules.cli.judging import judge_records, ro_key
from bpvo_rules.cli.output import Page, Style, check_targets, page_width, show_page
from bpvo_rules.cli.usage import UsageError
from bpvo_rules.errors import UnknownSubjectError
from bpvo_rules.judge import Evidence, Explanation, Judgement
from bpvo_rules.report.wording import Say, outcome_word
from bpvo_rules.rules import Outcome, render_value
from bpvo_rules.rules.formal import formula
from bpvo_rules.rules.term import facts_read

__all__ = ["run"]

_STYLES = {Outcome.NOT_MET: Style.WRONG, Outcome.OUT_OF_SCOPE: Style.FAINT}


def run(options: Namespace, say: Say) -> int:
    """Explain one subject; gives the exit status."""
    check_targets(say, (options.output,), (options.source, options.register, options.profile, options.ro_key_file))
    judgement = judge_records(options, say)
    try:
        explanations = judgement.explain(options.subject)
    except UnknownSubjectError:
        raise UsageError(_unknown(options, say)) from None
    page = Page(page_width(options.output))
    _add_subject(page, judgement, options.subject, explanations, say)
    asked = None
    for explanation in explanations:
        if explanation.question is not asked:
            asked = explanation.question
            page.heading(say.text(asked.title))
        _add_rule(page, judgement, explanation, say)
    _add_not_run(page, judgement, say)
    show_page(page, options.output)
    return status_of(judgement, [e.melding for e in explanations if e.melding is not None])


def _unknown(options: Namespace, say: Say) -> str:
    random = options.source.is_file() and ro_key(options, say) is None
    hint = say(
        "; zonder --ro-key-file heeft een RO-bestand elke keer andere pseudoniemen",
        "; without --ro-key-file an RO file has other pseudonyms every time",
    )
    return (
        say(
            "op de kennisdatum bestaat er geen onderwerp met deze sleutel",
            "no subject with this key exists on the kennisdatum",
        )
        + (hint if random else "")
        + "."
    )


def _add_subject(
    page: Page, judgement: Judgement, subject: str, explanations: tuple[Explanation, ...], say: Say
) -> None:
    name = "".join(f"{explanation.verdict.subject_type} " for explanation in explanations[:1])
    page.line(f"{name}{subject}", Style.STRONG)
    page.fold(
        f"peildatum {render_value(judgement.peildatum, say.lang)}, kennisdatum"
        f" {render_value(judgement.kennisdatum, say.lang)}, perspectief {judgement.perspectief}"
    )
    prefix = f"{subject}#"
    others = sorted(
        key
        for part in judgement.parts.values()
        if part.subject.name == "Uitwisseling"
        for key in judgement.outcomes(part.program.rules[0].code)
        if key.startswith(prefix)
    )
    if others:
        page.fold(f"{say('Leveringen', 'Deliveries')}: {', '.join(others)}", hang=2)


def _add_rule(page: Page, judgement: Judgement, explanation: Explanation, say: Say) -> None:
    rule, verdict, melding = explanation.rule, explanation.verdict, explanation.melding
    page.blank()
    page.fold(
        f"{rule.code} ({rule.kind}): {outcome_word(verdict.outcome, say)}",
        indent=2,
        hang=2,
        style=_STYLES.get(verdict.outcome, Style.STRONG),
    )
    page.fold(say.text(rule.sentence), indent=4)

    def labelled(label: str, text: str) -> None:
        page.fold(f"{label}: {text}", indent=4, hang=2)

    if melding is not None:
        labelled("Melding", f"{say.text(melding.text)} [{melding.id}]")
        labelled(say("Herstel", "Repair"), f"{say.text(melding.repair)} ({melding.party})")
        if melding.toelichting is not None:
            labelled("Toelichting", melding.toelichting.reason)
    if verdict.missing:
        labelled(say("Ontbreekt", "Missing"), ", ".join(missing.in_lang(say.lang) for missing in verdict.missing))
    labelled(say("Geldt als", "Holds when"), formula(rule.full_scope, say.lang))
    shown = explanation.evidence
    if verdict.outcome is Outcome.OUT_OF_SCOPE:
        # What the rule would have asked explains nothing here, and most rules are out of scope.
        names = {fact.name for fact in facts_read(rule.full_scope)}
        shown = tuple(evidence for evidence in shown if evidence.name in names)
    else:
        labelled(say("Eist", "Requires"), formula(rule.requirement, say.lang))
    norms = judgement.settings.norms
    facts = [evidence for evidence in shown if evidence.name not in norms]
    if facts:
        page.fold(f"{say('Feiten', 'Facts')}:", indent=4)
        for fact in facts:
            page.fold(_shown(fact, fact.value, say), indent=6, hang=2)
    for norm in (evidence for evidence in shown if evidence.name in norms):
        value = None if norm.value is None else f"{norm.value} {norms[norm.name].unit}"
        labelled(say("Norm", "Norm"), _shown(norm, value, say))
    source = rule.sources[-1] if melding is None else melding.source
    labelled(say("Bron", "Source"), f"{source.title} {source.url}".strip())


def _shown(evidence: Evidence, value: Any, say: Say) -> str:
    return f"{evidence.name} = {render_value(value, say.lang)} ({say.text(evidence.text).rstrip('.')})"


def _add_not_run(page: Page, judgement: Judgement, say: Say) -> None:
    not_run = [n for n in judgement.settings.not_run if n.reason.en != "not chosen"]
    if not_run:
        page.heading(say("Niet uitgevoerd", "Not run"))
        for skipped in not_run:
            page.fold(f"{skipped.rule}: {say.text(skipped.reason)}", indent=2, hang=2)
    for failure in judgement.failures:
        page.blank()
        page.fold(
            say(f"Regel {failure.rule} is gestopt met een fout", f"Rule {failure.rule} stopped with an error")
            + f" ({failure.error}).",
            style=Style.WRONG,
        )
