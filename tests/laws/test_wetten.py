"""The laws themselves: what they say of each rule is found out, and each catches a judge that breaks it."""

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from tests.laws.kit import ready
from tests.questions.spec import EEN_BPVO, build

from bpvo_rules.judge import subject_key
from bpvo_rules.keten import Keten, Stand
from bpvo_rules.model import TABLES
from bpvo_rules.questions import RULES
from bpvo_rules.testing.answer import Answer, Judge, Key, question_outcomes
from bpvo_rules.testing.laws import LAWS, Law, LawBrokenError, judge_of_library, law_named
from bpvo_rules.testing.worlds import NORMS_FOR_EVERY_RULE, World, seeded_world

CODES = {rule.code for rule in RULES}
each_law = pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)


@each_law
def test_a_law_says_of_every_rule_whether_it_holds(law: Law) -> None:
    """It holds, it is false, or it says nothing: one of the three, with a reason for the last two."""
    parts = [law.rules, set(law.exceptions), set(law.beside)]

    assert set().union(*parts) == CODES
    assert sum(map(len, parts)) == len(CODES)
    assert law.rules
    assert all({**law.exceptions, **law.beside}.values())


def only(law: Law, rule: str) -> Law:
    """Give the law as if it held for one rule alone."""
    exceptions = {code: reason for code, reason in law.exceptions.items() if code != rule}
    beside = dict.fromkeys(CODES - set(exceptions) - {rule}, "not asked")
    return attrs.evolve(law, exceptions=exceptions, beside=beside)


# Worlds in which the law is broken for the rule when it is held to it all the same.
BROKEN: Mapping[str, Mapping[str, int]] = {
    "recognition_never_worsens": {
        "erkend_gedurende_looptijd": 2,
        "keuzedeel_erkend_gedurende_looptijd": 7,
        "erkenning_dekt_planning": 25,
    },
    "shift_of_outcomes": {
        "tijdig_bij_sbb": 34,
        **dict.fromkeys(("keuzedeel_leerbedrijf_bekend", "keuzedeel_erkend_bij_aanvang", "keuzedeel_geldig"), 18),
        "keuzedeel_erkend_gedurende_looptijd": 86,
        **dict.fromkeys(("white_label_antwoordt", "white_label_vlot"), 292),
        "besluit_tijdig": 16,
        "besluit_overschrijding_gemotiveerd": 20,
        "kennisgeving_tijdig": 2,
        **dict.fromkeys(("stagefonds_inschrijving", "stagefonds_instelling", "stagefonds_leerweg"), 2),
        **dict.fromkeys(("stagefonds_categorie", "stagefonds_periode", "stagefonds_omvang"), 2),
        **dict.fromkeys(("stagefonds_leerbedrijf", "stagefonds_tweede_erkenning"), 2),
        **dict.fromkeys(("omvang_aannemelijk", "einddatum_geregistreerd", "geen_dubbele_bpvo"), 2),
        "einddatum_niet_in_toekomst": 12,
    },
    "shift_of_evidence": {
        "tijdig_bij_sbb": 34,
        "keuzedeel_erkend_bij_aanvang": 560,
        "keuzedeel_geldig": 283,
        "white_label_antwoordt": 292,
        "white_label_vlot": 541,
        **dict.fromkeys(("besluit_tijdig", "kennisgeving_tijdig"), 2),
        "besluit_overschrijding_gemotiveerd": 0,
        **dict.fromkeys(("stagefonds_inschrijving", "stagefonds_leerbedrijf", "stagefonds_tweede_erkenning"), 12),
        **dict.fromkeys(("stagefonds_instelling", "stagefonds_leerweg", "stagefonds_periode", "stagefonds_omvang"), 2),
        "stagefonds_categorie": 262,
        **dict.fromkeys(("omvang_aannemelijk", "einddatum_geregistreerd"), 2),
        "einddatum_niet_in_toekomst": 47,
        "geen_dubbele_bpvo": 168,
    },
}
BY_HAND = {"keuzedeel_leerbedrijf_bekend", "keuzedeel_erkend_gedurende_looptijd"}
"""Of these no small world shows it; see the test below."""


def not_named(law: Law) -> set[str]:
    """Give the rules for which a law is said to be false, that are not named here."""
    named = {*BROKEN.get(law.name, {}), *(BY_HAND if law.name == "shift_of_evidence" else ())}
    assert named <= set(law.exceptions), law.name
    return set(law.exceptions) - named


def test_every_exception_is_shown() -> None:
    """That a rule goes by a calendar is worked out; one that is not named here is looked for in many worlds."""
    for law in LAWS:
        if law.name not in {"shift_of_outcomes", "shift_of_evidence"}:
            assert not_named(law) == set(), law.name
    wanted = not_named(law_named("shift_of_outcomes"))
    assert not_named(law_named("shift_of_evidence")) == wanted
    for seed in range(600):
        for rule in sorted(wanted):
            try:
                law = only(law_named("shift_of_outcomes"), rule)
                held_to(law, judge_of_library, [ready(seeded_world(seed))], random.Random(seed))  # noqa: S311
            except LawBrokenError:
                wanted.remove(rule)
        if not wanted:
            break

    assert wanted == set()


