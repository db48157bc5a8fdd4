"""A short afternoon in bad weather; `python -m tests.browser.weather` is the long one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .weather import Weather, afternoon

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_short_one(tmp_path: Path) -> None:
    """[ONCE2] [CLIENT3] [CLIENT9] Slow, broken, and away: every note is on every screen once, nobody reloads."""
    faults: list[str] = []
    weather = Weather(drops_per_minute=3, outages=((4, 12),), length_s=18, notes=12)
    await afternoon(tmp_path, weather, faults)
    assert weather.dropped > 0
    assert faults == []
