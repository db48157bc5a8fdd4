"""A file as it is being read: its tables and what is left, never more of it than the limits allow ([IMP4])."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from protocol import limits
from protocol.codes import Code
from protocol.imports import Import, ImportColumn, ImportLeft, ImportTable, Known, Meaning, What
from server.workshop.refused import Refused

from .decoded import INSTEAD, plain

Format = Literal["csv", "xlsx", "trello", "excalidraw", "json", "markdown", "list"]


@dataclass
class Building:
    """What was read so far."""

    format: Format
    title: str = ""
    tables: list[ImportTable] = field(default_factory=list)
    left: dict[What, tuple[int, list[str]]] = field(default_factory=dict)
    rows: int = 0
    chars: int = 0
    replaced: int = 0

    def text(self, text: str) -> str:
        """A text as a note may hold it; it counts."""
        made = plain(text)
        self.chars += len(made)
        if self.chars > limits.IMPORT_CHARS:
            raise Refused(Code.TOO_LARGE, "There is too much text in this file. Bring it in in parts.")
        self.replaced += made.count(INSTEAD)
        return made

    def row(self, cells: Iterable[str]) -> tuple[str, ...]:
        """A row, without the spaces around its texts; it counts."""
        self.rows += 1
        if self.rows > limits.IMPORT_ROWS:
            raise Refused(Code.TOO_MANY, f"The file has more than {limits.IMPORT_ROWS} rows. Bring it in in parts.")
        return tuple(self.text(cell).strip() for cell in cells)

    def add(self, table: ImportTable) -> None:
        """One more table, where there is anything in it."""
        if table.rows:
            self.tables.append(table)

    def known(
        self,
        rows: Sequence[Sequence[str]],
        columns: Sequence[tuple[Known | str, Meaning]],
        *,
        archived: bool = False,
    ) -> None:
        """A table of known columns; those that are empty all the way down are not there, but for the text's."""
        made = [self.row(row) for row in rows]
        used = [n for n, (_, meaning) in enumerate(columns) if meaning is Meaning.TEXT or any(row[n] for row in made)]
        if len(used) > limits.IMPORT_COLUMNS:
            raise Refused(Code.TOO_MANY, f"The file has more than {limits.IMPORT_COLUMNS} columns.")
        self.add(
            ImportTable(
                title="",
                header=False,
                archived=archived,
                columns=tuple(self._column(*columns[n]) for n in used),
                rows=tuple(tuple(row[n] for n in used) for row in made if any(row)),
            )
        )

    def _column(self, name: Known | str, meaning: Meaning) -> ImportColumn:
        if isinstance(name, Known):
            return ImportColumn(name="", known=name, meaning=meaning)
        return ImportColumn(name=self.text(name).strip(), meaning=meaning)

    def leave(self, what: What, *texts: str, count: int | None = None) -> None:
        """It has no place in a table."""
        before, said = self.left.get(what, (0, []))
        words = [made for text in texts if (made := self.text(text).strip())]
        count = len(texts) if count is None else count
        if count:
            self.left[what] = (before + count, said + words)

    def done(self) -> Import:
        """The whole; refused where there is no word in it."""
        if not self.tables:
            raise Refused(Code.INVALID, "There are no notes in this file.")
        if self.replaced:
            self.left[What.REPLACED] = (self.replaced, [])
        left = (ImportLeft(what=what, count=n, texts=tuple(texts)) for what, (n, texts) in self.left.items())
        return Import(
            format=self.format, title=self.text(self.title).strip(), tables=tuple(self.tables), left=tuple(left)
        )
