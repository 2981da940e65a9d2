"""One BPVO at a time, as in a form: with and without a register that is asked instead of kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
import pytest
from tests.judge.werelden import JUDGE, judged
from tests.questions.spec import BPVO, EEN_BPVO, build, erkenning, items, parse_table, periode

from bpvo_rules import Bpvo, Judge, Judgement, Outcome, Perspectief, Stand, judge_bpvo
from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.errors import RegisterUnavailableError
from bpvo_rules.judge import Registerantwoord
from bpvo_rules.keten import Keten
from bpvo_rules.model import Erkenning
from bpvo_rules.questions import RULES
from bpvo_rules.testing.worlds import World, seeded_world

P = date(2018, 11, 15)
COMPANY = "100000000"


def draft(**cells: str) -> Bpvo:
    """Give the BPVO with which everything is in order, with some cells changed and nothing known of its sending."""
    keten, _ = build(EEN_BPVO, [cells], {})
    (bpvo,) = Stand(keten=keten, kennisdatum=P, perspectief=Perspectief.INSTELLING).bpvos
    return attrs.evolve(bpvo, leveringen=None)


def reference(**tables: str) -> Stand:
    """Give the reference tables and the register as a form has them."""
    keten, _ = build(EEN_BPVO, [], tables)
    return Stand(keten=keten.with_tables({"uitwisselingen": None}), kennisdatum=P)


def outcomes(judgement: Judgement) -> Mapping[str, str]:
    """Give the outcome per rule of the only BPVO."""
    return {v.rule: str(v.outcome) for v in judgement.verdicts() if v.subject == BPVO}


def erkenningen(text: str) -> tuple[Erkenning, ...]:
    """Read recognitions from a drawn cell."""
    return tuple(erkenning(words) for words in items(text))


@attrs.define
class Telefoon:
    """A register that gives one answer and remembers what it was asked."""

    answer: Registerantwoord | Exception | None
    asked: list[tuple[str, frozenset[str] | None]] = attrs.field(factory=list)

    def raadpleeg(
        self, leerbedrijf_id: LeerbedrijfId, codes: frozenset[Opleidingcode] | None, /
    ) -> Registerantwoord | None:
        """Answer."""
        self.asked.append((leerbedrijf_id, codes))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


ERKEND = Registerantwoord(bekend=True, erkenningen=erkenningen("25655 2018-08-01..2019-07-31"))
REGISTER_RULES = (
    "leerbedrijf_bekend",
    "erkend_bij_aanvang",
    "erkend_gedurende_looptijd",
    "erkenning_dekt_planning",
)


def test_a_draft_with_a_register_is_judged_by_what_the_register_says() -> None:
    found = outcomes(judge_bpvo(draft(), peildatum=P, stand=reference(erkenningen="?"), register=Telefoon(ERKEND)))

    assert {found[rule] for rule in REGISTER_RULES} == {"voldoet"}


def test_the_register_is_asked_instead_of_the_tables() -> None:
    """What the tables say of other companies, or of this one, does not count beside it."""
    nobody = Telefoon(Registerantwoord(bekend=False))
    covered = outcomes(judge_bpvo(draft(), peildatum=P, stand=reference(), register=nobody))
    uncovered = judge_bpvo(
        draft(), peildatum=P, stand=reference(erkenningen="", leerbedrijven=""), register=Telefoon(ERKEND)
    )

    assert {covered[rule] for rule in REGISTER_RULES[:2]} == {"voldoet_niet"}
    assert {outcomes(uncovered)[rule] for rule in REGISTER_RULES} == {"voldoet"}


def test_a_company_without_recognitions_is_known_and_not_recognised() -> None:
    found = outcomes(
        judge_bpvo(draft(), peildatum=P, stand=reference(), register=Telefoon(Registerantwoord(bekend=True)))
    )

    assert found["leerbedrijf_bekend"] == "voldoet"
    assert found["erkend_bij_aanvang"] == "voldoet_niet"
    assert found["erkend_gedurende_looptijd"] == "niet_van_toepassing"


@pytest.mark.parametrize("answer", [None, RegisterUnavailableError("bezet")], ids=["no answer", "unavailable"])
def test_a_register_that_cannot_answer_leaves_it_undecided(answer: Any) -> None:
    """Also when the tables could have told; every other rule goes on."""
    judgement = judge_bpvo(draft(), peildatum=P, stand=reference(), register=Telefoon(answer))
    found = outcomes(judgement)
    reasons = {v.rule: {m.name for m in v.missing} for v in judgement.verdicts()}

    assert {found[rule] for rule in (*REGISTER_RULES, "stagefonds_leerbedrijf")} == {
        "niet_te_bepalen",
        "niet_van_toepassing",
    }
    assert {found[rule] for rule in REGISTER_RULES} == {"niet_te_bepalen"}
    assert reasons["leerbedrijf_bekend"] == {"leerbedrijven", "erkenningen"}
    assert reasons["erkend_bij_aanvang"] == {"erkenningen"}
    assert found["verplichte_gegevens"] == "voldoet"
    assert judgement.failures == ()


def test_another_error_of_the_register_is_the_callers_to_see() -> None:
    """It is no judgement that something is wrong with the BPVO, nor that nothing is."""
    with pytest.raises(TimeoutError):
        judge_bpvo(draft(), peildatum=P, stand=reference(), register=Telefoon(TimeoutError()))


ASKED = """
    opleidingcode | keuzedeelcode | begindatum | equivalenten              | codes
    25655         |               | 2018-10-01 |                           | 25655
    25655         |               | 2018-10-01 | 25655>25480, 25480>25655  | 25480 25655
    23264         |               | 2018-10-01 | 25656>25251, 23264>25480  | 25251 25655 25656
    79140         |               | 2018-10-01 |                           | 25480 25655 25656
    99999         |               | 2018-10-01 |                           | 99999
    23189         |               | 2018-10-01 |                           | 23189 25498 92640
    23189         |               | 2018-07-31 |                           | 23189
    23189         |               |            |                           | 23189
    25655         | K0067         | 2018-10-01 |                           | any
                  | K0067         | 2018-10-01 |                           | any
