"""Folders of fotos: written once, checked to the byte, and kept by their maker with the zegels behind them."""

import os
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, final

import attrs

from bpvo_rules.errors import ExistingFileError, SourceError
from bpvo_rules.foto.audit import Audit, Genomen, audit
from bpvo_rules.foto.bestand import Fotobestand, FotoId, Reden, Vervanging, describe
from bpvo_rules.foto.bewaren import WAARSCHUWING, parse_zegel, zegel_json
from bpvo_rules.foto.canonical import Digest, canonical, parse_canonical
from bpvo_rules.foto.folder import DATAPACKAGE, FILES, FOTO, Controle, check, follow, foto_digest, foto_files, in_order
from bpvo_rules.foto.foto import Drempels, Policy
from bpvo_rules.foto.kalender import Fotokalender
from bpvo_rules.foto.protect import Opname, expose
from bpvo_rules.foto.read import parse_document
from bpvo_rules.foto.take import seal
from bpvo_rules.foto.write import document
from bpvo_rules.foto.zegel import Zegel
from bpvo_rules.judge.result import Result

__all__ = [
    "Archief",
    "deliver",
    "holds_foto",
    "read_foto",
    "read_fotos",
    "read_zegel",
    "verify_foto",
    "verify_fotos",
    "write_foto",
    "write_zegel",
]

_LEES_MIJ: Final = "LEES_MIJ.txt"


# ---- folders


