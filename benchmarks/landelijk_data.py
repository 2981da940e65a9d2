"""
A country of any size, in Parquet: a simulated chain of 100,000 BPVO's, repeated as other schools and companies.

Run `python benchmarks/landelijk_data.py FOLDER [BPVOS]`; about a million BPVO's take half a minute and 3 GB.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import polars as pl

from bpvo_rules.io import write_ketendata
from bpvo_rules.simulate import simulate

ONCE = 100_000
SCHOOLS = 60
REFERENCE = ("opleidingen", "equivalenten", "keuzedelen", "white_label_onderhoud")
"""Tables that are the same for every school."""


def renamed(brin: pl.Expr, copy: int) -> pl.Expr:
    """Give a school another number: the letters of the copy in place of its own."""
    letters = f"{chr(65 + copy // 26)}{chr(65 + copy % 26)}"
    return brin.replace_strict({f"{at:02d}": f"{at:02d}{letters}" for at in range(100)}, return_dtype=pl.String)


def copied(table: pl.DataFrame, name: str, copy: int, schools: dict[str, str], companies: pl.DataFrame) -> pl.DataFrame:
    """Give a copy of a table about other schools, companies and requests."""
    if name == "white_label_metingen" and copy:
        # A national measurement was made once.
        table = table.filter(pl.col("brin").is_not_null())
    if "brin" in table.columns:
        table = table.with_columns(renamed(pl.col("brin").replace_strict(schools, default=None), copy).alias("brin"))
    if "leerbedrijf_id" in table.columns:
        numbers = companies.with_columns(
            (pl.col("number") * 100 + copy + 100_000_000).cast(pl.String).alias("other")
        ).select("leerbedrijf_id", "other")
        table = table.join(numbers, on="leerbedrijf_id", how="left", maintain_order="left")
        table = table.with_columns(pl.col("other").alias("leerbedrijf_id")).drop("other")
    if "aanvraag_id" in table.columns:
        table = table.with_columns(pl.col("aanvraag_id") + f"-{copy}")
    return table


def make(folder: Path, bpvos: int) -> None:
    """Write the tables of about so many BPVO's."""
    simulatie = simulate(seed=1, instellingen=SCHOOLS, bpvos=min(bpvos, ONCE))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as once:
        write_ketendata(simulatie.keten, Path(once), form="parquet")
        tables = {path.stem: pl.read_parquet(path) for path in sorted(Path(once).glob("*.parquet"))}
        for name in REFERENCE:
            shutil.copy(Path(once) / f"{name}.parquet", folder)
    brins = sorted({brin for t in tables.values() if "brin" in t.columns for brin in t["brin"].drop_nulls()})
    schools = {brin: f"{at:02d}" for at, brin in enumerate(brins)}
    columns = [t["leerbedrijf_id"] for t in tables.values() if "leerbedrijf_id" in t.columns]
    companies = pl.concat(columns).drop_nulls().unique().sort().to_frame().with_row_index("number")
    companies = companies.with_columns(pl.col("number").cast(pl.Int64))
    copies = max(1, round(bpvos / ONCE))
    for name, table in tables.items():
        if name not in REFERENCE:
            parts = [copied(table, name, copy, schools, companies) for copy in range(copies)]
            pl.concat(parts).write_parquet(folder / f"{name}.parquet")
    print(f"{folder}: {copies} copies; peildatum {simulatie.peildatum}")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
