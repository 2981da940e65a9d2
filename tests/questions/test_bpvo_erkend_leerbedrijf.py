"""Question 1: are all BPVO's run at an erkend leerbedrijf?"""

from tests.oracle.feiten import (
    Bpvo,
    Judged,
    Run,
    content,
    dekking,
    einde,
    eq,
    gedekt,
    grondslag,
    in_dekking,
    in_register,
    le,
    lt,
    until_P,
)
from tests.oracle.kleene import and_
from tests.questions.spec import Spec

VERKLAARD = """
regel | signaalcode | onderwerp | soort | partij | dimensie | uitvoerbaarheid
leerbedrijf_bekend | A01 | Bpvo | fout | instelling | juistheid | volledig
    bronnen WEB_ERKEND
    bewijs leerbedrijf_id
erkend_bij_aanvang | A02 | Bpvo | fout | instelling | juistheid | kan te weinig melden
    bronnen WEB_ERKEND
    bewijs leerbedrijf_id opleidingcode begindatum codes erkende_periodes
    bewijs dichtstbijzijnde_erkenning_van dichtstbijzijnde_erkenning_tot_en_met
erkend_gedurende_looptijd | A03 | Bpvo | fout | instelling | actualiteit | kan te weinig melden
    bronnen WEB_VERVANGENDE_PLAATS
    bewijs leerbedrijf_id opleidingcode einde codes erkende_periodes
    bewijs eerste_dag_zonder_erkenning dagen_zonder_erkenning
erkenning_dekt_planning | A04 | Bpvo | signaal | SBB | actualiteit | kan te veel melden
    bronnen WEB_ERKEND
    bewijs leerbedrijf_id opleidingcode codes erkende_periodes
    bewijs eerste_dag_zonder_erkenning_na_peildatum
"""


def second_opinion_bpvo(run: Run, bpvo: Bpvo) -> dict[str, Judged]:
    """Are all BPVO's run at an erkend leerbedrijf?"""
    basis = eq(grondslag(run, bpvo), "opleiding")
    begindatum, last, coverage = content(run, bpvo, "begindatum"), einde(run, bpvo), dekking(run, bpvo)
    begins_recognised = in_dekking(begindatum, coverage)
    return {
        "leerbedrijf_bekend": (basis, in_register(run, bpvo)),
        "erkend_bij_aanvang": (basis, begins_recognised),
        "erkend_gedurende_looptijd": (
            and_(basis, le(begindatum, run.P), begins_recognised),
            gedekt(coverage, begindatum, until_P(run, bpvo)),
        ),
        "erkenning_dekt_planning": (
            and_(basis, le(begindatum, run.P), lt(run.P, last), in_dekking(run.P, coverage)),
            gedekt(coverage, run.P, last),
        ),
    }


def test_leerbedrijf_bekend(spec: Spec) -> None:
    """In leerbedrijven or with an erkenning; unknown when neither says yes and one of them is not looked up."""
    spec(
        "leerbedrijf_bekend",
        """
        leerbedrijf_id | leerbedrijven | erkenningen              | verwacht
        ---------------+---------------+--------------------------+---------
        100000000      | 100000000     |                          | voldoet
        100000000      |               | 25655 2018-08-01..       | voldoet
        100000000      |               | 25480 2001-01-01..2001-01-02 | voldoet
        100000000      | 100000001     | 25655@100000001 2018-08-01.. | voldoet_niet
        100000000      |               |                          | voldoet_niet
        100000000      | ?             | 25655 2018-08-01..       | voldoet
        100000000      | 100000000     | ?                        | voldoet
        100000000      | ?             |                          | niet_te_bepalen
        100000000      |               | ?                        | niet_te_bepalen
        100000000      | ?             | ?                        | niet_te_bepalen
                       | 100000000     | 25655 2018-08-01..       | niet_te_bepalen
        ?              | 100000000     | 25655 2018-08-01..       | niet_te_bepalen
        """,
    )


