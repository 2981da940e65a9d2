"""Storing: meldingen of White Label that follow one another, as one outage."""

from datetime import datetime
from typing import final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.judge.result import Result
from bpvo_rules.model import Functie, WhiteLabelMeting
from bpvo_rules.rules import Outcome

__all__ = ["Storing", "storingen"]

_RULE = "white_label_antwoordt"


@final
@attrs.frozen(kw_only=True, order=True)
class Storing:
    """
    A run of failed measurements of one functie and school, with no successful one in between.

    Attributes:
        functie: The function that did not answer.
        brin: The school that measured; empty for national measurements.
        van: First failed measurement.
        tot_en_met: Last failed measurement.
        metingen: Number of failed measurements, at least 1.

    """

    functie: Functie
    brin: Brin | str
    van: datetime
    tot_en_met: datetime
    metingen: int


def storingen(judgement: Result) -> tuple[Storing, ...]:
    """
    Give the outages behind the meldingen of ``white_label_antwoordt``, by functie, school and time.

    Any successful measurement ends an outage, also one outside the service
    window or during maintenance. A failed one outside it neither counts nor ends.
    Empty when the rule did not run.
    """
    rows: dict[tuple[Functie, str], list[tuple[WhiteLabelMeting, bool]]] = {}
    for subject, outcome in judgement.metingen(_RULE):
        rows.setdefault((subject.functie, subject.brin or ""), []).append((subject, outcome is Outcome.NOT_MET))
    found = []
    for (functie, brin), measured in rows.items():
        run: list[WhiteLabelMeting] = []
        for row, failed in [*sorted(measured, key=lambda one: one[0].tijdstip), (None, False)]:
            if row is not None and failed:
                run.append(row)
            elif run and (row is None or row.gelukt):
                found.append(
                    Storing(
                        functie=functie,
                        brin=brin,
                        van=run[0].tijdstip,
                        tot_en_met=run[-1].tijdstip,
                        metingen=len(run),
                    )
                )
                run = []
    return tuple(sorted(found))