@pytest.mark.parametrize(
    ("name", "rule", "seed"), sorted((n, r, s) for n, rules in BROKEN.items() for r, s in rules.items())
)
def test_a_law_is_false_for_its_exceptions(name: str, rule: str, seed: int) -> None:
    """So that the list is no longer than it must be."""
    with pytest.raises(LawBrokenError, match=rule):
        only(law_named(name), rule).check(judge_of_library, ready(seeded_world(seed)), random.Random(seed))  # noqa: S311


@pytest.mark.parametrize("rule", sorted(BY_HAND))
def test_a_keuzedeel_of_before_keuzedelen_came_has_no_melding(rule: str) -> None:
    """Begun on 8 August 2016, at a company that is unknown, or no longer recognised; then a year earlier."""
    erkenning = "" if rule == "keuzedeel_leerbedrijf_bekend" else "25655 2016-08-01..2016-08-10"
    cells = {"keuzedeelcode": "K0067", "opleidingcode": "", "begindatum": "2016-08-08"}
    keten, _ = build(EEN_BPVO, [cells], {"erkenningen": erkenning, "leerbedrijven": ""})
    # A kennisdatum two years on, so that the deliveries of the drawn chain are known.
    world = World(keten, date(2018, 11, 15), None, "keten", NORMS_FOR_EVERY_RULE)

    law = only(law_named("shift_of_evidence"), rule)
    chance = random.Random(1)  # noqa: S311 - chance for tests, not for secrets
    with pytest.raises(LawBrokenError, match=rule):
        held_to(law, judge_of_library, [world] * 20, chance)


# ---- wrong judges, one for each law


def with_outcomes(answer: Answer, outcomes: Mapping[Key, str]) -> Answer:
    """Give an answer with other outcomes."""
    return Answer(outcomes, meldingen=answer.meldingen, evidence=answer.evidence)


def looks_ahead(keten: Keten, **run: Any) -> Answer:
    """Know everything that was ever written down."""
    known = (run["kennisdatum"] or run["peildatum"]) + timedelta(days=1000)
    return judge_of_library(keten, **{**run, "kennisdatum": known})


def believes_the_first_row(keten: Keten, **run: Any) -> Answer:
    """Say that the BPVO of the first row of the table is late."""
    answer = judge_of_library(keten, **run)
    first = subject_key(keten.uitwisselingen[0]).partition("#")[0] if keten.uitwisselingen else ""
    late = {key: "voldoet_niet" for key in answer.outcomes if key == ("tijdig_bij_duo", first)}
    return with_outcomes(answer, {**answer.outcomes, **late})


def knows_the_neighbours(keten: Keten, **run: Any) -> Answer:
    """Say something else when there is more than one school."""
    answer = judge_of_library(keten, **run)
    schools = {row.brin for row in keten.uitwisselingen or ()}
    other = {key: "niet_te_bepalen" for key in answer.outcomes if key[0] == "een_grondslag" and len(schools) > 1}
    return with_outcomes(answer, {**answer.outcomes, **other})


def keeps_one_recognition(keten: Keten, **run: Any) -> Answer:
    """Let a recognition replace the one before it of the same company."""
    last = {row.leerbedrijf_id: row for row in keten.erkenningen or ()}
    return judge_of_library(keten.with_tables({"erkenningen": last.values()}), **run)


def finds_young_placements_bad(keten: Keten, **run: Any) -> Answer:
    """Refuse a placement that has only just begun, or is short."""
    answer = judge_of_library(keten, **run)
    stand = Stand(keten=keten, kennisdatum=run["kennisdatum"] or run["peildatum"], perspectief=run["perspectief"])
    young = {
        subject_key(b) for b in stand.bpvos if b.begindatum is not None and (run["peildatum"] - b.begindatum).days < 12
    }
    bad = {
        (rule, subject): "voldoet_niet"
        for (rule, subject), outcome in answer.outcomes.items()
        if rule == "erkend_gedurende_looptijd" and subject in young and outcome == "voldoet"
    }
    return with_outcomes(answer, {**answer.outcomes, **bad})


def forgives_old_years(keten: Keten, **run: Any) -> Answer:
    """Find nothing late before 2017."""
    answer = judge_of_library(keten, **run)
    fine = {key: "voldoet" for key in answer.outcomes if key[0] == "tijdig_bij_duo" and run["peildatum"].year < 2017}
    return with_outcomes(answer, {**answer.outcomes, **fine})


def shows_a_fixed_day(keten: Keten, **run: Any) -> Answer:
    """Show the day on which the program was made."""
    answer = judge_of_library(keten, **run)
    made = {"gemaakt_op": date(2018, 5, 28)}
    return Answer(answer.outcomes, meldingen={k: {**shown, **made} for k, shown in (answer.meldingen or {}).items()})