def test_a_register_row_counts_from_bekend_vanaf_until_the_day_before_bekend_tot(spec: Spec) -> None:
    """``bekend_vanaf <= K < bekend_tot``: the first bound is inside, the second is not."""
    spec(
        "leerbedrijf_bekend",
        """
        K          | leerbedrijven                                  | erkenningen | verwacht
        -----------+------------------------------------------------+-------------+---------
        2018-11-09 | 100000000 bekend 2018-11-10..2018-11-20        |             | voldoet_niet
        2018-11-10 | 100000000 bekend 2018-11-10..2018-11-20        |             | voldoet
        2018-11-19 | 100000000 bekend 2018-11-10..2018-11-20        |             | voldoet
        2018-11-20 | 100000000 bekend 2018-11-10..2018-11-20        |             | voldoet_niet
        2018-11-20 | 100000000 bekend 2018-11-10..                  |             | voldoet
        2018-11-09 | 100000000 bekend ..2018-11-20                  |             | voldoet
        2018-11-09 |  | 25655 2018-08-01.. bekend 2018-11-10..2018-11-20    | voldoet_niet
        2018-11-10 |  | 25655 2018-08-01.. bekend 2018-11-10..2018-11-20    | voldoet
        2018-11-19 |  | 25655 2018-08-01.. bekend 2018-11-10..2018-11-20    | voldoet
        2018-11-20 |  | 25655 2018-08-01.. bekend 2018-11-10..2018-11-20    | voldoet_niet
        """,
    )


def test_without_kennisdatum_the_peildatum_is_the_day_of_knowledge(spec: Spec) -> None:
    spec(
        "leerbedrijf_bekend",
        """
        P          | K          | leerbedrijven                    | erkenningen | verwacht
        -----------+------------+----------------------------------+-------------+---------
        2018-11-09 |            | 100000000 bekend 2018-11-10..    |             | voldoet_niet
        2018-11-10 |            | 100000000 bekend 2018-11-10..    |             | voldoet
        2018-11-09 | 2018-11-10 | 100000000 bekend 2018-11-10..    |             | voldoet
        2018-11-10 | 2018-11-09 | 100000000 bekend 2018-11-10..    |             | voldoet_niet
        """,
    )


def test_every_rule_is_about_bpvos_with_grondslag_opleiding(spec: Spec) -> None:
    """A filled keuzedeelcode makes it a keuzedeel, whatever else is filled; with neither code nothing can be said."""
    for rule in ("leerbedrijf_bekend", "erkend_bij_aanvang", "erkend_gedurende_looptijd", "erkenning_dekt_planning"):
        spec(
            rule,
            """
            opleidingcode | keuzedeelcode | verwacht
            --------------+---------------+---------
            25655         |               | voldoet
            25655         | K0067         | niet_van_toepassing
                          | K0067         | niet_van_toepassing
            ?             | K0067         | niet_van_toepassing
                          |               | niet_te_bepalen
            ?             |               | niet_te_bepalen
            25655         | ?             | niet_te_bepalen
            """,
        )


def test_erkend_bij_aanvang_counts_both_days_of_a_recognition(spec: Spec) -> None:
    """The recognition must hold on the first day of the placement."""
    spec(
        "erkend_bij_aanvang",
        """
        begindatum | erkenningen                  | verwacht
        -----------+------------------------------+---------
        2018-09-30 | 25655 2018-10-01..2018-10-03 | voldoet_niet
        2018-10-01 | 25655 2018-10-01..2018-10-03 | voldoet
        2018-10-02 | 25655 2018-10-01..2018-10-03 | voldoet
        2018-10-03 | 25655 2018-10-01..2018-10-03 | voldoet
        2018-10-04 | 25655 2018-10-01..2018-10-03 | voldoet_niet
        2030-01-01 | 25655 2018-10-01..           | voldoet
        2018-10-01 | 25655 2018-10-03..2018-09-01 | voldoet_niet
                   | 25655 2018-10-01..           | niet_te_bepalen
        ?          | 25655 2018-10-01..           | niet_te_bepalen
        2018-10-01 |                              | voldoet_niet
        2018-10-01 | ?                            | niet_te_bepalen
        """,
    )


