"""Question 3: are the BPVO's in time at DUO and SBB?"""

from typing import Any

from tests.oracle.feiten import (
    UNSEEN,
    Bpvo,
    Judged,
    Run,
    afsluitdatum_aanlevering,
    content,
    eq,
    is_filled,
    limit,
    on_time,
    receipt,
)
from tests.questions.spec import BPVO, Spec

VERKLAARD = """
regel | signaalcode | onderwerp | soort | partij | dimensie | uitvoerbaarheid
tijdig_bij_duo | C01 | Bpvo | fout | instelling | actualiteit | kan te veel melden
    bronnen BVE_TERMIJN ROD_TERMIJN
tijdig_bij_sbb | C02 | Bpvo | fout | DUO | actualiteit | kan te veel melden
    bronnen SBB_MAANDELIJKS
bij_duo_rond_aanvang | C03 | Bpvo | signaal | instelling | actualiteit | volledig
    bronnen DECK
wijziging_tijdig_bij_duo | C04 | Uitwisseling | fout | instelling | actualiteit | volledig
    bronnen BVE_TERMIJN ROD_TERMIJN
terugkoppeling_tijdig | C05 | Uitwisseling | fout | DUO | actualiteit | volledig
    bronnen BVE_TERUGKOPPELING ROD_TERUGKOPPELING
levering_geaccepteerd | C06 | Uitwisseling | signaal | instelling | juistheid | volledig
    bronnen WEB_JUIST_EN_VOLLEDIG ROD_GEGEVENS
    bewijs soort
    kit vorm
"""


def second_opinion_bpvo(run: Run, bpvo: Bpvo) -> dict[str, Judged]:
    """Are the BPVO's in time at DUO and SBB?"""
    duo, sbb = receipt(run, bpvo, "ontvangen_duo_op"), receipt(run, bpvo, "ontvangen_sbb_op")
    judged: dict[str, Judged] = {
        "tijdig_bij_duo": (
            True,
            on_time(run, duo, limit(run, afsluitdatum_aanlevering(run, bpvo), "termijn_aanlevering")),
        ),
        "tijdig_bij_sbb": (is_filled(duo), on_time(run, sbb, limit(run, duo, "termijn_doorlevering"))),
    }
    if "speling_na_aanvang" in run.norms:
        last = limit(run, content(run, bpvo, "begindatum"), "speling_na_aanvang")
        judged["bij_duo_rond_aanvang"] = (True, on_time(run, duo, last))
    return judged


def second_opinion_uitwisseling(run: Run, levering: Any) -> dict[str, Judged]:
    """Is a delivery in time, answered in time, and accepted?"""
    ontvangen = run.cell("uitwisselingen", levering, "ontvangen_duo_op")
    ontstaan = run.cell("uitwisselingen", levering, "ontstaan_op")
    teruggekoppeld = run.cell("uitwisselingen", levering, "teruggekoppeld_op")
    feedback_known = None if teruggekoppeld is UNSEEN else teruggekoppeld is not None and teruggekoppeld <= run.K
    return {
        "wijziging_tijdig_bij_duo": (
            levering.soort == "wijziging",
            on_time(run, ontvangen, limit(run, ontstaan, "termijn_aanlevering")),
        ),
        "terugkoppeling_tijdig": (
            True,
            on_time(run, teruggekoppeld, limit(run, ontvangen, "termijn_terugkoppeling")),
        ),
        "levering_geaccepteerd": (feedback_known, eq(run.cell("uitwisselingen", levering, "uitkomst"), "geaccepteerd")),
    }


def test_at_duo_within_7_days_of_the_afsluitdatum(spec: Spec) -> None:
    """The seventh day after the afsluitdatum still counts, also when the delivery came before it."""
    spec(
        "tijdig_bij_duo",
        """
        afsluitdatum | ontvangen_duo_op | verwacht
        -------------+------------------+---------
        2018-09-24   | 2018-09-30       | voldoet
        2018-09-24   | 2018-10-01       | voldoet
        2018-09-24   | 2018-10-02       | voldoet_niet
        2018-09-24   | 2018-09-24       | voldoet
        2018-09-24   | 2018-09-20       | voldoet
                     | 2018-09-24       | niet_te_bepalen
        ?            | 2018-09-24       | niet_te_bepalen
        2018-09-24   | ?                | niet_te_bepalen
        """,
    )


