"""Judge: from what the chain knows, or from one BPVO in a form, to verdicts."""

from collections.abc import Sequence
from datetime import date
from typing import Any, final

import attrs

from bpvo_rules.errors import InvalidRecordError
from bpvo_rules.judge.draft import Desk, Draft
from bpvo_rules.judge.judgement import Judgement, Progress, run
from bpvo_rules.judge.register import Register
from bpvo_rules.judge.settings import Settings, make_settings
from bpvo_rules.keten import Keten, Perspectief, Stand
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.model import Bpvo, Inschrijvingsperiode
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING

__all__ = ["Judge", "judge", "judge_bpvo"]


@final
@attrs.frozen
class Judge:
    """
    Rules and norms made ready once, to judge many times; safe to share between threads.

    Other rules or norms come in through :func:`make_settings`:
    ``Judge(make_settings(norms={"speling_na_aanvang": 0}))``.

    Attributes:
        settings: The rules that run and the norms that they go by.

    """

    settings: Settings = attrs.field(factory=make_settings)

    def keten(
        self,
        keten: Keten,
        *,
        peildatum: date,
        kennisdatum: date | None = None,
        perspectief: Perspectief | str = Perspectief.KETEN,
        progress: Progress | None = None,
    ) -> Judgement:
        """
        Judge everything that exists in a keten.

        Args:
            keten: The tables.
            peildatum: The day about which is judged.
            kennisdatum: The last day whose knowledge counts; the peildatum when ``None``.
            perspectief: Whose view of the deliveries counts.
            progress: Called now and then with subjects judged and subjects in all.

        Raises:
            DuplicateKeyError: when a table holds two records with the same key.
            NormError: in strict mode, when a norm in use was last checked too long ago.

        """
        _check_days(peildatum, kennisdatum)
        self.settings.stale_norms(peildatum)
        with collector_paused():
            stand = Stand(keten=keten, kennisdatum=kennisdatum or peildatum, perspectief=Perspectief(perspectief))
            context = self.settings.context(stand, peildatum)
            subjects = {
                BPVO: stand.bpvos,
                UITWISSELING: stand.uitwisselingen,
                AANVRAAG: stand.erkenningsaanvragen,
                METING: stand.white_label_metingen,
            }
            return run(self.settings, context, subjects, progress)

    def bpvo(
        self,
        bpvo: Bpvo,
        *,
        peildatum: date,
        stand: Stand | None = None,
        register: Register | None = None,
        inschrijvingsperiodes: Sequence[Inschrijvingsperiode] | None = None,
        andere_bpvos: Sequence[Bpvo] | None = None,
    ) -> Judgement:
        """
        Judge one BPVO, such as the draft in a form.

        Args:
            bpvo: The BPVO as it stands; its ``leveringen`` say what was sent.
            peildatum: The day about which is judged.
            stand: Reference tables (opleidingen, equivalenten, keuzedelen, instellingen), and the
                register when there is no other; make it once and pass it every time. What it
                lacks was not looked up. Its kennisdatum is that of the judgement; without a
                stand that is the peildatum.
            register: Asked once about the company of this BPVO, instead of the tables of the stand.
            inschrijvingsperiodes: Those of the same inschrijving, instead of the table of the stand.
            andere_bpvos: The other BPVO's of the same student; ``None`` means not looked up.

        Raises:
            NormError: in strict mode, when a norm in use was last checked too long ago.

        """
        desk = self._desk(peildatum, stand, register, inschrijvingsperiodes, andere_bpvos)
        return desk.judged(bpvo, asks=True)

    def draft(
        self,
        bpvo: Bpvo,
        *,
        peildatum: date,
        stand: Stand | None = None,
        register: Register | None = None,
        inschrijvingsperiodes: Sequence[Inschrijvingsperiode] | None = None,
        andere_bpvos: Sequence[Bpvo] | None = None,
    ) -> Draft:
        """
        Judge one BPVO that is being drawn up, and go on with it change by change.

        Args:
            bpvo: The BPVO as it stands; what is not filled in yet is empty.
            peildatum: The day about which is judged, now and after every change.
            stand: Reference tables, as for :meth:`bpvo`.
            register: Asked now, and by a change only when a rule that reads it is judged again.
            inschrijvingsperiodes: Those of the same inschrijving, instead of the table of the stand.
            andere_bpvos: The other BPVO's of the same student; ``None`` means not looked up.

        Raises:
            NormError: in strict mode, when a norm in use was last checked too long ago.
            InvalidRecordError: when the register answers about another company.

        """
        return self._desk(peildatum, stand, register, inschrijvingsperiodes, andere_bpvos).start(bpvo)

    def _desk(
        self,
        peildatum: date,
        stand: Stand | None,
        register: Register | None,
        inschrijvingsperiodes: Sequence[Inschrijvingsperiode] | None,
        andere_bpvos: Sequence[Bpvo] | None,
    ) -> Desk:
        _check_days(peildatum)
        self.settings.stale_norms(peildatum)
        return Desk(
            settings=self.settings,
            peildatum=peildatum,
            stand=Stand(keten=Keten(), kennisdatum=peildatum) if stand is None else stand,
            register=register,
            inschrijvingsperiodes=inschrijvingsperiodes,
            andere_bpvos=andere_bpvos,
        )


