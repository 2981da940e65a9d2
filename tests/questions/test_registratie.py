"""The registration itself: no question, no score, but meldingen that somebody can repair."""

from tests.questions.spec import Spec


def test_what_must_be_filled(spec: Spec) -> None:
    """Afsluitdatum, begindatum, einddatum_gepland, leerbedrijf_id and one of the two codes."""
    spec(
        "verplichte_gegevens",
        """
        afsluitdatum | begindatum | einddatum_gepland | leerbedrijf_id | opleidingcode | keuzedeelcode | verwacht
        -------------+------------+-------------------+----------------+---------------+---------------+---------
        2018-09-24   | 2018-10-01 | 2019-01-31        | 100000000      | 25655         |               | voldoet
        2018-09-24   | 2018-10-01 | 2019-01-31        | 100000000      |               | K0067         | voldoet
                     | 2018-10-01 | 2019-01-31        | 100000000      | 25655         |               | voldoet_niet
        2018-09-24   |            | 2019-01-31        | 100000000      | 25655         |               | voldoet_niet
        2018-09-24   | 2018-10-01 |                   | 100000000      | 25655         |               | voldoet_niet
        2018-09-24   | 2018-10-01 | 2019-01-31        |                | 25655         |               | voldoet_niet
        2018-09-24   | 2018-10-01 | 2019-01-31        | 100000000      |               |               | voldoet_niet
        ?            | 2018-10-01 | 2019-01-31        | 100000000      | 25655         |               | niet_te_bepalen
        2018-09-24   | 2018-10-01 | 2019-01-31        | ?              | 25655         |               | niet_te_bepalen
        2018-09-24   | 2018-10-01 | 2019-01-31        | 100000000      | 25655         | ?             | niet_te_bepalen
        2018-09-24   | 2018-10-01 | 2019-01-31        | 100000000      | ?             |               | niet_te_bepalen
        2018-09-24   | 2018-10-01 | 2019-01-31        | 100000000      | ?             | K0067         | voldoet
        ?            |            | 2019-01-31        | 100000000      | 25655         |               | voldoet_niet
        """,
    )


def test_what_need_not_be_filled(spec: Spec) -> None:
    spec(
        "verplichte_gegevens",
        """
        einddatum_werkelijk | omvang | ontstaan_op | ontvangen_sbb_op | verwacht
        --------------------+--------+-------------+------------------+---------
                            |        |             |                  | voldoet
        ?                   | ?      | ?           | ?                | voldoet
        """,
    )


def test_one_ground_only(spec: Spec) -> None:
    spec(
        "een_grondslag",
        """
        opleidingcode | keuzedeelcode | verwacht
        --------------+---------------+---------
        25655         |               | voldoet
                      | K0067         | voldoet
                      |               | voldoet
        25655         | K0067         | voldoet_niet
        ?             | K0067         | niet_te_bepalen
        25655         | ?             | niet_te_bepalen
        ?             |               | voldoet
                      | ?             | voldoet
        """,
    )
