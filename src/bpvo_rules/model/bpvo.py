"""Bpvo: the agreement about one work placement, as it stands on some day."""

from datetime import date
from operator import attrgetter
from typing import Any, final

import attrs

from bpvo_rules.codes import Brin, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.errors import InvalidRecordError
from bpvo_rules.model import fields
from bpvo_rules.model.checked import maker
from bpvo_rules.model.uitwisseling import Uitwisseling


def _check_leveringen(_: Any, __: Any, value: Any) -> None:
    if value is not None and not isinstance(value, tuple):
        raise InvalidRecordError("leveringen", "a tuple of Uitwisseling, or None when not looked up")


@final
@attrs.frozen(kw_only=True)
class Bpvo:
    """
    The agreement between student, school and leerbedrijf (WEB 7.2.8 and 7.2.9).

    This is the state on a kennisdatum, or the draft in a form. Its history is
    in ``leveringen``.

    Attributes:
        brin: The school.
        student: A pseudonym, never a BSN or onderwijsnummer.
        inschrijvingvolgnummer: The enrolment that it belongs to.
        volgnummer: Its number within the enrolment.
        afsluitdatum: Day on which the agreement was drawn up, as stated in it.
        begindatum: First day, inclusive.
        einddatum_gepland: Planned last day, inclusive.
        einddatum_werkelijk: Actual last day, inclusive; ``None`` while it runs.
        omvang: Total of practice hours, whole hours.
        leerbedrijf_id: Where the placement is.
        opleidingcode: The opleiding on which it is based, if it is.
        keuzedeelcode: The keuzedeel on which it is based, if it is.
        leveringen:
            The deliveries of its current life, by rising ``volgorde``. Empty
            means "never sent"; ``None`` means "not looked up", so that every
            question about being in time stays *niet te bepalen*.

    """

    brin: Brin = fields.code(Brin, required=True, key=True)
    student: str = fields.text(required=True, key=True, identifying=True)
    inschrijvingvolgnummer: Volgnummer = fields.code(Volgnummer, required=True, key=True)
    volgnummer: Volgnummer = fields.code(Volgnummer, required=True, key=True)
    afsluitdatum: date | None = fields.day()
    begindatum: date | None = fields.day()
    einddatum_gepland: date | None = fields.day()
    einddatum_werkelijk: date | None = fields.day()
    omvang: int | None = fields.whole(minimum=0)
    leerbedrijf_id: LeerbedrijfId | None = fields.code(LeerbedrijfId)
    opleidingcode: Opleidingcode | None = fields.code(Opleidingcode)
    keuzedeelcode: Keuzedeelcode | None = fields.code(Keuzedeelcode)
    leveringen: tuple[Uitwisseling, ...] | None = attrs.field(default=None, repr=False, validator=_check_leveringen)

    @classmethod
    def van(cls, inhoud: Uitwisseling, leveringen: tuple[Uitwisseling, ...] | None) -> "Bpvo":
        """
        Give the BPVO whose content is that of a delivery.

        The cells of a delivery were checked when it was made, so they are not
        checked again: a country has a million of these.
        """
        return _make((*_inhoud(inhoud), leveringen))


_INHOUD = tuple(field.name for field in attrs.fields(Bpvo) if field.name != "leveringen")
_inhoud = attrgetter(*_INHOUD)
_make = maker(Bpvo, (*_INHOUD, "leveringen"))
