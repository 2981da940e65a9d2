"""Question 6: is the BPVO registration in order for Stagefonds Zorg?"""

from typing import Any

import pytest
from tests.oracle.feiten import (
    SECOND,
    Bpvo,
    Judged,
    Run,
    content,
    days,
    dekking,
    einde,
    eq,
    fitting_rows,
    gedekt,
    grondslag,
    in_dekking,
    in_list,
    inschrijvingsperiode,
    is_filled,
    is_missing,
    le,
    lt,
    norm,
    one_category,
    second_recognition,
    until_P,
)
from tests.oracle.kleene import Truth, and_, any_, not_, or_
from tests.questions.spec import BPVO, Spec

from bpvo_rules.questions.stagefonds_registratie import een_stagefonds_categorie

VERKLAARD = """
regel | signaalcode | onderwerp | soort | partij | dimensie | uitvoerbaarheid
stagefonds_inschrijving | F01 | Bpvo | fout | instelling | consistentie | volledig
    bronnen STAGEFONDS_GEGEVENS
    bewijs begindatum
    kit vorm
stagefonds_instelling | F02 | Bpvo | fout | instelling | juistheid | volledig
    bronnen STAGEFONDS_GEGEVENS
    bewijs brin
    kit vorm
stagefonds_leerweg | F03 | Bpvo | fout | instelling | validiteit | volledig
    bronnen STAGEFONDS_BIJLAGEN
    bewijs leerweg opleidingcode
    kit vorm
stagefonds_categorie | F04 | Bpvo | fout | instelling | consistentie | volledig
    bronnen STAGEFONDS_BIJLAGEN
    bewijs leerweg opleidingcode niveau stagefonds_categorieen
    kit vorm
stagefonds_periode | F05 | Bpvo | fout | instelling | validiteit | volledig
    bronnen STAGEFONDS_GEGEVENS
    bewijs begindatum einddatum_gepland einddatum_werkelijk
    kit vorm
stagefonds_omvang | F06 | Bpvo | fout | instelling | completeheid | volledig
    bronnen STAGEFONDS_GEGEVENS
    bewijs omvang
    kit vorm
stagefonds_leerbedrijf | F07 | Bpvo | fout | instelling | juistheid | kan te weinig melden
    bronnen STAGEFONDS_STAGEPLAATS
    bewijs leerbedrijf_id opleidingcode einde codes erkende_periodes
    bewijs eerste_dag_zonder_erkenning dagen_zonder_erkenning
stagefonds_tweede_erkenning | F08 | Bpvo | fout | instelling | consistentie | kan te veel melden
    bronnen STAGEFONDS_BIJLAGEN
    bewijs leerbedrijf_id opleidingcode begindatum tweede_erkenningen
omvang_aannemelijk | F09 | Bpvo | signaal | instelling | plausibiliteit | kan te veel melden
    bronnen STAGEFONDS_GEGEVENS
    bewijs omvang dagen_gepland
    kit vorm
einddatum_niet_in_toekomst | F10 | Bpvo | signaal | instelling | validiteit | volledig
    bronnen DUO_889
    bewijs einddatum_werkelijk
    kit vorm
einddatum_geregistreerd | F11 | Bpvo | signaal | instelling | actualiteit | volledig
    bronnen STAGEFONDS_GEGEVENS
    bewijs einddatum_gepland
    kit vorm
geen_dubbele_bpvo | F12 | Bpvo | vraag | instelling | consistentie | volledig
    bronnen STAGEFONDS_GEGEVENS
    bewijs leerbedrijf_id opleidingcode begindatum einde dubbele_bpvos
"""


