"""The truth: what was planted is what a judge finds, no more and no less."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from tests.oracle.feiten import NOT_MET
from tests.oracle.rules import oracle_verdicts

from bpvo_rules import Kind, judge
from bpvo_rules.keten import Keten
from bpvo_rules.simulate import GEBREKEN, GEEN_GEBREKEN, Simulatie, simulate
from bpvo_rules.simulate.gebreken import VOLLEDIG

FOUT = (
    "leerbedrijf_bekend",
    "erkend_bij_aanvang",
    "erkend_gedurende_looptijd",
    "keuzedeel_leerbedrijf_bekend",
    "keuzedeel_erkend_bij_aanvang",
    "keuzedeel_erkend_gedurende_looptijd",
    "tijdig_bij_duo",
    "tijdig_bij_sbb",
    "wijziging_tijdig_bij_duo",
    "terugkoppeling_tijdig",
    "white_label_antwoordt",
    "besluit_tijdig",
    "kennisgeving_tijdig",
    "stagefonds_inschrijving",
    "stagefonds_instelling",
    "stagefonds_leerweg",
    "stagefonds_categorie",
    "stagefonds_periode",
    "stagefonds_omvang",
    "stagefonds_leerbedrijf",
    "stagefonds_tweede_erkenning",
    "verplichte_gegevens",
)
NIET_FOUT = (
    "erkenning_dekt_planning",
    "keuzedeel_geldig",
    "levering_geaccepteerd",
    "besluit_overschrijding_gemotiveerd",
    "omvang_aannemelijk",
    "einddatum_niet_in_toekomst",
    "einddatum_geregistreerd",
    "geen_dubbele_bpvo",
    "een_grondslag",
)

Pairs = frozenset[tuple[str, str]]


def by_judge(keten: Keten, peildatum: date) -> Pairs:
    """Give what the library finds."""
    return frozenset((m.subject, m.rule) for m in judge(keten, peildatum=peildatum).meldingen())


def by_oracle(keten: Keten, peildatum: date) -> Pairs:
    """Give what the slow second opinion finds, that shares nothing with the library."""
    verdicts = oracle_verdicts(keten, peildatum=peildatum)
    return frozenset((subject, rule) for (rule, subject), outcome in verdicts.items() if outcome == NOT_MET)


@pytest.mark.parametrize("seed", range(1, 21))
def test_every_planted_defect_is_found_and_nothing_else_is(seed: int) -> None:
    """Of kind fout, and of every other rule of which the truth is complete."""
    made = simulate(seed=seed, bpvos=1200)
    found = by_judge(made.keten, made.peildatum)

    assert found == made.verwacht


@pytest.mark.parametrize(
    "peildatum",
    [date(2017, 8, 1), date(2018, 7, 31), date(2018, 10, 1), date(2019, 1, 1), date(2020, 2, 29), date(2024, 5, 10)],
)
def test_the_truth_holds_on_other_days_as_well(peildatum: date) -> None:
    """Before and after the list of Stagefonds, on a leap day, and among days equated with holidays by decree."""
    made = simulate(seed=31, bpvos=800, peildatum=peildatum)

    assert by_judge(made.keten, peildatum) == made.verwacht


@pytest.mark.parametrize("rates", [None, GEEN_GEBREKEN], ids=["planted", "nothing planted"])
def test_a_second_opinion_finds_the_same(rates: Mapping[str, float] | None) -> None:
    """In a small chain, because it looks at every day of every row."""
    made = simulate(seed=1, bpvos=120, rates=rates, erkenningen_per_bpvo=0)

    assert by_oracle(made.keten, made.peildatum) == made.verwacht


def test_without_planted_defects_nothing_is_found(gaaf: Simulatie) -> None:
    assert gaaf.verwacht == frozenset()
    assert by_judge(gaaf.keten, gaaf.peildatum) == frozenset()


def test_every_rule_is_broken_somewhere(simulatie: Simulatie) -> None:
    """Also in a chain of a hundred BPVO's, because each kind is planted at least once."""
    small = simulate(seed=5, bpvos=100)

    assert {rule for _, rule in simulatie.verwacht} == {*FOUT, *NIET_FOUT}
    assert {rule for _, rule in small.verwacht} >= set(FOUT)


