"""Strategies for whole chains, and for what the library makes of one: a judgement, its meldingen, a foto."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from bpvo_rules import foto
from bpvo_rules.foto import Foto, Opname, Policy
from bpvo_rules.judge import (
    BpvoCells,
    Evidence,
    Explanation,
    Judge,
    Judgement,
    Melding,
    Storing,
    Verdict,
    make_settings,
)
from bpvo_rules.keten import Keten, Stand
from bpvo_rules.model import Functie
from bpvo_rules.simulate import Simulatie, simulate
from bpvo_rules.testing.cells import bpvos, moments
from bpvo_rules.testing.worlds import BRINS, NORMS_FOR_EVERY_RULE, World, world

__all__ = ["STRATEGIES", "judgements", "ketens", "worlds"]

Make = Callable[[], st.SearchStrategy[Any]]


def worlds() -> st.SearchStrategy[World]:
    """
    Give small, nasty worlds: a chain with the arguments of a run.

    A few companies, codes and days that lie close together and on the boundaries of terms; cells, columns and
    whole tables are missing; several BPVO's may be alike. Hypothesis can shrink them.
    """
    return st.randoms(use_true_random=False, note_method_calls=False).map(world)


def ketens() -> st.SearchStrategy[Keten]:
    """Give whole consistent chains: those of :func:`worlds`."""
    return worlds().map(lambda found: found.keten)


@cache
def _judge() -> Judge:
    """Give a judge in which every rule runs; compiled once."""
    return Judge(make_settings(norms=dict(NORMS_FOR_EVERY_RULE)))


def _judged(found: World) -> Judgement:
    arguments = {name: value for name, value in found.arguments.items() if name != "norms"}
    return _judge().keten(found.keten, **arguments)


def judgements() -> st.SearchStrategy[Judgement]:
    """Give judgements of worlds, by norms with which every rule runs."""
    return worlds().map(_judged)


def _some(make: Callable[[Judgement], Sequence[Any]]) -> st.SearchStrategy[Any]:
    """Choose one of what there is of a judgement; judgements without any are passed over."""
    return judgements().map(make).filter(bool).flatmap(st.sampled_from)


def _explanations(judgement: Judgement) -> list[Explanation]:
    """Explain one subject of a judgement."""
    first = next(iter(judgement.verdicts()), None)
    return [] if first is None else list(judgement.explain(first.subject))


def _opname(found: World) -> Opname:
    """Take the foto of a world on its own day; under ``niveau``, for another policy needs a solver."""
    judgement = _judge().keten(found.keten, peildatum=found.peildatum)
    return Opname(foto=foto.aggregate(judgement, policy=Policy.NIVEAU), zegel=foto.seal(judgement))


def _opnames() -> st.SearchStrategy[Opname]:
    return worlds().map(_opname)


def _in_fotos(make: Callable[[Opname], Sequence[Any]]) -> st.SearchStrategy[Any]:
    return _opnames().map(make).filter(bool).flatmap(st.sampled_from)


def _fotos() -> st.SearchStrategy[Foto]:
    return _opnames().map(lambda opname: opname.foto)


def _bestanden() -> st.SearchStrategy[foto.Fotobestand]:
    settings = make_settings()
    return st.builds(
        lambda taken, later: foto.describe(taken, settings, gemaakt_op=taken.peildatum + timedelta(days=later)),
        _fotos(),
        st.integers(0, 60),
    )


def _comparisons() -> st.SearchStrategy[foto.Vergelijking]:
    def compared(found: World) -> foto.Vergelijking:
        later = found._replace(peildatum=found.peildatum + timedelta(days=91))
        return foto.compare(_opname(found).foto, _opname(later).foto)

    return worlds().map(compared)


def _differences() -> st.SearchStrategy[foto.Verschil]:
    found = _comparisons().map(lambda one: (*one.cellen, *one.marges)).filter(bool)
    return found.flatmap(st.sampled_from)


def _storingen() -> st.SearchStrategy[Storing]:
    return st.builds(
        lambda functie, brin, van, last, number: Storing(
            functie=functie,
            brin=brin,
            van=van,
            tot_en_met=van + timedelta(minutes=last if number > 1 else 0),
            metingen=number,
        ),
        st.sampled_from(Functie),
        st.sampled_from(["", *BRINS]),
        moments(),
        st.integers(0, 600),
        st.integers(1, 9),
    )


_simulated = cache(simulate)


def _simulaties() -> st.SearchStrategy[Simulatie]:
    """Give one of a few: a simulation takes as long as a hundred records."""
    return st.integers(0, 4).map(lambda seed: _simulated(seed=seed, instellingen=1, bpvos=20 + seed))


def _changes() -> st.SearchStrategy[dict[str, Any]]:
    """Give some cells of a BPVO, to change another by."""
    names = st.sets(st.sampled_from(sorted(BpvoCells.__annotations__)))
    return st.builds(lambda bpvo, found: {name: getattr(bpvo, name) for name in sorted(found)}, bpvos(), names)


STRATEGIES: Final[Mapping[type, Make]] = {
    BpvoCells: _changes,
    Stand: lambda: worlds().map(
        lambda found: Stand(
            keten=found.keten, kennisdatum=found.kennisdatum or found.peildatum, perspectief=found.perspectief
        )
    ),
    Judgement: judgements,
    Verdict: lambda: _some(lambda found: list(found.verdicts())),
    Melding: lambda: _some(Judgement.meldingen),
    Evidence: lambda: _some(lambda found: [one for melding in found.meldingen() for one in melding.evidence]),
    Explanation: lambda: _some(_explanations),
    Storing: _storingen,
    Opname: _opnames,
    Foto: _fotos,
    foto.Zegel: lambda: _opnames().map(lambda opname: opname.zegel),
    foto.Cel: lambda: _in_fotos(lambda opname: (*opname.foto.cellen, *opname.foto.marges)),
    foto.RegelAantal: lambda: _in_fotos(lambda opname: opname.foto.regels),
    foto.WareCel: lambda: _in_fotos(lambda opname: (*opname.zegel.cellen, *opname.zegel.marges)),
    foto.WareRegel: lambda: _in_fotos(lambda opname: opname.zegel.regels),
    foto.Fotobestand: _bestanden,
    foto.Vergelijking: _comparisons,
    foto.Verschil: _differences,
    Simulatie: _simulaties,
}
