"""The archive and all files that it knows, in one ZIP: `archive.json`, `files/BLOB`, `files/BLOB.small` ([ARCH8])."""

import contextlib
import hashlib
import os
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from protocol import limits
from protocol.records import Contribution
from server.files.store import READ_BYTES, FilesError, Missing, Store
from server.files.uploads import kept, small
from server.workshop.refused import Corrupt
from server.workshop.state import State

ARCHIVE: Final = "archive.json"
START: Final = b"PK\x03\x04"
"""So a ZIP begins."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle: where it lies in a store, its hash, and how long it is (bytes; None: a small picture)."""

    at: str
    sha256: str
    size: int | None


def parts(state: State, workshop: str) -> dict[str, Part]:
    """The files that the log knows, by their names in a bundle."""
    found: dict[str, Part] = {}
    for record in state.records["contribution"].values():
        if not isinstance(record, Contribution) or record.blob is None:
            continue
        found[f"files/{record.blob}"] = Part(kept(workshop, record.blob), record.sha256, record.size)
        if record.small:
            found[f"files/{record.blob}.small"] = Part(small(workshop, record.blob), record.small, None)
    return found


async def pack(out: Path, body: bytes, wanted: dict[str, Part], files: Store | None) -> None:
    """Write a bundle, whole or not at all. Raises `FilesError` where a file is not to be had as the log knows it."""
    part = out.with_name(f"{out.name}.part")
    try:
        with zipfile.ZipFile(part, "w") as bundle:
            bundle.writestr(ARCHIVE, body)
            for name, each in wanted.items():
                with bundle.open(name, "w", force_zip64=True) as target:
                    async for piece in _proved(each, files):
                        target.write(piece)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


async def _proved(part: Part, files: Store | None) -> AsyncIterator[bytes]:
    if files is None:
        raise FilesError("the workshop has files: say with PLENARY_FILES where they lie")
    seen = hashlib.sha256()
    try:
        async for piece in files.get(part.at):
            seen.update(piece)
            yield piece
    except Missing as missing:
        raise FilesError(f"the file {part.at} is not there; --format json takes the archive without files") from missing
    if seen.hexdigest() != part.sha256:
        raise FilesError(f"the file {part.at} is damaged; --format json takes the archive without files")


class Bundle:
    """A bundle that comes in. Nothing of it is believed; all its methods raise `Corrupt` with what is wrong."""

    def __init__(self, bundle: zipfile.ZipFile) -> None:
        self._bundle = bundle
        names = bundle.namelist()
        if len(set(names)) != len(names) or ARCHIVE not in names:
            raise Corrupt(f"this ZIP does not hold one {ARCHIVE} and each file once")

    def archive(self) -> bytes:
        """The archive itself, one byte more than may be where it is too long."""
        return b"".join(self._pieces(ARCHIVE, limits.ARCHIVE_BYTES + 1))

    def prove(self, wanted: dict[str, Part]) -> None:
        """It holds just these files, as the log knows them."""
        names = set(self._bundle.namelist()) - {ARCHIVE}
        if names != set(wanted):
            odd = min(names ^ set(wanted))
            raise Corrupt(f"the file {odd!r} is in the log or in the ZIP, but not in both")
        for name, part in wanted.items():
            length, seen = 0, hashlib.sha256()
            for piece in self._pieces(name, _most(part) + 1):
                length += len(piece)
                seen.update(piece)
            if seen.hexdigest() != part.sha256 or part.size not in {None, length}:
                raise Corrupt(f"the file {name} is not the one that the log knows")

    async def give(self, workshop: str, wanted: dict[str, Part], files: Store) -> list[str]:
        """Put a workshop's files into a store, those that are not there yet; says which these are."""
        there = {each.name for each in await files.found(f"{workshop}/")}
        new = {name: part for name, part in wanted.items() if part.at not in there}
        for name, part in new.items():
            await files.put(part.at, self._stream(name, _most(part)))
        return [part.at for part in new.values()]

    async def _stream(self, name: str, most: int) -> AsyncIterator[bytes]:
        for piece in self._pieces(name, most):
            yield piece

    def _pieces(self, name: str, most: int) -> Iterator[bytes]:
        """At most so many bytes, whatever the ZIP says of itself."""
        try:
            with self._bundle.open(name) as source:
                while most > 0 and (piece := source.read(min(READ_BYTES, most))):
                    most -= len(piece)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise Corrupt(f"{name} in this ZIP cannot be read: {error}") from error


@contextlib.contextmanager
def opened_bundle(file: Path) -> Iterator[Bundle | None]:
    """The bundle in this file; None where it is no ZIP. Raises `Corrupt` where it is a broken one."""
    with file.open("rb") as source:
        if source.read(len(START)) != START:
            yield None
            return
        source.seek(0, os.SEEK_SET)
        try:
            bundle = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise Corrupt(f"this ZIP is damaged: {error}") from error
        with bundle:
            yield Bundle(bundle)


def _most(part: Part) -> int:
    return limits.SMALL_BYTES if part.size is None else part.size
