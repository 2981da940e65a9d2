"""Inschrijving and Inschrijvingsperiode: a student at a school, and in which opleiding when."""

from datetime import date
from enum import StrEnum
from typing import final

import attrs

from bpvo_rules.codes import Brin, Opleidingcode, Volgnummer
from bpvo_rules.model import fields


@final
class Leerweg(StrEnum):
    """How the learning is organised (leertraject in DUO's files)."""

    BOL = "BOL"
    BBL = "BBL"
    OVO = "OVO"
    EX = "EX"
    ODT = "ODT"
    BOL_DT = "BOL_DT"


@final
@attrs.frozen(kw_only=True)
class Inschrijving:
    """
    One enrolment of a student at a school.

    Attributes:
        brin: The school.
        student: A pseudonym, never a BSN or onderwijsnummer.
        inschrijvingvolgnummer: The school's number for this enrolment.
        datum_inschrijving: First day.
        datum_uitschrijving_gepland: Planned last day; ``None`` when not filled.
        datum_uitschrijving_werkelijk: Actual last day; ``None`` while it runs.

    """

    brin: Brin = fields.code(Brin, required=True, key=True)
    student: str = fields.text(required=True, key=True, identifying=True)
    inschrijvingvolgnummer: Volgnummer = fields.code(Volgnummer, required=True, key=True)
    datum_inschrijving: date = fields.day(required=True)
    datum_uitschrijving_gepland: date | None = fields.day()
    datum_uitschrijving_werkelijk: date | None = fields.day()


@final
@attrs.frozen(kw_only=True)
class Inschrijvingsperiode:
    """
    From ``begindatum`` on, until the day before the next one of the same inschrijving, this holds.

    Attributes:
        brin: The school.
        student: A pseudonym, never a BSN or onderwijsnummer.
        inschrijvingvolgnummer: The enrolment.
        begindatum: First day, inclusive.
        opleidingcode: What the student is enrolled for; ``None`` when not filled.
        leerweg: ``None`` when not filled.
        niveau: 1-4; ``None`` when not filled (for a kwalificatie it follows from the code).

    """

    brin: Brin = fields.code(Brin, required=True, key=True)
    student: str = fields.text(required=True, key=True, identifying=True)
    inschrijvingvolgnummer: Volgnummer = fields.code(Volgnummer, required=True, key=True)
    begindatum: date = fields.day(required=True, key=True)
    opleidingcode: Opleidingcode | None = fields.code(Opleidingcode)
    leerweg: Leerweg | None = fields.choice(Leerweg)
    niveau: int | None = fields.whole(minimum=1, maximum=4)
