"""Question 2: is the BPV part of a keuzedeel run at an erkend leerbedrijf?"""

import pytest
from tests.oracle.feiten import (
    KEUZEDELEN_FROM,
    Bpvo,
    Judged,
    Run,
    content,
    dekking_elke,
    eq,
    gedekt,
    grondslag,
    in_dekking,
    in_register,
    keuzedeel_geldig,
    le,
    until_P,
)
from tests.oracle.kleene import and_
from tests.questions.spec import Spec

VERKLAARD = """
regel | signaalcode | onderwerp | soort | partij | dimensie | uitvoerbaarheid
keuzedeel_leerbedrijf_bekend | B01 | Bpvo | fout | instelling | juistheid | volledig
    bronnen KEUZEDEEL_ELKE_ERKENNING WEB_ERKEND
    bewijs leerbedrijf_id keuzedeelcode
    geldig_van 2016-08-01
keuzedeel_erkend_bij_aanvang | B02 | Bpvo | fout | instelling | juistheid | volledig
    bronnen KEUZEDEEL_ELKE_ERKENNING WEB_ERKEND
    bewijs leerbedrijf_id keuzedeelcode begindatum
    geldig_van 2016-08-01
keuzedeel_erkend_gedurende_looptijd | B03 | Bpvo | fout | instelling | actualiteit | volledig
    bronnen WEB_VERVANGENDE_PLAATS
    bewijs leerbedrijf_id keuzedeelcode elke_eerste_dag_zonder_erkenning
    bewijs elke_dagen_zonder_erkenning
    geldig_van 2016-08-01
keuzedeel_geldig | B04 | Bpvo | signaal | instelling | validiteit | volledig
    bronnen ROD_GEGEVENS
    bewijs keuzedeelcode begindatum
    geldig_van 2016-08-01
    kit vorm
"""


def second_opinion_bpvo(run: Run, bpvo: Bpvo) -> dict[str, Judged]:
    """Is the BPV part of a keuzedeel run at an erkend leerbedrijf?"""
    begindatum, coverage = content(run, bpvo, "begindatum"), dekking_elke(run, bpvo)
    basis = and_(le(KEUZEDELEN_FROM, begindatum), eq(grondslag(run, bpvo), "keuzedeel"))
    begins_recognised = in_dekking(begindatum, coverage)
    return {
        "keuzedeel_leerbedrijf_bekend": (basis, in_register(run, bpvo)),
        "keuzedeel_erkend_bij_aanvang": (basis, begins_recognised),
        "keuzedeel_erkend_gedurende_looptijd": (
            and_(basis, le(begindatum, run.P), begins_recognised),
            gedekt(coverage, begindatum, until_P(run, bpvo)),
        ),
        "keuzedeel_geldig": (basis, keuzedeel_geldig(run, bpvo)),
    }


KEUZEDEEL = {"keuzedeelcode": "K0067", "opleidingcode": ""}
RULES = (
    "keuzedeel_leerbedrijf_bekend",
    "keuzedeel_erkend_bij_aanvang",
    "keuzedeel_erkend_gedurende_looptijd",
    "keuzedeel_geldig",
)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_about_keuzedelen(spec: Spec, rule: str) -> None:
    """A filled keuzedeelcode is enough; the opleidingcode beside it does not matter."""
    spec(
        rule,
        """
        keuzedeelcode | opleidingcode | verwacht
        --------------+---------------+---------
        K0067         |               | voldoet
        K0067         | 25655         | voldoet
        K0067         | ?             | voldoet
                      | 25655         | niet_van_toepassing
                      |               | niet_te_bepalen
                      | ?             | niet_te_bepalen
        ?             | 25655         | niet_te_bepalen
        """,
    )


@pytest.mark.parametrize("rule", RULES)
def test_keuzedelen_came_on_1_august_2016(spec: Spec, rule: str) -> None:
    """The rules hold for placements from that day on; without a begindatum that cannot be said."""
    spec(
        rule,
        """
        begindatum | keuzedeelcode | opleidingcode | verwacht
        -----------+---------------+---------------+---------
        2016-07-31 | K0067         |               | niet_van_toepassing
        2016-08-01 | K0067         |               | voldoet
        2016-08-02 | K0067         |               | voldoet
                   | K0067         |               | niet_te_bepalen
        ?          | K0067         |               | niet_te_bepalen
                   |               | 25655         | niet_van_toepassing
        2016-07-31 |               |               | niet_van_toepassing
        """,
        erkenningen="25655 2016-01-01..",
    )