"""


@pytest.mark.parametrize("case", parse_table(ASKED), ids=lambda c: " ".join(c.values()))
def test_the_register_is_asked_once_about_the_codes_that_matter(case: dict[str, str]) -> None:
    """Those of the opleiding with their equivalenten, the second recognitions of Stagefonds, or any for a keuzedeel."""
    cells = {name: case[name] for name in ("opleidingcode", "keuzedeelcode", "begindatum")}
    register = Telefoon(ERKEND)
    judgement = judge_bpvo(
        draft(**cells), peildatum=P, stand=reference(equivalenten=case["equivalenten"]), register=register
    )
    list(judgement.verdicts())
    judgement.meldingen()
    judgement.explain(BPVO)

    expected = None if case["codes"] == "any" else frozenset(case["codes"].split())
    assert register.asked == [(COMPANY, expected)]


def test_without_a_company_there_is_nothing_to_ask() -> None:
    """What is missing is the company, not the register."""
    register = Telefoon(ERKEND)
    judgement = judge_bpvo(draft(leerbedrijf_id=""), peildatum=P, stand=reference(), register=register)
    missing = {v.rule: [str(m) for m in v.missing] for v in judgement.verdicts()}

    assert register.asked == []
    assert missing["leerbedrijf_bekend"] == ["leerbedrijf_id leeg"]
    assert missing["erkend_bij_aanvang"] == ["leerbedrijf_id leeg"]


def test_the_second_recognition_of_stagefonds_is_judged_by_the_answer_too() -> None:
    answer = Registerantwoord(bekend=True, erkenningen=erkenningen("23189 2018-08-01.., 92640 2018-10-01.."))
    for begindatum, expected in (("2018-09-30", "voldoet_niet"), ("2018-10-01", "voldoet")):
        bpvo = draft(opleidingcode="23189", begindatum=begindatum)
        found = outcomes(judge_bpvo(bpvo, peildatum=P, stand=reference(), register=Telefoon(answer)))
        assert found["stagefonds_tweede_erkenning"] == expected


def test_an_answer_with_recognitions_of_an_unknown_company_is_refused() -> None:
    with pytest.raises(ValueError, match="bekend must be True"):
        Registerantwoord(bekend=False, erkenningen=ERKEND.erkenningen)


def test_an_answer_of_the_register_is_given_by_name() -> None:
    """A bare yes does not say what of."""
    with pytest.raises(TypeError):
        Registerantwoord(True)  # type: ignore[call-arg] # the mistake


def test_with_nothing_but_the_draft_only_what_the_draft_says_is_decided() -> None:
    """No stand, no register: nothing was looked up, so nothing is good because of it."""
    found = outcomes(judge_bpvo(draft(opleidingcode="23181"), peildatum=P))

    good = {rule for rule, outcome in found.items() if outcome == "voldoet"}
    read = {rule.code: {table for fact in rule.reads for table, _ in fact.all_columns()} for rule in RULES}

    assert good >= {
        "stagefonds_periode",
        "stagefonds_omvang",
        "omvang_aannemelijk",
        "verplichte_gegevens",
        "een_grondslag",
    }
    assert {rule for rule in good if read[rule] - {"uitwisselingen"}} == set()
    assert "voldoet_niet" not in found.values()


@pytest.mark.parametrize(
    ("leveringen", "peildatum", "expected"),
    [
        (None, date(2018, 11, 15), "niet_te_bepalen"),
        # The afsluitdatum is 24 September: the last day on which it is in time is 1 October.
        ((), date(2018, 9, 30), "niet_te_bepalen"),
        ((), date(2018, 10, 1), "voldoet_niet"),
    ],
)
def test_never_sent_is_not_the_same_as_not_looked_up(leveringen: Any, peildatum: date, expected: str) -> None:
    bpvo = attrs.evolve(draft(), leveringen=leveringen)

    assert outcomes(judge_bpvo(bpvo, peildatum=peildatum))["tijdig_bij_duo"] == expected


def test_the_kennisdatum_is_that_of_the_stand() -> None:
    """The term ends on 1 October; on K = 30 September it can still come, whatever P is."""
    bpvo = attrs.evolve(draft(), leveringen=())
    stand = Stand(keten=Keten(), kennisdatum=date(2018, 9, 30))
    judgement = judge_bpvo(bpvo, peildatum=P, stand=stand)

    assert judgement.kennisdatum == date(2018, 9, 30)
    assert judgement.peildatum == P
    assert outcomes(judgement)["tijdig_bij_duo"] == "niet_te_bepalen"


def test_periods_of_the_inschrijving_can_be_given() -> None:
    """They stand in for the table: the one that began last on or before the begindatum counts."""
    given = [
        periode(words) for words in items("2018-10-01 BBL 3 23181, 2018-10-02 BOL 4 23181, 2018-08-01 BOL 4 23181")
    ]
    bpvo = draft(opleidingcode="23181")
    found = judge_bpvo(bpvo, peildatum=P, stand=reference(periodes=""), inschrijvingsperiodes=given)
    evidence = {
        e.name: e.value for x in found.explain(BPVO) if x.rule.code == "stagefonds_categorie" for e in x.evidence
    }

    assert outcomes(found)["stagefonds_inschrijving"] == "voldoet"
    assert (evidence["leerweg"], evidence["niveau"], evidence["stagefonds_categorieen"]) == ("BBL", 3, ("E",))
    earlier = judge_bpvo(bpvo, peildatum=P, stand=reference(), inschrijvingsperiodes=given[2:])
    assert outcomes(earlier)["stagefonds_inschrijving"] == "voldoet"
    empty = judge_bpvo(bpvo, peildatum=P, stand=reference(), inschrijvingsperiodes=())
    assert outcomes(empty)["stagefonds_inschrijving"] == "voldoet_niet"


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (None, "niet_te_bepalen"),
        ((), "voldoet"),
        (({},), "voldoet"),
        (({"volgnummer": "2"},), "voldoet_niet"),
        (({"volgnummer": "2", "begindatum": "2019-02-01", "einddatum_gepland": "2019-03-01"},), "voldoet"),
        (({"volgnummer": "2", "begindatum": "2019-01-31", "einddatum_gepland": "2019-03-01"},), "voldoet_niet"),
        (({"volgnummer": "2", "leerbedrijf_id": "100000001"},), "voldoet"),
        (({"volgnummer": "2", "student": "s2"},), "voldoet"),
        (({"inschrijvingvolgnummer": "2"},), "voldoet_niet"),
        # A number or place that comes before its own in the order of letters is another just as well.
        (({"volgnummer": "0"},), "voldoet_niet"),
        (({"inschrijvingvolgnummer": "0", "volgnummer": "2"},), "voldoet_niet"),
        (({"volgnummer": "2", "student": "s0"},), "voldoet"),
        (({"volgnummer": "2", "brin": "00AA"},), "voldoet"),
        (({"volgnummer": "2", "leerbedrijf_id": ""},), "voldoet"),
        (({"volgnummer": "2", "student": "s2"}, {}, {"volgnummer": "3"}), "voldoet_niet"),
    ],
)
def test_the_other_bpvos_of_the_student_are_those_that_are_given(others: Any, expected: str) -> None:
    """Not given is not looked up; the BPVO itself among them does not count."""
    own = {"opleidingcode": "23181"}
    given = None if others is None else [draft(**own, **cells) for cells in others]
    found = judge_bpvo(draft(**own), peildatum=P, stand=reference(), andere_bpvos=given)

    assert outcomes(found)["geen_dubbele_bpvo"] == expected


# Every table but that of the deliveries, whose content the BPVO itself is.
TABELLEN = """
    instellingen opleidingen equivalenten keuzedelen leerbedrijven erkenningen inschrijvingen inschrijvingsperiodes
    erkenningsaanvragen white_label_metingen white_label_onderhoud
