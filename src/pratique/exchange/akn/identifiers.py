# SPDX-License-Identifier: Apache-2.0
"""The ids of elements (eId), by the Akoma Ntoso Naming Convention 1.0, section 5.

An id is made of the numbers that the text itself bears, so it stays when other paragraphs change.
"""

from __future__ import annotations

from collections import Counter


def article_id(article: int) -> str:
    """Return the id of an article; articles are numbered throughout, so no part stands in it."""
    return f"art_{article}"


def paragraph_id(article: int, number: int) -> str:
    """Return the id of a numbered paragraph, `art_8__para_2`."""
    return f"{article_id(article)}__para_{number}"


class Identifiers:
    """Ids given so far in one document; none is given twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()

    def own(self, wanted: str) -> str:
        """Return an id as wanted; with a number behind it where the text bears it twice."""
        found, number = wanted, 1
        while found in self._taken:
            number += 1
            found = f"{wanted}-{number}"
        self._taken.add(found)
        return found

    def next(self, within: str, word: str) -> str:
        """Return the id of the next unnumbered thing of a sort within a place."""
        stem = f"{within}__{word}" if within else word
        self._counts[stem] += 1
        return self.own(f"{stem}_{self._counts[stem]}")