def second_opinion_bpvo(run: Run, bpvo: Bpvo) -> dict[str, Judged]:
    """Is the BPVO registration in order for Stagefonds Zorg?"""
    basis = stagefonds_scope(run, bpvo)
    code, begindatum = content(run, bpvo, "opleidingcode"), content(run, bpvo, "begindatum")
    gepland, werkelijk = content(run, bpvo, "einddatum_gepland"), content(run, bpvo, "einddatum_werkelijk")
    omvang = content(run, bpvo, "omvang")
    coverage, rows = dekking(run, bpvo), fitting_rows(run, bpvo)
    leerweg_in_list = None if rows is None else bool(rows)
    periode = inschrijvingsperiode(run, bpvo)
    instellingen = run.keten.instellingen
    plausible: Truth = None
    if not is_missing(omvang) and not is_missing(begindatum) and not is_missing(gepland):
        uren_per_week: Any = norm(run, "uren_per_week", 40)
        plausible = omvang * 7 <= uren_per_week * len(list(days(begindatum, gepland)))
    return {
        "stagefonds_inschrijving": (basis, None if is_missing(begindatum) else is_filled(periode)),
        "stagefonds_instelling": (
            basis,
            None if instellingen is None else any(i.brin == bpvo.content.brin for i in instellingen),
        ),
        "stagefonds_leerweg": (basis, leerweg_in_list),
        "stagefonds_categorie": (and_(basis, leerweg_in_list), one_category(run, bpvo)),
        "stagefonds_periode": (
            basis,
            and_(le(begindatum, gepland), or_(not_(is_filled(werkelijk)), le(begindatum, werkelijk))),
        ),
        "stagefonds_omvang": (basis, and_(is_filled(omvang), lt(0, omvang))),
        "stagefonds_leerbedrijf": (
            basis,
            or_(
                and_(le(begindatum, run.P), gedekt(coverage, begindatum, until_P(run, bpvo))),
                and_(lt(run.P, begindatum), in_dekking(begindatum, coverage)),
            ),
        ),
        "stagefonds_tweede_erkenning": (
            and_(basis, None if is_missing(code) else code in SECOND),
            second_recognition(run, bpvo),
        ),
        "omvang_aannemelijk": (
            and_(basis, is_filled(omvang), is_filled(begindatum), is_filled(gepland), le(begindatum, gepland)),
            plausible,
        ),
        "einddatum_niet_in_toekomst": (and_(basis, is_filled(werkelijk)), le(werkelijk, run.P)),
        "einddatum_geregistreerd": (and_(basis, lt(gepland, run.P)), is_filled(werkelijk)),
        "geen_dubbele_bpvo": (dubbel_scope(run, bpvo), not_(any_(same_place(run, bpvo, other) for other in run.bpvos))),
    }


def stagefonds_scope(run: Run, bpvo: Bpvo) -> Truth:
    """``grondslag = opleiding`` and ``opleidingcode`` in the list in force on ``begindatum``."""
    return and_(eq(grondslag(run, bpvo), "opleiding"), in_list(run, bpvo))


def dubbel_scope(run: Run, bpvo: Bpvo) -> Truth:
    """In the scope of Stagefonds, with ``leerbedrijf_id``, ``begindatum`` and *einde* filled."""
    return and_(
        stagefonds_scope(run, bpvo),
        is_filled(content(run, bpvo, "leerbedrijf_id")),
        is_filled(content(run, bpvo, "begindatum")),
        is_filled(einde(run, bpvo)),
    )


def same_place(run: Run, bpvo: Bpvo, other: Bpvo) -> Truth:
    """
    Another BPVO in scope of the same brin, student, leerbedrijf and opleiding shares a day with this one.

    One without an opleidingcode has not the same opleidingcode; one of which it was not looked up may have.
    """
    if other.sleutel == bpvo.sleutel or content(run, other, "opleidingcode") is None:
        return False
    van, tot_en_met = content(run, bpvo, "begindatum"), einde(run, bpvo)
    other_van, other_tot_en_met = content(run, other, "begindatum"), einde(run, other)
    return and_(
        dubbel_scope(run, other),
        bpvo.content.brin == other.content.brin,
        bpvo.content.student == other.content.student,
        eq(content(run, bpvo, "leerbedrijf_id"), content(run, other, "leerbedrijf_id")),
        eq(content(run, bpvo, "opleidingcode"), content(run, other, "opleidingcode")),
        le(van, tot_en_met),
        le(other_van, other_tot_en_met),
        le(van, other_tot_en_met),
        le(other_van, tot_en_met),
    )


