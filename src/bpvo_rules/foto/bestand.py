"""
Fotobestand: a foto with what its receiver needs to know about how it was made.

The boundary of :class:`Foto` holds here too: no field has room for a record, a
person, a company or free text. Sentences in the file come from the declarations.
"""

import re
from datetime import date
from enum import StrEnum
from functools import cache
from typing import ClassVar, Final, Self, final

import attrs

from bpvo_rules.codes import Code
from bpvo_rules.errors import InvalidCodeError
from bpvo_rules.foto.canonical import Digest
from bpvo_rules.foto.foto import Foto, Regelcode
from bpvo_rules.judge.catalogue import catalogue_digest
from bpvo_rules.judge.settings import Settings
from bpvo_rules.questions import NORMS, QUESTIONS
from bpvo_rules.rules import Kind, Venster
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = [
    "FotoId",
    "Fotobestand",
    "Herkomst",
    "NietUitgevoerd",
    "NormId",
    "NormOpFoto",
    "NormWaarde",
    "Reden",
    "RegelOpFoto",
    "Versie",
    "Vervanging",
    "WaaromNiet",
    "describe",
]


@final
class FotoId(Code):
    """The name of a foto: ``foto-2018-10-01``, and for its n-th correction ``foto-2018-10-01-c<n>``."""

    __slots__ = ()
    SHAPE = re.compile(r"foto-[0-9]{4}-[0-9]{2}-[0-9]{2}(-c[1-9][0-9]{0,3})?", re.ASCII)
    FORM: ClassVar[str] = "foto-, a day as JJJJ-MM-DD, and for a correction -c and a number"

    @classmethod
    def of(cls, peildatum: date, correctie: int = 0) -> Self:
        """Give the name of the foto of a day; ``correctie`` counts its corrections from 1, 0 is the foto itself."""
        return cls(f"foto-{peildatum.isoformat()}" + (f"-c{correctie}" if correctie else ""))

    @property
    def dag(self) -> str:
        """The day in the name."""
        return self[5:15]

    @property
    def correctie(self) -> int:
        """Which correction it is; 0 for the foto itself."""
        return int(self[17:] or "0")


@final
class Versie(Code):
    """A version: numbers with points between them."""

    __slots__ = ()
    SHAPE = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,3}", re.ASCII)
    FORM: ClassVar[str] = "2-4 numbers with points between them"


_NORMS: Final = {norm.id: norm for norm in NORMS}


@final
class NormId(Code):
    """The id of a norm of this library."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check that the norm is declared; raises InvalidCodeError."""
        if value not in _NORMS:
            raise InvalidCodeError(cls.__name__, "one of the declared norms")
        return str.__new__(cls, value)


@final
class Reden(StrEnum):
    """
    Why a foto replaces another; a closed list, because a free text could hold anything.

    ``bron``: the records that were handed over were wrong or incomplete.
    ``regels``: a rule, or the program, was wrong. ``normen``: a norm was set wrong.
    """

    BRON = "bron"
    REGELS = "regels"
    NORMEN = "normen"


@final
class Herkomst(StrEnum):
    """Who set the value of a norm: this library from its sources, or who made the foto."""

    BIBLIOTHEEK = "bibliotheek"
    OPGEGEVEN = "opgegeven"


@final
class WaaromNiet(StrEnum):
    """Why a rule did not run: not chosen, switched off in a profile, or a norm of it has no value."""

    NIET_GEKOZEN = "niet_gekozen"
    UITGEZET = "uitgezet"
    NORM_ZONDER_WAARDE = "norm_zonder_waarde"


@final
@attrs.frozen
class NormWaarde:
    """A value of a norm; ``van`` is its first day, ``None`` for "always so far"."""

    van: date | None
    waarde: int | Venster


@final
@attrs.frozen
class NormOpFoto:
    """A norm that a foto went by, with its dated values."""

    id: NormId
    waarden: tuple[NormWaarde, ...]
    herkomst: Herkomst


@final
@attrs.frozen
class RegelOpFoto:
    """A rule that ran, and how its failing counted: only ``fout`` decides the outcome of a question."""

    regel: Regelcode
    kind: Kind


@final
@attrs.frozen
class NietUitgevoerd:
    """A rule that did not run."""

    regel: Regelcode
    reden: WaaromNiet


@final
@attrs.frozen
class Vervanging:
    """
    Which foto a correction replaces, and why.

    Attributes:
        foto: The id of the foto that is replaced.
        digest: The digest of that foto, so that no other can be meant.
        reden: Why.

    """

    foto: FotoId
    digest: Digest
    reden: Reden


_ORDER: Final = {question.code: at for at, question in enumerate(QUESTIONS)}


def _is_ordered(foto: Foto) -> bool:
    """Say whether the order of the counts tells nothing, and no place has two of one kind."""
    cellen, marges = (
        [(_ORDER[cel.vraag], cel.instelling, cel.domein) for cel in cels] for cels in (foto.cellen, foto.marges)
    )
    regels = [(_ORDER[one.vraag], one.regel, one.instelling, one.domein) for one in foto.regels]
    return (
        all(keys == sorted(set(keys)) for keys in (cellen, marges))
        and regels == sorted(set(regels))
        and not set(cellen) & set(marges)
    )


