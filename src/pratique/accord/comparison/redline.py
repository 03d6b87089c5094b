# SPDX-License-Identifier: Apache-2.0
"""What differs between the words of two drafts: a redline of each paragraph, matched by number.

Compared word by word, spaces made one. What was moved to another number is out here and in there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from pratique.accord.document import Article, Document

MOST_PAIRS = 2_000_000
"""Pairs of equal words up to which two paragraphs are compared; above it one replaces the other."""

Change = Literal["added", "removed", "changed"]
Stretch = tuple[tuple[str, ...], tuple[str, ...]]
"""What stands at one place in the old words and in the new: the same words, or others."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed the same, were taken out, or were put in."""

    change: Literal["same", "out", "in"]
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that differs: a paragraph; number 0: an article's title; article 0: other prose."""

    article: int
    number: int
    change: Change
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        """Its number as printed: `7.2`, `7` for a title, nothing for other prose."""
        return f"{self.article}.{self.number}" if self.number else str(self.article or "")


def passages(old: Document, new: Document) -> tuple[Passage, ...]:
    """Return the passages that differ: prose outside of articles first, then article by article."""
    there, here = _articles(old), _articles(new)
    found = list(_notes(old.notes, new.notes))
    for number in sorted({*there, *here}):
        found += _article(number, there.get(number, {}), here.get(number, {}))
    return tuple(found)


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces that lead from old words to new: joined, they are the one or the other."""
    return tuple(_pieces(_stretches(tuple(old.split()), tuple(new.split()))))


def _articles(document: Document) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for article in document.articles:
        known = found.setdefault(article.number, {})
        for number, words in _numbered(article):
            known.setdefault(number, words)
    return found


def _numbered(article: Article) -> Iterator[tuple[int, str]]:
    yield 0, article.title
    for paragraph in article.paragraphs:
        yield paragraph.number, paragraph.text


def _article(number: int, old: dict[int, str], new: dict[int, str]) -> Iterator[Passage]:
    for place in sorted({*old, *new}):
        yield from _passage(number, place, old.get(place, ""), new.get(place, ""))


def _notes(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    for there, here in _stretches(_plain(old), _plain(new)):
        for one, other in zip_longest(there, here, fillvalue=""):
            yield from _passage(0, 0, one, other)


def _plain(notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(note.split()) for note in notes)


def _passage(article: int, number: int, old: str, new: str) -> Iterator[Passage]:
    pieces = redline(old, new)
    changes = {piece.change for piece in pieces}
    if changes - {"same"}:
        one_sided: dict[str, Change] = {"in": "added", "out": "removed"}
        change = one_sided[min(changes)] if len(changes) == 1 else "changed"
        yield Passage(article, number, change, pieces)


def _stretches(old: tuple[str, ...], new: tuple[str, ...]) -> list[Stretch]:
    """Return old and new cut into what is the same and what is not, in order."""
    # difflib may align two texts otherwise when they change sides, so they never do.
    if new < old:
        return [(there, here) for here, there in _stretches(new, old)]
    # What begins and ends alike is set aside: difflib seeks the longest match, not the nearest.
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    ends = (len(old) - last, len(new) - last)
    found = [(old[:first], old[:first]), *_aligned(old[first : ends[0]], new[first : ends[1]])]
    found.append((old[ends[0] :], new[ends[1] :]))
    return [one for one in found if one != ((), ())]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many words two texts begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (one, other) in pairs if one != other), min(len(old), len(new)))


def _aligned(old: tuple[str, ...], new: tuple[str, ...]) -> list[Stretch]:
    counts = Counter(new)
    if sum(counts[word] for word in old) > MOST_PAIRS:
        return [(old, new)]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old[a:b], new[c:d]) for _, a, b, c, d in codes]


def _pieces(stretches: list[Stretch]) -> Iterator[Piece]:
    for there, here in stretches:
        if there == here:
            yield Piece("same", " ".join(here))
            continue
        if there:
            yield Piece("out", " ".join(there))
        if here:
            yield Piece("in", " ".join(here))
