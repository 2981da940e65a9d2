"""A BPVO in a form, change by change: it says what judging it whole says, and asks the register only when needed."""

import random
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, get_args, get_type_hints

import attrs
import pytest
from tests.judge.test_bpvo import ERKEND, P, Telefoon, draft, reference
from tests.judge.werelden import JUDGE, judged

from bpvo_rules import Bpvo, Draft, Judge, Judgement, Outcome
from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.errors import InvalidCodeError, InvalidRecordError
from bpvo_rules.judge import BpvoCells, Registerantwoord, make_settings
from bpvo_rules.questions import BPVO, RULES
from bpvo_rules.rules import Absence
from bpvo_rules.testing.worlds import seeded_world

CELLS = (
    *("afsluitdatum", "begindatum", "einddatum_gepland", "einddatum_werkelijk", "omvang"),
    *("leerbedrijf_id", "opleidingcode", "keuzedeelcode"),
)
"""What is typed in a form."""


@attrs.frozen
class Kantoor:
    """A register that answers out of the tables of a judgement; without company 999999999, about which it is silent."""

    judgement: Judgement

    def raadpleeg(
        self, leerbedrijf_id: LeerbedrijfId, codes: frozenset[Opleidingcode] | None, /
    ) -> Registerantwoord | None:
        """Answer."""
        if leerbedrijf_id == "999999999":
            return None
        stand = self.judgement.context.stand
        rows = stand.erkenningen.get(leerbedrijf_id, ())
        wanted = tuple(row for row in rows if codes is None or row.opleidingcode in codes)
        return Registerantwoord(bekend=bool(rows) or leerbedrijf_id in stand.leerbedrijven, erkenningen=wanted)


def said(found: Draft | Judgement, settings: Any) -> object:
    """Give everything that a draft says, or a judgement of the one BPVO."""
    if isinstance(found, Draft):
        return found.verdicts, found.meldingen, found.failures, dict(found.question_outcomes())
    scored = [q.code for q in settings.questions if q.subject is BPVO and found.is_scored(q)]
    outcomes = {code: next(iter(found.question_outcomes(code).values())) for code in scored}
    return tuple(found.verdicts()), found.meldingen(), found.failures, outcomes


def changes(seed: int) -> Iterator[tuple[dict[str, Any], Bpvo, Mapping[str, Any]]]:
    """Give a BPVO of a small chain with, one after the other, changes to cells of other BPVO's of that chain."""
    chance = random.Random(seed)  # noqa: S311 - test data
    world = seeded_world(seed)
    judgement = judged(world)
    bpvos = judgement.context.stand.bpvos
    given: dict[str, Any] = {
        "peildatum": world.peildatum,
        "stand": judgement.context.stand,
        "register": chance.choice((None, Kantoor(judgement))),
        "andere_bpvos": chance.choice((None, tuple(bpvos))),
    }
    for bpvo in bpvos[:3]:
        for _ in range(12):
            other = chance.choice(bpvos)
            names = chance.sample(CELLS, chance.choice((1, 1, 1, 2, 4)))
            yield given, bpvo, {name: chance.choice((getattr(other, name), None)) for name in names}


@pytest.mark.parametrize("seed", range(7000, 7024))
def test_a_draft_says_after_any_changes_what_judging_it_whole_says(seed: int) -> None:
    """Verdicts with what was missing, meldingen with their evidence, and outcomes of questions."""
    current: Draft | None = None
    for given, start, cells in changes(seed):
        if current is None or current.bpvo.volgnummer != start.volgnummer or current.bpvo.student != start.student:
            current = JUDGE.draft(start, **given)
        current = current.change(**cells)

        assert said(current, JUDGE.settings) == said(JUDGE.bpvo(current.bpvo, **given), JUDGE.settings)


def test_changes_come_near_every_rule() -> None:
    """The law above is no law about nothing: with these changes every rule about a BPVO is judged again, and is not."""
    again: set[str] = set()
    stays: set[str] = set()
    every = {rule.code for rule in RULES if rule.subject is BPVO}
    for given, start, cells in (one for seed in range(7000, 7010) for one in changes(seed)):
        found = JUDGE.draft(start, **given).change(**cells)
        if found.judged:
            again |= found.judged
            stays |= every - found.judged

    assert again == every
    # A change of the begindatum dates every melding, and these are about nothing else.
    assert stays == every


def opened(register: Telefoon | None = None) -> Draft:
    """Open a form about the BPVO with which everything is in order."""
    return JUDGE.draft(draft(), peildatum=P, stand=reference(erkenningen="?"), register=register)


