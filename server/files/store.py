"""Where the bytes of files lie: objects by name in a folder, in memory, or in any store that speaks S3 ([FILE7]).

The names of a workshop's objects begin with its id and a slash: nothing else of it is anywhere.
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

READ_BYTES: Final = 262_144
"""About so much is read, and held, at once."""


class FilesError(Exception):
    """The store of files cannot do it now; may be tried again."""


class Missing(Exception):
    """There is no such object."""


@dataclass(frozen=True, slots=True)
class Object:
    """What lies there: its name, how long it is (bytes), and when it was written, by the store's clock."""

    name: str
    size: int
    at: datetime


class Store:
    """Objects by name. `address`: a folder, `s3://BUCKET/…` (its keys and region as S3 tools take them), `memory://`.

    Nothing is made before it is needed. Raises `FilesError`, and `Missing` where what is named is not there.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._folder = None if "://" in address else Path(address).absolute()

    @cached_property
    def _objects(self) -> ObjectStore:
        if self._folder is not None:
            return LocalStore(self._folder, mkdir=True)
        return MemoryStore() if self._address == "memory://" else from_url(self._address)

    async def put(self, name: str, body: bytes | AsyncIterator[bytes]) -> None:
        """Write it, whole or not at all, over what was there; on a disk it is durable when this returns."""
        with _translated():
            await self._objects.put_async(name, body)
        if self._folder is not None:
            await asyncio.to_thread(_synced, self._folder, name)

    async def get(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Its bytes from `start` up to `end`, piece by piece."""
        with _translated():
            found = await self._objects.get_async(name, options={"range": (start, end)} if end is not None else {})
            async for piece in found.stream(min_chunk_size=READ_BYTES):
                yield bytes(piece)

    async def whole(self, name: str) -> bytes:
        """All of a small one."""
        return b"".join([piece async for piece in self.get(name)])

    async def found(self, prefix: str) -> list[Object]:
        """All whose names begin so; `prefix` ends with a slash."""
        if not self._is_begun:
            return []
        with _translated():
            pages = [page async for page in self._objects.list(prefix.rstrip("/"))]
        return [Object(each["path"], each["size"], each["last_modified"]) for page in pages for each in page]

    async def firsts(self) -> list[str]:
        """What the names begin with, up to their first slash."""
        if not self._is_begun:
            return []
        with _translated():
            return sorted((await self._objects.list_with_delimiter_async())["common_prefixes"])

    async def delete(self, *names: str) -> None:
        """Of these none is there any more, whether or not it was."""
        for name in names:
            with contextlib.suppress(Missing), _translated():
                await self._objects.delete_async(name)
        if self._folder is not None:
            await asyncio.to_thread(_cleared, self._folder, names)

    async def forget(self, first: str) -> None:
        """Nothing is there any more whose name begins with this and a slash."""
        await self.delete(*[each.name for each in await self.found(f"{first}/")])

    @property
    def _is_begun(self) -> bool:
        return self._folder is None or self._folder.is_dir()


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Errors of the driver and of the disk, once."""
    try:
        yield
    except FileNotFoundError as error:
        raise Missing(str(error)) from error
    except (BaseError, OSError) as error:
        raise FilesError(str(error)) from error


def _synced(folder: Path, name: str) -> None:
    """The file, and each folder that leads to it."""
    file = folder / name
    for each in (file, *file.parents):
        place = os.open(each, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
        if each == folder:
            break


def _cleared(folder: Path, names: tuple[str, ...]) -> None:
    """Folders in which nothing is left."""
    for name in names:
        for above in list(Path(name).parents)[:-1]:
            with contextlib.suppress(OSError):
                (folder / above).rmdir()
