# SPDX-License-Identifier: Apache-2.0
"""Places that rise together: the space-time scan over all places, and neighbours by a table.

Counts of one disease, indicator and class are summed over ages, sexes and groups of a place.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pratique.base.moment import Day
from pratique.base.text import Code, say
from pratique.chart.signals_page import Seen
from pratique.cli.counts.gathering import Found
from pratique.cli.counts.reading import Counts, sets_of
from pratique.cli.speech import CannotRun
from pratique.exchange.counts.gazetteer import Gazetteer, Place
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.clusters.neighbours import rising_together
from pratique.surveillance.clusters.scan import circles, scan
from pratique.surveillance.series.collection import Identity
from pratique.surveillance.series.rhythm import DAYS
from pratique.surveillance.series.sums import require_once

SEED = 20_010_719
"""Replicates are drawn from this seed, so that the same counts give the same answer."""
LEVEL = 0.05
LONGEST = 4


class _Table(NamedTuple):
    places: tuple[Place, ...]
    periods: Whole
    counts: Floats


def scanned(counts: Counts, gazetteer: Gazetteer) -> tuple[Seen, ...]:
    """Return the clusters that last until now, found by the scan; CannotRun if places lack."""
    found: list[Seen] = []
    tables = _tables(counts, gazetteer)
    if not tables:
        raise CannotRun(
            say("`--scan` needs two places or more with lon, lat and population in `--places`")
        )
    for what, table in tables.items():
        found += _clusters(what, table, DAYS[counts.rhythm])
    return tuple(sorted(found, key=lambda one: (one.pvalue or 1.0, -(one.count or 0))))


def _clusters(what: str, table: _Table, step: int) -> Iterator[Seen]:
    places, periods, figures = table
    where = [(p.longitude or 0.0, p.latitude or 0.0, p.population or 0.0) for p in places]
    lon, lat, persons = (list(column) for column in zip(*where, strict=True))
    longest = min(LONGEST, figures.shape[1])
    # Persons say what to expect if all places were alike; the history of each says it better.
    clusters = scan(
        figures,
        persons,
        circles(lon, lat, persons),
        chance=np.random.default_rng(SEED),
        longest=longest,
    )
    names = [place.name for place in places]
    for one in clusters:
        if one.pvalue > LEVEL:
            continue
        since, until = int(periods[one.since]), int(periods[one.until])
        yield Seen(
            what,
            tuple(names[place] for place in one.places),
            since,
            until,
            one.count,
            one.expected,
            one.pvalue,
            one.reason(names, since),
        )


def _tables(counts: Counts, gazetteer: Gazetteer) -> dict[str, _Table]:
    """Return, for each disease, the counts of those places of which all is known."""
    sums: dict[tuple[str, int, int], dict[Place, Floats]] = defaultdict(dict)
    parts: dict[tuple[str, Place], list[Identity]] = defaultdict(list)
    for series in sets_of(counts):
        for identity, row in zip(series.identities, series.counts, strict=True):
            place = _placed(identity, gazetteer)
            if place is not None:
                table = sums[(_what(identity), series.first, len(row))]
                table[place] = table[place] + row if place in table else row
                parts[_what(identity), place].append(identity)
    for (what, place), identities in parts.items():
        _require_once(what, place, identities)
    step = DAYS[counts.rhythm]
    return {
        what: _Table(tuple(table), first + step * np.arange(length), np.array(list(table.values())))
        for (what, first, length), table in sums.items()
        if len(table) > 1
    }


def _require_once(what: str, place: Place, identities: Sequence[Identity]) -> None:
    whole = replace(identities[0], place=place.name, age="", sex="", group="")
    try:
        if len(identities) > 1:
            require_once(whole, [replace(one, place=place.name) for one in identities])
    except ValueError as fault:
        raise CannotRun(
            say(
                "{what} in {place} would be counted twice: its figures stand there as a whole and"
                " by age, sex or group, or under two names of one place; keep one of them for"
                " `--scan`",
                what=what,
                place=place.name,
            )
        ) from fault


def _what(identity: Identity) -> str:
    parts = (identity.disease, identity.indicator, identity.class_)
    return " · ".join(part for part in parts if part)


def _placed(identity: Identity, gazetteer: Gazetteer) -> Place | None:
    found = gazetteer.find(identity.place)
    place = gazetteer.of(found.name) if found is not None else None
    if place is None or place.longitude is None or place.latitude is None or not place.population:
        return None
    return place


# --- neighbours -----------------------------------------------------------------------------------


def neighbours_rising(
    found: Found, pairs: Sequence[tuple[str, str]], gazetteer: Gazetteer | None, *, within: int
) -> tuple[Seen, ...]:
    """Return groups of neighbours that have signals within some days of one another.

    Where the gazetteer says what country each place lies in, only groups of several are told.
    """
    groups: dict[str, list[tuple[str, Day]]] = defaultdict(list)
    for one in found.signals:
        groups[_what(one.identity)].append((one.identity.place, one.period))
    seen: list[Seen] = []
    for what, rises in sorted(groups.items()):
        names = sorted({place for place, _ in rises})
        days = np.array(sorted({day for _, day in rises}), dtype=np.int64)
        rose = np.zeros((len(names), len(days)), dtype=np.bool_)
        for place, day in rises:
            rose[names.index(place), np.searchsorted(days, day)] = True
        known = [
            (names.index(one), names.index(other))
            for one, other in pairs
            if one in names and other in names
        ]
        countries = _countries(names, gazetteer)
        for group in rising_together(rose, days, known, within=within, countries=countries):
            seen.append(
                Seen(
                    what,
                    tuple(names[place] for place in group.places),
                    min(group.rose),
                    group.day,
                    None,
                    None,
                    None,
                    group.reason(names),
                )
            )
    return tuple(sorted(seen, key=lambda one: (-one.until, -len(one.places))))


def _countries(names: Sequence[str], gazetteer: Gazetteer | None) -> list[str] | None:
    if gazetteer is None:
        return None
    places = [gazetteer.of(found.name) if (found := gazetteer.find(n)) else None for n in names]
    parents = [place.parent if place is not None else "" for place in places]
    return parents if all(parents) and parents else None


def pairs_at(path: str) -> list[tuple[str, str]]:
    """Return the pairs of neighbours in a table: its first two columns, under any head.

    CannotRun if it cannot be read.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))[1:]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise CannotRun(say("{file} cannot be read as a CSV table", file=Code(path))) from fault
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if len(row) > 1]
    if not pairs:
        raise CannotRun(say("{file} has no two columns of neighbours", file=Code(path)))
    return pairs