def _check_days(peildatum: date, kennisdatum: date | None = None) -> None:
    for name, day in (("peildatum", peildatum), ("kennisdatum", kennisdatum)):
        if type(day) is not date and not (name == "kennisdatum" and day is None):
            raise InvalidRecordError(name, "a datetime.date without a clock")


def judge(
    keten: Keten,
    *,
    peildatum: date,
    kennisdatum: date | None = None,
    perspectief: Perspectief | str = Perspectief.KETEN,
    progress: Progress | None = None,
    **settings: Any,
) -> Judgement:
    """
    Judge everything that exists in a keten, once.

    See :meth:`Judge.keten`; other keywords are those of :func:`make_settings`,
    such as ``norms={"speling_na_aanvang": 0}`` or ``only_rules=["erkend_bij_aanvang"]``.

    Args:
        keten: The tables.
        peildatum: The day about which is judged.
        kennisdatum: The last day whose knowledge counts; the peildatum when ``None``.
        perspectief: Whose view of the deliveries counts.
        progress: Called now and then with subjects judged and subjects in all.
        settings: Keywords of :func:`make_settings`.

    """
    return Judge(make_settings(**settings)).keten(
        keten, peildatum=peildatum, kennisdatum=kennisdatum, perspectief=perspectief, progress=progress
    )


def judge_bpvo(
    bpvo: Bpvo,
    *,
    peildatum: date,
    stand: Stand | None = None,
    register: Register | None = None,
    inschrijvingsperiodes: Sequence[Inschrijvingsperiode] | None = None,
    andere_bpvos: Sequence[Bpvo] | None = None,
    **settings: Any,
) -> Judgement:
    """
    Judge one BPVO, once; to judge many, make a :class:`Judge` and call its :meth:`Judge.bpvo`.

    Other keywords are those of :func:`make_settings`.

    Args:
        bpvo: The BPVO as it stands; its ``leveringen`` say what was sent.
        peildatum: The day about which is judged.
        stand: Reference tables, and the register when there is no other; without one nothing was looked up.
        register: Asked once about the company of this BPVO, instead of the tables of the stand.
        inschrijvingsperiodes: Those of the same inschrijving, instead of the table of the stand.
        andere_bpvos: The other BPVO's of the same student; ``None`` means not looked up.
        settings: Keywords of :func:`make_settings`.

    """
    return Judge(make_settings(**settings)).bpvo(
        bpvo,
        peildatum=peildatum,
        stand=stand,
        register=register,
        inschrijvingsperiodes=inschrijvingsperiodes,
        andere_bpvos=andere_bpvos,
    )
