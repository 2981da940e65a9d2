"""
Many requests asked as one, for an engine that takes seconds for any request: Spark.

Requests that go by the same arguments and reference tables become one chain, in which the students, companies and
erkenningsaanvragen of each have other names. No rule looks from one student or company to another, so that each is
answered as it would be by itself; that this is so is tested with the reference.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from bpvo_rules.testing.conformance import Answer, Implementation, Request

__all__ = ["groups", "together"]

_SHARED: Final = frozenset({"opleidingen", "equivalenten", "keuzedelen", "instellingen", "white_label_onderhoud"})
"""Tables that are the same for all; of the others rows are put together."""
_MARK: Final = re.compile(r"^((?:[^/]*/)?)([0-9]+)~")
_COMPANY: Final = re.compile(r"[1-9][0-9]{8}", re.ASCII)


def groups(requests: Iterable[Request]) -> list[list[Request]]:
    """Give the requests that can be asked as one together, the largest groups first."""
    found: dict[str, list[Request]] = {}
    for request in requests:
        tables = request["tables"]
        if "vraag" in request or tables.get("white_label_metingen"):
            # What is counted is the whole chain; and measurements have no student or company to be told apart by.
            alike: Any = request["id"]
        else:
            given = {name: value for name, value in request.items() if name not in {"id", "rules", "tables"}}
            alike = [given, sorted(tables), {name: tables[name] for name in sorted(_SHARED & set(tables))}]
        found.setdefault(json.dumps(alike, sort_keys=True), []).append(request)
    return sorted(found.values(), key=len, reverse=True)


def together(implementation: Implementation) -> Implementation:
    """Make an implementation answer requests that can be asked as one together."""

    def answers(requests: Iterable[Request]) -> Iterator[Answer]:
        for group in groups(requests):
            yield from implementation(group) if len(group) == 1 else _as_one(implementation, group)

    return answers


def _as_one(implementation: Implementation, group: Sequence[Request]) -> Iterator[Answer]:
    companies = count(100_000_001)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in group[0]["tables"]}
    for number, request in enumerate(group):
        ids: dict[str, str] = {}
        for name, table in request["tables"].items():
            if name not in _SHARED:
                rows[name] += [_renamed(row, number, ids, companies) for row in table]
    rows |= {name: table for name, table in group[0]["tables"].items() if name in _SHARED}
    rules = sorted({rule for request in group for rule in request["rules"]})
    (answer,) = implementation([{**group[0], "id": "samen", "rules": rules, "tables": rows}])
    found: list[list[list[str]]] = [[] for _ in group]
    for rule, subject, outcome in answer.get("verdicts", ()):
        mark = _MARK.match(subject)
        assert mark is not None, "every subject is of one request"
        number = int(mark[2])
        if rule in group[number]["rules"]:
            found[number].append([rule, _MARK.sub(r"\1", subject), outcome])
    for request, verdicts in zip(group, found, strict=True):
        yield {"id": request["id"], **({"error": answer["error"]} if "error" in answer else {"verdicts": verdicts})}


def _renamed(row: Mapping[str, Any], number: int, ids: dict[str, str], companies: Iterator[int]) -> dict[str, Any]:
    """Give the row of a request names of its own, as far as they could stand in it at all."""
    made = dict(row)
    for column in ("student", "aanvraag_id"):
        if made.get(column):
            made[column] = f"{number}~{made[column]}"
    company = made.get("leerbedrijf_id")
    if company and _COMPANY.fullmatch(company):
        if company not in ids:
            ids[company] = str(next(companies))
        made["leerbedrijf_id"] = ids[company]
    return made
