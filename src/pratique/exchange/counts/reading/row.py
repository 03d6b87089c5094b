# SPDX-License-Identifier: Apache-2.0
"""A row as read: whose count, of which period, known when, how many; or why it is not taken.

Rows are read each for itself; what they say together is settled later.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pratique.base.moment import Day, day_from_iso, iso_day
from pratique.base.text import Code, say
from pratique.exchange.counts.gazetteer import Gazetteer
from pratique.exchange.counts.layout import period_text
from pratique.exchange.counts.mapping import Mapping
from pratique.exchange.counts.reading.figures import Figure, Writing, figure_of, shortened
from pratique.exchange.counts.reading.periods import Dating, day_written, period_of
from pratique.exchange.counts.reading.refused import NotTaken, stopped
from pratique.exchange.counts.reading.whose import Naming
from pratique.exchange.counts.rows import Change, Raw, Reading, Reason, Unused
from pratique.exchange.counts.sources.dhis2 import COLUMNS as DHIS2
from pratique.exchange.counts.sources.matrix import ACROSS, CELL
from pratique.surveillance.series.rhythm import DAYS

_BESIDE = ("population", "expected", "reporting")
Days = tuple[Day, Day, tuple[Change, ...]]
"""The first day of a period, the day known, and what was read otherwise."""


@dataclass(slots=True)
class Reader:
    """Reads rows by a mapping; `today` is the day after which nothing can have been counted."""

    mapping: Mapping
    gazetteer: Gazetteer | None
    today: Day
    columns: dict[str, str] = field(init=False)
    _writing: Writing = field(init=False)
    _dating: Dating = field(init=False)
    _naming: Naming = field(init=False)
    _beside: list[str] = field(init=False)
    _days: dict[tuple[str, ...], Days] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        mapping = self.mapping
        self._writing, self._dating = mapping.writing, mapping.dating
        given = DHIS2 if mapping.format == "dhis2" else {}
        across = {mapping.matrix.across: ACROSS, "value": CELL} if mapping.matrix else {}
        self.columns = {**given, **mapping.columns, **across}
        self._naming = Naming(mapping, self.gazetteer, self.columns)
        self._beside = [name for name in _BESIDE if name in self.columns]

    def read(self, raw: Raw) -> Reading | Unused:
        """Return a row as read, or why it is not taken."""
        if raw.ill is not None:
            return Unused(raw, raw.ill)
        try:
            return self._reading(raw)
        except NotTaken as reached:
            return Unused(raw, reached.reason)

    def _reading(self, raw: Raw) -> Reading:
        named = self._naming.of(raw)
        day, known, told = self._days_of(raw)
        changes = [*raw.changes, *named.changes, *told]
        beside = {name: self._figure_beside(raw, name, changes) for name in self._beside}
        value = self._value(raw, changes)
        return Reading(
            raw=raw,
            whose=named.whose,
            how=named.how,
            day=day,
            known=known,
            value=value,
            beside=(beside.get("population"), beside.get("expected"), beside.get("reporting")),
            changes=tuple(changes),
        )

    def _text(self, raw: Raw, name: str) -> str:
        column = self.columns.get(name)
        return " ".join(str(raw.cell(column)).split()) if column else ""

    def _days_of(self, raw: Raw) -> Days:
        texts = tuple([self._text(raw, name) for name in ("period", "year", "week", "known")])
        found = self._days.get(texts)
        if found is None:
            changes: list[Change] = []
            day = self._day(texts[0], texts[1], texts[2], changes)
            found = self._days[texts] = (day, self._known(texts[3], day, changes), tuple(changes))
        return found

    def _day(self, written: str, year: str, week: str, changes: list[Change]) -> Day:
        if not written and year and week:
            written = f"{year}-W{week.lstrip('Ww')}"
        day = period_of(written, self._dating)
        if isinstance(day, Reason):
            raise NotTaken(day)
        self._require_past(day, written)
        named = period_text(day, self.mapping.rhythm)
        if named != written:
            changes.append(Change("period", written, named))
        return day

    def _known(self, written: str, day: Day, changes: list[Change]) -> Day:
        if not written:
            return self._known_unsaid(day)
        known = day_written(written, self._dating.forms)
        if isinstance(known, Reason):
            raise NotTaken(known)
        self._require_past(known, written)
        if known < day:
            told = say(
                "it was known on {known}, before its period began on {day}",
                known=iso_day(known),
                day=iso_day(day),
            )
            raise stopped("before", told)
        if iso_day(known) != written:
            changes.append(Change("date", written, iso_day(known)))
        return known

    def _require_past(self, day: Day, written: str) -> None:
        if day > self.today:
            told = say("{period} is in the future", period=Code(shortened(written)))
            raise stopped("future", told)

    def _known_unsaid(self, day: Day) -> Day:
        said = self.mapping.dates.known
        if not said:
            raise stopped("no_known", say("no day is told on which it was known"))
        if said == "period":
            return min(day + DAYS[self.mapping.rhythm] - 1, self.today)
        return max(day, day_from_iso(said))

    def _value(self, raw: Raw, changes: list[Change]) -> int:
        if self.mapping.format == "linelist" and "value" not in self.columns:
            return 1
        return self._figure(raw, "value", changes).value

    def _figure_beside(self, raw: Raw, name: str, changes: list[Change]) -> float | None:
        try:
            return float(self._figure(raw, name, changes).value)
        except NotTaken as reached:
            if reached.reason.aside:
                return None
            raise

    def _figure(self, raw: Raw, name: str, changes: list[Change]) -> Figure:
        cell = raw.cell(self.columns[name])
        found = figure_of(cell, self._writing)
        if isinstance(found, Reason):
            raise NotTaken(found)
        if found.rule:
            changes.append(Change(f"figure_{found.rule}", str(cell), str(found.value)))
        return found