def _ran_on(_: object, field: "attrs.Attribute[date]", value: date) -> None:
    if type(value) is not date:
        raise ValueError(f"{field.name} must be a day.")


@final
@attrs.frozen(kw_only=True)
class Fotobestand:
    """
    What stands in the file of a foto.

    Attributes:
        id: Its name.
        foto: The counts.
        gemaakt_op: Day on which it was made, given by its maker; not before the peildatum.
        library_version: Version of this library.
        rule_set_version: Version of the rules.
        rule_set_digest: Digest of every declaration.
        norms: The norms behind the rules that ran.
        regels: The rules that ran, in rule order.
        niet_uitgevoerd: The rules that did not.
        vorige: Digest of the foto made before this one under the same policy; ``None`` for the first.
        vervangt: For a correction: which foto it replaces.

    Raises:
        ValueError: when name, day and correction do not fit each other.

    """

    id: FotoId
    foto: Foto
    gemaakt_op: date = attrs.field(validator=_ran_on)
    library_version: Versie
    rule_set_version: Versie
    rule_set_digest: Digest
    norms: tuple[NormOpFoto, ...]
    regels: tuple[RegelOpFoto, ...]
    niet_uitgevoerd: tuple[NietUitgevoerd, ...]
    vorige: Digest | None = None
    vervangt: Vervanging | None = None

    def __attrs_post_init__(self) -> None:
        if self.id.dag != self.foto.peildatum.isoformat():
            raise ValueError("A foto is named after its peildatum.")
        if self.gemaakt_op < self.foto.peildatum:
            raise ValueError("A foto knows what is known on its peildatum, so it is not made before that day.")
        if (self.id.correctie > 0) != (self.vervangt is not None):
            raise ValueError("A correction has a number and names what it replaces; another foto has neither.")
        if self.vervangt is not None and (
            self.vervangt.foto.dag != self.id.dag or self.vervangt.foto.correctie >= self.id.correctie
        ):
            raise ValueError("A correction replaces an earlier foto of the same peildatum.")
        if self.vervangt is not None and self.vorige is None:
            raise ValueError("A correction is never the first foto.")
        if not _is_ordered(self.foto):
            raise ValueError("Counts stand in the order of question and place, each once: another order could tell.")

    @property
    def is_current(self) -> bool:
        """Whether the library that reads this holds the same version and declarations as the one that made it."""
        return self.library_version == __version__ and self.rule_set_digest == _rule_set()


@cache
def _rule_set() -> Digest:
    return Digest(f"sha256:{catalogue_digest()}")


def _norms(settings: Settings) -> tuple[NormOpFoto, ...]:
    used = dict.fromkeys(
        norm.id
        for question in settings.questions
        if question.number is not None
        for rule in question.rules
        for norm in rule.norms
    )
    return tuple(
        NormOpFoto(
            NormId(name),
            tuple(NormWaarde(value.van, value.value) for value in settings.norms[name].values),
            Herkomst.OPGEGEVEN if name in settings.given else Herkomst.BIBLIOTHEEK,
        )
        for name in used
    )


def _not_run(settings: Settings) -> tuple[NietUitgevoerd, ...]:
    ran = {rule.code for rule in settings.rules}
    off = set() if settings.profile is None else {one.rule for one in settings.profile.off}
    found = []
    for question in QUESTIONS:
        for rule in question.rules if question.number is not None else ():
            if rule.code in ran:
                continue
            is_open = any(settings.norms[norm.id].is_open for norm in rule.norms)
            why = WaaromNiet.NORM_ZONDER_WAARDE if is_open else WaaromNiet.NIET_GEKOZEN
            found.append(NietUitgevoerd(Regelcode(rule.code), WaaromNiet.UITGEZET if rule.code in off else why))
    return tuple(found)


def describe(
    foto: Foto,
    settings: Settings,
    *,
    gemaakt_op: date,
    correctie: int = 0,
    vorige: Digest | None = None,
    vervangt: Vervanging | None = None,
) -> Fotobestand:
    """
    Make the file of a foto.

    Counts of rules that did not run are left out: a 0 would look good.

    Args:
        foto: The counts.
        settings: Those of the judgement that was counted.
        gemaakt_op: Day on which it is made; this library reads no clock.
        correctie: Which correction of the foto of this day it is; 0 when it is none.
        vorige: Digest of the foto made before this one under the same policy.
        vervangt: For a correction: which foto it replaces, and why.

    Raises:
        ValueError: as :class:`Fotobestand`.

    """
    not_run = _not_run(settings)
    silent = {one.regel for one in not_run}
    return Fotobestand(
        id=FotoId.of(foto.peildatum, correctie),
        foto=attrs.evolve(foto, regels=tuple(one for one in foto.regels if one.regel not in silent)),
        gemaakt_op=gemaakt_op,
        library_version=Versie(__version__),
        rule_set_version=Versie(RULE_SET_VERSION),
        rule_set_digest=_rule_set(),
        norms=_norms(settings),
        regels=tuple(
            RegelOpFoto(Regelcode(rule.code), rule.kind)
            for question in settings.questions
            if question.number is not None
            for rule in question.rules
        ),
        niet_uitgevoerd=not_run,
        vorige=vorige,
        vervangt=vervangt,
    )
