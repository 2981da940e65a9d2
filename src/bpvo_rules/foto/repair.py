"""
Withhold what an attack still needs, as little as possible.

For every count that the attacker knows too much about, one program finds the
cheapest other world in which it is small, or large, enough: the one that misses
the least of what is to be published. What it misses is withheld. Both worlds
exist afterwards, and withholding more never tells more.
"""

from collections.abc import Sequence
from math import log
from typing import Final

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto.audit.attack import BASIS, FOUT, LAND, ONBEKEND, Number, Place, is_cell
from bpvo_rules.foto.audit.audit import Genomen, Probe
from bpvo_rules.foto.foto import Getal, Policy

__all__ = ["Repair"]

_ROUNDS: Final = 3
_TRIES: Final = 200
"""More than there are schools, because each of them can be in the way once."""


def _price(place: Place, kind: str, number: Getal, policy: Policy) -> float:
    """Say how much it costs to miss a number by one; order: what a reader can do without first."""
    rule = kind not in {FOUT, BASIS, ONBEKEND}
    country = place == LAND
    if policy is Policy.MIDPUNT6:
        return 50.0 if is_cell(place) else 0.5 if rule else 4.0 if country else 1.0
    if is_cell(place):
        return 1 + log(1 + (number.waarde or 0)) if number.waarde else 3.0
    return 10.0 if rule else 200.0 if country else 60.0


class Repair:
    """The numbers of one question of the last of some fotos."""

    def __init__(self, taken: Sequence[Genomen], vraag: str) -> None:
        self._vraag = vraag
        self._probe = Probe(taken, vraag, making=True)
        self._attack = self._probe.attack
        self._withheld: set[tuple[Place, str]] = set()
        policy = taken[-1].foto.policy
        self._prices: dict[Number, float] = {
            number: _price(number[1], number[2], self._attack.numbers[-1][number[1], number[2]], policy)
            for number in self._attack.soft
        }

    def run(self) -> set[tuple[Place, str]]:
        """
        Withhold until nothing is left open; give what was withheld.

        Raises:
            FotoRefusedError: when earlier fotos make that impossible.

        """
        found: list[tuple[int, str | None]] = []
        for _ in range(_ROUNDS):
            found = []
            for at, school in self._probe.weak(tries=_TRIES):
                found.append((at, school))
                self._open_up(at, school)
            if not found:
                return self._withheld
        raise self._refused([at for at, _ in found])

    def _open_up(self, at: int, school: str | None) -> None:
        local, target, terms = self._probe.local, self._probe.targets[at], self._probe.terms[at]
        banned = () if school is None else (school,)
        for small in (True, False):
            slack = {
                column: price
                for number, price in self._prices.items()
                for column in (self._attack.soft[number].below, self._attack.soft[number].above)
            }
            move = local.find(target, terms, small=small, banned=banned, slack=slack)
            if move is None:
                raise self._refused([at])
            for number in list(self._prices):
                soft = self._attack.soft[number]
                if number in self._prices and (soft.below in move or soft.above in move):
                    self._withhold(number)
            self._probe.learn(at, move, small=small)

    def _withhold(self, number: Number) -> None:
        del self._prices[number]
        self._withheld.add((number[1], number[2]))
        self._probe.local.loosen(self._attack.soft[number].row)
        if number[1:] == (LAND, FOUT):
            # The rules of the country would say again what its total no longer does.
            for other in [n for n in self._prices if n[1] == LAND and n[2] in self._attack.rules]:
                self._withhold(other)

    def _refused(self, found: Sequence[int]) -> FotoRefusedError:
        cells = tuple(sorted({(self._vraag, *self._probe.targets[at].place) for at in found}))
        named = "; ".join(f"{vraag}, instelling {instelling}, domein {domein}" for vraag, instelling, domein in cells)
        return FotoRefusedError(
            f"This foto cannot be protected: earlier fotos already tell too much. Coarsen {named}.", cells
        )
