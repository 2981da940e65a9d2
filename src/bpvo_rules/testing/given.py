"""Strategies for what a user makes and gives: codes, records, periods, settings, and words of the vocabulary."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import accumulate
from typing import Any, Final

from hypothesis import strategies as st

from bpvo_rules import codes as codes_
from bpvo_rules import foto, keten, model, periode, reference, rules, stagefonds
from bpvo_rules.foto.bestand import FotoId
from bpvo_rules.judge import (
    Failure,
    Flips,
    Judge,
    KindSetting,
    NormSetting,
    NotRun,
    OffSetting,
    Profile,
    Registerantwoord,
    Settings,
    Toelichting,
    make_settings,
)
from bpvo_rules.keten import Invoerfout, Opmerking
from bpvo_rules.model import TABLES, Bpvo, Erkenning, Leerweg
from bpvo_rules.periode import Dekking, Periode, Studiejaar, Werkkalender
from bpvo_rules.questions import NORMS, QUESTIONS, RULES, SUBJECTS
from bpvo_rules.rules import Kind, Norm, NormValue, Source, Term, Text, Venster
from bpvo_rules.stagefonds import Categorie, Stagefondslijst, Stagefondsregel
from bpvo_rules.testing.cells import bpvos, codes, days, records, texts

__all__ = ["STRATEGIES", "norm_values", "norms"]

Make = Callable[[], st.SearchStrategy[Any]]

_RULE_CODES: Final = tuple(rule.code for rule in RULES)
_HEXADECIMAL: Final = "0123456789abcdef"


def _periodes() -> st.SearchStrategy[Periode]:
    """Give closed runs of days, some without a known end."""
    last = st.one_of(st.integers(0, 60), st.integers(0, 20_000))
    with_end = st.builds(lambda van, more: Periode(van, van + timedelta(days=more)), _common_days(), last)
    return st.one_of(with_end, _common_days().map(Periode))


def _common_days() -> st.SearchStrategy[date]:
    return st.dates(date(1900, 1, 1), date(2099, 12, 31))


def _dekkingen() -> st.SearchStrategy[Dekking]:
    """Give coverage: of any periods, and of periods that lie a few days apart, so that they just join or not."""

    def chained(start: date, gaps: list[tuple[int, int]]) -> list[Periode]:
        found, van = [], start
        for length, gap in gaps:
            found.append(Periode(van, van + timedelta(days=length)))
            van += timedelta(days=length + gap)
        return found

    near = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=6)
    any_periods = st.one_of(st.lists(_periodes(), max_size=5), st.builds(chained, _common_days(), near))
    return st.builds(lambda periods, volledig: Dekking.van(periods, volledig=volledig), any_periods, st.booleans())


def _vensters() -> st.SearchStrategy[Venster]:
    parts = st.builds(
        lambda day, edges: (day, *edges),
        st.integers(0, 6),
        st.lists(st.integers(0, 1440), min_size=2, max_size=2, unique=True).map(lambda e: tuple(sorted(e))),
    )
    return st.lists(parts, max_size=4).map(lambda found: Venster(tuple(sorted(found))))


def _texts() -> st.SearchStrategy[Text]:
    return st.builds(Text, texts(), texts())


def _sources() -> st.SearchStrategy[Source]:
    def made(title: str, found: tuple[date | None, date | None]) -> Source:
        van, tot_en_met = found
        if van is not None and tot_en_met is not None:
            van, tot_en_met = sorted((van, tot_en_met))
        return Source(title=title, van=van, tot_en_met=tot_en_met)

    return st.builds(made, texts().filter(str.strip), st.tuples(_maybe(days()), _maybe(days())))


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _values(norm: Norm) -> st.SearchStrategy[Any]:
    """Give values that a norm accepts."""
    if norm.unit is periode.Eenheid.VENSTER:
        return _vensters()
    return st.integers(1, 60)


def norm_values() -> st.SearchStrategy[dict[str, Any]]:
    """Give values for norms, by their ids, as ``make_settings(norms=...)`` takes them."""
    return st.fixed_dictionaries({}, optional={norm.id: _values(norm) for norm in NORMS})


def norms() -> st.SearchStrategy[Norm]:
    """Give the norms of the library, as declared and with a value of a caller."""

    def both(norm: Norm) -> st.SearchStrategy[Norm]:
        return st.one_of(st.just(norm), _values(norm).map(lambda value: norm.with_value(value, reason="test")))

    return st.sampled_from(NORMS).flatmap(both)


def _norm_values() -> st.SearchStrategy[NormValue]:
    return st.builds(NormValue, van=_maybe(days()), value=st.one_of(st.integers(1, 60), _vensters()), source=_sources())


def _norm_settings() -> st.SearchStrategy[NormSetting]:
    return st.sampled_from(NORMS).flatmap(
        lambda norm: st.builds(NormSetting, norm=st.just(norm.id), value=_values(norm), reason=_reasons())
    )


def _reasons() -> st.SearchStrategy[str]:
    return texts().filter(str.strip)


def _kind_settings() -> st.SearchStrategy[KindSetting]:
    return st.builds(KindSetting, rule=_rule_codes(), kind=st.sampled_from(Kind), reason=_reasons())


def _off_settings() -> st.SearchStrategy[OffSetting]:
    return st.builds(OffSetting, rule=_rule_codes(), reason=_reasons())


def _toelichtingen() -> st.SearchStrategy[Toelichting]:
    ids = st.text(_HEXADECIMAL, min_size=16, max_size=16)
    return st.builds(Toelichting, melding=ids, reason=_reasons(), tot_en_met=days())


def _profiles() -> st.SearchStrategy[Profile]:
    """Give profiles in which each norm, rule and melding has at most one line of a kind."""

    def lines(strategy: st.SearchStrategy[Any], name: str) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.lists(strategy, max_size=3, unique_by=lambda line: getattr(line, name)).map(tuple)

    return st.builds(
        Profile,
        naam=texts(),
        datum=days(),
        norms=lines(_norm_settings(), "norm"),
        kinds=lines(_kind_settings(), "rule"),
        off=lines(_off_settings(), "rule"),
        toelichtingen=lines(_toelichtingen(), "melding"),
    )


def _rule_codes() -> st.SearchStrategy[str]:
    return st.sampled_from(_RULE_CODES)


def _settings() -> st.SearchStrategy[Settings]:
    return st.builds(make_settings, norms=norm_values(), profile=_maybe(_profiles()))


def _answers() -> st.SearchStrategy[Registerantwoord]:
    """Give answers of a register about one company."""
    some = codes(codes_.LeerbedrijfId).flatmap(
        lambda company: st.lists(records(Erkenning, leerbedrijf_id=st.just(company)), max_size=4)
    )
    unknown = st.just(Registerantwoord(bekend=False))
    known = some.map(lambda rows: Registerantwoord(bekend=True, erkenningen=tuple(rows)))
    return st.one_of(unknown, known)


def _lines() -> st.SearchStrategy[Stagefondsregel]:
    return st.builds(
        Stagefondsregel,
        leerweg=st.sampled_from([Leerweg.BOL, Leerweg.BBL]),
        opleidingcode=codes(codes_.Opleidingcode),
        naam=texts(),
        niveau=_maybe(st.integers(1, 4)),
        categorie=st.sampled_from(Categorie),
    )


def _lists() -> st.SearchStrategy[Stagefondslijst]:
    """Give the lists that ship, and lists of other lines; a line per leerweg, code and niveau."""
    lines = st.lists(_lines(), max_size=6, unique_by=lambda line: (line.leerweg, line.opleidingcode, line.niveau))
    made = st.builds(Stagefondslijst, van=days(), regels=lines.map(tuple))
    return st.one_of(st.sampled_from(reference.stagefondslijsten()), made)


def _calendars() -> st.SearchStrategy[Werkkalender]:
    """Give calendars in which some days near those of the small chains are equated with holidays."""
    return st.frozensets(st.dates(date(2014, 1, 1), date(2026, 12, 31)), max_size=5).map(Werkkalender)


def _sampled(found: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Choose one by its place: a term has no truth, so that it cannot be compared."""
    return st.integers(0, len(found) - 1).map(found.__getitem__)


