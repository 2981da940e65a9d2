"""How the subjects of each type are found in frames, and their facts computed."""

from collections.abc import Callable, Mapping
from typing import Any, Final, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.frames.bpvos import KEY
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.facts_bpvo import BPVO_STAGES, OWN, bpvos_with_facts
from bpvo_rules.frames.facts_other import (
    AANVRAAG_STAGES,
    KNOWN_DAYS,
    UITWISSELING_STAGES,
    deliveries_with_facts,
    measurements,
    requests,
)
from bpvo_rules.frames.run import Run, Stage
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING
from bpvo_rules.rules import SubjectType

__all__ = ["KINDS", "SubjectKind"]


@final
@attrs.frozen(kw_only=True)
class SubjectKind:
    """
    How the subjects of a type are found, and their facts computed.

    Attributes:
        table: The table that they are in.
        subjects: Gives the frame of those that exist on the kennisdatum.
        own: The facts that those come with, besides the cells of their records.
        stages: Compute the others.
        columns: The columns that tell them apart.
        key: Gives their key as the outside knows it, as an expression.

    """

    table: str
    subjects: Callable[[Run], Frame]
    own: tuple[str, ...]
    stages: tuple[Stage, ...]
    columns: tuple[str, ...]
    key: Callable[[], Any]


def _bpvo_key() -> Any:
    return nw.concat_str(*KEY, separator="/")


def _uitwisseling_key() -> Any:
    # At once: a key within a key is a text more per row.
    return nw.format("{}/{}/{}/{}#{}", *map(nw.col, KEY), nw.col("volgorde").cast(nw.String))


def _aanvraag_key() -> Any:
    return nw.col("aanvraag_id")


def _meting_key() -> Any:
    return nw.concat_str("functie", "tijdstip", nw.col("brin").fill_null(""), separator="@")


KINDS: Final[Mapping[SubjectType, SubjectKind]] = {
    BPVO: SubjectKind(
        table="uitwisselingen", subjects=bpvos_with_facts, own=OWN, stages=BPVO_STAGES, columns=KEY, key=_bpvo_key
    ),
    UITWISSELING: SubjectKind(
        table="uitwisselingen",
        subjects=deliveries_with_facts,
        own=("teruggekoppeld_op", "uitkomst"),
        stages=UITWISSELING_STAGES,
        columns=(*KEY, "volgorde"),
        key=_uitwisseling_key,
    ),
    AANVRAAG: SubjectKind(
        table="erkenningsaanvragen",
        subjects=requests,
        own=KNOWN_DAYS,
        stages=AANVRAAG_STAGES,
        columns=("aanvraag_id",),
        key=_aanvraag_key,
    ),
    METING: SubjectKind(
        table="white_label_metingen",
        subjects=measurements,
        own=("dag", "in_venster", "in_onderhoud"),
        stages=(),
        columns=("functie", "tijdstip", "brin"),
        key=_meting_key,
    ),
}
"""Every subject type, in the order in which they are judged."""