""".split()
# What a delivery tells and a BPVO does not: when it was sent, received and answered.
ZENDING = "volgorde soort ontstaan_op ontvangen_duo_op teruggekoppeld_op uitkomst ontvangen_sbb_op".split()
ANDERE = ("andere_bpvos", None)


def test_what_is_not_given_of_one_bpvo_was_not_looked_up() -> None:
    """And what is given was, whatever else is missing."""
    tables: set[tuple[str, str | None]] = {(name, None) for name in TABELLEN}
    sending: set[tuple[str, str | None]] = {("uitwisselingen", name) for name in ZENDING}
    sent = attrs.evolve(draft(), leveringen=())

    def closed(bpvo: Bpvo, **given: Any) -> set[tuple[str, str | None]]:
        return set(judge_bpvo(bpvo, peildatum=P, **given).context.not_looked_up)

    assert closed(draft()) == {*tables, *sending, ANDERE}
    assert closed(sent) == {*tables, ANDERE}
    assert closed(sent, andere_bpvos=()) == tables
    assert closed(sent, andere_bpvos=(), inschrijvingsperiodes=()) == tables - {("inschrijvingsperiodes", None)}
    register = {("leerbedrijven", None), ("erkenningen", None)}
    assert closed(sent, andere_bpvos=(), register=Telefoon(ERKEND)) == tables - register
    assert closed(sent, andere_bpvos=(), register=Telefoon(None)) == tables


def test_columns_that_the_tables_of_others_lack_say_nothing_about_one_bpvo() -> None:
    """A school may not send the omvang of its BPVO's; that of the one in the form is given."""
    pairs = {("uitwisselingen", "omvang"), ("inschrijvingsperiodes", "niveau"), ("erkenningen", "tot_en_met")}
    keten = Keten().with_tables({"erkenningen": (), "leerbedrijven": (), "inschrijvingsperiodes": ()})
    stand = Stand(keten=attrs.evolve(keten, niet_opgezocht=frozenset(pairs)), kennisdatum=P)

    def closed(**given: Any) -> set[tuple[str, str | None]]:
        found = judge_bpvo(draft(), peildatum=P, stand=stand, **given).context.not_looked_up
        return {(table, column) for table, column in found & pairs}

    assert closed() == pairs - {("uitwisselingen", "omvang")}
    assert closed(inschrijvingsperiodes=()) == {("erkenningen", "tot_en_met")}
    assert closed(register=Telefoon(ERKEND)) == {("inschrijvingsperiodes", "niveau")}


