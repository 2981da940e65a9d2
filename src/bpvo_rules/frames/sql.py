"""
What a rule does, as SQL: for the review of a data engineer.

The SQL is made by the engine itself out of the same expression that it runs,
over a table with the facts of the subjects. It is to read, not to run in place
of this library: how facts come out of the tables is not in it.
"""

from importlib import import_module
from typing import Any, Final, Literal

import narwhals.stable.v2 as nw

from bpvo_rules.errors import ExtraMissingError
from bpvo_rules.frames.compile import Conditions
from bpvo_rules.rules import Rule, ValueType
from bpvo_rules.rules.source import OUTCOMES
from bpvo_rules.rules.term import Term

__all__ = ["DIALECTS", "Dialect", "rule_sql"]

Dialect = Literal["duckdb", "spark"]
DIALECTS: Final[tuple[Dialect, ...]] = ("duckdb", "spark")

_TYPES: Final = {ValueType.BOOL: "boolean", ValueType.DAY: "bigint", ValueType.WHOLE: "bigint"}


def rule_sql(rule: Rule, dialect: Dialect = "duckdb") -> str:
    """
    Give the outcome of a rule as SQL over a table with its facts.

    Days are whole numbers of days since 1970-01-01, and ``peildatum`` and
    ``kennisdatum`` are columns; an outcome is its place among voldoet, voldoet
    niet, niet te bepalen and niet van toepassing, from 0 on.

    Args:
        rule: The rule.
        dialect: ``duckdb``, made by DuckDB; or ``spark``, made by SQLFrame.

    Raises:
        ExtraMissingError: when what makes the SQL is not installed.

    """
    columns = {fact.name: _TYPES.get(fact.type, "varchar" if dialect == "duckdb" else "string") for fact in rule.reads}
    columns |= dict.fromkeys(_dates(rule.full_scope) | _dates(rule.requirement), "bigint")
    conditions = Conditions(peildatum=None, kennisdatum=None, not_looked_up=frozenset(), closed=())
    # SQLFrame remembers a table by its name, so each rule has one of its own.
    table = f"feiten_{rule.code}"
    outcome = conditions.outcome(rule).alias(rule.code)
    if dialect == "duckdb":
        with _module("duckdb").connect() as connection:
            listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            connection.execute(f"CREATE TABLE {table} ({listed})")
            text = nw.from_native(connection.table(table)).select(outcome).to_native().sql_query()
    else:
        text = nw.from_native(_spark(table, columns)).select(outcome).to_native().sql(dialect="spark")
    meanings = [f"-- {fact.name}: {fact.text.nl}" for fact in rule.reads]
    codes = ", ".join(f"{at} {outcome}" for at, outcome in enumerate(OUTCOMES))
    return "\n".join([f"-- {rule.code}: {rule.sentence.nl}", *meanings, f"-- {codes}", _folded(text), ""])


def _dates(term: Any) -> set[str]:
    if not isinstance(term, Term):
        return set()
    own = {term.op} if term.op in {"peildatum", "kennisdatum"} else {"kennisdatum"} if term.op == "on_time" else set()
    return own.union(*(_dates(arg) for arg in term.args))


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise ExtraMissingError("sql") from None


def _spark(table: str, columns: dict[str, str]) -> Any:
    session = _module("sqlframe.standalone").StandaloneSession()
    session.catalog.add_table(table, column_mapping=columns)
    return session.table(table)


def _folded(text: str) -> str:
    """Break the line of an engine that writes everything on one."""
    if "\n" in text:
        return text
    for word in (" FROM ", " WHEN ", " ELSE "):
        text = text.replace(word, f"\n {word.strip()} ")
    return text
