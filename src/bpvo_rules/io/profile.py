"""
The profile of a caller as a TOML file.

    naam = "ROC Voorbeeld"
    datum = 2018-09-01

    [[norm]]
    id = "speling_na_aanvang"
    value = 14
    reason = "Afgesproken met de accountmanager."

    [[kind]]
    rule = "omvang_aannemelijk"
    kind = "vraag"
    reason = "Wij vragen het na bij de student."

    [[off]]
    rule = "bij_duo_rond_aanvang"
    reason = "Wij sluiten overeenkomsten soms achteraf."

    [[toelichting]]
    melding = "0123456789abcdef"
    reason = "Nagevraagd: klopt."
    tot_en_met = 2019-07-31

Nothing is ignored: an unknown word is an error, for a setting that is not read
would be believed to hold.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar, final

from bpvo_rules.errors import SourceError
from bpvo_rules.judge.profile import KindSetting, NormSetting, OffSetting, Profile, Toelichting
from bpvo_rules.rules import Kind

__all__ = ["read_profile"]

T = TypeVar("T")

_MELDING = re.compile(r"[0-9a-f]{16}", re.ASCII)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
# A word of the file is only shown when it looks like a word of a profile.
_WORD = re.compile(r"[A-Za-z_]{1,30}", re.ASCII)
_LONGEST = 1 << 20


def read_profile(path: Path) -> Profile:
    """
    Read a profile.

    Whether its rules and norms exist, and whether values fit their norms, is up
    to ``make_settings``.

    Raises:
        SourceError: when the file cannot be read, is no TOML, or holds anything
            else than a profile. One sentence in Dutch.

    """
    table = _Table(path.name, "", _toml(path))
    profile = Profile(
        naam=table.text("naam"),
        datum=table.day("datum"),
        norms=table.each("norm", _norm),
        kinds=table.each("kind", _kind),
        off=table.each("off", _off),
        toelichtingen=table.each("toelichting", _toelichting),
    )
    table.done()
    for part, names in (
        ("norm", [s.norm for s in profile.norms]),
        ("kind", [s.rule for s in profile.kinds]),
        ("off", [s.rule for s in profile.off]),
        ("toelichting", [s.melding for s in profile.toelichtingen]),
    ):
        if len(set(names)) < len(names):
            raise SourceError(f"{path.name}: twee delen [[{part}]] gaan over hetzelfde.")
    return profile


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as handle:
            data = handle.read(_LONGEST + 1)
    except OSError:
        raise SourceError(f"{path.name} is geen bestand dat gelezen kan worden.") from None
    if len(data) > _LONGEST:
        raise SourceError(f"{path.name} is te groot voor een profiel.")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SourceError(f"{path.name} is geen tekst in UTF-8.") from None
    except (ValueError, RecursionError) as error:
        # The message of the parser may repeat what stands in the file; its place does not.
        found = _PLACE.search(str(error))
        where = "" if found is None else f" (regel {found[1]}, kolom {found[2]})"
        raise SourceError(f"{path.name} is geen geldig TOML-bestand{where}.") from None


@final
class _Table:
    """One table of the file; what was not asked for when it is done is an error."""

    def __init__(self, file: str, name: str, cells: Mapping[str, Any]) -> None:
        self._file = file
        self._name = name
        self._cells = dict(cells)

    def _fail(self, reason: str) -> NoReturn:
        where = f" [[{self._name}]]:" if self._name else ""
        raise SourceError(f"{self._file}:{where} {reason}.")

    def _cell(self, key: str, expected: str, is_right: Callable[[Any], bool]) -> Any:
        value = self._cells.pop(key, None)
        if value is None:
            self._fail(f"{key} ontbreekt")
        if not is_right(value):
            self._fail(f"{key} moet {expected} zijn")
        return value

    def text(self, key: str) -> str:
        """Give a text that is not empty."""
        found: str = self._cell(key, "een tekst", lambda v: isinstance(v, str) and bool(v.strip()))
        return found.strip()

    def day(self, key: str) -> date:
        """Give a day without a clock time."""
        found: date = self._cell(
            key, "een dag (JJJJ-MM-DD, zonder aanhalingstekens)", lambda v: isinstance(v, date) and not _is_moment(v)
        )
        return found

    def number_or_text(self, key: str) -> int | str:
        """Give a whole number or a text."""
        found: int | str = self._cell(
            key, "een geheel getal of een tekst", lambda v: isinstance(v, int | str) and not isinstance(v, bool)
        )
        return found

    def each(self, key: str, read: "Callable[[_Table], T]") -> tuple[T, ...]:
        """Read every table of an array of tables; none when it is not there."""
        rows = self._cells.pop(key, ())
        if not isinstance(rows, Sequence) or not all(isinstance(row, dict) for row in rows):
            self._fail(f"schrijf {key} als [[{key}]]")
        found = []
        for row in rows:
            table = _Table(self._file, key, row)
            found.append(read(table))
            table.done()
        return tuple(found)

    def choice(self, key: str, words: Sequence[str]) -> str:
        """Give one of these words."""
        found: str = self._cell(key, " of ".join(words), lambda v: v in words)
        return found

    def matching(self, key: str, shape: re.Pattern[str], expected: str) -> str:
        """Give a text of this shape."""
        found: str = self._cell(key, expected, lambda v: isinstance(v, str) and shape.fullmatch(v) is not None)
        return found

    def done(self) -> None:
        """Refuse what is left."""
        for key in self._cells:
            self._fail(f"{key} is onbekend" if _WORD.fullmatch(key) else "er staat een onbekend woord")


def _is_moment(value: object) -> bool:
    return isinstance(value, datetime)


def _norm(table: _Table) -> NormSetting:
    return NormSetting(norm=table.text("id"), value=table.number_or_text("value"), reason=table.text("reason"))


def _kind(table: _Table) -> KindSetting:
    return KindSetting(
        rule=table.text("rule"), kind=Kind(table.choice("kind", tuple(Kind))), reason=table.text("reason")
    )


def _off(table: _Table) -> OffSetting:
    return OffSetting(rule=table.text("rule"), reason=table.text("reason"))


def _toelichting(table: _Table) -> Toelichting:
    return Toelichting(
        melding=table.matching("melding", _MELDING, "het kenmerk van een melding (16 tekens, 0-9 en a-f)"),
        reason=table.text("reason"),
        tot_en_met=table.day("tot_en_met"),
    )