def test_the_rules_of_which_the_truth_is_complete_are_named() -> None:
    """All of the questions and of the registration, but those with an open norm."""
    assert set(VOLLEDIG) == {*FOUT, *NIET_FOUT}


def test_the_rules_named_as_fout_here_are_those_of_kind_fout(simulatie: Simulatie) -> None:
    found = judge(simulatie.keten, peildatum=simulatie.peildatum).meldingen()

    assert {m.rule for m in found if m.kind is Kind.FOUT} == set(FOUT)


def test_every_kind_of_defect_is_planted(simulatie: Simulatie) -> None:
    assert set(simulatie.geplant) == set(GEBREKEN)


def test_every_planted_subject_is_in_the_tables(simulatie: Simulatie) -> None:
    keten = simulatie.keten
    deliveries = [
        (f"{u.brin}/{u.student}/{u.inschrijvingvolgnummer}/{u.volgnummer}", u.volgorde)
        for u in keten.uitwisselingen or ()
    ]
    subjects = {key for key, _ in deliveries} | {f"{key}#{number}" for key, number in deliveries}
    subjects |= {a.aanvraag_id for a in keten.erkenningsaanvragen or ()}
    subjects |= {f"{m.functie}@{m.tijdstip_tekst}@{m.brin or ''}" for m in keten.white_label_metingen or ()}

    assert {subject for subject, _ in simulatie.verwacht} <= subjects


@pytest.mark.parametrize("gebrek", sorted(GEBREKEN))
def test_one_kind_alone_breaks_only_its_own_rules(gebrek: str) -> None:
    """The rules that each kind can break, by hand from the text of the questions."""
    can_break = {
        "leerbedrijf_onbekend": {
            "leerbedrijf_bekend",
            "erkend_bij_aanvang",
            "keuzedeel_leerbedrijf_bekend",
            "keuzedeel_erkend_bij_aanvang",
            "stagefonds_leerbedrijf",
            "stagefonds_tweede_erkenning",
        },
        "niet_erkend": {
            "erkend_bij_aanvang",
            "keuzedeel_erkend_bij_aanvang",
            "stagefonds_leerbedrijf",
            "stagefonds_tweede_erkenning",
        },
        "erkenning_vervallen": {
            "erkend_gedurende_looptijd",
            "keuzedeel_erkend_gedurende_looptijd",
            "stagefonds_leerbedrijf",
        },
        "erkenning_loopt_af": {"erkenning_dekt_planning"},
        "gegeven_ontbreekt": {"verplichte_gegevens"},
        "keuzedeel_ongeldig": {"keuzedeel_geldig"},
        "dubbele_grondslag": {"een_grondslag"},
        "inschrijving_ontbreekt": {"stagefonds_inschrijving"},
        "instelling_onbekend": {"stagefonds_instelling"},
        "leerweg_past_niet": {"stagefonds_leerweg"},
        "niveau_past_niet": {"stagefonds_categorie"},
        "leerweg_leeg": set(),
        "einde_voor_begin": {"stagefonds_periode", "einddatum_geregistreerd"},
        "omvang_ontbreekt": {"stagefonds_omvang"},
        "omvang_onaannemelijk": {"omvang_aannemelijk"},
        "einde_in_toekomst": {"einddatum_niet_in_toekomst"},
        "einde_niet_geregistreerd": {"einddatum_geregistreerd"},
        "dubbele_bpvo": {"geen_dubbele_bpvo"},
        "tweede_erkenning_ontbreekt": {"stagefonds_tweede_erkenning"},
        "te_laat_bij_duo": {"tijdig_bij_duo"},
        "te_laat_bij_sbb": {"tijdig_bij_sbb"},
        "wijziging_te_laat": {"wijziging_tijdig_bij_duo"},
        "terugkoppeling_te_laat": {"terugkoppeling_tijdig"},
        "levering_afgekeurd": {"levering_geaccepteerd"},
        "besluit_te_laat": {"besluit_tijdig", "kennisgeving_tijdig"},
        "besluit_gemotiveerd_te_laat": {"besluit_overschrijding_gemotiveerd", "kennisgeving_tijdig"},
        "kennisgeving_te_laat": {"kennisgeving_tijdig"},
        "white_label_storing": {"white_label_antwoordt"},
        "onderhoud_te_laat_aangekondigd": {"white_label_antwoordt"},
    }
    can_break["erkenning_te_laat"] = can_break["erkenning_verlopen"] = can_break["niet_erkend"]
    made = simulate(seed=13, bpvos=900, rates={**GEEN_GEBREKEN, gebrek: 0.5})

    assert {rule for _, rule in made.verwacht} == can_break[gebrek]
    assert by_judge(made.keten, made.peildatum) == made.verwacht


