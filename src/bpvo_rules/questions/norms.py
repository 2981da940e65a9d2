"""
The norms: what law and agreement say, with their sources, and what they leave open.

Values are dated: a term takes the value in force on the day on which it starts.
"""

from datetime import date

from bpvo_rules.periode import Eenheid
from bpvo_rules.questions import sources
from bpvo_rules.rules import ALTIJD, Norm, NormValue, Text

__all__ = ["NORMS"]

# The day on which the texts behind the norms were last compared with their sources.
_VERIFIED = date(2026, 11, 23)
_LAST_DAY = Text("Op de laatste dag zelf is het nog op tijd.", "On the last day itself it is still in time.")

TERMIJN_AANLEVERING = Norm(
    id="termijn_aanlevering",
    unit=Eenheid.DAGEN,
    text=Text(
        "Binnen zoveel kalenderdagen na ontvangst of ontstaan levert de school de gegevens bij DUO.",
        "Within this many calendar days after they were received or arose the school delivers the data to DUO.",
    ),
    edge=_LAST_DAY,
    values=(
        NormValue(value=7, source=sources.BVE_TERMIJN),
        NormValue(van=date(2020, 7, 1), value=7, source=sources.ROD_TERMIJN),
    ),
    verified_on=_VERIFIED,
    assumption=Text(
        "'Dagen' zijn kalenderdagen; de regeling zegt het niet.",
        "'Days' are calendar days; the regulation does not say so.",
    ),
)
TERMIJN_DOORLEVERING = Norm(
    id="termijn_doorlevering",
    unit=Eenheid.MAANDEN,
    text=Text(
        "Binnen zoveel maanden na ontvangst levert DUO de gegevens door aan SBB.",
        "Within this many months after receipt DUO passes the data on to SBB.",
    ),
    edge=_LAST_DAY,
    values=(NormValue(value=1, source=sources.SBB_MAANDELIJKS),),
    verified_on=_VERIFIED,
    assumption=Text(
        "SBB ontvangt elke maand een uittreksel; dat een BPVO in het eerstvolgende zit, is een aanname.",
        "SBB receives an extract every month; that a BPVO is in the first one is an assumption.",
    ),
)
SPELING_NA_AANVANG = Norm(
    id="speling_na_aanvang",
    unit=Eenheid.DAGEN,
    text=Text(
        "Tot zoveel kalenderdagen na de begindatum mag een BPVO bij DUO binnenkomen.",
        "Up to this many calendar days after the begindatum a BPVO may reach DUO.",
    ),
    edge=_LAST_DAY,
    verified_on=_VERIFIED,
)
TERMIJN_TERUGKOPPELING = Norm(
    id="termijn_terugkoppeling",
    unit=Eenheid.DAGEN,
    text=Text(
        "Binnen zoveel kalenderdagen na ontvangst koppelt DUO terug.",
        "Within this many calendar days after receipt DUO reports back.",
    ),
    edge=_LAST_DAY,
    values=(
        NormValue(value=14, source=sources.BVE_TERUGKOPPELING),
        NormValue(van=date(2020, 7, 1), value=14, source=sources.ROD_TERUGKOPPELING),
    ),
    verified_on=_VERIFIED,
)
TERMIJN_BESLUIT = Norm(
    id="termijn_besluit",
    unit=Eenheid.WERKDAGEN,
    text=Text(
        "Binnen zoveel werkdagen na de dagtekening van de aanvraag besluit SBB.",
        "Within this many werkdagen after the date of the request SBB decides.",
    ),
    edge=_LAST_DAY,
    values=(
        NormValue(van=date(2015, 8, 1), value=10, source=sources.REGLEMENT_2015_BESLUIT),
        NormValue(van=date(2016, 8, 1), value=10, source=sources.REGLEMENT_2016_BESLUIT),
    ),
    verified_on=_VERIFIED,
    assumption=Text(
        "Werkdagen volgen art. 3 van de Algemene termijnenwet; de termijn staat niet stil als er gegevens ontbreken.",
        "Werkdagen follow art. 3 of the Algemene termijnenwet; the clock does not stop for missing information.",
    ),
)
TERMIJN_KENNISGEVING = Norm(
    id="termijn_kennisgeving",
    unit=Eenheid.WERKDAGEN,
    text=Text(
        "Binnen zoveel werkdagen na de dagtekening van de aanvraag stuurt SBB de schriftelijke kennisgeving.",
        "Within this many werkdagen after the date of the request SBB sends the written notice.",
    ),
    edge=_LAST_DAY,
    values=(
        NormValue(van=date(2015, 8, 1), value=20, source=sources.REGLEMENT_2015_KENNISGEVING),
        NormValue(van=date(2016, 8, 1), value=20, source=sources.REGLEMENT_2016_KENNISGEVING),
    ),
    verified_on=_VERIFIED,
    assumption=TERMIJN_BESLUIT.assumption,
)
VENSTER = Norm(
    id="venster",
    unit=Eenheid.VENSTER,
    text=Text(
        "De uren waarin White Label beschikbaar hoort te zijn.",
        "The hours in which White Label should be available.",
    ),
    edge=Text("De eerste minuut telt mee, de laatste niet.", "The first minute counts, the last one does not."),
    values=(NormValue(value=ALTIJD, source=sources.DECK),),
    verified_on=_VERIFIED,
    assumption=Text(
        "'Altijd' is de enige uitgesproken ambitie: dag en nacht, elke dag.",
        "'Altijd' is the only stated ambition: day and night, every day.",
    ),
)
MAXIMALE_DUUR_MS = Norm(
    id="maximale_duur_ms",
    unit=Eenheid.MILLISECONDEN,
    text=Text(
        "Zoveel milliseconden mag een antwoord van White Label duren.",
        "An answer of White Label may take this many milliseconds.",
    ),
    edge=Text("Precies zo lang mag nog.", "Exactly this long is still right."),
    verified_on=_VERIFIED,
)
UREN_PER_WEEK = Norm(
    id="uren_per_week",
    unit=Eenheid.UREN_PER_WEEK,
    text=Text(
        "Meer uren per week over de geplande periode is niet aannemelijk.",
        "More hours a week over the planned period are not plausible.",
    ),
    edge=Text("Precies zoveel is nog aannemelijk.", "Exactly this many are still plausible."),
    values=(NormValue(value=40, source=sources.STAGEFONDS_GEGEVENS),),
    verified_on=_VERIFIED,
    assumption=Text(
        "Geen bron noemt een maximum; 40 uur is een volle werkweek.",
        "No source names a maximum; 40 hours is a full working week.",
    ),
)

NORMS: tuple[Norm, ...] = (
    TERMIJN_AANLEVERING,
    TERMIJN_DOORLEVERING,
    SPELING_NA_AANVANG,
    TERMIJN_TERUGKOPPELING,
    VENSTER,
    MAXIMALE_DUUR_MS,
    TERMIJN_BESLUIT,
    TERMIJN_KENNISGEVING,
    UREN_PER_WEEK,
)
"""All norms, in the order of the questions that use them."""
