"""Whose answer changes: counted per rule, school and pair of outcomes."""

from bpvo_rules.testing.differences import Change, changes, table

BEFORE = {
    ("tijdig_bij_duo", "27DV/s1/1/1"): "voldoet",
    ("tijdig_bij_duo", "27DV/s2/1/1"): "voldoet",
    ("tijdig_bij_duo", "25LX/s1/1/1"): "voldoet",
    ("levering_geaccepteerd", "25LX/s1/1/1#2"): "voldoet",
    ("white_label_antwoordt", "zoeken@2018-10-01T09:00:00+02:00@27DV"): "voldoet",
    ("white_label_antwoordt", "zoeken@2018-10-01T10:00:00+02:00@"): "voldoet",
    ("besluit_tijdig", "A1"): "voldoet",
    ("een_grondslag", "27DV/s1/1/1"): "voldoet",
}


def test_each_change_is_counted_under_its_rule_and_school() -> None:
    """What no school has stands under landelijk; what stays the same is not there."""
    after = dict.fromkeys(BEFORE, "voldoet_niet") | {("een_grondslag", "27DV/s1/1/1"): "voldoet"}

    assert changes(BEFORE, after) == (
        Change(rule="besluit_tijdig", brin="landelijk", before="voldoet", after="voldoet_niet", subjects=1),
        Change(rule="levering_geaccepteerd", brin="25LX", before="voldoet", after="voldoet_niet", subjects=1),
        Change(rule="tijdig_bij_duo", brin="25LX", before="voldoet", after="voldoet_niet", subjects=1),
        Change(rule="tijdig_bij_duo", brin="27DV", before="voldoet", after="voldoet_niet", subjects=2),
        Change(rule="white_label_antwoordt", brin="27DV", before="voldoet", after="voldoet_niet", subjects=1),
        Change(rule="white_label_antwoordt", brin="landelijk", before="voldoet", after="voldoet_niet", subjects=1),
    )


def test_a_rule_that_is_new_or_gone_has_no_outcome_on_one_side() -> None:
    key = ("een_grondslag", "27DV/s1/1/1")

    assert changes({}, {key: "voldoet"}) == (
        Change(rule="een_grondslag", brin="27DV", before="", after="voldoet", subjects=1),
    )
    assert changes({key: "voldoet"}, {})[0].after == ""


def test_the_table_is_markdown() -> None:
    found = changes({}, {("een_grondslag", "27DV/s1/1/1"): "voldoet"})

    assert "".join(table(found)).splitlines() == [
        "| rule | school | before | after | subjects |",
        "|---|---|---|---|---:|",
        "| een_grondslag | 27DV | - | voldoet | 1 |",
    ]
