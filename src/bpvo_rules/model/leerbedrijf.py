"""Leerbedrijf: a company in the register of SBB."""

from datetime import date
from typing import final

import attrs

from bpvo_rules.codes import LeerbedrijfId
from bpvo_rules.model import fields


@final
@attrs.frozen(kw_only=True)
class Leerbedrijf:
    """
    A company, or one location of it, as the register of SBB knows it.

    Attributes:
        leerbedrijf_id: Its number in the register.
        naam: Its name; ``None`` when not known.
        land: ISO 3166-1 alpha-2; ``None`` when not known.
        bekend_vanaf: First day on which this row was known, inclusive; ``None`` is an open bound.
        bekend_tot: First day on which it no longer was; ``None`` is an open bound.

    """

    leerbedrijf_id: LeerbedrijfId = fields.code(LeerbedrijfId, required=True, key=True)
    naam: str | None = fields.text()
    land: str | None = fields.text()
    bekend_vanaf: date | None = fields.day()
    bekend_tot: date | None = fields.day()
