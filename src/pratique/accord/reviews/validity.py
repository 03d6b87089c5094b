# SPDX-License-Identifier: Apache-2.0
"""Which stamps hold for which passages of an accord, which are stale, and what has changed since.

A stamp holds where its digests are those of a passage, whatever number it stands under now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pratique.accord.document import read_document
from pratique.accord.model import Accord
from pratique.accord.reviews.passage import (
    Passage,
    clauses_digest,
    passages,
    translated_passage,
    words_digest,
)
from pratique.accord.reviews.stamp import Stamp

Change = Literal["words", "clauses", "both"]


@dataclass(frozen=True, slots=True)
class Stale:
    """A stamp that holds no more, and what has changed since."""

    stamp: Stamp
    change: Change


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A passage in one of the accord's texts, with its digests and its stamps.

    `text` is empty for the first text. Of each office only what counts is here: the last stamp that
    holds, or else the last that is stale.
    """

    passage: Passage
    text: str
    words_digest: str
    clauses_digest: str
    holding: tuple[Stamp, ...] = ()
    stale: tuple[Stale, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviews:
    """All passages of an accord with their stamps, and the stamps of what is no longer there."""

    passages: tuple[Reviewed, ...]
    gone: tuple[Stamp, ...]


def reviews_of(accord: Accord, stamps: Sequence[Stamp], translations: Mapping[str, str]) -> Reviews:
    """Return what is reviewed of an accord: first its first text, then each translation."""
    found: list[Reviewed] = []
    gone: list[Stamp] = []
    here = passages(accord)
    texts = {"": here, **{name: _there(here, source) for name, source in translations.items()}}
    for text, ones in texts.items():
        bare = [Reviewed(one, text, words_digest(one), clauses_digest(one)) for one in ones]
        stamped, lost = _stamped(bare, [stamp for stamp in stamps if stamp.text == text])
        found += stamped
        gone += lost
    gone += [stamp for stamp in stamps if stamp.text not in texts]
    return Reviews(tuple(found), tuple(gone))


def _there(here: Iterable[Passage], source: str) -> tuple[Passage, ...]:
    document = read_document(source)
    found = (translated_passage(passage, document) for passage in here)
    return tuple(passage for passage in found if passage is not None)


def _stamped(
    bare: Sequence[Reviewed], stamps: Sequence[Stamp]
) -> tuple[list[Reviewed], list[Stamp]]:
    index = _Index(bare)
    holding: dict[int, list[Stamp]] = defaultdict(list)
    stale: dict[int, list[Stale]] = defaultdict(list)
    gone: list[Stamp] = []
    for stamp in stamps:
        if same := index.same(stamp):
            for place in same:
                holding[place].append(stamp)
        elif (near := index.nearest(stamp)) is not None:
            stale[near].append(Stale(stamp, _change(stamp, bare[near])))
        else:
            gone.append(stamp)
    return [_one(one, holding[at], stale[at]) for at, one in enumerate(bare)], gone


def _one(bare: Reviewed, holding: Sequence[Stamp], stale: Sequence[Stale]) -> Reviewed:
    last = {stamp.by: stamp for stamp in sorted(holding, key=lambda stamp: stamp.day)}
    old = {one.stamp.by: one for one in sorted(stale, key=lambda one: one.stamp.day)}
    left = tuple(one for office, one in old.items() if office not in last)
    return Reviewed(
        bare.passage, bare.text, bare.words_digest, bare.clauses_digest, tuple(last.values()), left
    )


def _change(stamp: Stamp, found: Reviewed) -> Change:
    if stamp.words_digest == found.words_digest:
        return "clauses"
    return "words" if stamp.clauses_digest == found.clauses_digest else "both"


class _Index:
    """Passages by what a stamp knows of one: its digests, its clauses' names, its numbers."""

    def __init__(self, bare: Sequence[Reviewed]) -> None:
        self.digests: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.words: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.labels: dict[str, int] = {}
        for at, one in enumerate(bare):
            if one.passage.is_formalised:
                self.digests[one.words_digest, one.clauses_digest].append(at)
            self.words.setdefault(one.words_digest, at)
            for name in _names(one.passage):
                self.names.setdefault(name, at)
            for label in one.passage.labels:
                self.labels.setdefault(label, at)

    def same(self, stamp: Stamp) -> list[int]:
        return self.digests.get((stamp.words_digest, stamp.clauses_digest), [])

    def nearest(self, stamp: Stamp) -> int | None:
        """Return the passage that a stale stamp speaks of: numbers change more than names do."""
        if stamp.words_digest in self.words:
            return self.words[stamp.words_digest]
        for known, asked in ((self.names, stamp.clauses), (self.labels, stamp.paragraphs)):
            counted = Counter(known[one] for one in asked if one in known)
            if counted:
                return counted.most_common(1)[0][0]
        return None


def _names(passage: Passage) -> Iterator[str]:
    for clause in passage.clauses:
        yield from (name.word for name in clause.names)
        if clause.was:
            yield clause.was
