"""A foto out of the JSON values of its file: everything is checked, nothing is believed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from bpvo_rules.codes import Brin
from bpvo_rules.foto.bestand import (
    Fotobestand,
    FotoId,
    Herkomst,
    NietUitgevoerd,
    NormId,
    NormOpFoto,
    NormWaarde,
    Reden,
    RegelOpFoto,
    Versie,
    Vervanging,
    WaaromNiet,
)
from bpvo_rules.foto.canonical import Digest
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
    Status,
    Vraagcode,
)
from bpvo_rules.foto.write import FORMAT, FORMAT_VERSION, document
from bpvo_rules.rules import Kind, Venster

__all__ = ["parse_document", "read_brin", "read_day", "read_domein"]

T = TypeVar("T")


def _list(value: Any, read: Callable[[Any], T]) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise ValueError("A list was expected.")  # noqa: TRY004 - what is wrong is a file, not a program
    return tuple(read(item) for item in value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("A text was expected.")  # noqa: TRY004 - as above
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError("A whole number was expected.")
    return value


def _may_be_null(value: Any, read: Callable[[Any], T]) -> T | None:
    return None if value is None else read(value)


def read_day(value: Any) -> date:
    """Read a day, written as JJJJ-MM-DD; raises ValueError."""
    text = _text(value)
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError("A day is written as JJJJ-MM-DD.")
    return found


def read_brin(value: Any) -> Brin | Plaats:
    """Read the school of a cell or margin; raises ValueError."""
    text = _text(value)
    return Plaats(text) if text in set(Plaats) else Brin(text)


def read_domein(value: Any) -> Domein | Plaats:
    """Read the domein of a cell or margin; raises ValueError."""
    text = _text(value)
    return Plaats(text) if text == Plaats.ALLE else Domein(text)


def _getal(value: Mapping[str, Any]) -> Getal:
    return Getal(_may_be_null(value["waarde"], _whole), Status(value["status"]))


def _aantal(value: Mapping[str, Any]) -> Aantal:
    personen = _may_be_null(value.get("personen"), _whole)
    return Aantal(subjects=_getal(value), personen=None if personen is None else Getal.exact(personen))


def _drempels(value: Mapping[str, Any]) -> Drempels:
    return Drempels(personen=_whole(value["drempel"]), beslist=_whole(value["drempel_beslist"]))


_MAY_LACK = ("voldoet", "niet_van_toepassing", "totaal")


def _cel(value: Mapping[str, Any]) -> Cel:
    return Cel(
        vraag=Vraagcode(value["vraag"]),
        instelling=read_brin(value["instelling"]),
        domein=read_domein(value["domein"]),
        voldoet_niet=_aantal(value["voldoet_niet"]),
        beslist=_aantal(value["beslist"]),
        niet_te_bepalen=_aantal(value["niet_te_bepalen"]),
        **{name: _aantal(value[name]) for name in _MAY_LACK if name in value},
    )


def _regel(value: Mapping[str, Any]) -> RegelAantal:
    return RegelAantal(
        vraag=Vraagcode(value["vraag"]),
        regel=Regelcode(value["regel"]),
        instelling=read_brin(value["instelling"]),
        domein=read_domein(value["domein"]),
        voldoet_niet=_getal(value["voldoet_niet"]),
    )


def _norm(value: Mapping[str, Any]) -> NormOpFoto:
    def one(found: Mapping[str, Any]) -> NormWaarde:
        number = found["waarde"]
        read: int | Venster = Venster.parse(number) if isinstance(number, str) else _whole(number)
        return NormWaarde(_may_be_null(found["van"], read_day), read)

    return NormOpFoto(NormId(value["id"]), _list(value["waarden"], one), Herkomst(value["herkomst"]))


def _vervanging(value: Mapping[str, Any]) -> Vervanging:
    return Vervanging(FotoId(value["foto_id"]), Digest(value["digest"]), Reden(value["reden"]))


def _ran(questions: Iterable[Mapping[str, Any]]) -> tuple[RegelOpFoto, ...]:
    return tuple(
        RegelOpFoto(Regelcode(rule["regel"]), Kind(rule["kind"]))
        for question in questions
        for rule in _list(question["regels"], dict)
    )


def _bestand(value: Mapping[str, Any]) -> Fotobestand:
    if value["format"] != FORMAT or value["format_version"] != FORMAT_VERSION:
        raise ValueError("This is no foto, or one of another version of the format.")
    return Fotobestand(
        id=FotoId(value["foto_id"]),
        foto=Foto(
            peildatum=read_day(value["peildatum"]),
            na=read_day(value["venster_na"]),
            policy=(policy := Policy(value["policy"])),
            drempels=_drempels(value["drempels"]) if policy.protects else policy.drempels,
            cellen=_list(value["cellen"], _cel),
            marges=_list(value["marges"], _cel),
            regels=_list(value["regels"], _regel),
        ),
        gemaakt_op=read_day(value["gemaakt_op"]),
        library_version=Versie(value["library_version"]),
        rule_set_version=Versie(value["rule_set_version"]),
        rule_set_digest=Digest(value["rule_set_digest"]),
        norms=_list(value["norms"], _norm),
        regels=_ran(_list(value["questions"], dict)),
        niet_uitgevoerd=_list(
            value["rules_not_run"], lambda one: NietUitgevoerd(Regelcode(one["regel"]), WaaromNiet(one["reden"]))
        ),
        vorige=_may_be_null(value["vorige"], Digest),
        vervangt=_may_be_null(value["vervangt"], _vervanging),
    )


def parse_document(value: Any) -> Fotobestand:
    """
    Give the foto that ``foto.json`` holds.

    What it says must be exactly what this library writes for such a foto. For one
    that was made with other declarations the sentences may differ, nothing else.

    Raises:
        ValueError: when it is no such file.

    """
    try:
        found = _bestand(value)
        again = document(found)
        same = again == value if found.is_current else _skeleton(again) == _skeleton(value)
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError("This is not the file of a foto.") from error
    if not same:
        raise ValueError("The file says more, or other things, than a foto holds.")
    return found


def _skeleton(value: Mapping[str, Any]) -> dict[str, Any]:
    """Take out what follows from declarations: sentences, and versions of rules. All that was counted stays."""

    def without(found: Mapping[str, Any], **readers: Callable[[Any], Any]) -> dict[str, Any]:
        for name, read in readers.items():
            read(found[name])
        return {key: inner for key, inner in found.items() if key not in readers}

    def words(inner: Any) -> Any:
        return _may_be_null(inner, _text)

    def question(found: Mapping[str, Any]) -> dict[str, Any]:
        rules = [without(rule, zin=_text, uitvoerbaarheid=_text, versie=_whole) for rule in found["regels"]]
        return {**without(found, titel=_text, aannames=lambda inner: _list(inner, _text)), "regels": rules}

    return {
        **value,
        "norms": [without(norm, eenheid=_text, tekst=_text, aanname=words) for norm in value["norms"]],
        "questions": [question(found) for found in value["questions"]],
    }
