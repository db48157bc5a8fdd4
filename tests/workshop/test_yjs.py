"""The strict reader of what is written in the paper."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.workshop.merging import understood
from server.workshop.shelf import Shelf, Unready
from server.workshop.yjs import Malformed, read

FROM_A_BROWSER = (
    "AQMFAAcBBXBhcGVyAwlwYXJhZ3JhcGgHAAUABgQABQEMSMOpIPCfmIAgbGxvAA==",
    "AQEFC8QFBAUFAlhZAA==",
    "AAEFAQMC",
    "AQIFDUYFAgZzdHJvbmcCe33GBQwFBQZzdHJvbmcEbnVsbAA=",
    "AQIFD8YFCwUMBGxpbmsbeyJocmVmIjoiaHR0cHM6Ly94Lm9yZy/DqSJ9xgUHBQgEbGluawRudWxsAA==",
    "AQQFEYcFAAMHaGVhZGluZwcABREGBAAFEgRIZWFkKAAFEQVsZXZlbAF9AgA=",
    "AQEFGKgFFwF9AwEFARcB",
    "AQYFGYcFEQMFdGFibGUHAAUZAwl0YWJsZV9yb3cHAAUaAwp0YWJsZV9jZWxsKAAFGwdjb2xzcGFuAX0BKAAFGwdyb3dzcGFuAX0BKAAFGwhjb2x3aWR0aAF+AA==",
    "AAEFAgADBQw=",
)
"""What Yjs wrote for: a paragraph, typing in it, marks, a link, a heading, a table, and the paragraph deleted."""


def number(value: int) -> bytes:
    """As Yjs writes it."""
    head = b""
    while value > 127:
        head += bytes([value & 127 | 128])
        value >>= 7
    return head + bytes([value])


def text(value: str) -> bytes:
    data = value.encode()
    return number(len(data)) + data


def update(*pieces: bytes, client: int = 9, clock: int = 0, deleted: bytes = b"\0") -> bytes:
    """One client's pieces."""
    return number(1) + number(len(pieces)) + number(client) + number(clock) + b"".join(pieces) + deleted


def element(name: str, parent: bytes = b"\1" + text("paper")) -> bytes:
    """An element as the first of its parent."""
    return b"\x07" + parent + number(3) + text(name)


def inside(client: int, clock: int) -> bytes:
    """The parent that has this place."""
    return b"\0" + number(client) + number(clock)


PARAGRAPH = element("paragraph")
LINE = b"\x07" + inside(9, 0) + number(6)


def mark(name: str, value: str) -> bytes:
    return b"\x06" + inside(9, 1) + text(name) + text(value)


def said(words: str, parent: bytes = inside(9, 1)) -> bytes:
    return b"\x04" + parent + text(words)


def attribute(value: bytes) -> bytes:
    return b"\x28" + inside(9, 0) + text("level") + b"\1" + value


FOOTNOTE = element("footnote", inside(9, 0))


def within(clock: int) -> bytes:
    """A text in the element at this place."""
    return b"\x07" + inside(9, clock) + number(6)


