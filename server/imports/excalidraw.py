"""Drawings of Excalidraw: each text a note, each frame a section."""

from typing import Any

from protocol.imports import Known, Meaning, What

from .building import Building
from .tree import Node, nodes, number, word

COLUMNS = ((Known.FRAME, Meaning.SECTION), (Known.TEXT, Meaning.TEXT), (Known.LINK, Meaning.BENEATH))


def is_drawing(value: Any) -> bool:
    """Whether this is one, or a part of one that was copied."""
    return (
        isinstance(value, dict)
        and str(value.get("type", "")).startswith("excalidraw")
        and isinstance(value.get("elements"), list)
    )


def drawing(value: Node, title: str) -> Building:
    """All of it, as one reads: from above, and along the line."""
    building = Building("excalidraw", title)
    elements = list(nodes(value["elements"]))
    frames = {word(each.get("id")): each for each in elements if each.get("type") in {"frame", "magicframe"}}
    boxes: dict[str | None, Node] = {word(each.get("id")): each for each in elements}
    rows, full, deleted = [], set(), []
    for each in sorted(elements, key=lambda each: (number(each.get("y")), number(each.get("x")))):
        if each.get("type") != "text":
            continue
        if each.get("isDeleted"):
            deleted.append(_said(each))
            continue
        frame, box = word(each.get("frameId")), boxes.get(word(each.get("containerId")) or None, {})
        full.add(frame)
        link = word(each.get("link")) or word(box.get("link"))
        rows.append((word(frames.get(frame, {}).get("name")), _said(each), link))
    building.known(rows, COLUMNS)
    building.leave(What.DELETED, *deleted)
    building.leave(What.EMPTY, *(word(each.get("name")) for id_, each in frames.items() if id_ not in full))
    _drawn(building, elements)
    return building


def _said(text: Node) -> str:
    """As it was written: on the wall, lines are broken to fit."""
    shown, written = word(text.get("text")), word(text.get("originalText"))
    return written if written and "".join(written.split()) == "".join(shown.split()) else shown


def _drawn(building: Building, elements: list[Node]) -> None:
    """Shapes without words, pictures, and links of shapes that hold no text."""
    spoken = {each["containerId"] for each in elements if each.get("type") == "text" and word(each.get("containerId"))}
    mute = [each for each in elements if each.get("type") not in {"text", "frame", "magicframe"}]
    mute = [each for each in mute if not each.get("isDeleted") and word(each.get("id")) not in spoken]
    pictures = [each for each in mute if each.get("type") == "image"]
    links = [word(each.get("link")) for each in mute if each.get("link")]
    building.leave(What.PICTURE, count=len(pictures))
    building.leave(What.SHAPE, *links, count=len(mute) - len(pictures))
