# SPDX-License-Identifier: Apache-2.0
"""What differs between the words of two drafts: a redline of each paragraph.

Compared word by word, spaces made one. What only has another number says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from pratique.accord.comparison.places import Matched, Place, likeness, matched
from pratique.accord.document import Document

MOST_PAIRS = 2_000_000
"""Pairs of equal words up to which two paragraphs are compared; above it one replaces the other."""

UNLIKE, FEW = 0.3, 6
"""Likeness under which a passage of so many words or more is not compared word by word."""

Change = Literal["added", "removed", "changed", "renumbered"]
Stretch = tuple[tuple[str, ...], tuple[str, ...]]
"""What stands at one place in the old words and in the new: the same words, or others."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed the same, were taken out, or were put in."""

    change: Literal["same", "out", "in"]
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that differs: a paragraph; number 0: an article's title; article 0: other prose.

    Its numbers are those of the new text, or of the old where it is only there; `was` is its label
    in the old text, where that was another.
    """

    article: int
    number: int
    change: Change
    pieces: tuple[Piece, ...]
    was: str = ""

    @property
    def label(self) -> str:
        """Its number as printed: `7.2`, `7` for a title, nothing for other prose."""
        return Place(self.article, self.number).label


def passages(old: Document, new: Document) -> tuple[Passage, ...]:
    """Return the passages that differ: prose outside of articles first, then article by article."""
    found = [passage for one in matched(old, new) for passage in _passage(one)]
    ordered = sorted(found, key=lambda one: (one.article, one.number, one.was))
    return (*_notes(old.notes, new.notes), *ordered)


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces that lead from old words to new: joined, they are the one or the other."""
    return tuple(_pieces(_stretches(tuple(old.split()), tuple(new.split()))))


def _notes(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    for there, here in _stretches(_plain(old), _plain(new)):
        for one, other in zip_longest(there, here, fillvalue=""):
            pieces = _lines(one, other)
            if (change := _change(pieces)) is not None:
                yield Passage(0, 0, change, pieces)


def _plain(notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(note.split()) for note in notes)


def _passage(one: Matched) -> Iterator[Passage]:
    place = one.new or one.old
    if place is None:
        return
    pieces = _lines(one.before, one.after)
    was = one.old.label if one.old and one.new and one.old.label != one.new.label else ""
    if (change := _change(pieces)) is not None:
        yield Passage(place.article, place.number, change, pieces, was)
    elif was and (not place.number or (one.old and one.old.number != place.number)):
        # Of an article under a new number its title says so for all of its paragraphs.
        yield Passage(place.article, place.number, "renumbered", pieces, was)


def _change(pieces: tuple[Piece, ...]) -> Change | None:
    changes = {piece.change for piece in pieces} - {"same"}
    if not changes:
        return None
    one_sided: dict[str, Change] = {"in": "added", "out": "removed"}
    whole = len(changes) == 1 and all(piece.change != "same" for piece in pieces)
    return one_sided[min(changes)] if whole else "changed"


def _lines(old: str, new: str) -> tuple[Piece, ...]:
    """Return a redline; what has next to nothing in common is out as a whole, and in."""
    long = min(len(old.split()), len(new.split())) >= FEW
    if long and likeness(old, new) < UNLIKE:
        return Piece("out", old), Piece("in", new)
    return redline(old, new)


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
