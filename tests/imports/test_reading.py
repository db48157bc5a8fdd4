"""Files of other tools become tables of texts, and nothing of them is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.imports import Import, ImportTable, Meaning, What
from server.imports.reading import read
from tests.imports import made

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
TEXT = st.text(st.sampled_from("<>&=+-@#$*_[](){}\\'\"\n,;|") | LETTERS, min_size=1, max_size=30).filter(str.strip)
HOSTILE = (
    '=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "<script>alert(1)</script>", "&lt;b&gt; &amp;",
    "[x](javascript:1)", "\u202eabc\u202c", "{{7*7}} ${7*7}", "_x0041_", "שלום abc", "x" * 10_000,
    "\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \U0001f44d\U0001f3fd", "\U00010348", "ends \ufffe here", "'=1",
)  # fmt: skip


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words_of(brought: Import) -> str:
    """All that came of a file."""
    cells = [cell for table in brought.tables for row in table.rows for cell in row]
    names = [column.name for table in brought.tables for column in table.columns]
    left = [text for each in brought.left for text in each.texts]
    titles = [brought.title, *(table.title for table in brought.tables)]
    return "\0".join(map(squeezed, [*cells, *names, *left, *titles]))


def meanings(table: ImportTable) -> dict[str, str]:
    return {column.known or column.name: column.meaning.value for column in table.columns}


def column(table: ImportTable, meaning: Meaning) -> list[str]:
    n = [each.meaning for each in table.columns].index(meaning)
    return [row[n] for row in table.rows]


def left(brought: Import) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {each.what.value: (each.count, each.texts) for each in brought.left}


def test_a_real_board_of_trello() -> None:
    """[IMP1] Lists, cards, descriptions, labels, members and comments; the archived apart; the history counted."""
    data = made.real("trello-clipkit-ja.json")
    board = json.loads(data)
    brought = read(data, "trello-clipkit-ja.json")
    assert (brought.format, brought.title) == ("trello", "Clipkit")
    assert [(len(table.rows), table.archived) for table in brought.tables] == [(66, False), (1, True)]
    said = words_of(brought)
    labels = [label["name"] for card in board["cards"] for label in card["labels"]]
    comments = [each["data"]["text"] for each in board["actions"] if each["type"] == "commentCard"]
    texts = [card[key] for card in board["cards"] for key in ("name", "desc")]
    for text in (*texts, *labels, *comments, *(each["name"] for each in board["lists"])):
        assert squeezed(text) in said
    assert left(brought) == {"empty": (1, ("中止",)), "history": (260, ())}


def test_a_real_drawing() -> None:
    """[IMP1] Every text of it; what is drawn without words is counted."""
    data = made.real("excalidraw-brainstorming.excalidraw")
    brought = read(data, "drawing")
    texts = [each["text"] for each in json.loads(data)["elements"] if each["type"] == "text"]
    assert brought.format == "excalidraw"
    assert sorted(map(squeezed, column(brought.tables[0], Meaning.TEXT))) == sorted(map(squeezed, texts))
    assert left(brought) == {"shape": (6, ())}


def test_real_minutes() -> None:
    """[IMP1] Every line of them is in a text or a heading, but for the marks of the list."""
    data = made.real("k8s-1.10-burndown-minutes.md")
    brought = read(data, "minutes.md")
    assert brought.format == "markdown"
    said = words_of(brought)
    lines = [re.sub(r"^\s*([*+-]|\d+\.|#+)\s+", "", line) for line in data.decode().splitlines()]
    lost = [line for line in lines if squeezed(line) not in said]
    assert lost == []
    assert len(column(brought.tables[0], Meaning.TEXT)) > 1_500


@pytest.mark.parametrize("name", ["comments", "votes", "participants-votes", "summary"])
def test_real_tables(name: str) -> None:
    """[IMP1] [IMP5] Every cell, in its place; the statements are known for the notes."""
    data = made.real(f"polis-london/{name}.csv")
    brought = read(data, f"{name}.csv")
    table = brought.tables[0]
    rows = [row for row in csv.reader(io.StringIO(data.decode())) if row]
    if table.header:
        assert [each.name for each in table.columns] == rows.pop(0)
    assert [[cell.strip() for cell in row] for row in rows] == [list(row) for row in table.rows]
    assert table.header is (name != "summary")
    if name == "comments":
        wanted = {"agrees": "beneath", "disagrees": "beneath", "comment-body": "text", "author-id": "ignore"}
        assert wanted.items() <= meanings(table).items()
    if name == "votes":
        assert "text" not in meanings(table).values()


def test_a_board_of_trello() -> None:
    """[IMP1] In the order that it has there, with what hangs on its cards."""
    brought = read(made.dumped(made.trello()))
    table, archived = brought.tables
    first = dict(zip(meanings(table), table.rows[0], strict=True))
    assert [row[1] for row in table.rows] == ["First", "Second", "Busy"]
    assert first == {
        "list": "Ideas", "card": "First", "description": "What it\nis about", "checklists": "To do\n☑ one\n☐ two",
        "comments": "Al: earlier\nBo: later", "attachments": "Plan https://example.org/plan", "labels": "red, Wish",
        "members": "Ana", "votes": "3", "due": "", "Size": "large",
    }  # fmt: skip
    assert meanings(table)["list"] == "section"
    assert {row[1] for row in archived.rows} == {"Away", "Away with its list"}
    assert left(brought) == {
        "empty": (1, ("Nothing here",)), "about": (1, ("All we want",)), "comment": (1, ("of a card that is gone",)),
        "history": (1, ()),
    }  # fmt: skip


def test_a_drawing() -> None:
    """[IMP1] Frames are sections; deleted texts, pictures and empty frames are told."""
    elements: list[Any] = [
        {"type": "frame", "id": "f", "name": "Risks"}, {"type": "frame", "id": "g", "name": "Empty"},
        {"type": "text", "text": "below", "y": 2, "x": 0}, {"type": "text", "text": "gone", "isDeleted": True},
        {"type": "text", "text": "brok\nen", "originalText": "broken", "frameId": "f", "y": 1, "containerId": "r"},
        {"type": "rectangle", "id": "r", "link": "https://example.org/"}, {"type": "image"},
        {"type": "arrow", "link": "https://example.org/arrow"}, None,
    ]  # fmt: skip
    brought = read(made.dumped({"type": "excalidraw", "elements": elements}))
    assert brought.tables[0].rows == (("Risks", "broken", "https://example.org/"), ("", "below", ""))
    assert left(brought) == {
        "deleted": (1, ("gone",)), "empty": (1, ("Empty",)), "picture": (1, ()),
        "shape": (1, ("https://example.org/arrow",)),
    }  # fmt: skip


def test_markdown_and_lists() -> None:
    """[IMP1] Items with what they lie under, headings as sections, paragraphs whole; plain lines one by one."""
    text = "# Ideas\nOne para-\ngraph.\n\n- [x] done\n  - beneath\n    goes on\n1. third\n\n"
    text += "## Bare\n\nRisks\n-----\n* a | b\n"
    brought = read(text.encode())
    assert brought.format == "markdown"
    assert brought.tables[0].rows == (
        ("Ideas", "One para-\ngraph.", ""), ("Ideas", "done", ""), ("Ideas", "beneath\ngoes on", "done"),
        ("Ideas", "third", ""), ("Risks", "a | b", ""),
    )  # fmt: skip
    assert left(brought) == {"empty": (1, ("Bare",))}
    lines = read("Hello, world\nYes, we can\n\n  And so on  ".encode("utf-16"))
    assert lines.format == "list"
    assert lines.tables[0].rows == (("Hello, world",), ("Yes, we can",), ("And so on",))
    fenced = read(b"- a\n```\nx = 1\n\n# no heading\n```\n~~~\nopen")
    assert [row[0] for row in fenced.tables[0].rows] == ["a", "```\nx = 1\n\n# no heading\n```", "~~~\nopen"]


@pytest.mark.parametrize(
    ("head", "row", "wanted"),
    [
        ("note_id,author_id,author,text,column_id,column,rank,stack", "1,2,Al,Hi,3,Ideas,0,x", "iiatisib"),
        (
            "reflectionGroup,author,votes,prompt,type,createdAt,discussionThread,content",
            "g,Al,2,p,t,1,d,Hi",
            "saeb?ibt",
        ),
        ("Subject,Body,Attachment,Author,Created At,Updated At", "s,b,u,Al,1,2", "ttbaii"),
        ("ID,BG Color,Text,Position X,Position Y,Last Updated By,Area,Votes", "1,red,Hi,0,0,Al,Ideas,2", "iitiiasb"),
        ("Type,Description,Votes,CreatedDate,CreatedBy", "good,Hi,2,1,Al", "?tbia"),
        ("Section,Content,Author", "Ideas,Hi,Al", "sta"),
    ],
)
def test_known_exports(head: str, row: str, wanted: str) -> None:
    """[IMP5] What retrospectives and boards call their columns is known: scrumlr, Parabol, Padlet, Mural, others."""
    table = read(f"{head}\n{row}\n".encode(), "x.csv").tables[0]
    short = {"t": "text", "s": "section", "a": "author", "b": "beneath", "i": "ignore", "e": "beneath"}
    assert table.header
    found = [each.meaning.value for each in table.columns]
    assert [f for f, w in zip(found, wanted, strict=True) if w != "?"] == [short[w] for w in wanted if w != "?"]


def test_a_column_each() -> None:
    """[IMP5] Where each column is a list of notes, as EasyRetro writes them, each cell is a note."""
    text = "Went well,To improve,Action items\nWe shipped on time,The build is slow,Write a guide for the release\n"
    table = read(f"{text}Everybody helped each other out,,Ask the other team about it\n".encode(), "retro.csv").tables[
        0
    ]
    assert (table.header, table.cells) == (True, True)
    assert [each.name for each in table.columns] == ["Went well", "To improve", "Action items"]


def test_unknown_columns() -> None:
    """[IMP5] Else the longest prose is the note, few short values are sections; what is only numbers is left out."""
    rows = [f"{'abc'[n % 3]}x;Thought number {n} is this one;{n};q{n}" for n in range(9)]
    table = read("\n".join(rows).encode(), "x.csv").tables[0]
    assert not table.header
    assert [each.meaning.value for each in table.columns] == ["section", "text", "ignore", "beneath"]


ENCODED = "Größe;Idée „eins“\nzwei;Señal\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    """[IMP2]."""
    rows = read(ENCODED.replace("\n", "\r\n").encode(encoding), "x.csv").tables[0].rows
    assert rows == (("Größe", "Idée „eins“"), ("zwei", "Señal"))


def test_what_no_note_may_hold() -> None:
    """[IMP2] Control characters and broken bytes are shown and counted; breaks within a cell are newlines."""
    brought = read(b"one\x00two\x1b\x0bthree\r\nfour " + "é".encode() * 20 + b"\xff", "x.txt")
    assert brought.tables[0].rows == (("one\ufffdtwo\ufffd",), ("three",), ("four " + "é" * 20 + "\ufffd",))
    assert left(brought) == {What.REPLACED.value: (3, ())}


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_separators(sign: str) -> None:
    """[IMP2] Quotes, breaks within quotes, and rows of different lengths; `sep=` is obeyed."""
    text = f'Note{sign}Author\n"a {sign} ""b""\nc"{sign}Al\nd\n'
    wanted = ((f'a {sign} "b"\nc', "Al"), ("d", ""))
    assert read(text.encode(), "x.csv").tables[0].rows == wanted
    assert read(f"sep={sign}\r\n{text}".encode(), "x.csv").tables[0].rows == wanted


def test_what_a_spreadsheet_gives_when_copied() -> None:
    """[IMP1] Text with tabs is a table, without any name."""
    brought = read(b"Idea\tWho\nPlant trees\tAl\nMend the roof\tBo\n")
    assert brought.format == "csv"
    assert column(brought.tables[0], Meaning.TEXT) == ["Plant trees", "Mend the roof"]


def test_hostile_text_in_a_table() -> None:
    """[IMP3]."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["Text", "Author"], *([each, "Al"] for each in HOSTILE)])
    table = read(text.getvalue().encode(), "x.csv").tables[0]
    assert column(table, Meaning.TEXT) == list(HOSTILE)


