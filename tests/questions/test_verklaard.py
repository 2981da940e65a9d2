"""
What is declared beside the conditions: what a rule cites and shows, of what a fact is made, and what norms say.

The conditions are drawn as cases in the other files. These tables were written out of the declarations and then read
beside the text of the questions: that no line of a declaration changes unseen is what they prove.
"""

from collections.abc import Iterable
from typing import Any

from tests.questions.spec import parse_table

from bpvo_rules.questions import NORMS, QUESTIONS, RULES, SUBJECTS, sources
from bpvo_rules.rules import Source
from bpvo_rules.rules.fact import Column, input_name

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


def test_the_type_and_unit_of_a_fact() -> None:
    assert [(s.name, f.name, str(f.type), f.unit) for s in SUBJECTS for f in s.facts] == rows(
        """
        onderwerp          | feit                                     | type     | eenheid
        -------------------+------------------------------------------+----------+--------------
        Bpvo               | begindatum                               | day      |
        Bpvo               | brin                                     | code     |
        Bpvo               | afsluitdatum                             | day      |
        Bpvo               | einddatum_gepland                        | day      |
        Bpvo               | einddatum_werkelijk                      | day      |
        Bpvo               | omvang                                   | whole    | uren
        Bpvo               | leerbedrijf_id                           | code     |
        Bpvo               | opleidingcode                            | code     |
        Bpvo               | keuzedeelcode                            | code     |
        Bpvo               | grondslag                                | word     |
        Bpvo               | einde                                    | day      |
        Bpvo               | einde_tot_peildatum                      | day      |
        Bpvo               | in_register                              | bool     |
        Bpvo               | codes                                    | codes    |
        Bpvo               | dekking                                  | internal |
        Bpvo               | erkend_op_begindatum                     | bool     |
        Bpvo               | gedekt_tot_peildatum                     | bool     |
        Bpvo               | eerste_dag_zonder_erkenning              | day      |
        Bpvo               | dagen_zonder_erkenning                   | whole    | dagen
        Bpvo               | erkende_periodes                         | periodes |
        Bpvo               | inschrijvingsperiode                     | internal |
        Bpvo               | inschrijvingsperiode_gevonden            | bool     |
        Bpvo               | leerweg                                  | word     |
        Bpvo               | niveau                                   | whole    | niveau
        Bpvo               | opleidingcode_inschrijving               | code     |
        Bpvo               | domein                                   | word     |
        Bpvo               | dichtstbijzijnde_erkenning_van           | day      |
        Bpvo               | dichtstbijzijnde_erkenning_tot_en_met    | day      |
        Bpvo               | erkend_op_peildatum                      | bool     |
        Bpvo               | gedekt_vanaf_peildatum                   | bool     |
        Bpvo               | eerste_dag_zonder_erkenning_na_peildatum | day      |
        Bpvo               | ontvangen_duo                            | day      |
        Bpvo               | ontvangen_sbb                            | day      |
        Bpvo               | afsluitdatum_aanlevering                 | day      |
        Bpvo               | uiterste_dag_duo                         | day      |
        Bpvo               | uiterste_dag_sbb                         | day      |
        Bpvo               | uiterste_dag_rond_aanvang                | day      |
        Bpvo               | dekking_elke                             | internal |
        Bpvo               | elke_erkend_op_begindatum                | bool     |
        Bpvo               | elke_gedekt_tot_peildatum                | bool     |
        Bpvo               | elke_eerste_dag_zonder_erkenning         | day      |
        Bpvo               | elke_dagen_zonder_erkenning              | whole    | dagen
        Bpvo               | keuzedeel_bekend                         | bool     |
        Bpvo               | keuzedeel_al_geldig                      | bool     |
        Bpvo               | keuzedeel_nog_geldig                     | bool     |
        Bpvo               | ontbrekende_gegevens                     | codes    |
        Bpvo               | stagefondslijst                          | internal |
        Bpvo               | stagefondslijst_van_kracht               | bool     |
        Bpvo               | opleiding_op_stagefondslijst             | bool     |
        Bpvo               | instelling_bekend                        | bool     |
        Bpvo               | leerweg_op_stagefondslijst               | bool     |
        Bpvo               | stagefonds_categorieen                   | codes    |
        Bpvo               | een_stagefonds_categorie                 | bool     |
        Bpvo               | tweede_erkenningen                       | codes    |
        Bpvo               | tweede_erkenning_op_begindatum           | bool     |
        Bpvo               | dagen_gepland                            | whole    | dagen
        Bpvo               | dubbele_bpvos                            | codes    |
        Bpvo               | heeft_dubbele_bpvo                       | bool     |
        Bpvo               | uren_per_week                            | whole    | uren per week
        Uitwisseling       | ontvangen_duo_op                         | day      |
        Uitwisseling       | brin                                     | code     |
        Uitwisseling       | domein                                   | word     |
        Uitwisseling       | soort                                    | word     |
        Uitwisseling       | ontstaan_op                              | day      |
        Uitwisseling       | teruggekoppeld_op                        | day      |
        Uitwisseling       | uitkomst                                 | word     |
        Uitwisseling       | uiterste_dag_wijziging                   | day      |
        Uitwisseling       | uiterste_dag_terugkoppeling              | day      |
        Erkenningsaanvraag | dagtekening                              | day      |
        Erkenningsaanvraag | brin                                     | code     |
        Erkenningsaanvraag | domein                                   | word     |
        Erkenningsaanvraag | soort                                    | word     |
        Erkenningsaanvraag | leerbedrijf_id                           | code     |
        Erkenningsaanvraag | opleidingcode                            | code     |
        Erkenningsaanvraag | besluit_op                               | day      |
        Erkenningsaanvraag | kennisgeving_op                          | day      |
        Erkenningsaanvraag | overschrijding_gemotiveerd_op            | day      |
        Erkenningsaanvraag | uiterste_dag_besluit                     | day      |
        Erkenningsaanvraag | uiterste_dag_kennisgeving                | day      |
        WhiteLabelMeting   | dag                                      | day      |
        WhiteLabelMeting   | brin                                     | code     |
        WhiteLabelMeting   | functie                                  | word     |
        WhiteLabelMeting   | gelukt                                   | bool     |
        WhiteLabelMeting   | duur_ms                                  | whole    | ms
        WhiteLabelMeting   | venster                                  | internal | venster
        WhiteLabelMeting   | maximale_duur_ms                         | whole    | ms
        WhiteLabelMeting   | tijdstip                                 | word     |
        WhiteLabelMeting   | in_venster                               | bool     |
        WhiteLabelMeting   | in_onderhoud                             | bool     |
        """
    )