def test_erkend_bij_aanvang_needs_this_company_and_this_code(spec: Spec) -> None:
    spec(
        "erkend_bij_aanvang",
        """
        leerbedrijf_id | opleidingcode | erkenningen                  | verwacht
        ---------------+---------------+------------------------------+---------
        100000000      | 25655         | 25655@100000001 2018-08-01.. | voldoet_niet
        100000001      | 25655         | 25655@100000001 2018-08-01.. | voldoet
        100000000      | 25655         | 25656 2018-08-01..           | voldoet_niet
        100000000      | 25656         | 25656 2018-08-01..           | voldoet
        100000000      | 99999         | 99999 2018-08-01..           | voldoet
        100000000      | 99999         | 25655 2018-08-01..           | voldoet_niet
                       | 25655         | 25655 2018-08-01..           | niet_te_bepalen
        ?              | 25655         | 25655 2018-08-01..           | niet_te_bepalen
        """,
    )


def test_a_dossier_or_domein_is_served_by_any_of_its_kwalificaties(spec: Spec) -> None:
    """A kwalificatie with that dossier or domein will do; a recognition for the code itself does not exist."""
    spec(
        "erkend_bij_aanvang",
        """
        opleidingcode | erkenningen        | verwacht
        --------------+--------------------+---------
        23264         | 25655 2018-08-01.. | voldoet
        23264         | 25656 2018-08-01.. | voldoet
        23264         | 25480 2018-08-01.. | voldoet_niet
        23264         | 23264 2018-08-01.. | voldoet_niet
        79140         | 25656 2018-08-01.. | voldoet
        79140         | 25480 2018-08-01.. | voldoet
        79140         | 25251 2018-08-01.. | voldoet_niet
        79140         | 79140 2018-08-01.. | voldoet_niet
        23110         | 25251 2018-08-01.. | voldoet
        """,
    )


def test_equivalents_are_directed_and_not_transitive(spec: Spec) -> None:
    """A recognition for the equivalent counts for the code, not the other way round, and not two steps away."""
    spec(
        "erkend_bij_aanvang",
        """
        opleidingcode | equivalenten             | erkenningen        | verwacht
        --------------+--------------------------+--------------------+---------
        25655         | 25655>25480              | 25480 2018-08-01.. | voldoet
        25655         | 25480>25655              | 25480 2018-08-01.. | voldoet_niet
        25655         | 25655>25656, 25656>25480 | 25480 2018-08-01.. | voldoet_niet
        23264         | 25656>25480              | 25480 2018-08-01.. | voldoet
        23264         | 23264>25480              | 25480 2018-08-01.. | voldoet_niet
        79140         | 25480>25251              | 25251 2018-08-01.. | voldoet
        99999         | 99999>25480              | 25480 2018-08-01.. | voldoet
        """,
    )


def test_without_the_reference_a_covered_day_is_covered_and_any_other_is_unknown(spec: Spec) -> None:
    """An equivalent or another kwalificatie of the dossier might have covered it."""
    spec(
        "erkend_bij_aanvang",
        """
        opleidingcode | equivalenten | opleidingen | erkenningen        | verwacht
        --------------+--------------+-------------+--------------------+---------
        25655         | ?            |             | 25655 2018-08-01.. | voldoet
        25655         |              | ?           | 25655 2018-08-01.. | voldoet
        25655         | ?            |             | 25480 2018-08-01.. | niet_te_bepalen
        25655         |              | ?           | 25480 2018-08-01.. | niet_te_bepalen
        25655         | 25655>25480  | ?           | 25480 2018-08-01.. | voldoet
        25655         | ?            | ?           |                    | niet_te_bepalen
        25655         |              |             | 25480 2018-08-01.. | voldoet_niet
        """,
    )


