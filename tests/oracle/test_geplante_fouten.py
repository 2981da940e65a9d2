"""
An error in any condition of any rule is found by the chains that the other tests are held against.

Each condition is changed in each way that changes one part of it: an edge that moves, a part that is left out, a
negation that is lost. That the rules as they are agree with the second opinion on these chains says something only
because of this.
"""

from collections.abc import Collection, Iterator

import attrs
from tests.judge.werelden import run_of

from bpvo_rules.judge import Judge, make_settings
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.rules import Rule, Term, Text
from bpvo_rules.testing.worlds import seeded_world

WORLDS = 2000
"""As many as the judge and the second opinion are compared on."""

NORMS: dict[str, int | str] = {"speling_na_aanvang": 1, "maximale_duur_ms": 500, "venster": "ma-vr 08:00-18:00"}
OTHER_EDGE = {"lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
OPPOSITE = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}

NO_DIFFERENCE = {
    "wijziging_tijdig_bij_duo__requirement_2": "a delivery is a subject once DUO has received it, so that day is there",
    "stagefonds_tweede_erkenning__scope_5": "the four codes that need a second recognition are all in the list",
    "keuzedeel_geldig__requirement_1": "a keuzedeel that is not in the list is valid on no day",
}
"""Changes that change no outcome, each with the reason."""


def changed(term: Term) -> Iterator[Term]:
    """Give a condition with one part of it changed, once for each change."""
    match term.op:
        case "lt" | "le" | "gt" | "ge":
            yield Term(OTHER_EDGE[term.op], *term.args)
            yield Term(OPPOSITE[term.op], *term.args)
        case "eq" | "in" | "filled" | "fact" | "on_time":
            yield Term("not", term)
        case "not":
            yield term.args[0]
        case "and" | "or":
            for at, part in enumerate(term.args):
                rest = term.args[:at] + term.args[at + 1 :]
                yield rest[0] if len(rest) == 1 else Term(term.op, *rest)
                for other in changed(part):
                    yield Term(term.op, *term.args[:at], other, *term.args[at + 1 :])
            if len(term.args) > 1:
                yield Term("or" if term.op == "and" else "and", *term.args)
    if term.op == "on_time":
        event, limit = term.args
        # What has not happened is never too late; and what happens on the last day is.
        yield Term("le", event, limit)
        yield Term("lt", event, limit)


def mutants(rule: Rule) -> Iterator[Rule]:
    """Give a rule once for each change of its scope or requirement, under a code of its own."""
    # Its text may name a fact that the changed one no longer reads, which is refused.
    rule = attrs.evolve(rule, signaalcode=None, melding=Text("Anders.", "Otherwise."))
    for number, other in enumerate(changed(rule.scope), start=1):
        yield attrs.evolve(rule, code=f"{rule.code}__scope_{number}", scope=other)
    for number, other in enumerate(changed(rule.requirement), start=1):
        yield attrs.evolve(rule, code=f"{rule.code}__requirement_{number}", requirement=other)
    if rule.geldig_van is not None:
        yield attrs.evolve(rule, code=f"{rule.code}__geldig_van", geldig_van=None)


def planted() -> dict[str, str]:
    """Give the right rule of each changed one."""
    return {mutant.code: rule.code for question in QUESTIONS for rule in question.rules for mutant in mutants(rule)}


def judge_with(codes: Collection[str]) -> Judge:
    """Give a judge with some changed rules beside the right ones."""
    questions = []
    for question in QUESTIONS:
        changed_ones = [mutant for rule in question.rules for mutant in mutants(rule) if mutant.code in codes]
        questions.append(attrs.evolve(question, rules=(*question.rules, *changed_ones)))
    return Judge(make_settings(questions=questions, norms=NORMS))


def test_every_rule_has_changed_ones() -> None:
    """Otherwise there would be nothing to find."""
    right = planted()

    assert set(right.values()) == {rule.code for question in QUESTIONS for rule in question.rules}
    assert len(right) > 150


def test_every_changed_rule_is_found() -> None:
    """Within a part of the chains that the rules are compared with the second opinion on."""
    missing = {code: rule for code, rule in planted().items() if code not in NO_DIFFERENCE}
    judge, judged = judge_with(missing), len(missing)
    for seed in range(WORLDS):
        if not missing:
            break
        if len(missing) < judged / 2:
            # Judging once more what was found already is most of the work.
            judge, judged = judge_with(missing), len(missing)
        world = seeded_world(seed)
        judgement = judge.keten(world.keten, **run_of(world))
        for code, rule in list(missing.items()):
            if judgement.outcomes(code) != judgement.outcomes(rule):
                del missing[code]

    assert missing == {}


def test_a_change_that_makes_no_difference_exists() -> None:
    """What is excused is one of the changes."""
    assert set(NO_DIFFERENCE) <= set(planted())
