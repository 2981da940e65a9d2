"""explain_difference: the causes of a change add up exactly, and each cause gets what is its own."""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from tests.cli.runner import ERKEND, NIET_ERKEND, OPLEIDING, kleine_keten, levering, meting
from tests.foto_map.kit import DAYS, judged
from tests.judge.werelden import JUDGE

from bpvo_rules import Judge, Judgement
from bpvo_rules.foto import Cel, Oorzaak, Plaats, Policy, aggregate, explain_difference
from bpvo_rules.foto.difference import Deel, _Then
from bpvo_rules.judge import make_settings
from bpvo_rules.keten import Keten
from bpvo_rules.model import Erkenning, SoortUitwisseling, Uitkomst
from bpvo_rules.testing.worlds import seeded_world

F0, F1 = date(2018, 10, 1), date(2019, 1, 1)
OUTCOMES = ("voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing")
PLAIN = Judge()


def checked(old: Judgement, new: Judgement) -> tuple[Deel, ...]:
    """Hold the parts to the two fotos: every change is there, and its causes add up to it exactly."""
    parts = explain_difference(old, new)
    places: list[dict[tuple[Any, ...], Cel]] = []
    for judgement in (old, new):
        foto = aggregate(judgement, policy=Policy.NIVEAU)
        places.append({(c.vraag, c.instelling, c.domein): c for c in (*foto.cellen, *foto.marges)})

    def count(side: int, place: tuple[Any, ...], outcome: str) -> int:
        cel = places[side].get(place)
        return 0 if cel is None else getattr(cel, outcome).subjects.waarde

    told = {(part.vraag, part.instelling, part.domein, part.uitkomst): part for part in parts}
    assert len(told) == len(parts)
    for place in {*places[0], *places[1]}:
        for outcome in OUTCOMES:
            part = told.pop((*place, outcome), None)
            before, after = count(0, place, outcome), count(1, place, outcome)
            if part is None:
                assert before == after
            else:
                assert (part.oud, part.nieuw) == (before, after)
                assert list(part.oorzaken) == list(Oorzaak)
                assert sum(part.oorzaken.values()) == after - before
    assert all(part.oud == part.nieuw == sum(part.oorzaken.values()) == 0 for part in told.values())
    return parts


@pytest.mark.parametrize("batch", range(3))
def test_causes_add_up_exactly_in_random_worlds(batch: int) -> None:
    """Two worlds that have nothing to do with each other, two days, two sets of norms."""
    other = Judge(make_settings(norms={"speling_na_aanvang": 30, "maximale_duur_ms": 100}))
    found = 0
    for seed in range(batch * 25, batch * 25 + 25):
        one, two = seeded_world(seed), seeded_world(seed + 3000)
        first, last = sorted((one.peildatum, two.peildatum))
        old = JUDGE.keten(one.keten, peildatum=first)
        found += len(checked(old, other.keten(two.keten, peildatum=last)))
        found += len(checked(old, JUDGE.keten(one.keten, peildatum=last)))
    assert found > 100


def test_causes_add_up_over_a_year_of_a_simulated_chain() -> None:
    """The margins of each cause are the sums of its cells as well."""
    parts = checked(judged(DAYS[0]), judged(DAYS[3]))
    sums: defaultdict[tuple[str, str], defaultdict[Oorzaak, int]] = defaultdict(lambda: defaultdict(int))
    for part in parts:
        if Plaats.ALLE not in {part.instelling, part.domein} or (
            part.domein is Plaats.ALLE
            and part.instelling is not Plaats.ALLE
            and part.vraag == "white_label_beschikbaar"
        ):
            for cause, number in part.oorzaken.items():
                sums[part.vraag, part.uitkomst][cause] += number
    country = [p for p in parts if p.instelling is Plaats.ALLE and p.domein is Plaats.ALLE]

    assert country
    for part in country:
        assert dict(part.oorzaken) == {cause: sums[part.vraag, part.uitkomst][cause] for cause in Oorzaak}
    assert {cause for part in country for cause, number in part.oorzaken.items() if number} >= {
        Oorzaak.VENSTER,
        Oorzaak.GEWIJZIGD,
        Oorzaak.NIEUW,
    }


@pytest.mark.parametrize("seed", range(60))
def test_a_keten_as_it_was_known_is_judged_then_as_the_whole_keten(seed: int) -> None:
    """Leaving out what came later changes nothing on the day itself: what it was like then is what is frozen."""
    world = seeded_world(seed)
    day = world.peildatum
    frozen = world.keten.with_tables(_Then(world.keten, day).tables(register=True, changes=False))

    assert aggregate(JUDGE.keten(frozen, peildatum=day), policy=Policy.NIVEAU) == aggregate(
        JUDGE.keten(world.keten, peildatum=day), policy=Policy.NIVEAU
    )


# ---- one cause at a time


def country(old: Keten, new: Keten, *, first: date = F0, last: date = F1, **settings: Any) -> dict[str, dict[str, int]]:
    """Give what each cause added to *voldoet_niet* of question 1 in the country, without what is 0."""
    parts = checked(PLAIN.keten(old, peildatum=first), Judge(make_settings(**settings)).keten(new, peildatum=last))
    return {
        part.uitkomst: {str(cause): number for cause, number in part.oorzaken.items() if number}
        for part in parts
        if part.vraag == "bpvo_erkend_leerbedrijf" and part.instelling is part.domein is Plaats.ALLE
    }


def of(*rows: Any, **tables: Any) -> Keten:
    """Give the small keten with these deliveries."""
    return kleine_keten(uitwisselingen=rows, **tables)


GOED = levering("GOED")