def marked(*parts: tuple[Iterable[str], str]) -> str:
    """Write names with a mark behind them."""
    return " ".join(name + mark for names, mark in parts for name in names)


def named(columns: Iterable[Column]) -> list[str]:
    """Write columns as ``table.column``."""
    return [table if column is None else f"{table}.{column}" for table, column in columns]


def test_what_a_fact_is_made_of() -> None:
    """Without a mark what must have a value, with ``!`` what must have been looked up, with ``?`` what may miss."""
    found = [
        (
            s.name,
            f.name,
            marked(
                (map(input_name, f.needs), ""), (map(input_name, f.looked_up), "!"), (map(input_name, f.maybe), "?")
            ),
        )
        for s in SUBJECTS
        for f in s.facts
        if f.inputs
    ]

    assert found == rows(
        """
        onderwerp          | feit                                     | gemaakt van
        -------------------+------------------------------------------+--------------------------------------------------------
        Bpvo               | grondslag                                | keuzedeelcode? opleidingcode?
        Bpvo               | einde                                    | einddatum_werkelijk! einddatum_gepland?
        Bpvo               | einde_tot_peildatum                      | einde peildatum
        Bpvo               | in_register                              | leerbedrijf_id
        Bpvo               | codes                                    | opleidingcode
        Bpvo               | dekking                                  | leerbedrijf_id opleidingcode
        Bpvo               | erkend_op_begindatum                     | dekking begindatum
        Bpvo               | gedekt_tot_peildatum                     | dekking begindatum einde_tot_peildatum
        Bpvo               | eerste_dag_zonder_erkenning              | dekking begindatum einde_tot_peildatum
        Bpvo               | eerste_dag_zonder_erkenning              | gedekt_tot_peildatum
        Bpvo               | dagen_zonder_erkenning                   | dekking begindatum einde_tot_peildatum
        Bpvo               | dagen_zonder_erkenning                   | gedekt_tot_peildatum
        Bpvo               | erkende_periodes                         | dekking
        Bpvo               | inschrijvingsperiode                     | begindatum self
        Bpvo               | inschrijvingsperiode_gevonden            | begindatum inschrijvingsperiode?
        Bpvo               | leerweg                                  | inschrijvingsperiode
        Bpvo               | niveau                                   | inschrijvingsperiode
        Bpvo               | opleidingcode_inschrijving               | inschrijvingsperiode
        Bpvo               | domein                                   | grondslag? opleidingcode?
        Bpvo               | domein                                   | opleidingcode_inschrijving?
        Bpvo               | dichtstbijzijnde_erkenning_van           | dekking begindatum
        Bpvo               | dichtstbijzijnde_erkenning_tot_en_met    | dekking begindatum
        Bpvo               | erkend_op_peildatum                      | dekking peildatum
        Bpvo               | gedekt_vanaf_peildatum                   | dekking peildatum einde
        Bpvo               | eerste_dag_zonder_erkenning_na_peildatum | dekking peildatum einde gedekt_vanaf_peildatum
        Bpvo               | ontvangen_duo                            | kennisdatum self
        Bpvo               | ontvangen_sbb                            | kennisdatum self
        Bpvo               | afsluitdatum_aanlevering                 | self afsluitdatum!
        Bpvo               | uiterste_dag_duo                         | afsluitdatum_aanlevering
        Bpvo               | uiterste_dag_sbb                         | ontvangen_duo
        Bpvo               | uiterste_dag_rond_aanvang                | begindatum
        Bpvo               | dekking_elke                             | leerbedrijf_id
        Bpvo               | elke_erkend_op_begindatum                | dekking_elke begindatum
        Bpvo               | elke_gedekt_tot_peildatum                | dekking_elke begindatum einde_tot_peildatum
        Bpvo               | elke_eerste_dag_zonder_erkenning         | dekking_elke begindatum einde_tot_peildatum
        Bpvo               | elke_eerste_dag_zonder_erkenning         | elke_gedekt_tot_peildatum
        Bpvo               | elke_dagen_zonder_erkenning              | dekking_elke begindatum einde_tot_peildatum
        Bpvo               | elke_dagen_zonder_erkenning              | elke_gedekt_tot_peildatum
        Bpvo               | keuzedeel_bekend                         | keuzedeelcode
        Bpvo               | keuzedeel_al_geldig                      | keuzedeelcode begindatum
        Bpvo               | keuzedeel_nog_geldig                     | keuzedeelcode begindatum
        Bpvo               | ontbrekende_gegevens                     | afsluitdatum? begindatum? einddatum_gepland?
        Bpvo               | ontbrekende_gegevens                     | leerbedrijf_id? grondslag?
        Bpvo               | stagefondslijst                          | begindatum
        Bpvo               | stagefondslijst_van_kracht               | begindatum stagefondslijst?
        Bpvo               | opleiding_op_stagefondslijst             | stagefondslijst opleidingcode
        Bpvo               | instelling_bekend                        | brin
        Bpvo               | leerweg_op_stagefondslijst               | stagefondslijst leerweg opleidingcode
        Bpvo               | stagefonds_categorieen                   | stagefondslijst leerweg opleidingcode niveau?
        Bpvo               | een_stagefonds_categorie                 | stagefonds_categorieen
        Bpvo               | tweede_erkenningen                       | stagefondslijst opleidingcode
        Bpvo               | tweede_erkenning_op_begindatum           | leerbedrijf_id begindatum stagefondslijst
        Bpvo               | tweede_erkenning_op_begindatum           | opleidingcode
        Bpvo               | dagen_gepland                            | begindatum einddatum_gepland
        Bpvo               | dubbele_bpvos                            | opleidingcode leerbedrijf_id begindatum
        Bpvo               | dubbele_bpvos                            | einde self
        Bpvo               | heeft_dubbele_bpvo                       | dubbele_bpvos
        Bpvo               | uren_per_week                            | begindatum
        Uitwisseling       | domein                                   | self
        Uitwisseling       | teruggekoppeld_op                        | kennisdatum self
        Uitwisseling       | uitkomst                                 | teruggekoppeld_op self
        Uitwisseling       | uiterste_dag_wijziging                   | ontstaan_op
        Uitwisseling       | uiterste_dag_terugkoppeling              | ontvangen_duo_op
        Erkenningsaanvraag | domein                                   | self
        Erkenningsaanvraag | besluit_op                               | kennisdatum self
        Erkenningsaanvraag | kennisgeving_op                          | kennisdatum self
        Erkenningsaanvraag | overschrijding_gemotiveerd_op            | kennisdatum self
        Erkenningsaanvraag | uiterste_dag_besluit                     | dagtekening
        Erkenningsaanvraag | uiterste_dag_kennisgeving                | dagtekening
        WhiteLabelMeting   | dag                                      | self
        WhiteLabelMeting   | venster                                  | dag
        WhiteLabelMeting   | maximale_duur_ms                         | dag
        WhiteLabelMeting   | tijdstip                                 | self
        WhiteLabelMeting   | in_venster                               | venster self
        WhiteLabelMeting   | in_onderhoud                             | self
        """
    )


