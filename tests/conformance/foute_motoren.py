"""
Engines with one planted error each, which the conformance cases must find.

Each is this library with a few words of one module replaced. They run in forks of one process, so that what they share
is loaded once. `python -m tests.conformance.foute_motoren` prints, as JSON, a case that each one failed; with `--write`
it is kept beside this file, so that it is asked first the next time.
"""

import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

__all__ = ["FOUTE_MOTOREN", "Fout"]


GEVONDEN = Path(__file__).with_name("gevonden.json")


class Fout(NamedTuple):
    """
    One planted error.

    Attributes:
        about: What part of the rules it is in.
        claim: What the engine gets wrong, in a sentence.
        module: Where the words are replaced, below the package.
        right: What stands there once.
        wrong: What stands there instead.

    """

    about: str
    claim: str
    module: str
    right: str
    wrong: str


FEITEN = "questions.subjects"
ERKEND = "questions.bpvo_erkend_leerbedrijf"
TIJDIG = "questions.bpvo_tijdig"
AANVRAAG = "questions.erkenning_tijdig"
STAGEFONDS = "questions.stagefonds_registratie"
STAND = "keten.stand"
DEKKING = "periode.dekking"
BRON = "rules.source"

FOUTE_MOTOREN = (
    # ---- facts
    Fout(
        "facts",
        "A BPVO with both codes is taken for one of an opleiding.",
        FEITEN,
        'if keuzedeelcode is not None:\n        return "keuzedeel"',
        'if keuzedeelcode is not None and opleidingcode is None:\n        return "keuzedeel"',
    ),
    Fout(
        "facts",
        "The planned end goes before the actual end.",
        FEITEN,
        "einddatum_gepland if einddatum_werkelijk is None else einddatum_werkelijk",
        "einddatum_werkelijk if einddatum_gepland is None else einddatum_gepland",
    ),
    Fout(
        "facts",
        "A placement that ended is looked at until the peildatum.",
        FEITEN,
        "return min(peildatum, einde)",
        "return peildatum",
    ),
    Fout(
        "facts",
        "A company that is only in the table of recognitions is not in the register.",
        "judge.context",
        "if leerbedrijf_id in self.stand.leerbedrijven or leerbedrijf_id in self.stand.erkenningen:",
        "if leerbedrijf_id in self.stand.leerbedrijven:",
    ),
    Fout(
        "facts",
        "The latest receipt counts instead of the earliest.",
        TIJDIG,
        "found is None or day < found",
        "found is None or day > found",
    ),
    Fout(
        "facts",
        "The term starts from the afsluitdatum as it stands now, not as it was first delivered.",
        TIJDIG,
        "bpvo.leveringen[0].afsluitdatum if bpvo.leveringen else afsluitdatum",
        "afsluitdatum",
    ),
    Fout(
        "facts",
        "A dossier asks for a recognition of the code itself.",
        STAND,
        "if row is None or row.soort is SoortOpleiding.KWALIFICATIE:",
        "if row is None or row.soort is not SoortOpleiding.DOMEIN:",
    ),
    Fout(
        "facts",
        "Equivalents are ignored.",
        STAND,
        "also = (code for one in own for code in self._equivalenten.get(one, ()))",
        "also: tuple[str, ...] = ()",
    ),
    Fout(
        "facts",
        "Equivalents hold in both directions.",
        STAND,
        "grouped.setdefault(row.opleidingcode, []).append(row.equivalent)",
        "grouped.setdefault(row.opleidingcode, []).append(row.equivalent)\n"
        "            grouped.setdefault(row.equivalent, []).append(row.opleidingcode)",
    ),
    Fout(
        "facts",
        "The first inschrijvingsperiode counts instead of the one that runs.",
        STAND,
        "return rows[place - 1] if place else None",
        "return rows[0] if place else None",
    ),
    Fout(
        "facts",
        "An inschrijvingsperiode that begins on the begindatum is not found.",
        STAND,
        "place = bisect_right(rows, dag, key=_begin)",
        "place = bisect_left(rows, dag, key=_begin)",
    ),
    Fout(
        "facts",
        "A BPVO of another leerbedrijf can be a double.",
        STAND,
        "key = (bpvo.brin, bpvo.student, bpvo.leerbedrijf_id, bpvo.opleidingcode)",
        "key = (bpvo.brin, bpvo.student, '100000000', bpvo.opleidingcode)",
    ),
    # ---- edges
    Fout(
        "edges",
        "What happens on the last day of a term is too late.",
        BRON,
        'true=_guarded((name, *limit.needs), f"{name} <= {limit.value}"), false=',
        'true=_guarded((name, *limit.needs), f"{name} < {limit.value}"), false=',
    ),
    Fout(
        "edges",
        "On the last day of a term it is not too late yet, though the day is here.",
        BRON,
        'f"K >= {limit.value}"',
        'f"K > {limit.value}"',
    ),
    Fout(
        "edges",
        "A begindatum on the peildatum lies in the future.",
        ERKEND,
        "scope=OP_OPLEIDING & (begindatum <= PEILDATUM) & erkend_op_begindatum,",
        "scope=OP_OPLEIDING & (begindatum < PEILDATUM) & erkend_op_begindatum,",
    ),
    Fout(
        "edges",
        "A placement that ends on the peildatum has planned days to come.",
        ERKEND,
        "(einde > PEILDATUM)",
        "(einde >= PEILDATUM)",
    ),
    Fout(
        "edges",
        "A placement of one day ends before it begins.",
        STAGEFONDS,
        "requirement=(begindatum <= einddatum_gepland)",
        "requirement=(begindatum < einddatum_gepland)",
    ),
    Fout(
        "edges",
        "Zero hours are enough.",
        STAGEFONDS,
        "requirement=is_filled(omvang) & (omvang > 0),",
        "requirement=is_filled(omvang),",
    ),
    Fout(
        "edges",
        "Exactly forty hours a week are too many.",
        STAGEFONDS,
        "omvang * 7 <= norm_uren_per_week * dagen_gepland",
        "omvang * 7 < norm_uren_per_week * dagen_gepland",
    ),
    Fout(
        "edges",
        "An actual end on the peildatum lies in the future.",
        STAGEFONDS,
        "requirement=einddatum_werkelijk <= PEILDATUM",
        "requirement=einddatum_werkelijk < PEILDATUM",
    ),
    Fout(
        "edges",
        "A planned end on the peildatum has passed.",
        STAGEFONDS,
        "IN_STAGEFONDS & (einddatum_gepland < PEILDATUM)",
        "IN_STAGEFONDS & (einddatum_gepland <= PEILDATUM)",
    ),
    Fout(
        "edges",
        "The last moment of maintenance still counts as maintenance.",
        STAND,
        "return place > 0 and moment < ends[place - 1]",
        "return place > 0 and moment <= ends[place - 1]",
    ),
    Fout(
        "edges",
        "Maintenance that is announced on its own day counts.",
        STAND,
        "if row.aangekondigd_op < dag_van(row.van)",
        "if row.aangekondigd_op <= dag_van(row.van)",
    ),
    # ---- norms
    Fout(
        "norms",
        "The term for delivery is 8 days.",
        "questions.norms",
        "NormValue(value=7, source=sources.BVE_TERMIJN)",
        "NormValue(value=8, source=sources.BVE_TERMIJN)",
    ),
    Fout(
        "norms",
        "The term for the answer of DUO is 13 days.",
        "questions.norms",
        "NormValue(value=14, source=sources.BVE_TERUGKOPPELING)",
        "NormValue(value=13, source=sources.BVE_TERUGKOPPELING)",
    ),
    Fout(
        "norms",
        "The month of DUO is 30 days.",
        "periode.termijn",
        "return start + relativedelta(months=aantal)",
        "return start + timedelta(days=30 * aantal)",
    ),
    Fout(
        "norms",
        "The decision is due in 11 werkdagen since 2016.",
        "questions.norms",
        "value=10, source=sources.REGLEMENT_2016_BESLUIT",
        "value=11, source=sources.REGLEMENT_2016_BESLUIT",
    ),
    Fout(
        "norms",
        "There is a term for decisions before the reglement of 2015.",
        "questions.norms",
        "NormValue(van=date(2015, 8, 1), value=10,",
        "NormValue(van=date(2014, 8, 1), value=10,",
    ),
    Fout(
        "norms",
        "An open norm has a default.",
        "questions.norms",
        "edge=_LAST_DAY,\n    verified_on=_VERIFIED,\n)",
        "edge=_LAST_DAY,\n    values=(NormValue(value=7, source=sources.BVE_TERMIJN),),\n    verified_on=_VERIFIED,\n)",
    ),
    Fout(
        "norms",
        "A value of the caller for a norm is ignored.",
        "testing.kit",
        '"norms": dict(request["norms"]),',
        '"norms": {},',
    ),
    # ---- Kleene
    Fout(
        "Kleene",
        "Unknown is as good as true: a requirement that cannot be decided is met.",
        BRON,
        'return _Code(value=name, true=f"({name} is True)"',
        'return _Code(value=name, true=f"({name} is not False)"',
    ),
    Fout(
        "Kleene",
        "False AND unknown is unknown.",
        BRON,
        'true=_joined("and", [t.true for t in terms], "True"), false=_joined("or", [t.false for t in terms], "False")',
        'true=_joined("and", [t.true for t in terms], "True"), false=_joined("and", [t.false for t in terms], "False")',
    ),
    Fout(
        "Kleene",
        "True OR unknown is unknown.",
        BRON,
        'true=_joined("or", [t.true for t in terms], "False"), false=_joined("and", [t.false for t in terms], "True")',
        'true=_joined("and", [t.true for t in terms], "False"), false=_joined("and", [t.false for t in terms], "True")',
    ),
    Fout(
        "Kleene",
        "What was not looked up is not filled.",
        BRON,
        'false=f"({name} is None)" if self._looked_up(fact) else "False")',
        'false=f"({name} is None)")',
    ),
    Fout(
        "Kleene",
        "What can still come is too late already.",
        BRON,
        'f"K >= {limit.value}" if self._looked_up(event) else "False"',
        '"True"',
    ),
    Fout(
        "Kleene",
        "An event that was not looked up did not happen.",
        BRON,
        'f"K >= {limit.value}" if self._looked_up(event) else "False"',
        'f"K >= {limit.value}"',
    ),
    # ---- knowledge dates
    Fout(
        "knowledge",
        "A register row is known one day too long.",
        STAND,
        "(until is None or day < until)",
        "(until is None or day <= until)",
    ),
    Fout(
        "knowledge",
        "A register row is known from the day after its first.",
        STAND,
        "(first is None or first <= day)",
        "(first is None or first < day)",
    ),
    Fout(
        "knowledge",
        "Deliveries that DUO received after the kennisdatum count.",
        STAND,
        "if r.ontvangen_duo_op is not None and r.ontvangen_duo_op <= known)",
        "if r.ontvangen_duo_op is not None)",
    ),
    Fout(
        "knowledge",
        "A rejection counts before it is known.",
        STAND,
        "and answered <= self.kennisdatum",
        "",
    ),
    Fout(
        "knowledge",
        "A rejected delivery gives the content in perspectief keten.",
        STAND,
        "rows = [row for row in rows if row.uitkomst is not rejected or not self.is_afgekeurd(row)]",
        "rows = [row for row in rows]",
    ),
    Fout(
        "knowledge",
        "A removed BPVO still exists.",
        STAND,
        "if not rows or rows[-1].soort is SoortUitwisseling.VERWIJDERING:",
        "if not rows:",
    ),
    Fout(
        "knowledge",
        "A BPVO that was added again is as old as its first life.",
        STAND,
        "while start and rows[start - 1].soort is not SoortUitwisseling.VERWIJDERING:",
        "while start:",
    ),
    Fout(
        "knowledge",
        "In perspectief instelling a rejected delivery was received.",
        STAND,
        "life = [row for row in rows[start:] if row.uitkomst is None or not self.is_afgekeurd(row)]",
        "life = rows[start:]",
    ),
    Fout(
        "knowledge",
        "The content is that of the latest row of the file.",
        STAND,
        "            found.sort(key=_volgorde)\n",
        "",
    ),
    Fout(
        "knowledge",
        "In perspectief instelling an addition without ontstaan_op always exists.",
        STAND,
        "day = levering.afsluitdatum",
        "day = None",
    ),
    Fout(
        "knowledge",
        "A request dated after the kennisdatum is judged.",
        STAND,
        "if row.dagtekening <= self.kennisdatum)",
        "if row.dagtekening)",
    ),
    Fout(
        "knowledge",
        "A measurement is of the day that its own offset shows.",
        "periode.tijd",
        "return tijdstip.astimezone(_zone()).date()",
        "return tijdstip.date()",
    ),
    Fout(
        "knowledge",
        "What DUO answered is known before the day of the answer.",
        TIJDIG,
        "return _earliest((levering.teruggekoppeld_op,), kennisdatum)",
        "return levering.teruggekoppeld_op",
    ),
    # ---- calendar
    Fout(
        "calendar",
        "Saturday is a werkdag.",
        "periode.werkdagen",
        "dag.weekday() < 5",
        "dag.weekday() < 6",
    ),
    Fout(
        "calendar",
        "Goede Vrijdag is a werkdag.",
        "periode.werkdagen",
        "            pasen - timedelta(days=2),\n",
        "",
    ),
    Fout(
        "calendar",
        "The Koning celebrates on 30 April.",
        "periode.werkdagen",
        "date(jaar, 4, 27) if jaar >= 2014 else date(jaar, 4, 30)",
        "date(jaar, 4, 30)",
    ),
    Fout(
        "calendar",
        "5 May is a holiday once in five years.",
        "periode.werkdagen",
        "            date(jaar, 5, 5),\n",
        "            *((date(jaar, 5, 5),) if jaar % 5 == 0 else ()),\n",
    ),
    Fout(
        "calendar",
        "Days equated by decree are werkdagen.",
        "periode.werkdagen",
        " and dag not in self.gelijkgesteld",
        "",
    ),
    Fout(
        "calendar",
        "Hemelvaartsdag is a werkdag.",
        "periode.werkdagen",
        "            pasen + timedelta(days=39),\n",
        "",
    ),
    # ---- coverage
    Fout(
        "coverage",
        "Recognitions that touch do not join.",
        DEKKING,
        "periode.van.toordinal() <= last.tot_en_met.toordinal() + 1:",
        "periode.van.toordinal() <= last.tot_en_met.toordinal():",
    ),
    Fout(
        "coverage",
        "A gap of one day is no gap.",
        DEKKING,
        "periode.van.toordinal() <= last.tot_en_met.toordinal() + 1:",
        "periode.van.toordinal() <= last.tot_en_met.toordinal() + 2:",
    ),
    Fout(
        "coverage",
        "The last day of a recognition does not count.",
        DEKKING,
        "if periode.van <= dag <= periode.tot_en_met:\n                return True",
        "if periode.van <= dag < periode.tot_en_met:\n                return True",
    ),
    Fout(
        "coverage",
        "A recognition inside another one shortens it.",
        DEKKING,
        "if periode.tot_en_met > last.tot_en_met:\n                    joined[-1]",
        "if True:\n                    joined[-1]",
    ),
    Fout(
        "coverage",
        "A period that ends before it begins is covered.",
        DEKKING,
        'tot_en_met`` lies before\n        ``van``: of a period without days nothing can be said.\n        """\n'
        "        if tot_en_met < van:\n            return None",
        'tot_en_met`` lies before\n        ``van``: of a period without days nothing can be said.\n        """\n'
        "        if tot_en_met < van:\n            return True",
    ),
    Fout(
        "coverage",
        "Without the equivalents, a day that is not found covered is not covered.",
        "judge.context",
        'if not (self.opgezocht("opleidingen") and self.opgezocht("equivalenten")):',
        'if not self.opgezocht("opleidingen"):',
    ),
    Fout(
        "coverage",
        "For a keuzedeel only the first recognition of the company counts.",
        "judge.context",
        "return _dekking(self._erkenningen(leerbedrijf_id), volledig=True)",
        "return _dekking(tuple(self._erkenningen(leerbedrijf_id))[:1], volledig=True)",
    ),
    Fout(
        "coverage",
        "A recognition without a known end covers its first day only.",
        "judge.context",
        "date.max if row.tot_en_met is None else row.tot_en_met)",
        "row.van if row.tot_en_met is None else row.tot_en_met)",
    ),
    # ---- Stagefonds and requests
    Fout(
        "rules",
        "The leerweg is not looked at.",
        "stagefonds",
        "return (leerweg, opleidingcode) in self._lines",
        "return opleidingcode in self.codes",
    ),
    Fout(
        "rules",
        "A niveau that is needed and missing is no reason to doubt.",
        "stagefonds",
        "lines = tuple(regel for regel in lines if regel.niveau == niveau)",
        "lines = tuple(regel for regel in lines if regel.niveau == niveau) or lines[:1]",
    ),
    Fout(
        "rules",
        "Any listed code will do as a second recognition, also of niveau 1.",
        "stagefonds",
        '"26007": ((), frozenset({2, 3, 4})),',
        '"26007": ((), frozenset({1, 2, 3, 4, None})),',
    ),
    Fout(
        "rules",
        "Every request is judged as a new one.",
        AANVRAAG,
        'NIEUW = soort == "nieuw"',
        "NIEUW = is_filled(soort)",
    ),
    Fout(
        "rules",
        "A request with reasons for the delay is judged without them.",
        AANVRAAG,
        "scope=NIEUW & ~is_filled(overschrijding_gemotiveerd_op),",
        "scope=NIEUW,",
    ),
    # ---- fotos
    Fout(
        "foto",
        "The window is 365 days, also when it holds a 29 February.",
        "foto.kalender",
        "    na = peildatum - relativedelta(years=1)\n",
        "    na = peildatum - relativedelta(days=365)\n",
    ),
    Fout(
        "foto",
        "What begins after the day of the foto is in it.",
        "foto.take",
        "not na < dated <= judgement.peildatum",
        "not na < dated",
    ),
    Fout(
        "foto",
        "One pseudonym at two schools is one person.",
        "foto.take",
        "return lambda row: (row.brin, row.student)",
        "return lambda row: row.student",
    ),
    Fout(
        "foto",
        "Requests are counted instead of the companies behind them.",
        "foto.take",
        "(row.brin, row.leerbedrijf_id or row.aanvraag_id)",
        "(row.brin, row.aanvraag_id)",
    ),
    Fout(
        "foto",
        "A code without a domein has an unknown one.",
        FEITEN,
        'return GEEN_DOMEIN if context.opgezocht("opleidingen", "domein") else ONBEKEND_DOMEIN',
        "return ONBEKEND_DOMEIN",
    ),
    Fout(
        "foto",
        "Signals count for a question.",
        "judge.result",
        "if rule.kind is Kind.FOUT and self.settings.question_of[rule.code] is question",
        "if self.settings.question_of[rule.code] is question",
    ),
)
"""The planted errors."""


