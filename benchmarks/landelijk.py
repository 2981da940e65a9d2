"""
A country judged on one machine: this library's engines, and the same rules written by hand in DuckDB SQL and in Polars.

The rules compared are :data:`RULES`. Who adds a rule to the library need not write it here; who writes one here, writes
it in both languages and names it there.

Run `PYTHONPATH=. python benchmarks/landelijk.py FOLDER [REPEATS [NAME ...]]` on a folder of `landelijk_data.py`. Each
contender reads the tables from Parquet, works out those rules for every subject and writes every outcome to Parquet, in
a process of its own; they take turns, and the least of the repeats counts. Their counts per rule must be the same.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

PEILDATUM = date(2019, 7, 1)
RULES = (
    # bpvo_erkend_leerbedrijf
    "leerbedrijf_bekend",
    "erkend_bij_aanvang",
    "erkend_gedurende_looptijd",
    "erkenning_dekt_planning",
    # keuzedeel_erkend_leerbedrijf
    "keuzedeel_leerbedrijf_bekend",
    "keuzedeel_erkend_bij_aanvang",
    "keuzedeel_erkend_gedurende_looptijd",
    "keuzedeel_geldig",
    # bpvo_tijdig
    "tijdig_bij_duo",
    "tijdig_bij_sbb",
    "wijziging_tijdig_bij_duo",
    "terugkoppeling_tijdig",
    "levering_geaccepteerd",
    # white_label_beschikbaar
    "white_label_antwoordt",
    # erkenning_tijdig
    "besluit_tijdig",
    "besluit_overschrijding_gemotiveerd",
    "kennisgeving_tijdig",
    # stagefonds_registratie
    "stagefonds_inschrijving",
    "stagefonds_instelling",
    "stagefonds_leerweg",
    "stagefonds_categorie",
    "stagefonds_periode",
    "stagefonds_omvang",
    "stagefonds_leerbedrijf",
    "stagefonds_tweede_erkenning",
    "omvang_aannemelijk",
    "einddatum_niet_in_toekomst",
    "einddatum_geregistreerd",
    "geen_dubbele_bpvo",
    # registratie
    "verplichte_gegevens",
    "een_grondslag",
)
"""The rules that are written by hand as well; only these are judged, so that all contenders do the same work."""
Counts = dict[str, list[int]]


def by_engine(name: str) -> Callable[[Path, Path], Counts]:
    """Judge with an engine of this library."""

    def judge(folder: Path, output: Path) -> Counts:
        frames = import_module("bpvo_rules.frames")
        settings = import_module("bpvo_rules.judge").make_settings(only_rules=RULES)
        keten = frames.FrameKeten.lees(folder, name)
        judgement = frames.judge_frames(keten, peildatum=PEILDATUM, settings=settings)
        judgement.write_all_outcomes(output)
        steps = {step: round(seconds, 3) for step, seconds in judgement.run.times.items()}
        rules = sum(seconds or 0 for seconds in judgement.seconds.values())
        print(json.dumps({"steps": steps, "rules": round(rules, 3)}), file=sys.stderr)
        return {rule: list(counts.values()) for rule, counts in judgement.counts.items()}

    return judge


def by_hand(name: str) -> Callable[[Path, Path], Counts]:
    """Judge with rules that were written by hand."""

    def judge(folder: Path, output: Path) -> Counts:
        module = import_module(f"benchmarks.landelijk_{name}")
        found = module.judge(folder, output, PEILDATUM)
        return {rule: [counts.get(number, 0) for number in range(4)] for rule, counts in found.items()}

    return judge


CONTENDERS: dict[str, Callable[[Path, Path], Counts]] = {
    "polars engine": by_engine("polars"),
    "polars by hand": by_hand("polars"),
    "duckdb engine": by_engine("duckdb"),
    "duckdb by hand": by_hand("duckdb"),
}


def run_one(name: str, folder: Path) -> None:
    """Run one contender in this process and print what it took."""
    with tempfile.TemporaryDirectory() as output:
        start = time.perf_counter()
        counts = CONTENDERS[name](folder, Path(output))
        wall = time.perf_counter() - start
        written = sum(path.stat().st_size for path in Path(output).rglob("*.parquet"))
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "mb": used.ru_maxrss // 1024,
        "written": written,
        "counts": counts,
    }
    print(json.dumps(told))


def main(folder: Path, repeats: int, names: list[str]) -> None:
    """Let the contenders take turns and compare them."""
    best: dict[str, dict[str, Any]] = {}
    for _ in range(repeats):
        for name in names:
            command = [sys.executable, __file__, "--one", name, str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very file
            found = json.loads(done.stdout.splitlines()[-1])
            if name not in best or found["wall"] < best[name]["wall"]:
                best[name] = {**found, "steps": done.stderr.strip()}
    first = best[names[0]]
    for name, found in best.items():
        wrong = [rule for rule, counts in first["counts"].items() if found["counts"].get(rule) != counts]
        agrees = "same counts" if not wrong else f"OTHER COUNTS in {', '.join(wrong)}"
        ratio = found["wall"] / first["wall"]
        print(
            f"{name:<16} {found['wall']:6.1f} s  {found['cpu']:6.1f} s of CPU  {found['mb']:>5} MB"
            f"  x{ratio:4.2f}  {found['written'] // 1_000_000:>4} MB written  {agrees}"
        )
        if found["steps"].startswith("{"):
            print(f"  {found['steps']}")


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        run_one(sys.argv[2], Path(sys.argv[3]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3, sys.argv[3:] or list(CONTENDERS))
