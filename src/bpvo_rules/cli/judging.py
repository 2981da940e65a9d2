"""Judging: from the options of a command to settings, a keten and a judgement."""

import os
import re
from argparse import Namespace
from collections.abc import Collection, Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

from bpvo_rules.cli.arguments import KEY_VARIABLE
from bpvo_rules.cli.output import Progress, watched
from bpvo_rules.cli.usage import UsageError
from bpvo_rules.errors import DeclarationError, DuplicateKeyError, EngineError, NormError, RuleSetError
from bpvo_rules.io import read_source
from bpvo_rules.io.ketendata import folder_notes, parquet_only
from bpvo_rules.io.profile import read_profile
from bpvo_rules.judge import Judge, Judgement, Result, Settings, make_settings
from bpvo_rules.judge.together import check_together
from bpvo_rules.keten import Invoerfout, Keten
from bpvo_rules.keten.invoerfout import count_per_table
from bpvo_rules.plugins import load_rule_set
from bpvo_rules.questions import NORMS, QUESTIONS
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Norm, Question
from bpvo_rules.rules.norm import parse_value

__all__ = [
    "judge_records",
    "judge_source",
    "judged",
    "known",
    "questions_of",
    "read_keten",
    "ro_key",
    "settings_of",
    "stale",
]

_SHORTEST_KEY = 16
_NAME = re.compile(r"[a-z_]{1,60}", re.ASCII)


def known(say: Say, what: tuple[str, str], names: Iterable[str], existing: Collection[str]) -> None:
    """
    Refuse names that do not exist, and name those that do.

    Raises:
        UsageError: for the first name that is not among the existing ones.

    """
    for name in names:
        if name not in existing:
            # What does not look like a name may be anything, also a key, and is not repeated.
            shown = f" {name}" if _NAME.fullmatch(name) else ""
            listed = ", ".join(existing)
            raise UsageError(
                say(
                    f"{what[0]}{shown} bestaat niet; er zijn: {listed}.",
                    f"{what[1]}{shown} does not exist; there are: {listed}.",
                )
            )


def questions_of(options: Namespace, say: Say) -> tuple[Question, ...]:
    """
    Give our questions, and behind them those of the rule sets that were asked for by name.

    Raises:
        UsageError: for a rule set that cannot be used, or not together with the other rules.

    """
    questions = QUESTIONS
    for name in dict.fromkeys(options.rule_set):
        try:
            loaded = load_rule_set(name)
        except RuleSetError as error:
            raise UsageError(_unusable(error, say)) from None
        taken = {code for question in questions for code in _codes(question)}
        twice = [code for question in loaded for code in _codes(question) if code in taken]
        if twice:
            raise UsageError(
                say(
                    f"regelset {name} kan er niet bij: de code {twice[0]} is al van een andere vraag of regel.",
                    f"rule set {name} cannot be added: another question or rule has the code {twice[0]} already.",
                )
            )
        questions += loaded
        try:
            check_together(questions)
        except DeclarationError as error:
            # What is wrong in it is for its author, who reads English as every author of rules does.
            raise UsageError(
                say(f"regelset {name} kan er niet bij: {error}", f"rule set {name} cannot be added: {error}")
            ) from None
    return questions


def _codes(question: Question) -> tuple[str, ...]:
    return (question.code, *(rule.code for rule in question.rules))


def _unusable(error: RuleSetError, say: Say) -> str:
    """Say why a rule set cannot be used; a name that may be anything is not repeated."""
    name = f" {error.name}" if _NAME.fullmatch(error.name) else ""
    there = error.detail or say("geen", "none")
    why = {
        "absent": say(
            f"is niet geïnstalleerd; geïnstalleerd zijn: {there}", f"is not installed; installed are: {there}"
        ),
        "several": say(f"staat in meer pakketten: {error.detail}", f"is in several packages: {error.detail}"),
        "broken": say(f"is niet te importeren ({error.detail})", f"cannot be imported ({error.detail})"),
        "strange": say("bevat geen vragen", "holds no questions"),
    }[error.problem]
    return f"{say('regelset', 'rule set')}{name} {why}."


