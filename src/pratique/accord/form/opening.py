# SPDX-License-Identifier: Apache-2.0
"""The line that opens a block: its marks, and the paragraphs it names as short ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pratique.accord.document import Fence

# As many paragraphs as the reader takes in one range.
MOST_RANGE = 200

_OPENING = re.compile(r"(?P<before>[^`~]*)(?P<marks>`{3,}|~{3,})\s*accord")


def opening_of(raw: str, fence: Fence) -> str:
    """Return the opening line of a block in canonical form; as it is if it cannot be told apart."""
    match = _OPENING.match(raw)
    if match is None:
        return raw
    words = [f"{match['before']}{match['marks']}accord", *_references(fence)]
    return " ".join([*words, "none"] if fence.asks_nothing else words)


def margin_of(raw: str) -> str:
    """Return what stands before each line of a block: nothing, or what puts it into a list."""
    match = _OPENING.match(raw)
    return re.sub(r"[^>\s]", " ", match["before"]) if match else ""


def _references(fence: Fence) -> list[str]:
    numbers = [tuple(map(int, label.split("."))) for label in fence.paragraphs]
    shown = ", ".join(_range(run) for run in _runs(numbers))
    return [shown] if shown else []


def _runs(labels: Iterable[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    run: list[tuple[int, ...]] = []
    for article, number in labels:
        if run and ((article, number - 1) != run[-1] or len(run) > MOST_RANGE):
            yield run
            run = []
        run.append((article, number))
    if run:
        yield run


def _range(run: list[tuple[int, ...]]) -> str:
    first, last = (f"{article}.{number}" for article, number in (run[0], run[-1]))
    return first if len(run) == 1 else f"{first}-{last}"
