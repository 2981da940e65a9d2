"""White Label: measurements through day and night, outages, and maintenance announced in time or not."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import final

from bpvo_rules.codes import Brin
from bpvo_rules.model import Functie, WhiteLabelMeting, WhiteLabelOnderhoud
from bpvo_rules.simulate.dagen import als_dag
from bpvo_rules.simulate.loterij import Loterij
from bpvo_rules.simulate.schets import Waarheid

__all__ = ["Meter"]

_WINTER, _ZOMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
_UREN = (0, 6, 12, 18)
_MINUUT = 15
_DAGEN_TERUG = 640
_FUNCTIES = tuple(Functie)


def moment(dag: date, uur: int, minuut: int = _MINUUT) -> datetime:
    """Give a moment of a Dutch clock, outside the hour in which it is put forward or back."""
    start, stop = _laatste_zondag(dag.year, 3), _laatste_zondag(dag.year, 10)
    # Both changes fall in the small hours, after 00:15 and before 06:15.
    summer = start < dag < stop or (dag == start and uur > 2) or (dag == stop and uur < 2)
    return datetime.combine(dag, time(uur, minuut), _ZOMER if summer else _WINTER)


def _laatste_zondag(jaar: int, maand: int) -> date:
    last = date(jaar, maand, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


@final
class Meter:
    """
    Measures White Label, and keeps the rows and the truth about them.

    A *slot* is a moment of measuring; what is down in it is laid out before
    anything is measured.
    """

    def __init__(self, waarheid: Waarheid, rates: Mapping[str, float], lot: Loterij, *, k: int) -> None:
        self.metingen: list[WhiteLabelMeting] = []
        self.onderhoud: list[WhiteLabelOnderhoud] = []
        self._waarheid = waarheid
        self._rates = rates
        self._lot = lot
        self._k = k
        self._slots = [(dag, uur) for dag in range(k - _DAGEN_TERUG, k + 4) for uur in _UREN]
        # The first slot that is not known on K.
        self._toekomst = (_DAGEN_TERUG + 1) * len(_UREN)
        self._gepland: dict[tuple[Functie, int], bool] = {}
        self._storing: dict[tuple[Functie, int], str] = {}

    def meet(self, brins: Sequence[Brin]) -> None:
        """Measure nationally, and once a day at each school."""
        self._plan_onderhoud()
        self._plan_storingen()
        for slot in range(len(self._slots)):
            for functie in _FUNCTIES:
                self._meet(functie, slot, None)
        for n, brin in enumerate(brins):
            functie = _FUNCTIES[n % len(_FUNCTIES)]
            hour = (n + 1) % len(_UREN)
            for slot in range(hour, len(self._slots), len(_UREN)):
                self._meet(functie, slot, brin, utc=n % 4 == 3)

    def _moment(self, slot: int) -> datetime:
        dag, uur = self._slots[slot]
        return moment(als_dag(dag), uur)

    def _plan_onderhoud(self) -> None:
        """Announce maintenance about monthly, and on top of that some of which the announcement came too late."""
        lot = self._lot
        rate = self._rates["onderhoud_te_laat_aangekondigd"]
        forced = len(self._slots) // 2 if rate > 0 else -1
        nights = len(self._slots) // len(_UREN)
        slot = lot.geheel(5, 60)
        while slot < len(self._slots) - 8:
            self._kondig_aan(slot, lot.geheel(0, 2), None if lot.kans(0.5) else lot.kies(_FUNCTIES), in_time=True)
            slot += lot.geheel(60, 180)
        for night in range(nights):
            slot = night * len(_UREN)
            if slot == forced // len(_UREN) * len(_UREN) or lot.kans(rate * len(_UREN)):
                functie = lot.kies(_FUNCTIES)
                if (functie, slot) not in self._gepland:
                    self._kondig_aan(slot, 0, functie, in_time=False)

    def _kondig_aan(self, slot: int, extra: int, functie: Functie | None, *, in_time: bool) -> None:
        """Add maintenance of one slot and ``extra`` more. A slot at its start is in it, one at its end is not."""
        lot = self._lot
        van = self._moment(slot)
        if lot.kans(0.6):
            van -= timedelta(minutes=lot.geheel(0, 14))
        tot = self._moment(slot + extra) + timedelta(minutes=lot.geheel(1, 120))
        if lot.kans(0.3):
            tot = self._moment(slot + extra + 1)
        dag = self._slots[slot][0]
        announced = dag - (1 if lot.kans(0.3) else lot.geheel(1, 21)) if in_time else dag + lot.geheel(0, 3)
        self.onderhoud.append(
            WhiteLabelOnderhoud(functie=functie, van=van, tot=tot, aangekondigd_op=als_dag(announced))
        )
        for each in _FUNCTIES if functie is None else (functie,):
            for n in range(slot, slot + extra + 1):
                if in_time:
                    self._gepland[each, n] = lot.kans(0.8)
                else:
                    self._storing[each, n] = "onderhoud_te_laat_aangekondigd"

    def _plan_storingen(self) -> None:
        lot = self._lot
        rate = self._rates["white_label_storing"]
        for functie in _FUNCTIES:
            for slot in range(len(self._slots)):
                if lot.kans(rate):
                    for n in range(slot, slot + lot.geheel(1, 4)):
                        self._storing.setdefault((functie, n), "white_label_storing")
        if rate > 0:
            self._storing.setdefault((Functie.VERIFICATIE, self._toekomst - 3), "white_label_storing")

    def _meet(self, functie: Functie, slot: int, brin: Brin | None, *, utc: bool = False) -> None:
        lot = self._lot
        # The day in the Netherlands decides what is known on K, also when the clock says it in UTC.
        tijdstip = self._moment(slot).astimezone(UTC) if utc else self._moment(slot)
        excused = (functie, slot) in self._gepland
        failed = self._gepland[functie, slot] if excused else (functie, slot) in self._storing
        if failed and not excused and slot < self._toekomst:
            subject = f"{functie.value}@{tijdstip.isoformat()}@{brin or ''}"
            self._waarheid.noteer(self._storing[functie, slot], subject, "white_label_antwoordt")
        if failed:
            duration = 30_000 if lot.kans(0.3) else None
        else:
            duration = lot.geheel(40, 900) if lot.kans(0.97) else lot.geheel(900, 9000)
        self.metingen.append(
            WhiteLabelMeting(functie=functie, tijdstip=tijdstip, brin=brin, gelukt=not failed, duur_ms=duration)
        )