# Mbo-verpleegkundige (25480, niveau 4): category C in BOL, D in BBL. No single line of the list needs a niveau.
VERPLEEGKUNDIGE = {
    "opleidingcode": "25480",
    "erkenningen": "25480 2018-08-01..2019-07-31",
    "periodes": "2018-08-01 BOL 4 25480",
}
RULES = (
    "stagefonds_inschrijving",
    "stagefonds_instelling",
    "stagefonds_leerweg",
    "stagefonds_categorie",
    "stagefonds_periode",
    "stagefonds_omvang",
    "stagefonds_leerbedrijf",
)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_about_bpvos_on_a_code_of_the_list(spec: Spec, rule: str) -> None:
    """With grondslag opleiding and a code in the list in force on begindatum; the first list is of 1 August 2018."""
    spec(
        rule,
        """
        begindatum | opleidingcode | keuzedeelcode | verwacht
        -----------+---------------+---------------+---------
        2018-07-31 | 25480         |               | niet_van_toepassing
        2018-08-01 | 25480         |               | voldoet
        2018-08-02 | 25480         |               | voldoet
        2018-10-01 | 25655         |               | niet_van_toepassing
        2018-10-01 | 25480         | K0067         | niet_van_toepassing
        2018-10-01 |               | K0067         | niet_van_toepassing
                   |               | K0067         | niet_van_toepassing
                   | 25480         |               | niet_te_bepalen
        ?          | 25480         |               | niet_te_bepalen
        2018-10-01 |               |               | niet_te_bepalen
        2018-10-01 | ?             |               | niet_te_bepalen
        2018-10-01 | 25480         | ?             | niet_te_bepalen
        2018-10-01 | 25655         | ?             | niet_van_toepassing
        2018-07-31 | 25480         | ?             | niet_van_toepassing
        """,
        omvang="100",
        erkenningen="25480 2018-01-01..2019-07-31",
        periodes="2018-01-01 BOL 4 25480",
    )


def test_an_inschrijvingsperiode_is_found(spec: Spec) -> None:
    """Of the same inschrijving, one that began on or before the begindatum."""
    spec(
        "stagefonds_inschrijving",
        """
        periodes                                          | verwacht
        --------------------------------------------------+---------
        2018-09-30 BOL 4 25480                            | voldoet
        2018-10-01 BOL 4 25480                            | voldoet
        2018-10-02 BOL 4 25480                            | voldoet_niet
        2018-10-01 BOL 4 25480 2                          | voldoet_niet
        2018-10-02 BOL 4 25480, 2018-08-01 - - -          | voldoet
                                                          | voldoet_niet
        ?                                                 | niet_te_bepalen
        """,
        **VERPLEEGKUNDIGE | {"periodes": ""},
    )


def test_the_instelling_is_known(spec: Spec) -> None:
    spec(
        "stagefonds_instelling",
        """
        instellingen | verwacht
        -------------+---------
        27DV         | voldoet
        25LX         | voldoet_niet
                     | voldoet_niet
        ?            | niet_te_bepalen
        """,
        **VERPLEEGKUNDIGE,
    )


def test_the_leerweg_is_one_of_the_list(spec: Spec) -> None:
    """The leerweg of the latest period that began on or before the begindatum, with the code of the BPVO itself."""
    spec(
        "stagefonds_leerweg",
        """
        periodes                                          | verwacht
        --------------------------------------------------+---------
        2018-08-01 BOL 4 25480                            | voldoet
        2018-08-01 BBL 4 25480                            | voldoet
        2018-08-01 OVO 4 25480                            | voldoet_niet
        2018-08-01 EX 4 25480                             | voldoet_niet
        2018-08-01 ODT 4 25480                            | voldoet_niet
        2018-08-01 BOL_DT 4 25480                         | voldoet_niet
        2018-08-01 BOL 4 25655                            | voldoet
        2018-08-01 BOL - -                                | voldoet
        2018-08-01 - 4 25480                              | niet_te_bepalen
        2018-10-02 BOL 4 25480                            | niet_te_bepalen
                                                          | niet_te_bepalen
        ?                                                 | niet_te_bepalen
        2018-08-01 OVO 4 25480, 2018-10-01 BOL 4 25480    | voldoet
        2018-08-01 OVO 4 25480, 2018-10-02 BOL 4 25480    | voldoet_niet
        2018-10-01 OVO 4 25480, 2018-09-30 BOL 4 25480    | voldoet_niet
        """,
        **VERPLEEGKUNDIGE | {"periodes": ""},
    )


