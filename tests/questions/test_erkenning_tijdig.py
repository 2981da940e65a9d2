"""Question 5: does SBB recognise new leerbedrijven in time?"""

from typing import Any

from tests.oracle.feiten import UNSEEN, Judged, Run, limit, on_time
from tests.oracle.kleene import and_, not_
from tests.questions.spec import Spec

VERKLAARD = """
regel | signaalcode | onderwerp | soort | partij | dimensie | uitvoerbaarheid
besluit_tijdig | E01 | Erkenningsaanvraag | fout | SBB | actualiteit | kan te veel melden
    bronnen REGLEMENT_2015_BESLUIT REGLEMENT_2016_BESLUIT
    bewijs leerbedrijf_id opleidingcode
besluit_overschrijding_gemotiveerd | E02 | Erkenningsaanvraag | signaal | SBB | actualiteit | volledig
    bronnen REGLEMENT_2015_BESLUIT REGLEMENT_2016_BESLUIT
    bewijs leerbedrijf_id opleidingcode
kennisgeving_tijdig | E03 | Erkenningsaanvraag | fout | SBB | actualiteit | kan te veel melden
    bronnen REGLEMENT_2015_KENNISGEVING REGLEMENT_2016_KENNISGEVING
    bewijs leerbedrijf_id opleidingcode
"""


def second_opinion_aanvraag(run: Run, aanvraag: Any) -> dict[str, Judged]:
    """Does SBB recognise new leerbedrijven in time?"""
    gemotiveerd_op = run.cell("erkenningsaanvragen", aanvraag, "overschrijding_gemotiveerd_op")
    gemotiveerd = None if gemotiveerd_op is UNSEEN else gemotiveerd_op is not None and gemotiveerd_op <= run.K
    nieuw = aanvraag.soort == "nieuw"
    besluit = on_time(
        run,
        run.cell("erkenningsaanvragen", aanvraag, "besluit_op"),
        limit(run, aanvraag.dagtekening, "termijn_besluit"),
    )
    kennisgeving = on_time(
        run,
        run.cell("erkenningsaanvragen", aanvraag, "kennisgeving_op"),
        limit(run, aanvraag.dagtekening, "termijn_kennisgeving"),
    )
    return {
        "besluit_tijdig": (and_(nieuw, not_(gemotiveerd)), besluit),
        "besluit_overschrijding_gemotiveerd": (and_(nieuw, gemotiveerd), besluit),
        "kennisgeving_tijdig": (nieuw, kennisgeving),
    }


def test_a_decision_within_10_werkdagen(spec: Spec) -> None:
    """The tenth werkdag after Monday 1 October 2018 is Monday 15 October; that day still counts."""
    spec.aanvraag(
        "besluit_tijdig",
        """
        dagtekening | besluit_op | verwacht
        ------------+------------+---------
        2018-10-01  | 2018-10-14 | voldoet
        2018-10-01  | 2018-10-15 | voldoet
        2018-10-01  | 2018-10-16 | voldoet_niet
        2018-10-01  |            | voldoet_niet
        2018-10-01  | ?          | niet_te_bepalen
        2018-10-01  | 2018-09-30 | voldoet
        """,
    )


def test_holidays_do_not_count(spec: Spec) -> None:
    """
    Three days fall out around Christmas 2018, and Goede Vrijdag and Tweede Paasdag around Easter 2018.

    In the spring of 2018 Koningsdag and Hemelvaartsdag do, and later Tweede Pinksterdag; in 2016 Koningsdag; in 2017
    Koningsdag and 5 May, which counts every year.
    """
    spec.aanvraag(
        "besluit_tijdig",
        """
        dagtekening | besluit_op | verwacht
        ------------+------------+---------
        2018-12-21  | 2019-01-09 | voldoet
        2018-12-21  | 2019-01-10 | voldoet_niet
        2018-03-26  | 2018-04-11 | voldoet
        2018-03-26  | 2018-04-12 | voldoet_niet
        2018-04-26  | 2018-05-14 | voldoet
        2018-04-26  | 2018-05-15 | voldoet_niet
        2018-05-14  | 2018-05-29 | voldoet
        2018-05-14  | 2018-05-30 | voldoet_niet
        2016-04-14  | 2016-04-29 | voldoet
        2016-04-14  | 2016-04-30 | voldoet_niet
        2017-04-24  | 2017-05-10 | voldoet
        2017-04-24  | 2017-05-11 | voldoet_niet
        """,
        P="2019-03-01",
    )


def test_a_decree_day_does_not_count(spec: Spec) -> None:
    """Friday 27 May 2022 was equated with the holidays; from 16 May the tenth werkdag is then 1 June."""
    spec.aanvraag(
        "besluit_tijdig",
        """
        dagtekening | besluit_op | verwacht
        ------------+------------+---------
        2022-05-16  | 2022-06-01 | voldoet
        2022-05-16  | 2022-06-02 | voldoet_niet
        """,
        P="2022-09-01",
    )


