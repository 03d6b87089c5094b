# SPDX-License-Identifier: Apache-2.0
"""Neighbouring places that rise within some days of one another, also across a border.

What counts as a rise is the detector's; here is only who rose together with whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pratique.base.duration import Duration
from pratique.base.moment import Day, date_of
from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Truths, Whole


@dataclass(frozen=True, slots=True)
class Together:
    """Places that are linked as neighbours and rose within `within` days up to `day`.

    `rose` is the last day each rose up to then, in the order of `places`.
    """

    day: Day
    places: tuple[int, ...]
    rose: tuple[Day, ...]
    within: int

    def reason(self, names: Sequence[str]) -> Sentence:
        """Return why they are told of together, in words."""
        return say(
            "{places} are neighbours and rose within {within} of one another: {rises}",
            places=tuple(names[place] for place in self.places),
            within=Duration(self.within, "days"),
            rises=tuple(
                say("{place} on {day}", place=names[place], day=date_of(day))
                for place, day in zip(self.places, self.rose, strict=True)
            ),
        )


def rising_together(
    rose: Truths,
    days: Whole,
    pairs: Iterable[tuple[int, int]],
    *,
    within: int = 21,
    countries: Sequence[str] | None = None,
) -> tuple[Together, ...]:
    """Return groups of neighbours that rose within some days, each when a place joins it.

    `rose` [place, at] says where a rise was seen, `days` [at] when (ascending), `pairs` which
    places are neighbours. With `countries`, only groups of two countries or more are told.
    ValueError if days do not ascend, or a pair names no place.
    """
    if (np.diff(days) <= 0).any():
        raise ValueError("days are told in order")
    linked = _linked(pairs, len(rose))
    last = np.full(len(rose), np.iinfo(np.int64).min // 2, dtype=np.int64)
    found: list[Together] = []
    before: list[frozenset[int]] = []
    for index, day in enumerate(days.tolist()):
        last[rose[:, index]] = day
        active = set(np.flatnonzero(day - last <= within).tolist())
        groups = [g for g in _groups(active, linked) if _of_several(g, countries)]
        fresh = [g for g in groups if not any(g <= earlier for earlier in before)]
        found += [_together(group, day, last, within) for group in fresh]
        before = groups
    return tuple(found)


def _linked(pairs: Iterable[tuple[int, int]], places: int) -> list[set[int]]:
    linked: list[set[int]] = [set() for _ in range(places)]
    for one, other in pairs:
        if not (0 <= one < places and 0 <= other < places):
            raise ValueError(f"the pair {one}, {other} names a place that has no series")
        linked[one].add(other)
        linked[other].add(one)
    return linked


def _groups(active: set[int], linked: list[set[int]]) -> list[frozenset[int]]:
    left, groups = set(active), list[frozenset[int]]()
    while left:
        group, edge = set[int](), {min(left)}
        while edge:
            group |= edge
            edge = {n for place in edge for n in linked[place] if n in left} - group
        left -= group
        if len(group) > 1:
            groups.append(frozenset(group))
    return groups


def _of_several(group: frozenset[int], countries: Sequence[str] | None) -> bool:
    return countries is None or len({countries[place] for place in group}) > 1


def _together(group: frozenset[int], day: Day, last: Whole, within: int) -> Together:
    places = tuple(sorted(group, key=lambda place: (last[place], place)))
    return Together(day, places, tuple(int(last[place]) for place in places), within)