def test_exactly_one_category_fits(spec: Spec) -> None:
    """In BBL a dossier maatschappelijke zorg is E at niveau 3 and B at niveau 4; in BOL it is A at either."""
    spec(
        "stagefonds_categorie",
        """
        opleidingcode | periodes               | verwacht
        --------------+------------------------+---------
        25480         | 2018-08-01 BOL 4 25480 | voldoet
        25480         | 2018-08-01 BBL - 25480 | voldoet
        25475         | 2018-08-01 BBL - 25475 | voldoet
        23181         | 2018-08-01 BOL - 23181 | voldoet
        23181         | 2018-08-01 BOL 3 23181 | voldoet
        23181         | 2018-08-01 BBL 3 23181 | voldoet
        23181         | 2018-08-01 BBL 4 23181 | voldoet
        23181         | 2018-08-01 BBL 2 23181 | voldoet_niet
        23181         | 2018-08-01 BBL 1 23181 | voldoet_niet
        23181         | 2018-08-01 BBL - 23181 | niet_te_bepalen
        22195         | 2018-08-01 BBL 3 22195 | voldoet
        22195         | 2018-08-01 BBL - 22195 | niet_te_bepalen
        92660         | 2018-08-01 BBL 4 92660 | voldoet
        92660         | 2018-08-01 BBL 2 92660 | voldoet_niet
        25480         | 2018-08-01 OVO 4 25480 | niet_van_toepassing
        25480         | 2018-08-01 - 4 25480   | niet_te_bepalen
        25480         |                        | niet_te_bepalen
        25480         | ?                      | niet_te_bepalen
        """,
    )


def test_of_two_categories_not_exactly_one_fits() -> None:
    """No list that ships has two lines that fit the same placement; a later one may."""
    compute = een_stagefonds_categorie.fact.compute
    assert compute is not None

    assert [compute(None, found) for found in ((), ("A",), ("A", "B"))] == [False, True, False]


def test_the_period_runs_forward(spec: Spec) -> None:
    """The begindatum is on or before the planned end, and on or before the actual end when that is filled."""
    spec(
        "stagefonds_periode",
        """
        einddatum_gepland | einddatum_werkelijk | verwacht
        ------------------+---------------------+---------
        2018-09-30        |                     | voldoet_niet
        2018-10-01        |                     | voldoet
        2018-10-02        |                     | voldoet
        2019-01-31        | 2018-09-30          | voldoet_niet
        2019-01-31        | 2018-10-01          | voldoet
        2019-01-31        | 2018-10-02          | voldoet
        2019-01-31        | 2018-12-21          | voldoet
        2018-09-30        | 2018-10-01          | voldoet_niet
                          |                     | niet_te_bepalen
                          | 2018-10-01          | niet_te_bepalen
                          | 2018-09-30          | voldoet_niet
        2019-01-31        | ?                   | niet_te_bepalen
        2018-09-30        | ?                   | voldoet_niet
        ?                 |                     | niet_te_bepalen
        """,
        **VERPLEEGKUNDIGE,
    )


def test_the_hours_are_filled(spec: Spec) -> None:
    """Empty hours fail: they are one of the six items of a claim; hours that were not looked up are unknown."""
    spec(
        "stagefonds_omvang",
        """
        omvang | verwacht
        -------+---------
        0      | voldoet_niet
        1      | voldoet
               | voldoet_niet
        ?      | niet_te_bepalen
        """,
        **VERPLEEGKUNDIGE,
    )


def test_the_leerbedrijf_is_recognised(spec: Spec) -> None:
    """For a placement that has begun: every day up to P; for one that has not: the first day."""
    spec(
        "stagefonds_leerbedrijf",
        """
        P          | erkenningen                  | verwacht
        -----------+------------------------------+---------
        2018-09-30 | 25480 2018-10-01..2018-10-01 | voldoet
        2018-09-30 | 25480 2018-10-02..           | voldoet_niet
        2018-10-01 | 25480 2018-10-01..2018-10-01 | voldoet
        2018-10-02 | 25480 2018-10-01..2018-10-01 | voldoet_niet
        2018-11-15 | 25480 2018-10-02..           | voldoet_niet
        2018-11-15 | 25480 2018-10-01..2018-11-15 | voldoet
        2018-11-15 | 25480 2018-10-01..2018-11-14 | voldoet_niet
        2018-11-15 | 25655 2018-10-01..           | voldoet_niet
        2018-11-15 | ?                            | niet_te_bepalen
        2018-09-30 | ?                            | niet_te_bepalen
        """,
        opleidingcode="25480",
    )
    spec(
        "stagefonds_leerbedrijf",
        """
        P          | leerbedrijf_id | einddatum_gepland | verwacht
        -----------+----------------+-------------------+---------
        2018-11-15 |                | 2019-01-31        | niet_te_bepalen
        2018-11-15 | 100000000      |                   | niet_te_bepalen
        2018-11-15 | 100000000      | 2018-09-30        | niet_te_bepalen
        2018-10-01 | 100000000      |                   | niet_te_bepalen
        2018-10-01 | 100000000      | 2018-09-30        | niet_te_bepalen
        2018-09-30 | 100000000      |                   | voldoet
        2018-09-30 | 100000000      | 2018-09-30        | voldoet
        """,
        **VERPLEEGKUNDIGE,
    )


