"""Which way paragraphs run in ODT: the format does not find it out by itself."""

import copy
import xml.etree.ElementTree as ET
from typing import Final

from .direction import runs_leftward
from .openwriting import named, part, put

BESIDE: Final = "1.6pt solid #005b63"
"""The line of a quote, as in our sheet of styles."""


def directed(text: ET.Element, styles: ET.Element) -> None:
    """Every paragraph begins where its first letter does: in a style like its own, that runs the other way."""
    own = {style.get(named("style:name")): style for style in styles}
    for line in [each for tag in ("text:p", "text:h") for each in text.iter(named(tag))]:
        if runs_leftward("".join(line.itertext())):
            style = line.get(named("text:style-name"), "Standard")
            name = f"{style}_leftward"
            if name not in own:
                own[name] = _turned(own.get(style), style, name)
                styles.append(own[name])
            line.set(named("text:style-name"), name)


def _turned(known: ET.Element | None, style: str, name: str) -> ET.Element:
    """One for this document alone cannot be what another comes from."""
    if known is None:
        made = part("style:style", style__name=name, style__family="paragraph", style__parent_style_name=style)
    else:
        made = copy.deepcopy(known)
        made.set(named("style:name"), name)
    looks = made.find(named("style:paragraph-properties"))
    looks = put(made, "style:paragraph-properties") if looks is None else looks
    looks.set(named("style:writing-mode"), "rl-tb")
    if style == "Quotations":
        looks.set(named("fo:border-right"), BESIDE)
        looks.set(named("fo:padding-right"), "0.35cm")
        looks.set(named("fo:border-left"), "none")
    # LibreOffice takes `start` for the left in either case.
    looks.set(named("fo:text-align"), "right")
    return made
