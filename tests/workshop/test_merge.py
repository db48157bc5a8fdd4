"""The three-way merge of texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from server.workshop.merge import merge

WORDS = st.lists(st.sampled_from(["a", "bb", "ccc", " ", "\n", "  ", "é", "ह", "ि", "."]), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "both"),
    [
        ("the big red dog", "the big red cat", "the small red dog", "the small red cat"),
        ("one two three", "zero one two three", "one two three four", "zero one two three four"),
        ("a  b\n\tc d", "a  b\n\tc D", "A  b\n\tc d", "A  b\n\tc D"),
        ("keep this and that", "this and that", "keep this and that too", "this and that too"),
        ("same", "new", "new", "new"),
    ],
)
def test_changes_of_different_words_come_together(base: str, theirs: str, mine: str, both: str) -> None:
    """[NOTE4]."""
    assert merge(base, theirs, mine) == both


@pytest.mark.parametrize(
    ("base", "theirs", "mine"),
    [
        ("the red dog", "the red cat", "the red cow"),
        ("word", "word one", "word two"),
        ("gone", "kept and more", "else"),
        ("word", "wordy", "words"),
        ("a b c", "b c", "x b c"),
    ],
)
def test_changes_of_the_same_words_do_not(base: str, theirs: str, mine: str) -> None:
    """[NOTE5]."""
    assert merge(base, theirs, mine) is None


def test_what_would_be_too_long_or_blank_does_not() -> None:
    """[NOTE5]."""
    half = "w" * (limits.NOTE_CHARS // 2)
    assert merge("x y z", f"{half} x y z", f"x y z {half}") is None
    assert merge("a b c d", " b c d", "a b c ") is not None
    assert merge("a b", "a ", " b") is None


@given(WORDS, WORDS)
def test_where_one_side_changed_its_text_stands_to_the_letter(base: str, text: str) -> None:
    """[NOTE4] [LIMIT1]."""
    assert merge(base, base, text) == text
    assert merge(base, text, base) == text
    assert merge(base, text, text) == text


@given(WORDS, WORDS, WORDS)
def test_every_word_of_both_is_in_the_merged_text(base: str, theirs: str, mine: str) -> None:
    """[NOTE5] A word that somebody added is never lost."""
    both = merge(base, theirs, mine)
    if both is not None:
        added = {*theirs.split(), *mine.split()} - {*base.split()}
        assert all(word in both for word in added)


@given(WORDS, WORDS, WORDS)
def test_the_order_of_arrival_does_not_matter(base: str, theirs: str, mine: str) -> None:
    """[NOTE5]."""
    assert merge(base, theirs, mine) == merge(base, mine, theirs)
