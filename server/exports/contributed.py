"""What people brought, as a list: links with where they lead, files by their names."""

from protocol.records import Contribution

from .document import Line, Listing, Prose, Run
from .wall import Wall


def contributed(wall: Wall) -> Listing:
    """In the order in which it came. An address can be followed, and read on paper."""
    return Listing(ordered=False, items=tuple((Prose(_told(one)),) for one in wall.contributions))


def _told(one: Contribution) -> Line:
    if not one.url:
        return (Run(one.title),)
    address = Run(one.url, href=one.url)
    return (address,) if one.url == one.title else (Run(f"{one.title} ("), address, Run(")"))
