"""Overview: what a judgement says, as pages for a reader."""

from collections.abc import Iterable
from typing import Final

from bpvo_rules.cli.output import Page, Style
from bpvo_rules.judge import Melding, Result, storingen
from bpvo_rules.judge.problems import profile_problems
from bpvo_rules.keten.invoerfout import count_per_table
from bpvo_rules.periode.tijd import amsterdam
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.report.counts import kinds, rules_missing
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Kind, Outcome, Question, Rule, Text, render_value

__all__ = ["add_caveats", "add_counts", "add_meldingen", "add_questions", "add_title", "share", "total"]

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


def share(met: int, decided: int, say: Say) -> str:
    """
    Give a share as a percentage, rounded down so that 100 means all; a dash for a share of nothing.

    Rounding up would show a perfect score beside meldingen.
    """
    if not decided:
        return "-"
    whole, tenth = divmod(1000 * met // decided, 10)
    return f"{whole}{say(',', '.')}{tenth}%"


def add_title(page: Page, judgement: Result, say: Say) -> None:
    """Say what was judged, and by which dates."""
    day, known = (render_value(day, say.lang) for day in (judgement.peildatum, judgement.kennisdatum))
    about = f"{day}, kennisdatum {known}, perspectief {judgement.perspectief}"
    page.heading(say(f"Oordeel op {about}", f"Judgement on {about}"))
    counted = ", ".join(f"{number} {subject.name}" for subject, number in judgement.sizes.items())
    page.fold(f"{say('Beoordeeld', 'Judged')}: {counted}.")


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
        if question.subject.table in judgement.tabellen_niet_opgezocht:
            page.line(f"{title:<{_FIRST}}  {say('niet opgezocht', 'not looked up')}", Style.FAINT)
            continue
        counting = [rule for rule in question.rules if _counts(judgement, question, rule)]
        missing = rules_missing(judgement, counting)
        if len(missing) == len(counting):
            page.line(f"{title:<{_FIRST}}  {say('niet beoordeeld', 'not judged')}", Style.FAINT)
            continue
        marked = marked or bool(missing)
        counts = judgement.question_counts[question.code]
        met, decided = counts[Outcome.MET], counts[Outcome.MET] + counts[Outcome.NOT_MET]
        cells = [str(counts[outcome]) for outcome in Outcome] + ([share(met, decided, say)] if score else [])
        title += " *" if missing else ""
        page.line(f"{title:<{_FIRST}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells))
    if marked:
        page.fold(
            say("* Niet alle regels van deze vraag zijn uitgevoerd.", "* Not all rules of this question have run."),
            hang=2,
        )


def _counts(judgement: Result, question: Question, rule: Rule) -> bool:
    """Say whether a declared rule counts in the score: with the kind that the profile gives it."""
    profile = judgement.settings.profile
    kind = {} if profile is None else {setting.rule: setting.kind for setting in profile.kinds}
    return rule.subject is question.subject and kind.get(rule.code, rule.kind) is Kind.FOUT


def _by_rule(meldingen: Iterable[Melding]) -> dict[str, list[Melding]]:
    found: dict[str, list[Melding]] = {}
    for melding in meldingen:
        found.setdefault(melding.rule, []).append(melding)
    return found


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def total(judgement: Result, say: Say) -> str:
    """Count the meldingen in words, per kind."""
    meldingen = judgement.meldingen()
    per_kind = ", ".join(f"{number} {kind}" for kind, number in kinds(meldingen).items())
    explained = sum(melding.toelichting is not None for melding in meldingen)
    counted = f"{_number(len(meldingen), 'melding', 'meldingen')}: {per_kind}"
    return counted + (say(f"; {explained} met toelichting", f"; {explained} with a toelichting") if explained else "")


def add_counts(page: Page, judgement: Result, say: Say) -> None:
    """Add the number of meldingen per rule, without the records."""
    page.heading(f"Meldingen ({total(judgement, say)})")
    rules = {rule.code: rule for rule in judgement.rules}
    for code, found in _by_rule(judgement.meldingen()).items():
        page.line(f"{len(found):>7}  {code:<36}{rules[code].kind:<9}{rules[code].party}")


def add_meldingen(page: Page, judgement: Result, say: Say, *, limit: int) -> None:
    """Add the meldingen per question and rule; at most ``limit`` per rule, all of them when 0."""
    page.heading(f"Meldingen ({total(judgement, say)})")
    by_rule = _by_rule(judgement.meldingen())
    if not by_rule:
        page.fold(say("Geen.", "None."))
    asked = None
    for rule in judgement.rules:
        found = by_rule.get(rule.code)
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
        f"{rule.code}: {_number(len(found), 'melding', 'meldingen')}{apart if explained else ''}, {rule.kind},"
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
    number = _number(len(found), "storing", "storingen")
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
        measured = _number(storing.metingen, say("meting", "measurement"), say("metingen", "measurements"))
        first, last = amsterdam(storing.van), amsterdam(storing.tot_en_met)
        page.line(f"    {storing.functie} ({who}): {first:%Y-%m-%d %H:%M} - {last:%Y-%m-%d %H:%M}, {measured}")
    _add_cut(page, len(found), len(shown), say)


# ---- what the reader should know before trusting the rest


def add_caveats(page: Page, judgement: Result, say: Say) -> None:
    """Add what was not judged or not read, and why."""
    for add in (_failures, _not_looked_up, _not_run, _invoerfouten, _opmerkingen, _stale, _stagefonds, _toelichtingen):
        add(page, judgement, say)


_STUDY_YEAR = 366
_REGISTER = frozenset({"opleidingen", "equivalenten", "leerbedrijven", "erkenningen"})
"""Tables of which a row that could not be read can make a recognition disappear."""


def _failures(page: Page, judgement: Result, say: Say) -> None:
    for failure in judgement.failures:
        page.fold(
            say(
                f"Regel {failure.rule} is gestopt met een fout ({failure.error}) en heeft geen uitkomsten; de andere"
                " regels zijn uitgevoerd.",
                f"Rule {failure.rule} stopped with an error ({failure.error}) and has no outcomes; the other rules"
                " have run.",
            ),
            style=Style.WRONG,
        )


def _not_looked_up(page: Page, judgement: Result, say: Say) -> None:
    # Only what a rule that ran depends on: the rest makes no answer less certain.
    read = {column for rule in judgement.rules for fact in rule.reads for column in fact.all_columns()}
    tables = {table for table, _ in read} | {question.subject.table for question in judgement.settings.questions}
    names = [
        *(table for table in judgement.tabellen_niet_opgezocht if table in tables),
        *sorted(f"{table}.{column}" for table, column in judgement.kolommen_niet_opgezocht & read),
    ]
    if names:
        page.blank()
        page.fold(
            say("Niet opgezocht", "Not looked up")
            + f": {', '.join(names)}. "
            + say(
                "De regels die dit nodig hebben zijn niet te bepalen.", "The rules that need this cannot be determined."
            )
        )


def _not_run(page: Page, judgement: Result, say: Say) -> None:
    not_run = judgement.settings.not_run
    if not not_run:
        return
    page.heading(say("Niet uitgevoerd", "Not run"))
    not_chosen = 0
    for skipped in not_run:
        if skipped.reason.en == "not chosen":
            not_chosen += 1
        else:
            page.fold(f"{skipped.rule}: {say.text(skipped.reason)}", indent=2, hang=2)
    if not_chosen:
        rules = _number(not_chosen, say("regel", "rule"), say("regels", "rules"))
        page.fold(f"{rules} {say('niet gekozen', 'not chosen')}", indent=2)


def _invoerfouten(page: Page, judgement: Result, say: Say) -> None:
    faults = judgement.invoerfouten
    counted = count_per_table(faults)
    if not faults:
        return
    page.heading(
        f"{_number(sum(counted.values()), 'invoerfout', 'invoerfouten')}: "
        + say("rijen die niet gelezen konden worden", "rows that could not be read")
    )
    for table, number in counted.items():
        page.line(f"  {table}: {number}")
    if any(fault.table in _REGISTER for fault in faults):
        page.fold(
            say(
                "Rijen van het register ontbreken hierdoor; een melding over een erkenning kan daarvan komen.",
                "Rows of the register are missing because of this; a melding about a recognition may come of that.",
            ),
            indent=2,
            style=Style.WRONG,
        )
    for fault in faults[:_FEW]:
        page.fold(str(fault), indent=4, hang=2)
    if len(faults) > _FEW:
        page.fold(say("... (alle met --format json)", "... (all with --format json)"), indent=4)


def _opmerkingen(page: Page, judgement: Result, say: Say) -> None:
    notes = judgement.opmerkingen
    if notes:
        page.heading(say("Over de bron", "About the source"))
        for note in notes:
            page.fold(str(note), indent=2, hang=2)
    undated = judgement.bpvos_without_begindatum
    if undated:
        page.blank()
        page.fold(
            say(
                f"{undated} BPVO(s) zonder begindatum.",
                f"{undated} BPVO(s) without a begindatum.",
            )
        )


def _stale(page: Page, judgement: Result, say: Say) -> None:
    names = judgement.settings.stale_norms(judgement.peildatum)
    if names:
        page.blank()
        days = judgement.settings.norm_age_days
        page.fold(
            say(
                f"Normen waarvan de bron op de peildatum langer dan {days} dagen geleden is nagekeken",
                f"Norms whose source was last checked more than {days} days before the peildatum",
            )
            + f": {', '.join(names)}."
        )


def _stagefonds(page: Page, judgement: Result, say: Say) -> None:
    """Say which list of Stagefonds was the newest, when the peildatum is more than a study year after it."""
    judged = any(rule.code.startswith("stagefonds_") for rule in judgement.rules)
    newest = max((lijst.van for lijst in judgement.settings.stagefondslijsten), default=None)
    if judged and newest is not None and (judgement.peildatum - newest).days > _STUDY_YEAR:
        page.blank()
        day = render_value(newest, say.lang)
        page.fold(
            say(
                f"De nieuwste stagefondslijst waarmee is gerekend, is die van {day}.",
                f"The newest list of Stagefonds that was used is that of {day}.",
            )
        )


def _toelichtingen(page: Page, judgement: Result, say: Say) -> None:
    expired, unmatched = profile_problems(judgement)
    if expired:
        page.blank()
        page.fold(f"{say('Verlopen toelichtingen', 'Expired toelichtingen')}: {', '.join(expired)}.", hang=2)
    if unmatched:
        page.blank()
        page.fold(
            f"{say('Toelichtingen zonder melding', 'Toelichtingen without a melding')}: {', '.join(unmatched)}.", hang=2
        )
