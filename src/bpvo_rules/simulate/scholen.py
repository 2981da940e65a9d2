"""The schools: of different size, and each with its own mix of themes."""

from typing import final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.model import Instelling
from bpvo_rules.simulate.loterij import Loterij, Weging
from bpvo_rules.simulate.opleidingen import ENTREE, Opleidingenwereld

__all__ = ["MAX_SCHOLEN", "School", "make_brin", "make_scholen"]

MAX_SCHOLEN = 6000
"""Schools beyond this number do not fit in the BRINs that no real school has."""

_GROEN = ("79150", "79160")
_VAKSCHOOL = (("79000",), ("79120", "79160"), ("79040",), ("79030", "79010"), ("79070",), ("79140",))


@final
@attrs.frozen(kw_only=True)
class School:
    """
    A school of the chain.

    Attributes:
        brin: Its number; it starts with a 9, which no real one does.
        naam: Its name.
        themas: The domeinen that it teaches, and Entree, with their weights.
        aantal: How many BPVO's it gets.

    """

    brin: Brin
    naam: str
    themas: Weging[str]
    aantal: int

    @property
    def instelling(self) -> Instelling:
        """Its row of the table instellingen."""
        return Instelling(brin=self.brin, naam=self.naam)


def make_brin(nummer: int) -> Brin:
    """Give the n-th BRIN of the simulation, counted from 0, up to 6759."""
    return Brin(f"{90 + nummer // 676:02d}{chr(65 + nummer // 26 % 26)}{chr(65 + nummer % 26)}")


def make_scholen(instellingen: int, bpvos: int, wereld: Opleidingenwereld, lot: Loterij) -> tuple[School, ...]:
    """
    Make schools, the largest first: sizes fall as 1/(n + 1), as between a large roc and a vakschool.

    The first is a roc. Of the others about one in five teaches green themes and
    one in six is a vakschool; the rest are rocs that leave out some themes.
    """
    weights = [1 / (n + 2) for n in range(instellingen)]
    sizes = [int(bpvos * weight / sum(weights)) for weight in weights]
    for n in range(bpvos - sum(sizes)):
        sizes[n % instellingen] += 1
    return tuple(_school(n, size, wereld, lot) for n, size in enumerate(sizes))


def _school(n: int, aantal: int, wereld: Opleidingenwereld, lot: Loterij) -> School:
    u = lot.deel()
    if n and u < 0.19:
        naam, chosen = "AOC", [*_GROEN, ENTREE]
    elif n and u < 0.35:
        naam, chosen = "Vakschool", [*lot.kies(_VAKSCHOOL)]
    else:
        naam = "ROC"
        chosen = [theme for theme in wereld.gewicht if theme not in _GROEN and (theme == "79140" or lot.kans(0.85))]
    themas = Weging([(theme, wereld.gewicht[theme] * (0.5 + lot.deel())) for theme in chosen])
    return School(brin=make_brin(n), naam=f"{naam} Voorbeeld {n + 1}", themas=themas, aantal=aantal)