def test_a_higher_rate_plants_more() -> None:
    few = simulate(seed=1, rates={"te_laat_bij_duo": 0.01}).geplant["te_laat_bij_duo"]
    many = simulate(seed=1, rates={"te_laat_bij_duo": 0.2}).geplant["te_laat_bij_duo"]

    assert few < 60
    assert 250 < many < 500


def test_receipts_on_the_last_day_and_the_day_after_are_both_there(simulatie: Simulatie) -> None:
    """The seventh day after the afsluitdatum is in time, the eighth is not."""
    verwacht = simulatie.verwacht
    planted: dict[int, set[bool]] = {7: set(), 8: set()}
    removed = {
        (u.brin, u.student, u.inschrijvingvolgnummer, u.volgnummer)
        for u in simulatie.keten.uitwisselingen or ()
        if u.soort == "verwijdering"
    }
    for u in simulatie.keten.uitwisselingen or ():
        key = (u.brin, u.student, u.inschrijvingvolgnummer, u.volgnummer)
        first = u.volgorde == 1 and u.uitkomst == "geaccepteerd" and key not in removed
        if first and u.afsluitdatum and u.ontvangen_duo_op and u.ontvangen_duo_op <= simulatie.peildatum:
            days = (u.ontvangen_duo_op - u.afsluitdatum).days
            if days in planted:
                planted[days].add(("/".join(key), "tijdig_bij_duo") in verwacht)

    assert planted == {7: {False}, 8: {True}}


def test_a_change_on_the_eighth_day_is_planted_as_late(simulatie: Simulatie) -> None:
    changes = {
        (f"{u.brin}/{u.student}/{u.inschrijvingvolgnummer}/{u.volgnummer}#{u.volgorde}", "wijziging_tijdig_bij_duo"): (
            u.ontvangen_duo_op - u.ontstaan_op
        )
        for u in simulatie.keten.uitwisselingen or ()
        if u.soort == "wijziging" and u.ontstaan_op and u.ontvangen_duo_op and u.ontvangen_duo_op <= simulatie.peildatum
    }

    assert {pair for pair, lag in changes.items() if lag > timedelta(days=7)} == {
        pair for pair in simulatie.verwacht if pair[1] == "wijziging_tijdig_bij_duo"
    }
    assert {timedelta(days=7), timedelta(days=8)} <= set(changes.values())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"instellingen": 0}, "instellingen must lie between"),
        ({"instellingen": 6001}, "instellingen must lie between"),
        ({"bpvos": 0}, "bpvos must be at least 1"),
        ({"seed": -1}, "seed must be 0 or more"),
        ({"peildatum": date(2017, 7, 31)}, "peildatum must lie between"),
        ({"erkenningen_per_bpvo": -0.1}, "erkenningen_per_bpvo must be at least 0"),
        ({"rates": {"te_laat": 0.1}}, "te_laat is no kind of defect"),
        ({"rates": {"niet_erkend": 1.1}}, "must lie between 0 and 1"),
        ({"rates": {"niet_erkend": 0.9, "gegeven_ontbreekt": 0.2}}, "add up to more than 1"),
    ],
)
def test_arguments_outside_their_bounds_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        simulate(**{"seed": 1, **arguments})  # type: ignore[arg-type]
