"""Erkenning: SBB's recognition of a leerbedrijf for one kwalificatie."""

from datetime import date
from typing import final

import attrs

from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.model import fields


@final
@attrs.frozen(kw_only=True)
class Erkenning:
    """
    A closed period in which a leerbedrijf is recognised for a kwalificatie.

    A correction or withdrawal closes ``bekend_tot`` of the old row and adds a
    new one, so that every past view of the register can be rebuilt.

    Attributes:
        leerbedrijf_id: The company.
        opleidingcode: The kwalificatie.
        van: First recognised day, inclusive.
        tot_en_met: Last recognised day, inclusive; ``None`` means that no end is known.
        bekend_vanaf: First day on which this row was known, inclusive; ``None`` is an open bound.
        bekend_tot: First day on which it no longer was; ``None`` is an open bound.

    """

    leerbedrijf_id: LeerbedrijfId = fields.code(LeerbedrijfId, required=True)
    opleidingcode: Opleidingcode = fields.code(Opleidingcode, required=True)
    van: date = fields.day(required=True)
    tot_en_met: date | None = fields.day()
    bekend_vanaf: date | None = fields.day()
    bekend_tot: date | None = fields.day()
