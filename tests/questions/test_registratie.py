"""The registration itself: no question, no score, but meldingen that somebody can repair."""

from tests.oracle.feiten import Bpvo, Judged, Run, content, grondslag, is_filled
from tests.oracle.kleene import and_, not_
from tests.questions.spec import Spec

VERKLAARD = """
regel | signaalcode | onderwerp | soort | partij | dimensie | uitvoerbaarheid
verplichte_gegevens | R01 | Bpvo | fout | instelling | completeheid | volledig
    bronnen WEB_JUIST_EN_VOLLEDIG ROD_GEGEVENS
    bewijs ontbrekende_gegevens
    kit vorm
een_grondslag | R02 | Bpvo | signaal | instelling | consistentie | volledig
    bronnen ROD_GEGEVENS
    kit vorm
"""


def second_opinion_bpvo(run: Run, bpvo: Bpvo) -> dict[str, Judged]:
    """What makes an answer *niet te bepalen* and can be repaired."""
    required = ("afsluitdatum", "begindatum", "einddatum_gepland", "leerbedrijf_id")
    return {
        "verplichte_gegevens": (
            True,
            and_(*(is_filled(content(run, bpvo, column)) for column in required), is_filled(grondslag(run, bpvo))),
        ),
        "een_grondslag": (
            True,
            not_(and_(is_filled(content(run, bpvo, "opleidingcode")), is_filled(content(run, bpvo, "keuzedeelcode")))),
        ),
    }


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
