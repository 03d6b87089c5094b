# SPDX-License-Identifier: Apache-2.0
"""What the page of signals shows, as plain values: rows, panels, places, and where it comes from.

Nothing here is computed; whoever ran a detector fills it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pratique.base.moment import Day
from pratique.base.text import Sentence
from pratique.surveillance.series.rhythm import Rhythm

Standing = Literal["signal", "none", "unknown"]
"""A place has a signal, none, or could not be looked at."""


@dataclass(frozen=True, slots=True)
class Raised:
    """One signal: whose series, in which period, its figures, and why."""

    label: str
    place: str
    period: Day
    count: float
    expected: float | None
    upper: float | None
    why: Sentence
    panel: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One series as it is drawn; NaN: missing, or not looked at. `lines`: its rows in the table."""

    name: str
    label: str
    periods: tuple[Day, ...]
    counts: tuple[float, ...]
    expected: tuple[float, ...]
    upper: tuple[float, ...]
    signals: tuple[bool, ...]
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map."""

    name: str
    lon: float
    lat: float
    standing: Standing
    signals: int = 0
    together: bool = False
    """Whether it is one of places that rose together."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Places that rose together, since when, and why they are told of."""

    what: str
    places: tuple[str, ...]
    since: Day
    until: Day
    count: float | None
    expected: float | None
    pvalue: float | None
    why: Sentence


@dataclass(frozen=True, slots=True)
class Records:
    """The tables that stand beside the page: their file names, and how many rows each has."""

    signals: str
    signal_rows: int
    counts: str
    count_rows: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page. `looked` of `given` series could be looked at in `period`."""

    sources: tuple[str, ...]
    known: Day | None
    rhythm: Rhythm
    period: Day
    since: Day
    given: int
    looked: int
    signalling: int
    raised: tuple[Raised, ...]
    raised_in_all: int
    panels: tuple[Panel, ...]
    together: tuple[Seen, ...]
    spots: tuple[Spot, ...]
    unplaced: tuple[str, ...]
    detector: Sentence
    source: str
    choices: tuple[Sentence, ...]
    records: Records
    command: str