@given(st.lists(TEXT, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_to_the_letter(texts: list[str]) -> None:
    """[IMP3] Whatever they say, cells come as they were, in a table and in a board of Trello."""
    wanted = [text.strip() for text in texts]
    made_csv = io.StringIO(newline="")
    csv.writer(made_csv).writerows([["Text", "Author"], *([text, "Al"] for text in texts)])
    assert column(read(made_csv.getvalue().encode(), "x.csv").tables[0], Meaning.TEXT) == wanted
    cards = [{"id": str(n), "idList": "l1", "name": text, "pos": n} for n, text in enumerate(texts)]
    board = read(made.dumped(made.trello(cards=cards, actions=[])))
    assert column(board.tables[0], Meaning.TEXT) == wanted


@given(
    st.lists(TEXT | st.sampled_from(["\n", "- ", "# ", "```\n"]), min_size=1, max_size=20)
    .map("".join)
    .filter(str.strip)
)
@settings(max_examples=60, deadline=None)
def test_no_word_of_any_text_is_lost(text: str) -> None:
    """[IMP1] Of whatever is pasted, every letter is somewhere."""
    said = words_of(read(text.encode(), "x.txt"))
    for word in re.findall(r"[^\W\d_]+", text.replace("\x85", "")):
        assert word in said


@pytest.mark.parametrize("name", ["", "x.txt", "x.md"])
@pytest.mark.parametrize("text", ["[", "[x] Call Dana\n[ ] Call Ben", "{nobody} knows"])
def test_a_bracket_makes_no_json(name: str, text: str) -> None:
    """[IMP1] A list of things to do may begin with one."""
    said = words_of(read(text.encode(), name))
    for word in re.findall(r"\w+", text):
        assert word in said


def test_lists_in_json() -> None:
    """[IMP1] Texts, or objects with fields."""
    assert read(b'["one", "two"]').tables[0].rows == (("one",), ("two",))
    table = read(b'[{"text": "one", "votes": 2, "tags": ["a", "b"], "done": true}, {"text": "two"}]').tables[0]
    assert table.rows == (("one", "2", "a, b", "true"), ("two", "", "", ""))
    assert meanings(table) == {"text": "text", "votes": "beneath", "tags": "tags", "done": "beneath"}
