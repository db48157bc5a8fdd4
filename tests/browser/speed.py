"""How quick a full board is on a middling phone: `python -m tests.browser.speed [NOTES]`, by default 5,000.

A real server, a real browser with its processor slowed down four times, and a figure for each thing that a hand feels.
Prints what was measured beside what is wanted; asserts nothing. On a busy machine the figures say little.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from client.participant import Participant, join
from protocol.commands import NoteAdd, NoteEdit
from protocol.records import Note

from .full import BOARD, SECTIONS, opened
from .stage import PHONE, House, browser, enter, house, page_of

if TYPE_CHECKING:
    from playwright.async_api import Browser, CDPSession, Page

SLOWER: Final = 4
"""A middling phone against this machine."""
HZ: Final = 60
REST_MS: Final = 400
"""Between two changes; looking for them meanwhile would cost the page its time."""
PROBE: Final = """
window.probe = { heard: [], drawn: [], marks: new Set(), frames: [], typed: [], opened: 0 };
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', (event) => {
      if (event.data.includes('"changes"')) probe.heard.push([event.data, performance.now()]);
    });
  }
};
window.painted = (then) => requestAnimationFrame(() => {
  const after = new MessageChannel();
  after.port1.onmessage = () => then(performance.now());
  after.port2.postMessage(null);
});
new MutationObserver((changes) => {
  if (!probe.opened && document.querySelector('[data-row]')) {
    probe.opened = 1;
    window.painted((at) => { probe.opened = at; });
  }
  for (const { type, target, addedNodes } of changes) for (const node of type === 'childList' ? addedNodes : [target]) {
    for (const [mark] of node.textContent.matchAll(/speed-[0-9]+/g)) {
      if (probe.marks.has(mark)) continue;
      probe.marks.add(mark);
      painted((at) => probe.drawn.push([mark, at]));
    }
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
new PerformanceObserver((list) => {
  for (const { name, duration } of list.getEntries()) if (name === 'keydown') probe.typed.push(duration);
}).observe({ type: 'event', durationThreshold: 16 });
probe.watch = () => {
  probe.frames = [];
  probe.blank = 0;
  probe.watching = true;
  const list = document.querySelector('[data-scroll]');
  const rows = list.querySelector('ul').children;
  const view = list.getBoundingClientRect();
  const lies = (row) => row && !row.classList.contains('apart');
  const look = (at) => {
    if (!probe.watching) return;
    probe.frames.push(at);
    let [first, last] = [0, rows.length - 1];
    while (first < last && !lies(rows[first])) first += 1;
    while (last > first && !lies(rows[last])) last -= 1;
    const [high, low] = [rows[first]?.getBoundingClientRect().top, rows[last]?.getBoundingClientRect().bottom];
    const covered = rows.length ? Math.min(low, view.bottom) - Math.max(high, view.top) : 0;
    probe.blank = Math.max(probe.blank, view.height - covered - 60);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};
probe.rest = () => {
  probe.watching = false;
  return [probe.frames, probe.blank];
};
"""
"""Put into the page before its own scripts: when a change was heard and when drawn, every frame, every key."""

BARE: Final = """async () => {
  const list = document.createElement('ul');
  list.style.cssText = 'height: 500px; overflow: auto';
  for (let n = 0; n < 26; n += 1) list.append(Object.assign(document.createElement('li'), { textContent: `Row ${n}` }));
  document.body.append(list);
  const times = [];
  for (let n = 0; n < 20; n += 1) {
    await new Promise((done) => setTimeout(done, 200));
    const began = performance.now();
    list.prepend(Object.assign(document.createElement('li'), { textContent: `Another ${n}` }));
    await new Promise((done) => painted((at) => { times.push(at - began); done(); }));
  }
  return times;
}"""
"""The yardstick: how long a page with nothing else takes to draw one line more."""

OPENED: Final = """new Promise((tell) => {
  const look = () => (probe.opened > 1 ? tell(probe.opened) : requestAnimationFrame(look));
  look();
})"""


def tell(what: str, figure: str, wanted: str, *, met: bool | None) -> None:
    """One line of the result; `met` is None where nothing is wanted."""
    verdict = {True: "met", False: "NOT MET", None: ""}[met]
    print(f"{what:<34}{figure:<44}{wanted:<12}{verdict}", flush=True)  # noqa: T201


async def measure(count: int, folder: Path) -> None:
    """Everything, once."""
    with house(folder) as place:
        made = await opened(place, count)
        async with browser() as running:
            await yardstick(running)
            page = await arrived(running, place, made["code"])
            hand = await page.context.new_cdp_session(page)
            await hand.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            await open_again(page)
            await scroll(page, hand)
            await drag(page, hand)
            await type_words(page)
            await remote(page, place, made["code"])


async def yardstick(running: Browser) -> None:
    """What this machine, slowed down, makes of next to nothing; the figures of two machines are told apart by it."""
    page = await page_of(await running.new_context(**PHONE), [])
    await page.evaluate(PROBE)
    hand = await page.context.new_cdp_session(page)
    await hand.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = await page.evaluate(BARE)
    tell(
        "yardstick: a bare page, one line",
        f"median {median(times):.0f} ms, worst {max(times):.0f} ms of 20",
        "",
        met=None,
    )
    await page.evaluate("document.body.append(document.createElement('textarea'))")
    await type_words(page, "yardstick: a bare page, a key")
    await page.context.close()


async def arrived(running: Browser, place: House, code: str) -> Page:
    """Somebody on a phone is at the board, as people are who come back to it."""
    page = await page_of(await running.new_context(**PHONE), [])
    await page.goto(f"{place.url}/j/{code}")
    await enter(page, "Ana")
    await page.get_by_role("article").first.wait_for()
    await page.context.add_init_script(PROBE)
    return page


async def open_again(page: Page) -> None:
    """From the tap on a link to the first notes on the screen, nothing of the page kept."""
    net = await page.context.new_cdp_session(page)
    times = []
    for _ in range(3):
        await net.send("Network.clearBrowserCache")
        await page.reload()
        times.append(await page.evaluate(OPENED))
    tell(
        "opening",
        f"{median(times):.0f} ms (of {', '.join(f'{t:.0f}' for t in times)})",
        "<= 2500 ms",
        met=median(times) <= 2500,
    )


def frames_per_second(frames: list[float]) -> tuple[float, float]:
    """Over all of it, and the longest time without a frame in ms."""
    gaps = [b - a for a, b in pairwise(frames)]
    return 1000 * len(gaps) / sum(gaps), max(gaps)


async def watched(page: Page, what: str) -> None:
    """Tell how many frames there were."""
    frames, blank = await page.evaluate("probe.rest()")
    rate, longest = frames_per_second(frames)
    figure = f"{rate:.0f} fps, longest frame {longest:.0f} ms, blank {max(0, blank):.0f} px"
    tell(what, figure, ">= 50 fps", met=rate >= 50)


async def scroll(page: Page, hand: CDPSession) -> None:
    """A finger goes down the section, and up again."""
    for way, name in ((-1, "scrolling down"), (1, "scrolling up")):
        await page.evaluate("probe.watch()")
        gesture = {"x": 190, "y": 480, "yDistance": way * 9000, "speed": 2400, "gestureSourceType": "touch"}
        await hand.send("Input.synthesizeScrollGesture", {**gesture, "preventFling": True})
        await watched(page, name)


async def drag(page: Page, hand: CDPSession) -> None:
    """A note is held, moved about, and held at the lower edge."""
    box = await page.get_by_role("article").nth(2).bounding_box()
    assert box
    x, y = box["x"] + 60, box["y"] + 20
    await touch(hand, "touchStart", x, y)
    await page.locator(".ghost").wait_for()
    await page.evaluate("probe.watch()")
    loop = asyncio.get_running_loop()
    began = loop.time()
    for step in range(4 * HZ):
        there = 420 + 200 * ((step % 80) / 40 - 1 if step < 120 else 1.55)
        await touch(hand, "touchMove", x, there)
        await asyncio.sleep(max(0.0, began + step / HZ - loop.time()))
    await watched(page, "dragging, and at the edge")
    await touch(hand, "touchEnd", x, 0)


async def touch(hand: CDPSession, what: str, x: float, y: float) -> None:
    """One finger."""
    points = [] if what == "touchEnd" else [{"x": x, "y": y}]
    await hand.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": points})


async def type_words(page: Page, what: str = "typing echo") -> None:
    """From the key to the letter on the screen, as the browser tells it (in steps of 8 ms, from 16 on).

    Of a window that nobody looks at it shows frames when it likes; so somebody looks.
    """
    look = await page.context.new_cdp_session(page)
    look.on("Page.screencastFrame", lambda frame: asyncio.ensure_future(seen(look, frame["sessionId"])))
    await look.send("Page.startScreencast", {"format": "jpeg", "quality": 1, "maxWidth": 60, "maxHeight": 130})
    box = page.get_by_role("textbox").first
    await box.focus()
    await page.evaluate("probe.typed = []")
    words = "Credit that follows the learner, whoever taught it"
    await box.press_sequentially(words, delay=40)
    await page.wait_for_timeout(300)
    times = [16.0] * len(words) + list(await page.evaluate("probe.typed"))
    times = sorted(times)[-len(words) :]
    tell(what, f"median {median(times):.0f} ms, worst {max(times):.0f} ms", "<= 50 ms", met=max(times) <= 50)
    await box.fill("")
    await look.send("Page.stopScreencast")


async def seen(look: CDPSession, frame: int) -> None:
    """The next one, please."""
    await look.send("Page.screencastFrameAck", {"sessionId": frame})


async def remote(page: Page, place: House, code: str) -> None:
    """Somebody else writes: from the frame that brings it to the paint that shows it."""
    await page.evaluate("document.querySelector('[data-scroll]').scrollTop = 0")
    joined = await join(place.url, code=code, name="Ben")
    async with Participant(place.url, joined.token) as ben:
        first = next(n for n in ben.all("note") if isinstance(n, Note) and n.id == "note-0")
        for n in range(10):
            await ben.do(NoteEdit(id=first.id, rev=first.rev + n, base=first.text, text=f"Said otherwise, speed-{n}"))
            await page.wait_for_timeout(REST_MS)
        await told(page, "a changed note is drawn")
        for n in range(10, 20):
            rank, text = f"Zz{chr(ord('z') - (n - 10))}V", f"Something new, speed-{n}"
            await ben.do(NoteAdd(id=f"speed-{n}", board=BOARD, section=SECTIONS[0], rank=rank, text=text))
            await page.wait_for_timeout(REST_MS)
        await told(page, "a new note is drawn")


async def told(page: Page, what: str) -> None:
    """Tell how long it took."""
    await page.wait_for_timeout(200)
    heard, drawn = await page.evaluate("[probe.heard.splice(0), probe.drawn.splice(0)]")
    times = []
    for text, at in heard:
        marks = re.findall(r"speed-\d+", text)
        times += [next(seen for name, seen in drawn if name == mark) - at for mark in dict.fromkeys(marks)]
    figure = f"median {median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)}"
    tell(what, figure, "<= 50 ms", met=max(times) <= 50)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000, Path(temporary)))
