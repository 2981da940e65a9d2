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
from bpvo_rules.foto.audit.attack import BASIS, FOUT, LAND, ONBEKEND, Place, is_cell
from bpvo_rules.foto.audit.audit import Genomen, Probe, Weakness
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
    return 0.25 if rule else 200.0 if country else 60.0


class Repair:
    """The numbers of one question of the last of some fotos."""

    def __init__(self, taken: Sequence[Genomen], vraag: str) -> None:
        self._vraag = vraag
        self._probe = Probe(taken, vraag, making=True)
        last, policy = len(taken) - 1, taken[-1].foto.policy
        shown = self._probe.attack.numbers[last]
        self._numbers = {
            row: (place, kind) for (foto, place, kind), row in self._probe.attack.rows.items() if foto == last
        }
        self._prices = {row: _price(*number, shown[number], policy) for row, number in self._numbers.items()}
        self._withheld: set[tuple[Place, str]] = set()

    def run(self) -> set[tuple[Place, str]]:
        """
        Withhold until nothing is left open; give what was withheld.

        Raises:
            FotoRefusedError: when earlier fotos make that impossible.

        """
        found: list[int] = []
        for _ in range(_ROUNDS):
            found = []
            for weakness in self._probe.weak(tries=_TRIES):
                found.append(weakness.at)
                self._open_up(weakness)
            if not found:
                return self._withheld
        raise self._refused(found)

    def _open_up(self, weakness: Weakness) -> None:
        probe, at, school = self._probe, weakness.at, weakness.school
        # One more is mostly possible where one less is not.
        for small in (False, True) if probe.targets[at].either else (weakness.small,):
            found = probe.worlds.mend(
                probe.targets[at],
                probe.terms[at],
                small=small,
                banned=() if school is None else (school,),
                prices=self._prices,
            )
            if found is not None:
                break
        else:
            raise self._refused([at])
        move, missed = found
        for row in sorted(missed):
            del self._prices[row]
            self._withheld.add(self._numbers[row])
            probe.worlds.loosen(row)
        probe.learn(at, move, small=small)

    def _refused(self, found: Sequence[int]) -> FotoRefusedError:
        cells = tuple(sorted({(self._vraag, *self._probe.targets[at].place) for at in found}))
        named = "; ".join(f"{vraag}, instelling {instelling}, domein {domein}" for vraag, instelling, domein in cells)
        return FotoRefusedError(
            f"This foto cannot be protected: earlier fotos already tell too much. Coarsen {named}.", cells
        )
