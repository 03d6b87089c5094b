# SPDX-License-Identifier: Apache-2.0
"""An import from files to counts, as one function; it writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pratique.base.moment import Day
from pratique.exchange.counts.gazetteer import Gazetteer
from pratique.exchange.counts.linelist import persons
from pratique.exchange.counts.mapping import Mapping
from pratique.exchange.counts.reading.row import Reader
from pratique.exchange.counts.report import Report, read_otherwise, tallies
from pratique.exchange.counts.rows import Count, Raw, Reading, Unused, parted
from pratique.exchange.counts.settling import settled
from pratique.exchange.counts.sources import rows_of

Progress = Callable[[str, int], None]
"""Called now and then with a file's name and how many of its rows are read."""
_NOW_AND_THEN = 2_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: the counts, the rows taken, those not taken in their order."""

    counts: tuple[Count, ...]
    taken: tuple[Reading, ...]
    unused: tuple[Unused, ...]
    report: Report


@dataclass(slots=True)
class _Counter:
    """Counts rows as they are given."""

    files: dict[str, int] = field(default_factory=dict)
    progress: Progress | None = None

    def through(self, name: str, rows: Iterable[Raw]) -> Iterator[Raw]:
        """Yield rows on, counted."""
        self.files.setdefault(name, 0)
        for row in rows:
            self.files[name] += 1
            if self.progress and self.files[name] % _NOW_AND_THEN == 0:
                self.progress(name, self.files[name])
            yield row


def imported(
    paths: Sequence[Path],
    mapping: Mapping,
    *,
    gazetteer: Gazetteer | None = None,
    today: Day,
    progress: Progress | None = None,
) -> Imported:
    """Return what files come to by a mapping; NotCounts if one of them cannot be read at all."""
    counter = _Counter(progress=progress)
    reader = Reader(mapping, gazetteer, today)
    rows: list[Reading | Unused] = []
    for path in paths:
        given = counter.through(path.name, rows_of(path, mapping))
        if mapping.format == "linelist":
            rows += persons(given, reader)
        else:
            rows += map(reader.read, given)
    read, unused = parted(rows)
    found = settled(read, mapping)
    unused += found.unused
    order = {name: n for n, name in enumerate(counter.files)}
    unused.sort(key=lambda one: (order[one.raw.file], one.raw.line))
    counts = tuple(_peopled(found.counts.values(), gazetteer))
    report = _report(mapping, counter, found.taken, unused, counts)
    return Imported(counts, tuple(found.taken), tuple(unused), report)


def _report(
    mapping: Mapping,
    counter: _Counter,
    taken: Sequence[Reading],
    unused: Sequence[Unused],
    counts: Sequence[Count],
) -> Report:
    aside = [one for one in unused if one.reason.aside]
    refused = [one for one in unused if not one.reason.aside]
    return Report(
        unit={"linelist": "persons", "matrix": "cells"}.get(mapping.format, "rows"),
        files=counter.files,
        given=sum(counter.files.values()),
        taken=len(taken),
        set_aside=len(aside),
        refused=len(refused),
        written=len(counts),
        series=len({one.whose for one in counts}),
        aside_for=tallies(aside),
        refused_for=tallies(refused),
        read_otherwise=read_otherwise(taken),
    )


def _peopled(counts: Iterable[Count], gazetteer: Gazetteer | None) -> Iterator[Count]:
    """Yield counts with the gazetteer's population where the source told none."""
    for one in counts:
        place = gazetteer.of(one.whose.place) if gazetteer else None
        # The gazetteer's number is of all people, so it stands beside counts of all only.
        is_of_all = not (one.whose.age or one.whose.sex or one.whose.group)
        if place and place.population is not None and one.beside[0] is None and is_of_all:
            yield replace(one, beside=(place.population, *one.beside[1:]))
        else:
            yield one
