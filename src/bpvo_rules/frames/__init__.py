"""The same judgement on data frames: Polars, DuckDB, pandas and PySpark; needs the extra ``frames``."""

from bpvo_rules.frames.engine import ENGINES, Engine, engine_named
from bpvo_rules.frames.judgement import FrameJudgement, judge_frames
from bpvo_rules.frames.keten import FrameKeten

__all__ = ["ENGINES", "Engine", "FrameJudgement", "FrameKeten", "engine_named", "judge_frames"]
