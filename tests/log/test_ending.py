"""Ending tasks for certain."""

from __future__ import annotations

import asyncio
import contextlib

from server.log.ending import ended


async def test_a_task_that_swallows_a_cancelling() -> None:
    """[BYE1] Is cancelled until it is over; one that is over already is no matter."""

    async def stubborn() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    over = asyncio.create_task(asyncio.sleep(0))
    await over
    tasks = [asyncio.create_task(stubborn()) for _ in range(3)]
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await ended(over, *tasks)
    assert all(task.cancelled() for task in tasks)