def _write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a folder whole or not at all; raises ExistingFileError."""
    if os.path.lexists(folder):
        raise ExistingFileError(f"{folder.name} exists already; a foto is never overwritten.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        beside.mkdir()
        for name, data in files.items():
            (beside / name).write_bytes(data)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_foto(bestand: Fotobestand, into: Path, *, audit: Audit | None = None, fotos: int = 1) -> Path:
    """
    Write the folder of a foto, ``into/<id>``, and give its path.

    Whole or not at all. A correction is another foto, with another name.

    Args:
        bestand: The foto.
        into: The folder that its folder comes in; made when it is not there.
        audit: As in :func:`bpvo_rules.foto.foto_files`.
        fotos: As there.

    Raises:
        ExistingFileError: when something stands there already.
        FotoRefusedError: for a protected foto without an audit that passed.

    """
    folder = into / bestand.id
    _write_folder(foto_files(bestand, audit=audit, fotos=fotos), folder)
    return folder


def deliver(kept: Path, into: Path) -> Path:
    """
    Copy the folder of a foto to where its receivers get it, and give its path there.

    Raises:
        ExistingFileError: when something stands there already.
        SourceError: when it is not right any more.

    """
    read_foto(kept)
    folder = into / kept.name
    _write_folder({path.name: path.read_bytes() for path in kept.iterdir()}, folder)
    return folder


def _verify(folder: Path) -> Controle:
    files: dict[str, bytes] = {}
    others = 0
    try:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            # Only plain files: a link could show its receiver another content than it does here.
            if path.is_file() and not path.is_symlink():
                files[path.name] = path.read_bytes()
            else:
                others += 1
    except OSError:
        # What cannot be read is not there, for who wants to know whether it is right.
        others += 1
    return check(files, others=others)


def verify_foto(folder: Path, *, vorige: Path | Digest | None = None) -> Controle:
    """
    Check the folder of a foto: every byte, what is missing, what does not belong there, and the chain.

    Whatever stands there, it raises nothing: what is wrong is in the answer.

    Args:
        folder: The folder of the foto.
        vorige: The foto made before it: its folder or its digest. ``None``: that is not checked.

    """
    found = _verify(folder)
    if vorige is None:
        return found
    if isinstance(vorige, Digest):
        return follow(found, vorige)
    before = _verify(vorige)
    # A foto cannot follow on what is not a foto, so that breaks the chain too.
    return follow(found, before.digest if before.in_orde else None)


def holds_foto(folder: Path) -> bool:
    """Say whether a folder is that of a foto, whole or not, rather than one that holds folders of fotos."""
    # A descriptor of that name stands in other folders too.
    return any(os.path.lexists(folder / name) for name in FILES if name != DATAPACKAGE)


def _fotos(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.startswith("foto-"))


def verify_fotos(folder: Path) -> tuple[tuple[str, Controle], ...]:
    """
    Check a folder that holds the folders of fotos of one policy, and the chain from the first to the last.

    Gives each with the name of its folder, in the order of their making; what
    follows on none of the others comes last.

    Raises:
        SourceError: when it is no folder, or there is no foto in it.

    """
    try:
        paths = _fotos(folder)
    except OSError:
        raise SourceError(f"{folder.name} is geen map die gelezen kan worden.") from None
    if not paths:
        raise SourceError(f"In {folder.name} staat geen foto.")
    ordered = in_order([_verify(path) for path in paths])
    return tuple((paths[at].name, controle) for at, controle in ordered)


def read_foto(folder: Path) -> Fotobestand:
    """
    Read the foto in a folder.

    Raises:
        SourceError: when anything is wrong with the folder.

    """
    found = _verify(folder)
    if found.bestand is None or not found.in_orde:
        raise SourceError(f"{folder.name}: {found.gebreken[0].tekst}")
    return found.bestand


def read_fotos(folder: Path) -> tuple[Fotobestand, ...]:
    """
    Read the foto in a folder, or every foto in a folder that holds their folders, in the order of their names.

    Raises:
        SourceError: when anything is wrong with one of them, or there is none.

    """
    if holds_foto(folder):
        return (read_foto(folder),)
    try:
        paths = _fotos(folder)
    except OSError:
        paths = []
    if not paths:
        raise SourceError(f"In {folder.name} staat geen foto.")
    return tuple(map(read_foto, paths))


# ---- zegels


def write_zegel(zegel: Zegel, path: Path, *, foto: Digest) -> None:
    """
    Write the truth behind a foto, readable for its owner only.

    Args:
        zegel: The true counts.
        path: Where; never in the folder of a foto, which is passed on.
        foto: Digest of the foto.

    Raises:
        ExistingFileError: when something stands there already, or the folder is that of a foto.

    """
    if (path.parent / FOTO).exists():
        raise ExistingFileError("A zegel is never written into the folder of a foto, because that is passed on.")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ExistingFileError(f"{path.name} exists already; a zegel is never overwritten.") from None
    with os.fdopen(number, "wb") as handle:
        handle.write(canonical(zegel_json(zegel, foto)))


def read_zegel(path: Path, *, foto: Digest) -> Zegel:
    """
    Read the truth behind a foto.

    Args:
        path: The file.
        foto: Digest of the foto.

    Raises:
        SourceError: when it is not the zegel of this foto.

    """
    try:
        return parse_zegel(parse_canonical(path.read_bytes()), foto)
    except (OSError, ValueError):
        raise SourceError(f"{path.name} is niet het zegel van deze foto.") from None


# ---- what the maker keeps


@final
@attrs.frozen
class _Kept:
    """A foto that was made, and where it stands."""

    bestand: Fotobestand
    digest: Digest
    folder: Path
    zegel: Zegel | None


@final
class Archief:
    """
    What the maker of fotos keeps: every foto ever made, withdrawn ones too, with its zegel.

    Per policy a folder, in it the folder of each foto and beside it its zegel.
    As sensitive as a foto under ``niveau``; never passed on.
    """

    def __init__(self, folder: Path) -> None:
        """
        Open an archive; one that is not there yet is empty.

        Raises:
            SourceError: when a foto or a zegel in it is not right, or one is missing: a foto that
                is not known cannot be held against the next one.

        """
        self._folder = folder
        self._kept = {policy: self._read(policy) for policy in Policy}

    def _read(self, policy: Policy) -> list[_Kept]:
        here = self._folder / policy
        if not here.is_dir():
            return []
        found = []
        controles = verify_fotos(here) if _fotos(here) else ()
        for name, controle in controles:
            if controle.bestand is None or controle.digest is None or not controle.in_orde:
                raise SourceError(f"Het archief klopt niet: {name}: {controle.gebreken[0].tekst}")
            if controle.bestand.id != name or controle.bestand.foto.policy is not policy:
                raise SourceError(f"Het archief klopt niet: {name} is een andere foto.")
            zegel = None
            if policy.protects:
                zegel = read_zegel(self._zegel(policy, controle.bestand.id), foto=controle.digest)
            found.append(_Kept(controle.bestand, controle.digest, here / name, zegel))
        return found

    def _zegel(self, policy: Policy, foto: FotoId) -> Path:
        return self._folder / policy / f"zegel-{foto}.json"

    @property
    def fotos(self) -> tuple[Fotobestand, ...]:
        """Every foto, per policy in the order of their making."""
        return tuple(one.bestand for kept in self._kept.values() for one in kept)

    @property
    def digests(self) -> frozenset[Digest]:
        """The digest of every foto."""
        return frozenset(one.digest for kept in self._kept.values() for one in kept)

    @property
    def opnamen(self) -> tuple[Opname, ...]:
        """Every protected foto with its zegel, by the day of their making."""
        kept = [(one.bestand.gemaakt_op, one) for found in self._kept.values() for one in found]
        kept.sort(key=lambda pair: pair[0])
        return tuple(Opname(foto=one.bestand.foto, zegel=one.zegel) for _, one in kept if one.zegel is not None)

    def unknown_in(self, folder: Path) -> tuple[str, ...]:
        """Give the names of the fotos in a folder that are not in this archive, sorted."""
        known = self.digests
        found = _fotos(folder) if folder.is_dir() else []
        return tuple(path.name for path in found if _verify(path).digest not in known)

    def first_day(self, policy: Policy, peildatum: date) -> date:
        """Give the first day on which a foto can be made: its peildatum, or the day of the last foto."""
        return max([peildatum, *(one.bestand.gemaakt_op for one in self._kept[policy])])

    def folder_of(self, foto: FotoId, policy: Policy) -> Path:
        """Give the folder of a foto; raises SourceError when it is not here."""
        return self._one(foto, policy).folder

    def _one(self, foto: FotoId, policy: Policy) -> _Kept:
        for one in self._kept[policy]:
            if one.bestand.id == foto:
                return one
        raise SourceError(f"{foto} staat niet in het archief.")

    def _described(
        self,
        opname: Opname,
        judgement: Result,
        *,
        gemaakt_op: date | None,
        vervangt: tuple[FotoId, Reden] | None,
    ) -> Fotobestand:
        """Give the next foto its place behind the fotos that are here."""
        kept = self._kept[opname.foto.policy]
        last = kept[-1] if kept else None
        first_day = self.first_day(opname.foto.policy, opname.foto.peildatum)
        if gemaakt_op is not None and gemaakt_op < first_day:
            raise ValueError(f"This foto cannot be made before {first_day}.")
        named, number = None, 0
        if vervangt is not None:
            named = Vervanging(vervangt[0], self._one(vervangt[0], opname.foto.policy).digest, vervangt[1])
            same_day = [one.bestand.id.correctie for one in kept if one.bestand.foto.peildatum == opname.foto.peildatum]
            number = max(same_day, default=0) + 1
        return describe(
            opname.foto,
            judgement.settings,
            gemaakt_op=gemaakt_op or first_day,
            correctie=number,
            vorige=None if last is None else last.digest,
            vervangt=named,
        )

    def take(
        self,
        judgement: Result,
        *,
        policy: Policy,
        gemaakt_op: date | None = None,
        vervangt: tuple[FotoId, Reden] | None = None,
        drempels: Drempels | None = None,
        kalender: Fotokalender | None = None,
    ) -> Path:
        """
        Take the foto of a judgement, hold it against every earlier one, and keep it with its zegel.

        What is audited is what would be written, read back from its bytes.

        Args:
            judgement: In perspectief keten, with the kennisdatum equal to the peildatum.
            policy: How much to protect.
            gemaakt_op: Day on which it is made; ``None``: the first day that it can be, which is the
                peildatum or the day of the last foto.
            vervangt: For a correction: the foto that it replaces, and why.
            drempels: What is small; ``None``: as the policy has it.
            kalender: When fotos are taken; ``None``: every three months, back and on from this one.

        Returns:
            The folder of the foto, in the archive.

        Raises:
            ExistingFileError: when there is a foto of this day already and this is no correction.
            FotoRefusedError: for a foto that cannot be protected, or without a solver to prove that it is.
            SourceError: when the foto to replace is not here.
            ValueError: for another perspectief or kennisdatum, a day of making that cannot be, or drempels that
                do not go with the policy.

        """
        kept = self._kept[policy]
        name = FotoId.of(judgement.peildatum)
        if vervangt is None and any(one.bestand.id == name for one in kept):
            raise ExistingFileError(f"{name} exists already; a foto is never overwritten. Make a correction of it.")
        if vervangt is not None and vervangt[0].dag != name.dag:
            raise ValueError("A correction has the peildatum of the foto that it replaces.")
        earlier = self.opnamen
        opname = expose(seal(judgement, kalender=kalender), policy=policy, eerdere=earlier, drempels=drempels)
        bestand = self._described(opname, judgement, gemaakt_op=gemaakt_op, vervangt=vervangt)
        outcome = None
        if policy.protects:
            written = parse_document(parse_canonical(canonical(document(bestand))))
            taken = [Genomen(one.foto, one.zegel) for one in earlier]
            outcome = audit([*taken, Genomen(written.foto, opname.zegel)])
        files = foto_files(bestand, audit=outcome, fotos=len(earlier) + 1)
        digest = foto_digest(bestand)
        here = self._folder / policy
        zegel = None
        if policy.protects:
            path, zegel = self._zegel(policy, bestand.id), opname.zegel
            # A zegel without its foto was left by a run that broke off in between.
            path.unlink(missing_ok=True)
            write_zegel(zegel, path, foto=digest)
        _write_folder(files, here / bestand.id)
        readme = self._folder / _LEES_MIJ
        if not readme.exists():
            readme.write_text(
                f"{WAARSCHUWING}\nDe mappen foto-... mogen wel worden doorgegeven, behalve onder niveau.\n"
            )
        kept.append(_Kept(bestand, digest, here / bestand.id, zegel))
        return here / bestand.id