def one_by_one(world: World, *, with_register: bool) -> list[tuple[Bpvo, Judgement, Judgement]]:
    """Judge a chain as a whole, and each BPVO of it with the same inputs."""
    whole = judged(world)
    stand = whole.context.stand
    tables = {"uitwisselingen": None, **({"leerbedrijven": (), "erkenningen": ()} if with_register else {})}
    given = Stand(keten=world.keten.with_tables(tables), kennisdatum=whole.kennisdatum, perspectief=whole.perspectief)
    found = []
    for bpvo in stand.bpvos:
        others = [o for o in stand.bpvos if (o.brin, o.student) == (bpvo.brin, bpvo.student)]
        company = bpvo.leerbedrijf_id or ""
        answer = Registerantwoord(
            bekend=company in stand.leerbedrijven or company in stand.erkenningen,
            erkenningen=tuple(stand.erkenningen.get(company, ())),
        )
        single = JUDGE.bpvo(
            bpvo,
            peildatum=world.peildatum,
            stand=given,
            register=Telefoon(answer) if with_register else None,
            andere_bpvos=others,
        )
        found.append((bpvo, whole, single))
    return found


def key(bpvo: Bpvo) -> str:
    """Name a BPVO."""
    return f"{bpvo.brin}/{bpvo.student}/{bpvo.inschrijvingvolgnummer}/{bpvo.volgnummer}"


