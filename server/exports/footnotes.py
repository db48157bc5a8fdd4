"""The footnotes of a document, for those formats in which we set them ourselves."""

from collections.abc import Iterable, Iterator

from .document import Block, Footnote, Grid, Line, Listing, Prose, Quote


def footnotes(blocks: Iterable[Block]) -> Iterator[Footnote]:
    """All of them, in the order of their numbers."""
    for block in blocks:
        if isinstance(block, Prose):
            yield from _of(block.line)
        elif isinstance(block, Quote):
            yield from footnotes(block.blocks)
        elif isinstance(block, Listing):
            yield from (note for item in block.items for note in footnotes(item))
        elif isinstance(block, Grid):
            yield from (note for row in block.rows for cell in row for note in _of(cell))


def _of(line: Line) -> Iterator[Footnote]:
    return (run.note for run in line if run.note)