# ---- running them


class _Replacing(SourceFileLoader):
    """Loads one module with some of its words replaced."""

    def __init__(self, name: str, path: str, fout: Fout) -> None:
        super().__init__(name, path)
        self._fout = fout

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_data(self.path).decode("utf-8")
        if source.count(self._fout.right) != 1:
            raise AssertionError(f"{fullname} does not hold {self._fout.right!r} exactly once")
        return compile(source.replace(self._fout.right, self._fout.wrong), self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, fout: Fout) -> None:
        self._fout = fout

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """Find the module that is planted in."""
        if fullname != f"bpvo_rules.{self._fout.module}":
            return None
        found = PathFinder.find_spec(fullname, path, target)
        assert found is not None
        assert found.origin is not None
        return importlib.util.spec_from_file_location(
            fullname, found.origin, loader=_Replacing(fullname, found.origin, self._fout)
        )


def _first_failure(fout: Fout, found_by: str | None) -> str | None:
    """Give the id of a case that an engine fails; ``None`` when it passes them all."""
    sys.meta_path.insert(0, _Finder(fout))
    from bpvo_rules.testing.conformance import reference, verify
    from bpvo_rules.testing.kit import cases

    every = cases()
    # What found it before is asked first: that is much faster than asking all.
    for asked in ([case for case in every if case.id == found_by], every):
        failures = verify(reference, asked, enough=1).failures
        if failures:
            return failures[0].case.id
    return None


def _forked(fout: Fout, found_by: str | None) -> str | None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            told: Any = {"failed": _first_failure(fout, found_by)}
        except Exception as error:  # noqa: BLE001 - told to who started it
            told = {"broken": f"{type(error).__name__}: {error}"}
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        found = json.load(pipe)
    os.waitpid(child, 0)
    if "broken" in found:
        # An error that keeps the engine from running was not planted well.
        raise AssertionError(f"{fout.claim} {found['broken']}")
    failed: str | None = found["failed"]
    return failed


def run() -> dict[str, str | None]:
    """Give per planted error a case that finds it."""
    before = json.loads(GEVONDEN.read_text("utf-8")) if GEVONDEN.exists() else {}
    return {fout.claim: _forked(fout, before.get(fout.claim)) for fout in FOUTE_MOTOREN}


if __name__ == "__main__":
    # What every engine loads, and none of them is planted in.
    import attrs  # noqa: F401
    import dateutil.easter
    import dateutil.relativedelta
    import dateutil.tz  # noqa: F401

    found = run()
    if sys.argv[1:] == ["--write"]:
        GEVONDEN.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    print(json.dumps(found))  # noqa: T201 - what it is run for
