"""
What is declared beside the conditions: what a rule cites and shows, and what norms and sources say.

The conditions are drawn as cases in the other files. What a rule cites and shows, and what norms and sources say,
stands in the text of the questions and in the sources themselves; these tables were read beside them.
"""

from typing import Any

from tests.questions.spec import parse_table

from bpvo_rules.questions import NORMS, QUESTIONS, RULES, sources
from bpvo_rules.rules import Source
from bpvo_rules.rules.fact import input_name

SOURCES = {id(found): name for name, found in vars(sources).items() if isinstance(found, Source)}


def rows(table: str) -> list[tuple[str, ...]]:
    """Read a table as tuples; a row whose first cells were there before goes on with the last cell of that one."""
    found: dict[tuple[str, ...], str] = {}
    for row in parse_table(table):
        *key, last = row.values()
        found[tuple(key)] = f"{found[tuple(key)]} {last}" if tuple(key) in found else last
    return [(*key, last) for key, last in found.items()]


def test_the_dimension_of_a_rule_what_it_may_miss_and_from_when_it_holds() -> None:
    """A rule that rests on an assumption can say too much or too little; keuzedelen came on 1 August 2016."""
    found = [(r.code, str(r.dimension), str(r.executability), str(r.geldig_van or "")) for r in RULES]

    assert found == rows(
        """
        regel                               | dimensie        | uitvoerbaarheid      | geldig_van
        ------------------------------------+-----------------+----------------------+-----------
        leerbedrijf_bekend                  | juistheid       | volledig             |
        erkend_bij_aanvang                  | juistheid       | kan te weinig melden |
        erkend_gedurende_looptijd           | actualiteit     | kan te weinig melden |
        erkenning_dekt_planning             | actualiteit     | kan te veel melden   |
        keuzedeel_leerbedrijf_bekend        | juistheid       | volledig             | 2016-08-01
        keuzedeel_erkend_bij_aanvang        | juistheid       | volledig             | 2016-08-01
        keuzedeel_erkend_gedurende_looptijd | actualiteit     | volledig             | 2016-08-01
        keuzedeel_geldig                    | validiteit      | volledig             | 2016-08-01
        tijdig_bij_duo                      | actualiteit     | kan te veel melden   |
        tijdig_bij_sbb                      | actualiteit     | kan te veel melden   |
        bij_duo_rond_aanvang                | actualiteit     | volledig             |
        wijziging_tijdig_bij_duo            | actualiteit     | volledig             |
        terugkoppeling_tijdig               | actualiteit     | volledig             |
        levering_geaccepteerd               | juistheid       | volledig             |
        white_label_antwoordt               | beschikbaarheid | kan te weinig melden |
        white_label_vlot                    | beschikbaarheid | volledig             |
        besluit_tijdig                      | actualiteit     | kan te veel melden   |
        besluit_overschrijding_gemotiveerd  | actualiteit     | volledig             |
        kennisgeving_tijdig                 | actualiteit     | kan te veel melden   |
        stagefonds_inschrijving             | consistentie    | volledig             |
        stagefonds_instelling               | juistheid       | volledig             |
        stagefonds_leerweg                  | validiteit      | volledig             |
        stagefonds_categorie                | consistentie    | volledig             |
        stagefonds_periode                  | validiteit      | volledig             |
        stagefonds_omvang                   | completeheid    | volledig             |
        stagefonds_leerbedrijf              | juistheid       | kan te weinig melden |
        stagefonds_tweede_erkenning         | consistentie    | kan te veel melden   |
        omvang_aannemelijk                  | plausibiliteit  | kan te veel melden   |
        einddatum_niet_in_toekomst          | validiteit      | volledig             |
        einddatum_geregistreerd             | actualiteit     | volledig             |
        geen_dubbele_bpvo                   | consistentie    | volledig             |
        verplichte_gegevens                 | completeheid    | volledig             |
        een_grondslag                       | consistentie    | volledig             |
        """
    )
    assert {(r.version, r.geldig_tot_en_met) for r in RULES} == {(1, None)}


