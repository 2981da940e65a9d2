"""The privacy boundary: no type reachable from Foto can hold a record, a person, a company or free text."""

import inspect
import json
import typing
from collections.abc import Callable, Iterator
from datetime import date
from types import NoneType, UnionType
from typing import Any

import attrs
import pytest
from tests.questions.spec import EEN_AANVRAAG, EEN_BPVO, EEN_METING, build

from bpvo_rules.codes import Brin, Code
from bpvo_rules.errors import InvalidCodeError
from bpvo_rules.foto import (
    Aantal,
    Cel,
    Domein,
    Drempels,
    Foto,
    Getal,
    Plaats,
    Policy,
    RegelAantal,
    Regelcode,
    Status,
    Vraagcode,
    aggregate,
    cells_csv,
    take_foto,
    take_opname,
    to_json,
)
from bpvo_rules.keten import Keten

ALLOWED = {
    *(Foto, Cel, Aantal, Getal, RegelAantal, Drempels),
    *(Vraagcode, Regelcode, Brin, Domein, Plaats, Policy, Status),
    *(date, int, NoneType),
}
"""``str`` is absent on purpose: a text can hold anything. Whoever widens this says why a foto can still be shared."""

F = date(2018, 11, 15)


def parts(annotation: Any) -> Iterator[type]:
    """Give the types in an annotation, inside unions and tuples too."""
    if annotation is Ellipsis:
        return
    inner = typing.get_args(annotation)
    if not inner:
        yield annotation
        return
    assert typing.get_origin(annotation) in {tuple, typing.Union, UnionType}, annotation
    for each in inner:
        yield from parts(each)


def reachable(start: type) -> set[type]:
    """Give every type that an object can hold, through its fields and theirs."""
    found: set[type] = set()
    todo = [start]
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            if attrs.has(current):
                hints = typing.get_type_hints(current)
                todo += [part for field in attrs.fields(current) for part in parts(hints[field.name])]
    return found


def test_a_foto_can_hold_nothing_but_counts_codes_and_days() -> None:
    assert reachable(Foto) == ALLOWED


def test_the_walk_finds_what_is_hidden_in_a_field_of_a_field() -> None:
    """A walk that looked at the first layer only would see nothing wrong here."""

    @attrs.frozen
    class Rij:
        noot: str

    @attrs.frozen
    class Lek:
        rijen: tuple[Rij, ...] | None

    assert reachable(Lek) == {Lek, Rij, str, NoneType}


def test_everything_in_a_foto_is_frozen() -> None:
    """No field can be given another value, and nothing can be hung on beside the fields."""
    for found in ALLOWED:
        if attrs.has(found):
            thing = found.__new__(found)
            for name in (attrs.fields(found)[0].name, "noot"):
                with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
                    setattr(thing, name, "geheim")


@pytest.mark.parametrize("code", [Vraagcode, Regelcode, Domein, Brin])
@pytest.mark.parametrize("text", ["", "geheim", "Jan Jansen", "123456782", "100000000", "79140\n", "alle"])
def test_the_codes_of_a_foto_have_no_room_for_other_texts(code: type[Code], text: str) -> None:
    with pytest.raises(InvalidCodeError) as caught:
        code(text)
    assert text == "" or text not in str(caught.value)


def test_only_declared_questions_and_rules_have_a_code() -> None:
    """The registration is no question, so no foto has it; its rules are declared all the same."""
    assert Vraagcode("bpvo_tijdig") == "bpvo_tijdig"
    assert Regelcode("verplichte_gegevens") == "verplichte_gegevens"
    with pytest.raises(InvalidCodeError):
        Vraagcode("registratie")
    with pytest.raises(InvalidCodeError):
        Vraagcode("erkend_bij_aanvang")


@pytest.mark.parametrize("function", [take_foto, take_opname, aggregate])
def test_the_policy_is_never_chosen_for_the_caller(function: Callable[..., Any]) -> None:
    """It has no default and must be named."""
    policy = inspect.signature(function).parameters["policy"]

    assert policy.default is inspect.Parameter.empty
    assert policy.kind is inspect.Parameter.KEYWORD_ONLY
    if function is not aggregate:
        with pytest.raises(TypeError, match="policy"):
            function(Keten(), peildatum=F)


def a_full_keten() -> tuple[Keten, dict[str, str]]:
    """Give a chain of every kind of subject in which all that may not leave is easy to find."""
    secrets = {
        "student": "geheim-pseudoniem",
        "inschrijvingvolgnummer": "zqz1",
        "volgnummer": "qzq2",
        "leerbedrijf_id": "987654321",
    }
    keten, _ = build(EEN_BPVO, [secrets, {**secrets, "volgnummer": "qzq3", "ontvangen_duo_op": "2018-10-30"}], {})
    aanvragen, _ = build(EEN_AANVRAAG, [{"aanvraag_id": "geheim-aanvraag", "leerbedrijf_id": "987654321"}], {})
    metingen, _ = build(EEN_METING, [{"brin": "27DV", "duur_ms": "31337"}], {})
    whole = keten.with_tables(
        {
            "erkenningsaanvragen": aanvragen.erkenningsaanvragen,
            "white_label_metingen": metingen.white_label_metingen,
            "white_label_onderhoud": (),
        }
    )
    return whole, {**secrets, "duur_ms": "31337"}


def test_no_student_company_or_key_is_in_what_is_written() -> None:
    keten, secrets = a_full_keten()
    foto = take_foto(keten, peildatum=F, policy=Policy.NIVEAU)
    written = json.dumps(to_json(foto)) + cells_csv(foto) + repr(foto)

    assert "27DV" in written
    for secret in (*secrets.values(), "geheim", "qzq"):
        assert secret not in written


def test_what_is_written_is_json_of_integers_strings_and_null() -> None:
    def leaves(value: Any) -> Iterator[Any]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from leaves(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from leaves(inner)
        else:
            yield value

    keten, _ = a_full_keten()
    written = to_json(take_foto(keten, peildatum=F, policy=Policy.NIVEAU))

    assert json.loads(json.dumps(written, allow_nan=False)) == written
    assert {type(json.loads(json.dumps(leaf))) for leaf in leaves(written)} <= {int, str, NoneType}


def test_true_counts_are_said_to_be_unprotected() -> None:
    written = to_json(take_foto(Keten(), peildatum=F, policy=Policy.NIVEAU))

    assert (written["policy"], written["bescherming"]) == ("niveau", "onbeschermd")
    assert (written["venster_na"], written["venster_tot_en_met"]) == ("2017-11-15", "2018-11-15")
