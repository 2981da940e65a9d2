"""The descriptor of a Ketendata folder: a Data Package with a Table Schema per table (datapackage.org, version 2)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from bpvo_rules.model import TABLES, Table
from bpvo_rules.model.fields import Column, Soort

__all__ = ["DESCRIPTOR", "descriptor", "sizes", "table_schema"]

DESCRIPTOR = "datapackage.json"
"""Name of the file in the folder."""

_LARGEST = 1_000_000

_TYPES: Mapping[Soort, Mapping[str, Any]] = {
    Soort.CODE: {"type": "string"},
    Soort.TEXT: {"type": "string"},
    Soort.CHOICE: {"type": "string"},
    Soort.DAY: {"type": "date"},
    # The default form of a datetime is in UTC only; a moment keeps its own offset.
    Soort.MOMENT: {"type": "datetime", "format": "any"},
    Soort.WHOLE: {"type": "integer"},
    Soort.YES_NO: {"type": "boolean", "trueValues": ["ja"], "falseValues": ["nee"]},
}


def _constraints(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.soort is Soort.CODE:
        constraints["pattern"] = f"^{column.type.SHAPE.pattern}$"
    if column.soort is Soort.CHOICE:
        constraints["enum"] = [str(word) for word in column.type]
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    return constraints


def _field(name: str, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, **_TYPES[column.soort]}
    constraints = _constraints(column)
    return {**field, "constraints": constraints} if constraints else field


def table_schema(table: Table, columns: Iterable[str] | None = None) -> dict[str, Any]:
    """
    Give the Table Schema of a table, as plain JSON values.

    Args:
        table: The table.
        columns: The columns that a file has; ``None`` for all of them.

    """
    names = list(table.columns) if columns is None else list(columns)
    schema: dict[str, Any] = {
        "fields": [_field(name, table.columns[name]) for name in names],
        "missingValues": [""],
    }
    key = [name for name in table.key if name in names]
    # The columns of a primaryKey are never empty; a key with an optional column is a unique key.
    if key and all(table.columns[name].required for name in key):
        schema["primaryKey"] = key
    elif key:
        schema["uniqueKeys"] = [key]
    return schema


_FORMS: Mapping[str, Mapping[str, Any]] = {
    "csv": {
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";"},
    },
    "parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
}


def descriptor(
    columns: Mapping[str, Sequence[str]], sizes: Mapping[str, int], form: Literal["csv", "parquet"] = "csv"
) -> dict[str, Any]:
    """
    Give the descriptor of a folder, as plain JSON values.

    Args:
        columns: The columns of each table that the folder holds.
        sizes: The size of the file of each of these tables, in bytes.
        form: The form of the tables.

    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ketendata",
        "resources": [
            {
                "name": name,
                "type": "table",
                "path": f"{name}.{form}",
                **_FORMS[form],
                "bytes": sizes[name],
                "schema": table_schema(TABLES[name], names),
            }
            for name, names in columns.items()
        ],
    }


def sizes(folder: Path) -> dict[str, int]:
    """
    Give the sizes, in bytes, that the descriptor of a folder has for its files, by their names.

    Nothing for a file that it does not describe, and nothing at all without a
    descriptor that can be read: a folder need not have one.
    """
    try:
        with (folder / DESCRIPTOR).open("rb") as handle:
            resources = json.loads(handle.read(_LARGEST))["resources"]
        found = {resource["path"]: resource["bytes"] for resource in resources if "bytes" in resource}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return {}
    return {path: size for path, size in found.items() if type(size) is int}
