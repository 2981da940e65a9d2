"""The folder of a foto, as names and bytes: what stands in it, and whether what stands in it is right."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, final

import attrs

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto.audit import Audit
from bpvo_rules.foto.bestand import Fotobestand
from bpvo_rules.foto.canonical import Digest, canonical, digest_of, parse_canonical
from bpvo_rules.foto.foto import Policy
from bpvo_rules.foto.page import page
from bpvo_rules.foto.read import parse_document
from bpvo_rules.foto.write import MARK, beleid, cells_csv, columns, document

__all__ = [
    "DATAPACKAGE",
    "FILES",
    "FOTO",
    "MANIFEST",
    "Controle",
    "Gebrek",
    "SoortGebrek",
    "check",
    "follow",
    "foto_digest",
    "foto_files",
    "in_order",
]

FOTO: Final = "foto.json"
CELLEN: Final = "cellen.csv"
DATAPACKAGE: Final = "datapackage.json"
VERANTWOORDING: Final = "verantwoording.json"
INDEX: Final = "index.html"
MANIFEST: Final = "MANIFEST.sha256"
_DESCRIBED: Final = (CELLEN, FOTO, INDEX, VERANTWOORDING)
FILES: Final = (*_DESCRIBED, DATAPACKAGE, MANIFEST)
_SOLVER: Final = re.compile(r"HiGHS [0-9]{1,4}(\.[0-9]{1,4}){1,3}", re.ASCII)
"""A free text in the account could hold what the audit found per cell."""


# ---- making


def foto_digest(bestand: Fotobestand) -> Digest:
    """Give the digest of a foto: that of the canonical bytes of ``foto.json``."""
    return digest_of(canonical(document(bestand)))


def foto_files(bestand: Fotobestand, *, audit: Audit | None = None, fotos: int = 1) -> dict[str, bytes]:
    """
    Give the files of a foto, by name.

    Args:
        bestand: The foto.
        audit: Of this foto together with every one before it; ``None`` only for ``niveau``.
        fotos: How many fotos that audit read, this one included.

    Raises:
        FotoRefusedError: for a protected foto without an audit, or with one that did not pass.

    """
    if bestand.foto.policy.protects:
        if audit is None:
            raise FotoRefusedError("A protected foto is only written after an audit of it and of those before it.")
        if not audit.passed:
            raise FotoRefusedError(
                "The audit found counts that can be found out, so this foto is not written.",
                tuple(dict.fromkeys((str(b.vraag), b.instelling, b.domein) for b in audit.bevindingen)),
            )
    content = document(bestand)
    files = {
        FOTO: canonical(content),
        CELLEN: cells_csv(bestand.foto).encode(),
        INDEX: page(content).encode(),
    }
    files[VERANTWOORDING] = canonical(_verantwoording(bestand, digest_of(files[FOTO]), audit, fotos))
    files[DATAPACKAGE] = canonical(_datapackage(bestand, files))
    files[MANIFEST] = _manifest(files)
    return dict(sorted(files.items()))


def _verantwoording(bestand: Fotobestand, digest: Digest, audit: Audit | None, fotos: int) -> dict[str, Any]:
    # No number of sensitive counts: that would be one more number about the cells.
    outcome = (
        None
        if audit is None or not bestand.foto.policy.protects
        else {
            "uitkomst": "geslaagd",
            "exact": audit.exact,
            "vernauwd": audit.narrowed,
            "fotos": fotos,
            "solver": audit.solver,
        }
    )
    return {
        "format": "bpvo-rules/verantwoording",
        "format_version": 1,
        "foto_id": str(bestand.id),
        "foto": str(digest),
        **beleid(bestand.foto),
        "audit": outcome,
    }


def _field(name: str, piece: str) -> dict[str, Any]:
    if piece == "status":
        return {
            "name": name,
            "type": "string",
            "constraints": {"enum": ["gepubliceerd", "afgerond", "onderdrukt"]},
        }
    return {"name": name, "type": "integer", "constraints": {"minimum": 0}}


def _datapackage(bestand: Fotobestand, files: Mapping[str, bytes]) -> dict[str, Any]:
    def resource(name: str) -> dict[str, Any]:
        stem, _, ending = name.partition(".")
        found: dict[str, Any] = {
            "name": stem,
            "path": name,
            "format": ending,
            "mediatype": {"csv": "text/csv", "json": "application/json", "html": "text/html"}[ending],
            "encoding": "utf-8",
            "bytes": len(files[name]),
            "hash": str(digest_of(files[name])),
        }
        if name == CELLEN:
            found |= {"type": "table", "dialect": {"delimiter": ";"}, "schema": _schema(bestand.foto.policy)}
        return found

    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": str(bestand.id),
        "resources": [resource(name) for name in _DESCRIBED],
    }


def _schema(policy: Policy) -> dict[str, Any]:
    places = [{"name": name, "type": "string"} for name in ("vraag", "instelling", "domein")]
    return {
        "fields": [*places, *(_field(name, piece) for name, _, piece in columns(policy))],
        "primaryKey": ["vraag", "instelling", "domein"],
        "missingValues": ["", MARK],
    }


def _manifest(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files) if name != MANIFEST)
    return "".join(lines).encode()


# ---- checking


@final
class SoortGebrek(StrEnum):
    """What can be wrong with the folder of a foto."""

    ONTBREEKT = "ontbreekt"
    EXTRA = "extra"
    GEWIJZIGD = "gewijzigd"
    ONLEESBAAR = "onleesbaar"
    TEGENSPRAAK = "tegenspraak"
    KETEN = "keten"


@final
@attrs.frozen
class Gebrek:
    """
    Something that is wrong with the folder of a foto.

    Attributes:
        soort: ``ontbreekt``: a file is not there. ``extra``: there is something that does not belong there.
            ``gewijzigd``: the bytes are not those that the manifest has. ``onleesbaar``: it is no such
            file. ``tegenspraak``: two files say different things. ``keten``: the foto does not follow
            the one before it.
        bestand: Name of the file; ``None`` for the folder as a whole, or when the name may not be shown.
        tekst: One sentence in Dutch.

    """

    soort: SoortGebrek
    bestand: str | None
    tekst: str


@final
@attrs.frozen(kw_only=True)
class Controle:
    """
    What a check of a folder found.

    Attributes:
        bestand: The foto; ``None`` when it cannot be read.
        digest: Digest of ``foto.json`` as it stands there; ``None`` when there is none.
        gebreken: What is wrong, sorted; empty when nothing is.

    """

    bestand: Fotobestand | None
    digest: Digest | None
    gebreken: tuple[Gebrek, ...]

    @property
    def in_orde(self) -> bool:
        """Whether nothing is wrong."""
        return not self.gebreken


def check(files: Mapping[str, bytes], *, others: int = 0) -> Controle:
    """
    Check the files of a foto against each other and against what a foto may hold.

    Args:
        files: Names and bytes of what is in the folder.
        others: How many other things are in it, such as folders.

    """
    found = [Gebrek(SoortGebrek.ONTBREEKT, name, f"{name} ontbreekt.") for name in FILES if name not in files]
    strange = len(set(files) - set(FILES)) + others
    if strange:
        # Their names stay out: whoever put them there may have named them after anything.
        found.append(Gebrek(SoortGebrek.EXTRA, None, f"Er staat meer in de map dan een foto is: {strange}."))
    known = {name: data for name, data in files.items() if name in FILES}
    bestand = None
    if FOTO in known:
        try:
            bestand = parse_document(parse_canonical(known[FOTO]))
        except ValueError:
            found.append(Gebrek(SoortGebrek.ONLEESBAAR, FOTO, f"{FOTO} is geen foto in canonieke vorm."))
    if MANIFEST in known:
        found += _against_manifest(known)
    if bestand is not None:
        found += _against_foto(bestand, known)
    return Controle(
        bestand=bestand,
        digest=digest_of(known[FOTO]) if FOTO in known else None,
        gebreken=tuple(sorted(set(found), key=_order)),
    )


def _against_manifest(files: Mapping[str, bytes]) -> list[Gebrek]:
    listed: dict[str, str] = {}
    found = []
    for line in files[MANIFEST].decode("ascii", "replace").split("\n"):
        number, _, name = line.partition("  ")
        listed[name] = number
    wrong = [
        name
        for name in FILES
        if name != MANIFEST and name in files and listed.get(name) != hashlib.sha256(files[name]).hexdigest()
    ]
    found += [Gebrek(SoortGebrek.GEWIJZIGD, name, f"{name} is niet wat {MANIFEST} zegt.") for name in wrong]
    complete = all(name in files for name in FILES)
    if not wrong and complete and files[MANIFEST] != _manifest(files):
        found.append(Gebrek(SoortGebrek.GEWIJZIGD, MANIFEST, f"{MANIFEST} staat niet in de vaste vorm."))
    return found


def _against_foto(bestand: Fotobestand, files: Mapping[str, bytes]) -> list[Gebrek]:
    """Compare what follows from the foto with what stands there; the manifest alone could have been made anew."""
    expected: dict[str, bytes] = {CELLEN: cells_csv(bestand.foto).encode()}
    if bestand.is_current:
        expected[INDEX] = page(document(bestand)).encode()
        if all(name in files for name in _DESCRIBED):
            expected[DATAPACKAGE] = canonical(_datapackage(bestand, files))
    found = [
        Gebrek(SoortGebrek.TEGENSPRAAK, name, f"{name} zegt iets anders dan {FOTO}.")
        for name, data in expected.items()
        if name in files and files[name] != data
    ]
    # The digest of what stands there: another version would not write the same sentences.
    if VERANTWOORDING in files and not _is_verantwoord(bestand, digest_of(files[FOTO]), files[VERANTWOORDING]):
        text = f"{VERANTWOORDING} hoort niet bij deze foto, of er is geen audit geslaagd."
        found.append(Gebrek(SoortGebrek.TEGENSPRAAK, VERANTWOORDING, text))
    return found


def _is_verantwoord(bestand: Fotobestand, digest: Digest, data: bytes) -> bool:
    try:
        value = parse_canonical(data)
    except ValueError:
        return False
    if not isinstance(value, dict):
        return False
    audit = value.get("audit")
    plain = _verantwoording(bestand, digest, None, 1)
    if {**value, "audit": None} != plain:
        return False
    if not bestand.foto.policy.protects:
        return audit is None
    return (
        isinstance(audit, dict)
        and audit.keys() == {"uitkomst", "exact", "vernauwd", "fotos", "solver"}
        and (audit["uitkomst"], audit["exact"], audit["vernauwd"]) == ("geslaagd", 0, 0)
        and type(audit["fotos"]) is int
        and audit["fotos"] >= 1
        and isinstance(audit["solver"], str)
        and _SOLVER.fullmatch(audit["solver"]) is not None
    )


# ---- the chain


def follow(controle: Controle, vorige: Digest | None) -> Controle:
    """Add to a check whether the foto names the one that was made before it; ``None`` for the first of a chain."""
    if controle.bestand is None or controle.bestand.vorige == vorige:
        return controle
    text = "De foto volgt niet op de foto die ervoor is gemaakt."
    return _with(controle, Gebrek(SoortGebrek.KETEN, FOTO, text))


def in_order(controles: Sequence[Controle]) -> tuple[tuple[int, Controle], ...]:
    """
    Put fotos in the order of their making, each behind the one that it names; gives their place in the input too.

    What follows on nothing, or on a foto that another one follows already, gets
    that as a gebrek and comes last, as what cannot be read does.
    """
    by_vorige: dict[Digest | None, int] = {}
    for at, one in enumerate(controles):
        if one.bestand is not None:
            by_vorige.setdefault(one.bestand.vorige, at)
    chain: list[tuple[int, Controle]] = []
    earlier: dict[str, Digest | None] = {}
    here: Digest | None = None
    while here in by_vorige:
        at = by_vorige.pop(here)
        one = controles[at]
        chain.append((at, _replacing(one, earlier)))
        here = one.digest
        if one.bestand is not None:
            earlier[one.bestand.id] = one.digest
    placed = {at for at, _ in chain}
    lost = Gebrek(SoortGebrek.KETEN, FOTO, "De foto volgt niet op een van de andere foto's, of niet als enige.")
    for at, one in enumerate(controles):
        if at not in placed:
            chain.append((at, one if one.bestand is None else _with(one, lost)))
    return tuple(chain)


def _replacing(controle: Controle, earlier: Mapping[str, Digest | None]) -> Controle:
    vervangt = None if controle.bestand is None else controle.bestand.vervangt
    if vervangt is None or earlier.get(vervangt.foto) == vervangt.digest:
        return controle
    return _with(controle, Gebrek(SoortGebrek.KETEN, FOTO, "De foto die deze vervangt is er niet, of is een andere."))


def _with(controle: Controle, gebrek: Gebrek) -> Controle:
    return attrs.evolve(controle, gebreken=tuple(sorted({*controle.gebreken, gebrek}, key=_order)))


def _order(gebrek: Gebrek) -> tuple[str, str, str]:
    return gebrek.soort, gebrek.bestand or "", gebrek.tekst
