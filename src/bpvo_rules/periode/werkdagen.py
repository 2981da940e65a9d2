"""
Werkdagen: Monday to Friday, without the days of art. 3 of the Algemene termijnenwet.

Art. 3 (BWBR0002448) names the generally recognised holidays, equates Goede
Vrijdag, and lets the government equate other days by decree; those are data.
The law binds terms of laws; for the reglement of SBB it is applied by analogy.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import final

import attrs
from dateutil.easter import easter

__all__ = ["Werkkalender", "feestdagen"]


@lru_cache(maxsize=512)
def feestdagen(jaar: int) -> frozenset[date]:
    """
    Give the days of art. 3 lid 1 and 2 of the Algemene termijnenwet in a calendar year.

    Koningsdag is 27 April, or the 26th when the 27th is a Sunday; before 2014 it
    was Koninginnedag: 30 April, or the 29th when the 30th is a Sunday. 5 May
    counts every year. Days equated by decree are not included.

    Raises:
        ValueError: for a year outside 1583-4099, where the date of Easter is not defined.

    """
    pasen = easter(jaar)
    koningsdag = date(jaar, 4, 27) if jaar >= 2014 else date(jaar, 4, 30)
    if koningsdag.weekday() == 6:
        koningsdag -= timedelta(days=1)
    return frozenset(
        {
            date(jaar, 1, 1),
            pasen - timedelta(days=2),
            pasen + timedelta(days=1),
            pasen + timedelta(days=39),
            pasen + timedelta(days=50),
            koningsdag,
            date(jaar, 5, 5),
            date(jaar, 12, 25),
            date(jaar, 12, 26),
        }
    )


@final
@attrs.frozen
class Werkkalender:
    """
    Which days are werkdagen.

    Attributes:
        gelijkgesteld: Days equated with holidays by decree (art. 3 lid 3), on top of those of the law itself.

    """

    gelijkgesteld: frozenset[date] = frozenset()

    def is_werkdag(self, dag: date) -> bool:
        """Say whether a day is a werkdag."""
        return dag.weekday() < 5 and dag not in self.gelijkgesteld and dag not in feestdagen(dag.year)

    def na(self, dag: date, aantal: int) -> date:
        """
        Give the ``aantal``-th werkdag after a day; the day itself never counts.

        Raises:
            ValueError: when ``aantal`` is less than 1.

        """
        if aantal < 1:
            raise ValueError("aantal must be at least 1")
        while aantal:
            dag += timedelta(days=1)
            aantal -= self.is_werkdag(dag)
        return dag

    def met(self, dagen: Iterable[date]) -> "Werkkalender":
        """Give a calendar in which these days are equated with holidays too."""
        return Werkkalender(self.gelijkgesteld | frozenset(dagen))