def test_what_a_rule_cites() -> None:
    """The law or document of the text; where the basis changed on 1 July 2020 or 1 August 2016, both."""
    assert [(rule.code, " ".join(SOURCES[id(one)] for one in rule.sources)) for rule in RULES] == rows(
        """
        regel                               | bronnen
        ------------------------------------+--------------------------------------------------------
        leerbedrijf_bekend                  | WEB_ERKEND
        erkend_bij_aanvang                  | WEB_ERKEND
        erkend_gedurende_looptijd           | WEB_VERVANGENDE_PLAATS
        erkenning_dekt_planning             | WEB_ERKEND
        keuzedeel_leerbedrijf_bekend        | KEUZEDEEL_ELKE_ERKENNING WEB_ERKEND
        keuzedeel_erkend_bij_aanvang        | KEUZEDEEL_ELKE_ERKENNING WEB_ERKEND
        keuzedeel_erkend_gedurende_looptijd | WEB_VERVANGENDE_PLAATS
        keuzedeel_geldig                    | ROD_GEGEVENS
        tijdig_bij_duo                      | BVE_TERMIJN ROD_TERMIJN
        tijdig_bij_sbb                      | SBB_MAANDELIJKS
        bij_duo_rond_aanvang                | DECK
        wijziging_tijdig_bij_duo            | BVE_TERMIJN ROD_TERMIJN
        terugkoppeling_tijdig               | BVE_TERUGKOPPELING ROD_TERUGKOPPELING
        levering_geaccepteerd               | WEB_JUIST_EN_VOLLEDIG ROD_GEGEVENS
        white_label_antwoordt               | DECK WHITE_LABEL
        white_label_vlot                    | WHITE_LABEL
        besluit_tijdig                      | REGLEMENT_2015_BESLUIT REGLEMENT_2016_BESLUIT
        besluit_overschrijding_gemotiveerd  | REGLEMENT_2015_BESLUIT REGLEMENT_2016_BESLUIT
        kennisgeving_tijdig                 | REGLEMENT_2015_KENNISGEVING REGLEMENT_2016_KENNISGEVING
        stagefonds_inschrijving             | STAGEFONDS_GEGEVENS
        stagefonds_instelling               | STAGEFONDS_GEGEVENS
        stagefonds_leerweg                  | STAGEFONDS_BIJLAGEN
        stagefonds_categorie                | STAGEFONDS_BIJLAGEN
        stagefonds_periode                  | STAGEFONDS_GEGEVENS
        stagefonds_omvang                   | STAGEFONDS_GEGEVENS
        stagefonds_leerbedrijf              | STAGEFONDS_STAGEPLAATS
        stagefonds_tweede_erkenning         | STAGEFONDS_BIJLAGEN
        omvang_aannemelijk                  | STAGEFONDS_GEGEVENS
        einddatum_niet_in_toekomst          | DUO_889
        einddatum_geregistreerd             | STAGEFONDS_GEGEVENS
        geen_dubbele_bpvo                   | STAGEFONDS_GEGEVENS
        verplichte_gegevens                 | WEB_JUIST_EN_VOLLEDIG ROD_GEGEVENS
        een_grondslag                       | ROD_GEGEVENS
        """
    )


def test_what_a_rule_shows_beside_what_it_reads() -> None:
    assert [(rule.code, " ".join(input_name(one) for one in rule.evidence)) for rule in RULES] == rows(
        """
        regel                               | bewijs
        ------------------------------------+---------------------------------------------------------------------
        leerbedrijf_bekend                  | leerbedrijf_id
        erkend_bij_aanvang                  | leerbedrijf_id opleidingcode begindatum codes erkende_periodes
        erkend_bij_aanvang                  | dichtstbijzijnde_erkenning_van dichtstbijzijnde_erkenning_tot_en_met
        erkend_gedurende_looptijd           | leerbedrijf_id opleidingcode einde codes erkende_periodes
        erkend_gedurende_looptijd           | eerste_dag_zonder_erkenning dagen_zonder_erkenning
        erkenning_dekt_planning             | leerbedrijf_id opleidingcode codes erkende_periodes
        erkenning_dekt_planning             | eerste_dag_zonder_erkenning_na_peildatum
        keuzedeel_leerbedrijf_bekend        | leerbedrijf_id keuzedeelcode
        keuzedeel_erkend_bij_aanvang        | leerbedrijf_id keuzedeelcode begindatum
        keuzedeel_erkend_gedurende_looptijd | leerbedrijf_id keuzedeelcode elke_eerste_dag_zonder_erkenning
        keuzedeel_erkend_gedurende_looptijd | elke_dagen_zonder_erkenning
        keuzedeel_geldig                    | keuzedeelcode begindatum
        tijdig_bij_duo                      |
        tijdig_bij_sbb                      |
        bij_duo_rond_aanvang                |
        wijziging_tijdig_bij_duo            |
        terugkoppeling_tijdig               |
        levering_geaccepteerd               | soort
        white_label_antwoordt               | functie tijdstip
        white_label_vlot                    | functie tijdstip
        besluit_tijdig                      | leerbedrijf_id opleidingcode
        besluit_overschrijding_gemotiveerd  | leerbedrijf_id opleidingcode
        kennisgeving_tijdig                 | leerbedrijf_id opleidingcode
        stagefonds_inschrijving             | begindatum
        stagefonds_instelling               | brin
        stagefonds_leerweg                  | leerweg opleidingcode
        stagefonds_categorie                | leerweg opleidingcode niveau stagefonds_categorieen
        stagefonds_periode                  | begindatum einddatum_gepland einddatum_werkelijk
        stagefonds_omvang                   | omvang
        stagefonds_leerbedrijf              | leerbedrijf_id opleidingcode einde codes erkende_periodes
        stagefonds_leerbedrijf              | eerste_dag_zonder_erkenning dagen_zonder_erkenning
        stagefonds_tweede_erkenning         | leerbedrijf_id opleidingcode begindatum tweede_erkenningen
        omvang_aannemelijk                  | omvang dagen_gepland
        einddatum_niet_in_toekomst          | einddatum_werkelijk
        einddatum_geregistreerd             | einddatum_gepland
        geen_dubbele_bpvo                   | leerbedrijf_id opleidingcode begindatum einde dubbele_bpvos
        verplichte_gegevens                 | ontbrekende_gegevens
        een_grondslag                       |
        """
    )


