"""The same judgement on data frames: Polars, DuckDB, pandas and PySpark; needs the extra ``frames``."""

from bpvo_rules.frames import telling as _telling  # so that a foto can be counted of frames
from bpvo_rules.frames.engine import ENGINES, Engine, engine_named
from bpvo_rules.frames.judgement import FrameJudgement, judge_frames
from bpvo_rules.frames.keten import FrameKeten
from bpvo_rules.frames.run import ID, Need, Run, Stage

__all__ = [
    "ENGINES",
    "ID",
    "Engine",
    "FrameJudgement",
    "FrameKeten",
    "Need",
    "Run",
    "Stage",
    "engine_named",
    "judge_frames",
]
