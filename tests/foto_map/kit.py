"""Fotos to test folders with: of a simulated chain, and protected without a solver."""

import hashlib
import json
import random
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import attrs

from bpvo_rules.foto import Aantal, Cel, Foto, Fotobestand, Getal, Opname, Policy, Zegel, aggregate, describe
from bpvo_rules.foto.audit import Audit
from bpvo_rules.foto.canonical import canonical
from bpvo_rules.judge import Judge, Judgement, make_settings
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.simulate import simulate

DAYS = (date(2018, 10, 1), date(2019, 1, 1), date(2019, 4, 1), date(2019, 7, 1))
JUDGE = Judge()
PUBLIC = ("voldoet_niet", "beslist", "niet_te_bepalen")


@cache
def small_keten() -> Keten:
    """Give a simulated chain of two schools."""
    return simulate(seed=5, instellingen=2, bpvos=150, peildatum=DAYS[-1]).keten


@cache
def judged(day: date = DAYS[0]) -> Judgement:
    """Judge that chain."""
    return JUDGE.keten(small_keten(), peildatum=day)


@cache
def true_foto(day: date = DAYS[0]) -> Foto:
    """Give the foto of that chain under ``niveau``."""
    return aggregate(judged(day), policy=Policy.NIVEAU)


def shuffled(keten: Keten, seed: int) -> Keten:
    """Give a keten with its records in another order."""
    chance = random.Random(seed)  # noqa: S311 - chance for tests, not for secrets
    tables = {name: list(keten.table(name) or ()) for name in TABLES}
    for rows in tables.values():
        chance.shuffle(rows)
    return keten.with_tables(tables)


def rounded(foto: Foto) -> Foto:
    """Give a foto under ``midpunt6`` in which nothing is withheld; nobody attacked it."""

    def cel(found: Cel) -> Cel:
        counts = {name: getattr(found, name).subjects.waarde for name in PUBLIC}
        return Cel(
            vraag=found.vraag,
            instelling=found.instelling,
            domein=found.domein,
            **{name: Aantal(subjects=Getal.rounded(count), personen=None) for name, count in counts.items()},
        )

    return Foto(
        peildatum=foto.peildatum,
        na=foto.na,
        policy=Policy.MIDPUNT6,
        cellen=tuple(map(cel, foto.cellen)),
        marges=tuple(map(cel, foto.marges)),
        regels=tuple(
            attrs.evolve(regel, voldoet_niet=Getal.rounded(regel.voldoet_niet.waarde or 0)) for regel in foto.regels
        ),
    )


def bestand(day: date = DAYS[0], *, policy: Policy = Policy.NIVEAU, **other: Any) -> Fotobestand:
    """Give the file of a foto of that chain."""
    foto = true_foto(day) if policy is Policy.NIVEAU else rounded(true_foto(day))
    return describe(foto, judged(day).settings, **{"gemaakt_op": day, **other})


@cache
def small_protected() -> Fotobestand:
    """Give a protected foto of one question and few cells, with a number that is withheld."""
    keten = simulate(seed=5, instellingen=1, bpvos=3, peildatum=DAYS[0]).keten
    settings = make_settings(only_questions=["erkenning_tijdig"])
    foto = rounded(aggregate(Judge(settings).keten(keten, peildatum=DAYS[0]), policy=Policy.NIVEAU))
    first, *rest = foto.cellen
    hidden = attrs.evolve(first, beslist=Aantal(subjects=Getal.withheld(), personen=None))
    return describe(attrs.evolve(foto, cellen=(hidden, *rest)), settings, gemaakt_op=DAYS[0])


def outcome(*, exact: int = 0, narrowed: int = 0) -> Audit:
    """Give what an audit found, without one."""
    return Audit(
        exact=exact,
        narrowed=narrowed,
        protected=7,
        insider=0,
        overlap=0,
        derived=0,
        worst=None,
        revised=0,
        solves=11,
        solver="HiGHS 1.0",
        bevindingen=(),
    )


def expose_without_solver(zegel: Zegel, *, policy: Policy, eerdere: object = (), drempels: object = None) -> Opname:
    """Round everything, whatever was published before."""
    del eerdere, drempels
    (foto,) = (foto for foto in (true_foto(day) for day in DAYS) if foto.peildatum == zegel.peildatum)
    return Opname(foto=foto if policy is Policy.NIVEAU else rounded(foto), zegel=zegel)


def remade(files: Mapping[str, bytes], changed: Mapping[str, bytes]) -> dict[str, bytes]:
    """
    Change files, and make every digest around them anew, as a forger would.

    The account gets the digest of another ``foto.json``, the descriptor lists what was added, and the manifest follows.
    """
    found = {**files, **changed}
    if "foto.json" in changed and "verantwoording.json" not in changed:
        told = json.loads(found["verantwoording.json"])
        told["foto"] = f"sha256:{hashlib.sha256(found['foto.json']).hexdigest()}"
        found["verantwoording.json"] = canonical(told)
    package = json.loads(found["datapackage.json"])
    listed = {resource["path"] for resource in package["resources"]}
    added = sorted(set(found) - listed - {"MANIFEST.sha256", "datapackage.json"})
    package["resources"] += [{"name": name.partition(".")[0], "path": name} for name in added]
    for resource in package["resources"]:
        data = found[resource["path"]]
        resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    found["datapackage.json"] = canonical(package)
    lines = (f"{hashlib.sha256(found[n]).hexdigest()}  {n}\n" for n in sorted(found) if n != "MANIFEST.sha256")
    found["MANIFEST.sha256"] = "".join(lines).encode()
    return found


def leaves(value: Any) -> Iterator[Any]:
    """Give everything in a JSON value that is no list and no object."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value