def test_nothing_changed_has_no_cause() -> None:
    """GOED began on 1 September: in the window of both days."""
    assert country(of(GOED), of(GOED)) == {}


def test_a_bpvo_that_leaves_the_window_is_of_the_window() -> None:
    """It began on 1 October 2017, the last day that is out of the window of 1 October 2018."""
    old = levering("OUD", begindatum=date(2017, 12, 1), einddatum_gepland=date(2018, 3, 1), leerbedrijf_id=NIET_ERKEND)

    assert country(of(old), of(old)) == {"voldoet_niet": {"venster": -1}}


def test_a_bpvo_that_duo_received_since_is_new() -> None:
    new = levering("NIEUW", ontvangen_duo_op=date(2018, 10, 2), leerbedrijf_id=NIET_ERKEND)

    assert country(of(GOED), of(GOED, new)) == {"voldoet_niet": {"nieuw": 1}}


def test_a_bpvo_that_duo_had_received_by_then_is_corrected_knowledge() -> None:
    """The day of the old foto itself counts as known."""
    new = levering("LATER", ontvangen_duo_op=date(2018, 10, 1), leerbedrijf_id=NIET_ERKEND)

    assert country(of(GOED), of(GOED, new)) == {"voldoet_niet": {"kennis": 1}}
    assert country(of(GOED, new), of(GOED)) == {"voldoet_niet": {"kennis": -1}}


def test_a_bpvo_that_was_delivered_again_since_was_changed() -> None:
    again = attrs.evolve(
        GOED,
        volgorde=2,
        soort=SoortUitwisseling.WIJZIGING,
        ontvangen_duo_op=date(2018, 11, 1),
        leerbedrijf_id=NIET_ERKEND,
    )

    assert country(of(GOED), of(GOED, again)) == {"voldoet": {"gewijzigd": -1}, "voldoet_niet": {"gewijzigd": 1}}


def test_a_bpvo_that_was_taken_away_since_was_changed() -> None:
    gone = attrs.evolve(GOED, volgorde=2, soort=SoortUitwisseling.VERWIJDERING, ontvangen_duo_op=date(2018, 11, 1))

    assert country(of(GOED), of(GOED, gone)) == {"voldoet": {"gewijzigd": -1}}


def test_a_rejection_since_changes_a_bpvo() -> None:
    rejected = attrs.evolve(GOED, teruggekoppeld_op=date(2018, 10, 2), uitkomst=Uitkomst.AFGEKEURD)

    assert country(of(rejected), of(rejected)) == {"voldoet": {"gewijzigd": -1}}


def test_a_withdrawal_in_the_register_since_is_of_the_register() -> None:
    recognised = Erkenning(
        leerbedrijf_id=ERKEND, opleidingcode=OPLEIDING, van=date(2018, 1, 1), tot_en_met=date(2018, 12, 31)
    )
    shorter = attrs.evolve(recognised, tot_en_met=date(2018, 8, 1), bekend_vanaf=date(2018, 10, 2))
    register = [attrs.evolve(recognised, bekend_tot=date(2018, 10, 2)), shorter]

    assert country(of(GOED, erkenningen=register), of(GOED, erkenningen=register)) == {
        "voldoet": {"register": -1},
        "voldoet_niet": {"register": 1},
    }


def test_another_norm_or_set_of_rules_is_of_the_norms() -> None:
    """Without the rule about the start nothing is wrong with KOUD that a rule still says."""
    cold = levering("KOUD", leerbedrijf_id=NIET_ERKEND)
    found = country(of(cold), of(cold), only_rules=["leerbedrijf_bekend"])

    assert found == {"voldoet": {"normen": 1}, "voldoet_niet": {"normen": -1}}


def test_causes_that_cancel_out_are_both_told() -> None:
    again = attrs.evolve(
        GOED,
        volgorde=2,
        soort=SoortUitwisseling.WIJZIGING,
        ontvangen_duo_op=date(2018, 11, 1),
        leerbedrijf_id=NIET_ERKEND,
    )
    new = levering("NIEUW", ontvangen_duo_op=date(2018, 10, 2))

    assert country(of(GOED), of(GOED, again, new))["voldoet"] == {"gewijzigd": -1, "nieuw": 1}


def test_the_new_day_is_not_before_the_old_one() -> None:
    with pytest.raises(ValueError, match="earlier"):
        explain_difference(judged(DAYS[1]), judged(DAYS[0]))


def test_a_correction_of_the_same_day_is_all_knowledge_and_norms() -> None:
    again = attrs.evolve(GOED, leerbedrijf_id=NIET_ERKEND)

    assert country(of(GOED), of(again), last=F0) == {"voldoet": {"kennis": -1}, "voldoet_niet": {"kennis": 1}}


def test_a_measurement_since_is_new_and_one_of_the_day_itself_was_there() -> None:
    """Question 4: both fail, on the old day and on the day after it."""
    probe = meting(12, gelukt=False)
    rows = [
        attrs.evolve(probe, tijdstip=moment, tijdstip_tekst=moment.isoformat())
        for moment in (datetime(2018, 10, 1, 12, tzinfo=UTC), datetime(2018, 10, 2, 12, tzinfo=UTC))
    ]
    keten = of(GOED, white_label_metingen=rows)
    parts = checked(PLAIN.keten(keten, peildatum=F0), PLAIN.keten(keten, peildatum=F1))

    assert [
        (part.uitkomst, part.oud, {str(cause): number for cause, number in part.oorzaken.items() if number})
        for part in parts
        if part.vraag == "white_label_beschikbaar" and part.instelling is Plaats.ALLE
    ] == [("voldoet_niet", 1, {"nieuw": 1})]
