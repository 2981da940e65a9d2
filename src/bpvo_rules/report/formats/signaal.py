"""
Meldingen in the shape of a signal of DUO: a number, a code, a sentence and parameters, each of limited length.

Source: Programma van eisen ROD (v4.8.2, 12 May 2026), terugkoppelbericht TBG-i: volgnummer AN1..2, signaalcode AN1..3,
omschrijving AN1..255, parameters with a name of at most 50 and a value of at most 80 characters. Only the shape is
DUO's: the codes are ours, declared with the rules, and no message of DUO is made.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final, final

import attrs

from bpvo_rules.errors import DeclarationError
from bpvo_rules.judge import Melding, Result
from bpvo_rules.judge.melding import plain
from bpvo_rules.questions import RULES
from bpvo_rules.report.formats.jsontext import heading_json
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Lang, Rule

__all__ = ["SIGNAALCODES", "Signaal", "Signaalparameter", "afgekort", "signalen", "signalen_json"]

OMSCHRIJVING: Final = 255
NAAM: Final = 50
WAARDE: Final = 80
VOLGNUMMER: Final = 99
_CODE: Final = re.compile(r"[0-9A-Z]{1,3}", re.ASCII)
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
_JOINER: Final = "\N{ZERO WIDTH JOINER}"


def _codes(rules: Iterable[Rule]) -> Mapping[str, str]:
    return MappingProxyType({rule.code: rule.signaalcode for rule in rules if rule.signaalcode is not None})


SIGNAALCODES: Final = _codes(RULES)
"""The code of each of our rules, by the code that it has here."""


def _joins(character: str) -> bool:
    """Say whether a character belongs to the one before it: an accent, a variant, a tint of skin, a joiner."""
    is_tint = "\U0001f3fb" <= character <= "\U0001f3ff"
    return is_tint or character == _JOINER or unicodedata.category(character) in {"Mn", "Mc", "Me"}


def afgekort(text: str, most: int) -> str:
    """
    Cut a text to at most so many characters (code points), the last of them an ellipsis when something was cut.

    A base character keeps its accents or goes with them. Control characters, which a message cannot hold, become
    spaces; halves of surrogate pairs become replacement marks. Spaces at either end are gone.

    Args:
        text: The text.
        most: Most characters of what is given back, at least 1.

    """
    clean = "".join(
        "\ufffd" if "\ud800" <= c <= "\udfff" else " " if unicodedata.category(c) == "Cc" else c for c in text
    ).strip()
    if len(clean) <= most:
        return clean
    end = most - 1
    while end > 0 and (_joins(clean[end]) or clean[end - 1] == _JOINER):
        end -= 1
    return clean[:end].rstrip() + _ELLIPSIS


def _of_length(most: int) -> Any:
    def check(_: object, field: "attrs.Attribute[str]", value: str) -> None:
        if not 1 <= len(value) <= most:
            raise DeclarationError(f"{field.name} must be a text of 1-{most} characters; the value is not shown.")

    return check


def _is_code(_: object, __: object, value: str) -> None:
    if _CODE.fullmatch(value) is None:
        raise DeclarationError("signaalcode must be 1-3 capitals or digits.")


@final
@attrs.frozen(kw_only=True)
class Signaalparameter:
    """
    A fact or norm behind a signal.

    Attributes:
        naam: Its name, 1-50 characters.
        waarde: Its value as a text of 1-80 characters: days as JJJJ-MM-DD, booleans as ja or nee, codes with spaces.

    """

    naam: str = attrs.field(validator=_of_length(NAAM))
    waarde: str = attrs.field(validator=_of_length(WAARDE))


@final
@attrs.frozen(kw_only=True)
class Signaal:
    """
    A melding as a signal about one subject.

    Attributes:
        volgnummer: Its place among the signals about the subject, 1-99, in rule order.
        signaalcode: The code of its rule, 1-3 characters.
        omschrijving: What is wrong, 1-255 characters; a longer text was cut.
        parameters: What the rule read; without what is missing, because a value is never empty.
        melding: Id of the melding, which DUO does not have: it leads back to the whole text and evidence.
        subject_type: Name of the subject type.
        subject: Key of the subject.

    """

    volgnummer: int = attrs.field()
    signaalcode: str = attrs.field(validator=_is_code)
    omschrijving: str = attrs.field(validator=_of_length(OMSCHRIJVING))
    parameters: tuple[Signaalparameter, ...]
    melding: str
    subject_type: str
    subject: str

    @volgnummer.validator
    def _in_two_digits(self, _: object, value: int) -> None:
        if not 1 <= value <= VOLGNUMMER:
            raise DeclarationError(f"A subject has at most {VOLGNUMMER} signals: a volgnummer has two digits.")


def _subject(melding: Melding) -> tuple[str, str]:
    return melding.subject_type, melding.subject


def signalen(
    meldingen: Iterable[Melding], *, lang: Lang = "nl", codes: Mapping[str, str] = SIGNAALCODES
) -> tuple[Signaal, ...]:
    """
    Give meldingen as signals, by subject type and key, and within a subject in the order in which they came.

    Args:
        meldingen: Those of one judgement.
        lang: The language of the sentences.
        codes: A code per rule; who has rules of his own adds theirs to :data:`SIGNAALCODES`.

    Raises:
        DeclarationError: for a rule without a code, or a subject with more than 99 signals. A rule gives a
            subject one melding at most, so our own rules cannot; no signal is ever left out.

    """
    found = []
    for (subject_type, subject), ours in groupby(sorted(meldingen, key=_subject), key=_subject):
        for place, melding in enumerate(ours, start=1):
            if melding.rule not in codes:
                raise DeclarationError(f"Rule {melding.rule} has no signaalcode; declare one, or give it in codes.")
            found.append(
                Signaal(
                    volgnummer=place,
                    signaalcode=codes[melding.rule],
                    omschrijving=afgekort(melding.text.in_lang(lang), OMSCHRIJVING),
                    parameters=tuple(_parameters(melding)),
                    melding=melding.id,
                    subject_type=subject_type,
                    subject=subject,
                )
            )
    return tuple(found)


def _parameters(melding: Melding) -> Iterable[Signaalparameter]:
    for evidence in melding.evidence:
        waarde = afgekort(plain(evidence.value), WAARDE)
        if waarde:
            yield Signaalparameter(naam=afgekort(evidence.name, NAAM), waarde=waarde)


def signalen_json(judgement: Result, say: Say) -> dict[str, Any]:
    """Give the signals of a judgement as plain JSON values, per subject; its shape is ``signalen.schema.json``."""
    meldingen = judgement.meldingen()
    found = signalen(meldingen, lang=say.lang, codes=_codes(judgement.rules))
    schools = {melding.id: melding.brin for melding in meldingen}
    return {
        **heading_json("signalen", judgement, say),
        "totals": {"subjects": len({(s.subject_type, s.subject) for s in found}), "signalen": len(found)},
        "subjects": [
            {
                "subject_type": subject_type,
                "subject": subject,
                "brin": schools[signals[0].melding],
                "signalen": [_signaal(signaal) for signaal in signals],
            }
            for (subject_type, subject), signals in (
                (key, list(ours)) for key, ours in groupby(found, key=lambda one: (one.subject_type, one.subject))
            )
        ],
        "rules_failed": [failure.rule for failure in judgement.failures],
    }


def _signaal(signaal: Signaal) -> dict[str, Any]:
    return {
        "volgnummer": str(signaal.volgnummer),
        "signaalcode": signaal.signaalcode,
        "omschrijving": signaal.omschrijving,
        "parameters": [attrs.asdict(parameter) for parameter in signaal.parameters],
        "melding": signaal.melding,
    }
