"""Figures: medians over rounds, and tables of them."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `value` and `yardstick` are medians over the rounds, in `unit`; `ratio` is the median of ratios."""

    name: str
    unit: str
    value: float
    least: float
    most: float
    yardstick: float | None = None
    ratio: float | None = None
    goal: str = ""


@dataclass(slots=True)
class Table:
    """What a section found. `notes` say how it was measured."""

    title: str
    notes: str
    rows: list[Row] = field(default_factory=list)

    def add(
        self, name: str, unit: str, values: Sequence[float], yardstick: Sequence[float] = (), goal: str = ""
    ) -> None:
        """A figure of each round, and the yardstick's of the same round."""
        ratios = [value / other for value, other in zip(values, yardstick, strict=bool(yardstick)) if other]
        against = statistics.median(yardstick) if yardstick else None
        ratio = statistics.median(ratios) if ratios else None
        middle = statistics.median(values)
        self.rows.append(Row(name, unit, middle, min(values), max(values), against, ratio, goal))

    def markdown(self) -> str:
        """As a section of a page."""
        head = "| figure | unit | median | min..max | yardstick | ratio | goal |\n|---|---|---:|---:|---:|---:|---|"
        return f"## {self.title}\n\n{self.notes}\n\n{head}\n" + "\n".join(map(_line, self.rows)) + "\n"


def as_json(tables: Iterable[Table]) -> str:
    """All of it, for programs."""
    return json.dumps([asdict(table) for table in tables], indent=1, ensure_ascii=False)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of all are not above; 0 where there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def _line(row: Row) -> str:
    cells = [
        row.name,
        row.unit,
        shown(row.value),
        f"{shown(row.least)}..{shown(row.most)}",
        "" if row.yardstick is None else shown(row.yardstick),
        "" if row.ratio is None else f"{row.ratio:.2f}",
        row.goal,
    ]
    return f"| {' | '.join(cells)} |"


def shown(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