def _terms() -> st.SearchStrategy[Term]:
    """Give the scopes and requirements of the rules, and their conditions."""
    whole = [term for rule in RULES for term in (rule.full_scope, rule.requirement)]
    parts = [arg for term in whole for arg in term.args if isinstance(arg, Term)]
    return _sampled((*whole, *parts))


def _foto_ids() -> st.SearchStrategy[FotoId]:
    return st.builds(FotoId.of, _common_days(), st.integers(0, 3))


def _calendars_of_fotos() -> st.SearchStrategy[foto.Fotokalender]:
    every = [(day.month, day.day) for day in (date(2001, 1, 1) + timedelta(days=n) for n in range(365))]
    chosen = st.sets(st.sampled_from(every), min_size=1, max_size=6)
    return chosen.map(lambda days_: foto.Fotokalender(tuple(sorted(days_))))


def _getallen() -> st.SearchStrategy[foto.Getal]:
    counts = st.integers(0, 10_000)
    return st.one_of(counts.map(foto.Getal.exact), counts.map(foto.Getal.rounded), st.just(foto.Getal.withheld()))


def _exact() -> st.SearchStrategy[foto.Aantal]:
    pairs = st.builds(
        lambda subjects, fewer: (subjects, max(subjects - fewer, min(subjects, 1))), _counts(), st.integers(0, 5)
    )
    return pairs.map(lambda p: foto.Aantal(subjects=foto.Getal.exact(p[0]), personen=foto.Getal.exact(p[1])))


