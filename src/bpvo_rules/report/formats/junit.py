"""
JUnit XML: rules as test cases, so that the build of a supplier fails on meldingen of kind ``fout``.

A suite is a question and a case is a rule, also one that found nothing: the list of cases is then the same in every
build, and its history can be followed. There is no time in it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, final

import attrs

from bpvo_rules.judge import Melding, Result
from bpvo_rules.report.formats.xmltext import closed, opened
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Kind, Outcome, Rule
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["MOST_SHOWN", "junit_xml"]

MOST_SHOWN: Final = 100
"""A case writes out this many meldingen and says how many more there are; its counts are exact."""


@final
@attrs.frozen
class _Case:
    classname: str
    name: str
    tag: str = ""  # failure, error or skipped; none for a case that passed
    message: str = ""
    type: str = ""
    body: str = ""
    beside: str = ""

    def lines(self) -> Iterator[str]:
        about = {"classname": self.classname, "name": self.name}
        if not self.tag and not self.beside:
            yield f"    {opened('testcase', about, empty=True)}\n"
            return
        yield f"    {opened('testcase', about)}\n"
        if self.tag:
            said = {"message": self.message} | ({"type": self.type} if self.type else {})
            yield f"      {closed(self.tag, said, self.body) if self.body else opened(self.tag, said, empty=True)}\n"
        if self.beside:
            yield f"      {closed('system-out', {}, self.beside)}\n"
        yield "    </testcase>\n"


def junit_xml(judgement: Result, say: Say) -> Iterator[str]:
    """
    Give a judgement as lines of JUnit XML.

    A rule of kind ``fout`` with meldingen is a failure, also when they have a toelichting, as the exit status has it.
    A rule that stopped is an error. A rule that did not run, or decided about no subject because something was
    missing, is skipped: what is not known is not a pass. Meldingen of a lower kind stand beside a case that passes.
    """
    suites = list(_suites(judgement, say))
    cases = [case for _, found in suites for case in found]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    totals = _counts(cases)
    totals.pop("skipped")  # the root has none in the common schemas
    yield f"{opened('testsuites', {'name': 'bpvo-rules', **totals})}\n"
    for name, found in suites:
        yield f"  {opened('testsuite', {'name': name, **_counts(found)})}\n"
        yield "    <properties>\n"
        for key, value in _properties(judgement, say):
            yield f"      {opened('property', {'name': key, 'value': value}, empty=True)}\n"
        yield "    </properties>\n"
        for case in found:
            yield from case.lines()
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _counts(cases: Sequence[_Case]) -> dict[str, int]:
    tags = Counter(case.tag for case in cases)
    return {
        "tests": len(cases),
        "failures": tags["failure"],
        "errors": tags["error"],
        "skipped": tags["skipped"],
    }


def _properties(judgement: Result, say: Say) -> tuple[tuple[str, str], ...]:
    return (
        ("peildatum", judgement.peildatum.isoformat()),
        ("kennisdatum", judgement.kennisdatum.isoformat()),
        ("perspectief", str(judgement.perspectief)),
        ("lang", say.lang),
        ("library_version", __version__),
        ("rule_set_version", str(RULE_SET_VERSION)),
    )


def _suites(judgement: Result, say: Say) -> Iterator[tuple[str, list[_Case]]]:
    by_rule: dict[str, list[Melding]] = {}
    for melding in judgement.meldingen():
        by_rule.setdefault(melding.rule, []).append(melding)
    failed = {failure.rule: failure.error for failure in judgement.failures}
    skipped = {one.rule: say.text(one.reason) for one in judgement.settings.not_run}
    graded = {rule.code: rule for rule in judgement.settings.rules}
    for question in judgement.settings.declared:
        cases = []
        for declared in question.rules:
            rule = graded.get(declared.code, declared)
            place = f"bpvo_rules.{question.code}", rule.code
            if rule.code in failed:
                message = say("de regel is gestopt met een fout", "the rule stopped with an error")
                cases.append(_Case(*place, tag="error", message=message, type=failed[rule.code]))
            elif rule.code in skipped:
                cases.append(_Case(*place, tag="skipped", message=skipped[rule.code]))
            elif not _has_subjects(judgement, rule):
                message = say("het onderwerp is niet opgezocht", "the subject was not looked up")
                cases.append(_Case(*place, tag="skipped", message=f"{message}: {rule.subject.table}"))
            else:
                cases.append(_judged(judgement, rule, place, by_rule.get(rule.code, ()), say))
        yield question.code, cases
    yield "invoer", [_input(judgement, say)]


def _has_subjects(judgement: Result, rule: Rule) -> bool:
    """Say whether a rule had something to judge, or may say that there was nothing: its table was looked up."""
    counts = judgement.counts.get(rule.code)
    if counts is None:
        return False
    return sum(counts.values()) > 0 or rule.subject.table not in judgement.tabellen_niet_opgezocht


def _judged(judgement: Result, rule: Rule, place: tuple[str, str], meldingen: Sequence[Melding], say: Say) -> _Case:
    counts = judgement.counts[rule.code]
    unknown = counts[Outcome.UNKNOWN]
    beside = (
        say(f"niet te bepalen: {unknown} van {sum(counts.values())}", f"unknown: {unknown} of {sum(counts.values())}")
        if unknown
        else ""
    )
    listed = _listed(meldingen, say)
    if meldingen and rule.kind is Kind.FOUT:
        return _Case(
            *place, tag="failure", message=_number(meldingen, say), type=str(rule.kind), body=listed, beside=beside
        )
    if meldingen:
        beside = "\n".join(filter(None, (f"{rule.kind}: {_number(meldingen, say)}", listed, beside)))
        return _Case(*place, beside=beside)
    if unknown and not counts[Outcome.MET]:
        return _Case(*place, tag="skipped", message=beside)
    return _Case(*place, beside=beside)


def _number(meldingen: Sequence[Melding], say: Say) -> str:
    number = len(meldingen)
    explained = sum(melding.toelichting is not None for melding in meldingen)
    more = say(f", waarvan {explained} met toelichting", f", {explained} of them with a toelichting")
    return f"{number} {'melding' if number == 1 else 'meldingen'}{more if explained else ''}"


def _listed(meldingen: Sequence[Melding], say: Say) -> str:
    lines = [f"{m.id} {m.subject}: {say.text(m.text)} {say.text(m.repair)}" for m in meldingen[:MOST_SHOWN]]
    rest = len(meldingen) - len(lines)
    if rest:
        lines.append(say(f"en nog {rest}, die hier niet staan", f"and {rest} more, which are not listed"))
    return "\n".join(lines)


def _input(judgement: Result, say: Say) -> _Case:
    """Give the rows that could not be read as a case that passes: no rule failed, but nobody should miss them."""
    faults = judgement.invoerfouten
    place = "bpvo_rules.invoer", "invoerfouten"
    if not faults:
        return _Case(*place)
    number = sum(fault.aantal for fault in faults)
    lines = [f"{number} {'invoerfout' if number == 1 else 'invoerfouten'}", *map(str, faults[:MOST_SHOWN])]
    rest = len(faults) - MOST_SHOWN
    if rest > 0:
        lines.append(say(f"en nog {rest}, die hier niet staan", f"and {rest} more, which are not listed"))
    return _Case(*place, beside="\n".join(lines))
