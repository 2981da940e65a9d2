"""
The rules that libraries for checking tables can express, against pandera, dataframely and pointblank, all on Polars.

Run `PYTHONPATH=. python benchmarks/validators.py FOLDER [REPEATS [NAME ...]]` on a folder of `landelijk_data.py`, after
`pip install 'pandera[polars]' dataframely pointblank`: the library itself does not need them.

These libraries say of the rows of a table which ones fail (and some of them of groups of rows, or of keys in another
table). They do not make BPVO's of deliveries, know what was known on a day, or cover a period with recognitions, and
what a rule cannot decide they let pass or fail, without a reason. So they get two tables made beforehand by this
library: the BPVO's that exist, with whether they are of the Stagefonds as a column, and the deliveries with the answer
as far as it was known. On those they check the ten rules that need no more. This library gets what it always gets, the
folder, and makes the BPVO's itself; the other way round it cannot take the two tables.

Every contender finds all failing rows, in a process of its own; they take turns, and the least of the repeats counts.
The numbers of failing rows must be the same for every rule.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

PEILDATUM = date(2019, 7, 1)
TERMIJN_AANLEVERING = 7
TERMIJN_TERUGKOPPELING = 14
UREN_PER_WEEK = 40
PREPARE = "prepare"

BPVO_RULES = (
    "stagefonds_periode",
    "stagefonds_omvang",
    "omvang_aannemelijk",
    "einddatum_niet_in_toekomst",
    "einddatum_geregistreerd",
    "verplichte_gegevens",
    "een_grondslag",
)
UITWISSELING_RULES = ("wijziging_tijdig_bij_duo", "terugkoppeling_tijdig", "levering_geaccepteerd")

KEY = ("brin", "student", "inschrijvingvolgnummer", "volgnummer")
DAYS = {
    "bpvo": ("afsluitdatum", "begindatum", "einddatum_gepland", "einddatum_werkelijk"),
    "uitwisseling": ("ontstaan_op", "ontvangen_duo_op", "teruggekoppeld_op"),
}
OTHERS = {
    "bpvo": ("omvang", "leerbedrijf_id", "opleidingcode", "keuzedeelcode", "in_stagefonds"),
    "uitwisseling": ("volgorde", "soort", "uitkomst"),
}

Failing = dict[str, int]
Steps = dict[str, float]
Work = Callable[[Path, Path, Steps], Failing]
"""
Takes the folder of the keten and the folder of the two tables; gives the number of failing rows per rule, and tells
what its steps took.
"""


def prepare(folder: Path, flat: Path) -> None:
    """Write the two tables that the others check."""
    frames, questions = import_module("bpvo_rules.frames"), import_module("bpvo_rules.questions")
    pl = import_module("polars")
    judgement = frames.judge_frames(
        frames.FrameKeten.lees(folder, "polars"), peildatum=PEILDATUM, only_rules=[*BPVO_RULES, *UITWISSELING_RULES]
    )
    listed = ("stagefondslijst_van_kracht", "opleiding_op_stagefondslijst")
    in_stagefonds = pl.all_horizontal(pl.col("grondslag") == "opleiding", *map(pl.col, listed))
    for name, subject in (("bpvo", questions.BPVO), ("uitwisseling", questions.UITWISSELING)):
        table = judgement.run.engine.native(judgement.parts[subject].frame).lazy()
        if name == "bpvo":
            table = table.with_columns(in_stagefonds=in_stagefonds)
        days = (pl.col(day).cast(pl.Int32).cast(pl.Date) for day in DAYS[name])
        table.select(*KEY, *OTHERS[name], *days).sink_parquet(flat / f"{name}.parquet")


def checks(pl: Any) -> dict[str, dict[str, Any]]:
    """
    Give per table and rule what must hold for a row, as a Polars expression: each of the three libraries takes those.

    A row fails when its rule is surely about it and surely not met. Polars reads comparisons with nothing as the rules
    do, so that what cannot be decided comes out as nothing.
    """
    col, peildatum = pl.col, pl.lit(PEILDATUM)
    begin, gepland, werkelijk = col("begindatum"), col("einddatum_gepland"), col("einddatum_werkelijk")
    omvang, in_stagefonds = col("omvang"), col("in_stagefonds")
    grondslag = col("opleidingcode").is_not_null() | col("keuzedeelcode").is_not_null()
    received, answered = col("ontvangen_duo_op"), col("teruggekoppeld_op")
    last_day_answer = received + pl.duration(days=TERMIJN_TERUGKOPPELING)
    # What is not there yet is too late only once its last day has come.
    not_too_late = pl.when(last_day_answer <= peildatum).then(pl.lit(value=False))
    return {
        "bpvo": {
            "stagefonds_periode": ~in_stagefonds | ((begin <= gepland) & (werkelijk.is_null() | (begin <= werkelijk))),
            "stagefonds_omvang": ~in_stagefonds | (omvang.is_not_null() & (omvang > 0)),
            "omvang_aannemelijk": ~(in_stagefonds & (begin <= gepland))
            | (omvang * 7 <= UREN_PER_WEEK * ((gepland - begin).dt.total_days() + 1)),
            "einddatum_niet_in_toekomst": ~in_stagefonds | werkelijk.is_null() | (werkelijk <= peildatum),
            "einddatum_geregistreerd": ~(in_stagefonds & (gepland < peildatum)) | werkelijk.is_not_null(),
            "verplichte_gegevens": col("afsluitdatum").is_not_null()
            & begin.is_not_null()
            & gepland.is_not_null()
            & col("leerbedrijf_id").is_not_null()
            & grondslag,
            "een_grondslag": col("opleidingcode").is_null() | col("keuzedeelcode").is_null(),
        },
        "uitwisseling": {
            "wijziging_tijdig_bij_duo": (col("soort") != "wijziging")
            | (received <= col("ontstaan_op") + pl.duration(days=TERMIJN_AANLEVERING)),
            "terugkoppeling_tijdig": pl.when(answered.is_not_null())
            .then(answered <= last_day_answer)
            .otherwise(not_too_late),
            "levering_geaccepteerd": answered.is_null() | (col("uitkomst") == "geaccepteerd"),
        },
    }


def read(pl: Any, flat: Path, name: str, steps: Steps) -> Any:
    """Read one of the two tables."""
    start = time.perf_counter()
    table = pl.read_parquet(flat / f"{name}.parquet")
    steps["reading"] = steps.get("reading", 0.0) + time.perf_counter() - start
    return table


# ---- the contenders: each gives its work when its imports are done


def this_library(*, deliveries_only: bool) -> Work:
    """Judge with the engine on Polars: the whole folder, or only the table that these rules read."""
    frames, questions = import_module("bpvo_rules.frames"), import_module("bpvo_rules.questions")
    pl, outcome = import_module("polars"), import_module("bpvo_rules.rules").Outcome

    def work(folder: Path, _: Path, steps: Steps) -> Failing:
        if deliveries_only:
            keten = frames.FrameKeten.van({"uitwisselingen": pl.scan_parquet(folder / "uitwisselingen.parquet")})
        else:
            keten = frames.FrameKeten.lees(folder, "polars")
        judgement = frames.judge_frames(keten, peildatum=PEILDATUM, only_rules=[*BPVO_RULES, *UITWISSELING_RULES])
        found: Failing = {}
        for subject, rules in ((questions.BPVO, BPVO_RULES), (questions.UITWISSELING, UITWISSELING_RULES)):
            shown = judgement.outcomes(subject, words=False).lazy()
            rows = shown.filter(pl.any_horizontal(pl.col(rule) == 1 for rule in rules)).collect()
            found |= {rule: int((rows[rule] == 1).sum()) for rule in rules}
        assert all(judgement.counts[rule][outcome.NOT_MET] == number for rule, number in found.items())
        for step, seconds in judgement.run.times.items():
            name = step.partition(": ")[2]
            steps[name] = steps.get(name, 0.0) + seconds
        return found

    return work


def plain_polars() -> Work:
    """Filter the two tables by the same expressions, with nothing around it."""
    pl = import_module("polars")

    def work(_: Path, flat: Path, __: Steps) -> Failing:
        found: Failing = {}
        for name, rules in checks(pl).items():
            fails = {rule: (~check).fill_null(value=False) for rule, check in rules.items()}
            rows = pl.scan_parquet(flat / f"{name}.parquet").with_columns(**fails).filter(pl.any_horizontal(*fails))
            failing = rows.collect(engine="streaming")
            found |= {rule: int(failing[rule].sum()) for rule in rules}
        return found

    return work


def pandera() -> Work:
    """Check with a schema per table; lazy, so that it tells every failure and not only the first."""
    pl, pa = import_module("polars"), import_module("pandera.polars")
    errors = import_module("pandera.errors")

    def check(name: str, rule: Any) -> Any:
        # `ignore_na`, its default, lets pass what cannot be decided.
        return pa.Check(lambda data: data.lazyframe.select(rule), name=name)

    def work(_: Path, flat: Path, steps: Steps) -> Failing:
        found: Failing = {}
        for name, rules in checks(pl).items():
            table = read(pl, flat, name, steps)
            columns = {column: pa.Column(dtype, nullable=True) for column, dtype in table.schema.items()}
            schema = pa.DataFrameSchema(columns, checks=[check(code, rule) for code, rule in rules.items()])
            try:
                schema.validate(table, lazy=True)
            except errors.SchemaErrors as raised:
                cases = raised.failure_cases
                found |= dict(cases.group_by("check").len().iter_rows())
        return {rule: found.get(rule, 0) for rule in (*BPVO_RULES, *UITWISSELING_RULES)}

    return work


def dataframely() -> Work:
    """Filter with a schema per table, which gives the good rows and those that fail."""
    pl, dy = import_module("polars"), import_module("dataframely")
    kinds = {pl.String: dy.String, pl.Int64: dy.Int64, pl.Boolean: dy.Bool, pl.Date: dy.Date}

    def schema_of(name: str, table: Any, rules: Mapping[str, Any]) -> Any:
        columns = {column: kinds[dtype](nullable=True) for column, dtype in table.collect_schema().items()}
        made = {code: dy.rule()(lambda _, rule=rule: rule) for code, rule in rules.items()}
        return types.new_class(name, (dy.Schema,), exec_body=lambda body: body.update({**columns, **made}))

    def work(_: Path, flat: Path, __: Steps) -> Failing:
        found: Failing = {}
        for name, rules in checks(pl).items():
            # It lets pass what cannot be decided. Lazy, which is faster here than a table that was read before.
            table = pl.scan_parquet(flat / f"{name}.parquet")
            _, failure = schema_of(name, table, rules).filter(table).collect_all(engine="streaming")
            found |= failure.counts()
        return {rule: found.get(rule, 0) for rule in (*BPVO_RULES, *UITWISSELING_RULES)}

    return work


def pointblank() -> Work:
    """Interrogate each table, a step per rule."""
    pl, pb = import_module("polars"), import_module("pointblank")

    def work(_: Path, flat: Path, steps: Steps) -> Failing:
        found: Failing = {}
        for name, rules in checks(pl).items():
            table = read(pl, flat, name, steps)
            plan = pb.Validate(table)
            for check in rules.values():
                # Here nothing fails unless it is said that it does not.
                plan = plan.col_vals_expr(check.fill_null(value=True))
            # As of the others, all failing rows are asked, and not a copy of the whole table for each step.
            plan = plan.interrogate(collect_tbl_checked=False, extract_limit=len(table))
            failed = plan.n_failed()
            found |= {rule: int(failed[at]) for at, rule in enumerate(rules, start=1)}
        return found

    return work


CONTENDERS: dict[str, Callable[[], Work]] = {
    "bpvo_rules": partial(this_library, deliveries_only=False),
    "bpvo_rules, 1 table": partial(this_library, deliveries_only=True),
    "plain polars": plain_polars,
    "dataframely": dataframely,
    "pandera": pandera,
    "pointblank": pointblank,
}


def run_one(name: str, folder: Path, flat: Path) -> None:
    """Run one contender in this process and print what it took."""
    start = time.perf_counter()
    work = CONTENDERS[name]()
    imported, cpu = time.perf_counter(), time.process_time()
    steps: Steps = {}
    failing = work(folder, flat, steps)
    told = {
        "wall": time.perf_counter() - imported,
        "imports": imported - start,
        "cpu": time.process_time() - cpu,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "steps": {step: round(seconds, 2) for step, seconds in steps.items()},
        "failing": failing,
    }
    print(json.dumps(told))


def run_apart(*arguments: str) -> Any:
    """Run this file in a process of its own."""
    command = [sys.executable, __file__, "--one", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very file


def main(folder: Path, repeats: int, names: Iterable[str]) -> None:
    """Let the contenders take turns and compare them."""
    best: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as flat:
        run_apart(PREPARE, str(folder), flat)
        for _ in range(repeats):
            for name in names:
                done = run_apart(name, str(folder), flat)
                found = json.loads(done.stdout.splitlines()[-1])
                if name not in best or found["wall"] < best[name]["wall"]:
                    best[name] = found
    first = next(iter(best.values()))
    print(f"failing rows: {first['failing']}")
    for name, found in best.items():
        assert found["failing"] == first["failing"], f"{name}: {found['failing']}"
        print(
            f"{name:<19} {found['wall']:6.2f} s + {found['imports']:4.2f} s of imports  {found['cpu']:6.2f} s of CPU"
            f"  {found['mb']:>5} MB  x{found['wall'] / first['wall']:4.2f}  {found['steps'] or ''}"
        )


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        asked, *folders = sys.argv[2:]
        if asked == PREPARE:
            prepare(*map(Path, folders))
        else:
            run_one(asked, *map(Path, folders))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3, sys.argv[3:] or list(CONTENDERS))