@pytest.mark.parametrize(
    ("cells", "asks"),
    [
        ({"omvang": 12}, False),
        ({"afsluitdatum": date(2018, 10, 1)}, False),
        ({"leerbedrijf_id": "100000001"}, True),
        ({"begindatum": date(2018, 11, 2)}, True),
        ({"einddatum_gepland": date(2019, 6, 30)}, True),
        ({"opleidingcode": None}, True),
    ],
)
def test_the_register_is_asked_for_a_change_that_needs_it_and_for_no_other(cells: dict[str, Any], asks: bool) -> None:  # noqa: FBT001
    """Hours and the day of drawing up say nothing about a company; the company, what for and when do."""
    register = Telefoon(Registerantwoord(bekend=True))
    form = opened(register)
    assert len(register.asked) == 1

    form.change(**cells)

    assert len(register.asked) == 1 + asks


def test_the_types_of_a_change_are_those_of_the_record() -> None:
    """By name, and empty where a cell may be empty; a code may be a plain text too."""
    hints, record = get_type_hints(BpvoCells), get_type_hints(Bpvo)

    assert list(hints) == [field.name for field in attrs.fields(Bpvo)]
    for name, hint in hints.items():
        # A code is a kind of text, so a text stands for it.
        assert {*get_args(hint)} - {str} == {*(get_args(record[name]) or (record[name],))} - {str}, name


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"omvang": None, "afsluitdatum": None}, {"afsluitdatum": {"tijdig_bij_duo"}}),
        ({"begindatum": None}, {"begindatum": {"erkend_bij_aanvang", "erkend_gedurende_looptijd"}}),
        ({"leerbedrijf_id": None}, {"leerbedrijf_id": {"leerbedrijf_bekend", "erkend_bij_aanvang"}}),
        ({"opleidingcode": None}, {"opleidingcode": {"erkend_bij_aanvang"}, "keuzedeelcode": {"erkend_bij_aanvang"}}),
    ],
)
def test_what_cannot_be_determined_stands_at_the_empty_field_that_it_waits_for(
    cells: BpvoCells, expected: Mapping[str, set[str]]
) -> None:
    """Of each rule that says so, at least under these fields; nothing stands under a field that is filled."""
    form = JUDGE.draft(draft(), peildatum=P, stand=reference(erkenningen="?"), register=Telefoon(ERKEND)).change(
        **cells
    )
    found = {name: {verdict.rule for verdict in verdicts} for name, verdicts in form.undecided_per_cell().items()}

    for name, rules in expected.items():
        assert rules <= found[name], found
    for name in found:
        assert not name or getattr(form.bpvo, name) is None
    unknown = {verdict.rule for verdict in form.verdicts if verdict.outcome is Outcome.UNKNOWN}
    assert set().union(*found.values()) == unknown


def test_a_silent_register_is_no_empty_field_and_no_table_that_nobody_looked_up() -> None:
    """So that a form can say: ask again; another table that was not looked up stays that."""
    form = opened(Telefoon(None))
    found = form.undecided_per_cell()

    silent = {v.rule: v.missing for v in found[""] if v.rule in {"leerbedrijf_bekend", "erkend_bij_aanvang"}}
    assert {rule: {one.absence for one in missing} for rule, missing in silent.items()} == {
        "leerbedrijf_bekend": {Absence.NO_ANSWER},
        "erkend_bij_aanvang": {Absence.NO_ANSWER},
    }
    assert "erkenningen geen antwoord" in {str(one) for one in silent["erkend_bij_aanvang"]}
    assert "erkenningen no answer" in {one.in_lang("en") for one in silent["erkend_bij_aanvang"]}
    (late,) = [v for v in form.change(leveringen=None).verdicts if v.rule == "tijdig_bij_duo"]
    assert {one.absence for one in late.missing} == {Absence.NOT_LOOKED_UP}

    without = JUDGE.draft(draft(), peildatum=P, stand=reference(erkenningen="?"))
    (verdict,) = [v for v in without.verdicts if v.rule == "erkend_bij_aanvang"]
    assert {one.absence for one in verdict.missing} == {Absence.NOT_LOOKED_UP}


def test_typing_what_stood_there_changes_nothing() -> None:
    register = Telefoon(ERKEND)
    form = opened(register)
    same = form.change(omvang=form.bpvo.omvang, leerbedrijf_id=form.bpvo.leerbedrijf_id)

    assert (same.judged, len(register.asked)) == (frozenset(), 1)
    assert said(same, JUDGE.settings) == said(form, JUDGE.settings)


def test_a_register_that_falls_silent_makes_what_it_said_unknown_again() -> None:
    """Two answers never stand side by side: after a change that asks, nothing of an earlier answer is left."""
    register = Telefoon(ERKEND)
    form = opened(register)
    assert form.question_outcomes()["bpvo_erkend_leerbedrijf"] is Outcome.MET
    register.answer = None
    form = form.change(einddatum_gepland=date(2019, 6, 30))

    found = {verdict.rule: verdict.outcome for verdict in form.verdicts}
    assert {found[code] for code in JUDGE.settings.asking} <= {Outcome.UNKNOWN, Outcome.OUT_OF_SCOPE}
    assert found["leerbedrijf_bekend"] is Outcome.UNKNOWN
    assert form.question_outcomes()["bpvo_erkend_leerbedrijf"] is Outcome.UNKNOWN