def test_which_columns_a_fact_needs() -> None:
    """With ``?`` those without which something can still be said."""
    found = [
        (s.name, f.name, marked((named(f.tables), ""), (named(f.uses), "?")))
        for s in SUBJECTS
        for f in s.facts
        if f.tables or f.uses
    ]

    assert found == rows(
        """
        onderwerp          | feit                           | kolommen
        -------------------+--------------------------------+--------------------------------------------------------------------
        Bpvo               | begindatum                     | uitwisselingen.begindatum
        Bpvo               | brin                           | uitwisselingen.brin
        Bpvo               | afsluitdatum                   | uitwisselingen.afsluitdatum
        Bpvo               | einddatum_gepland              | uitwisselingen.einddatum_gepland
        Bpvo               | einddatum_werkelijk            | uitwisselingen.einddatum_werkelijk
        Bpvo               | omvang                         | uitwisselingen.omvang
        Bpvo               | leerbedrijf_id                 | uitwisselingen.leerbedrijf_id
        Bpvo               | opleidingcode                  | uitwisselingen.opleidingcode
        Bpvo               | keuzedeelcode                  | uitwisselingen.keuzedeelcode
        Bpvo               | in_register                    | leerbedrijven? erkenningen?
        Bpvo               | codes                          | equivalenten? opleidingen? opleidingen.dossier?
        Bpvo               | codes                          | opleidingen.domein?
        Bpvo               | dekking                        | erkenningen erkenningen.tot_en_met equivalenten?
        Bpvo               | dekking                        | opleidingen?
        Bpvo               | dekking                        | opleidingen.dossier? opleidingen.domein?
        Bpvo               | inschrijvingsperiode           | inschrijvingsperiodes
        Bpvo               | inschrijvingsperiode_gevonden  | inschrijvingsperiodes
        Bpvo               | leerweg                        | inschrijvingsperiodes.leerweg
        Bpvo               | niveau                         | inschrijvingsperiodes.niveau
        Bpvo               | opleidingcode_inschrijving     | inschrijvingsperiodes.opleidingcode
        Bpvo               | domein                         | opleidingen?
        Bpvo               | ontvangen_duo                  | uitwisselingen.ontvangen_duo_op
        Bpvo               | ontvangen_sbb                  | uitwisselingen.ontvangen_sbb_op
        Bpvo               | dekking_elke                   | erkenningen erkenningen.tot_en_met
        Bpvo               | keuzedeel_bekend               | keuzedelen
        Bpvo               | keuzedeel_al_geldig            | keuzedelen keuzedelen.geldig_van
        Bpvo               | keuzedeel_nog_geldig           | keuzedelen keuzedelen.geldig_tot_en_met
        Bpvo               | instelling_bekend              | instellingen
        Bpvo               | tweede_erkenning_op_begindatum | erkenningen erkenningen.tot_en_met
        Bpvo               | dubbele_bpvos                  | andere_bpvos uitwisselingen.keuzedeelcode
        Bpvo               | dubbele_bpvos                  | uitwisselingen.einddatum_gepland?
        Uitwisseling       | ontvangen_duo_op               | uitwisselingen.ontvangen_duo_op
        Uitwisseling       | brin                           | uitwisselingen.brin
        Uitwisseling       | domein                         | opleidingen? inschrijvingsperiodes?
        Uitwisseling       | soort                          | uitwisselingen.soort
        Uitwisseling       | ontstaan_op                    | uitwisselingen.ontstaan_op
        Uitwisseling       | teruggekoppeld_op              | uitwisselingen.teruggekoppeld_op
        Uitwisseling       | uitkomst                       | uitwisselingen.uitkomst
        Erkenningsaanvraag | dagtekening                    | erkenningsaanvragen.dagtekening
        Erkenningsaanvraag | brin                           | erkenningsaanvragen.brin
        Erkenningsaanvraag | domein                         | opleidingen?
        Erkenningsaanvraag | soort                          | erkenningsaanvragen.soort
        Erkenningsaanvraag | leerbedrijf_id                 | erkenningsaanvragen.leerbedrijf_id
        Erkenningsaanvraag | opleidingcode                  | erkenningsaanvragen.opleidingcode
        Erkenningsaanvraag | besluit_op                     | erkenningsaanvragen.besluit_op
        Erkenningsaanvraag | kennisgeving_op                | erkenningsaanvragen.kennisgeving_op
        Erkenningsaanvraag | overschrijding_gemotiveerd_op  | erkenningsaanvragen.overschrijding_gemotiveerd_op
        WhiteLabelMeting   | brin                           | white_label_metingen.brin
        WhiteLabelMeting   | functie                        | white_label_metingen.functie
        WhiteLabelMeting   | gelukt                         | white_label_metingen.gelukt
        WhiteLabelMeting   | duur_ms                        | white_label_metingen.duur_ms
        WhiteLabelMeting   | in_onderhoud                   | white_label_onderhoud white_label_onderhoud.functie
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
