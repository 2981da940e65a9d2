"""Instelling: a school, known by its BRIN."""

from typing import final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.model import fields


@final
@attrs.frozen(kw_only=True)
class Instelling:
    """
    A school (onderwijsinstelling) that may conclude BPVO's.

    Attributes:
        brin: Its number in the basisregister.
        naam: Its name; ``None`` when not known.

    """

    brin: Brin = fields.code(Brin, required=True, key=True)
    naam: str | None = fields.text()
