"""The web service: one BPVO in, what the rules say out, and nothing of what was sent in an error."""

import asyncio
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from tests.examples.laden import example
from tests.examples.test_nightly import keten, levering

from bpvo_rules import Bpvo, judge_bpvo
from bpvo_rules.io import write_ketendata

RIGHT = {
    "peildatum": "2018-10-01",
    "brin": "27DV",
    "afsluitdatum": "2018-08-20",
    "begindatum": "2018-08-27",
    "einddatum_gepland": "2019-01-31",
    "leerbedrijf_id": "100000001",
    "opleidingcode": "25655",
}


def asked(app: Any, method: str, path: str, **options: Any) -> Any:
    """Ask the service, in this process."""

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://dienst") as client:
            return await client.request(method, path, **options)

    return asyncio.run(ask())


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The service with a register in which company 100000001 is recognised from 2018-08-01 on."""
    folder: Path = tmp_path_factory.mktemp("register")
    write_ketendata(keten(), folder, overwrite=True)
    return example("service").make_app(folder)


@cache
def bare() -> Any:
    """The service without a register."""
    return example("service").make_app()


def test_a_bpvo_that_is_right(app: Any) -> None:
    found = asked(app, "POST", "/bpvo", json=RIGHT).json()

    assert found["meldingen"] == []
    assert found["questions"]["bpvo_erkend_leerbedrijf"] == "voldoet"


def test_a_melding_names_the_fields_that_it_is_about(app: Any) -> None:
    """A day before the recognition."""
    found = asked(app, "POST", "/bpvo", json=RIGHT | {"begindatum": "2018-07-31"}).json()
    (melding,) = [one for one in found["meldingen"] if one["rule"] == "erkend_bij_aanvang"]

    assert melding["fields"] == ["begindatum", "leerbedrijf_id", "opleidingcode"]
    assert melding["text"] == "Leerbedrijf 100000001 is op 31 juli 2018 niet erkend voor opleiding 25655."


def test_what_it_says_is_what_the_library_says(app: Any) -> None:
    found = asked(app, "POST", "/bpvo", json=RIGHT, params={"taal": "en"}).json()
    wanted = {v.rule: str(v.outcome) for v in judge_bpvo(_bpvo(), peildatum=date(2018, 10, 1)).verdicts()}
    register = {one["rule"] for one in asked(bare(), "POST", "/bpvo", json=RIGHT).json()["outcomes"]}

    assert {
        one["rule"]: one["outcome"] for one in asked(bare(), "POST", "/bpvo", json=RIGHT).json()["outcomes"]
    } == wanted
    assert register == {one["rule"] for one in found["outcomes"]}


def _bpvo() -> Bpvo:
    from bpvo_rules.model import Uitwisseling

    content: Uitwisseling = levering("concept")
    return Bpvo.van(content, None)


def test_without_a_register_nothing_about_the_company_is_decided() -> None:
    found = asked(bare(), "POST", "/bpvo", json=RIGHT).json()

    assert found["questions"]["bpvo_erkend_leerbedrijf"] == "niet_te_bepalen"


@pytest.mark.parametrize(
    "sent",
    [
        RIGHT | {"student": "123456782"},
        RIGHT | {"123456782": "ja"},
        RIGHT | {"leerbedrijf_id": "012345678x"},
        RIGHT | {"brin": "123456782"},
        RIGHT | {"begindatum": "123456782"},
        RIGHT | {"omvang": "123456782"},
        {"brin": "27DV"},
    ],
)
def test_what_cannot_be_is_refused_and_never_repeated(app: Any, sent: dict[str, str]) -> None:
    """Values, and names of fields that do not exist, may identify a person."""
    found = asked(app, "POST", "/bpvo", json=sent)

    assert found.status_code == 422
    assert "123456782" not in found.text
    assert "012345678" not in found.text
    assert all(set(one) == {"field", "reason"} for one in found.json()["detail"])


def test_the_description_has_every_field_of_a_bpvo_but_those_of_a_person(app: Any) -> None:
    """It is made of the fields of the record: their codes by shape, their days as days."""
    schema = asked(app, "GET", "/openapi.json").json()["components"]["schemas"]["Vraag"]
    content = {field.name for field in attrs.fields(Bpvo)}

    hidden = {"student", "inschrijvingvolgnummer", "volgnummer", "leveringen"}
    assert set(schema["properties"]) == content - hidden | {"peildatum"}
    assert schema["required"] == ["peildatum", "brin"]
    assert schema["properties"]["brin"]["pattern"] == "^[0-9]{2}[A-Z]{2}$"
    assert schema["additionalProperties"] is False
