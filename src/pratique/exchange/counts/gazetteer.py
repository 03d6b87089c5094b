# SPDX-License-Identifier: Apache-2.0
"""Place names against a gazetteer: as written, folded, or by a known other name; else suggestions.

A name that is merely close is never taken; somebody has to accept it in the mapping.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pratique.base.text import Code, say
from pratique.exchange.counts.faults import NotCounts

SUGGESTED_FROM = 75.0
"""How alike (of 100, rapidfuzz's WRatio) a name must be to be suggested."""
_OTHERS = re.compile(r"[|;]")
_APART = re.compile(r"[\W_]+")
_COLUMNS = ("name", "code", "parent", "other_names", "lon", "lat", "population")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its one name, its code, what it lies in, other names, where, how many live there."""

    name: str
    code: str = ""
    parent: str = ""
    others: tuple[str, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    population: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A place found, and how: `exact`, `code`, `folded`, `other_name` or `accepted`."""

    name: str
    rule: str


class Gazetteer:
    """Places, to be found by any of their names."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        self._exact = {place.name: place for place in self.places}
        self._codes = {place.code: place for place in self.places if place.code}
        self._folded = _unambiguous((place.name, place) for place in self.places)
        self._others = _unambiguous((name, place) for place in self.places for name in place.others)

    def find(self, written: str) -> Found | None:
        """Return the place of a name or code as written, or None if no name is the same."""
        if written in self._exact:
            return Found(written, "exact")
        if written in self._codes:
            return Found(self._codes[written].name, "code")
        key = folded(written)
        if key in self._folded:
            return Found(self._folded[key].name, "folded")
        return Found(self._others[key].name, "other_name") if key in self._others else None

    def of(self, name: str) -> Place | None:
        """Return the place of exactly this name."""
        return self._exact.get(name)

    def close_to(self, written: str, *, most: int = 3) -> tuple[str, ...]:
        """Return the names that are close to one, the closest first: suggestions, no more."""
        from rapidfuzz import fuzz, process

        names = {**self._others, **self._folded}
        ranked = process.extract(
            folded(written)[:100], list(names), scorer=fuzz.WRatio, score_cutoff=SUGGESTED_FROM
        )
        return tuple(dict.fromkeys(names[key].name for key, _, _ in ranked))[:most]


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name without case, accents and punctuation, for comparison only."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _APART.sub(" ", bare).strip()


def read_gazetteer(path: Path) -> Gazetteer:
    """Return the gazetteer in a CSV table; NotCounts, with the line, if it cannot be read.

    Columns: name, and if wanted code, parent, other_names (parted by `|` or `;`), lon, lat,
    population.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if "name" not in (rows.fieldnames or ()):
                raise NotCounts(say("{file} has no column `name`", file=path.name))
            places = [_place(row, rows.line_num, path) for row in rows]
    except OSError as fault:
        why = fault.strerror or ""
        raise NotCounts(
            say("{file} cannot be opened: {fault}", file=str(path), fault=why)
        ) from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise NotCounts(say("{file} is not UTF-8 text", file=str(path))) from fault
    return Gazetteer(_once(places, path))


def _once(places: list[Place], path: Path) -> Iterator[Place]:
    seen: set[str] = set()
    for place in places:
        if place.name in seen:
            raise NotCounts(
                say("{file}: {name} stands twice", file=path.name, name=Code(place.name))
            )
        seen.add(place.name)
        yield place


def _place(row: dict[str, str | None], line: int, path: Path) -> Place:
    cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    if not cells["name"]:
        raise NotCounts(say("{file}, line {line}: no name", file=path.name, line=str(line)))
    others = tuple(name.strip() for name in _OTHERS.split(cells["other_names"]) if name.strip())
    try:
        lon, lat, population = (
            float(cells[name]) if cells[name] else None for name in _COLUMNS[-3:]
        )
    except ValueError as fault:
        raise NotCounts(
            say(
                "{file}, line {line}: lon, lat and population are numbers",
                file=path.name,
                line=str(line),
            )
        ) from fault
    return Place(cells["name"], cells["code"], cells["parent"], others, lon, lat, population)


def _unambiguous(named: Iterable[tuple[str, Place]]) -> dict[str, Place]:
    """Return places by folded name, without the names that two places share."""
    places: dict[str, Place] = {}
    shared: set[str] = set()
    for name, place in named:
        key = folded(name)
        if places.setdefault(key, place) is not place:
            shared.add(key)
    return {key: place for key, place in places.items() if key and key not in shared}
