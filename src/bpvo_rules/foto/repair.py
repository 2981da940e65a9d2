"""
Withhold what an attack still needs, as little as possible.

For every count that the attacker knows too much about, a program finds a cheap
other world in which it is small, or large, enough: one that misses little of what
is to be published. What it misses is withheld. Both worlds
exist afterwards, and withholding more never tells more. In the end every number is looked at once more: what was
withheld after it may have made it needless.
"""

from collections.abc import Sequence
from math import log
from typing import Final

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto.audit.attack import BASIS, FOUT, LAND, ONBEKEND, Place, is_cell
from bpvo_rules.foto.audit.audit import Price, Probe, Weakness
from bpvo_rules.foto.foto import Getal, Policy

__all__ = ["Repair", "price_under"]

_ROUNDS: Final = 3
_TRIES: Final = 200
"""More than there are schools, because each of them can be in the way once."""


def price_under(policy: Policy) -> Price:
    """Say what it costs to miss a number by one under a policy; order: what a reader can do without first."""

    def price(place: Place, kind: str, number: Getal) -> float:
        rule = kind not in {FOUT, BASIS, ONBEKEND}
        country = place == LAND
        if policy is Policy.MIDPUNT6:
            return 50.0 if is_cell(place) else 0.5 if rule else 4.0 if country else 1.0
        if is_cell(place):
            return 1 + log(1 + (number.waarde or 0)) if number.waarde else 3.0
        return 0.25 if rule else 200.0 if country else 60.0

    return price


class Repair:
    """The numbers of one question of the last of some fotos."""

    def __init__(self, probe: Probe, vraag: str) -> None:
        self._vraag = vraag
        self._probe = probe
        self._withheld: set[int] = set()

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
                if not self._open_up(weakness):
                    raise self._refused([weakness.at])
            if not found:
                self._regain()
                return self._numbers()
        raise self._refused(found)

    def _numbers(self) -> set[tuple[Place, str]]:
        return {self._probe.numbers[row] for row in self._withheld}

    def _regain(self) -> None:
        """Publish after all what was withheld for one count, when what was withheld for others will do for it."""
        for row in sorted(self._withheld, key=lambda row: (-self._probe.prices[row], row)):
            if self._probe.regains(row):
                self._withheld.remove(row)

    def run_where_possible(self) -> set[tuple[Place, str]]:
        """Withhold what helps, and leave open what earlier fotos make impossible; give what was withheld."""
        for weakness in self._probe.weak(tries=2):
            self._open_up(weakness)
        return self._numbers()

    def _open_up(self, weakness: Weakness) -> bool:
        """Make a world for a target; whether there is one."""
        probe, at, school = self._probe, weakness.at, weakness.school
        found = probe.worlds.mend(
            probe.targets[at],
            probe.terms[at],
            # One more is mostly possible where one less is not.
            sides=(False, True) if probe.targets[at].either else (weakness.small,),
            banned=() if school is None else (school,),
        )
        if found is None:
            return False
        move, missed, small = found
        for row in sorted(missed):
            self._withheld.add(row)
            probe.worlds.loosen(row)
        probe.learn(at, move, small=small)
        return True

    def _refused(self, found: Sequence[int]) -> FotoRefusedError:
        cells = tuple(sorted({(self._vraag, *self._probe.targets[at].place) for at in found}))
        named = "; ".join(f"{vraag}, instelling {instelling}, domein {domein}" for vraag, instelling, domein in cells)
        return FotoRefusedError(
            f"This foto cannot be protected: earlier fotos already tell too much. Coarsen {named}.", cells
        )
