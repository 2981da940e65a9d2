"""From the sealed truth to a foto under a policy."""

from collections.abc import Sequence
from typing import final

import attrs

from bpvo_rules.foto.foto import Aantal, Cel, Foto, Getal, Policy, RegelAantal
from bpvo_rules.foto.zegel import Waar, WareCel, Zegel

__all__ = ["Opname", "expose"]


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


def expose(zegel: Zegel, *, policy: Policy, eerdere: Sequence[Opname] = ()) -> Opname:
    """
    Make the foto of a sealed truth.

    Args:
        zegel: The true counts.
        policy: How much to protect; there is no default.
        eerdere: Every foto made so far with its zegel, withdrawn ones too. Those under ``niveau``
            are passed over: they are not given to anyone.

    Raises:
        FotoRefusedError: for a foto that cannot be protected, or without a solver to prove that it is.

    """
    if policy is Policy.NIVEAU:
        return Opname(foto=_niveau(zegel), zegel=zegel)
    raise NotImplementedError


def _true(count: Waar) -> Aantal:
    return Aantal(
        subjects=Getal.exact(count.subjects), personen=None if count.personen is None else Getal.exact(count.personen)
    )


def _niveau(zegel: Zegel) -> Foto:
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
            if regel.na == zegel.na
        ),
    )
