"""Overview: what a judgement says, as pages for a reader."""

from typing import Final

from bpvo_rules.cli.output import Page, Style
from bpvo_rules.judge import Melding, Result, storingen
from bpvo_rules.periode.tijd import amsterdam
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.report.caveats import caveats
from bpvo_rules.report.counts import Judged, by_rule, judged, kinds
from bpvo_rules.report.wording import Say, judged_word, number_of, share
from bpvo_rules.rules import Kind, Outcome, Rule, Text, render_value

__all__ = ["add_caveats", "add_counts", "add_meldingen", "add_questions", "add_title", "total"]

_FEW: Final = 5
_FIRST: Final = 31
_COLUMN: Final = 9
_STORING_RULE: Final = "white_label_antwoordt"

_HEADER = (
    Text("voldoet|", "met|"),
    Text("voldoet|niet", "not|met"),
    Text("niet te|bepalen", "cannot|tell"),
    Text("niet van|toepass.", "not|applic."),
    Text("totaal-|score", "total|score"),
)


def add_title(page: Page, judgement: Result, say: Say) -> None:
    """Say what was judged, and by which dates."""
    day, known = (render_value(day, say.lang) for day in (judgement.peildatum, judgement.kennisdatum))
    about = f"{day}, kennisdatum {known}, perspectief {judgement.perspectief}"
    page.heading(say(f"Oordeel op {about}", f"Judgement on {about}"))
    counted = ", ".join(f"{number} {subject.name}" for subject, number in judgement.sizes.items())
    page.fold(f"{say('Beoordeeld', 'Judged')}: {counted}.")
    for one in judgement.settings.rule_sets:
        package = " ".join(part for part in (one.distribution, one.version) if part)
        page.fold(f"{say('Ook de regels van', 'Also the rules of')}: {one.name}{f' ({package})' if package else ''}.")