def test_a_delivery_that_has_not_come_is_late_when_its_last_day_is_here(spec: Spec) -> None:
    """The school looks at what it has not sent: false from the last day on, unknown while it can still come."""
    spec(
        "tijdig_bij_duo",
        """
        K          | afsluitdatum | ontvangen_duo_op | verwacht
        -----------+--------------+------------------+---------
        2018-09-30 | 2018-09-24   |                  | niet_te_bepalen
        2018-10-01 | 2018-09-24   |                  | voldoet_niet
        2018-10-02 | 2018-09-24   |                  | voldoet_niet
        2018-09-30 | 2018-09-24   | 2018-10-01       | niet_te_bepalen
        2018-10-01 | 2018-09-24   | 2018-10-01       | voldoet
        2018-10-01 | 2018-09-24   | 2018-10-02       | voldoet_niet
        2018-10-01 |              |                  | niet_te_bepalen
        2018-10-01 | 2018-09-24   | ?                | niet_te_bepalen
        """,
        perspectief="instelling",
    )


def test_at_sbb_within_a_month_of_duo(spec: Spec) -> None:
    """A month later is the same day number, or the last day of a shorter month."""
    spec(
        "tijdig_bij_sbb",
        """
        ontvangen_duo_op | ontvangen_sbb_op | verwacht
        -----------------+------------------+---------
        2018-09-28       | 2018-10-27       | voldoet
        2018-09-28       | 2018-10-28       | voldoet
        2018-09-28       | 2018-10-29       | voldoet_niet
        2018-08-31       | 2018-09-30       | voldoet
        2018-08-31       | 2018-10-01       | voldoet_niet
        2018-01-30       | 2018-02-28       | voldoet
        2018-01-30       | 2018-03-01       | voldoet_niet
        2018-09-28       |                  | voldoet_niet
        2018-10-15       |                  | voldoet_niet
        2018-10-16       |                  | niet_te_bepalen
        2018-10-16       | 2018-11-16       | niet_te_bepalen
        2018-10-15       | 2018-11-16       | voldoet_niet
        2018-09-28       | ?                | niet_te_bepalen
        ?                | 2018-10-01       | niet_te_bepalen
        """,
    )


def test_at_sbb_is_about_what_duo_has(spec: Spec) -> None:
    spec(
        "tijdig_bij_sbb",
        """
        K          | ontvangen_duo_op | verwacht
        -----------+------------------+---------
        2018-09-27 | 2018-09-28       | niet_van_toepassing
        2018-09-28 | 2018-09-28       | niet_te_bepalen
        2018-11-15 |                  | niet_van_toepassing
        2018-11-15 | ?                | niet_te_bepalen
        """,
        perspectief="instelling",
    )


def test_around_the_start_runs_only_with_a_value_for_its_norm(spec: Spec) -> None:
    """An open norm has no default: without a value of the caller the rule gives no outcome at all."""
    spec(
        "bij_duo_rond_aanvang",
        """
        ontvangen_duo_op | verwacht
        -----------------+---------
        2018-09-28       | geen
        """,
    )
    spec(
        "bij_duo_rond_aanvang",
        """
        begindatum | ontvangen_duo_op | norm speling_na_aanvang | verwacht
        -----------+------------------+-------------------------+---------
        2018-10-01 | 2018-09-30       | 0                       | voldoet
        2018-10-01 | 2018-10-01       | 0                       | voldoet
        2018-10-01 | 2018-10-02       | 0                       | voldoet_niet
        2018-10-01 | 2018-10-08       | 7                       | voldoet
        2018-10-01 | 2018-10-09       | 7                       | voldoet_niet
                   | 2018-10-01       | 7                       | niet_te_bepalen
        2018-10-01 | ?                | 7                       | niet_te_bepalen
        """,
    )


def test_a_change_at_duo_within_7_days_after_it_arose(spec: Spec) -> None:
    """Only deliveries of soort wijziging; the seventh day still counts."""
    spec.levering(
        "wijziging_tijdig_bij_duo",
        """
        soort        | ontstaan_op | ontvangen_duo_op | verwacht
        -------------+-------------+------------------+---------
        wijziging    | 2018-09-24  | 2018-09-30       | voldoet
        wijziging    | 2018-09-24  | 2018-10-01       | voldoet
        wijziging    | 2018-09-24  | 2018-10-02       | voldoet_niet
        wijziging    |             | 2018-10-02       | niet_te_bepalen
        wijziging    | ?           | 2018-10-02       | niet_te_bepalen
        wijziging    | 2018-09-24  | ?                | niet_te_bepalen
        toevoeging   | 2018-09-24  | 2018-10-02       | niet_van_toepassing
        verwijdering | 2018-09-24  | 2018-10-02       | niet_van_toepassing
        toevoeging   | ?           | ?                | niet_van_toepassing
        """,
    )


