"""
What is declared beside the conditions: what a rule cites and shows, and what norms and sources say.

The conditions are drawn as cases in the other files. What a rule cites and shows, and what norms and sources say,
stands in the text of the questions and in the sources themselves; what is declared in the spec test of each question,
and these tables, were read beside them.
"""

from datetime import date
from typing import Any

import pytest
from tests.questions.spec import parse_table
from tests.questions.verklaard import VRAGEN, read, verklaard

from bpvo_rules import judge
from bpvo_rules.keten import Keten
from bpvo_rules.questions import NORMS, QUESTIONS, RULES, sources
from bpvo_rules.rules import Source
from bpvo_rules.rules.fact import input_name

SOURCES = {id(found): name for name, found in vars(sources).items() if isinstance(found, Source)}
VERVALLEN: tuple[str, ...] = ()
"""Signaalcodes of rules that are gone; none of them is given again."""


def rows(table: str) -> list[tuple[str, ...]]:
    """Read a table as tuples."""
    return [tuple(row.values()) for row in parse_table(table)]


DECLARED = tuple(verklaard().values())


def test_every_rule_is_declared_with_its_question_and_in_its_place() -> None:
    """Every rule of the text exists, of its question and in this order, and no other does."""
    found = [(rule.code, question.code) for question in QUESTIONS for rule in question.rules]

    assert found == [(said.regel, said.vraag) for said in DECLARED]


def test_what_a_rule_is_about_and_whose_it_is() -> None:
    """Its subject, its kind, and the party that can repair it, as a judgement has it when every rule runs."""
    open_norms = {"speling_na_aanvang": 0, "maximale_duur_ms": 500}
    settings = judge(Keten(), peildatum=date(2018, 11, 15), norms=open_norms).settings
    declared = [(said.regel, said.vraag, said.onderwerp, said.soort, said.partij) for said in DECLARED]

    assert [
        (rule.code, settings.question_of[rule.code].code, rule.subject.name, str(rule.kind), str(rule.party))
        for rule in settings.rules
    ] == declared


def test_the_dimension_of_a_rule_what_it_may_miss_and_from_when_it_holds() -> None:
    """A rule that rests on an assumption can say too much or too little; keuzedelen came on 1 August 2016."""
    found = [
        (r.code, str(r.dimension), str(r.executability), str(r.geldig_van or ""), str(r.geldig_tot_en_met or ""))
        for r in RULES
    ]

    assert found == [
        (said.regel, said.dimensie, said.uitvoerbaarheid, said.geldig_van, said.geldig_tot_en_met) for said in DECLARED
    ]
    assert [(rule.code, str(rule.version)) for rule in RULES] == [(said.regel, said.versie) for said in DECLARED]


def test_what_a_rule_cites() -> None:
    """The law or document of the text; where the basis changed on 1 July 2020 or 1 August 2016, both."""
    assert [(rule.code, " ".join(SOURCES[id(one)] for one in rule.sources)) for rule in RULES] == [
        (said.regel, said.bronnen) for said in DECLARED
    ]


def test_what_a_rule_shows_beside_what_it_reads() -> None:
    assert [(rule.code, " ".join(input_name(one) for one in rule.evidence)) for rule in RULES] == [
        (said.regel, said.bewijs) for said in DECLARED
    ]


def test_the_signaalcode_of_a_rule_never_changes() -> None:
    """What was given out, to the rule that it was given to, and to no other, also not when a rule is gone."""
    assert [(rule.code, rule.signaalcode) for rule in RULES] == [(said.regel, said.signaalcode) for said in DECLARED]
    assert len({rule.signaalcode for rule in RULES} | set(VERVALLEN)) == len(RULES) + len(VERVALLEN)


def test_a_declaration_that_says_something_else_is_noticed() -> None:
    """A name that no declaration has, a rule twice, or a column that was left out."""
    header = "regel | signaalcode | onderwerp | soort | partij | dimensie | uitvoerbaarheid"
    rule = "eigen | X01 | Bpvo | fout | SBB | juistheid | volledig"
    right = read("registratie", f"{header}\n{rule}\n    bewijs a\n    bewijs b\n    versie 2")["eigen"]

    assert (right.signaalcode, right.uitvoerbaarheid, right.bewijs, right.versie) == ("X01", "volledig", "a b", "2")
    for wrong in (rule, f"{header}\n{rule}\n    bron a", f"{header}\n{rule}\n{rule}", f"{header}\n{rule}\n    bewijs"):
        with pytest.raises(AssertionError):
            read("registratie", wrong)


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
    assert tuple(question.code for question in QUESTIONS) == VRAGEN
    assert len({rule.code for rule in RULES}) == len(RULES)
