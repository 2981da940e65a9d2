"""Question 4: does SBB always make White Label available?"""

from typing import Any

from tests.oracle.feiten import Judged, Run, in_onderhoud, in_window, le
from tests.oracle.kleene import and_, not_
from tests.questions.spec import Spec

VERKLAARD = """
regel | signaalcode | onderwerp | soort | partij | dimensie | uitvoerbaarheid
white_label_antwoordt | D01 | WhiteLabelMeting | fout | SBB | beschikbaarheid | kan te weinig melden
    bronnen DECK WHITE_LABEL
    bewijs functie tijdstip
white_label_vlot | D02 | WhiteLabelMeting | signaal | SBB | beschikbaarheid | volledig
    bronnen WHITE_LABEL
    bewijs functie tijdstip
"""


def second_opinion_meting(run: Run, meting: Any) -> dict[str, Judged]:
    """Does SBB always make White Label available?"""
    scope = and_(in_window(str(run.norms.get("venster", "altijd")), meting.tijdstip), not_(in_onderhoud(run, meting)))
    judged: dict[str, Judged] = {"white_label_antwoordt": (scope, meting.gelukt)}
    if "maximale_duur_ms" in run.norms:
        duur = run.cell("white_label_metingen", meting, "duur_ms")
        judged["white_label_vlot"] = (and_(scope, meting.gelukt), le(duur, run.norms["maximale_duur_ms"]))
    return judged


def test_it_answers_or_it_does_not(spec: Spec) -> None:
    spec.meting(
        "white_label_antwoordt",
        """
        gelukt | white_label_onderhoud | verwacht
        -------+-----------------------+---------
        ja     |                       | voldoet
        nee    |                       | voldoet_niet
        ja     | ?                     | niet_te_bepalen
        nee    | ?                     | niet_te_bepalen
        """,
    )


def test_maintenance_is_half_open(spec: Spec) -> None:
    """From van, inclusive, until tot, exclusive; moments compare whatever their offset."""
    spec.meting(
        "white_label_antwoordt",
        """
        tijdstip                  | verwacht
        --------------------------+---------
        2018-10-01T08:59:59+02:00 | voldoet_niet
        2018-10-01T09:00:00+02:00 | niet_van_toepassing
        2018-10-01T07:00:00+00:00 | niet_van_toepassing
        2018-10-01T07:00:00Z      | niet_van_toepassing
        2018-10-01T06:59:59Z      | voldoet_niet
        2018-10-01T09:59:59+02:00 | niet_van_toepassing
        2018-10-01T10:00:00+02:00 | voldoet_niet
        2018-10-01T09:30:00+00:00 | voldoet_niet
        """,
        gelukt="nee",
        white_label_onderhoud="- 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-09-24",
    )


def test_maintenance_is_of_a_function_or_of_all(spec: Spec) -> None:
    spec.meting(
        "white_label_antwoordt",
        """
        functie     | white_label_onderhoud                                                       | verwacht
        ------------+-----------------------------------------------------------------------------+---------
        zoeken      | zoeken 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-09-24       | niet_van_toepassing
        verificatie | zoeken 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-09-24       | voldoet_niet
        verificatie | - 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-09-24            | niet_van_toepassing
        """,
        gelukt="nee",
    )


def test_without_the_functions_of_maintenance_nothing_is_known_of_it(spec: Spec) -> None:
    """Also when there is no maintenance at all."""
    spec.meting(
        "white_label_antwoordt",
        """
        gelukt | white_label_onderhoud                                                | verwacht
        -------+----------------------------------------------------------------------+---------
        nee    |                                                                      | niet_te_bepalen
        nee    | - 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-09-24     | niet_te_bepalen
        """,
        zonder="white_label_onderhoud.functie",
    )