def test_four_opleidingen_need_a_second_recognition(spec: Spec) -> None:
    """The notes under the list name what else the leerbedrijf must be recognised for on the begindatum."""
    spec(
        "stagefonds_tweede_erkenning",
        """
        opleidingcode | erkenningen                            | verwacht
        --------------+----------------------------------------+---------
        25480         |                                        | niet_van_toepassing
        23189         | 25498 2018-08-01..                     | voldoet
        23189         | 92640 2018-08-01..                     | voldoet
        23189         | 25480 2018-08-01..                     | voldoet_niet
        23189         | 25499 2018-08-01..                     | voldoet_niet
        23189         | 23189 2018-08-01..                     | voldoet_niet
        23110         | 25251 2018-08-01..                     | voldoet
        23110         | 95769 2018-08-01..                     | voldoet_niet
        23110         | 91420 2018-08-01..                     | voldoet_niet
        23110         | 25498 2018-08-01..                     | voldoet
        23110         | 26002 2018-08-01..                     | voldoet
        23110         | 25655 2018-08-01..                     | voldoet_niet
        23110         | 25250 2018-08-01..                     | voldoet_niet
        26007         | 26007 2018-08-01..                     | voldoet_niet
        26007         | 25498 2018-08-01..                     | voldoet
        26007         | 25251 2018-08-01..                     | voldoet_niet
        26007         | 26007 2018-08-01.., 25491 2018-08-01.. | voldoet
        26002         | 26002 2018-08-01..                     | voldoet_niet
        26002         | 25480 2018-08-01..                     | voldoet
        26002         | 25491 2018-08-01..                     | voldoet_niet
        26002         | 25475 2018-08-01..                     | voldoet_niet
        26002         | 25477 2018-08-01..                     | voldoet
        26002         |                                        | voldoet_niet
        """,
    )


def test_the_second_recognition_holds_on_the_begindatum_itself(spec: Spec) -> None:
    """Of this company, known on K, and for exactly such a code: equivalents do not help and are not needed."""
    spec(
        "stagefonds_tweede_erkenning",
        """
        K          | leerbedrijf_id | erkenningen                              | equivalenten | verwacht
        -----------+----------------+------------------------------------------+--------------+---------
        2018-11-15 | 100000000      | 25480 2018-10-02..                       |              | voldoet_niet
        2018-11-15 | 100000000      | 25480 2018-10-01..2018-10-01             |              | voldoet
        2018-11-15 | 100000000      | 25480 2018-08-01..2018-10-02             |              | voldoet
        2018-11-15 | 100000000      | 25480 2018-08-01..2018-09-30             |              | voldoet_niet
        2018-11-15 | 100000000      | 25480@100000001 2018-08-01..             |              | voldoet_niet
        2018-11-15 | 100000000      | 25480 2018-08-01.. bekend 2018-11-16..   |              | voldoet_niet
        2018-11-16 | 100000000      | 25480 2018-08-01.. bekend 2018-11-16..   |              | voldoet
        2018-11-15 | 100000000      | 25656 2018-08-01..                       | 25480>25656  | voldoet_niet
        2018-11-15 | 100000000      | 25655 2018-08-01..                       | ?            | voldoet_niet
        2018-11-15 | 100000000      | ?                                        |              | niet_te_bepalen
        2018-11-15 |                | 25480 2018-08-01..                       |              | niet_te_bepalen
        """,
        opleidingcode="26002",
    )


