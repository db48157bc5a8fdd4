"""The paper as a file for the browser, on a phone."""

from __future__ import annotations

from server.exports.make import make
from server.exports.words import Words
from tests.exports.test_typography import planned

from .stage import PHONE, browser, page_of

LONG = "Accountability for performance-based systems throughout New Hampshire"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BROKEN = """() => [...document.querySelectorAll('td, th')].flatMap((cell) => {
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (walk.nextNode()) {
    for (const { 0: word, index } of walk.currentNode.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(walk.currentNode, index);
      range.setEnd(walk.currentNode, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(word);
    }
  }
  return broken;
})"""


async def test_within_the_width_of_a_phone() -> None:
    """[EXP4] Tables and figures are moved by themselves, to their ends, and no word is broken."""
    told = make("html", planned(LONG, "Do that"), Words("en")).decode()
    async with browser() as running:
        faults: list[str] = []
        page = await page_of(await running.new_context(**PHONE), faults)
        await page.set_content(told)
        assert await page.evaluate(WIDER) <= 0
        assert await page.evaluate(BROKEN) == []
        for moved in (page.get_by_role("group", name="Table"), page.locator("figure")):
            await moved.evaluate("(it) => it.scrollTo(it.scrollWidth, 0)")
            end = await moved.locator("th, svg").last.bounding_box()
            width = await page.evaluate("innerWidth")
            assert end
            assert end["x"] + end["width"] <= width + 1
        assert faults == []
