# SPDX-License-Identifier: Apache-2.0
"""Which paragraph of an old text is which of a new one: also where it was given another number.

Articles are matched by title, then by number; paragraphs within them by their words, then by
likeness, then by number. Turning the texts round turns the pairs round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from pratique.accord.document import Document

LIKE = 0.5
"""The share of words in common from which a paragraph may be another one under a new number."""
NEAR = 0.2
"""What the same number counts beside the share of words in common."""
MOST_LIKENESSES = 400
"""Pairs of changed paragraphs of an article up to which likeness is asked; above it, numbers."""
MOST_WORDS = 1_000_000
"""Pairs of words up to which their order counts in likeness."""

Articles = Mapping[int, Mapping[int, str]]
"""By article: its paragraphs' words by number; 0 is the title."""
Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Place:
    """An article and a paragraph's number in it; 0: the title."""

    article: int
    number: int

    @property
    def label(self) -> str:
        """Its number as printed: `7.2`, `7` for a title, nothing for other prose."""
        return f"{self.article}.{self.number}" if self.number else str(self.article or "")


@dataclass(frozen=True, slots=True)
class Matched:
    """A passage of the old text and of the new that is the same one; None: not in that text."""

    old: Place | None
    new: Place | None
    before: str
    after: str


def matched(old: Document, new: Document) -> Iterator[Matched]:
    """Yield every numbered passage of two texts, in no order."""
    there, here = _articles(old), _articles(new)
    titles = {number: words[0] for number, words in there.items()}
    new_titles = {number: words[0] for number, words in here.items()}
    for one, other in _pairs(titles, new_titles, by_likeness=False):
        yield from _article(there, here, (one, other))


def new_labels(old: Document, new: Document) -> dict[str, str]:
    """Return, by its label in the old text, that of each passage in the new."""
    pairs = ((one.old, one.new) for one in matched(old, new))
    return {one.label: other.label for one, other in pairs if one is not None and other is not None}


def _article(there: Articles, here: Articles, pair: Pair) -> Iterator[Matched]:
    one, other = pair
    before = there[one] if one is not None else {}
    after = here[other] if other is not None else {}
    title = ((0 if before else None), (0 if after else None))
    bodies = ({n: words for n, words in side.items() if n} for side in (before, after))
    for a, b in (title, *_pairs(*bodies, by_likeness=True)):
        yield Matched(
            Place(one, a) if one is not None and a is not None else None,
            Place(other, b) if other is not None and b is not None else None,
            before[a] if a is not None else "",
            after[b] if b is not None else "",
        )


def _articles(document: Document) -> Articles:
    found: dict[int, dict[int, str]] = {}
    for article in document.articles:
        known = found.setdefault(article.number, {0: " ".join(article.title.split())})
        for one in article.paragraphs:
            known.setdefault(one.number, " ".join(one.text.split()))
    return found


def _pairs(old: Mapping[int, str], new: Mapping[int, str], *, by_likeness: bool) -> list[Pair]:
    left, right = dict(old), dict(new)
    found: list[Pair] = []

    def take(pairs: list[tuple[int, int]]) -> None:
        for one, other in pairs:
            if one in left and other in right:
                del left[one], right[other]
                found.append((one, other))

    take([(number, number) for number, words in old.items() if new.get(number) == words])
    take(_by(left, right, lambda _, words: words))
    if by_likeness and len(left) * len(right) <= MOST_LIKENESSES:
        take(_likest(left, right))
    take(_by(left, right, lambda number, _: number))
    rest: list[Pair] = [(one, None) for one in left]
    return [*found, *rest, *((None, other) for other in right)]


def _by(
    old: Mapping[int, str], new: Mapping[int, str], key: Callable[[int, str], Hashable]
) -> list[tuple[int, int]]:
    """Return the numbers of what has the same key, where only one of each text has it."""
    keys = [{number: key(number, words) for number, words in side.items()} for side in (old, new)]
    counts = [Counter(side.values()) for side in keys]
    here = {word: number for number, word in keys[1].items()}
    return [
        (number, here[word])
        for number, word in keys[0].items()
        if counts[0][word] == counts[1][word] == 1
    ]


def _likest(old: Mapping[int, str], new: Mapping[int, str]) -> list[tuple[int, int]]:
    """Return pairs that are alike enough, the likest first."""
    scored = [
        (likeness(words, others) + NEAR * (one == other), one, other)
        for one, words in old.items()
        for other, others in new.items()
    ]
    # Ties are broken alike whichever text is the old one.
    kept = sorted(
        (one for one in scored if one[0] >= LIKE),
        key=lambda one: (
            -one[0],
            abs(one[1] - one[2]),
            min(one[1:]),
            sorted((old[one[1]], new[one[2]])),
        ),
    )
    return [(one, other) for _, one, other in kept]


def likeness(old: str, new: str) -> float:
    """Return the share of words that two texts have in common, 0 to 1, whichever is the old one."""
    first, second = sorted((old.split(), new.split()))
    match = SequenceMatcher(None, first, second, autojunk=False)
    most = match.quick_ratio()
    if most < LIKE - NEAR:
        return 0.0
    return match.ratio() if len(first) * len(second) <= MOST_WORDS else most