def settings_of(options: Namespace, say: Say) -> Settings:
    """
    Work out which rules run, and with which norms.

    Raises:
        UsageError: as :func:`questions_of`, for a name that does not exist, a value that does not fit its norm,
            or when no rule is left to run.
        SourceError: for a profile that cannot be read.

    """
    profile = None if options.profile is None else read_profile(options.profile)
    questions = questions_of(options, say)
    known(say, ("vraag", "question"), options.question or (), [question.code for question in questions])
    rules = [rule.code for question in questions for rule in question.rules]
    known(say, ("regel", "rule"), options.rule or (), rules)
    norms = {norm.id: norm for norm in NORMS}
    norms |= {norm.id: norm for question in questions for rule in question.rules for norm in rule.norms}
    known(say, ("norm", "norm"), [name for name, _ in options.norm], list(norms))
    if len(dict(options.norm)) < len(options.norm):
        raise UsageError(say("een norm is twee keer gegeven.", "a norm is given twice."))
    values = list(options.norm)
    if profile is not None:
        in_profile = [*(s.rule for s in profile.kinds), *(s.rule for s in profile.off)]
        known(say, ("regel (in het profiel)", "rule (in the profile)"), in_profile, rules)
        names = [s.norm for s in profile.norms]
        known(say, ("norm (in het profiel)", "norm (in the profile)"), names, list(norms))
        values += [(s.norm, s.value) for s in profile.norms]
    for name, value in values:
        _check_value(say, norms[name], value)
    age = {} if options.norm_age is None else {"norm_age_days": options.norm_age}
    settings = make_settings(
        questions=questions,
        only_questions=options.question,
        only_rules=options.rule,
        norms=dict(options.norm),
        profile=profile,
        strict=options.strict,
        **age,
    )
    if not settings.rules:
        why = {say.text(n.reason) for n in settings.not_run if n.reason.en != "not chosen"}
        reason = f" ({'; '.join(sorted(why))})" if why else ""
        raise UsageError(say(f"er blijft geen regel over{reason}.", f"no rule is left to run{reason}."))
    return settings


def _check_value(say: Say, norm: Norm, value: Any) -> None:
    try:
        parse_value(norm, value)
    except NormError:
        if str(norm.unit) == "venster":
            form = "'altijd', 'ma-vr 08:00-18:00, za 09:00-13:00'"
        else:
            least = next(n for n in (0, 1) if _fits(norm, n))
            form = say(f"een geheel getal van ten minste {least}", f"a whole number of at least {least}")
        raise UsageError(
            say(f"norm {norm.id} ({norm.unit}) vraagt: {form}.", f"norm {norm.id} ({norm.unit}) needs: {form}.")
        ) from None


def _fits(norm: Norm, value: int) -> bool:
    try:
        parse_value(norm, value)
    except NormError:
        return False
    return True


def ro_key(options: Namespace, say: Say) -> bytes | None:
    """
    Give the key for the pseudonyms of an RO, from a file or from the environment; ``None`` without one.

    Raises:
        UsageError: when it is too short to be a secret.

    """
    path: Path | None = options.ro_key_file
    if path is None:
        key = os.environ.get(KEY_VARIABLE, "").encode("utf-8", "surrogateescape").strip()
        if not key:
            return None
    else:
        key = path.read_bytes().strip()
    if len(key) < _SHORTEST_KEY:
        raise UsageError(
            say(
                f"de sleutel voor pseudoniemen moet ten minste {_SHORTEST_KEY} bytes lang zijn.",
                f"the key for pseudonyms must be at least {_SHORTEST_KEY} bytes long.",
            )
        )
    return key


def read_keten(options: Namespace, say: Say, progress: Progress) -> Keten:
    """
    Read the source that a command names.

    Raises:
        SourceError: when it cannot be read.
        UsageError: when more of its rows are unreadable than was allowed.

    """
    keten = read_source(
        options.source, register=options.register, ro_key=ro_key(options, say), progress=progress.reading
    )
    _check_invoerfouten(keten.invoerfouten, options, say)
    return keten


