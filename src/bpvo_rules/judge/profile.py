"""Profile: how a caller departs from the rules as declared, dated and with a reason per line."""

from datetime import date
from typing import final

import attrs

from bpvo_rules.errors import DeclarationError
from bpvo_rules.rules import Kind, Venster

__all__ = ["KindSetting", "NormSetting", "OffSetting", "Profile", "Toelichting"]


def _reason(_: object, __: object, value: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise DeclarationError("Every line of a profile needs a reason.")


@final
@attrs.frozen(kw_only=True)
class NormSetting:
    """
    A value for a norm, in its unit, in force always.

    Attributes:
        norm: The id of the norm.
        value: The value that it has instead of its own.
        reason: Why; never empty.

    """

    norm: str
    value: int | str | Venster
    reason: str = attrs.field(validator=_reason)


@final
@attrs.frozen(kw_only=True)
class KindSetting:
    """
    Another kind for a rule; a rule that is no longer a ``fout`` leaves the score.

    Attributes:
        rule: The code of the rule.
        kind: The kind that it has instead of its own.
        reason: Why; never empty.

    """

    rule: str
    kind: Kind = attrs.field(converter=Kind)
    reason: str = attrs.field(validator=_reason)


@final
@attrs.frozen(kw_only=True)
class OffSetting:
    """
    A rule that does not run.

    Attributes:
        rule: The code of the rule.
        reason: Why; never empty.

    """

    rule: str
    reason: str = attrs.field(validator=_reason)


@final
@attrs.frozen(kw_only=True)
class Toelichting:
    """
    An explanation of one melding, which is then shown and counted apart.

    Attributes:
        melding: The id of the melding.
        reason: The explanation.
        tot_en_met: Last peildatum for which it holds, inclusive.

    """

    melding: str
    reason: str = attrs.field(validator=_reason)
    tot_en_met: date


@final
@attrs.frozen(kw_only=True)
class Profile:
    """
    The departures of one caller; part of the receipt.

    Attributes:
        naam: What it is called.
        datum: The day on which it was set.
        norms: Values for norms.
        kinds: Other kinds for rules.
        off: Rules that do not run.
        toelichtingen: Explanations of meldingen.

    """

    naam: str
    datum: date
    norms: tuple[NormSetting, ...] = ()
    kinds: tuple[KindSetting, ...] = ()
    off: tuple[OffSetting, ...] = ()
    toelichtingen: tuple[Toelichting, ...] = ()
