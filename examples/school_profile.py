"""
A profile: a school departs from the rules as declared, with a date and a reason per line.

What is departed from stands in the receipt, so that nobody takes one for the other. A rule that is no `fout` any more
leaves the score; one that is off is named among those that did not run.

Run it: `python examples/school_profile.py`
"""

from datetime import date

from bpvo_rules import Keten, judge, receipt
from bpvo_rules.judge import KindSetting, NormSetting, OffSetting, Profile
from bpvo_rules.rules import Kind
from bpvo_rules.simulate import simulate

PROFILE = Profile(
    naam="ROC Voorbeeld, schooljaar 2018-2019",
    datum=date(2018, 9, 1),
    norms=(
        NormSetting(
            norm="speling_na_aanvang",
            value=7,
            reason="In de eerste week van een stage wordt nog geschoven; afgesproken met de examencommissie.",
        ),
    ),
    kinds=(
        KindSetting(
            rule="erkenning_dekt_planning",
            kind=Kind.FOUT,
            reason="Een stage die haar erkenning overleeft, plannen wij niet.",
        ),
        KindSetting(
            rule="tijdig_bij_sbb",
            kind=Kind.SIGNAAL,
            reason="De doorlevering is van DUO; een school kan haar niet herstellen.",
        ),
    ),
    off=(OffSetting(rule="omvang_aannemelijk", reason="De omvang wordt bij ons per leerjaar geboekt."),),
)


def both(keten: Keten, peildatum: date) -> dict[str, dict[str, tuple[int, int]]]:
    """Give per question how many BPVO's do not meet it, as declared and by the profile."""
    as_declared = receipt(judge(keten, peildatum=peildatum))["questions"]
    by_profile = receipt(judge(keten, peildatum=peildatum, profile=PROFILE))["questions"]
    return {
        question: {outcome: (number, by_profile[question][outcome]) for outcome, number in outcomes.items()}
        for question, outcomes in as_declared.items()
    }


def main() -> None:
    """Judge a simulated chain twice."""
    simulatie = simulate(seed=1, instellingen=1, bpvos=300)
    for question, outcomes in both(simulatie.keten, simulatie.peildatum).items():
        for outcome, (declared, profiled) in outcomes.items():
            if declared != profiled:
                print(f"{question:<28} {outcome:<20} {declared:>5} -> {profiled}")
    account = receipt(judge(simulatie.keten, peildatum=simulatie.peildatum, profile=PROFILE))
    for line in (*account["profile"]["norms"], *account["profile"]["kinds"], *account["profile"]["off"]):
        print(line)


if __name__ == "__main__":
    main()
