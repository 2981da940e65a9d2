"""
Every rule once more, slowly: the readings that stand with the drawn tables of the questions, put together.

Nothing here is shared with the library but the records and the tables. A reading of a rule on a Bpvo stands in
``second_opinion_bpvo`` of the spec test of its question, and so on for the other things that rules judge.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from tests.oracle.feiten import AMSTERDAM, MET, NOT_MET, OUT_OF_SCOPE, UNKNOWN, UNSEEN, Run, bpvos, outcome
from tests.questions.verklaard import spec_tests, verklaard

from bpvo_rules.keten import Keten

PRIMARY: Final = {
    "bpvo_erkend_leerbedrijf": "Bpvo",
    "keuzedeel_erkend_leerbedrijf": "Bpvo",
    "bpvo_tijdig": "Bpvo",
    "white_label_beschikbaar": "WhiteLabelMeting",
    "erkenning_tijdig": "Erkenningsaanvraag",
    "stagefonds_registratie": "Bpvo",
}
"""What each question is about; the registration is no question."""


def subjects(run: Run) -> Iterator[tuple[str, str, Any]]:
    """Give everything that is judged: what it is, its key, and itself."""
    for bpvo in run.bpvos:
        yield "bpvo", bpvo.sleutel, bpvo
    for u in run.keten.uitwisselingen or ():
        ontvangen = run.cell("uitwisselingen", u, "ontvangen_duo_op")
        if ontvangen is UNSEEN or (ontvangen is not None and ontvangen <= run.K):
            yield "uitwisseling", f"{u.brin}/{u.student}/{u.inschrijvingvolgnummer}/{u.volgnummer}#{u.volgorde}", u
    for meting in run.keten.white_label_metingen or ():
        if meting.tijdstip.astimezone(AMSTERDAM).date() <= run.K:
            yield "meting", f"{meting.functie}@{meting.tijdstip_tekst}@{meting.brin or ''}", meting
    for aanvraag in run.keten.erkenningsaanvragen or ():
        if aanvraag.dagtekening <= run.K:
            yield "aanvraag", aanvraag.aanvraag_id, aanvraag


def oracle_verdicts(
    keten: Keten,
    *,
    peildatum: date,
    kennisdatum: date | None = None,
    perspectief: str = "keten",
    norms: Mapping[str, object] | None = None,
) -> dict[tuple[str, str], str]:
    """
    Give the outcome of every rule that runs for every subject.

    The keys are the code of the rule and the key of the subject.
    """
    run = Run(keten, peildatum, peildatum if kennisdatum is None else kennisdatum, perspectief, norms or {})
    run = run._replace(bpvos=tuple(bpvos(run)))
    readings = spec_tests().values()
    verdicts: dict[tuple[str, str], str] = {}
    for what, key, subject in subjects(run):
        for module in readings:
            read = getattr(module, f"second_opinion_{what}", None)
            if read is not None:
                for rule, (scope, requirement) in read(run, subject).items():
                    verdicts[rule, key] = outcome(scope, requirement)
    return verdicts


def oracle_question_outcomes(verdicts: Mapping[tuple[str, str], str], question: str) -> dict[str, str]:
    """Give the outcome of a question per primary subject: the worst of its rules of kind fout, out of scope last."""
    counting = {
        rule
        for rule, declared in verklaard().items()
        if declared.vraag == question and declared.onderwerp == PRIMARY[question] and declared.soort == "fout"
    }
    by_subject: dict[str, list[str]] = {}
    for (rule, subject), value in verdicts.items():
        if rule in counting:
            by_subject.setdefault(subject, []).append(value)
    return {
        subject: next(value for value in (NOT_MET, UNKNOWN, MET, OUT_OF_SCOPE) if value in values)
        for subject, values in by_subject.items()
    }
