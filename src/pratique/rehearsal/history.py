# SPDX-License-Identifier: Apache-2.0
"""History as an accord's folder keeps it: published tables and `series.toml`, read from a path.

A row speaks of one day and became known on another. What cannot be read is refused with its place.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pratique.accord.kinds.measure import Measure
from pratique.accord.program import Program
from pratique.base.moment import BEFORE, Day, Moment, day_from_iso, iso_day
from pratique.base.text import Code, Sentence, say
from pratique.rehearsal.detected.counts import Published, Reported, counts_known, reported, together
from pratique.rehearsal.detected.verdicts import Herald, Verdict
from pratique.rehearsal.detected.watch import watch_of

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
    reason: Sentence | None = None
    """Why a detector says so, where one does."""
    happened: Moment | None = None
    """Of an event: when what it says had happened; a figure has a day and a value instead."""


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
    heard: Moment = BEFORE
    """When the last count became known that a detector read, whether or not it said anything."""

    @property
    def last_known(self) -> Moment:
        """When the last figure became known."""
        return max([self.heard, *(one.known for one in self.publications[-1:])])

    def because(self, measure: str, party: str | None, known: Moment) -> tuple[Sentence, ...]:
        """Return why a detector said at a moment what it did of a measure and party, if it did."""
        return tuple(
            one.reason
            for one in self.publications
            if one.reason is not None
            and (one.measure, one.party, one.known) == (measure, party, known)
        )


def read_history(folder: Path, program: Program) -> History:
    """Return a folder's history as the program's measures read it; NotHistory if it cannot be."""
    series_file = folder / "series.toml"
    about = _toml(series_file)
    clock = program.clock
    publications: list[Publication] = []
    unused: list[str] = []
    known_at, heard = _hour(about, series_file), BEFORE
    begins = clock.start(_day(str(about.get("begins", "")), f"{series_file}: begins"))
    for measure in program.measures.values():
        series = _series_for(measure, about)
        if series is None or (measure.detector and measure.detector not in program.detectors):
            unused.append(measure.name)
            continue
        told = _Told(folder, program, measure, series, about, known_at)
        if measure.detector:
            counts = _counts(told)
            heard = max([heard, *map(told.known, counts.figures.known_days()[-1:])])
            publications += _detected(told, counts, begins)
        else:
            publications += _published(told)
    if not publications and heard == BEFORE:
        raise NotHistory(say("{file} has no series that this accord reads", file=str(series_file)))
    publications.sort(key=lambda one: (one.known, one.measure, one.day, one.party or ""))
    if publications and publications[0].known < begins:
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
        heard,
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
    if wanted is None:
        return None
    for series in about.get("series", []):
        key = (series.get("name", ""), series.get("disease", ""), series.get("class", ""))
        if key == (wanted.name, wanted.disease, wanted.group):
            return dict(series)
    return None


@dataclass(frozen=True, slots=True)
class _Told:
    """What history tells of one measure, and where: an entry `[[series]]` of `series.toml`."""

    folder: Path
    program: Program
    measure: Measure
    series: dict[str, Any]
    about: dict[str, Any]
    known_at: int

    def known(self, day: Day) -> Moment:
        """Return when what is published on a day is known."""
        return self.program.clock.start(day) + self.known_at

    @property
    def file(self) -> Path:
        """The table; only what stands in the history's own folder is read."""
        return self.folder / Path(str(self.series.get("file", ""))).name


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure as its table has it: its place there, whose it is, and the code of that."""

    place: str
    code: str
    party: str | None
    day: Day
    published: Day
    value: str
    source: str


def _rows_of(told: _Told) -> Iterator[_Row]:
    series, about = told.series, told.about
    codes = {str(code): party for party, code in about.get("parties", {}).items()}
    for line, row in _rows(told.file, [str(series.get(key, "")) for key in ("known", "value")]):
        value = (row.get(str(series["value"])) or "").strip()
        code = (row.get(str(series.get("party", ""))) or "").strip()
        if not value or (told.measure.per_party and code not in codes):
            continue
        place = f"{told.file.name}:{line}"
        published = _day(row[str(series["known"])].strip(), place)
        spoken = (row.get(str(series.get("spoken", ""))) or "").strip()
        day = _day(spoken, place) if spoken else published
        if day > published:
            raise NotHistory(
                say("{place}: the figure speaks of a day after its publication", place=place)
            )
        _number(value, place)
        source = row.get("source") or str(about.get("source", ""))
        yield _Row(place, code, codes.get(code), day, published, value, source)


def _published(told: _Told) -> Iterator[Publication]:
    for row in _rows_of(told):
        whose = row.party if told.measure.per_party else None
        known = told.known(row.published)
        yield Publication(told.measure.name, whose, row.day, row.value, known, row.source)


def _detected(told: _Told, counts: Reported, begins: Moment) -> Iterator[Publication]:
    """Yield what a measure's detector says at each publication of its counts, as known then.

    Counts from before the register begins are read, and nothing is said of them.
    """
    measure, program = told.measure, told.program
    watch = watch_of(measure, program.detectors)
    herald = Herald(watch, reach=program.reach[measure.name])
    for today in counts.figures.known_days():
        if told.known(today) < begins:
            continue
        series = counts_known(counts, today)
        for one in herald.news(series if measure.per_party else together(series), today):
            yield _proclaimed(told, one, today)


def _counts(told: _Told) -> Reported:
    """Return the counts that a measure's detector reads."""
    counting = told.series.get("counts")
    if counting not in ("new", "cumulative"):
        raise NotHistory(
            say(
                "{file}: the detector of {measure} needs to know what the figures of {series}"
                ' count: write `counts = "new"` or `counts = "cumulative"`',
                file=str(told.folder / "series.toml"),
                measure=Code(told.measure.name),
                series=Code(str(told.series.get("name", ""))),
            )
        )
    rows = list(_rows_of(told))
    for row in rows:
        if Decimal(row.value) < 0:
            raise NotHistory(say("{place}: a count is never negative", place=row.place))
    if told.measure.per_party:
        places = [party for party in told.program.parties if party in told.about["parties"]]
    else:
        places = sorted({row.code for row in rows})
    return reported(
        (
            Published(
                row.party or "" if told.measure.per_party else row.code,
                row.day,
                row.published,
                float(row.value),
            )
            for row in rows
        ),
        places,
        watch_of(told.measure, told.program.detectors).rhythm,
        counting=counting,
    )


def _proclaimed(told: _Told, one: Verdict, today: Day) -> Publication:
    known = told.known(today)
    return Publication(
        told.measure.name,
        one.place or None,
        one.day,
        str(int(one.signal)),
        known,
        str(one.reason),
        one.reason,
        min(known, told.program.clock.start(one.day + 1)) if told.measure.is_event else None,
    )


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