def test_outside_the_window_of_the_caller_it_need_not_answer(spec: Spec) -> None:
    """By the clock in the Netherlands; the first minute counts, the last one does not. 1 October 2018 is a Monday."""
    spec.meting(
        "white_label_antwoordt",
        """
        tijdstip                  | verwacht
        --------------------------+---------
        2018-10-01T07:59:59+02:00 | niet_van_toepassing
        2018-10-01T08:00:00+02:00 | voldoet_niet
        2018-10-01T06:00:00+00:00 | voldoet_niet
        2018-10-01T17:59:59+02:00 | voldoet_niet
        2018-10-01T18:00:00+02:00 | niet_van_toepassing
        2018-10-05T09:00:00+02:00 | voldoet_niet
        2018-10-06T08:59:59+02:00 | niet_van_toepassing
        2018-10-06T09:00:00+02:00 | voldoet_niet
        2018-10-06T13:00:00+02:00 | niet_van_toepassing
        2018-10-07T10:00:00+02:00 | niet_van_toepassing
        """,
        gelukt="nee",
        **{"norm venster": "ma-vr 08:00-18:00, za 09:00-13:00"},
    )


def test_maintenance_must_be_announced_before_its_day(spec: Spec) -> None:
    """The day of van is the day in Amsterdam; an announcement on that day itself is too late."""
    spec.meting(
        "white_label_antwoordt",
        """
        white_label_onderhoud                                              | verwacht
        -------------------------------------------------------------------+---------
        - 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-09-30   | niet_van_toepassing
        - 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-10-01   | voldoet_niet
        - 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-10-02   | voldoet_niet
        - 2018-09-30T21:59:00+00:00 2018-10-01T10:00:00+02:00 2018-09-30   | voldoet_niet
        - 2018-09-30T22:00:00+00:00 2018-10-01T10:00:00+02:00 2018-09-30   | niet_van_toepassing
        """,
        gelukt="nee",
    )


def test_a_measurement_counts_when_it_was_made_on_or_before_the_end_of_day_k(spec: Spec) -> None:
    """The day ends at midnight in Amsterdam, in summer two hours after the one of UTC begins its last two."""
    spec.meting(
        "white_label_antwoordt",
        """
        tijdstip                  | K          | verwacht
        --------------------------+------------+---------
        2018-10-01T23:59:59+02:00 | 2018-10-01 | voldoet
        2018-10-02T00:00:00+02:00 | 2018-10-01 | geen
        2018-10-01T21:59:59+00:00 | 2018-10-01 | voldoet
        2018-10-01T22:00:00+00:00 | 2018-10-01 | geen
        2018-12-01T22:59:59+00:00 | 2018-12-01 | voldoet
        2018-12-01T23:00:00+00:00 | 2018-12-01 | geen
        2018-10-02T00:00:00+02:00 | 2018-10-02 | voldoet
        2018-10-02T03:00:00+05:00 | 2018-10-01 | geen
        2018-10-02T02:59:59+05:00 | 2018-10-01 | voldoet
        """,
    )


def test_how_fast_runs_only_with_a_value_for_its_norm(spec: Spec) -> None:
    """Without a maximum of the caller there is no outcome; with one, only successful measurements are in scope."""
    spec.meting(
        "white_label_vlot",
        """
        duur_ms | verwacht
        --------+---------
        300     | geen
        """,
    )
    spec.meting(
        "white_label_vlot",
        """
        gelukt | duur_ms | white_label_onderhoud | verwacht
        -------+---------+-----------------------+---------
        ja     | 499     |                       | voldoet
        ja     | 500     |                       | voldoet
        ja     | 501     |                       | voldoet_niet
        ja     |         |                       | niet_te_bepalen
        ja     | ?       |                       | niet_te_bepalen
        nee    | 501     |                       | niet_van_toepassing
        ja     | 499     | ?                     | niet_te_bepalen
        nee    | 499     | ?                     | niet_van_toepassing
        """,
        **{"norm maximale_duur_ms": "500"},
    )


def test_a_measurement_of_a_school_is_a_subject_of_its_own(spec: Spec) -> None:
    spec.meting(
        "white_label_antwoordt",
        """
        functie       | brin | gelukt | verwacht
        --------------+------+--------+---------
        identificatie | 27DV | ja     | voldoet
        identificatie |      | nee    | voldoet_niet
        """,
    )