def test_a_delivery_is_a_subject_from_the_day_that_duo_received_it(spec: Spec) -> None:
    """In both perspectives; when the days of receipt are not looked up, every delivery is."""
    for perspectief in ("keten", "instelling"):
        spec.levering(
            "terugkoppeling_tijdig",
            """
            K          | ontvangen_duo_op | teruggekoppeld_op | verwacht
            -----------+------------------+-------------------+---------
            2018-09-27 | 2018-09-28       |                   | geen
            2018-09-28 | 2018-09-28       |                   | niet_te_bepalen
            2018-11-15 |                  | 2018-10-05        | geen
            2018-11-15 | ?                | 2018-10-05        | niet_te_bepalen
            """,
            perspectief=perspectief,
        )


def test_an_answer_within_14_days(spec: Spec) -> None:
    """An answer that comes after K is not known: late from the last day on, unknown before it."""
    spec.levering(
        "terugkoppeling_tijdig",
        """
        K          | ontvangen_duo_op | teruggekoppeld_op | verwacht
        -----------+------------------+-------------------+---------
        2018-11-15 | 2018-09-28       | 2018-10-11        | voldoet
        2018-11-15 | 2018-09-28       | 2018-10-12        | voldoet
        2018-11-15 | 2018-09-28       | 2018-10-13        | voldoet_niet
        2018-11-15 | 2018-09-28       |                   | voldoet_niet
        2018-11-15 | 2018-09-28       | ?                 | niet_te_bepalen
        2018-10-11 | 2018-09-28       |                   | niet_te_bepalen
        2018-10-12 | 2018-09-28       |                   | voldoet_niet
        2018-10-11 | 2018-09-28       | 2018-10-12        | niet_te_bepalen
        2018-10-12 | 2018-09-28       | 2018-10-13        | voldoet_niet
        """,
    )


def test_accepted_is_asked_of_known_answers_only(spec: Spec) -> None:
    """The outcome counts from teruggekoppeld_op on."""
    spec.levering(
        "levering_geaccepteerd",
        """
        K          | teruggekoppeld_op | uitkomst     | verwacht
        -----------+-------------------+--------------+---------
        2018-10-04 | 2018-10-05        | geaccepteerd | niet_van_toepassing
        2018-10-05 | 2018-10-05        | geaccepteerd | voldoet
        2018-10-06 | 2018-10-05        | geaccepteerd | voldoet
        2018-10-04 | 2018-10-05        | afgekeurd    | niet_van_toepassing
        2018-10-05 | 2018-10-05        | afgekeurd    | voldoet_niet
        2018-10-06 |                   | afgekeurd    | niet_van_toepassing
        2018-10-06 | 2018-10-05        |              | niet_te_bepalen
        2018-10-06 | 2018-10-05        | ?            | niet_te_bepalen
        2018-10-06 | ?                 | geaccepteerd | niet_te_bepalen
        2018-10-04 | 2018-10-05        | ?            | niet_van_toepassing
        """,
    )


def test_a_later_change_of_the_afsluitdatum_does_not_change_how_late_it_was(spec: Spec) -> None:
    """The term runs from the afsluitdatum in the first delivery of the current life."""
    spec.verdicts(
        "tijdig_bij_duo",
        """
        volgorde | soort      | afsluitdatum | ontvangen_duo_op
        1        | toevoeging | 2018-09-24   | 2018-10-05
        2        | wijziging  | 2018-10-04   | 2018-10-10
        """,
        {BPVO: "voldoet_niet"},
    )


def test_the_earliest_receipt_of_the_current_life_counts(spec: Spec) -> None:
    """A change that came late does not make the BPVO late, also when DUO received it first."""
    table = """
        volgorde | soort      | ontvangen_duo_op | ontvangen_sbb_op
        1        | toevoeging | 2018-09-28       |
        2        | wijziging  | 2018-11-01       | 2018-10-28
        """
    spec.verdicts("tijdig_bij_duo", table, {BPVO: "voldoet"})
    spec.verdicts("tijdig_bij_sbb", table, {BPVO: "voldoet"})

    table = """
        volgorde | soort      | ontvangen_duo_op | ontvangen_sbb_op
        1        | toevoeging | 2018-10-02       | 2018-11-14
        2        | wijziging  | 2018-10-01       | 2018-11-02
        """
    spec.verdicts("tijdig_bij_duo", table, {BPVO: "voldoet"})
    spec.verdicts("tijdig_bij_sbb", table, {BPVO: "voldoet_niet"})


