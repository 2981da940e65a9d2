"""The published JSON Schemas (draft 2020-12) of what is written as JSON."""

import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

__all__ = ["check_schema", "schema_files", "signalen_schema"]


def schema_files() -> tuple[Traversable, ...]:
    """Give the files of all schemas, sorted by name."""
    folder = resources.files("bpvo_rules.report.formats").joinpath("schemas")
    return tuple(sorted(folder.iterdir(), key=lambda file: file.name))


def _schema(name: str) -> dict[str, Any]:
    (found,) = (file for file in schema_files() if file.name == f"{name}.schema.json")
    schema: dict[str, Any] = json.loads(found.read_text("utf-8"))
    return schema


def check_schema() -> dict[str, Any]:
    """Give the schema of ``check --format json``; its ``$id`` ends in the ``format_version`` that it is for."""
    return _schema("check")


def signalen_schema() -> dict[str, Any]:
    """Give the schema of ``check --format signaal``; its ``$id`` ends in the ``format_version`` that it is for."""
    return _schema("signalen")
