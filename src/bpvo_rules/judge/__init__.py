"""Subjects times rules: verdicts, meldingen, explanations and the receipt."""

from bpvo_rules.judge.again import judge_again
from bpvo_rules.judge.catalogue import catalogue, catalogue_digest
from bpvo_rules.judge.context import Registerantwoord
from bpvo_rules.judge.draft import BpvoCells, Draft
from bpvo_rules.judge.gevoeligheid import Flips, gevoeligheid
from bpvo_rules.judge.judge import Judge, judge, judge_bpvo
from bpvo_rules.judge.judgement import Explanation, Judgement, Progress
from bpvo_rules.judge.keys import subject_key
from bpvo_rules.judge.melding import Evidence, Melding, Verdict, melding_id
from bpvo_rules.judge.profile import KindSetting, NormSetting, OffSetting, Profile, Toelichting
from bpvo_rules.judge.receipt import receipt
from bpvo_rules.judge.register import Register
from bpvo_rules.judge.result import Failure, Result
from bpvo_rules.judge.settings import NotRun, Settings, make_settings
from bpvo_rules.judge.storing import Storing, storingen

__all__ = [
    "BpvoCells",
    "Draft",
    "Evidence",
    "Explanation",
    "Failure",
    "Flips",
    "Judge",
    "Judgement",
    "KindSetting",
    "Melding",
    "NormSetting",
    "NotRun",
    "OffSetting",
    "Profile",
    "Progress",
    "Register",
    "Registerantwoord",
    "Result",
    "Settings",
    "Storing",
    "Toelichting",
    "Verdict",
    "catalogue",
    "catalogue_digest",
    "gevoeligheid",
    "judge",
    "judge_again",
    "judge_bpvo",
    "make_settings",
    "melding_id",
    "receipt",
    "storingen",
    "subject_key",
]