def test_the_hours_are_plausible(spec: Spec) -> None:
    """At most 40 hours a week over the planned days: 7 days hold 40 hours, 8 days 45.7, 1 day 5.7."""
    spec(
        "omvang_aannemelijk",
        """
        omvang | einddatum_gepland | verwacht
        -------+-------------------+---------
        39     | 2018-10-07        | voldoet
        40     | 2018-10-07        | voldoet
        41     | 2018-10-07        | voldoet_niet
        45     | 2018-10-08        | voldoet
        46     | 2018-10-08        | voldoet_niet
        5      | 2018-10-01        | voldoet
        6      | 2018-10-01        | voldoet_niet
        0      | 2018-10-01        | voldoet
        5      | 2018-09-30        | niet_van_toepassing
               | 2018-10-07        | niet_van_toepassing
        40     |                   | niet_van_toepassing
        ?      | 2018-10-07        | niet_te_bepalen
        40     | ?                 | niet_te_bepalen
        """,
        **VERPLEEGKUNDIGE,
    )
    spec(
        "omvang_aannemelijk",
        """
        omvang | norm uren_per_week | verwacht
        -------+--------------------+---------
        36     | 36                 | voldoet
        37     | 36                 | voldoet_niet
        41     | 41                 | voldoet
        """,
        einddatum_gepland="2018-10-07",
        **VERPLEEGKUNDIGE,
    )


def test_an_actual_end_is_not_in_the_future(spec: Spec) -> None:
    spec(
        "einddatum_niet_in_toekomst",
        """
        einddatum_werkelijk | verwacht
        --------------------+---------
        2018-11-14          | voldoet
        2018-11-15          | voldoet
        2018-11-16          | voldoet_niet
                            | niet_van_toepassing
        ?                   | niet_te_bepalen
        """,
        **VERPLEEGKUNDIGE,
    )


def test_a_placement_past_its_planned_end_has_an_actual_end(spec: Spec) -> None:
    """In scope from the day after the planned end."""
    spec(
        "einddatum_geregistreerd",
        """
        einddatum_gepland | einddatum_werkelijk | verwacht
        ------------------+---------------------+---------
        2018-11-16        |                     | niet_van_toepassing
        2018-11-15        |                     | niet_van_toepassing
        2018-11-14        |                     | voldoet_niet
        2018-11-14        | 2018-11-14          | voldoet
        2018-11-14        | 2019-01-01          | voldoet
        2018-11-14        | ?                   | niet_te_bepalen
        2018-11-15        | ?                   | niet_van_toepassing
                          |                     | niet_te_bepalen
        """,
        **VERPLEEGKUNDIGE,
    )


ANDER = "27DV/s1/1/2"


@pytest.mark.parametrize(
    ("begindatum", "einddatum_gepland", "expected"),
    [
        ("2018-08-01", "2018-09-30", "voldoet"),
        ("2018-08-01", "2018-10-01", "voldoet_niet"),
        ("2018-12-01", "2018-12-02", "voldoet_niet"),
        ("2019-01-31", "2019-05-31", "voldoet_niet"),
        ("2019-02-01", "2019-05-31", "voldoet"),
        ("2018-12-02", "2018-12-01", "voldoet"),
    ],
)
def test_two_placements_at_one_place_at_one_time(
    spec: Spec, begindatum: str, einddatum_gepland: str, expected: str
) -> None:
    """The first runs from 2018-10-01 up to and including 2019-01-31; one shared day is a double, for both of them."""
    spec.verdicts(
        "geen_dubbele_bpvo",
        f"""
        volgnummer | begindatum   | einddatum_gepland   | opleidingcode
        1          | 2018-10-01   | 2019-01-31          | 25480
        2          | {begindatum} | {einddatum_gepland} | 25480
        """,
        {BPVO: expected, ANDER: expected},
    )


