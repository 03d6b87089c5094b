# SPDX-License-Identifier: Apache-2.0
"""Blanks within one line of clauses: its comment apart, runs of spaces to one, quotes kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

_QUOTED = re.compile(r'("[^"]*")')
_BLANKS = re.compile(r"[ \t]+")
_COLON = re.compile(r" ?: ?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: how far it is indented, its words, and the comment behind them."""

    indent: int
    words: str
    comment: str


def line_of(raw: str) -> Line:
    """Return a line taken apart as the reader does: a comment has whole quotes behind its `#`."""
    text = raw.expandtabs(4)
    at = _comment_place(text)
    words = text[:at].rstrip()
    return Line(len(words) - len(words.lstrip()), words.strip(), text[at:].rstrip())


def spaced(words: str) -> str:
    """Return words with one blank for each run outside quotes; as they are if one stays open."""
    pieces = _QUOTED.split(words.strip())
    if '"' in "".join(pieces[::2]):
        return words.strip()
    pieces[::2] = [_BLANKS.sub(" ", piece) for piece in pieces[::2]]
    return "".join(pieces)


def spaced_header(words: str) -> str:
    """Return a clause's first line, with one blank after the colon of its type and none before."""
    pieces = _QUOTED.split(spaced(words))
    for index in range(0, len(pieces), 2):
        if ":" in pieces[index]:
            pieces[index] = _COLON.sub(": ", pieces[index], count=1)
            break
    return "".join(pieces).rstrip()


def _comment_place(text: str) -> int:
    quotes = list(accumulate(text.count('"', i, i + 1) for i in range(len(text))))
    for index, character in enumerate(text):
        if character == "#" and (quotes[-1] - quotes[index]) % 2 == 0:
            return index
    return len(text)
