"""Caveats: what a reader should know before trusting a result."""

from collections.abc import Iterator
from typing import Final, final

import attrs

from bpvo_rules.judge import Result
from bpvo_rules.judge.problems import profile_problems
from bpvo_rules.keten.invoerfout import count_per_table
from bpvo_rules.report.wording import Say, number_of
from bpvo_rules.rules import render_value

__all__ = ["Caveat", "caveats"]

_STUDY_YEAR: Final = 366
_REGISTER: Final = frozenset({"opleidingen", "equivalenten", "leerbedrijven", "erkenningen"})
"""Tables of which a row that could not be read can make a recognition disappear."""


@final
@attrs.frozen
class Caveat:
    """
    Something that was not judged, not read or not checked. It names rules, tables and counts, and no record.

    Attributes:
        text: A sentence; with items, the heading above them.
        items: One line each.
        warning: What it can do to the meldingen; ``None`` when it does nothing to those that are there.
        grave: Whether outcomes are missing because of it.

    """

    text: str
    items: tuple[str, ...] = ()
    warning: str | None = None
    grave: bool = False


def caveats(judgement: Result, say: Say) -> Iterator[Caveat]:
    """Give everything that a reader should know before trusting a result, the gravest first."""
    for find in (_failures, _not_looked_up, _not_run, _invoerfouten, _opmerkingen, _stale, _stagefonds, _toelichtingen):
        yield from find(judgement, say)


def _failures(judgement: Result, say: Say) -> Iterator[Caveat]:
    for failure in judgement.failures:
        text = say(
            f"Regel {failure.rule} is gestopt met een fout ({failure.error}) en heeft geen uitkomsten; de andere"
            " regels zijn uitgevoerd.",
            f"Rule {failure.rule} stopped with an error ({failure.error}) and has no outcomes; the other rules have"
            " run.",
        )
        yield Caveat(text, grave=True)


def _not_looked_up(judgement: Result, say: Say) -> Iterator[Caveat]:
    # Only what a rule that ran depends on: the rest makes no answer less certain.
    read = {column for rule in judgement.rules for fact in rule.reads for column in fact.all_columns()}
    tables = {table for table, _ in read} | {question.subject.table for question in judgement.settings.questions}
    names = [
        *(table for table in judgement.tabellen_niet_opgezocht if table in tables),
        *sorted(f"{table}.{column}" for table, column in judgement.kolommen_niet_opgezocht & read),
    ]
    if names:
        listed = ", ".join(names)
        yield Caveat(
            say(
                f"Niet opgezocht: {listed}. De regels die dit nodig hebben zijn niet te bepalen.",
                f"Not looked up: {listed}. The rules that need this cannot be determined.",
            )
        )


def _not_run(judgement: Result, say: Say) -> Iterator[Caveat]:
    not_run = judgement.settings.not_run
    items = [f"{one.rule}: {say.text(one.reason)}" for one in not_run if one.reason.en != "not chosen"]
    not_chosen = len(not_run) - len(items)
    if not_chosen:
        rules = number_of(not_chosen, say("regel", "rule"), say("regels", "rules"))
        items.append(f"{rules} {say('niet gekozen', 'not chosen')}")
    if items:
        yield Caveat(say("Niet uitgevoerd", "Not run"), tuple(items))


def _invoerfouten(judgement: Result, say: Say) -> Iterator[Caveat]:
    counted = count_per_table(judgement.invoerfouten)
    if not counted:
        return
    number = number_of(sum(counted.values()), "invoerfout", "invoerfouten")
    warning = say(
        "Rijen van het register ontbreken hierdoor; een melding over een erkenning kan daarvan komen.",
        "Rows of the register are missing because of this; a melding about a recognition may come of that.",
    )
    yield Caveat(
        f"{number}: {say('rijen die niet gelezen konden worden', 'rows that could not be read')}",
        tuple(f"{table}: {rows}" for table, rows in counted.items()),
        warning if _REGISTER & {fault.table for fault in judgement.invoerfouten} else None,
    )


def _opmerkingen(judgement: Result, say: Say) -> Iterator[Caveat]:
    if judgement.opmerkingen:
        yield Caveat(say("Over de bron", "About the source"), tuple(map(str, judgement.opmerkingen)))
    undated = judgement.bpvos_without_begindatum
    if undated:
        yield Caveat(say(f"{undated} BPVO(s) zonder begindatum.", f"{undated} BPVO(s) without a begindatum."))


def _stale(judgement: Result, say: Say) -> Iterator[Caveat]:
    names = judgement.settings.stale_norms(judgement.peildatum)
    if names:
        days, listed = judgement.settings.norm_age_days, ", ".join(names)
        yield Caveat(
            say(
                f"Normen waarvan de bron op de peildatum langer dan {days} dagen geleden is nagekeken: {listed}.",
                f"Norms whose source was last checked more than {days} days before the peildatum: {listed}.",
            )
        )


def _stagefonds(judgement: Result, say: Say) -> Iterator[Caveat]:
    """Say which list of Stagefonds was the newest, when the peildatum is more than a study year after it."""
    asked = any(rule.code.startswith("stagefonds_") for rule in judgement.rules)
    newest = max((lijst.van for lijst in judgement.settings.stagefondslijsten), default=None)
    if asked and newest is not None and (judgement.peildatum - newest).days > _STUDY_YEAR:
        day = render_value(newest, say.lang)
        yield Caveat(
            say(
                f"De nieuwste stagefondslijst waarmee is gerekend, is die van {day}.",
                f"The newest list of Stagefonds that was used is that of {day}.",
            )
        )


def _toelichtingen(judgement: Result, say: Say) -> Iterator[Caveat]:
    expired, unmatched = (", ".join(ids) for ids in profile_problems(judgement))
    if expired:
        yield Caveat(f"{say('Verlopen toelichtingen', 'Expired toelichtingen')}: {expired}.")
    if unmatched:
        yield Caveat(f"{say('Toelichtingen zonder melding', 'Toelichtingen without a melding')}: {unmatched}.")
