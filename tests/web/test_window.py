"""Frames that refer back: whoever gets them reads what was meant, whatever they got and missed before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from server.live.fanout import CHAPTER
from server.live.frame import Around, Chapter, Form, Frame, Shared
from server.web import window
from server.web.window import LARGE, SMALL, WINDOWS, alone, fresh, plain

from .reading import Reading
from .stand import stand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .stand import Raw, Stand

WORDS = ["teachers", "need", "time", "together", "to", "agree", "what", "proficient", "looks", "like", "with", "work"]


def text(size: int, number: int) -> bytes:
    """About so many letters, never twice the same."""
    words = [WORDS[(number * 7 + i * (number % 5 + 1)) % len(WORDS)] for i in range(size // 6 + 1)]
    return f'{{"seq":{number},"text":"{" ".join(words)}"}}'.encode()


class Connection:
    """One line and who reads at its other end."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.reading = Reading(takeover=form is fresh)
        self.came = 0

    def write(self, frame: Frame) -> None:
        """As a `Wire` does; what is read is what was meant."""
        data, self.form = frame.made(self.form)
        self.came += len(data)
        assert self.reading.read(data) == [frame.payload]


class Turn(NamedTuple):
    """Who comes, what two halves of the room are told (perhaps the same), who is skipped, what one is told alone."""

    comes: Form | None
    halves: tuple[int, int]
    same: bool
    skipped: set[int]
    one: tuple[int, int]
    chapter: bool


SIZES = st.sampled_from([0, 20, 150, SMALL + 100, 1_000, LARGE + 100])
TURNS = st.lists(
    st.builds(
        Turn,
        st.none() | st.sampled_from([fresh, fresh, fresh, alone, plain]),
        st.tuples(SIZES, SIZES),
        st.booleans(),
        st.sets(st.integers(0, 12), max_size=4),
        st.tuples(st.integers(0, 12), SIZES),
        st.integers(0, 9).map(lambda n: n == 0),
    ),
    min_size=1,
    max_size=60,
)


@given(TURNS)
def test_whatever_came_before(turns: Sequence[Turn]) -> None:
    """[FAN6] Whoever comes, is skipped, sees something else or is told something alone: each reads what was meant."""
    connections, chapter = [Connection(form) for form in (fresh, fresh, fresh, fresh, alone, plain)], Chapter()
    for number, turn in enumerate(turns):
        if turn.comes:
            connections.append(Connection(turn.comes))
        chapter = Chapter() if turn.chapter else chapter
        frames = [Frame(text(size, number * 2 + half), chapter) for half, size in enumerate(turn.halves)]
        for i, connection in enumerate(connections):
            if i not in turn.skipped:
                connection.write(frames[0 if turn.same else i % 2])
        place, size = turn.one
        connections[place % len(connections)].write(Frame(text(size, number)))
        assert chapter.windows <= WINDOWS


PARTS = st.binary(max_size=40) | st.sampled_from(
    [text(size, 7) for size in (SMALL, LARGE - 1, LARGE, LARGE + 1, 90_000)]
)


@given(PARTS, PARTS, st.lists(st.tuples(PARTS, st.sampled_from([fresh, alone, plain])), max_size=5), st.booleans())
def test_around_what_many_share(common: bytes, head: bytes, people: Sequence[tuple[bytes, Form]], told: bool) -> None:
    """[FAN7] Each who comes reads what is for all and what is for them, whatever they were told before."""
    shared, chapter = Shared(common), Chapter()
    for number, (tail, form) in enumerate(people):
        connection = Connection(form)
        if told:
            connection.write(Frame(text(300, number), chapter))
        connection.write(Around(head, shared, tail))
        connection.write(Frame(text(300, 99), chapter))


def test_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """[FAN7] However many come, what they have in common is compressed once; each gets little besides."""
    press = Mock(wraps=window._press)
    monkeypatch.setattr(window, "_press", press)
    shared, crowd = Shared(text(90_000, 1)), [Connection(fresh) for _ in range(20)]
    for number, each in enumerate(crowd):
        each.write(Around(b"", shared, text(300, number)))
    assert press.call_count == 1
    assert max(each.came for each in crowd) < len(shared.pressed or b"") + 600


def test_what_it_saves() -> None:
    """[FAN6] In touch a frame is less than half of what it is by itself; out of touch no longer than the chapter."""
    early, late, by_itself = Connection(fresh), Connection(fresh), Connection(alone)
    chapter = Chapter(windows=WINDOWS - 1)
    for number in range(30):
        frame = Frame(text(300, number), chapter)
        early.write(frame)
        by_itself.write(frame)
        if number >= 10:
            late.write(frame)
    assert early.came < by_itself.came / 2
    assert late.form is fresh
    frame = Frame(text(300, 99), Chapter())
    early.write(frame)
    late.write(frame)
    assert early.form is late.form is not fresh


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "permessage-deflate; client_no_context_takeover"),
        (
            {"server_no_context_takeover": True},
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        ),
        (
            {"server_max_window_bits": 10},
            "permessage-deflate; client_no_context_takeover; server_max_window_bits=10",
        ),
    ],
)
async def test_as_the_client_asked(asked: dict[str, Any], told: str) -> None:
    """[FAN6] Each kind of client reads the whole conversation, past the end of a chapter, as those who are plain do."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        deflate = [ClientPerMessageDeflateFactory(**asked)]
        watcher = await _live(place, await place.join(made), compression=None, extensions=deflate)
        bare = await _live(place, await place.join(made), compression=None)
        assert watcher.line.response
        assert watcher.line.response.headers["Sec-WebSocket-Extensions"] == told
        titles = [f"{n}. {' '.join(WORDS[n % 7 :])}" for n in range(CHAPTER + 6)]
        for n, title in enumerate(titles):
            if n % 10 == 9:  # else it were too fast, or silent for too long
                place.times.steady += 3_000
                await asyncio.gather(*(one.send({"type": "beat", "t": n}) for one in (boss, watcher, bare)))
            await boss.do(do="issue.add", id=f"i{n}", rank="a0", title=title)
        for one in (watcher, bare):
            await one.until("changes", lambda f: any(c["record"].get("id") == f"i{CHAPTER + 5}" for c in f["changes"]))
            assert _titles(one) == titles


async def _live(place: Stand, joined: dict[str, Any], **options: Any) -> Raw:
    raw = await place.raw(**options)
    await raw.send({"type": "hello", "token": joined["token"], "client": f"client-{joined['person']}"})
    await raw.until("saved")
    return raw


def _titles(raw: Raw) -> list[str]:
    changes = [c for f in raw.frames if f["type"] == "changes" for c in f["changes"]]
    return [c["record"]["title"] for c in changes if c["record"]["kind"] == "issue"]
