"""Archive and paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from protocol.base import Role
from protocol.changes import Put
from protocol.entries import EMPTY, ENTRY, Draft, Entry
from protocol.records import Board, Note, Record, Stack, Tally
from server.exports.archive import archive, folded, read_archive
from server.exports.markdown import literal, markdown
from server.exports.paper import compose
from server.exports.wall import Wall
from server.exports.words import Words
from server.workshop.fold import apply
from server.workshop.refused import Corrupt
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import State
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


def paper(state: State, viewer: Viewer) -> str:
    """The paper in Markdown, as this viewer gets it."""
    return markdown(compose(Wall.of(seen(state, viewer)), Words("en")))


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


def test_paper_groups_notes_by_stack() -> None:
    """[ARCH3] Under the stack's name, with the sum of its dots and theirs; its own text stays text."""
    state = folded(log("one", "two\nlines", "three"))
    changes: list[Record] = [
        Stack(id="s", board="issue-0", section="section-0", rank="a1", title="*Both*"),
        *(state.notes[id_].model_copy(update={"stack": "s"}) for id_ in ("n0", "n1")),
        state.steps["step-6"].model_copy(update={"shown": True}),
        Tally(id="step-6.s", round="step-6", target="s", dots=2, people=2),
        Tally(id="step-6.n1", round="step-6", target="n1", dots=1, people=1),
        Tally(id="step-6.n2", round="step-6", target="n2", dots=2, people=1),
    ]
    apply(state, [Put(record=record) for record in changes])
    text = paper(state, Viewer(Role.PROJECTOR))
    assert "- \\*Both\\* **(3 dots)**\n  - two\\\n    lines **(1 dot)**\n  - one\n- three **(2 dots)**\n" in text


def test_what_the_first_version_wrote() -> None:
    """[LOG26] [ARCH2] Its hashes stand, its records are the same, though notes have more fields by now; edits show."""
    body = (Path(__file__).parents[1] / "data/first-version.json").read_bytes()
    state = read_archive(body)
    assert state.notes["n2"].text == "Teachers need time together."
    assert "colour" not in state.notes["n2"].model_fields_set
    entries = [ENTRY.validate_json(json.dumps(entry)) for entry in json.loads(body)["entries"]]
    assert json.loads(json.dumps(archive(state, None, entries)))["entries"] == json.loads(body)["entries"]
    with pytest.raises(Corrupt):
        read_archive(body.replace(b"need time together", b"need more together"))
    text = json.dumps(json.loads(body)["entries"][-1], separators=(",", ":"), ensure_ascii=False)
    assert ENTRY.validate_json(text).text == text
