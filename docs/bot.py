"""An example bot: says a line to a group whose board has been quiet for a while, and at the end tells what came of it.

    python docs/bot.py http://localhost:8000 KEY --quiet 240

KEY is what stands behind `#k=` in the facilitators' link: only who leads may say something to a group. The bot sees
what any facilitator sees, and no more: of notes that lie face down it sees that they are there.

It is all there is to a bot: join, look at the records, ask for commands. The line is kept up, and nothing done twice,
by `client/participant.py`. What can be asked, and what comes, is described at `/api` of any server.
"""

import argparse
import asyncio
import contextlib
import secrets
import time
from collections.abc import Iterator

from client.participant import Participant, join
from protocol.base import Role
from protocol.commands import NoticeSay
from protocol.records import Board, Note, Person, Step, StepKind, Workshop

ASKED = "Quiet here? Say what comes to mind first; it can be sharpened later."


class Quiet:
    """Which boards nothing came to for `seconds`; of each that is said once, until something comes again."""

    def __init__(self, me: Participant, seconds: float) -> None:
        self.me = me
        self.seconds = seconds
        self._seen: dict[str, tuple[frozenset[tuple[str, int]], float]] = {}
        self._told: set[str] = set()

    @property
    def step(self) -> Step | None:
        """What the room does now."""
        for workshop in self.me.all("workshop"):
            assert isinstance(workshop, Workshop)
            step = self.me.get("step", workshop.step)
            return step if isinstance(step, Step) else None
        return None

    def boards(self) -> Iterator[Board]:
        """Those that somebody is at."""
        people = [one for one in self.me.all("person") if isinstance(one, Person) and one.role is Role.PARTICIPANT]
        taken = {one.board for one in people if not one.removed}
        yield from (board for board in self.me.all("board") if isinstance(board, Board) and board.id in taken)

    def look(self, now: float) -> list[Board]:
        """The boards that are quiet now, and of which it was not said yet."""
        if self.step is None or self.step.step is not StepKind.WRITE:
            self._seen.clear()
            return []
        quiet = []
        for board in self.boards():
            notes = frozenset((n.id, n.rev) for n in self.me.all("note") if isinstance(n, Note) and n.board == board.id)
            before, since = self._seen.get(board.id, (None, now))
            if notes != before:
                self._seen[board.id] = notes, now
                self._told.discard(board.id)
            elif now - since >= self.seconds and board.id not in self._told:
                self._told.add(board.id)
                quiet.append(board)
        return quiet

    def is_over(self) -> bool:
        """The workshop is closed."""
        return self.step is not None and self.step.step is StepKind.CLOSE


async def run(url: str, key: str, seconds: float) -> None:
    """Until the workshop closes."""
    joined = await join(url, key=key, name="Bot")
    async with Participant(url, joined.token) as me:
        bot = Quiet(me, seconds)
        while not bot.is_over():
            for board in bot.look(time.monotonic()):
                await me.do(NoticeSay(id=secrets.token_urlsafe(9), text=ASKED, board=board.id))
                print(f"Said to “{board.title}”: {ASKED}", flush=True)
            with contextlib.suppress(TimeoutError):  # whatever comes ends it sooner than that
                await asyncio.wait_for(me.until(bot.is_over), min(1.0, seconds))
        print(summary(me), flush=True)


def summary(me: Participant) -> str:
    """What came of it, in a line."""
    notes = [note for note in me.all("note") if isinstance(note, Note) and not note.binned]
    boards = "; ".join(
        f"{board.title}: {sum(note.board == board.id for note in notes)}"
        for board in me.all("board")
        if isinstance(board, Board)
    )
    return f"{len(notes)} notes. {boards}"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Speaks to groups whose board is quiet.")
    arguments.add_argument("url")
    arguments.add_argument("key")
    arguments.add_argument("--quiet", type=float, default=240.0, help="seconds (240)")
    given = arguments.parse_args()
    asyncio.run(run(given.url, given.key, given.quiet))
