# SPDX-License-Identifier: Apache-2.0
"""Two drafts compared word by word: paragraphs by number, redlines that lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.accord.comparison import redline as module
from pratique.accord.comparison.redline import Passage, Piece, passages, redline
from pratique.accord.document import Document, read_document

FRONT = "---\naccord: A\n---\n\n"
TEXT = """A preamble of peace.

## Article 1 — Parties

1. The Parties are two.
2. They meet within 14 days.

## Article 2 — Money

1. Each pays USD 30.
"""
TURNED = {"in": "out", "out": "in", "added": "removed", "removed": "added"}
WORDS = st.lists(st.sampled_from(["a", "b", "c", "14", "days.", "the"]), max_size=30).map(" ".join)


def differences(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return label, change and a redline of each passage that differs."""
    found = passages(document(old), document(new))
    return [(one.label, one.change, shown(one.pieces)) for one in found]


def document(text: str) -> Document:
    return read_document(FRONT + text)


def shown(pieces: tuple[Piece, ...]) -> str:
    marks = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    return " ".join(marks[one.change].format(one.words) for one in pieces)


def joined(pieces: tuple[Piece, ...], left_out: str) -> str:
    return " ".join(one.words for one in pieces if one.change != left_out)


def turned(one: Passage) -> tuple[str, str, list[tuple[str, str]]]:
    """Return a passage as it is when the drafts change sides; order of out and in set aside."""
    pieces = sorted((TURNED.get(p.change, p.change), p.words) for p in one.pieces)
    return one.label, TURNED.get(one.change, one.change), pieces


def test_a_text_against_itself_has_no_differences() -> None:
    assert differences(TEXT, TEXT) == []
    assert differences(TEXT, TEXT.replace("They meet", "They\n   meet")) == []


def test_a_changed_paragraph_shows_its_words_and_no_others() -> None:
    new = TEXT.replace("within 14 days", "within 21 days of a call")
    assert differences(TEXT, new) == [
        ("1.2", "changed", "They meet within [-14 days.-] {+21 days of a call.+}")
    ]


def test_a_word_that_stays_between_others_stays() -> None:
    assert shown(redline("pay within 14 days", "pay all within 7 days")) == (
        "pay {+all+} within [-14-] {+7+} days"
    )


def test_paragraphs_articles_titles_and_other_prose_are_all_compared() -> None:
    new = TEXT.replace("peace", "health").replace("— Money", "— Funds").replace(
        "30.\n", "30.\n2. Nobody pays twice.\n\n## Article 3 — End\n\n1. It ends.\n"
    )  # fmt: skip
    assert differences(TEXT, new) == [
        ("", "changed", "A preamble of [-peace.-] {+health.+}"),
        ("2", "changed", "[-Money-] {+Funds+}"),
        ("2.2", "added", "{+Nobody pays twice.+}"),
        ("3", "added", "{+End+}"),
        ("3.1", "added", "{+It ends.+}"),
    ]
    back = differences(new, TEXT)
    assert [change for _, change, _ in back] == ["changed", "changed", *["removed"] * 3]


def test_prose_outside_of_articles_is_matched_where_it_stands() -> None:
    new = TEXT.replace("A preamble", "A first word.\n\nA preamble")
    assert differences(TEXT, new) == [("", "added", "{+A first word.+}")]


def test_a_frequent_word_is_not_thrown_away_in_a_long_paragraph() -> None:
    # difflib's autojunk drops words of which there are many in more than 200.
    long = " ".join(["the fund pays the party"] * 100)
    pieces = redline(long, long.replace("party", "Party", 1))
    assert sum(len(one.words.split()) for one in pieces if one.change != "same") == 2


def test_a_paragraph_of_one_word_over_and_over_is_replaced_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_PAIRS", 10)
    assert shown(redline("b a a a a b", "c a a a a c")) == "[-b a a a a b-] {+c a a a a c+}"
    assert shown(redline("b a a a b", "c a a a c")) == "[-b-] {+c+} a a a [-b-] {+c+}"
    assert shown(redline("a a a a a", "a a a a a")) == "a a a a a"


@given(old=WORDS, new=WORDS)
def test_a_redline_holds_both_texts(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert joined(pieces, "in") == old
    assert joined(pieces, "out") == new
    changed = {one.change for one in pieces} - {"same"}
    assert bool(changed) == (old != new)


@given(old=st.lists(WORDS, max_size=4), new=st.lists(WORDS, max_size=4))
def test_changing_sides_turns_every_passage_round(old: list[str], new: list[str]) -> None:
    there, back = passages(made(old), made(new)), passages(made(new), made(old))
    assert [turned(one) for one in there] == [
        (one.label, one.change, sorted((p.change, p.words) for p in one.pieces)) for one in back
    ]


def made(words: list[str]) -> Document:
    """Return a text of paragraphs, in an article and as prose before it."""
    prose = "\n\n".join(f"Say {one}." for one in words)
    listed = "\n".join(f"{n}. It says {one}" for n, one in enumerate(words, 1))
    return document(f"{prose}\n\n## Article 1 — One\n\n{listed}\n")