def test_without_a_column_of_the_reference_its_dossiers_or_domeinen_are_unknown(spec: Spec) -> None:
    """Which kwalificaties belong to it was then not looked up; a BPVO on a kwalificatie does not need to know."""
    spec(
        "erkend_bij_aanvang",
        """
        opleidingcode | opleidingen                                   | zonder              | verwacht
        --------------+-----------------------------------------------+---------------------+---------
        23264         | 23264 dossier - 79140, 25655 kwalificatie - - | opleidingen.dossier | niet_te_bepalen
        79140         | 79140 domein - -, 25655 kwalificatie - -      | opleidingen.domein  | niet_te_bepalen
        25655         | 25655 kwalificatie - 79140                    | opleidingen.dossier | voldoet
        25656         | 25656 kwalificatie - 79140                    | opleidingen.dossier | voldoet_niet
        """,
    )


def test_without_the_last_days_of_recognitions_nothing_is_covered_for_sure(spec: Spec) -> None:
    """An empty last day is a recognition without an end; one that was not looked up is unknown."""
    for rule in ("erkend_bij_aanvang", "erkend_gedurende_looptijd", "erkenning_dekt_planning"):
        spec(
            rule,
            """
            erkenningen        | zonder                 | verwacht
            -------------------+------------------------+---------
            25655 2018-08-01.. |                        | voldoet
            25655 2018-08-01.. | erkenningen.tot_en_met | niet_te_bepalen
            """,
        )
    spec(
        "leerbedrijf_bekend",
        """
        erkenningen        | leerbedrijven | zonder                 | verwacht
        -------------------+---------------+------------------------+---------
        25655 2018-08-01.. |               | erkenningen.tot_en_met | voldoet
        """,
    )


def test_erkend_gedurende_looptijd_looks_at_every_day_up_to_the_peildatum(spec: Spec) -> None:
    """Every day from begindatum up to and including the earlier of einde and P must be covered."""
    spec(
        "erkend_gedurende_looptijd",
        """
        P          | einddatum_gepland | erkenningen                  | verwacht
        -----------+-------------------+------------------------------+---------
        2018-11-15 | 2018-12-31        | 25655 2018-10-01..2018-11-14 | voldoet_niet
        2018-11-15 | 2018-12-31        | 25655 2018-10-01..2018-11-15 | voldoet
        2018-11-15 | 2018-12-31        | 25655 2018-10-01..2018-11-16 | voldoet
        2018-11-15 | 2018-11-10        | 25655 2018-10-01..2018-11-09 | voldoet_niet
        2018-11-15 | 2018-11-10        | 25655 2018-10-01..2018-11-10 | voldoet
        2018-11-15 | 2018-10-01        | 25655 2018-10-01..2018-10-01 | voldoet
        2018-11-15 | 2018-09-30        | 25655 2018-09-01..2018-12-31 | niet_te_bepalen
        2018-11-15 |                   | 25655 2018-09-01..2018-12-31 | niet_te_bepalen
        2018-11-15 | ?                 | 25655 2018-09-01..2018-12-31 | niet_te_bepalen
        """,
    )


