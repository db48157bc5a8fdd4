"""What a table's columns may be: from their names where those are known, else from what they hold ([IMP5])."""

import re
from collections.abc import Sequence
from typing import Final

from protocol import limits
from protocol.codes import Code
from protocol.imports import ImportColumn, ImportTable, Meaning
from server.workshop.refused import Refused

from .building import Building

Row = tuple[str, ...]

NAMES: Final[dict[str, Meaning]] = {
    name: meaning
    for meaning, names in {
        Meaning.TEXT: (
            "text note notes content contents body idea ideas card cardname cardtext cardtitle title subject"
            " description comment commentbody statement sticky stickynote stickies stickynotes item feedback message"
            " summary name opinion suggestion issue reflection nota texto contenido idea tarjeta título"
            " titulo comentario"
        ),
        Meaning.SECTION: (
            "section sections column columnname list listname frame framename area group groupname reflectiongroup"
            " category prompt lane swimlane status type board sección seccion columna lista grupo categoría categoria"
            " topic theme heading"
        ),
        Meaning.AUTHOR: (
            "author authorname createdby creator by participantname username user writtenby lastupdatedby autor autora"
            " creadopor"
        ),
        Meaning.TAGS: "tags tag labels label etiquetas etiqueta lens lenses keywords",
        Meaning.BENEATH: (
            "votes vote votecount numberofvotes dots likes upvotes downvotes agrees disagrees reactions metoo"
            " thumbsup rating score votos puntos comments comentarios replies discussionthread checklist attachment"
            " attachments link linkto links url duedate due owner assignee stack detail details firststep"
        ),
        Meaning.IGNORE: (
            "id noteid cardid columnid authorid commentid voterid participantid itemid uuid timestamp datetime date"
            " created createdat createddate updated updatedat lastupdated modified modifiedat written bgcolor color"
            " colour positionx positiony x y width height rank order moderated participant xid isanonymous late"
        ),
    }.items()
    for name in names.split()
}
"""Names of columns in exports of boards and retrospectives, and what people call them; letters and digits alone."""
NUMBER: Final = re.compile(r"[-+]?[\d.,' ]*\d[\d.,' ]*%?|")
SHORT: Final = 60
FEW: Final = 12
"""So many different values may be names of sections."""


def table(building: Building, title: str, rows: Sequence[Sequence[str]]) -> None:
    """Add what a sheet or a file of rows comes to; without words it is told as empty."""
    width = max((len(row) for row in rows), default=0)
    if width > limits.IMPORT_COLUMNS:
        raise Refused(Code.TOO_MANY, f"The file has more than {limits.IMPORT_COLUMNS} columns.")
    whole = [building.row((*row, *[""] * (width - len(row)))) for row in rows]
    whole = [row for row in whole if any(row)]
    header = _has_header(whole)
    names, body = (whole[0], whole[1:]) if header else (("",) * width, whole)
    kept = [n for n in range(width) if names[n] or any(row[n] for row in body)]
    names, body = tuple(names[n] for n in kept), [tuple(row[n] for n in kept) for row in body]
    meanings = _meanings(names, body)
    columns = tuple(ImportColumn(name=name, meaning=meaning) for name, meaning in zip(names, meanings, strict=True))
    cells = header and _is_wall(names, body)
    building.add(
        ImportTable(title=building.text(title).strip(), header=header, cells=cells, columns=columns, rows=tuple(body))
    )


def known(name: str) -> Meaning | None:
    """What a column of this name is, where that is known."""
    return NAMES.get("".join(character for character in name.casefold() if character.isalnum()))


def _has_header(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns."""
    if len(rows) < 2:
        return False
    first, rest = rows[0], rows[1:]
    named = [cell for cell in first if cell]
    if any(len(name) > SHORT or "\n" in name for name in named) or len(set(named)) < len(named):
        return False
    if sum(known(name) is not None for name in named) * 2 >= len(named):
        return True
    if len(first) < 2 or not all(first) or all(map(_is_number, first)):
        return False
    lone = any(
        not _is_number(first[n]) and all(_is_number(row[n]) for row in rest if row[n]) and any(row[n] for row in rest)
        for n in range(len(first))
    )
    return lone or _mean(named) * 2 < _mean([cell for row in rest for cell in row if cell])


def _is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def _mean(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _meanings(names: Row, body: Sequence[Row]) -> list[Meaning]:
    """One for each column: by name; what is prose beside no named text is the text; few and short, the section."""
    found = [known(name) for name in names]
    values = [[row[n] for row in body if row[n]] for n in range(len(names))]
    if Meaning.TEXT not in found:
        prose = [n for n, each in enumerate(values) if found[n] is None and _is_prose(each)]
        if prose:
            found[max(prose, key=lambda n: _mean(values[n]))] = Meaning.TEXT
    for meaning in (Meaning.SECTION, Meaning.AUTHOR):
        _only_first(found, meaning)
    if Meaning.SECTION not in found:
        few = [n for n, each in enumerate(values) if found[n] is None and _is_few(each)]
        for n in few[:1]:
            found[n] = Meaning.SECTION
    return [
        meaning or (Meaning.IGNORE if all(map(_is_number, values[n])) else Meaning.BENEATH)
        for n, meaning in enumerate(found)
    ]


def _only_first(found: list[Meaning | None], meaning: Meaning) -> None:
    """A note has one of these: what comes after the first is written beneath."""
    for n in [n for n, each in enumerate(found) if each is meaning][1:]:
        found[n] = Meaning.BENEATH


def _is_prose(values: Sequence[str]) -> bool:
    return bool(values) and sum(map(_is_number, values)) * 2 < len(values)


def _is_few(values: Sequence[str]) -> bool:
    kinds = set(values)
    return _is_prose(values) and len(kinds) <= FEW and len(kinds) * 2 <= len(values) and max(map(len, kinds)) <= SHORT


def _is_wall(names: Row, body: Sequence[Row]) -> bool:
    """Whether the columns are lists of notes, as EasyRetro writes them: several, of prose, with names of their own."""
    if len(names) < 2 or any(known(name) is not None for name in names) or not all(names):
        return False
    columns = [[row[n] for row in body if row[n]] for n in range(len(names))]
    return all(_is_prose(each) and len(set(each)) * 2 > len(each) for each in columns if each)