def _counts() -> st.SearchStrategy[int]:
    return st.one_of(st.integers(0, 12), st.integers(0, 10_000))


def _waar() -> st.SearchStrategy[foto.Waar]:
    return st.builds(lambda s, fewer: foto.Waar(s, max(s - fewer, min(s, 1))), _counts(), st.integers(0, 5))


def _drempels() -> st.SearchStrategy[foto.Drempels]:
    return st.builds(foto.Drempels, personen=st.integers(1, 10), beslist=st.integers(1, 10))


def _digests() -> st.SearchStrategy[foto.Digest]:
    return st.text(_HEXADECIMAL, min_size=64, max_size=64).map(lambda text: foto.Digest(f"sha256:{text}"))


def _vervangingen() -> st.SearchStrategy[foto.Vervanging]:
    return st.builds(foto.Vervanging, _foto_ids(), _digests(), st.sampled_from(foto.Reden))


def _delen() -> st.SearchStrategy[foto.Deel]:
    """Give differences whose causes add up."""

    def made(old: int, steps: list[int], place: tuple[Any, ...]) -> foto.Deel:
        counts = [old, *list(accumulate(steps, initial=old))[1:]]
        low = min(counts)
        counts = [count - min(low, 0) for count in counts]
        return foto.Deel(
            vraag=place[0],
            instelling=place[1],
            domein=place[2],
            uitkomst=str(place[3]),
            oud=counts[0],
            nieuw=counts[-1],
            oorzaken={cause: counts[at + 1] - counts[at] for at, cause in enumerate(foto.Oorzaak)},
        )

    number = len(foto.Oorzaak)
    place = st.tuples(_vraagcodes(), codes(codes_.Brin), codes(foto.Domein), st.sampled_from(rules.Outcome))
    return st.builds(made, st.integers(0, 30), st.lists(st.integers(-9, 9), min_size=number, max_size=number), place)


def _vraagcodes() -> st.SearchStrategy[foto.Vraagcode]:
    return st.sampled_from([q.code for q in QUESTIONS if q.number is not None]).map(foto.Vraagcode)


