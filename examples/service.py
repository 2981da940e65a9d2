"""
A web service that judges one BPVO, with an OpenAPI description out of the types of this library.

It asks for no student: what is judged here needs none, and what is not asked cannot leak. What a caller sent never
comes back in an error. It keeps nothing; the register is a folder that SBB or the school may hold.

Run it: `REGISTER=FOLDER uvicorn --app-dir examples --factory service:make_app`
"""

import os
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import attrs
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, create_model

from bpvo_rules import Bpvo, Judge, Keten, Stand
from bpvo_rules.codes import Code
from bpvo_rules.io import read_ketendata
from bpvo_rules.model.fields import COLUMN, Column, Soort
from bpvo_rules.version import __version__

_KEY = {"student": "concept", "inschrijvingvolgnummer": "1", "volgnummer": "1"}
"""Stands for what is not asked."""


def _type(column: Column) -> Any:
    """Give the type of a field of a request: what a record of this library can hold, and nothing else."""
    if column.soort is Soort.CODE and issubclass(column.type, Code):
        return Annotated[str, Field(pattern=f"^{column.type.SHAPE.pattern}$", description=column.type.FORM)]
    if column.soort is Soort.WHOLE:
        return Annotated[int, Field(ge=column.minimum, le=column.maximum, strict=True)]
    return {Soort.DAY: date}.get(column.soort, str)


def request_model() -> type[BaseModel]:
    """Make the shape of a request out of the fields of a BPVO."""
    fields: dict[str, Any] = {"peildatum": (date, ...)}
    for field in attrs.fields(Bpvo):
        column = field.metadata.get(COLUMN)
        if column is not None and field.name not in _KEY:
            type_ = _type(column)
            fields[field.name] = (type_, ...) if column.required else (type_ | None, None)
    return create_model("Vraag", __config__=ConfigDict(extra="forbid"), **fields)


class Uitkomst(BaseModel):
    """What one rule says."""

    question: str
    rule: str
    outcome: str
    reason: str = Field(description="What was missing, in Dutch; empty when it was decided.")


class Bevinding(BaseModel):
    """A melding, with the fields of the request that it is about."""

    rule: str
    kind: str
    party: str
    text: str
    repair: str
    source: str
    fields: list[str]


class Antwoord(BaseModel):
    """Everything that the rules say about one BPVO."""

    questions: dict[str, str]
    outcomes: list[Uitkomst]
    meldingen: list[Bevinding]


class Taal(StrEnum):
    """The language of the texts."""

    NL = "nl"
    EN = "en"


def make_app(register: Path | None = None) -> FastAPI:
    """
    Make the service.

    Args:
        register: A Ketendata folder with the register and the reference tables; `None` for the one that the
            environment names. Without any, what needs them is *niet te bepalen*.

    """
    named = os.environ.get("REGISTER")
    folder = register or (Path(named) if named else None)
    keten = Keten() if folder is None else read_ketendata(folder).with_tables({"uitwisselingen": None})
    judge = Judge()
    vraag = request_model()
    app = FastAPI(title="bpvo-rules", version=__version__)

    @app.exception_handler(RequestValidationError)
    def refused(_: Request, error: RequestValidationError) -> JSONResponse:
        """Say what is wrong without saying what was sent, also not as a name: that may identify a person."""
        found = [(next((name for name in one["loc"] if name in vraag.model_fields), ""), one) for one in error.errors()]
        wrong = [{"field": name, "reason": one["msg"]} for name, one in found]
        return JSONResponse({"detail": wrong}, status_code=422)

    @app.post("/bpvo", response_model=Antwoord)
    def bpvo(asked: vraag, taal: Taal = Taal.NL) -> Any:  # type: ignore[valid-type] # a class that is made above
        """Judge one BPVO as it stands."""
        cells: dict[str, Any] = _KEY | asked.model_dump()  # type: ignore[attr-defined] # as above
        peildatum = cells.pop("peildatum")
        stand = Stand(keten=keten, kennisdatum=peildatum)
        draft = judge.draft(Bpvo(**cells), peildatum=peildatum, stand=stand)
        beside = draft.meldingen_per_cell()
        return {
            "questions": {code: str(outcome) for code, outcome in draft.question_outcomes().items()},
            "outcomes": [
                {"question": v.question, "rule": v.rule, "outcome": str(v.outcome), "reason": v.reason}
                for v in draft.verdicts
            ],
            "meldingen": [
                {
                    "rule": melding.rule,
                    "kind": str(melding.kind),
                    "party": str(melding.party),
                    "text": melding.text.in_lang(taal.value),
                    "repair": melding.repair.in_lang(taal.value),
                    "source": melding.source.title,
                    "fields": [name for name, found in beside.items() if name and melding in found],
                }
                for melding in draft.meldingen
            ],
        }

    return app