def test_recognitions_that_are_renewed_back_to_back_cover_together(spec: Spec) -> None:
    """No single recognition need contain the placement; a gap of one day is a gap."""
    spec(
        "erkend_gedurende_looptijd",
        """
        erkenningen                                                    | verwacht
        ---------------------------------------------------------------+---------
        25655 2018-08-01..2018-10-31, 25655 2018-11-01..2019-07-31      | voldoet
        25655 2018-08-01..2018-10-31, 25655 2018-10-20..2019-07-31      | voldoet
        25655 2018-11-01..2019-07-31, 25655 2018-08-01..2018-10-31      | voldoet
        25655 2018-08-01..2018-10-31, 25655 2018-11-02..2019-07-31      | voldoet_niet
        25655 2018-08-01..2018-10-31, 25656 2018-11-01..2019-07-31      | voldoet_niet
        25655 2018-08-01..2019-07-31, 25655 2018-09-01..2018-10-15      | voldoet
        25655 2018-08-01..2019-07-31, 25655 2018-08-01..2018-10-15      | voldoet
        25655 2018-08-01..2018-10-15, 25655 2018-10-16..2018-10-31, 25655 2018-11-01.. | voldoet
        """,
    )
    spec(
        "erkend_gedurende_looptijd",
        """
        erkenningen                                                    | verwacht
        ---------------------------------------------------------------+---------
        25655 2018-08-01..2018-10-31, 25656 2018-11-01..2019-07-31      | voldoet
        25655 2018-08-01..2018-10-31, 25656 2018-11-02..2019-07-31      | voldoet_niet
        """,
        opleidingcode="23264",
    )


def test_the_actual_end_goes_before_the_planned_end(spec: Spec) -> None:
    """*einde* is einddatum_werkelijk when that is filled; when it is not looked up, einde is missing."""
    spec(
        "erkend_gedurende_looptijd",
        """
        einddatum_gepland | einddatum_werkelijk | verwacht
        ------------------+---------------------+---------
        2018-12-31        |                     | voldoet_niet
        2018-12-31        | 2018-11-11          | voldoet_niet
        2018-12-31        | 2018-11-10          | voldoet
        2018-11-10        | 2018-11-11          | voldoet_niet
                          | 2018-11-10          | voldoet
        ?                 | 2018-11-10          | voldoet
        2018-11-10        | ?                   | niet_te_bepalen
        """,
        erkenningen="25655 2018-08-01..2018-11-10",
    )


def test_erkend_gedurende_looptijd_is_about_placements_that_began_recognised(spec: Spec) -> None:
    """Not begun on P, or not recognised on the first day: another rule's business, so never two failures."""
    spec(
        "erkend_gedurende_looptijd",
        """
        P          | begindatum | erkenningen                  | verwacht
        -----------+------------+------------------------------+---------
        2018-09-30 | 2018-10-01 | 25655 2018-10-01..           | niet_van_toepassing
        2018-10-01 | 2018-10-01 | 25655 2018-10-01..           | voldoet
        2018-10-02 | 2018-10-01 | 25655 2018-10-01..           | voldoet
        2018-11-15 | 2018-10-01 | 25655 2018-10-02..           | niet_van_toepassing
        2018-11-15 |            | 25655 2018-10-01..           | niet_te_bepalen
        2018-11-15 | 2018-10-01 | ?                            | niet_te_bepalen
        2018-09-30 | 2018-10-01 | ?                            | niet_van_toepassing
        """,
    )


def test_unknown_coverage_is_not_good(spec: Spec) -> None:
    """Where equivalenten is not looked up, an uncovered day later on is unknown."""
    spec(
        "erkend_gedurende_looptijd",
        """
        erkenningen                  | equivalenten | verwacht
        -----------------------------+--------------+---------
        25655 2018-08-01..2018-11-15 | ?            | voldoet
        25655 2018-08-01..2018-11-14 | ?            | niet_te_bepalen
        25655 2018-08-01..2018-11-14 |              | voldoet_niet
        """,
    )


def test_erkenning_dekt_planning_looks_ahead_to_the_end(spec: Spec) -> None:
    """From P up to and including einde every day must be covered by what is known today."""
    spec(
        "erkenning_dekt_planning",
        """
        einddatum_gepland | erkenningen                                                | verwacht
        ------------------+------------------------------------------------------------+---------
        2018-11-30        | 25655 2018-08-01..2018-11-29                               | voldoet_niet
        2018-11-30        | 25655 2018-08-01..2018-11-30                               | voldoet
        2018-11-30        | 25655 2018-08-01..                                         | voldoet
        2018-11-30        | 25655 2018-08-01..2018-11-20, 25655 2018-11-21..2018-11-30 | voldoet
        2018-11-30        | 25655 2018-08-01..2018-11-20, 25655 2018-11-22..2018-11-30 | voldoet_niet
        2018-11-30        | 25655 2018-11-15..2018-11-30                               | voldoet
        """,
    )


