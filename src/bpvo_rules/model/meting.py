"""WhiteLabelMeting and WhiteLabelOnderhoud: was SBB's White Label there when it was asked?"""

from datetime import date, datetime
from enum import StrEnum
from typing import final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.model import fields


@final
class Functie(StrEnum):
    """The five main functions of White Label SBB."""

    IDENTIFICATIE = "identificatie"
    VERIFICATIE = "verificatie"
    MUTATIESERVICE = "mutatieservice"
    DETAILGEGEVENS = "detailgegevens"
    ZOEKEN = "zoeken"


@final
@attrs.frozen(kw_only=True)
class WhiteLabelMeting:
    """
    One probe of one function: whether it answered and how fast, and nothing that it answered.

    White Label forbids storing the data of companies, also in a cache, so a
    measurement has no room for them.

    Attributes:
        functie: The function that was asked.
        tijdstip: When, with its offset from UTC.
        brin: The school that measured; ``None`` for a national measurement.
        gelukt: Whether it answered.
        duur_ms: How long that took, in milliseconds; ``None`` when not measured.
        tijdstip_tekst: The moment as the source wrote it, for the key; by default ISO 8601.

    """

    functie: Functie = fields.choice(Functie, required=True, key=True)
    tijdstip: datetime = fields.moment(required=True, key=True)
    brin: Brin | None = fields.code(Brin, key=True)
    gelukt: bool = fields.yes_no(required=True)
    duur_ms: int | None = fields.whole(minimum=0)
    tijdstip_tekst: str = attrs.field(
        # The default is made before the validators run, so it must survive a moment that they refuse.
        default=attrs.Factory(lambda self: getattr(self.tijdstip, "isoformat", str)(), takes_self=True),
        eq=False,
        repr=False,
    )


@final
@attrs.frozen(kw_only=True)
class WhiteLabelOnderhoud:
    """
    Announced maintenance, from ``van`` until ``tot`` (half-open).

    Attributes:
        functie: The function; ``None`` means all of them.
        van: First moment, inclusive.
        tot: First moment after it.
        aangekondigd_op: Day of the announcement; it counts only when it lies before the day of ``van``.

    """

    functie: Functie | None = fields.choice(Functie)
    van: datetime = fields.moment(required=True)
    tot: datetime = fields.moment(required=True)
    aangekondigd_op: date = fields.day(required=True)