def _flips() -> st.SearchStrategy[Flips]:
    pairs = st.permutations(list(rules.Outcome)).map(lambda found: found[:2])
    return st.builds(
        lambda rule, pair, number: Flips(rule=rule, before=pair[0], after=pair[1], subjects=number),
        _rule_codes(),
        pairs,
        st.integers(1, 1000),
    )


_ENUMS: Final = tuple(
    _kind
    for module in (foto, keten, model, periode, rules, stagefonds)
    for name in module.__all__
    if isinstance(_kind := getattr(module, name), type) and hasattr(_kind, "__members__")
)

STRATEGIES: Final[Mapping[type, Make]] = {
    **{type_: partial(st.sampled_from, type_) for type_ in _ENUMS},
    **{table.record: partial(records, table.record) for table in TABLES.values()},
    Bpvo: bpvos,
    **{
        type_: partial(codes, type_)
        for type_ in (codes_.Brin, codes_.Keuzedeelcode, codes_.LeerbedrijfId, codes_.Opleidingcode, codes_.Volgnummer)
    },
    codes_.Code: lambda: st.one_of(codes(codes_.Brin), codes(codes_.Opleidingcode), codes(codes_.Volgnummer)),
    model.Table: lambda: _sampled(tuple(TABLES.values())),
    Periode: _periodes,
    Dekking: _dekkingen,
    Studiejaar: lambda: st.integers(1900, 2199).map(Studiejaar),
    Werkkalender: _calendars,
    Invoerfout: lambda: st.builds(
        Invoerfout,
        table=st.sampled_from(sorted(TABLES)),
        file=texts(),
        line=st.integers(1, 10**6),
        column=st.none(),
        reason=texts(),
    ),
    Opmerking: lambda: st.builds(Opmerking, file=texts(), code=st.just("slr_verschil"), text=texts()),
    Stagefondsregel: _lines,
    Stagefondslijst: _lists,
    reference.Bron: lambda: st.sampled_from(reference.bronnen()),
    Text: _texts,
    Source: _sources,
    Venster: _vensters,
    NormValue: _norm_values,
    Norm: norms,
    Term: _terms,
    rules.Fact: lambda: _sampled(tuple(fact for subject in SUBJECTS for fact in subject.facts)),
    rules.SubjectType: lambda: _sampled(tuple(SUBJECTS)),
    rules.Rule: lambda: _sampled(tuple(RULES)),
    rules.Question: lambda: _sampled(tuple(QUESTIONS)),
    rules.RuleSet: lambda: st.builds(
        rules.RuleSet,
        name=st.sampled_from(["dossier", "regels-2.0"]),
        distribution=st.sampled_from([None, "dossierregels"]),
        version=st.sampled_from([None, "1.0.0"]),
    ),
    rules.Missing: lambda: st.builds(
        rules.Missing,
        st.sampled_from([fact.name for subject in SUBJECTS for fact in subject.facts]),
        st.sampled_from(rules.Absence),
    ),
    NormSetting: _norm_settings,
    KindSetting: _kind_settings,
    OffSetting: _off_settings,
    Toelichting: _toelichtingen,
    Profile: _profiles,
    Settings: _settings,
    Judge: lambda: _settings().map(Judge),
    Registerantwoord: _answers,
    NotRun: lambda: st.builds(NotRun, rule=_rule_codes(), reason=_texts()),
    Failure: lambda: st.builds(Failure, rule=_rule_codes(), error=st.sampled_from(["ZeroDivisionError", "KeyError"])),
    Flips: _flips,
    foto.Vraagcode: _vraagcodes,
    foto.Regelcode: lambda: _rule_codes().map(foto.Regelcode),
    foto.Domein: lambda: codes(foto.Domein),
    FotoId: _foto_ids,
    foto.Digest: _digests,
    foto.Fotokalender: _calendars_of_fotos,
    foto.Getal: _getallen,
    foto.Aantal: lambda: st.one_of(_exact(), st.builds(foto.Aantal, subjects=_getallen(), personen=st.none())),
    foto.Waar: _waar,
    foto.Drempels: _drempels,
    foto.Vervanging: _vervangingen,
    foto.Deel: _delen,
}