def test_erkenning_dekt_planning_is_about_running_recognised_placements(spec: Spec) -> None:
    """Begun on P, ending after P, and recognised on P."""
    spec(
        "erkenning_dekt_planning",
        """
        begindatum | einddatum_gepland | einddatum_werkelijk | erkenningen                  | verwacht
        -----------+-------------------+---------------------+------------------------------+---------
        2018-11-16 | 2019-01-31        |                     | 25655 2018-08-01..           | niet_van_toepassing
        2018-11-15 | 2019-01-31        |                     | 25655 2018-08-01..           | voldoet
        2018-10-01 | 2018-11-14        |                     | 25655 2018-08-01..           | niet_van_toepassing
        2018-10-01 | 2018-11-15        |                     | 25655 2018-08-01..           | niet_van_toepassing
        2018-10-01 | 2018-11-16        |                     | 25655 2018-08-01..           | voldoet
        2018-10-01 | 2019-01-31        | 2018-11-15          | 25655 2018-08-01..           | niet_van_toepassing
        2018-10-01 | 2019-01-31        | 2018-11-16          | 25655 2018-08-01..2018-11-16 | voldoet
        2018-10-01 | 2019-01-31        |                     | 25655 2018-08-01..2018-11-14 | niet_van_toepassing
        2018-10-01 | 2019-01-31        |                     | 25655 2018-08-01..2018-11-15 | voldoet_niet
        2018-10-01 |                   |                     | 25655 2018-08-01..           | niet_te_bepalen
        2018-11-16 |                   |                     | 25655 2018-08-01..           | niet_van_toepassing
                   | 2019-01-31        |                     | 25655 2018-08-01..           | niet_te_bepalen
                   | 2018-11-15        |                     | 25655 2018-08-01..           | niet_van_toepassing
        2018-10-01 | 2019-01-31        | ?                   | 25655 2018-08-01..           | niet_te_bepalen
        2018-10-01 | 2019-01-31        |                     | ?                            | niet_te_bepalen
        """,
    )


def test_a_correction_of_the_register_counts_from_the_day_it_is_known(spec: Spec) -> None:
    """A withdrawal closes bekend_tot of the old row and adds a new one: each K has its own view."""
    rows = (
        "25655 2018-08-01..2019-07-31 bekend 2018-07-01..2018-11-10, 25655 2018-08-01..2018-10-31 bekend 2018-11-10.."
    )
    spec(
        "erkend_gedurende_looptijd",
        """
        P          | K          | verwacht
        -----------+------------+---------
        2018-11-15 | 2018-11-09 | voldoet
        2018-11-15 | 2018-11-10 | voldoet_niet
        2018-11-15 | 2018-11-11 | voldoet_niet
        2018-10-31 | 2018-11-11 | voldoet
        2018-11-01 | 2018-11-11 | voldoet_niet
        """,
        erkenningen=rows,
    )


def test_at_the_start_and_during_never_both_fail(spec: Spec) -> None:
    """Loss of recognition during the term is a finding of its own."""
    for rule, never, lost in (
        ("erkend_bij_aanvang", "voldoet_niet", "voldoet"),
        ("erkend_gedurende_looptijd", "niet_van_toepassing", "voldoet_niet"),
    ):
        spec(
            rule,
            f"""
            erkenningen                  | verwacht
            -----------------------------+---------
                                         | {never}
            25655 2018-10-02..           | {never}
            25655 2018-08-01..2018-09-30 | {never}
            25655 2018-08-01..2018-10-05 | {lost}
            """,
        )
