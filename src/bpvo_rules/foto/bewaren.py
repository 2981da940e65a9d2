"""A zegel as JSON values, and back: how its maker keeps it."""

from collections.abc import Sequence
from typing import Any, Final

from bpvo_rules.foto.canonical import Digest
from bpvo_rules.foto.foto import Regelcode, Vraagcode
from bpvo_rules.foto.read import read_brin, read_day, read_domein
from bpvo_rules.foto.zegel import Waar, WareCel, WareRegel, Zegel

__all__ = ["WAARSCHUWING", "parse_zegel", "zegel_json"]

WAARSCHUWING: Final = (
    "Vertrouwelijk: de ware aantallen achter een foto, ook de kleine. Alleen voor de maker van de foto; geef dit"
    " bestand nooit door en zet het nooit bij de foto zelf."
)
_FORMAT: Final = "bpvo-rules/zegel"
_VERSION: Final = 1
_OUTCOMES: Final = ("voldoet", "voldoet_niet", "beslist", "niet_te_bepalen", "niet_van_toepassing", "totaal")
_CEL: Final = 4 + 2 * len(_OUTCOMES)
_REGEL: Final = 7


def _cel(cel: WareCel) -> list[Any]:
    counts = [getattr(cel, outcome) for outcome in _OUTCOMES]
    place = [str(cel.vraag), str(cel.instelling), str(cel.domein), cel.na.isoformat()]
    return [*place, *(number for count in counts for number in (count.subjects, count.personen))]


def zegel_json(zegel: Zegel, foto: Digest) -> dict[str, Any]:
    """
    Give a zegel as plain JSON values.

    Args:
        zegel: The true counts.
        foto: Digest of the foto that they are behind.

    """
    return {
        "format": _FORMAT,
        "format_version": _VERSION,
        "waarschuwing": WAARSCHUWING,
        "foto": str(foto),
        "peildatum": zegel.peildatum.isoformat(),
        "na": zegel.na.isoformat(),
        "delen": [day.isoformat() for day in zegel.delen],
        "uitgevoerd": [str(regel) for regel in zegel.uitgevoerd],
        "beslissend": sorted(map(str, zegel.beslissend)),
        "cellen": [_cel(cel) for cel in zegel.cellen],
        "marges": [_cel(cel) for cel in zegel.marges],
        "regels": [
            [
                *(str(regel.vraag), str(regel.regel), str(regel.instelling), str(regel.domein)),
                *(regel.na.isoformat(), regel.voldoet_niet.subjects, regel.voldoet_niet.personen),
            ]
            for regel in zegel.regels
        ],
    }


def _waar(subjects: Any, personen: Any) -> Waar:
    for number in (subjects, personen):
        if number is not None and (type(number) is not int or number < 0):
            raise ValueError("A count is a whole number.")
    if subjects is None:
        raise ValueError("A count is a whole number.")
    return Waar(subjects, personen)


def _read_cel(row: Sequence[Any]) -> WareCel:
    if len(row) != _CEL:
        raise ValueError("A row of a zegel has another length.")
    vraag, instelling, domein, na, *numbers = row
    return WareCel(
        vraag=Vraagcode(vraag),
        instelling=read_brin(instelling),
        domein=read_domein(domein),
        na=read_day(na),
        **{name: _waar(numbers[2 * at], numbers[2 * at + 1]) for at, name in enumerate(_OUTCOMES)},
    )


def _read_regel(row: Sequence[Any]) -> WareRegel:
    if len(row) != _REGEL:
        raise ValueError("A row of a zegel has another length.")
    vraag, regel, instelling, domein, na, subjects, personen = row
    return WareRegel(
        vraag=Vraagcode(vraag),
        regel=Regelcode(regel),
        instelling=read_brin(instelling),
        domein=read_domein(domein),
        na=read_day(na),
        voldoet_niet=_waar(subjects, personen),
    )


def parse_zegel(value: Any, foto: Digest) -> Zegel:
    """
    Give the zegel that a file holds.

    Args:
        value: The JSON value.
        foto: Digest of the foto that it must be behind.

    Raises:
        ValueError: when it is no zegel, or that of another foto.

    """
    try:
        if (value["format"], value["format_version"], value["foto"]) != (_FORMAT, _VERSION, foto):
            raise ValueError("This is not the zegel of this foto.")
        return Zegel(
            peildatum=read_day(value["peildatum"]),
            na=read_day(value["na"]),
            delen=tuple(read_day(day) for day in value["delen"]),
            uitgevoerd=tuple(Regelcode(code) for code in value["uitgevoerd"]),
            beslissend=frozenset(Regelcode(code) for code in value["beslissend"]),
            cellen=tuple(_read_cel(row) for row in value["cellen"]),
            marges=tuple(_read_cel(row) for row in value["marges"]),
            regels=tuple(_read_regel(row) for row in value["regels"]),
        )
    except (TypeError, LookupError) as error:
        raise ValueError("This is no zegel.") from error