def test_what_the_norms_say() -> None:
    """An open norm has no value."""
    found: list[tuple[Any, ...]] = []
    for norm in NORMS:
        found += [(norm.id, str(norm.unit), str(v.van or ""), str(v.value), SOURCES[id(v.source)]) for v in norm.values]
        if not norm.values:
            found.append((norm.id, str(norm.unit), "", "", ""))

    assert found == rows(
        """
        norm                   | eenheid       | van        | waarde | bron
        -----------------------+---------------+------------+--------+----------------------------
        termijn_aanlevering    | dagen         |            | 7      | BVE_TERMIJN
        termijn_aanlevering    | dagen         | 2020-07-01 | 7      | ROD_TERMIJN
        termijn_doorlevering   | maanden       |            | 1      | SBB_MAANDELIJKS
        speling_na_aanvang     | dagen         |            |        |
        termijn_terugkoppeling | dagen         |            | 14     | BVE_TERUGKOPPELING
        termijn_terugkoppeling | dagen         | 2020-07-01 | 14     | ROD_TERUGKOPPELING
        venster                | venster       |            | altijd | DECK
        maximale_duur_ms       | ms            |            |        |
        termijn_besluit        | werkdagen     | 2015-08-01 | 10     | REGLEMENT_2015_BESLUIT
        termijn_besluit        | werkdagen     | 2016-08-01 | 10     | REGLEMENT_2016_BESLUIT
        termijn_kennisgeving   | werkdagen     | 2015-08-01 | 20     | REGLEMENT_2015_KENNISGEVING
        termijn_kennisgeving   | werkdagen     | 2016-08-01 | 20     | REGLEMENT_2016_KENNISGEVING
        uren_per_week          | uren per week |            | 40     | STAGEFONDS_GEGEVENS
        """
    )
    assert {str(norm.verified_on) for norm in NORMS} == {"2026-11-23"}


def test_when_the_sources_were_in_force() -> None:
    """The regeling of 2009 until the one of 1 July 2020, the reglement of 2015 until the one of 1 August 2016."""
    found = [(name, str(s.van or ""), str(s.tot_en_met or "")) for name, s in vars(sources).items() if id(s) in SOURCES]

    assert found == rows(
        """
        bron                        | van        | tot_en_met
        ----------------------------+------------+-----------
        DECK                        |            |
        WEB_ERKEND                  |            |
        WEB_VERVANGENDE_PLAATS      |            |
        WEB_JUIST_EN_VOLLEDIG       |            | 2020-06-30
        ROD_GEGEVENS                | 2020-07-01 |
        KEUZEDEEL_ELKE_ERKENNING    |            |
        BVE_TERMIJN                 |            | 2020-06-30
        ROD_TERMIJN                 | 2020-07-01 |
        BVE_TERUGKOPPELING          |            | 2020-06-30
        ROD_TERUGKOPPELING          | 2020-07-01 |
        SBB_MAANDELIJKS             |            |
        REGLEMENT_2015_BESLUIT      | 2015-08-01 | 2016-07-31
        REGLEMENT_2016_BESLUIT      | 2016-08-01 |
        REGLEMENT_2015_KENNISGEVING | 2015-08-01 | 2016-07-31
        REGLEMENT_2016_KENNISGEVING | 2016-08-01 |
        STAGEFONDS_GEGEVENS         |            |
        STAGEFONDS_BIJLAGEN         |            |
        STAGEFONDS_STAGEPLAATS      |            |
        WHITE_LABEL                 |            |
        DUO_889                     |            |
        """
    )


def test_the_numbers_of_the_questions() -> None:
    """As the deck counts them; the registration is no question. Each holds its rules once."""
    assert [(q.number, q.code, q.subject.name) for q in QUESTIONS] == [
        (1, "bpvo_erkend_leerbedrijf", "Bpvo"),
        (2, "keuzedeel_erkend_leerbedrijf", "Bpvo"),
        (3, "bpvo_tijdig", "Bpvo"),
        (4, "white_label_beschikbaar", "WhiteLabelMeting"),
        (5, "erkenning_tijdig", "Erkenningsaanvraag"),
        (6, "stagefonds_registratie", "Bpvo"),
        (None, "registratie", "Bpvo"),
    ]
    assert len({rule.code for rule in RULES}) == len(RULES)
