"""The same judgement on data frames: Polars, DuckDB, pandas and PySpark; needs the extra ``frames``."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bpvo_rules.errors import ExtraMissingError

try:
    from bpvo_rules.frames.engine import ENGINES, Engine, engine_named
    from bpvo_rules.frames.judge import judge_frames
    from bpvo_rules.frames.judgement import FrameJudgement
    from bpvo_rules.frames.keten import FrameKeten
    from bpvo_rules.frames.run import ID, Need, Run, Stage

    if TYPE_CHECKING:
        from bpvo_rules.frames.telling import FrameTally
except ModuleNotFoundError as _missing:
    if _missing.name != "narwhals":
        raise
    raise ExtraMissingError("frames") from None

__all__ = [
    "ENGINES",
    "ID",
    "Engine",
    "FrameJudgement",
    "FrameKeten",
    "FrameTally",
    "Need",
    "Run",
    "Stage",
    "engine_named",
    "judge_frames",
]


def __getattr__(name: str) -> Any:
    # Fotos are read only when one is made of a judgement.
    if name == "FrameTally":
        return import_module("bpvo_rules.frames.telling").FrameTally
    raise AttributeError(f"module {__name__} has no attribute {name}")
