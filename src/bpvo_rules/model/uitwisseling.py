"""Uitwisseling: one delivery of a BPVO by a school to DUO, and what became of it."""

from datetime import date
from enum import StrEnum
from typing import final

import attrs

from bpvo_rules.codes import Brin, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.model import fields


@final
class SoortUitwisseling(StrEnum):
    """What a delivery does to the BPVO."""

    TOEVOEGING = "toevoeging"
    WIJZIGING = "wijziging"
    VERWIJDERING = "verwijdering"


@final
class Uitkomst(StrEnum):
    """What DUO answered to a delivery."""

    GEACCEPTEERD = "geaccepteerd"
    AFGEKEURD = "afgekeurd"


@final
@attrs.frozen(kw_only=True)
class Uitwisseling:
    """
    A delivery: the event, and the whole content of the BPVO as it was delivered.

    Deliveries are never changed; a correction is a new one with a higher
    ``volgorde``. Content may be missing: an incomplete BPVO is data to be judged.

    Attributes:
        brin: The school.
        student: A pseudonym, never a BSN or onderwijsnummer.
        inschrijvingvolgnummer: The enrolment that the BPVO belongs to.
        volgnummer: The BPVO within the enrolment.
        volgorde: Rises with each delivery of this BPVO; at least 1.
        soort: Toevoeging, wijziging or verwijdering.
        ontstaan_op: Day on which the data arose at the school.
        ontvangen_duo_op: Day on which DUO received it.
        teruggekoppeld_op: Day on which DUO answered.
        uitkomst: The answer; it counts from ``teruggekoppeld_op`` on.
        ontvangen_sbb_op: Day on which SBB received it.
        afsluitdatum: Day on which the agreement was drawn up, as stated in it.
        begindatum: First day of the placement, inclusive.
        einddatum_gepland: Planned last day, inclusive.
        einddatum_werkelijk: Actual last day, inclusive; ``None`` while it runs.
        omvang: Total of practice hours, whole hours.
        leerbedrijf_id: Where the placement is.
        opleidingcode: The opleiding on which the placement is based, if it is.
        keuzedeelcode: The keuzedeel on which the placement is based, if it is.

    """

    brin: Brin = fields.code(Brin, required=True, key=True)
    student: str = fields.text(required=True, key=True, identifying=True)
    inschrijvingvolgnummer: Volgnummer = fields.code(Volgnummer, required=True, key=True)
    volgnummer: Volgnummer = fields.code(Volgnummer, required=True, key=True)
    volgorde: int = fields.whole(minimum=1, required=True, key=True)
    soort: SoortUitwisseling = fields.choice(SoortUitwisseling, required=True)
    ontstaan_op: date | None = fields.day()
    ontvangen_duo_op: date | None = fields.day()
    teruggekoppeld_op: date | None = fields.day()
    uitkomst: Uitkomst | None = fields.choice(Uitkomst)
    ontvangen_sbb_op: date | None = fields.day()
    afsluitdatum: date | None = fields.day()
    begindatum: date | None = fields.day()
    einddatum_gepland: date | None = fields.day()
    einddatum_werkelijk: date | None = fields.day()
    omvang: int | None = fields.whole(minimum=0)
    leerbedrijf_id: LeerbedrijfId | None = fields.code(LeerbedrijfId)
    opleidingcode: Opleidingcode | None = fields.code(Opleidingcode)
    keuzedeelcode: Keuzedeelcode | None = fields.code(Keuzedeelcode)