GOOD = {
    "words": update(PARAGRAPH, LINE, said("Hello 😀")),
    "bold": update(PARAGRAPH, LINE, mark("strong", "{}")),
    "no longer bold": update(PARAGRAPH, LINE, mark("strong", "null")),
    "a link": update(PARAGRAPH, LINE, mark("link", '{"href":"https://example.org/a?b=c"}')),
    "a mail address": update(PARAGRAPH, LINE, mark("link", '{"href":"mailto:ann@example.org"}')),
    "what it is drawn from": update(PARAGRAPH, LINE, mark("source", '{"of":"note-1 A_b-9"}')),
    "no longer drawn from it": update(PARAGRAPH, LINE, mark("source", "null")),
    "what is suggested": update(PARAGRAPH, LINE, mark("insertion", '{"by":"ann","id":"s_1"}')),
    "what is suggested to go": update(PARAGRAPH, LINE, mark("deletion", '{"by":"ann","id":"s_1"}')),
    "a footnote": update(PARAGRAPH, FOOTNOTE, within(1), said("By hand", inside(9, 2))),
    "an attribute": update(element("heading"), attribute(b"\x7d\x02")),
    "gone": update(b"\0" + number(7)),
    "a quote": update(element("live_quote"), attribute(b"\x77" + text("note-1_B"))),
    "a picture": update(element("picture"), attribute(b"\x77" + text("file-1_B"))),
    "its words": update(element("picture"), element("picture_alt", inside(9, 0)), within(1), said("A", inside(9, 2))),
    "its caption": update(element("picture"), element("picture_caption", inside(9, 0)), within(1)),
}
BAD = {
    "nothing": b"",
    "cut short": GOOD["words"][:-3],
    "too long": GOOD["words"] + b"\0",
    "an element of another kind": update(element("script")),
    "a video": update(element("iframe")),
    "outside the paper": update(element("paragraph", b"\1" + text("other"))),
    "a row without a table": update(element("table_row")),
    "words in no line": update(said("Hello", b"\1" + text("paper"))),
    "words in an element": update(PARAGRAPH, said("Hello", inside(9, 0))),
    "a paragraph in a paragraph": update(PARAGRAPH, element("paragraph", inside(9, 0))),
    "a suggestion of nobody": update(PARAGRAPH, LINE, mark("insertion", '{"by":"","id":"s"}')),
    "a suggestion without a name": update(PARAGRAPH, LINE, mark("deletion", '{"by":"ann"}')),
    "a suggestion with words": update(PARAGRAPH, LINE, mark("deletion", '{"by":"ann","id":"s","why":"x"}')),
    "a suggestion that is markup": update(PARAGRAPH, LINE, mark("insertion", '{"by":"ann","id":"<b>"}')),
    "a footnote in a heading": update(element("heading"), FOOTNOTE),
    "a footnote in no line": update(element("footnote")),
    "an element in a footnote": update(PARAGRAPH, FOOTNOTE, element("hard_break", inside(9, 1))),
    "a footnote in a footnote": update(PARAGRAPH, FOOTNOTE, element("footnote", inside(9, 1))),
    "a picture that leads elsewhere": update(
        element("picture"), attribute(b"\x77" + text("https://example.org/a.png"))
    ),
    "a picture of data": update(element("picture"), attribute(b"\x77" + text("data:image/png;base64,AA"))),
    "a picture of a number": update(element("picture"), attribute(b"\x7d\x02")),
    "a picture in a paragraph": update(PARAGRAPH, element("picture", inside(9, 0))),
    "a picture in a quote": update(element("blockquote"), element("picture", inside(9, 0))),
    "a picture in a picture": update(element("picture"), element("picture", inside(9, 0))),
    "words that are no part of a picture": update(element("picture"), said("A", inside(9, 0))),
    "an image": update(element("image")),
    "a caption by itself": update(element("picture_caption")),
    "a break in a caption": update(
        element("picture"), element("picture_caption", inside(9, 0)), element("hard_break", inside(9, 1))
    ),
    "an element in a line": update(PARAGRAPH, LINE, element("hard_break", inside(9, 1))),
    "control characters": update(PARAGRAPH, LINE, said("a\0b")),
    "half a character": update(PARAGRAPH, LINE, b"\x04" + inside(9, 1) + number(1) + b"\xff"),
    "another mark": update(PARAGRAPH, LINE, mark("style", "{}")),
    "a mark with more": update(PARAGRAPH, LINE, mark("strong", '{"onclick":"x"}')),
    "a mark that is no JSON": update(PARAGRAPH, LINE, mark("strong", "{")),
    "a link to a script": update(PARAGRAPH, LINE, mark("link", '{"href":"javascript:alert(1)"}')),
    "a link to data": update(PARAGRAPH, LINE, mark("link", '{"href":"data:text/html,x"}')),
    "a link to nothing": update(PARAGRAPH, LINE, mark("link", "{}")),
    "a link that is no text": update(PARAGRAPH, LINE, mark("link", '{"href":3}')),
    "a source that is markup": update(PARAGRAPH, LINE, mark("source", '{"of":"<b>"}')),
    "a source that is none": update(PARAGRAPH, LINE, mark("source", '{"of":""}')),
    "a source with an end": update(PARAGRAPH, LINE, mark("source", '{"of":"a "}')),
    "a source that is a list": update(PARAGRAPH, LINE, mark("source", '{"of":["a"]}')),
    "a source with words": update(PARAGRAPH, LINE, mark("source", '{"of":"a","text":"secret"}')),
    "too many sources": update(PARAGRAPH, LINE, mark("source", json.dumps({"of": "a " * 12 + "a"}))),
    "too long a source": update(PARAGRAPH, LINE, mark("source", json.dumps({"of": "a" * 65}))),
    "a large number": update(element("heading"), attribute(b"\x7d\xbf\x7f")),
    "a negative number": update(element("heading"), attribute(b"\x7d\x41")),
    "half a number": update(element("heading"), attribute(b"\x7b\x3f\xe0\0\0\0\0\0\0")),
    "words as an attribute": update(element("heading"), attribute(b"\x77" + text("1"))),
    "a quote of words": update(element("live_quote"), attribute(b"\x77" + text("not an id"))),
    "a quote of nothing": update(element("live_quote"), attribute(b"\x77" + text(""))),
    "a quote of a number": update(element("live_quote"), attribute(b"\x7d\x02")),
    "a quote with words in it": update(element("live_quote"), b"\x07" + inside(9, 0) + number(6)),
    "a quote in a line": update(PARAGRAPH, element("live_quote", inside(9, 0))),
    "an id and a number": update(
        element("live_quote"), b"\x28" + inside(9, 0) + text("of") + b"\2\x77" + text("a") + b"\x7d\2"
    ),
    "an object as an attribute": update(element("heading"), attribute(b"\x76\0")),
    "a list of values": update(PARAGRAPH, b"\x08" + inside(9, 0) + b"\1\x7e"),
    "binary": update(b"\x03" + b"\1" + text("paper") + number(1) + b"x"),
    "another document": update(b"\x09" + b"\1" + text("paper") + text("x") + b"\x76\0"),
    "a map": update(b"\x07" + b"\1" + text("paper") + number(1)),
    "a gap": update(b"\x0a" + number(3)),
    "nothing, put there": update(b"\0" + number(0)),
    "a clock out of range": update(PARAGRAPH, clock=2**32 - 1),
    "a client out of range": update(PARAGRAPH, client=2**60),
    "a client twice": number(2) + 2 * (number(1) + number(9) + number(0) + PARAGRAPH) + b"\0",
    "too much deleted": update(PARAGRAPH, deleted=number(1) + number(9) + number(1) + number(0) + number(2**40)),
}


