"""What exists on a kennisdatum, in either perspectief, and that nothing looks ahead."""

import pytest
from tests.questions.spec import BPVO, Spec

# A rule without a scope: it has an outcome exactly when the BPVO exists.
ALTIJD = "verplichte_gegevens"


def test_in_the_keten_a_bpvo_exists_from_its_receipt_at_duo(spec: Spec) -> None:
    spec(
        ALTIJD,
        """
        K          | ontvangen_duo_op | verwacht
        -----------+------------------+---------
        2018-09-27 | 2018-09-28       | geen
        2018-09-28 | 2018-09-28       | voldoet
        2018-09-29 | 2018-09-28       | voldoet
        2018-11-15 |                  | geen
        2018-09-27 | ?                | voldoet
        """,
    )


def test_when_the_days_of_receipt_are_not_looked_up_every_delivery_counts(spec: Spec) -> None:
    """Also one of which the rejection is known, and a removal."""
    spec(
        ALTIJD,
        """
        soort        | ontvangen_duo_op | teruggekoppeld_op | uitkomst     | verwacht
        -------------+------------------+-------------------+--------------+---------
        toevoeging   | ?                | ?                 | ?            | voldoet
        toevoeging   | ?                | 2018-10-05        | geaccepteerd | voldoet
        toevoeging   | ?                | 2018-10-05        | afgekeurd    | voldoet
        verwijdering | ?                | 2018-10-05        | geaccepteerd | geen
        """,
    )


def test_a_column_that_says_nothing_of_existence_may_be_missing(spec: Spec) -> None:
    """When SBB received it is not looked up; when DUO did, and what DUO answered, are."""
    spec(
        ALTIJD,
        """
        K          | ontvangen_duo_op | teruggekoppeld_op | uitkomst  | ontvangen_sbb_op | verwacht
        -----------+------------------+-------------------+-----------+------------------+---------
        2018-09-27 | 2018-09-28       |                   |           | ?                | geen
        2018-09-28 | 2018-09-28       |                   |           | ?                | voldoet
        2018-10-04 | 2018-09-28       | 2018-10-05        | afgekeurd | ?                | voldoet
        2018-10-05 | 2018-09-28       | 2018-10-05        | afgekeurd | ?                | geen
        """,
    )


def test_in_the_keten_a_rejection_counts_from_the_day_it_is_known(spec: Spec) -> None:
    """Until DUO answered, the delivery counts; without a known answer it goes on counting."""
    spec(
        ALTIJD,
        """
        K          | teruggekoppeld_op | uitkomst     | verwacht
        -----------+-------------------+--------------+---------
        2018-10-04 | 2018-10-05        | afgekeurd    | voldoet
        2018-10-05 | 2018-10-05        | afgekeurd    | geen
        2018-10-06 | 2018-10-05        | afgekeurd    | geen
        2018-10-06 | 2018-10-05        | geaccepteerd | voldoet
        2018-10-06 | 2018-10-05        |              | voldoet
        2018-10-06 |                   | afgekeurd    | voldoet
        2018-10-06 | ?                 | afgekeurd    | voldoet
        2018-10-06 | 2018-10-05        | ?            | voldoet
        """,
    )


def test_at_the_school_a_bpvo_exists_from_the_day_it_arose(spec: Spec) -> None:
    """Sent or not, accepted or not; an addition without that day exists from its afsluitdatum."""
    spec(
        ALTIJD,
        """
        K          | ontstaan_op | afsluitdatum | ontvangen_duo_op | uitkomst     | verwacht
        -----------+-------------+--------------+------------------+--------------+---------
        2018-09-23 | 2018-09-24  | 2018-09-20   |                  |              | geen
        2018-09-24 | 2018-09-24  | 2018-09-26   |                  |              | voldoet
        2018-09-25 |             | 2018-09-26   |                  |              | geen
        2018-09-26 |             | 2018-09-26   |                  |              | voldoet
        2018-09-25 | ?           | 2018-09-26   |                  |              | geen
        2018-09-26 | ?           | 2018-09-26   |                  |              | voldoet
        2001-01-01 |             |              |                  |              | voldoet_niet
        2001-01-01 | ?           | ?            |                  |              | niet_te_bepalen
        2018-11-15 | 2018-09-24  | 2018-09-24   | 2018-09-28       | afgekeurd    | voldoet
        """,
        perspectief="instelling",
    )


def test_at_the_school_a_change_without_a_day_counts(spec: Spec) -> None:
    """Only for an addition does the afsluitdatum stand in for the day on which it arose."""
    spec(
        ALTIJD,
        """
        soort      | K          | ontstaan_op | afsluitdatum | verwacht
        -----------+------------+-------------+--------------+---------
        toevoeging | 2018-09-25 |             | 2018-09-26   | geen
        wijziging  | 2018-09-25 |             | 2018-09-26   | voldoet
        wijziging  | 2018-09-25 | 2018-09-26  | 2018-09-20   | geen
        """,
        perspectief="instelling",
    )