def test_a_decision_that_has_not_come(spec: Spec) -> None:
    """Unknown while it can still come, late from the tenth werkdag on."""
    spec.aanvraag(
        "besluit_tijdig",
        """
        K          | besluit_op | verwacht
        -----------+------------+---------
        2018-09-30 |            | geen
        2018-10-01 |            | niet_te_bepalen
        2018-10-14 |            | niet_te_bepalen
        2018-10-15 |            | voldoet_niet
        2018-10-14 | 2018-10-15 | niet_te_bepalen
        2018-10-15 | 2018-10-15 | voldoet
        2018-10-15 | 2018-10-16 | voldoet_niet
        """,
    )


def test_only_new_companies(spec: Spec) -> None:
    for rule in ("besluit_tijdig", "kennisgeving_tijdig"):
        spec.aanvraag(
            rule,
            """
            soort          | verwacht
            ---------------+---------
            nieuw          | voldoet
            uitbreiding    | niet_van_toepassing
            herbeoordeling | niet_van_toepassing
            """,
        )
    spec.aanvraag(
        "besluit_overschrijding_gemotiveerd",
        """
        soort          | verwacht
        ---------------+---------
        nieuw          | voldoet
        uitbreiding    | niet_van_toepassing
        herbeoordeling | niet_van_toepassing
        """,
        overschrijding_gemotiveerd_op="2018-10-10",
    )


def test_reasons_for_being_late_move_the_finding_to_a_signal(spec: Spec) -> None:
    """Known reasons take the request out of the first rule and into the second: never both."""
    spec.aanvraag(
        "besluit_tijdig",
        """
        K          | besluit_op | overschrijding_gemotiveerd_op | verwacht
        -----------+------------+-------------------------------+---------
        2018-10-19 | 2018-10-16 | 2018-10-20                    | voldoet_niet
        2018-10-20 | 2018-10-16 | 2018-10-20                    | niet_van_toepassing
        2018-10-20 | 2018-10-16 |                               | voldoet_niet
        2018-10-20 | 2018-10-16 | ?                             | niet_te_bepalen
        """,
    )
    spec.aanvraag(
        "besluit_overschrijding_gemotiveerd",
        """
        K          | besluit_op | overschrijding_gemotiveerd_op | verwacht
        -----------+------------+-------------------------------+---------
        2018-10-19 | 2018-10-16 | 2018-10-20                    | niet_van_toepassing
        2018-10-20 | 2018-10-16 | 2018-10-20                    | voldoet_niet
        2018-10-20 | 2018-10-15 | 2018-10-20                    | voldoet
        2018-10-20 |            | 2018-10-20                    | voldoet_niet
        2018-10-12 |            | 2018-10-12                    | niet_te_bepalen
        2018-10-20 | 2018-10-16 |                               | niet_van_toepassing
        2018-10-20 | 2018-10-16 | ?                             | niet_te_bepalen
        2018-10-20 | ?          | 2018-10-20                    | niet_te_bepalen
        """,
    )


def test_a_notice_within_20_werkdagen(spec: Spec) -> None:
    """The twentieth werkdag after 1 October 2018 is 29 October; reasons for being late change nothing here."""
    spec.aanvraag(
        "kennisgeving_tijdig",
        """
        K          | kennisgeving_op | overschrijding_gemotiveerd_op | verwacht
        -----------+-----------------+-------------------------------+---------
        2018-11-15 | 2018-10-28      |                               | voldoet
        2018-11-15 | 2018-10-29      |                               | voldoet
        2018-11-15 | 2018-10-30      |                               | voldoet_niet
        2018-11-15 | 2018-10-30      | 2018-10-20                    | voldoet_niet
        2018-11-15 |                 |                               | voldoet_niet
        2018-11-15 | ?               |                               | niet_te_bepalen
        2018-10-28 |                 |                               | niet_te_bepalen
        2018-10-28 | 2018-10-29      |                               | niet_te_bepalen
        2018-10-29 |                 |                               | voldoet_niet
        """,
    )


def test_the_terms_are_in_force_from_1_august_2015(spec: Spec) -> None:
    """A term belongs to the day on which it starts; before the reglement there is none, so nothing can be said."""
    for rule, event in (("besluit_tijdig", "besluit_op"), ("kennisgeving_tijdig", "kennisgeving_op")):
        spec.aanvraag(
            rule,
            f"""
            dagtekening | {event}    | verwacht
            ------------+------------+---------
            2015-07-31  | 2015-08-03 | niet_te_bepalen
            2015-07-31  | 2018-08-03 | niet_te_bepalen
            2015-08-01  | 2015-08-03 | voldoet
            2015-08-01  | 2018-08-03 | voldoet_niet
            """,
        )


def test_the_caller_may_set_a_term(spec: Spec) -> None:
    spec.aanvraag(
        "besluit_tijdig",
        """
        besluit_op | norm termijn_besluit | verwacht
        -----------+----------------------+---------
        2018-10-08 | 5                    | voldoet
        2018-10-09 | 5                    | voldoet_niet
        """,
    )
    spec.aanvraag(
        "kennisgeving_tijdig",
        """
        kennisgeving_op | norm termijn_kennisgeving | verwacht
        ----------------+---------------------------+---------
        2018-10-15      | 10                        | voldoet
        2018-10-16      | 10                        | voldoet_niet
        """,
    )