def reads_a_missing_table_as_empty(keten: Keten, **run: Any) -> Answer:
    """Find nothing where nothing was looked up."""
    empty = {name: () for name in TABLES if keten.table(name) is None}
    return judge_of_library(keten.with_tables(empty), **run)


def reads_a_missing_column_as_empty(keten: Keten, **run: Any) -> Answer:
    """Take a cell that was not looked up as one that is empty."""
    return judge_of_library(attrs.evolve(keten, niet_opgezocht=frozenset()), **run)


def is_content_with_anything(keten: Keten, **run: Any) -> Answer:
    """Call good what cannot be determined."""
    answer = judge_of_library(keten, **run)
    good = {key: "voldoet" for key, outcome in answer.outcomes.items() if outcome == "niet_te_bepalen"}
    return with_outcomes(answer, {**answer.outcomes, **good})


def reads_first_deliveries_only(keten: Keten, **run: Any) -> Answer:
    """Never read a change."""
    first: dict[str, Any] = {}
    for row in sorted(keten.uitwisselingen or (), key=lambda row: row.volgorde):
        first.setdefault(subject_key(row).partition("#")[0], row)
    tables = {} if keten.uitwisselingen is None else {"uitwisselingen": first.values()}
    return judge_of_library(keten.with_tables(tables), **run)


def says_it_twice(keten: Keten, **run: Any) -> Answer:
    """Find the term not covered where the start is not."""
    answer = judge_of_library(keten, **run)
    twice = {
        ("erkend_gedurende_looptijd", subject): outcome
        for (rule, subject), outcome in answer.outcomes.items()
        if rule == "erkend_bij_aanvang" and outcome == "voldoet_niet"
    }
    return with_outcomes(answer, {**answer.outcomes, **twice})


WRONG: Mapping[str, tuple[Callable[..., Answer], ...]] = {
    "no_look_ahead": (looks_ahead,),
    "order": (believes_the_first_row, keeps_one_recognition),
    "splitting": (knows_the_neighbours, believes_the_first_row),
    "recognition_never_worsens": (keeps_one_recognition,),
    "recognition_uncovers_no_day": (keeps_one_recognition,),
    "shorter_is_covered": (finds_young_placements_bad,),
    "shift_of_outcomes": (forgives_old_years,),
    "shift_of_evidence": (shows_a_fixed_day,),
    "missing_table": (reads_a_missing_table_as_empty, is_content_with_anything),
    "missing_column": (reads_a_missing_column_as_empty, is_content_with_anything),
    "empty_cell": (is_content_with_anything,),
    "repair": (reads_first_deliveries_only,),
    "exclusive": (says_it_twice,),
}


def held_to(law: Law, judge: Judge, worlds: Iterable[World], chance: random.Random) -> None:
    """Hold a judge to a law on some worlds."""
    for world in worlds:
        law.check(judge, world, chance, thorough=True)


def caught(law: Law, judge: Judge) -> LawBrokenError:
    """Give what the law says about a judge that breaks it."""
    chance = random.Random(1)  # noqa: S311 - chance for tests, not for secrets
    with pytest.raises(LawBrokenError) as found:
        held_to(law, judge, map(ready, map(seeded_world, range(60))), chance)
    return found.value


@each_law
def test_a_law_catches_a_judge_that_breaks_it(law: Law) -> None:
    for judge in WRONG[law.name]:
        assert caught(law, judge).law == law.name


def test_what_is_broken_is_said_in_one_line() -> None:
    """With the rule, the subject, what it was, what it became and when."""
    said = str(caught(law_named("order"), believes_the_first_row))

    assert said.startswith("order: tijdig_bij_duo of ")
    assert said.endswith(" became voldoet_niet when the rows came in another order") or " voldoet_niet became " in said


# ---- what a judge must be


def outcomes_alone(keten: Keten, **run: Any) -> Mapping[Key, str]:
    """Say as little as a judge may."""
    return judge_of_library(keten, **run).outcomes


@each_law
def test_a_judge_that_gives_outcomes_alone_is_held_to_the_laws_that_need_no_more(law: Law) -> None:
    world = ready(seeded_world(4))
    if law.needs:
        with pytest.raises(TypeError, match=law.needs[0]):
            law.check(outcomes_alone, world, random.Random(4))  # noqa: S311 - chance for tests, not for secrets
    else:
        law.check(outcomes_alone, world, random.Random(4))  # noqa: S311 - chance for tests, not for secrets


def test_the_outcome_of_a_question_follows_from_its_rules() -> None:
    """As the library works it out itself."""
    for seed in range(40):
        world = ready(seeded_world(seed))
        answer = judge_of_library(world.keten, **world.arguments)
        judgement = answer._judgement  # type: ignore[attr-defined] # ours
        for question in ("bpvo_erkend_leerbedrijf", "bpvo_tijdig", "erkenning_tijdig"):
            expected = {subject: str(o) for subject, o in judgement.question_outcomes(question).items()}
            assert question_outcomes(answer.outcomes, question) == expected
