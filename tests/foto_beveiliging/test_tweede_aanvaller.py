"""What a second attacker, written apart from the audit, finds out."""

import random

import attrs
import pytest
from tests.foto_beveiliging.tabel import VRAAG, one_quarter, random_table, series, zegel
from tests.foto_beveiliging.tweede_aanvaller import attack

from bpvo_rules.foto import Aantal, Getal, Opname, Plaats, Policy
from bpvo_rules.foto.protect import draft


def put_back(one: Opname, at: int) -> Opname:
    """Publish the true *voldoet_niet* of a cell after all."""
    cel = one.foto.cellen[at]
    true = next(
        true.voldoet_niet.subjects
        for true in one.zegel.cellen
        if (true.instelling, true.domein, true.na) == (cel.instelling, cel.domein, one.zegel.na)
    )
    shown = attrs.evolve(cel, voldoet_niet=Aantal(subjects=Getal.exact(true), personen=None))
    return attrs.evolve(
        one, foto=attrs.evolve(one.foto, cellen=(*one.foto.cellen[:at], shown, *one.foto.cellen[at + 1 :]))
    )


@pytest.mark.parametrize("policy", [Policy.MIDPUNT6, Policy.ONDERDRUK])
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_finds_nothing_in_protected_fotos(seed: int, policy: Policy) -> None:
    found = attack(series(random_table(seed, quarters=6), policy, 3), VRAAG)
    assert found.targets > 0
    assert found.findings == ()


def test_finds_a_number_that_is_put_back() -> None:
    """Any withheld number of failures that is small by itself is exact once it is there again."""
    made = series(random_table(3, quarters=5), Policy.ONDERDRUK, 2)
    small = [
        (foto, at)
        for foto, one in enumerate(made)
        for at, cel in enumerate(one.foto.cellen)
        for true in one.zegel.cellen
        if (true.instelling, true.domein, true.na) == (cel.instelling, cel.domein, one.zegel.na)
        and 0 < true.voldoet_niet.subjects < 5
    ]
    foto, at = random.Random(1).choice(small)  # noqa: S311 - test data
    made[foto] = put_back(made[foto], at)
    found = attack(made, VRAAG, insiders=False)
    cel = made[foto].foto.cellen[at]
    assert any(
        finding.exact
        and finding.target.foto == foto
        and finding.target.kind == "voldoet_niet"
        and finding.target.place == (cel.instelling, cel.domein)
        for finding in found.findings
    )


def test_finds_the_only_withheld_cell_of_a_row() -> None:
    """What the policy withholds by itself, without the others that this needs."""
    sealed = zegel(one_quarter({(0, 0): (50, 2, 0), (0, 1): (60, 20, 0), (1, 0): (70, 30, 0), (1, 1): (40, 25, 0)}))
    naive = Opname(foto=draft(sealed, Policy.ONDERDRUK), zegel=sealed)
    assert [cel.voldoet_niet.subjects.waarde for cel in naive.foto.cellen] == [None, 20, 30, 25]
    findings = attack([naive], VRAAG, insiders=False).findings
    assert [(one.target.kind, one.target.place, one.least, one.most) for one in findings] == [
        ("voldoet_niet", ("10AA", "79000"), 2, 2)
    ]


def test_finds_what_only_another_school_can_see() -> None:
    """Two schools and the country of one question: who knows one knows the other."""
    sealed = zegel(one_quarter({(0, 0): (50, 2, 0), (1, 0): (70, 3, 0), (2, 0): (9, 0, 0)}))
    foto = draft(sealed, Policy.ONDERDRUK)
    shown = tuple(
        attrs.evolve(cel, voldoet_niet=Aantal(subjects=Getal.exact(5), personen=None))
        if cel.instelling == Plaats.ALLE
        else cel
        for cel in foto.marges
    )
    made = [Opname(foto=attrs.evolve(foto, marges=shown), zegel=sealed)]
    findings = attack(made, VRAAG).findings
    insiders = {(one.insider, one.target.place[0], one.least) for one in findings if one.target.kind == "voldoet_niet"}
    assert insiders == {("10AA", "11AA", 3), ("11AA", "10AA", 2)}
