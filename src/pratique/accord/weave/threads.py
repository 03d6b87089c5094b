# SPDX-License-Identifier: Apache-2.0
"""Which words of a paragraph mean which figure of its clauses: what the echo check matched.

A thread runs from the words to the reading. Figures of one unit get letters: the echo check sees
that each is said, not that each stands in its own place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase

from pratique.accord.check.clause_quantities import Figure
from pratique.accord.check.echo_index import family
from pratique.accord.check.echo_sides import Stated
from pratique.accord.quantities import Quantity, same
from pratique.accord.weave.runs import plain
from pratique.accord.weave.sheet import Thread

_UNITED = ("duration", "money", "share", "date")


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity in the words of a paragraph, and the thread that it belongs to."""

    quantity: Quantity
    thread: int


@dataclass(frozen=True, slots=True)
class Weft:
    """The threads of a row: a quantity for each, where the words say it, and how it is shown."""

    meanings: tuple[Quantity, ...]
    said: Mapping[str, tuple[Said, ...]]
    threads: tuple[Thread, ...]

    def of(self, figure: Figure) -> int | None:
        """Return the thread of a clause's figure, if the words say it."""
        return next(
            (
                place
                for place, meaning in enumerate(self.meanings)
                if any(same(meaning, other) for other in figure.meanings)
            ),
            None,
        )

    def told(self, quantity: Quantity, figures: Iterable[Figure]) -> int | None:
        """Return the thread of a quantity in the reading of a clause that has these figures."""
        for figure in figures:
            if any(same(quantity, meaning) for meaning in figure.meanings):
                place = self.of(figure)
                if place is not None:
                    return place
        return None


def weft(stated: Sequence[Stated], words: Mapping[str, Sequence[Quantity]]) -> Weft:
    """Return the threads between clauses and paragraphs, whose quantities are given by label."""
    meanings: list[Quantity] = []
    said: dict[str, tuple[Said, ...]] = {}
    for label, found in words.items():
        figures = [f for one in stated if label in one.clause.paragraphs for f in one.figures]
        meant = (one for one in found if _is_stated(one, figures))
        said[label] = tuple(Said(one, _thread(one, meanings)) for one in meant)
    letters = _letters(meanings)
    threads = tuple(
        Thread(plain(one.text), letters.get(place, "")) for place, one in enumerate(meanings)
    )
    return Weft(tuple(meanings), said, threads)


def _is_stated(quantity: Quantity, figures: Iterable[Figure]) -> bool:
    return any(same(quantity, meaning) for figure in figures for meaning in figure.meanings)


def _thread(quantity: Quantity, meanings: list[Quantity]) -> int:
    """Return the place of a quantity's meaning; it is added where it is new."""
    for place, meaning in enumerate(meanings):
        if same(quantity, meaning):
            return place
    meanings.append(quantity)
    return len(meanings) - 1


def _letters(meanings: Sequence[Quantity]) -> dict[int, str]:
    """Return a letter for each thread whose unit another thread has too."""
    units = [(family(one), one.unit) for one in meanings]
    alike = [
        place for place, unit in enumerate(units) if units.count(unit) > 1 and unit[0] in _UNITED
    ]
    return dict(zip(alike, _alphabet(), strict=False))


def _alphabet() -> Iterator[str]:
    """Iterate over a, b, … z, aa, ab, …"""
    for length in count(1):
        yield from ("".join(letters) for letters in product(ascii_lowercase, repeat=length))
