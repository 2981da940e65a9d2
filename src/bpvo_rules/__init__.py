"""
Rules about the data quality of BPVO's: the agreements on work placements in Dutch mbo.

Records go in, verdicts and meldingen come out; only a foto, which holds no
record, is for publication. Nothing here reads a clock, a file or the network.
"""

from bpvo_rules.judge import (
    Draft,
    Judge,
    Judgement,
    Melding,
    Register,
    Registerantwoord,
    Verdict,
    judge,
    judge_again,
    judge_bpvo,
    make_settings,
    receipt,
)
from bpvo_rules.keten import Keten, Perspectief, Stand
from bpvo_rules.model import Bpvo
from bpvo_rules.rules import Kind, Outcome, Party

__all__ = [
    "Bpvo",
    "Draft",
    "Judge",
    "Judgement",
    "Keten",
    "Kind",
    "Melding",
    "Outcome",
    "Party",
    "Perspectief",
    "Register",
    "Registerantwoord",
    "Stand",
    "Verdict",
    "judge",
    "judge_again",
    "judge_bpvo",
    "make_settings",
    "receipt",
]
