"""Archives and their files in one ZIP: `archive.json`, `files/BLOB`, `files/BLOB.small` ([ARCH8] [ARCH9])."""

import contextlib
import hashlib
import itertools
import os
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final, cast

from protocol import limits
from protocol.records import Contribution
from server.files.kinds import named
from server.files.store import READ_BYTES, FilesError, Missing, Store
from server.files.uploads import kept, small
from server.workshop.refused import Corrupt

ARCHIVE: Final = "archive.json"
START: Final = b"PK\x03\x04"
"""So a ZIP begins."""
END_BYTES: Final = 22
"""Of a ZIP's last record, where it has no comment; before it would stand where a directory of ZIP64 lies."""
LOCATOR_BYTES: Final = 20
DIRECTORY_BYTES: Final = 1_048_576
"""Longest directory: that of all files of a workshop ([LIMIT5]) takes a quarter of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle: where it lies in a store, its hash, and how long it is (bytes; None: a small picture)."""

    at: str
    sha256: str
    size: int | None


def parts(contributions: Iterable[Contribution], workshop: str) -> dict[str, Part]:
    """The files that the log knows, by their names in a bundle."""
    found: dict[str, Part] = {}
    for file in contributions:
        if file.blob is None:
            continue
        found[f"files/{file.blob}"] = Part(kept(workshop, file.blob), file.sha256, file.size)
        if file.small:
            found[f"files/{file.blob}.small"] = Part(small(workshop, file.blob), file.small, None)
    return found


def by_title(contributions: Iterable[Contribution], workshop: str) -> dict[str, Part]:
    """[ARCH9] The files under the names that people know, each name once."""
    found: dict[str, Part] = {}
    for file in contributions:
        if file.blob is not None:
            name = PurePath(named(file.title, file.media or ""))
            names = (f"files/{name.stem}{f' ({n})' if n > 1 else ''}{name.suffix}" for n in itertools.count(1))
            free = next(name for name in names if name not in found)
            found[free] = Part(kept(workshop, file.blob), file.sha256, file.size)
    return found


class _Sink:
    """What a ZIP is written to, and taken from piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: Any) -> int:
        """Keep it until it is taken."""
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def flush(self) -> None:
        """It is here."""

    def taken(self) -> bytes:
        """All that came since."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


async def packed(body: bytes, wanted: Mapping[str, Part], files: Store | None) -> AsyncIterator[bytes]:
    """A bundle, piece by piece. Raises `FilesError` where a file is not to be had as the log knows it."""
    sink = _Sink()
    with zipfile.ZipFile(cast("Any", sink), "w") as bundle:
        bundle.writestr(ARCHIVE, body)
        yield sink.taken()
        for name, each in wanted.items():
            with bundle.open(name, "w", force_zip64=True) as target:
                async for piece in proved(each, files):
                    target.write(piece)
                    yield sink.taken()
    yield sink.taken()


async def pack(out: Path, body: bytes, wanted: Mapping[str, Part], files: Store | None) -> None:
    """Write a bundle, whole or not at all. Raises as `packed`."""
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as target:
            async for piece in packed(body, wanted, files):
                target.write(piece)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


async def proved(part: Part, files: Store | None) -> AsyncIterator[bytes]:
    """Its bytes; raises `FilesError` where it is not there, or in the end turns out to be another."""
    if files is None:
        raise FilesError("the workshop has files: say where they lie")
    seen = hashlib.sha256()
    try:
        async for piece in files.get(part.at):
            seen.update(piece)
            yield piece
    except Missing as missing:
        raise FilesError(f"the file {part.at} is not there") from missing
    if seen.hexdigest() != part.sha256:
        raise FilesError(f"the file {part.at} is damaged")


class Bundle:
    """A bundle that comes in. Nothing of it is believed; all its methods raise `Corrupt` with what is wrong."""

    def __init__(self, bundle: zipfile.ZipFile) -> None:
        self._bundle = bundle
        names = bundle.namelist()
        if len(set(names)) != len(names) or ARCHIVE not in names:
            raise Corrupt(f"this ZIP does not hold one {ARCHIVE} and each file once")

    def archive(self, most: int) -> bytes:
        """The archive itself, one byte more than `most` where it is longer."""
        return b"".join(self._pieces(ARCHIVE, most + 1))

    def prove(self, wanted: Mapping[str, Part]) -> None:
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

    async def give(self, workshop: str, wanted: Mapping[str, Part], files: Store) -> list[str]:
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
        _bounded(source)
        source.seek(0, os.SEEK_SET)
        try:
            bundle = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise Corrupt(f"this ZIP is damaged: {error}") from error
        with bundle:
            yield Bundle(bundle)


def _bounded(source: BinaryIO) -> None:
    """Refuse a directory that is longer than a workshop's may be: all of it is read before anything else is asked."""
    end = source.seek(0, os.SEEK_END)
    source.seek(max(0, end - END_BYTES - LOCATOR_BYTES))
    tail = source.read()
    last = tail[-END_BYTES:]
    length = int.from_bytes(last[12:16], "little")
    if not last.startswith(b"PK\x05\x06") or tail.startswith(b"PK\x06\x07") or length > DIRECTORY_BYTES:
        raise Corrupt("this ZIP is damaged, or its directory is longer than that of a workshop's files")


def _most(part: Part) -> int:
    return limits.SMALL_BYTES if part.size is None else part.size