def test_a_register_that_was_silent_is_asked_again_without_a_change() -> None:
    """Typing the same once more asks nothing; asking again gives what judging it whole gives now."""
    register = Telefoon(None)
    form = opened(register)
    register.answer = ERKEND
    same = form.change(leerbedrijf_id=form.bpvo.leerbedrijf_id)
    assert same.question_outcomes()["bpvo_erkend_leerbedrijf"] is Outcome.UNKNOWN

    assert form.again().question_outcomes()["bpvo_erkend_leerbedrijf"] is Outcome.MET
    assert len(register.asked) == 2


def test_nothing_of_an_answer_is_kept() -> None:
    """No object that can be reached from a draft is the answer, or a recognition in it."""
    answers: list[Any] = []

    class Eenmaal:
        def raadpleeg(self, *_: Any) -> Registerantwoord:
            answer = Registerantwoord(bekend=True, erkenningen=tuple(attrs.evolve(e) for e in ERKEND.erkenningen))
            answers.append(id(answer.erkenningen[0]))
            return answer

    form = JUDGE.draft(draft(), peildatum=P, stand=reference(erkenningen="?"), register=Eenmaal())
    form = form.change(einddatum_gepland=date(2019, 9, 30))

    assert form.meldingen, "the recognition ends earlier, so that there is something to keep"
    assert answers
    assert not [one for one in _reachable(form) if type(one).__name__ in {"Registerantwoord", "Erkenning"}]


def _reachable(start: object) -> Iterator[object]:
    """Give every object that can be reached through attributes, items and caches."""
    seen: set[int] = set()
    todo = [start]
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, (str, int, type, date)) or one is JUDGE.settings:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, Mapping):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, (tuple, list, set, frozenset)):
            todo += one
        todo += vars(one).values() if hasattr(one, "__dict__") else ()
        todo += [getattr(one, name) for name in getattr(type(one), "__slots__", ()) if hasattr(one, name)]


def test_a_value_that_cannot_be_there_leaves_the_draft_as_it_is() -> None:
    form = opened()
    for error, cells in (
        (InvalidCodeError, {"opleidingcode": "256"}),
        (InvalidRecordError, {"begindatum": "2018-11-01"}),
        (TypeError, {"begin": None}),
    ):
        with pytest.raises(error):
            form.change(**cells)

    assert said(form, JUDGE.settings) == said(opened(), JUDGE.settings)


def test_another_key_is_another_bpvo() -> None:
    """Every rule is judged, and every melding and verdict names the new key."""
    found = opened(Telefoon(None)).change(volgnummer="77", leerbedrijf_id=None)

    assert found.judged == {rule.code for rule in JUDGE.settings.rules if rule.subject is BPVO}
    subjects = [*(one.subject for one in found.verdicts), *(one.subject for one in found.meldingen)]
    assert {subject.split("/")[-1] for subject in subjects} == {"77"}


def test_a_melding_stands_beside_the_fields_that_it_is_not_met_by() -> None:
    """
    A company without recognition: beside the company, what for and from when; the hours are not concerned.

    Of what must be filled only what is empty is at fault.
    """
    form = opened(Telefoon(Registerantwoord(bekend=True))).change(afsluitdatum=None)
    per_cell = {name: [m.rule for m in found] for name, found in form.meldingen_per_cell().items()}

    assert "erkend_bij_aanvang" in per_cell["leerbedrijf_id"]
    assert "erkend_bij_aanvang" in per_cell["opleidingcode"]
    assert "erkend_bij_aanvang" in per_cell["begindatum"]
    assert "verplichte_gegevens" in per_cell["afsluitdatum"]
    assert "omvang" not in per_cell
    assert [name for name, rules in per_cell.items() if "verplichte_gegevens" in rules] == ["afsluitdatum"]


def test_a_melding_about_records_elsewhere_stands_beside_no_field() -> None:
    """That DUO passed it on too late is not typed in the form."""
    judge = Judge(make_settings(only_rules=["tijdig_bij_sbb"]))
    places: list[str] = []
    for world in map(seeded_world, range(7000, 7010)):
        stand = judged(world).context.stand
        for bpvo in stand.bpvos:
            places += judge.draft(bpvo, peildatum=world.peildatum, stand=stand).meldingen_per_cell()

    assert set(places) == {""}


def test_forms_of_eight_threads_do_not_disturb_each_other() -> None:
    """One Judge, one draft to start from, eight typists: each ends with what it would have said alone."""
    start = opened(Telefoon(Registerantwoord(bekend=True)))
    hours = [*range(1, 25)]

    def typed(number: int) -> object:
        form = start
        for one in hours:
            form = form.change(omvang=one * number, leerbedrijf_id=f"10000000{number}")
        return said(form, JUDGE.settings)

    expected = [typed(number) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(typed, range(8))) == expected