def test_the_content_is_that_of_the_highest_volgorde_that_counts(spec: Spec) -> None:
    """Not of the latest receipt; a rejected change leaves the content before it, in the keten but not at the school."""
    spec.verdicts(
        ALTIJD,
        """
        volgorde | soort      | ontvangen_duo_op | begindatum
        2        | wijziging  | 2018-10-01       | 2018-10-01
        1        | toevoeging | 2018-10-02       |
        """,
        {BPVO: "voldoet"},
    )

    spec.verdicts(
        ALTIJD,
        """
        volgorde | soort      | ontstaan_op | begindatum
        2        | toevoeging | 2018-09-24  | 2018-10-01
        10       | wijziging  | 2018-09-25  |
        """,
        {BPVO: "voldoet_niet"},
    )

    rejected = """
        volgorde | soort      | ontstaan_op | begindatum | teruggekoppeld_op | uitkomst
        1        | toevoeging | 2018-09-24  |            | 2018-10-01        | geaccepteerd
        2        | wijziging  | 2018-09-25  | 2018-10-01 | 2018-10-05        | afgekeurd
        """
    spec.verdicts(ALTIJD, rejected, {BPVO: "voldoet"}, K="2018-10-04")
    spec.verdicts(ALTIJD, rejected, {BPVO: "voldoet_niet"}, K="2018-10-05")
    spec.verdicts(ALTIJD, rejected, {BPVO: "voldoet"}, K="2018-10-05", perspectief="instelling")


REMOVED = """
    volgorde | soort        | ontstaan_op | ontvangen_duo_op | teruggekoppeld_op | uitkomst
    1        | toevoeging   | 2018-09-24  | 2018-09-28       | 2018-09-29        | geaccepteerd
    2        | verwijdering | 2018-10-01  | 2018-10-03       | 2018-10-08        | {}
    """


@pytest.mark.parametrize(
    ("uitkomst", "perspectief", "kennisdatum", "exists"),
    [
        ("geaccepteerd", "keten", "2018-10-02", True),
        ("geaccepteerd", "keten", "2018-10-03", False),
        ("afgekeurd", "keten", "2018-10-03", False),
        ("afgekeurd", "keten", "2018-10-07", False),
        ("afgekeurd", "keten", "2018-10-08", True),
        ("geaccepteerd", "instelling", "2018-09-30", True),
        ("geaccepteerd", "instelling", "2018-10-01", False),
        ("afgekeurd", "instelling", "2018-10-08", False),
    ],
)
def test_a_removal_ends_it(spec: Spec, uitkomst: str, perspectief: str, kennisdatum: str, *, exists: bool) -> None:
    """In the keten unless it is known to be rejected; at the school in any case."""
    expected = {BPVO: "voldoet"} if exists else {}
    spec.verdicts(ALTIJD, REMOVED.format(uitkomst), expected, K=kennisdatum, perspectief=perspectief)


def test_added_again_it_exists_again(spec: Spec) -> None:
    table = """
        volgorde | soort        | ontvangen_duo_op
        1        | toevoeging   | 2018-09-28
        2        | verwijdering | 2018-10-03
        3        | toevoeging   | 2018-10-10
        """
    spec.verdicts(ALTIJD, table, {}, K="2018-10-09")
    spec.verdicts(ALTIJD, table, {BPVO: "voldoet"}, K="2018-10-10")


def test_no_look_ahead(spec: Spec) -> None:
    """Rows that are not known on K change nothing for K, whatever P is."""
    now = """
        volgorde | soort      | ontvangen_duo_op | begindatum
        1        | toevoeging | 2018-09-28       | 2018-10-01
        """
    later = (
        now
        + """
        2        | wijziging    | 2018-10-11     |
        3        | verwijdering | 2018-10-12     |
        """
    )
    register = "25655 2018-08-01..2018-10-05 bekend ..2018-10-11"
    withdrawn = register + ", 25655 2018-08-01..2018-09-30 bekend 2018-10-11.., 25656 2018-01-01.. bekend 2018-10-11.."

    assert spec.keten(now, K="2018-10-10", erkenningen=register) == spec.keten(
        later, K="2018-10-10", erkenningen=withdrawn
    )


def test_without_the_table_there_are_no_subjects(spec: Spec) -> None:
    """Nothing can be said about BPVO's when the deliveries were not looked up, and nothing good is said."""
    from tests.questions.spec import read_arguments

    from bpvo_rules.keten import Keten

    arguments = read_arguments({"P": "2018-11-15", "K": "", "perspectief": "keten"})

    assert spec.engine(Keten(), arguments) == {}
