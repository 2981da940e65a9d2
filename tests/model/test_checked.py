"""Records that are made without checking are those that checking would have made."""

from pathlib import Path
from typing import Any

import attrs
import pytest

from bpvo_rules.codes import Brin
from bpvo_rules.io import read_ketendata, write_ketendata
from bpvo_rules.model import TABLES, Instelling, Uitwisseling, WhiteLabelMeting
from bpvo_rules.model.checked import maker
from bpvo_rules.simulate import simulate
from bpvo_rules.testing.worlds import seeded_world


def assert_as_made(row: Any) -> None:
    """Hold that the constructor accepts every value of a record, and would keep it as it is."""
    again = attrs.evolve(row)
    assert again == row
    for field in attrs.fields(type(row)):
        value = getattr(row, field.name)
        assert type(getattr(again, field.name)) is type(value), field.name


def test_what_is_read_is_what_the_constructor_would_have_made(tmp_path: Path) -> None:
    """Of every table, with all kinds of cells, and with columns that the file does not have."""
    seen = set()
    ketens = [simulate(seed=3, instellingen=2, bpvos=60).keten, *(seeded_world(seed).keten for seed in range(40))]
    for number, keten in enumerate(ketens):
        write_ketendata(keten, tmp_path / str(number))
        back = read_ketendata(tmp_path / str(number))
        for name in TABLES:
            for row in back.table(name) or ():
                assert type(row) is TABLES[name].record
                assert_as_made(row)
                seen.add(name)
        assert {name: back.table(name) for name in TABLES} == {name: keten.table(name) for name in TABLES}

    assert seen == set(TABLES)


def test_a_field_without_a_name_is_its_default() -> None:
    made = maker(Instelling, ["brin"])([Brin("27DV")])

    assert made == Instelling(brin=Brin("27DV"))
    assert made.naam is None


def test_as_many_values_as_names() -> None:
    make = maker(Instelling, ["brin", "naam"])

    with pytest.raises(ValueError, match="shorter"):
        make([Brin("27DV")])


def test_what_has_no_default_of_its_own_needs_a_value() -> None:
    """A required field has none; the text of a moment would be made of the moment."""
    with pytest.raises(TypeError, match="Uitwisseling cannot be made without student"):
        maker(Uitwisseling, [field.name for field in attrs.fields(Uitwisseling) if field.name != "student"])
    with pytest.raises(TypeError, match="WhiteLabelMeting cannot be made without tijdstip_tekst"):
        maker(
            WhiteLabelMeting, [field.name for field in attrs.fields(WhiteLabelMeting) if field.name != "tijdstip_tekst"]
        )


def test_a_record_that_was_made_so_can_be_changed_and_compared() -> None:
    """It is the same kind of object: frozen, equal, hashed, and changed through the constructor with its checks."""
    made = maker(Instelling, ["brin", "naam"])([Brin("27DV"), "School"])

    assert hash(made) == hash(Instelling(brin=Brin("27DV"), naam="School"))
    assert attrs.evolve(made, naam="Andere").naam == "Andere"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.naam = "Andere"  # type: ignore[misc]