def _check_invoerfouten(found: Collection[Invoerfout], options: Namespace, say: Say) -> None:
    """Stop when more rows are unreadable than was allowed: what comes out would be about too little."""
    counted = count_per_table(found)
    number, allowed = sum(counted.values()), options.max_invoerfouten
    if allowed is not None and number > allowed:
        tables = ", ".join(f"{table} {rows}" for table, rows in counted.items())
        raise UsageError(
            say(
                f"niet te lezen rijen: {number} ({tables}), waar hoogstens {allowed} mocht; niets is beoordeeld."
                f" De eerste: {next(iter(found))}.",
                f"unreadable rows: {number} ({tables}), where at most {allowed} was allowed; nothing was judged."
                f" The first: {next(iter(found))}.",
            )
        )


def judge_source(options: Namespace, say: Say) -> Result:
    """
    Read and judge the source that a command names.

    Raises:
        UsageError: as :func:`settings_of`, in strict mode for a norm that was checked too long ago, and when more
            rows are unreadable than was allowed.
        SourceError: when it cannot be read.
        EngineError: when the engine cannot judge it, or (EngineMissingError) is not installed.

    """
    settings = settings_of(options, say)
    # Before anything is read: who asks in a wrong way should not wait for the answer.
    stale(settings, options, say)
    with watched(say, quiet=options.quiet) as progress:
        return judged(settings, options, say, progress)


def judge_records(options: Namespace, say: Say) -> Judgement:
    """Read and judge as :func:`judge_source` does, always with the reference: it can explain what it says."""
    settings = settings_of(options, say)
    stale(settings, options, say)
    with watched(say, quiet=options.quiet) as progress:
        return _reference(settings, read_keten(options, say, progress), options, progress)


def judged(settings: Settings, options: Namespace, say: Say, progress: Progress) -> Result:
    """Read a source and judge it with the engine that was asked for."""
    if options.engine == "reference":
        return _reference(settings, read_keten(options, say, progress), options, progress)
    try:
        # An extra, and only imported when it is asked for.
        frames = import_module("bpvo_rules.frames")
    except ImportError:
        raise UsageError(
            say(
                f"--engine {options.engine} vraagt de extra 'frames': installeer bpvo-rules[frames].",
                f"--engine {options.engine} needs the extra 'frames': install bpvo-rules[frames].",
            )
        ) from None
    engine = frames.engine_named(options.engine)
    found: Result
    if parquet_only(options.source):
        # Rows with one key, or a column of another type: a reader of files keeps what it can and counts the rest.
        with suppress(DuplicateKeyError, EngineError):
            keten = frames.FrameKeten.lees(options.source, engine)
            keten = attrs.evolve(keten, opmerkingen=(*folder_notes(options.source), *keten.opmerkingen))
            _check_invoerfouten(keten.invoerfouten, options, say)
            found = frames.judge_frames(keten, settings=settings, **_about(options))
            return found
    keten = frames.FrameKeten.uit(read_keten(options, say, progress), engine)
    found = frames.judge_frames(keten, settings=settings, **_about(options))
    return found


def _about(options: Namespace) -> dict[str, Any]:
    """Give the dates and the perspectief that were asked for; a foto has no choice in the last two."""
    names = ("peildatum", "kennisdatum", "perspectief")
    return {name: value for name in names if (value := getattr(options, name, None)) is not None}


def _reference(settings: Settings, keten: Keten, options: Namespace, progress: Progress) -> Judgement:
    return Judge(settings).keten(keten, progress=progress.judging, **_about(options))


def stale(settings: Settings, options: Namespace, say: Say) -> tuple[str, ...]:
    """Give the norms past their age; in strict mode that is a UsageError."""
    try:
        return settings.stale_norms(options.peildatum)
    except NormError:
        days = settings.norm_age_days
        raise UsageError(
            say(
                f"strikt: de bron van een norm is op de peildatum langer dan {days} dagen geleden nagekeken.",
                f"strict: the source of a norm was last checked more than {days} days before the peildatum.",
            )
        ) from None