@pytest.mark.parametrize(
    ("column", "value", "other"),
    [
        ("student", "s2", {"27DV/s2/1/2": "voldoet"}),
        ("brin", "25LX", {"25LX/s1/1/2": "voldoet"}),
        ("leerbedrijf_id", "100000001", {ANDER: "voldoet"}),
        ("leerbedrijf_id", "", {ANDER: "niet_van_toepassing"}),
        ("opleidingcode", "25491", {ANDER: "voldoet"}),
        ("keuzedeelcode", "K0067", {ANDER: "niet_van_toepassing"}),
        ("begindatum", "", {ANDER: "niet_van_toepassing"}),
        ("begindatum", "2018-07-31", {ANDER: "niet_van_toepassing"}),
        ("einddatum_gepland", "", {ANDER: "niet_van_toepassing"}),
        ("einddatum_werkelijk", "2018-09-30", {ANDER: "voldoet"}),
        ("soort", "verwijdering", {}),
        ("ontvangen_duo_op", "2018-11-16", {}),
    ],
)
def test_another_student_place_or_ground_is_no_double(
    spec: Spec, column: str, value: str, other: dict[str, str]
) -> None:
    """Only an existing BPVO in scope with the same brin, student, leerbedrijf and opleiding counts."""
    cells = {"volgnummer": "2", "begindatum": "2018-10-01", "opleidingcode": "25480", column: value}
    first = {"volgnummer": "1", "begindatum": "2018-10-01", "opleidingcode": "25480", column: ""}
    first[column] = {
        "student": "s1",
        "brin": "27DV",
        "leerbedrijf_id": "100000000",
        "opleidingcode": "25480",
        "begindatum": "2018-10-01",
        "einddatum_gepland": "2019-01-31",
        "soort": "toevoeging",
        "ontvangen_duo_op": "2018-09-28",
    }.get(column, "")
    lines = [" | ".join(cells), " | ".join(first[c] for c in cells), " | ".join(cells.values())]

    spec.verdicts("geen_dubbele_bpvo", "\n".join(lines), {BPVO: "voldoet", **other})


def test_what_is_no_double_does_not_hide_one(spec: Spec) -> None:
    """The second is out of scope: it began before the first list, or is for a keuzedeel. The others overlap."""
    for second in ("2018-07-31 |      ", "2018-11-01 | K0067"):
        spec.verdicts(
            "geen_dubbele_bpvo",
            f"""
            volgnummer | begindatum | keuzedeelcode | opleidingcode
            1          | 2018-10-01 |               | 25480
            2          | {second}                   | 25480
            3          | 2018-12-01 |               | 25480
            """,
            {BPVO: "voldoet_niet", ANDER: "niet_van_toepassing", "27DV/s1/1/3": "voldoet_niet"},
        )


def test_another_inschrijving_of_the_same_student_is_a_double(spec: Spec) -> None:
    spec.verdicts(
        "geen_dubbele_bpvo",
        """
        inschrijvingvolgnummer | opleidingcode
        1                      | 25480
        2                      | 25480
        """,
        {BPVO: "voldoet_niet", "27DV/s1/2/1": "voldoet_niet"},
    )


def test_a_planned_end_that_was_not_looked_up_may_hide_a_double(spec: Spec) -> None:
    """The second one began during the first and its end was not looked up; before its start nothing can overlap it."""
    overlapping = """
        volgnummer | begindatum | einddatum_werkelijk | einddatum_gepland | opleidingcode
        1          | 2018-10-01 | 2018-12-01          | ?                 | 25480
        2          | {}         |                     | ?                 | 25480
        """

    unknown = dict.fromkeys((BPVO, ANDER), "niet_te_bepalen")
    spec.verdicts("geen_dubbele_bpvo", overlapping.format("2018-12-01"), unknown)
    spec.verdicts("geen_dubbele_bpvo", overlapping.format("2018-12-02"), {BPVO: "voldoet", ANDER: "niet_te_bepalen"})


def test_a_double_is_asked_of_placements_with_a_place_and_days(spec: Spec) -> None:
    spec(
        "geen_dubbele_bpvo",
        """
        leerbedrijf_id | einddatum_gepland | einddatum_werkelijk | verwacht
        ---------------+-------------------+---------------------+---------
        100000000      | 2019-01-31        |                     | voldoet
                       | 2019-01-31        |                     | niet_van_toepassing
        100000000      |                   |                     | niet_van_toepassing
        100000000      |                   | 2018-11-01          | voldoet
        100000000      | 2018-09-30        |                     | voldoet
        ?              | 2019-01-31        |                     | niet_te_bepalen
        100000000      | ?                 |                     | niet_te_bepalen
        100000000      | 2019-01-31        | ?                   | niet_te_bepalen
        """,
        **VERPLEEGKUNDIGE,
    )
