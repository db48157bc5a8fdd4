"""The people of a simulated afternoon: each does something, waits a little, does something else."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from client.participant import Participant, RefusedError
from protocol import commands as c
from protocol.base import Role
from protocol.messages import HereUp
from protocol.records import Comment, Note, Stack, Step, StepKind, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from client.dial import Dial

    from .network import Link
    from .oracle import Oracle

BOARDS: Final = ("i1", "i2")
SECTIONS: Final = ("pro", "con")
PACE_S: Final = 0.8
"""Between two things that one person does, on the average."""


@dataclass(eq=False)
class Device:
    """One device of one person, and what it asked for. The number in the log is the outbox's own."""

    person: str | None
    role: Role
    client: str
    dial: Dial
    oracle: Oracle
    chance: Random
    words: int = 0
    link: Link | None = None
    offline_until: float = 0.0
    gone: bool = False
    """Went home early, without a word."""
    on_frame: Callable[[str], None] | None = None
    asked: dict[int, c.Command] = field(default_factory=dict)

    def __post_init__(self) -> None:
        token = f"{self.person or ''}/{self.role.value}"
        self.participant = Participant("sim:", token, self.client, on_frame=self._framed, dial=self.dial)
        self.acts = self._steering if self.role is Role.FACILITATOR else self._taking_part

    async def run(self, until: float) -> None:
        """Until it is time to go home."""
        await self.participant.start()
        loop = asyncio.get_running_loop()
        while loop.time() < until and not self.gone:
            await asyncio.sleep(self.chance.expovariate(1 / PACE_S))
            if self.person is not None and not self.gone:
                self._act()

    def ask(self, command: c.Command) -> None:
        """Get it done, and tell the oracle what came of it."""
        future = self.participant.submit(command)
        pending = next(reversed(self.participant._outbox._pending.values()))
        self.asked[pending.n] = command
        self.oracle.asked(self, pending.n, command)
        future.add_done_callback(lambda done: self._answered(pending.n, done))

    def _answered(self, n: int, done: asyncio.Future[int]) -> None:
        if done.cancelled():
            return
        error = done.exception()
        if error is None:
            self.oracle.saved(self, n, done.result())
        elif isinstance(error, RefusedError):
            self.oracle.refused(self, n, error.code)

    def _framed(self, text: str) -> None:
        self.oracle.frame(self, text)
        if self.on_frame:
            self.on_frame(text)

    def _act(self) -> None:
        command = self.chance.choice(self.acts())()
        if command is not None:
            self.ask(command)

    def _taking_part(self) -> list[Callable[[], c.Command | None]]:
        writing, votes = [self._write] * 6, [self._vote] * 2
        changes = [self._edit, self._edit, self._move, self._bin, self._restore]
        changes += [self._stack, self._stack, self._many, self._say, self._say]
        return [*writing, *changes, *votes, self._look, self._rarely]

    def _steering(self) -> list[Callable[[], c.Command | None]]:
        return [
            self._write,
            self._edit,
            self._vote,
            self._step,
            self._step,
            self._show,
            self._issue,
            self._lock,
            self._light,
        ]

    def _write(self) -> c.Command:
        self.words += 1
        id_ = f"{self.client}_{self.words}"
        board, section = self.chance.choice(BOARDS), self.chance.choice(SECTIONS)
        return c.NoteAdd(id=id_, board=board, section=section, rank="a0", text=self._said(id_))

    def _said(self, id_: str) -> str:
        """Words that nobody else says."""
        return f"canary-{id_}-{self.chance.randrange(10**6)}"

    def _edit(self) -> c.Command | None:
        note = self._some_note()
        if note is None or note.sealed or not note.text:
            return None
        self.words += 1
        text = f"{note.text} {self._said(f'{self.client}_{self.words}')}"[:1_000]
        return c.NoteEdit(id=note.id, text=text, base=note.text, rev=note.rev)

    def _many(self) -> c.Command | None:
        """Several notes at once: to one place, or into a stack of all or into none."""
        notes = [note for note in (self._some_note() for _ in range(3)) if note]
        board, section = self.chance.choice(BOARDS), self.chance.choice(SECTIONS)
        stacks = [None, *(stack.id for stack in cast("list[Stack]", self.participant.all("stack")))]
        stack = self.chance.choice(stacks)
        moves = [c.NoteMove(id=note.id, board=board, section=section, rank="a2", stack=stack) for note in notes]
        return c.NoteMany(commands=tuple(moves)) if moves else None

    def _stack(self) -> c.Command | None:
        stacks = cast("list[Stack]", self.participant.all("stack"))
        if stacks and self.chance.random() < 0.4:
            id_ = self.chance.choice(stacks).id
            board, section = self.chance.choice(BOARDS), self.chance.choice(SECTIONS)
            ways: list[c.Command] = [
                c.StackSplit(id=id_),
                c.StackName(id=id_, title="Alike"),
                c.StackMove(id=id_, board=board, section=section, rank="a3"),
            ]
            return self.chance.choice(ways)
        self.words += 1
        notes = [note for note in (self._some_note() for _ in range(2)) if note]
        ids = tuple(note.id for note in notes)
        return c.StackMake(id=f"{self.client}_{self.words}", notes=ids) if len(ids) > 1 else None

    def _say(self) -> c.Command | None:
        note, said = self._some_note(), cast("list[Comment]", self.participant.all("comment"))
        if said and self.chance.random() < 0.3:
            return c.CommentDrop(id=self.chance.choice(said).id)
        if note is None or self.chance.random() < 0.4:
            return c.NoteReact(id=note.id, on=self.chance.random() < 0.7) if note else None
        self.words += 1
        return c.CommentAdd(id=f"{self.client}_{self.words}", note=note.id, rank="a0", text=f"word {self.words}")

    def _move(self) -> c.Command | None:
        note = self._some_note()
        board, section = self.chance.choice(BOARDS), self.chance.choice(SECTIONS)
        return c.NoteMove(id=note.id, board=board, section=section, rank="a1") if note else None

    def _bin(self) -> c.Command | None:
        note = self._some_note()
        return c.NoteBin(id=note.id) if note else None

    def _restore(self) -> c.Command | None:
        note = self._some_note()
        return c.NoteRestore(id=note.id) if note else None

    def _vote(self) -> c.Command | None:
        step, note = self._step_now(), self._some_note()
        if step is None or step.step is not StepKind.VOTE:
            return self._write()
        if note is None:
            return None
        target = note.stack if note.stack and self.chance.random() < 0.5 else note.id
        return c.VoteCast(round=step.id, target=target, dots=self.chance.randrange(3))

    def _look(self) -> None:
        """Nothing that is logged."""
        if self.chance.random() < 0.5:
            self.participant.here(HereUp(board=self.chance.choice(BOARDS), typing=True))
        else:
            boards = self.chance.choice([None, ("i1",), ("i2",), BOARDS])
            self.oracle.watching[self] = boards
            self.participant.watch(boards)

    def _step(self) -> c.Command | None:
        now = self._step_now()
        step = self.chance.choice(["private", "open", "nameless", "vote"])
        return c.StepGo(step=step, current=now.id) if now else None

    def _show(self) -> c.Command:
        shows: list[c.Command] = [c.StepReveal(step="private"), c.StepShow(step="vote"), c.StepExtend(minutes=1)]
        return self.chance.choice(shows)

    def _rarely(self) -> c.Command | None:
        """What they may not do."""
        return self._step() if self.chance.random() < 0.2 else None

    def _issue(self) -> c.Command:
        if self.chance.random() < 0.5:
            return c.IssueChoose(ids=self.chance.choice([BOARDS, (*BOARDS, "i3")]))
        self.words += 1
        return c.IssueAdd(id=f"{self.client}_{self.words}", rank="a5", title=f"Issue of {self.client}")

    def _lock(self) -> c.Command:
        return c.BoardLock(board=self.chance.choice(BOARDS), locked=self.chance.random() < 0.3)

    def _light(self) -> c.Command:
        note = self._some_note()
        return c.WorkshopSpotlight(target=note.id if note and self.chance.random() < 0.7 else None)

    def _some_note(self) -> Note | None:
        notes = cast("list[Note]", self.participant.all("note"))
        return self.chance.choice(notes) if notes else None

    def _step_now(self) -> Step | None:
        workshop = cast("Workshop | None", self.participant.get("workshop", "workshop"))
        return cast("Step | None", self.participant.get("step", workshop.step)) if workshop else None
