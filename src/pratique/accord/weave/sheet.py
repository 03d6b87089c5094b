# SPDX-License-Identifier: Apache-2.0
"""The woven treaty as plain values: what stands beside what, which words mean which figure.

Nothing here looks like anything yet, and nothing is HTML or typst.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pratique.base.text import Sentence

Nature = Literal["plain", "name", "place", "term", "part", "code", "words"]
"""What a run is: the reader's language; a clause's label; where that clause stands; a name inside a
clause; what a translation calls such a name; the clause language; words of the accord in its own
language."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one nature. `thread`: the figure that they say; `target`: a row's name."""

    text: str
    nature: Nature = "plain"
    thread: int | None = None
    target: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A figure that a paragraph and a clause both say; `letter` where another has its unit."""

    words: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered paragraph: its lines; `foreign`: in the accord's language, not the sheet's."""

    label: str
    lines: tuple[Line, ...]
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A clause read back, in lines that each hold some sentences; `beside`: only some paragraphs.

    `further`: its figures that the reading says otherwise than the words do.
    """

    name: str
    kind: str
    label: Run
    beside: str
    lines: tuple[Line, ...]
    further: Line = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding for the margin: its code, what it says, and the reason if it is accepted."""

    code: str
    sentence: Line
    reason: Run = Run("")


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs and what stands beside them. `name` is its anchor, that of its first paragraph."""

    name: str
    paragraphs: tuple[Numbered, ...]
    readings: tuple[Reading, ...]
    threads: tuple[Thread, ...]
    remarks: tuple[Remark, ...]
    cases: tuple[str, ...]
    asks_nothing: bool = False

    @property
    def alike(self) -> tuple[Thread, ...]:
        """The figures of one unit, which the echo check cannot tell apart by their places."""
        return tuple(thread for thread in self.threads if thread.letter)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 a part, 2 an article, 3 anything below."""

    level: int
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Prose that is not numbered: a recital or a note."""

    text: str


Block = Heading | Prose | Row


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked case in words; `rows`: beside which it is named; `fails`: it does not hold."""

    name: str
    label: Run
    lines: tuple[Line, ...]
    rows: tuple[str, ...]
    fails: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many figures the clauses have, and how many of them the paragraphs say and are linked."""

    figures: int
    linked: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole treaty, for a reader of `language`; its clauses are in the language `tongue`.

    `notice` stands before the title in the text; `parties` sign; `summary`: what was checked.
    """

    title: str
    language: str
    tongue: str
    prose_language: str
    draft: str
    date: str
    notice: str
    is_illustrative: bool
    blocks: tuple[Block, ...]
    cases: tuple[Worked, ...]
    parties: tuple[str, ...]
    count: Count
    summary: tuple[Sentence, ...]
