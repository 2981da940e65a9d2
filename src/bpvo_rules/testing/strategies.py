"""
Strategies for Hypothesis: whole chains, records, and every other public type that a user may be given.

They are registered with Hypothesis as soon as it and the library are both imported, so that
``from_type(Bpvo)`` and ``st.builds`` work without an import of this module; :func:`of` gives the same by hand.
Types for which there is no strategy are in :data:`WITHOUT`, each with the reason.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

from bpvo_rules.errors import ExtraMissingError

try:
    from hypothesis import strategies as st
except ModuleNotFoundError:
    raise ExtraMissingError("testing") from None

from bpvo_rules.keten import Keten
from bpvo_rules.testing import given, taken
from bpvo_rules.testing.cells import bpvos, cells, codes, days, moments, pseudonyms, records, texts
from bpvo_rules.testing.nudge import BESIDE, boundaries, moved, places
from bpvo_rules.testing.taken import ketens, worlds
from bpvo_rules.testing.worlds import World

__all__ = [
    "STRATEGIES",
    "WITHOUT",
    "bpvos",
    "cells",
    "codes",
    "days",
    "ketens",
    "moments",
    "nudge_to_boundary",
    "of",
    "pseudonyms",
    "records",
    "register",
    "texts",
    "worlds",
]

T = TypeVar("T")

STRATEGIES: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = MappingProxyType(
    {**given.STRATEGIES, **taken.STRATEGIES, Keten: ketens, World: worlds}
)
"""Per type how its strategy is made; nothing is made before it is asked for."""

WITHOUT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "an error is raised by the library, not given to it": tuple(
            "BpvoRulesError DeclarationError DuplicateKeyError EngineDisagreementError EngineError"
            " EngineMissingError ExistingFileError ExtraMissingError FotoRefusedError InvalidCodeError"
            " InvalidRecordError LawBrokenError NormError ProgramError RegisterUnavailableError RequestError"
            " RuleSetError SolverMissingError SourceError UnknownSubjectError UnreachableError VerdictsError".split()
        ),
        "a protocol or base class: hand in your own": ("Register", "Result"),
        "holds what a form was opened with: let a Judge draft it of a Bpvo": ("Draft",),
        "works with data frames of one engine: make it of the frames that you test": (
            *("Engine", "FrameJudgement", "FrameKeten", "FrameTally", "Need", "Run", "Stage"),
        ),
        "says what was found in a folder or behind a series of fotos, for which a solver is needed": (
            *("Audit", "Bevinding", "Controle", "Gebrek", "Genomen", "Model"),
        ),
        "the inside of a judgement: the facts of one subject by their declarations": ("Facts",),
        "made for readers and other programs of meldingen, of which there are strategies": (
            *("Signaal", "Signaalparameter"),
        ),
        "says who looks at a report: write down whom you mean": ("EigenRecords", "HeleKeten", "Ketenpartij"),
    }
)
"""Names of the public types without a strategy, by the reason."""


def of(type_: type[T]) -> st.SearchStrategy[T]:
    """
    Give the strategy for a public type.

    Raises:
        KeyError: for a type that has none; see :data:`WITHOUT`.

    """
    return STRATEGIES[type_]()


def nudge_to_boundary(world: World) -> st.SearchStrategy[World]:
    """
    Give a world with one of its days moved onto a boundary, or a day beside it.

    A boundary is P, K, any other day of the chain, the last day of a term, or a day on which a rule, norm or list
    came into force. Use it as ``worlds().flatmap(nudge_to_boundary)``.
    """
    found = st.builds(
        moved,
        st.just(world),
        st.sampled_from(places(world)),
        st.sampled_from(boundaries(world)),
        st.sampled_from(BESIDE),
    )
    return found.filter(lambda one: one is not None)  # type: ignore[return-value] # None is out


def register() -> None:
    """Register every strategy with Hypothesis; done for you when both are imported, and harmless twice."""
    for type_, make in STRATEGIES.items():
        if not issubclass(type_, Enum):
            st.register_type_strategy(type_, _later(make))


def _later(make: Callable[[], st.SearchStrategy[Any]]) -> Callable[[type[Any]], st.SearchStrategy[Any]]:
    return lambda _: make()


register()
