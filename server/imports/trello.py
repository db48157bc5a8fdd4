"""Boards of Trello: each list a section, each card a note."""

from collections import defaultdict
from typing import Any

from protocol.imports import Known, Meaning, What

from .building import Building
from .tree import Node, nodes, number, word

COLUMNS = (
    (Known.LIST, Meaning.SECTION),
    (Known.CARD, Meaning.TEXT),
    (Known.DESCRIPTION, Meaning.TEXT),
    (Known.CHECKLISTS, Meaning.BENEATH),
    (Known.COMMENTS, Meaning.BENEATH),
    (Known.ATTACHMENTS, Meaning.BENEATH),
    (Known.LABELS, Meaning.TAGS),
    (Known.MEMBERS, Meaning.BENEATH),
    (Known.VOTES, Meaning.BENEATH),
    (Known.DUE, Meaning.BENEATH),
)


def is_board(value: Any) -> bool:
    """Whether this is one."""
    return isinstance(value, dict) and isinstance(value.get("cards"), list) and isinstance(value.get("lists"), list)


def board(value: Node, title: str) -> Building:
    """All of it; what was archived there is a table of its own."""
    building = Building("trello", word(value.get("name")) or title)
    lists = {word(each.get("id")): each for each in nodes(value["lists"])}
    cards = sorted(nodes(value["cards"]), key=lambda card: number(card.get("pos")))
    order = {id_: n for n, id_ in enumerate(sorted(lists, key=lambda id_: number(lists[id_].get("pos"))))}
    cards.sort(key=lambda card: order.get(word(card.get("idList")), len(order)))
    looked = _Board(value, lists)
    custom = [(word(each.get("name")), Meaning.BENEATH) for each in nodes(value.get("customFields"))]
    for archived in (False, True):
        rows = [looked.row(card) for card in cards if looked.is_archived(card) is archived]
        building.known(rows, (*COLUMNS, *custom), archived=archived)
    full = {word(card.get("idList")) for card in cards}
    building.leave(What.EMPTY, *(word(each.get("name")) for id_, each in lists.items() if id_ not in full))
    building.leave(What.ABOUT, *filter(None, [word(value.get("desc"))]))
    here = {word(card.get("id")) for card in cards}
    lost = [text for card, texts in looked.comments.items() if card not in here for text in texts]
    building.leave(What.COMMENT, *lost)
    building.leave(What.HISTORY, count=looked.history)
    return building


class _Board:
    """A board with what its cards refer to at hand."""

    def __init__(self, value: Node, lists: dict[str, Node]) -> None:
        self._lists = lists
        self._members = {word(each.get("id")): word(each.get("fullName")) for each in nodes(value.get("members"))}
        self._fields = list(nodes(value.get("customFields")))
        self._checklists: dict[str, list[Node]] = defaultdict(list)
        for each in nodes(value.get("checklists")):
            self._checklists[word(each.get("idCard"))].append(each)
        self.comments: dict[str, list[str]] = defaultdict(list)
        self.history = 0
        for action in nodes(value.get("actions")):
            data = action.get("data")
            if action.get("type") == "commentCard" and isinstance(data, dict):
                card, by = data.get("card"), action.get("memberCreator")
                name = word(by.get("fullName")) if isinstance(by, dict) else ""
                id_ = word(card.get("id")) if isinstance(card, dict) else ""
                self.comments[id_].insert(0, f"{name}: {word(data.get('text'))}" if name else word(data.get("text")))
            else:
                self.history += 1

    def is_archived(self, card: Node) -> bool:
        return bool(card.get("closed")) or bool(self._lists.get(word(card.get("idList")), {}).get("closed"))

    def row(self, card: Node) -> list[str]:
        badges, voted, id_ = card.get("badges"), card.get("idMembersVoted"), word(card.get("id"))
        votes = badges.get("votes") if isinstance(badges, dict) else len(voted) if isinstance(voted, list) else 0
        members = card.get("idMembers")
        return [
            word(self._lists.get(word(card.get("idList")), {}).get("name")),
            word(card.get("name")),
            word(card.get("desc")),
            "\n".join(_checked(each) for each in self._checklists[id_]),
            "\n".join(self.comments[id_]) if id_ in self.comments else "",
            "\n".join(_attached(each) for each in nodes(card.get("attachments"))),
            ", ".join(filter(None, (word(each.get("name")) for each in nodes(card.get("labels"))))),
            ", ".join(filter(None, (self._members.get(word(each), "") for each in members)))
            if isinstance(members, list)
            else "",
            word(votes) if votes else "",
            word(card.get("due")),
            *(self._value(card, each) for each in self._fields),
        ]

    def _value(self, card: Node, field: Node) -> str:
        """What a card says in a field that the board's people made."""
        for item in nodes(card.get("customFieldItems")):
            if item.get("idCustomField") != field.get("id"):
                continue
            value = item.get("value")
            if isinstance(value, dict):
                return ", ".join(word(each) for each in value.values())
            for option in nodes(field.get("options")):
                named = option.get("value")
                if option.get("id") == item.get("idValue") and isinstance(named, dict):
                    return word(named.get("text"))
        return ""


def _checked(checklist: Node) -> str:
    items = sorted(nodes(checklist.get("checkItems")), key=lambda item: number(item.get("pos")))
    lines = (f"{'☑' if item.get('state') == 'complete' else '☐'} {word(item.get('name'))}" for item in items)
    return "\n".join((word(checklist.get("name")), *lines))


def _attached(attachment: Node) -> str:
    name, url = word(attachment.get("name")), word(attachment.get("url"))
    return name if name == url else f"{name} {url}".strip()
