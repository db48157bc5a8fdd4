"""Files on their way in: begun, brought on piece by piece, and made whole ([FILE2] [FILE3]).

All that is known of one lies in the store, so that any instance can go on where another left off:
`WORKSHOP/coming/FILE/about`, `…/small`, and its pieces by where they begin. What is whole lies at `WORKSHOP/kept/BLOB`.
"""

import hashlib
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from protocol import limits
from protocol.base import Count, Id, Media, Sha256, Shape, Title

from .kinds import TAIL_BYTES, Reader, is_small
from .store import Missing, Object, Store

DIGITS: Final = 12


class Upload(Shape):
    """A file that somebody began to send."""

    id: Id
    title: Title
    size: Count
    note: Id | None = None
    issue: Id | None = None
    anonymous: bool = False
    by: Id
    blob: Id
    """Where it will lie: made up by the server, so that nobody can name another's."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A file whose bytes lie in the store."""

    media: Media
    sha256: Sha256
    small: Sha256


class Unfit(Exception):
    """It is of a kind that is not taken ([FILE4] [FILE10])."""


class Elsewhere(Exception):
    """Another piece is due: the one at `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the piece at {offset} is due")
        self.offset = offset


def kept(workshop: str, blob: str) -> str:
    """The name of a whole file's bytes."""
    return f"{workshop}/kept/{blob}"


def small(workshop: str, blob: str) -> str:
    """The name of its small picture."""
    return f"{workshop}/kept/{blob}.small"


class Uploads:
    """The files that come into this store. Methods raise `FilesError`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def begin(self, workshop: str, upload: Upload) -> Upload:
        """Begin it; the one that was begun under this id before, where there is one."""
        known = await self.known(workshop, upload.id)
        if known is None:
            await self.store.put(f"{_coming(workshop, upload.id)}/about", upload.model_dump_json().encode())
        return known or upload

    async def known(self, workshop: str, id_: str) -> Upload | None:
        """The one that was begun."""
        try:
            return Upload.model_validate_json(await self.store.whole(f"{_coming(workshop, id_)}/about"))
        except (Missing, ValidationError):
            return None

    async def offset(self, workshop: str, id_: str) -> int:
        """How much of it has come (bytes)."""
        return sum(piece.size for piece in await self._pieces(workshop, id_))

    async def take(self, workshop: str, upload: Upload, offset: int, body: bytes) -> int:
        """Keep the next piece, and tell how much has come then; raises `Elsewhere`."""
        due = await self.offset(workshop, upload.id)
        if offset != due or offset + len(body) > upload.size:
            raise Elsewhere(due)
        if body:
            await self.store.put(f"{_coming(workshop, upload.id)}/{offset:0{DIGITS}d}", body)
        return offset + len(body)

    async def take_small(self, workshop: str, upload: Upload, body: bytes) -> None:
        """Keep its small picture; raises `Unfit`."""
        if len(body) > limits.SMALL_BYTES or not is_small(body, limits.SMALL_PIXELS):
            raise Unfit
        await self.store.put(f"{_coming(workshop, upload.id)}/small", body)

    async def finish(self, workshop: str, upload: Upload) -> Whole:
        """Put the pieces together. Raises `Unfit`, with nothing left of them; `Elsewhere` where not all are there."""
        name, reader, digest = kept(workshop, upload.blob), Reader(), hashlib.sha256()
        await self.store.put(name, self._through(workshop, upload, reader, digest.update))
        tail = await self._tail(name, upload.size) if reader.is_archive else b""
        kind = reader.kind(upload.title, tail, upload.size)
        if kind is None:
            await self.withdraw(workshop, upload)
            raise Unfit
        picture = await self._small(workshop, upload) if kind.startswith("image/") else b""
        if picture:
            await self.store.put(small(workshop, upload.blob), picture)
        return Whole(kind, digest.hexdigest(), hashlib.sha256(picture).hexdigest() if picture else "")

    async def done(self, workshop: str, upload: Upload) -> None:
        """The log knows it: its pieces are not needed any more."""
        await self.cancel(workshop, upload.id)

    async def withdraw(self, workshop: str, upload: Upload) -> None:
        """The log will not know it: nothing is left."""
        await self.cancel(workshop, upload.id)
        await self.store.delete(kept(workshop, upload.blob), small(workshop, upload.blob))

    async def cancel(self, workshop: str, id_: str) -> None:
        """It does not come any more; what it is goes last, so that what is left of it is found again."""
        names = [each.name for each in await self.store.found(f"{_coming(workshop, id_)}/")]
        await self.store.delete(*sorted(names))

    async def coming(self, workshop: str) -> dict[str, list[Object]]:
        """What lies there of each that is on its way, by its id."""
        found: dict[str, list[Object]] = {}
        for each in await self.store.found(f"{workshop}/coming/"):
            found.setdefault(each.name.split("/")[2], []).append(each)
        return found

    async def sweep(self, workshop: str, blobs: set[str], before: datetime) -> None:
        """[FILE8] Delete what was not brought on since `before`, and what is older and none of these."""
        for id_, objects in (await self.coming(workshop)).items():
            if max(each.at for each in objects) < before:
                await self.cancel(workshop, id_)
        there = await self.store.found(f"{workshop}/kept/")
        old = [each.name for each in there if each.at < before and _blob(each) not in blobs]
        await self.store.delete(*old)

    async def _pieces(self, workshop: str, id_: str) -> list[Object]:
        """Those that follow one another from the beginning."""
        objects = await self.store.found(f"{_coming(workshop, id_)}/")
        by_place = {int(each.name[-DIGITS:]): each for each in objects if each.name[-DIGITS:].isdigit()}
        found: list[Object] = []
        at = 0
        while at in by_place and by_place[at].size:
            found.append(by_place[at])
            at += by_place[at].size
        return found

    async def _through(
        self, workshop: str, upload: Upload, reader: Reader, *hearing: Callable[[bytes], object]
    ) -> AsyncIterator[bytes]:
        come = 0
        for piece in await self._pieces(workshop, upload.id):
            async for part in self.store.get(piece.name):
                come += len(part)
                for hear in (reader.hear, *hearing):
                    hear(part)
                yield part
        if come != upload.size:  # somebody else finished it, and is clearing up
            raise Elsewhere(come)

    async def _tail(self, name: str, size: int) -> bytes:
        start = max(0, size - TAIL_BYTES)
        return b"".join([part async for part in self.store.get(name, start, size)])

    async def _small(self, workshop: str, upload: Upload) -> bytes:
        try:
            return await self.store.whole(f"{_coming(workshop, upload.id)}/small")
        except Missing:
            return b""


def new_blob() -> str:
    """Where a file will lie."""
    return secrets.token_hex(16)


def _coming(workshop: str, id_: str) -> str:
    return f"{workshop}/coming/{id_}"


def _blob(kept_: Object) -> str:
    return kept_.name.rpartition("/")[2].partition(".")[0]
