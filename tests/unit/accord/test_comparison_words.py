# SPDX-License-Identifier: Apache-2.0
"""Two drafts compared word by word: paragraphs by number, redlines that lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.accord.comparison import redline as module
from pratique.accord.comparison.places import matched
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


def plain(one: Passage) -> tuple[str, str, str, list[tuple[str, str]]]:
    """Return a passage with the order of out and in set aside: new label, old label, the rest."""
    pieces = sorted((piece.change, piece.words) for piece in one.pieces)
    return one.label, one.was or one.label, one.change, pieces


def turned(one: Passage) -> tuple[str, str, str, list[tuple[str, str]]]:
    """Return a passage as it is when the drafts change sides."""
    label, was, change, pieces = plain(one)
    back = sorted((TURNED.get(kind, kind), words) for kind, words in pieces)
    return was, label, TURNED.get(change, change), back


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
    assert sorted(map(turned, there)) == sorted(map(plain, back))


@given(old=st.lists(WORDS, max_size=4), new=st.lists(WORDS, max_size=4))
def test_every_paragraph_of_either_text_is_matched_once(old: list[str], new: list[str]) -> None:
    found = list(matched(made(old), made(new)))
    there = sorted((one.old.label, one.before) for one in found if one.old)
    here = sorted((one.new.label, one.after) for one in found if one.new)
    for words, side in ((old, there), (new, here)):
        said = [(f"1.{n}", " ".join(f"It says {one}".split())) for n, one in enumerate(words, 1)]
        assert side == sorted([("1", "One"), *said])


LONG = TEXT.replace("They meet within 14 days.", "They meet within 14 days of a call by the hub.")


def test_what_only_has_another_number_is_said_to_be_renumbered() -> None:
    new = LONG.replace("1. The Parties are two.\n2. They", "1. They")
    assert differences(LONG, new) == [
        ("1.1", "removed", "[-The Parties are two.-]"),
        ("1.1", "renumbered", "They meet within 14 days of a call by the hub."),
    ]
    (_, one) = passages(document(LONG), document(new))
    assert (one.label, one.was) == ("1.1", "1.2")


def test_a_paragraph_under_a_new_number_is_compared_with_what_it_was() -> None:
    new = LONG.replace("1. The Parties are two.\n2. They meet within 14", "1. They meet within 21")
    assert differences(LONG, new) == [
        ("1.1", "removed", "[-The Parties are two.-]"),
        ("1.1", "changed", "They meet within [-14-] {+21+} days of a call by the hub."),
    ]


def test_an_article_struck_and_the_rest_renumbered_shows_no_more_than_that() -> None:
    a, b = TEXT.index("## Article 1"), TEXT.index("## Article 2")
    new = TEXT[:a] + TEXT[b:].replace("Article 2", "Article 1")
    assert differences(TEXT, new) == [
        ("1", "removed", "[-Parties-]"),
        ("1", "renumbered", "Money"),
        ("1.1", "removed", "[-The Parties are two.-]"),
        ("1.2", "removed", "[-They meet within 14 days.-]"),
    ]


def test_a_paragraph_that_shares_no_words_is_out_and_in_as_a_whole() -> None:
    new = LONG.replace(
        "They meet within 14 days of a call by the hub.", "Silence is refusal, as law says."
    )
    (found,) = differences(LONG, new)
    assert found[2] == (
        "[-They meet within 14 days of a call by the hub.-] {+Silence is refusal, as law says.+}"
    )


def made(words: list[str]) -> Document:
    """Return a text of paragraphs, in an article and as prose before it."""
    prose = "\n\n".join(f"Say {one}." for one in words)
    listed = "\n".join(f"{n}. It says {one}" for n, one in enumerate(words, 1))
    return document(f"{prose}\n\n## Article 1 — One\n\n{listed}\n")
