# SPDX-License-Identifier: Apache-2.0
"""Line lists, a row for each person: added up on arrival. Persons are never stored.

What says who somebody is, and any column the mapping does not name, is dropped before anything is
kept, quarantine included; the person's own number is held in memory only, to find duplicates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from pratique.base.text import say
from pratique.exchange.counts.mapping import Mapping
from pratique.exchange.counts.reading.row import Reader
from pratique.exchange.counts.reading.whose import PERSONAL
from pratique.exchange.counts.rows import Count, Raw, Reading, Reason, Unused


def persons(rows: Iterable[Raw], reader: Reader) -> Iterator[Reading | Unused]:
    """Yield rows of persons as read, stripped of who they are; a person told twice is set aside."""
    kept = kept_columns(reader.mapping)
    column = reader.columns.get("person", "")
    seen: set[str] = set()
    for raw in rows:
        person = str(raw.cell(column)).strip() if column else ""
        bare = stripped(raw, kept)
        if person and person in seen:
            reason = Reason("same_person", say("the person was told of before"), aside=True)
            yield Unused(bare, reason)
            continue
        read = reader.read(raw)
        if isinstance(read, Unused):
            yield Unused(bare, read.reason)
            continue
        if person:
            seen.add(person)
        yield replace(read, raw=bare)


def kept_columns(mapping: Mapping) -> frozenset[str]:
    """Return the columns of a line list that may be shown in quarantine."""
    return frozenset(
        column for field, column in mapping.columns.items() if field not in PERSONAL
    ) - {column for field, column in mapping.columns.items() if field in PERSONAL}


def stripped(raw: Raw, kept: frozenset[str]) -> Raw:
    """Return a row with the columns that may be kept; of a row that is no row, none."""
    if len(raw.cells) != len(raw.header):
        return replace(raw, header=(), cells=())
    pairs = [(n, c) for n, c in zip(raw.header, raw.cells, strict=True) if n in kept]
    return replace(raw, header=tuple(n for n, _ in pairs), cells=tuple(c for _, c in pairs))


def added_up(readings: Iterable[Reading]) -> list[Count]:
    """Return how many persons of a kind and period were known of on each day, cumulatively."""
    ordered = sorted(readings, key=lambda one: (one.whose, one.day, one.known))
    counts: list[Count] = []
    for (whose, day), of_period in groupby(ordered, key=lambda one: (one.whose, one.day)):
        total = 0
        for known, newly in groupby(of_period, key=lambda one: one.known):
            total += sum(one.value for one in newly)
            counts.append(Count(whose, day, known, total))
    return counts
