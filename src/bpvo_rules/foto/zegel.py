"""
The sealed truth behind a foto: what its maker keeps, and nobody else gets.

A protected foto can only be held against the next one when the true counts
behind it are still known. They are counts, not records, but small ones, so a
zegel is as sensitive as a foto under ``niveau`` and never goes into the folder
of a foto.
"""

from datetime import date
from typing import final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.foto.foto import Domein, Plaats, Regelcode, Vraagcode

__all__ = ["Waar", "WareCel", "WareRegel", "Zegel"]


@final
@attrs.frozen
class Waar:
    """
    A true count.

    Attributes:
        subjects: Number of subjects.
        personen: Number of distinct students (question 5: leerbedrijven) behind them, per school;
            ``None`` when there is none behind them, as for question 4.

    """

    subjects: int
    personen: int | None


@final
@attrs.frozen(kw_only=True)
class WareCel:
    """
    The true counts of one question for one cell or margin, over the last part of the window.

    Attributes:
        vraag: The question.
        instelling: As in :class:`bpvo_rules.foto.Cel`.
        domein: As in :class:`bpvo_rules.foto.Cel`.
        na: The part starts on the day after this one and ends with the window. The whole window,
            and what is left of it in the next three fotos, each a quarter later.
        voldoet: Subjects that meet every rule.
        voldoet_niet: Subjects that fail at least one.
        beslist: Both together.
        niet_te_bepalen: Subjects of which that cannot be said.
        niet_van_toepassing: Subjects that the question is not about.
        totaal: All of these together.

    """

    vraag: Vraagcode
    instelling: Brin | Plaats
    domein: Domein | Plaats
    na: date
    voldoet: Waar
    voldoet_niet: Waar
    beslist: Waar
    niet_te_bepalen: Waar
    niet_van_toepassing: Waar
    totaal: Waar


@final
@attrs.frozen(kw_only=True)
class WareRegel:
    """
    The true number of subjects of a cell or margin that do not meet one rule, over the last part of the window.

    Attributes:
        vraag: The question.
        regel: The rule.
        instelling: As in :class:`bpvo_rules.foto.Cel`.
        domein: As in :class:`bpvo_rules.foto.Cel`.
        na: As in :class:`WareCel`.
        voldoet_niet: Subjects that do not meet the rule; never none.

    """

    vraag: Vraagcode
    regel: Regelcode
    instelling: Brin | Plaats
    domein: Domein | Plaats
    na: date
    voldoet_niet: Waar


@final
@attrs.frozen(kw_only=True)
class Zegel:
    """
    The true counts behind one foto.

    Attributes:
        peildatum: The day of the foto, last day of its window.
        na: The window starts on the day after this one.
        delen: The first days (exclusive) of the parts of the window that were counted; the first one is ``na``.
        uitgevoerd: The rules that ran, in rule order.
        beslissend: Those of them that decide a question: of kind ``fout``, about its primary subject.
        cellen: True counts per question, instelling, domein and part of the window, sorted.
        marges: The same for the margins, sorted.
        regels: True counts per rule, of the cells and the margins, sorted; only what is not 0.

    """

    peildatum: date
    na: date
    delen: tuple[date, ...]
    uitgevoerd: tuple[Regelcode, ...]
    beslissend: frozenset[Regelcode]
    cellen: tuple[WareCel, ...]
    marges: tuple[WareCel, ...]
    regels: tuple[WareRegel, ...]