def test_keuzedeel_leerbedrijf_bekend(spec: Spec) -> None:
    spec(
        "keuzedeel_leerbedrijf_bekend",
        """
        leerbedrijf_id | leerbedrijven | erkenningen                  | verwacht
        ---------------+---------------+------------------------------+---------
        100000000      | 100000000     |                              | voldoet
        100000000      |               | 25480 2001-01-01..2001-01-02 | voldoet
        100000000      | 100000001     | 25480@100000001 2018-08-01.. | voldoet_niet
        100000000      | ?             |                              | niet_te_bepalen
        100000000      |               | ?                            | niet_te_bepalen
        100000000      | ?             | 25480 2001-01-01..2001-01-02 | voldoet
                       | 100000000     | 25480 2018-08-01..           | niet_te_bepalen
        """,
        **KEUZEDEEL,
    )


def test_any_recognition_will_do(spec: Spec) -> None:
    """The company need not be recognised for the opleiding of the student; the reference is not needed."""
    spec(
        "keuzedeel_erkend_bij_aanvang",
        """
        erkenningen                  | equivalenten | opleidingen | verwacht
        -----------------------------+--------------+-------------+---------
        25251 2018-08-01..           |              |             | voldoet
        99999 2018-08-01..           |              |             | voldoet
        99999 2018-08-01..           | ?            | ?           | voldoet
                                     | ?            | ?           | voldoet_niet
        25251@100000001 2018-08-01.. |              |             | voldoet_niet
        ?                            |              |             | niet_te_bepalen
        """,
        **KEUZEDEEL,
    )
    spec(
        "keuzedeel_erkend_bij_aanvang",
        """
        begindatum | verwacht
        -----------+---------
        2018-09-30 | voldoet_niet
        2018-10-01 | voldoet
        2018-10-03 | voldoet
        2018-10-04 | voldoet_niet
        """,
        erkenningen="25251 2018-10-01..2018-10-03",
        **KEUZEDEEL,
    )


def test_recognitions_for_different_codes_cover_the_term_together(spec: Spec) -> None:
    """The union is over all recognitions of the company, up to the earlier of einde and P."""
    spec(
        "keuzedeel_erkend_gedurende_looptijd",
        """
        P          | erkenningen                                                | verwacht
        -----------+------------------------------------------------------------+---------
        2018-11-15 | 25251 2018-08-01..2018-10-31, 25480 2018-11-01..2018-11-15 | voldoet
        2018-11-15 | 25251 2018-08-01..2018-10-31, 25480 2018-11-01..2018-11-14 | voldoet_niet
        2018-11-15 | 25251 2018-08-01..2018-10-31, 25480 2018-11-02..           | voldoet_niet
        2018-10-31 | 25251 2018-08-01..2018-10-31, 25480 2018-11-02..           | voldoet
        2018-11-01 | 25251 2018-08-01..2018-10-31, 25480 2018-11-02..           | voldoet_niet
        2019-12-31 | 25251 2018-08-01..2019-01-31                               | voldoet
        2019-12-31 | 25251 2018-08-01..2019-01-30                               | voldoet_niet
        2018-09-30 | 25251 2018-08-01..                                         | niet_van_toepassing
        2018-10-01 | 25251 2018-08-01..                                         | voldoet
        2018-11-15 | 25251 2018-10-02..                                         | niet_van_toepassing
        2018-11-15 | ?                                                          | niet_te_bepalen
        """,
        **KEUZEDEEL,
    )
    spec(
        "keuzedeel_erkend_gedurende_looptijd",
        """
        einddatum_gepland | einddatum_werkelijk | verwacht
        ------------------+---------------------+---------
        2018-09-30        |                     | niet_te_bepalen
                          |                     | niet_te_bepalen
                          | 2018-10-31          | voldoet
        2019-01-31        | ?                   | niet_te_bepalen
        """,
        **KEUZEDEEL,
    )


def test_keuzedeel_geldig(spec: Spec) -> None:
    """The code is known and the placement begins within its validity; both days count, an empty bound is open."""
    spec(
        "keuzedeel_geldig",
        """
        begindatum | keuzedelen                   | verwacht
        -----------+------------------------------+---------
        2018-09-30 | K0067 2018-10-01..2018-10-03 | voldoet_niet
        2018-10-01 | K0067 2018-10-01..2018-10-03 | voldoet
        2018-10-02 | K0067 2018-10-01..2018-10-03 | voldoet
        2018-10-03 | K0067 2018-10-01..2018-10-03 | voldoet
        2018-10-04 | K0067 2018-10-01..2018-10-03 | voldoet_niet
        2018-10-01 | K0067 ..2018-10-01           | voldoet
        2018-10-02 | K0067 ..2018-10-01           | voldoet_niet
        2018-10-01 | K0067 2018-10-01..           | voldoet
        2018-09-30 | K0067 2018-10-01..           | voldoet_niet
        2018-10-01 | K0067 ..                     | voldoet
        2018-10-01 | K0068 ..                     | voldoet_niet
        2018-10-01 |                              | voldoet_niet
        2018-10-01 | ?                            | niet_te_bepalen
        """,
        **KEUZEDEEL,
    )