def test_what_a_browser_writes_is_read() -> None:
    """[PAPER4] Step by step, and each place is known then."""
    shelf = Shelf()
    for part in FROM_A_BROWSER:
        shelf = shelf.placed(understood(part))
    with pytest.raises(Unready):
        Shelf().placed(understood(FROM_A_BROWSER[-1]))


@pytest.mark.parametrize("case", GOOD)
def test_what_fits(case: str) -> None:
    """[PAPER4]."""
    Shelf().placed(read(GOOD[case]))


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_fit(case: str) -> None:
    """[PAPER4]."""
    with pytest.raises(Malformed):
        Shelf().placed(read(BAD[case]))


def test_no_deeper_than_a_screen_can_show() -> None:
    """[PAPER4]."""
    deep = [element("blockquote"), *(element("blockquote", inside(9, n)) for n in range(40))]
    with pytest.raises(Malformed):
        Shelf().placed(read(update(*deep)))


@given(st.binary(max_size=60) | st.integers(0, 200).map(lambda n: GOOD["a link"][:n] + b"\xff" + GOOD["a link"][n:]))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    """[PAPER4] Nothing else is ever raised."""
    try:
        found = read(data)
    except Malformed:
        return
    try:
        Shelf().placed(found)
    except (Malformed, Unready):
        return


def test_the_words_are_told() -> None:
    """[PAPER9] For who wrote them."""
    assert understood(base64.b64encode(GOOD["words"]).decode()).words == "Hello 😀"
