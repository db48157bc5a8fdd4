"""Archive and paper."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from protocol.base import Role
from protocol.changes import Put
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Board, Note, Record, Tally
from server.exports.archive import archive, folded, read_archive
from server.exports.markdown import literal, paper
from server.workshop.refused import Corrupt
from server.workshop.seen_by import Viewer
from server.workshop.templates import founding, load

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)


def log(*texts: str) -> list[Entry]:
    """A workshop with one board and these notes."""
    start = founding(load("tough-issues"), "w", "W", "Test", "", 1)
    notes = [
        Note(
            id=f"n{i}",
            board="issue-0",
            section="section-0",
            rank="a0",
            text=text,
            by=None,
            at=1,
            step="step-5",
        )
        for i, text in enumerate(texts)
    ]
    board = Board(id="issue-0", rank="a0", title="Accountability for performance-based systems")
    entries = [Entry.after(EMPTY, 1, Draft(by="system", client="s", n=1, name="create", changes=start))]
    records: list[Record] = [board, *notes]
    for n, record in enumerate(records, 2):
        draft = Draft(by="p", client="s", n=n, name="put", changes=(Put(record=record),))
        entries.append(Entry.after(entries[-1].head, n, draft))
    return entries


def whole(*texts: str) -> bytes:
    """An operator's archive."""
    entries = log(*texts)
    return json.dumps(archive(folded(entries), None, entries)).encode()


def test_archive_reads_back() -> None:
    """[ARCH1] The archive holds every record and entry, and reads back to the same digest."""
    entries = log("one", "two 😊")
    plain = archive(folded(entries), None, entries)
    assert len(plain["entries"]) == len(entries)
    assert read_archive(json.dumps(plain).encode()).digest() == folded(entries).digest() == plain["digest"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda a: a["entries"].pop(1),
        lambda a: a["entries"].pop(),
        lambda a: a["entries"].reverse(),
        lambda a: a["entries"][2]["changes"][0]["record"].update(text="forged"),
        lambda a: a.update(digest="0" * 64),
        lambda a: a.update(version=99),
        lambda a: a.pop("entries"),
        lambda a: a["entries"].clear(),
    ],
)
def test_spoiled_archive(spoil: object) -> None:
    """[ARCH1] [ARCH2] A lost, swapped or forged entry is found."""
    plain = json.loads(whole("one", "two"))
    assert callable(spoil)
    spoil(plain)
    with pytest.raises(Corrupt):
        read_archive(json.dumps(plain).encode())


def test_not_an_archive() -> None:
    """[ARCH2] What is no archive is said to be none."""
    for body in (b"", b"{", b"[]", b"\xff\xfe", b'{"format":"other"}'):
        with pytest.raises(Corrupt):
            read_archive(body)


@given(TEXT)
def test_literal(text: str) -> None:
    """[ARCH3] Escaped text reads literally: no markup, nothing lost."""
    shown = MarkdownIt("commonmark").render(f"- {literal(text)}\n")
    inner = shown.removeprefix("<ul>\n<li>").removesuffix("</li>\n</ul>\n")
    assert "<" not in inner.replace("<br />", "")


def test_paper_holds_every_note_once() -> None:
    """[ARCH3] Every note once, most dots first, binned ones not, with hostile text as text."""
    state = folded(log("# not a heading", "<script>alert(1)</script>", "[x](javascript:1)", "plain"))
    note = state.notes["n3"].model_copy(update={"id": "n9", "text": "binned away", "binned": True})
    state.place(("note", "n9"), note)
    tally = Tally(id="step-6.n3", round="step-6", target="n3", dots=2, people=2)
    state.place(("tally", tally.id), tally)
    step = state.steps["step-6"].model_copy(update={"shown": True})
    state.place(("step", "step-6"), step)
    text = paper(state, Viewer(Role.FACILITATOR))
    html = MarkdownIt("commonmark").render(text)
    assert "<script" not in html
    assert "href" not in html
    for wanted in ("# not a heading", "&lt;script&gt;alert(1)&lt;/script&gt;", "[x](javascript:1)", "plain"):
        assert html.count(wanted) == 1
    assert "binned away" not in text
    assert text.index("plain") < text.index("not a heading")
    assert "(2 dots)" in text
