"""Ending tasks for certain: a library below may swallow a cancelling, so they are cancelled until they are over."""

import asyncio
from typing import Any, Final

AGAIN_S: Final = 0.05


async def ended(*tasks: asyncio.Task[Any]) -> None:
    """Wait until all of them are over."""
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN_S)