def test_removed_and_added_again_is_a_new_life(spec: Spec) -> None:
    """The receipts and the afsluitdatum before the last removal do not count any more."""
    table = """
        volgorde | soort        | afsluitdatum | ontvangen_duo_op | ontvangen_sbb_op
        1        | toevoeging   | 2018-09-24   | 2018-09-28       | 2018-10-01
        2        | verwijdering | 2018-09-24   | 2018-10-02       | 2018-10-03
        3        | toevoeging   | 2018-09-24   | 2018-10-15       |
        """
    spec.verdicts("tijdig_bij_duo", table, {BPVO: "voldoet_niet"})
    spec.verdicts("tijdig_bij_sbb", table, {BPVO: "voldoet_niet"})

    table = """
        volgorde | soort        | afsluitdatum | ontvangen_duo_op | ontvangen_sbb_op
        1        | toevoeging   | 2018-09-24   | 2018-10-28       | 2018-12-01
        2        | verwijdering | 2018-09-24   | 2018-10-29       |
        3        | toevoeging   | 2018-10-28   | 2018-11-04       |
        """
    spec.verdicts("tijdig_bij_duo", table, {BPVO: "voldoet"})
    spec.verdicts("tijdig_bij_sbb", table, {BPVO: "niet_te_bepalen"})


def test_a_rejected_addition_that_is_corrected_starts_with_the_correction(spec: Spec) -> None:
    """The receipt of the rejected delivery does not count, nor its afsluitdatum."""
    for perspectief in ("keten", "instelling"):
        spec.verdicts(
            "tijdig_bij_duo",
            """
            volgorde | soort      | afsluitdatum | ontvangen_duo_op | uitkomst
            1        | toevoeging | 2018-09-24   | 2018-09-28       | afgekeurd
            2        | wijziging  | 2018-09-25   | 2018-10-03       | geaccepteerd
            """,
            {BPVO: "voldoet_niet"},
            perspectief=perspectief,
        )

        spec.verdicts(
            "tijdig_bij_duo",
            """
            volgorde | soort      | afsluitdatum | ontvangen_duo_op | uitkomst
            1        | toevoeging | 2018-09-24   | 2018-09-28       | afgekeurd
            2        | wijziging  | 2018-09-26   | 2018-10-03       | geaccepteerd
            """,
            {BPVO: "voldoet"},
            perspectief=perspectief,
        )


def test_the_school_sees_a_rejected_delivery_as_not_received(spec: Spec) -> None:
    """Without any delivery that DUO kept, the afsluitdatum of the content counts and nothing was received."""
    table = """
        volgorde | soort      | afsluitdatum | ontvangen_duo_op | uitkomst
        1        | toevoeging | 2018-09-24   | 2018-09-28       | afgekeurd
        """
    spec.verdicts("tijdig_bij_duo", table, {BPVO: "voldoet_niet"}, perspectief="instelling")
    spec.verdicts("tijdig_bij_sbb", table, {BPVO: "niet_van_toepassing"}, perspectief="instelling")


def test_the_caller_may_set_a_term(spec: Spec) -> None:
    spec(
        "tijdig_bij_duo",
        """
        ontvangen_duo_op | norm termijn_aanlevering | verwacht
        -----------------+--------------------------+---------
        2018-09-25       | 0                        | voldoet_niet
        2018-09-24       | 0                        | voldoet
        2018-10-08       | 14                       | voldoet
        2018-10-09       | 14                       | voldoet_niet
        """,
    )
    spec(
        "tijdig_bij_sbb",
        """
        ontvangen_sbb_op | norm termijn_doorlevering | verwacht
        -----------------+---------------------------+---------
        2018-11-01       | 1                         | voldoet_niet
        2018-11-01       | 2                         | voldoet
        """,
    )
    spec.levering(
        "terugkoppeling_tijdig",
        """
        teruggekoppeld_op | norm termijn_terugkoppeling | verwacht
        ------------------+-----------------------------+---------
        2018-10-05        | 6                           | voldoet_niet
        2018-10-05        | 7                           | voldoet
        """,
    )
