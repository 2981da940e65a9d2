"""Opleiding, Equivalent and Keuzedeel: what a student learns, as reference data."""

from datetime import date
from enum import StrEnum
from typing import final

import attrs

from bpvo_rules.codes import Keuzedeelcode, Opleidingcode
from bpvo_rules.model import fields


@final
class SoortOpleiding(StrEnum):
    """What an opleidingcode stands for."""

    KWALIFICATIE = "kwalificatie"
    DOSSIER = "dossier"
    DOMEIN = "domein"


@final
@attrs.frozen(kw_only=True)
class Opleiding:
    """
    A line of the list of opleidingen (bijlage 1 of BWBR0036352).

    Attributes:
        code: The opleidingcode (crebo).
        naam: Its name; ``None`` when the source does not name it.
        soort: Kwalificatie, dossier or domein.
        niveau: 1-4; ``None`` for a dossier or domein that spans several.
        dossier: For a kwalificatie, the dossier that it belongs to.
        domein: The opleidingsdomein; ``None`` means that it has none, as for Entree.

    """

    code: Opleidingcode = fields.code(Opleidingcode, required=True, key=True)
    naam: str | None = fields.text()
    soort: SoortOpleiding = fields.choice(SoortOpleiding, required=True)
    niveau: int | None = fields.whole(minimum=1, maximum=4)
    dossier: Opleidingcode | None = fields.code(Opleidingcode)
    domein: Opleidingcode | None = fields.code(Opleidingcode)


@final
@attrs.frozen(kw_only=True)
class Equivalent:
    """
    A leerbedrijf recognised for ``equivalent`` also counts for a BPVO on ``opleidingcode``.

    Directed and not transitive, as SBB describes its crebo-equivalents.

    Attributes:
        opleidingcode: The opleiding of the BPVO.
        equivalent: The code that a recognition for it may have instead.

    """

    opleidingcode: Opleidingcode = fields.code(Opleidingcode, required=True, key=True)
    equivalent: Opleidingcode = fields.code(Opleidingcode, required=True, key=True)


@final
@attrs.frozen(kw_only=True)
class Keuzedeel:
    """
    An elective part of a qualification.

    Attributes:
        code: K and four digits.
        naam: Its name; ``None`` when not known.
        geldig_van: First day of validity, inclusive; ``None`` is an open bound.
        geldig_tot_en_met: Last day of validity, inclusive; ``None`` is an open bound.

    """

    code: Keuzedeelcode = fields.code(Keuzedeelcode, required=True, key=True)
    naam: str | None = fields.text()
    geldig_van: date | None = fields.day()
    geldig_tot_en_met: date | None = fields.day()
