"""
Inzage: who looks at records, and at which.

Inspectie and ministry have none: they get fotos, which hold no record.
"""

from enum import StrEnum
from typing import final

import attrs

from bpvo_rules.codes import Brin

__all__ = ["EigenRecords", "HeleKeten", "Inzage", "Ketenpartij"]


@final
class Ketenpartij(StrEnum):
    """The parties that keep the records of the whole keten."""

    SBB = "SBB"
    DUO = "DUO"


@final
@attrs.frozen
class EigenRecords:
    """
    A school that looks at its own records, and at no others.

    Attributes:
        brin: The school.

    """

    brin: Brin = attrs.field(converter=Brin)


@final
@attrs.frozen
class HeleKeten:
    """
    A party that looks at the records of all schools.

    Attributes:
        partij: Which one.

    """

    partij: Ketenpartij


Inzage = EigenRecords | HeleKeten
"""Who looks: a school at its own records, or a party of the keten at all of them."""
