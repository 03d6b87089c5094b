# SPDX-License-Identifier: Apache-2.0
"""History as an accord's folder keeps it: published tables and `series.toml`, read from a path.

A row speaks of one day and became known on another. What cannot be read is refused with its place.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pratique.accord.kinds.measure import Measure
from pratique.accord.program import Program
from pratique.base.moment import Day, Moment, day_from_iso, iso_day
from pratique.base.text import Sentence, say

MOST_ROWS = 1_000_000
MOST_BYTES = 200_000_000


class NotHistory(ValueError):
    """A history folder that cannot be read; says where and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Publication:
    """One figure as published: of which measure and party, of which day, when known, from where."""

    measure: str
    party: str | None
    day: Day
    value: str
    known: Moment
    source: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with its source: shown beside a replay, never read by it."""

    day: Day
    words: str
    source: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """All that a replay reads: publications as they became known, events, and their source."""

    title: str
    source: str
    begins: Moment
    publications: tuple[Publication, ...]
    events: tuple[Event, ...]
    unused: tuple[str, ...]
    """Measures of the accord that history has no series for."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """By clause: the kind of historic events that stands beside what it would have done."""

    @property
    def last_known(self) -> Moment:
        """When the last figure became known."""
        return self.publications[-1].known


def read_history(folder: Path, program: Program) -> History:
    """Return a folder's history as the program's measures read it; NotHistory if it cannot be."""
    series_file = folder / "series.toml"
    about = _toml(series_file)
    clock = program.clock
    publications: list[Publication] = []
    unused: list[str] = []
    known_at = _hour(about, series_file)
    for measure in program.measures.values():
        series = _series_for(measure, about)
        if series is None:
            unused.append(measure.name)
            continue
        publications += _publications(
            folder, measure, series, about, known=lambda day: clock.start(day) + known_at
        )
    if not publications:
        raise NotHistory(say("{file} has no series that this accord reads", file=str(series_file)))
    publications.sort(key=lambda one: (one.known, one.measure, one.day, one.party or ""))
    begins = clock.start(_day(str(about.get("begins", "")), f"{series_file}: begins"))
    if publications[0].known < begins:
        raise NotHistory(
            say(
                "{file}: `begins` is later than the first figure, known on {day}",
                file=str(series_file),
                day=iso_day(clock.day(publications[0].known)),
            )
        )
    return History(
        str(about.get("title", folder.name)),
        str(about.get("source", "")),
        begins,
        tuple(publications),
        tuple(_events(folder, about)),
        tuple(unused),
        {str(clause): str(kind) for clause, kind in about.get("beside", {}).items()},
    )


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as fault:
        raise NotHistory(
            say("{file} cannot be read: {fault}", file=str(file), fault=str(fault))
        ) from fault


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise NotHistory(say("{file} is too large", file=str(file)))
        return file.read_text("utf-8-sig")
    except OSError as fault:
        raise NotHistory(
            say("{file} cannot be opened: {fault}", file=str(file), fault=fault.strerror or "")
        ) from fault
    except UnicodeDecodeError as fault:
        raise NotHistory(say("{file} is not UTF-8 text", file=str(file))) from fault


def _hour(about: dict[str, Any], file: Path) -> int:
    words = str(about.get("known_at", "00:00"))
    hours, colon, minutes = words.partition(":")
    if not (
        colon
        and hours.isdecimal()
        and minutes.isdecimal()
        and int(hours) < 24
        and int(minutes) < 60
    ):
        raise NotHistory(say("{file}: `known_at` is a time of day such as 12:00", file=str(file)))
    return int(hours) * 3600 + int(minutes) * 60


def _series_for(measure: Measure, about: dict[str, Any]) -> dict[str, Any] | None:
    wanted = measure.series
    if wanted is None or wanted.detector:  # nobody publishes what a detector makes of a series
        return None
    for series in about.get("series", []):
        key = (series.get("name", ""), series.get("disease", ""), series.get("class", ""))
        if key == (wanted.name, wanted.disease, wanted.group):
            return dict(series)
    return None


def _publications(
    folder: Path,
    measure: Measure,
    series: dict[str, Any],
    about: dict[str, Any],
    *,
    known: Callable[[Day], Moment],
) -> Iterator[Publication]:
    codes = {str(code): party for party, code in about.get("parties", {}).items()}
    file = folder / Path(str(series.get("file", ""))).name
    for line, row in _rows(file, [str(series.get(key, "")) for key in ("known", "value")]):
        value = (row.get(str(series["value"])) or "").strip()
        party = codes.get((row.get(str(series.get("party", ""))) or "").strip())
        if not value or (measure.per_party and party is None):
            continue
        place = f"{file.name}:{line}"
        published = _day(row[str(series["known"])].strip(), place)
        spoken = (row.get(str(series.get("spoken", ""))) or "").strip()
        day = _day(spoken, place) if spoken else published
        if day > published:
            raise NotHistory(
                say("{place}: the figure speaks of a day after its publication", place=place)
            )
        _number(value, place)
        source = row.get("source") or str(about.get("source", ""))
        whose = party if measure.per_party else None
        yield Publication(measure.name, whose, day, value, known(published), source)


def _rows(file: Path, wanted: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(_text(file).splitlines())
    absent = [name for name in wanted if name not in (reader.fieldnames or ())]
    if absent:
        raise NotHistory(
            say("{file} has no column {names}", file=file.name, names=", ".join(absent))
        )
    for count, row in enumerate(reader):
        if count >= MOST_ROWS:
            raise NotHistory(
                say("{file} has more than {most} rows", file=file.name, most=MOST_ROWS)
            )
        yield reader.line_num, row


def _day(words: str, place: str) -> Day:
    try:
        return day_from_iso(words)
    except ValueError as fault:
        raise NotHistory(
            say("{place}: `{words}` is not a day such as 2014-07-16", place=place, words=words)
        ) from fault


def _number(words: str, place: str) -> None:
    try:
        Decimal(words)
    except InvalidOperation as fault:
        raise NotHistory(
            say("{place}: `{words}` is not a number", place=place, words=words)
        ) from fault


def _events(folder: Path, about: dict[str, Any]) -> Iterator[Event]:
    for one in about.get("events", []):
        file = folder / Path(str(one.get("file", ""))).name
        for line, row in _rows(file, ["date", "event", "source"]):
            yield Event(
                _day(row["date"].strip(), f"{file.name}:{line}"),
                row["event"],
                row["source"],
                row.get("kind") or "",
            )
