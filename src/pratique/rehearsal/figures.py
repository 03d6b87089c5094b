# SPDX-License-Identifier: Apache-2.0
"""What a chart and its table are, as plain values: drawn by the room `chart`, shown by a report.

Nothing is drawn here. A label is a Sentence or a string; moments are seconds, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pratique.base.moment import Clock, Day, Moment
from pratique.base.text import Sentence
from pratique.markup.table import Table

Words = Sentence | str


@dataclass(frozen=True, slots=True)
class Point:
    """One figure as published: the day it speaks of, when it became known, its source."""

    known: Moment
    spoken: Day
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a line has one value (None: unknown); `partial`: a part is unknown."""

    start: Moment
    end: Moment
    value: float | None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One party's figures, or all parties' (`is_total`): as published, and as they stood."""

    label: Words
    stretches: tuple[Stretch, ...]
    points: tuple[Point, ...] = ()
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value that a condition compares with; `of_total`: all parties' figures together."""

    value: float
    label: Words
    of_total: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated decision: its clause, and the height at which it stands (None: on the time axis)."""

    moment: Moment
    clause: str
    rows: tuple[int, ...]
    value: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows. `begins` and `until` bound its time; `narrow` is the form for a phone."""

    name: str
    title: Sentence
    description: Sentence
    lines: tuple[Line, ...]
    thresholds: tuple[Threshold, ...]
    marks: tuple[Mark, ...]
    begins: Moment
    until: Moment
    clock: Clock
    language: str
    narrow: bool = False

    def narrowed(self) -> Chart:
        """Return the same chart in its form for a phone."""
        return replace(self, name=f"{self.name}-narrow", narrow=True)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as SVG text, and the table that says the same."""

    svg: str
    table: Table


Draw = Callable[[Chart], Drawn]
"""What draws: given to a report by whoever stands above both."""
