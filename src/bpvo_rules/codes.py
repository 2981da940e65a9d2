"""
Codes of the keten: strings that have been checked for shape, and nothing more.

Whether a code exists in a register is for the rules to say. Each code is a
``str``, so it compares, sorts and hashes as the text that it is, with leading
zeros and letters as they came. The shapes are those of DUO's programme of
requirements for mbo (v4.8.2, 12-05-2026, chapters 13-17).
"""

import re
from typing import ClassVar, Self, final

from bpvo_rules.errors import InvalidCodeError

__all__ = ["Brin", "Code", "Keuzedeelcode", "LeerbedrijfId", "Opleidingcode", "Volgnummer"]


class Code(str):
    """
    A text of one fixed shape; the base of every code type.

    Attributes:
        SHAPE: What a text must match from its first sign to its last.
        FORM: The same in words, for who gave another text.

    """

    __slots__ = ()

    SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    FORM: ClassVar[str] = "a code"

    def __new__(cls, value: str) -> Self:
        """
        Check the shape of a text.

        Raises:
            InvalidCodeError: when no reading of the text is such a code. The
                text itself is not in the message.

        """
        if type(value) is cls:
            return value
        if not isinstance(value, str) or cls.SHAPE.fullmatch(value) is None:
            raise InvalidCodeError(cls.__name__, cls.FORM)
        return super().__new__(cls, value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


@final
class Brin(Code):
    """A school: two digits and two capitals, ``27DV`` (basisregistratie instellingen)."""

    __slots__ = ()
    SHAPE = re.compile(r"[0-9]{2}[A-Z]{2}", re.ASCII)
    FORM: ClassVar[str] = "2 digits and 2 capitals, such as 27DV"


@final
class Opleidingcode(Code):
    """A kwalificatie, dossier or domein (the older word is crebo): five digits."""

    __slots__ = ()
    SHAPE = re.compile(r"[0-9]{5}", re.ASCII)
    FORM: ClassVar[str] = "5 digits, such as 25655"


@final
class Keuzedeelcode(Code):
    """A keuzedeel, an elective part of a qualification: a K and four digits."""

    __slots__ = ()
    SHAPE = re.compile(r"K[0-9]{4}", re.ASCII)
    FORM: ClassVar[str] = "the letter K and 4 digits, such as K0067"


@final
class LeerbedrijfId(Code):
    """The number that SBB gave a training company: 100000000 up to and including 999999999."""

    __slots__ = ()
    SHAPE = re.compile(r"[1-9][0-9]{8}", re.ASCII)
    FORM: ClassVar[str] = "9 digits, 100000000-999999999"


@final
class Volgnummer(Code):
    """The number that a school gives an inschrijving, or a BPVO within one: 1-20 letters or digits."""

    __slots__ = ()
    SHAPE = re.compile(r"[0-9A-Za-z]{1,20}", re.ASCII)
    FORM: ClassVar[str] = "1-20 letters or digits"
