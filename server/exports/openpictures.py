"""Pictures in ODT: in the text, with their words for who does not see them, and a caption beneath."""

import xml.etree.ElementTree as ET
from typing import Final

from .album import named as one_name
from .document import Picture
from .drawing import fit
from .opentables import Figures
from .openwriting import named, put, run_on

ROOM: Final = (165.0, 200.0)
"""For a picture, in millimetres."""


def picture(text: ET.Element, block: Picture, figures: Figures) -> None:
    """It, and what stands beneath it; the same one lies in the package once."""
    shot = block.shot
    name = f"Pictures/{one_name(shot)}.{'jpg' if shot.media == 'image/jpeg' else 'png'}"
    figures[name] = (shot.media, shot.body)
    line = put(text, "text:p", text__style_name="Shown" if block.caption else "Figure")
    width, height = (f"{side:.2f}mm" for side in shot.extent(*ROOM))
    n = 1 + sum(1 for _ in text.iter(named("draw:frame")))
    frame = put(
        line, "draw:frame", draw__style_name="Graphics", draw__name=f"Picture {n}", text__anchor_type="as-char",
        svg__width=width, svg__height=height,
    )  # fmt: skip
    put(
        frame, "draw:image", xlink__href=name, xlink__type="simple", xlink__show="embed", xlink__actuate="onLoad",
        draw__mime_type=shot.media,
    )  # fmt: skip
    if block.alt:
        put(frame, "svg:desc").text = fit(block.alt)
    else:
        frame.set(named("loext:decorative"), "true")
    if block.caption:
        run_on(put(text, "text:p", text__style_name="Caption"), block.caption)
