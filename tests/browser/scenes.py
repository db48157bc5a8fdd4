"""The big screen in many states: full, legible, never overflowing.

`python -m tests.browser.scenes FOLDER [WORD…]` goes through all of them (those whose name has each WORD), prints a
table of what is wrong and leaves the pictures in FOLDER.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from client.participant import Participant, join
from protocol.commands import IssueChoose, PeopleBalance, StepGo, StepReveal, StepShow, WorkshopSpotlight
from protocol.limits import DETAIL_CHARS
from protocol.records import Activity, Note, Record, Stack, Status, Tally, Workshop
from server.workshop.ranks import rank

from .full import NAMES, SECTIONS, WRITING, fill, texts
from .stage import STILL, House, browser, house, page_of

if TYPE_CHECKING:
    from playwright.async_api import Page

COUNTS: Final = (2, 40, 400)
BOARDS: Final = (1, 2, 3, 4)
SIZES: Final = {
    "1080p": (1920, 1080),
    "4x3": (1024, 768),
    "ultrawide": (2560, 1080),
    "720p": (1280, 720),
    "4k": (3840, 2160),
}
THEMES: Final = ("light", "dark")
CHOOSE, FACE_DOWN, VOTE = "step-2", "step-4", "step-6"
STEPS: Final = {
    "welcome": "step-0",
    "propose": "step-1",
    "choose": CHOOSE,
    "breakout": "step-3",
    "facedown": FACE_DOWN,
    "write": WRITING,
    "vote": VOTE,
    "results": VOTE,
    "ranking": CHOOSE,
    "plenary": "step-8",
    "board": "step-8",
    "stack": "step-8",
    "note": "step-8",
    "break": "step-7",
    "plan": "step-9",
    "paper": "step-10",
    "close": "step-11",
}
"""Scenes in the order in which they come; results that were shown stay so."""
RESULTS: Final = {"ranking", "results"}
SPOTS: Final = {"board": "issue-0", "stack": "stack-0", "note": "note-issue-0-1"}
ALIKE: Final = {"welcome", "propose", "choose", "break", "paper"}
"""Scenes that know nothing of notes and boards: they are looked at once."""

WRONG: Final = """() => {
    const found = [], unit = Math.min(innerWidth / 100, innerHeight / 56.25);
    const screen = document.querySelector('.screen');
    const said = (e) => `${e.tagName.toLowerCase()}.${e.className} "${e.textContent.trim().slice(0, 30)}"`;
    const near = (a, b) => a > b + 1.5;
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    if (scrollWidth > clientWidth || scrollHeight > clientHeight) found.push('the page scrolls');
    if (near(screen.scrollWidth, screen.clientWidth)) found.push('the scene is too wide');
    if (near(screen.scrollHeight, screen.clientHeight)) found.push('the scene is too high');
    const seen = [...screen.querySelectorAll('*')].filter((e) => e.checkVisibility() && !e.closest('.hidden, svg'));
    for (const e of seen) {
        const box = e.getBoundingClientRect();
        if (near(-1, box.left) || near(box.right, innerWidth + 1) || near(box.bottom, innerHeight + 1))
            found.push(`outside: ${said(e)}`);
        const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
        if (!words || e.closest('.avatar')) continue;
        const style = getComputedStyle(e), size = parseFloat(style.fontSize) / unit * 19.2;
        if (size < 27.9) found.push(`${size.toFixed(1)} px: ${said(e)}`);
        if (e.matches('h1, .sheet h2') && size < 55.9) found.push(`heading of ${size.toFixed(1)} px: ${said(e)}`);
        if (e.matches('.sheet:not(.low) h2') && e.scrollHeight > e.clientHeight + parseFloat(style.fontSize) / 2)
            found.push(`a name is cut: ${said(e)}`);
        const clipped = near(e.scrollWidth, e.clientWidth) || near(e.scrollHeight, e.clientHeight + size * unit / 96);
        const hides = style.overflow !== 'visible';
        const sign = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
        if (clipped && hides && !sign) found.push(`cut without a sign: ${said(e)}`);
        // What sticks out of a sheet that hides it is cut as well.
        const sheet = e.closest('section, article, ul')?.getBoundingClientRect();
        if (sheet && (near(box.bottom, sheet.bottom) || near(box.right, sheet.right)))
            found.push(`sticks out: ${said(e)}`);
    }
    const rows = {};
    for (const { offsetTop } of screen.querySelectorAll('.issues:not(.shown) li:not([style*="none"])'))
        rows[offsetTop] = (rows[offsetTop] ?? 0) + 1;
    const counts = Object.values(rows);
    if (Math.max(...counts) - Math.min(...counts) > 1) found.push(`uneven rows of issues: ${counts}`);
    return found;
}"""
"""What is wrong with the picture, in words; text sizes are told as they were at 1080p."""

LAID_OUT: Final = "new Promise((r) => [0, 1, 2].reduce((then) => () => requestAnimationFrame(then), r)())"

VOID: Final = """() => {
    const { left, top, width, height } = document.querySelector('main').getBoundingClientRect();
    const marks = [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility() && (
        e.matches('img, svg, .sheet, .none') ||
        [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
    )).map((e) => (e.closest('li, .paper, .none, h2') ?? e).getBoundingClientRect());
    const [columns, rows] = [24, 14];
    const filled = Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => {
        const [a, b] = [left + x * width / columns, top + y * height / rows];
        return marks.some((m) => m.left < a + width / columns && m.right > a
            && m.top < b + height / rows && m.bottom > b);
    }));
    let most = 0;
    const heights = Array(columns).fill(0);
    for (const row of filled) {
        row.forEach((on, x) => { heights[x] = on ? 0 : heights[x] + 1; });
        for (let x = 0; x < columns; x += 1)
            for (let y = x, least = rows; y < columns; y += 1) {
                least = Math.min(least, heights[y]);
                most = Math.max(most, least * (y - x + 1));
            }
    }
    return most / columns / rows;
}"""
"""The largest empty rectangle, as a share of the picture. Sheets count as empty but where something lies on them."""
MOST_EMPTY: Final = 0.36
CALM: Final = {"welcome", "break"}
"""Scenes of few words; people still arrive."""


@dataclass(frozen=True)
class State:
    """One state of one workshop."""

    boards: int
    notes: int
    """On each board."""
    scene: str

    def __str__(self) -> str:
        return f"{self.scene}-{self.boards}x{self.notes}"


def states() -> list[State]:
    """All of them."""
    every = [State(*one) for one in product(BOARDS, COUNTS, STEPS)]
    rich = [one for one in every if one.scene not in ALIKE or (one.boards, one.notes) == (BOARDS[-1], COUNTS[1])]
    return [one for one in rich if one.scene != "stack" or one.notes > COUNTS[0]]


@dataclass
class Wall:
    """A workshop of so many boards and notes, its facilitator and its big screen."""

    boss: Participant
    page: Page
    scene: str = ""

    async def show(self, scene: str) -> None:
        """Go to a scene and wait until it is there."""
        self.scene = scene
        step, spot = STEPS[scene], SPOTS.get(scene)
        [workshop] = self.boss.all("workshop")
        assert isinstance(workshop, Workshop)
        if workshop.step != step:
            await self.boss.do(StepGo(step=step, current=workshop.step))
        if scene == "write":
            await self.boss.do(StepReveal(step=FACE_DOWN))
        if scene in RESULTS:
            await self.boss.do(StepShow(step=step))
        if spot:
            await self.boss.do(WorkshopSpotlight(target=spot))
        await self.page.locator(f'.screen[data-scene$=" {spot or ""}"]').wait_for()
        if scene in RESULTS:
            await self.page.locator(".sum").first.wait_for()
        [kind] = {row.step for row in self.boss.all("step") if row.id == step}  # type: ignore[union-attr]
        await self.page.locator(f'.screen[data-scene^="{kind} "]').wait_for()

    async def wrong(self, size: str, theme: Any) -> list[str]:
        """What is wrong at this size, in words."""
        width, height = SIZES[size]
        await self.page.emulate_media(color_scheme=theme)
        await self.page.set_viewport_size({"width": width, "height": height})
        # Laid out, measured and laid out again: the second frame is what stays.
        await self.page.evaluate(LAID_OUT)
        await self.page.evaluate(STILL)
        found: list[str] = await self.page.evaluate(WRONG)
        empty: float = await self.page.evaluate(VOID)
        return [*found, *([f"{empty:.0%} empty"] if empty > MOST_EMPTY and self.scene not in CALM else [])]


async def made(place: House, kinds: set[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    """Workshops of these kinds (boards, notes on each), filled while the server is away."""
    workshops: dict[tuple[int, int], dict[str, Any]] = {}
    rows: dict[tuple[int, int], list[Record]] = {}
    for boards, count in sorted(kinds):
        one = place.post("/api/workshops", {"title": "Competency-based learning", "template": "tough-issues"})
        key = one["links"]["facilitator"].partition("#k=")[2]
        joined = await join(place.url, key=key, name="Facilitator")
        async with Participant(place.url, joined.token) as boss:
            await boss.do(IssueChoose(ids=tuple(f"issue-{n}" for n in range(boards))))
            people = [(await join(place.url, code=one["code"], name=name)).person or "" for name in NAMES]
            await boss.do(PeopleBalance())
        workshops[boards, count] = {**one, "token": joined.token}
        rows[boards, count] = [row for n in range(boards) for row in filling(f"issue-{n}", count, people)]
        rows[boards, count] += [
            Tally(id=f"{CHOOSE}.issue-{n}", round=CHOOSE, target=f"issue-{n}", dots=3 + n * 5 % 11, people=3)
            for n in range(6)
        ]
        rows[boards, count] += planned(boards, 3 + count // 10)
    place.stop()
    for kind, one in workshops.items():
        await fill(Path(place.store), one["id"], rows[kind])
    place.start()
    return workshops


def filling(board: str, count: int, people: list[str]) -> list[Record]:
    """So many notes on a board: some face down, some stacked, dots on one in five. Another board has other words."""
    first = int(board[-1]) * 57
    said = texts(first + count)[first:]
    stacked = range(0, count // 4, len(SECTIONS)) if count > COUNTS[0] else ()
    rows: list[Record] = [
        Note(
            id=f"note-{board}-{n}",
            board=board,
            section=SECTIONS[n % len(SECTIONS)],
            rank=rank(n // len(SECTIONS)),
            text=text,
            by=people[n % len(people)],
            at=n,
            step=FACE_DOWN if n % 2 else WRITING,
            stack=f"stack-{first}" if n in stacked else None,
        )
        for n, text in enumerate(said)
    ]
    if stacked:
        rows.append(
            Stack(id=f"stack-{first}", board=board, section=SECTIONS[0], rank=rank(0), title="What learners gain")
        )
    rows += [
        Tally(id=f"{VOTE}.note-{board}-{n}", round=VOTE, target=f"note-{board}-{n}", dots=1 + n * 7 % 13, people=1)
        for n in range(0, count, 5)
    ]
    return rows


def planned(boards: int, count: int) -> list[Record]:
    """So many activities, over two years."""
    return [
        Activity(
            id=f"activity-{n}",
            rank=rank(n),
            title=" ".join(text.split())[:DETAIL_CHARS],
            owner=NAMES[n % len(NAMES)] if n % 3 else "",
            start=n * 23 // count,
            length=1 + n * 5 % 9,
            status=list(Status)[n % len(Status)],
            issue=f"issue-{n % boards}",
            by=None,
            at=n,
        )
        for n, text in enumerate(texts(count))
    ]


async def looked_at(
    place: House, wanted: list[State], views: list[tuple[str, str]], folder: Path | None
) -> dict[str, list[str]]:
    """What is wrong in each of these states, in each of these views (size, theme); pictures go to `folder`."""
    wrong: dict[str, list[str]] = {}
    faults: list[str] = []
    workshops = await made(place, {(one.boards, one.notes) for one in wanted})
    async with browser() as running:
        page = await page_of(await running.new_context(reduced_motion="reduce"), faults)
        for kind, one in workshops.items():
            await page.goto(one["links"]["projector"].replace("localhost", "127.0.0.1"))
            async with Participant(place.url, one["token"]) as boss:
                wall = Wall(boss, page)
                for state in (state for state in wanted if (state.boards, state.notes) == kind):
                    await wall.show(state.scene)
                    for size, theme in views:
                        name = f"{state}-{size}-{theme}"
                        wrong[name] = await wall.wrong(size, theme)
                        if folder:
                            await page.screenshot(path=folder / f"{name}.png")
    return {**wrong, "faults": faults}


def main(folder: Path, words: list[str]) -> int:
    """Go through all states, print the table; 1: something is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    views = [
        (size, theme)
        for size, theme in product(SIZES, THEMES)
        if all(word not in {*SIZES, *THEMES} or word in {size, theme} for word in words)
    ]
    wanted = [one for one in states() if all(word in {*SIZES, *THEMES} or word in str(one) for word in words)]
    with tempfile.TemporaryDirectory() as temporary, house(Path(temporary)) as place:
        wrong = asyncio.run(looked_at(place, wanted, views, folder))
    for name, what in wrong.items():
        sys.stdout.write(f"{name:40} {'; '.join(dict.fromkeys(what)) or 'good'}\n")
    bad = [name for name, what in wrong.items() if what]
    sys.stdout.write(f"{len(wrong)} pictures, {len(bad)} of them not good\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
