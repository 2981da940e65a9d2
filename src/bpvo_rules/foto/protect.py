"""From the sealed truth to a foto under a policy."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, final

import attrs
from dateutil.relativedelta import relativedelta

from bpvo_rules.codes import Brin
from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto.audit import Genomen, check_moments, solver_name
from bpvo_rules.foto.audit.attack import BASIS, FOUT, GOED, ONBEKEND, Place
from bpvo_rules.foto.audit.audit import Probe, is_asked, overlapping
from bpvo_rules.foto.audit.targets import sensitive
from bpvo_rules.foto.foto import (
    Aantal,
    Cel,
    Domein,
    Drempels,
    Foto,
    Getal,
    Plaats,
    Policy,
    RegelAantal,
    Regelcode,
    Vraagcode,
)
from bpvo_rules.foto.repair import Repair, price_under
from bpvo_rules.foto.zegel import Waar, WareCel, Zegel
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.questions import QUESTIONS

__all__ = ["Opname", "draft", "expose"]

_ORDER: Final[Mapping[str, int]] = {question.code: at for at, question in enumerate(QUESTIONS)}


@final
@attrs.frozen(kw_only=True)
class Opname:
    """
    A foto with the truth behind it; the foto may leave, the zegel stays with its maker.

    Attributes:
        foto: What is published.
        zegel: The true counts, as sensitive as a foto under ``niveau``.

    """

    foto: Foto
    zegel: Zegel


# Steps and worlds are made by the million and hold no cycles.
@collector_paused()
def expose(zegel: Zegel, *, policy: Policy, eerdere: Sequence[Opname] = (), drempels: Drempels | None = None) -> Opname:
    """
    Make the foto of a sealed truth.

    Args:
        zegel: The true counts.
        policy: How much to protect; there is no default.
        eerdere: Every foto made so far with its zegel, withdrawn ones too, in the order of their
            making. Those under ``niveau`` are passed over: they are not given to anyone.
        drempels: What is small; ``None``: as the policy has it.

    Raises:
        ValueError: for drempels that do not go with the policy.
        FotoRefusedError: for a foto that cannot be protected, or without a solver to prove that it is.

    """
    limits = policy.drempels if drempels is None else drempels
    if not policy.protects:
        return Opname(foto=_niveau(zegel, limits), zegel=zegel)
    if zegel.na != zegel.peildatum - relativedelta(years=1):
        raise FotoRefusedError(
            "A protected foto is of a rolling year: beside fotos of other windows, such as a year up to now, what lies"
            " between is a small count too."
        )
    solver_name()
    frozen = [Genomen(one.foto, one.zegel) for one in eerdere if one.foto.policy.protects]
    foto = draft(zegel, policy, [one.foto for one in frozen], drempels=limits)
    check_moments([*frozen, Genomen(foto, zegel)])
    price = price_under(policy)
    for vraag in sorted({cel.vraag for cel in foto.marges}):
        probe = Probe([*frozen, Genomen(foto, zegel)], vraag, price=price)
        foto = _without(foto, vraag, Repair(probe, vraag).run())
        if probe.attack.revised:
            # Withholding more never tells more, so what holds for the one attacker holds after the other. This one
            # is mistaken: it is no reason to refuse a correction when an earlier foto already leads him on.
            other = overlapping([*frozen, Genomen(foto, zegel)], vraag, price=price)
            foto = foto if other is None else _without(foto, vraag, Repair(other, vraag).run_where_possible())
    return Opname(foto=foto, zegel=zegel)


def draft(zegel: Zegel, policy: Policy, eerdere: Sequence[Foto] = (), *, drempels: Drempels | None = None) -> Foto:
    """
    Publish everything that is not sensitive by itself.

    Args:
        zegel: The true counts.
        policy: A protecting one.
        eerdere: Earlier protected fotos. What was once in one stays, as 0, so that it can be
            withheld where not being there would tell something about them.
        drempels: What is small; ``None``: as the policy has it.

    """
    limits = policy.drempels if drempels is None else drempels

    def shown(kind: str, count: Waar, *others: tuple[str, Waar], basis: int = 0) -> Getal:
        if count.personen is None or count.subjects == 0:
            return Getal.exact(count.subjects)
        if policy is Policy.ONDERDRUK:
            hidden = any(sensitive(k, c, limits, basis=basis) for k, c in ((kind, count), *others))
            return Getal.withheld() if hidden else Getal.exact(count.subjects)
        number = Getal.rounded(count.subjects)
        need = sensitive(kind, count, limits)
        # Few students with many subjects: the class would say that it is not a small count.
        fits = need is None or (number.least <= need[0] and (number.most or 0) >= need[1])
        return number if fits else Getal.withheld()

    def public(cel: WareCel) -> Cel:
        goed, basis = (GOED, cel.voldoet), cel.beslist.subjects
        others = (goed, (BASIS, cel.beslist)) if cel.voldoet_niet.subjects else ()
        return Cel(
            vraag=cel.vraag,
            instelling=cel.instelling,
            domein=cel.domein,
            voldoet_niet=Aantal(subjects=shown(FOUT, cel.voldoet_niet, *others, basis=basis), personen=None),
            beslist=Aantal(subjects=shown(BASIS, cel.beslist), personen=None),
            niet_te_bepalen=Aantal(subjects=shown(ONBEKEND, cel.niet_te_bepalen), personen=None),
        )

    def cels(found: Iterable[WareCel], before: Iterable[Cel]) -> tuple[Cel, ...]:
        now = {_key(cel): public(cel) for cel in found if cel.na == zegel.na}
        # A 0 for a question that was not asked would look like an answer.
        gone = {_key(cel): _empty(cel) for cel in before if is_asked(zegel, cel.vraag)}
        return tuple(cel for _, cel in sorted((gone | now).items()))

    marges = cels(zegel.marges, (cel for foto in eerdere for cel in foto.marges))
    counted = {
        (regel.vraag, regel.regel, regel.instelling, regel.domein): regel.voldoet_niet
        for regel in zegel.regels
        if regel.na == zegel.na and Plaats.ALLE in {regel.instelling, regel.domein}
    }
    listed: dict[str, set[tuple[Brin | Plaats, Domein | Plaats]]] = {}
    for marge in marges:
        listed.setdefault(marge.vraag, set()).add((marge.instelling, marge.domein))
    for vraag, _, instelling, domein in counted:
        listed.setdefault(vraag, set()).add((instelling, domein))
    return Foto(
        peildatum=zegel.peildatum,
        na=zegel.na,
        policy=policy,
        drempels=limits,
        cellen=cels(zegel.cellen, (cel for foto in eerdere for cel in foto.cellen)),
        marges=marges,
        regels=tuple(
            RegelAantal(
                vraag=Vraagcode(question.code),
                regel=Regelcode(code),
                instelling=place[0],
                domein=place[1],
                voldoet_niet=shown(
                    code, counted.get((Vraagcode(question.code), Regelcode(code), *place), Waar(0, None))
                ),
            )
            for question in QUESTIONS
            for code in sorted(rule.code for rule in question.rules if rule.code in zegel.uitgevoerd)
            for place in sorted(listed.get(question.code, ()))
        ),
    )


def _key(cel: Cel | WareCel) -> tuple[int, str, str]:
    return _ORDER[cel.vraag], str(cel.instelling), str(cel.domein)


def _empty(cel: Cel) -> Cel:
    nothing = Aantal(subjects=Getal.exact(0), personen=None)
    return Cel(
        vraag=cel.vraag,
        instelling=cel.instelling,
        domein=cel.domein,
        voldoet_niet=nothing,
        beslist=nothing,
        niet_te_bepalen=nothing,
    )


def _without(first: Foto, vraag: str, withheld: Collection[tuple[Place, str]]) -> Foto:
    """Take numbers of a question out of a foto."""

    def kept(number: Getal, about: str, place: Place, kind: str) -> Getal:
        return Getal.withheld() if about == vraag and (place, kind) in withheld else number

    def public(cel: Cel) -> Cel:
        place = (str(cel.instelling), str(cel.domein))

        def left(kind: str, aantal: Aantal) -> Aantal:
            return Aantal(subjects=kept(aantal.subjects, cel.vraag, place, kind), personen=None)

        return attrs.evolve(
            cel,
            voldoet_niet=left(FOUT, cel.voldoet_niet),
            beslist=left(BASIS, cel.beslist),
            niet_te_bepalen=left(ONBEKEND, cel.niet_te_bepalen),
        )

    return attrs.evolve(
        first,
        cellen=tuple(public(cel) for cel in first.cellen),
        marges=tuple(public(cel) for cel in first.marges),
        regels=tuple(
            attrs.evolve(
                regel,
                voldoet_niet=kept(
                    regel.voldoet_niet, regel.vraag, (str(regel.instelling), str(regel.domein)), regel.regel
                ),
            )
            for regel in first.regels
        ),
    )


def _true(count: Waar) -> Aantal:
    return Aantal(
        subjects=Getal.exact(count.subjects), personen=None if count.personen is None else Getal.exact(count.personen)
    )


def _niveau(zegel: Zegel, drempels: Drempels) -> Foto:
    def cels(found: tuple[WareCel, ...]) -> tuple[Cel, ...]:
        return tuple(
            Cel(
                vraag=cel.vraag,
                instelling=cel.instelling,
                domein=cel.domein,
                voldoet=_true(cel.voldoet),
                voldoet_niet=_true(cel.voldoet_niet),
                beslist=_true(cel.beslist),
                niet_te_bepalen=_true(cel.niet_te_bepalen),
                niet_van_toepassing=_true(cel.niet_van_toepassing),
                totaal=_true(cel.totaal),
            )
            for cel in found
            if cel.na == zegel.na
        )

    return Foto(
        peildatum=zegel.peildatum,
        na=zegel.na,
        policy=Policy.NIVEAU,
        drempels=drempels,
        cellen=cels(zegel.cellen),
        marges=cels(zegel.marges),
        regels=tuple(
            RegelAantal(
                vraag=regel.vraag,
                regel=regel.regel,
                instelling=regel.instelling,
                domein=regel.domein,
                voldoet_niet=Getal.exact(regel.voldoet_niet.subjects),
            )
            for regel in zegel.regels
            if regel.na == zegel.na and Plaats.ALLE in {regel.instelling, regel.domein}
        ),
    )