def comparable(world: World) -> bool:
    """Say whether one BPVO can be given all that its chain holds: a form has no unread columns."""
    return not any(table == "uitwisselingen" for table, _ in world.keten.niet_opgezocht)


@pytest.mark.parametrize("batch", range(3))
def test_a_bpvo_in_a_form_is_judged_as_in_its_chain(batch: int) -> None:
    """The same outcomes for the same reasons, and the same meldingen with the same evidence."""
    for seed in range(8000 + batch * 50, 8000 + (batch + 1) * 50):
        world = seeded_world(seed)
        if not comparable(world):
            continue
        for bpvo, whole, single in one_by_one(world, with_register=False):
            name = key(bpvo)
            assert list(single.verdicts()) == [v for v in whole.verdicts() if v.subject == name], seed
            assert list(single.meldingen()) == [m for m in whole.meldingen() if m.subject == name], seed


def test_a_register_that_says_what_the_tables_say_changes_no_outcome() -> None:
    seen = 0
    for seed in range(8200, 8350):
        world = seeded_world(seed)
        keten = world.keten
        complete = keten.erkenningen is not None and keten.leerbedrijven is not None
        if not comparable(world) or not complete or any(t == "erkenningen" for t, _ in keten.niet_opgezocht):
            continue
        for bpvo, whole, single in one_by_one(world, with_register=True):
            name = key(bpvo)
            expected = {v.rule: v.outcome for v in whole.verdicts() if v.subject == name}
            assert {v.rule: v.outcome for v in single.verdicts()} == expected, seed
            seen += 1
    assert seen > 100


def test_a_draft_is_no_part_of_the_tables() -> None:
    """Rules about deliveries, requests and measurements do not run for one BPVO."""
    judgement = judge_bpvo(draft(), peildatum=P)

    assert {rule.subject.name for rule in judgement.rules} == {"Bpvo"}
    assert set(judgement.counts["een_grondslag"].values()) == {0, 1}
    assert judgement.counts["een_grondslag"][Outcome.MET] == 1


def test_a_judge_made_once_serves_every_form() -> None:
    """The helper that makes one each time says the same."""
    judge = Judge()
    for bpvo in (draft(), draft(leerbedrijf_id=""), draft(opleidingcode="23181")):
        one = judge.bpvo(bpvo, peildatum=P, stand=reference())
        other = judge_bpvo(bpvo, peildatum=P, stand=reference())
        assert list(one.verdicts()) == list(other.verdicts())
