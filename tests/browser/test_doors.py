"""How people come in, as the facilitator decides it: links that are replaced, passwords, and who waits at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from .stage import LAPTOP, PHONE, House, browser, enter, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser


async def console(running: Browser, place: House, faults: list[str]) -> tuple[Page, dict[str, Any]]:
    """A workshop, and its facilitator at a laptop."""
    made = place.post("/api/workshops", {"title": "Ready for life by 2030", "template": "tough-issues"})
    page = await page_of(await running.new_context(**LAPTOP), faults)
    await page.goto(made["links"]["facilitator"])
    await expect(page.get_by_role("button", name="Links and QR code")).to_be_visible()
    return page, made


async def replaced(running: Browser, place: House, faults: list[str]) -> None:
    """[KEY1] [KEY5] A new code at once, the old one dead; screens end where that is asked for."""
    boss, made = await console(running, place, faults)
    ana = await page_of(await running.new_context(**PHONE), faults)
    await ana.goto(made["links"]["participant"])
    await enter(ana, "Ana", "")
    wall = await page_of(await running.new_context(**LAPTOP), faults)
    await wall.goto(made["links"]["projector"])
    await expect(wall.get_by_text(made["code"]).first).to_be_visible()
    await boss.get_by_role("button", name="Links and QR code").click()
    sheet = boss.get_by_role("dialog")
    await sheet.get_by_role("button", name="Replace the link: For participants").click()
    await shot(boss, "door-replace")
    await sheet.get_by_role("button", name="Replace the link", exact=True).click()
    await expect(sheet.get_by_text("Here is the new link")).to_be_visible()
    await expect(wall.get_by_text(made["code"])).to_have_count(0)
    await expect(sheet.get_by_text(f"/j/{made['code']}")).to_have_count(0)
    await ana.goto(f"{place.url}/j/{await sheet.locator('.code').inner_text()}")
    await expect(ana.get_by_text("Welcome, Ana")).to_be_visible()
    late = await page_of(await running.new_context(**PHONE), faults)
    await late.goto(made["links"]["participant"])
    await expect(late.get_by_text("No open workshop has the code")).to_be_visible()
    await sheet.get_by_role("button", name="Replace the link: For the big screen").click()
    await sheet.get_by_label("Also end the screens that are open").check()
    await sheet.get_by_role("button", name="Replace the link", exact=True).click()
    await expect(wall.get_by_text("This link does not open anything here.")).to_be_visible()
    await shot(boss, "door-replaced")


async def choose(boss: Page, policy: str, password: str = "") -> None:
    """In the console."""
    await boss.get_by_role("button", name="Who may come in").click()
    sheet = boss.get_by_role("dialog")
    await sheet.get_by_label(policy).check()
    if password:
        await sheet.get_by_label("Password", exact=True).fill(password)
    await shot(boss, f"door-policy-{policy}")
    await sheet.get_by_role("button", name="Save").click()
    await expect(sheet).to_have_count(0)


async def asked_for_a_word(running: Browser, place: House, faults: list[str]) -> None:
    """[DOOR1] [DOOR2] The join screen asks for it, says when it is wrong, and keeps the name."""
    boss, made = await console(running, place, faults)
    await choose(boss, "With a password", "plums")
    ana = await page_of(await running.new_context(**PHONE), faults)
    await ana.goto(made["links"]["participant"])
    await ana.get_by_label("Your name").fill("Ana")
    await ana.get_by_label("Password").fill("pears")
    await ana.get_by_role("button", name="Join").tap()
    await expect(ana.get_by_role("alert")).to_contain_text("password")
    await shot(ana, "door-password")
    await accessible(ana, "door-password")
    await ana.get_by_label("Password").fill("plums")
    await ana.get_by_role("button", name="Join").tap()
    await expect(ana.get_by_text("Welcome, Ana")).to_be_visible()


async def let_in(running: Browser, place: House, faults: list[str]) -> None:
    """[DOOR3] [DOOR4] Who comes waits calmly; one press lets them in, all in, or turns them away."""
    boss, made = await console(running, place, faults)
    await choose(boss, "Whom I let in")
    pages = {name: await page_of(await running.new_context(**PHONE), faults) for name in ("Ana", "Ben", "Cho", "Dan")}
    for name, page in pages.items():
        await page.goto(made["links"]["participant"])
        await enter(page, name, "")
        await expect(page.get_by_role("heading", name="You are at the door")).to_be_visible()
    await shot(pages["Ana"], "door-waiting")
    await accessible(pages["Ana"], "door-waiting")
    await expect(boss.get_by_text("4 people wait to be let in")).to_be_visible()
    await pages["Ana"].reload()
    await expect(pages["Ana"].get_by_role("heading", name="You are at the door")).to_be_visible()
    await expect(boss.get_by_text("4 people wait to be let in")).to_be_visible()
    await shot(boss, "door-console")
    await accessible(boss, "door-console")
    await boss.set_viewport_size(PHONE["viewport"])
    await shot(boss, "door-console-phone")
    await accessible(boss, "door-console-phone")
    await boss.get_by_role("button", name="Let in Ana").click()
    await expect(pages["Ana"].get_by_text("Welcome, Ana")).to_be_visible()
    await boss.get_by_role("button", name="Turn away Dan").click()
    await expect(pages["Dan"].get_by_text("did not let you in")).to_be_visible()
    await shot(pages["Dan"], "door-turned-away")
    await accessible(pages["Dan"], "door-turned-away")
    await boss.get_by_role("button", name="Let all in").click()
    for name in ("Ben", "Cho"):
        await expect(pages[name].get_by_text(f"Welcome, {name}")).to_be_visible()
    await expect(boss.get_by_role("button", name="Let all in")).to_have_count(0)


async def test_doors(tmp_path: Path) -> None:
    """One server, one browser, one after the other."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with browser() as running:
            await replaced(running, place, faults)
            await asked_for_a_word(running, place, faults)
            await let_in(running, place, faults)
    assert faults == []
