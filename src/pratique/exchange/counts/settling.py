# SPDX-License-Identifier: Apache-2.0
"""What rows say together: told twice, told otherwise, totals into new counts, denominators.

Totals are followed in the order in which they became known; one that falls is a correction of what
was counted before, which nobody can lay on a day: it is reported, and counting goes on from it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pratique.base.moment import Day, iso_day
from pratique.base.text import say
from pratique.exchange.counts.linelist import added_up
from pratique.exchange.counts.mapping import Mapping
from pratique.exchange.counts.rows import Change, Count, Raw, Reading, Reason, Unused
from pratique.surveillance.series.collection import Identity
from pratique.surveillance.series.rhythm import DAYS

_BESIDE = ("population", "expected", "reporting")
Key = tuple[Identity, Day, Day]


@dataclass(slots=True)
class Settled:
    """The rows that are taken, those that are not, and what the tidy table will say."""

    taken: list[Reading] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    counts: dict[Key, Count] = field(default_factory=dict)

    def take(self, row: Reading, value: int | None) -> None:
        """Take a row as a count."""
        self.taken.append(row)
        self.put(row, value)

    def put(self, row: Reading, value: int | None, day: Day | None = None) -> None:
        """Write a count that follows from a row, of its own period or another."""
        spoken = row.day if day is None else day
        beside = row.beside if day is None else (None, None, None)
        count = Count(row.whose, spoken, row.known, value, beside)
        self.counts[row.whose, spoken, row.known] = count


def settled(rows: Iterable[Reading], mapping: Mapping) -> Settled:
    """Return what rows, read each for itself, come to together."""
    found = Settled()
    if mapping.format == "linelist":
        found.taken = list(rows)
        found.counts = {(one.whose, one.day, one.known): one for one in added_up(found.taken)}
        return found
    single = _single(rows, mapping, found)
    totals: dict[Identity, list[Reading]] = defaultdict(list)
    denominators: list[Reading] = []
    for row in single:
        if row.how == "new":
            found.take(row, row.value)
        elif row.how == "cumulative":
            totals[row.whose].append(row)
        else:
            denominators.append(row)
    for of_one in totals.values():
        _Totals(found, mapping).follow(of_one)
    _set_beside(denominators, found)
    return found


def _single(rows: Iterable[Reading], mapping: Mapping, found: Settled) -> list[Reading]:
    """Return the rows without those told twice, and those that others contradict."""
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for row in rows:
        groups[row.whose, row.how, row.day, row.known].append(row)
    single = []
    for group in groups.values():
        if len(group) == 1 or len({row.value for row in group}) == 1:
            kept = group[0]
        elif mapping.conflicts == "last":
            kept = group[-1]
        else:
            found.unused += [Unused(row.raw, _conflict(group)) for row in group]
            continue
        single.append(kept)
        found.unused += [
            Unused(row.raw, _told_twice(row, kept)) for row in group if row is not kept
        ]
    return single


def _conflict(group: Sequence[Reading]) -> Reason:
    return Reason(
        "conflict",
        say(
            "the same count is told otherwise on the same day: {values}, in {places}",
            values=tuple(row.value for row in group[:5]),
            places=tuple(_at(row.raw) for row in group[:5]),
        ),
    )


def _told_twice(row: Reading, kept: Reading) -> Reason:
    if row.value == kept.value:
        told = say("the same is told in {place}", place=_at(kept.raw))
        return Reason("duplicate", told, aside=True)
    told = say(
        "told anew on the same day: {value} in {place}", value=kept.value, place=_at(kept.raw)
    )
    return Reason("replaced", told, aside=True)


def _at(raw: Raw) -> str:
    return f"{raw.file}:{raw.line}"


class _Totals:
    """The totals of one series, as known so far; each makes a new count by its difference."""

    def __init__(self, found: Settled, mapping: Mapping) -> None:
        self._found = found
        self._mapping = mapping
        self._days: list[Day] = []
        self._total: dict[Day, int] = {}
        self._counted: set[Day] = set()

    def follow(self, rows: Iterable[Reading]) -> None:
        """Take rows in the order in which they became known."""
        for row in sorted(rows, key=lambda one: (one.known, one.day)):
            place = bisect_left(self._days, row.day)
            if row.day not in self._total:
                self._days.insert(place, row.day)
            self._total[row.day] = row.value
            before = self._days[place - 1] if place else None
            self._count(row, before)
            if place + 1 < len(self._days):
                self._again(row, self._days[place + 1])

    def _count(self, row: Reading, before: Day | None) -> None:
        if before is None and self._mapping.first_total == "aside":
            reason = say("the first total: on which days it came about is not told")
            self._set_aside(row, Reason("first_total", reason, aside=True))
            return
        earlier = self._total[before] if before is not None else 0
        if row.value < earlier:
            assert before is not None
            reason = say(
                "the total falls from {earlier} to {total}: a correction by {n} of what was"
                " counted until {day}",
                earlier=earlier,
                total=row.value,
                n=earlier - row.value,
                day=iso_day(before),
            )
            self._set_aside(row, Reason("falling_total", reason, aside=True))
            return
        changes = [Change("total", str(row.value), str(row.value - earlier))]
        if before is not None and row.day - before > DAYS[self._mapping.rhythm]:
            changes.append(Change("gap", iso_day(before), iso_day(row.day)))
        self._counted.add(row.day)
        self._found.take(replace(row, changes=(*row.changes, *changes)), row.value - earlier)

    def _set_aside(self, row: Reading, reason: Reason) -> None:
        self._found.unused.append(Unused(row.raw, reason))
        if row.day in self._counted:
            self._counted.discard(row.day)
            self._found.put(row, None)

    def _again(self, row: Reading, later: Day) -> None:
        """Say anew what the period after a late or revised total counted, as now known."""
        difference = self._total[later] - row.value
        if difference >= 0:
            self._counted.add(later)
            self._found.put(row, difference, later)
        elif later in self._counted:
            self._counted.discard(later)
            self._found.put(row, None, later)


def _set_beside(rows: Iterable[Reading], found: Settled) -> None:
    """Put populations and numbers of sites beside the counts of the same place and days."""
    places: dict[tuple[object, ...], list[Key]] = defaultdict(list)
    for key, count in found.counts.items():
        places[_place(count.whose, count.day, count.known)].append(key)
    for row in rows:
        keys = places.get(_place(row.whose, row.day, row.known))
        if not keys:
            reason = say("there is no count of that place and those days to put it beside")
            found.unused.append(Unused(row.raw, Reason("no_count", reason, aside=True)))
            continue
        found.taken.append(row)
        at = _BESIDE.index(row.how)
        for key in keys:
            beside = list(found.counts[key].beside)
            beside[at] = float(row.value)
            found.counts[key] = replace(found.counts[key], beside=(beside[0], beside[1], beside[2]))


def _place(whose: Identity, day: Day, known: Day) -> tuple[object, ...]:
    return (whose.place, whose.age, whose.sex, whose.group, day, known)