def add_questions(page: Page, judgement: Result, say: Say, *, score: bool = False) -> None:
    """Add the number of subjects per outcome per question."""
    header = [say.text(text).split("|") for text in _HEADER[: 5 if score else 4]]
    page.heading(say("Vragen", "Questions"))
    for place in (0, 1):
        page.line(" " * _FIRST + "".join(f"{words[place]:>{_COLUMN}}" for words in header), Style.FAINT)
    marked = False
    for question in QUESTIONS:
        if question.number is None:
            continue
        title = f"{question.number} {question.code}"
        state = judged(judgement, question)
        if state in {Judged.NOT_LOOKED_UP, Judged.NOT}:
            page.line(f"{title:<{_FIRST}}  {judged_word(state, say)}", Style.FAINT)
            continue
        marked = marked or state is Judged.PARTLY
        counts = judgement.question_counts[question.code]
        met, decided = counts[Outcome.MET], counts[Outcome.MET] + counts[Outcome.NOT_MET]
        cells = [str(counts[outcome]) for outcome in Outcome] + ([share(met, decided, say)] if score else [])
        title += " *" if state is Judged.PARTLY else ""
        page.line(f"{title:<{_FIRST}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells))
    if marked:
        page.fold(
            say("* Niet alle regels van deze vraag zijn uitgevoerd.", "* Not all rules of this question have run."),
            hang=2,
        )


def total(judgement: Result, say: Say) -> str:
    """Count the meldingen in words, per kind."""
    meldingen = judgement.meldingen()
    per_kind = ", ".join(f"{number} {kind}" for kind, number in kinds(meldingen).items())
    explained = sum(melding.toelichting is not None for melding in meldingen)
    counted = f"{number_of(len(meldingen), 'melding', 'meldingen')}: {per_kind}"
    return counted + (say(f"; {explained} met toelichting", f"; {explained} with a toelichting") if explained else "")


def add_counts(page: Page, judgement: Result, say: Say) -> None:
    """Add the number of meldingen per rule, without the records."""
    page.heading(f"Meldingen ({total(judgement, say)})")
    rules = {rule.code: rule for rule in judgement.rules}
    for code, found in by_rule(judgement.meldingen()).items():
        page.line(f"{len(found):>7}  {code:<36}{rules[code].kind:<9}{rules[code].party}")


def add_meldingen(page: Page, judgement: Result, say: Say, *, limit: int) -> None:
    """Add the meldingen per question and rule; at most ``limit`` per rule, all of them when 0."""
    page.heading(f"Meldingen ({total(judgement, say)})")
    per_rule = by_rule(judgement.meldingen())
    if not per_rule:
        page.fold(say("Geen.", "None."))
    asked = None
    for rule in judgement.rules:
        found = per_rule.get(rule.code)
        if found is None:
            continue
        question = judgement.settings.question_of[rule.code]
        if question is not asked:
            asked = question
            number = "" if question.number is None else f"{question.number}. "
            page.heading(f"{number}{say.text(question.title)}")
        _add_rule(page, judgement, rule, found, say, limit=limit)


def _add_rule(page: Page, judgement: Result, rule: Rule, found: list[Melding], say: Say, *, limit: int) -> None:
    open_ = [melding for melding in found if melding.toelichting is None]
    explained = [melding for melding in found if melding.toelichting is not None]
    page.blank()
    apart = say(f", waarvan {len(explained)} met toelichting", f", {len(explained)} of them with a toelichting")
    page.fold(
        f"{rule.code}: {number_of(len(found), 'melding', 'meldingen')}{apart if explained else ''}, {rule.kind},"
        f" {say('te herstellen door', 'to be repaired by')} {rule.party}",
        indent=2,
        hang=2,
        style=Style.WRONG if rule.kind is Kind.FOUT else Style.STRONG,
    )
    page.fold(say.text(rule.repair), indent=4, style=Style.FAINT)
    if rule.code == _STORING_RULE:
        _add_storingen(page, judgement, say, limit)
    else:
        _add_subjects(page, open_, say, limit)
    if explained:
        page.fold(say("Met toelichting:", "With a toelichting:"), indent=4)
        _add_subjects(page, explained, say, limit)


def _add_subjects(page: Page, meldingen: list[Melding], say: Say, limit: int) -> None:
    shown = meldingen[:limit] if limit else meldingen
    for melding in shown:
        page.line(f"    {melding.subject}  [{melding.id}]")
        page.fold(say.text(melding.text), indent=6)
        if melding.toelichting is not None:
            until = render_value(melding.toelichting.tot_en_met, say.lang)
            reason = melding.toelichting.reason
            page.fold(
                say(f"Toelichting tot en met {until}: {reason}", f"Toelichting until {until}: {reason}"), indent=6
            )
    _add_cut(page, len(meldingen), len(shown), say)


def _add_cut(page: Page, total: int, shown: int, say: Say) -> None:
    if shown < total:
        rest = total - shown
        page.fold(
            say(
                f"... en nog {rest} van de {total}; met --limit 0 staan ze er allemaal.",
                f"... and {rest} more of the {total}; with --limit 0 all are listed.",
            ),
            indent=4,
        )


def _add_storingen(page: Page, judgement: Result, say: Say, limit: int) -> None:
    found = storingen(judgement)
    number = number_of(len(found), "storing", "storingen")
    page.fold(
        say(
            f"Samen {number}: metingen zonder antwoord, met geen geslaagde ertussen.",
            f"Together {number}: measurements without an answer and none with one in between.",
        ),
        indent=4,
    )
    shown = found[:limit] if limit else found
    for storing in shown:
        who = storing.brin or say("landelijk", "national")
        measured = number_of(storing.metingen, say("meting", "measurement"), say("metingen", "measurements"))
        first, last = amsterdam(storing.van), amsterdam(storing.tot_en_met)
        page.line(f"    {storing.functie} ({who}): {first:%Y-%m-%d %H:%M} - {last:%Y-%m-%d %H:%M}, {measured}")
    _add_cut(page, len(found), len(shown), say)


# ---- what the reader should know before trusting the rest


def add_caveats(page: Page, judgement: Result, say: Say) -> None:
    """Add what was not judged or not read, and why."""
    for caveat in caveats(judgement, say):
        style = Style.WRONG if caveat.grave else Style.PLAIN
        if not caveat.items:
            page.blank()
            page.fold(caveat.text, hang=2, style=style)
            continue
        page.heading(caveat.text)
        for item in caveat.items:
            page.fold(item, indent=2, hang=2)
        if caveat.warning is not None:
            page.fold(caveat.warning, indent=2, style=Style.WRONG)
    _add_invoerfouten(page, judgement, say)


def _add_invoerfouten(page: Page, judgement: Result, say: Say) -> None:
    """Name the first rows that could not be read: who has the source can look there."""
    faults = judgement.invoerfouten
    if faults:
        page.heading(say("Waar, om te beginnen", "Where, to begin with"))
    for fault in faults[:_FEW]:
        page.fold(str(fault), indent=2, hang=2)
    if len(faults) > _FEW:
        page.fold(say("... (alle met --format json)", "... (all with --format json)"), indent=2)
