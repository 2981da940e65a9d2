"""
The nightly run of a school on its registratieoverzicht, with what changed since the night before.

A melding of yesterday is *opgelost* only when its rule now says that the BPVO meets it. One that cannot be judged any
more stays open: what is not known is never good. What is kept between two nights is a file with pseudonyms and texts;
it is of the school, and goes no further.

Run it:
`python examples/nightly.py RO.CSV --register FOLDER --key-file KEY --state FILE --peildatum 2019-07-01`
"""

import argparse
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from bpvo_rules import Judge, Judgement, Keten, Outcome, judge_again
from bpvo_rules.io import read_source, write_whole

Known = Mapping[str, Mapping[str, Any]]
"""Open meldingen by their id, as the file of the night before has them."""


@attrs.frozen
class Changes:
    """
    What changed between two nights, as ids of meldingen.

    Attributes:
        nieuw: Not there before.
        open: Still there.
        opgelost: The rule is met now.
        vervallen: The BPVO is gone, or the rule no longer applies to it.
        niet_te_bepalen: Cannot be judged now, so it stays open.

    """

    nieuw: tuple[str, ...]
    open: tuple[str, ...]
    opgelost: tuple[str, ...]
    vervallen: tuple[str, ...]
    niet_te_bepalen: tuple[str, ...]


def compared(before: Known, judgement: Judgement) -> tuple[Changes, Known]:
    """Compare the meldingen of the night before with a judgement; gives what changed, and what is open now."""
    found = {
        melding.id: {"rule": melding.rule, "subject": melding.subject, "text": melding.text.nl}
        for melding in judgement.meldingen()
    }
    ran = {rule.code for rule in judgement.rules}
    outcomes = {rule: judgement.outcomes(rule) for rule in {one["rule"] for one in before.values()} & ran}

    def fate(one: Mapping[str, Any]) -> str:
        if one["rule"] not in ran:
            return "niet_te_bepalen"
        outcome = outcomes[one["rule"]].get(one["subject"])
        if outcome is Outcome.MET:
            return "opgelost"
        return "niet_te_bepalen" if outcome is Outcome.UNKNOWN else "vervallen"

    fates = {id_: "open" if id_ in found else fate(one) for id_, one in before.items()}
    changes = Changes(
        nieuw=tuple(id_ for id_ in found if id_ not in before),
        **{name: tuple(id_ for id_, f in fates.items() if f == name) for name in fates_of(Changes)},
    )
    undecided = {id_: before[id_] for id_ in changes.niet_te_bepalen}
    return changes, {**found, **undecided}


def fates_of(kind: type[Changes]) -> list[str]:
    """Give what can become of a melding of the night before."""
    return [field.name for field in attrs.fields(kind) if field.name != "nieuw"]


def night(judge: Judge, keten: Keten, *, peildatum: date, state: Path) -> tuple[Judgement, Changes]:
    """Judge, compare with the night before, and keep what is open for the next one."""
    judgement = judge.keten(keten, peildatum=peildatum)
    before = json.loads(state.read_text("utf-8")) if state.exists() else {}
    changes, known = compared(before, judgement)
    with write_whole(state) as file:
        json.dump(known, file, ensure_ascii=False, indent=1)
    return judgement, changes


def corrected(judgement: Judgement, keten: Keten) -> Judgement:
    """
    Judge once more on the same day, after somebody repaired records: only what changed is judged.

    Another day asks for a whole run: every term comes a day nearer.
    """
    return judge_again(judgement, keten)


def main(arguments: list[str] | None = None) -> None:
    """Run one night."""
    parser = argparse.ArgumentParser()
    parser.add_argument("ro", type=Path)
    parser.add_argument("--register", type=Path, required=True)
    parser.add_argument("--key-file", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--peildatum", type=date.fromisoformat, required=True)
    options = parser.parse_args(arguments)
    keten = read_source(options.ro, register=options.register, ro_key=options.key_file.read_bytes().strip())
    judgement, changes = night(Judge(), keten, peildatum=options.peildatum, state=options.state)
    found = {melding.id: melding for melding in judgement.meldingen()}
    for id_ in changes.nieuw:
        print(f"nieuw     {found[id_].subject}: {found[id_].text.nl}")
    for name in fates_of(Changes):
        print(f"{name:<16} {len(getattr(changes, name))}")


if __name__ == "__main__":
    main()
