"""Erkenningsaanvraag: a company asks SBB to be recognised."""

from datetime import date
from enum import StrEnum
from typing import final

import attrs

from bpvo_rules.codes import Brin, LeerbedrijfId, Opleidingcode
from bpvo_rules.model import fields


@final
class SoortAanvraag(StrEnum):
    """What is asked for."""

    NIEUW = "nieuw"
    UITBREIDING = "uitbreiding"
    HERBEOORDELING = "herbeoordeling"


@final
class Besluit(StrEnum):
    """What SBB decided."""

    ERKEND = "erkend"
    GEWEIGERD = "geweigerd"


@final
@attrs.frozen(kw_only=True)
class Erkenningsaanvraag:
    """
    A request for recognition and what SBB did with it (reglement erkenning leerbedrijven, art. 6).

    Attributes:
        aanvraag_id: SBB's number for the request.
        leerbedrijf_id: The company; ``None`` while it has no number yet.
        opleidingcode: What it asks recognition for; ``None`` when not filled.
        soort: Nieuw, uitbreiding or herbeoordeling.
        dagtekening: Date of the request.
        brin: The school that nominated the company; ``None`` when none did.
        besluit_op: Day of the decision; ``None`` while there is none.
        besluit: The decision.
        kennisgeving_op: Day of the written notice; ``None`` while there is none.
        overschrijding_gemotiveerd_op: Day on which SBB gave its reasons for being late.

    """

    aanvraag_id: str = fields.text(required=True, key=True)
    leerbedrijf_id: LeerbedrijfId | None = fields.code(LeerbedrijfId)
    opleidingcode: Opleidingcode | None = fields.code(Opleidingcode)
    soort: SoortAanvraag = fields.choice(SoortAanvraag, required=True)
    dagtekening: date = fields.day(required=True)
    brin: Brin | None = fields.code(Brin)
    besluit_op: date | None = fields.day()
    besluit: Besluit | None = fields.choice(Besluit)
    kennisgeving_op: date | None = fields.day()
    overschrijding_gemotiveerd_op: date | None = fields.day()
