"""What people brought, as a list: links with where they lead, files by their names."""

from protocol.records import Contribution

from .document import Bullets, Item
from .wall import Wall


def contributed(wall: Wall, source: str = "") -> Bullets:
    """In the order in which it came. `source`: what the words are drawn from."""
    return Bullets(tuple(Item(_told(one), source=source) for one in wall.contributions))


def _told(one: Contribution) -> str:
    return f"{one.title} ({one.url})" if one.url and one.url != one.title else one.title
