"""
A form in a school system that judges the BPVO while it is drawn up.

The register of leerbedrijven can only be asked through White Label, and what it answers may not be stored, also not in
a cache. A draft of this library asks it when a change needs it and keeps verdicts and meldingen, nothing of the answer.
When White Label does not answer, what needed it is *niet te bepalen*, never good.

Run it: `python examples/form.py`
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from bpvo_rules import Bpvo, Draft, Judge, Keten, Registerantwoord, Stand
from bpvo_rules.codes import Brin, Opleidingcode, Volgnummer
from bpvo_rules.errors import BpvoRulesError
from bpvo_rules.model import Erkenning
from bpvo_rules.reference import opleidingen

Call = Callable[[str], Sequence[tuple[str, date, date | None]] | None]
"""What the school has for White Label: from a company to its recognitions; ``None``: it is not in the register."""


class WhiteLabel:
    """Between the client of White Label that a school has, and the rules; it keeps nothing."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def raadpleeg(self, leerbedrijf_id: Any, codes: Any, /) -> Registerantwoord | None:
        """Ask about one company; ``None`` when White Label does not answer."""
        try:
            found = self._call(leerbedrijf_id)
        except OSError:  # no network, no answer in time, an answer that is an error
            return None
        if found is None:
            return Registerantwoord(bekend=False)
        return Registerantwoord(
            bekend=True,
            erkenningen=tuple(
                Erkenning(leerbedrijf_id=leerbedrijf_id, opleidingcode=Opleidingcode(code), van=van, tot_en_met=tot)
                for code, van, tot in found
                if codes is None or code in codes
            ),
        )


def _day(text: str) -> date:
    return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 - a day has no clock


READ: dict[str, Callable[[str], Any]] = {
    "leerbedrijf_id": str,
    "opleidingcode": str,
    "keuzedeelcode": str,
    "afsluitdatum": _day,
    "begindatum": _day,
    "einddatum_gepland": _day,
    "omvang": int,
}
"""The fields of the form, and how what is typed becomes a value."""


class Form:
    """
    One form that is open. Many can be open at once, in as many threads: they share a `Judge` and the
    reference tables, which are made once.

    What cannot be read counts as empty, so it is never judged to be good, and says so beside its field.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._unreadable: dict[str, str] = {}

    def typed(self, field: str, text: str) -> None:
        """Take what stands in a field now."""
        self._unreadable.pop(field, None)
        try:
            value: Any = READ[field](text) if text else None
            self.draft = self.draft.change(**{field: value})
        except (ValueError, BpvoRulesError):
            self._unreadable[field] = "Dit is niet te lezen."
            empty: Any = None
            self.draft = self.draft.change(**{field: empty})

    def beside(self, field: str) -> list[str]:
        """Give what stands beside a field."""
        if field in self._unreadable:
            return [self._unreadable[field]]
        return [melding.text.nl for melding in self.draft.meldingen_per_cell().get(field, [])]

    def asked_for(self) -> list[str]:
        """Give the empty fields that something waits for, in the order of the record."""
        return [field for field in self.draft.undecided_per_cell() if field in READ]

    def undecided(self) -> list[str]:
        """Give what no field can decide, and why, such as White Label that is silent: shown once below the form."""
        return [f"{verdict.rule}: {verdict.reason}" for verdict in self.draft.undecided_per_cell().get("", [])]


def reference_on(today: date) -> Stand:
    """Give the reference tables as known on a day; read once a day, for all forms."""
    return Stand(keten=Keten(opleidingen=opleidingen(), equivalenten=[]), kennisdatum=today)


def open_form(judge: Judge, register: WhiteLabel, reference: Stand, *, brin: str) -> Form:
    """Open an empty form; a draft needs no student, so it gets none."""
    first = Volgnummer("1")
    bpvo = Bpvo(brin=Brin(brin), student="concept", inschrijvingvolgnummer=first, volgnummer=first)
    return Form(judge.draft(bpvo, peildatum=reference.kennisdatum, stand=reference, register=register))


def main() -> None:
    """Type a BPVO, with a register that is there, and then is not."""
    is_there = True

    def call(leerbedrijf_id: str) -> Sequence[tuple[str, date, date | None]] | None:
        if not is_there:
            raise TimeoutError
        return {"100000001": [("25655", date(2018, 8, 1), date(2019, 1, 31))]}.get(leerbedrijf_id)

    judge = Judge()  # once, when the system starts
    reference = reference_on(date(2018, 10, 1))  # once a day
    form = open_form(judge, WhiteLabel(call), reference, brin="27DV")
    for field, text in {
        "opleidingcode": "25655",
        "leerbedrijf_id": "100000002",
        "afsluitdatum": "31-9-2018",
        "begindatum": "1-11-2018",
        "einddatum_gepland": "30-6-2019",
        "omvang": "400",
    }.items():
        form.typed(field, text)
    show(form)
    form.typed("leerbedrijf_id", "100000001")
    form.typed("afsluitdatum", "30-9-2018")
    show(form)
    is_there = False
    form.typed("begindatum", "5-11-2018")
    show(form)


def show(form: Form) -> None:
    """Write the form as it stands."""
    for field in READ:
        value = getattr(form.draft.bpvo, field)
        print(f"{field:>18}: {'' if value is None else value}")
        for text in form.beside(field):
            print(f"{'':>20}! {text}")
    print(f"{'nog in te vullen':>18}: {', '.join(form.asked_for()) or '-'}")
    for text in form.undecided():
        print(f"{'niet te bepalen':>18}: {text}")
    print()


if __name__ == "__main__":
    main()
