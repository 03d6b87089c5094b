# SPDX-License-Identifier: Apache-2.0
"""Where and since when there is more than chance explains: the prospective space-time scan.

M. Kulldorff, J. R. Stat. Soc. A 164 (2001) 61: cylinders over circles of places and the last times,
Poisson counts given their total, the greatest likelihood ratio judged against replicates.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pratique.base.moment import Day, date_of
from pratique.base.text import Sentence, say, say_count
from pratique.surveillance.arrays import Floats, Whole, counted
from pratique.surveillance.figures import figure

_EARTH_KM = 6371.0
_REPLICATES_AT_ONCE = 8
# A ratio as great as the observed but for rounding counts as equal to it.
_NEAR = 1e-9
_Number = TypeVar("_Number", np.int64, np.float64)


@dataclass(frozen=True, slots=True)
class Circles:
    """The circles that are looked at: around each centre, its nearest places one by one.

    `near` [centre, k] are places by distance, `km` [centre, k] how far, and `sizes` [centre] how
    many of them a circle may hold.
    """

    near: Whole
    km: Floats
    sizes: Whole

    def sums(self, table: NDArray[np.number]) -> Floats:
        """Return the sums over circles of a table [place, lasting], as [centre, k, lasting]."""
        return np.cumsum(table[self.near], axis=1, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Cluster:
    """More than expected: in these places, from time `since` to `until` (0-based, both included).

    `ratio` is the log likelihood ratio; `pvalue` is the share of replicates, the observed one
    included, in which any cylinder at all was as unlikely.
    """

    places: tuple[int, ...]
    centre: int
    km: float
    since: int
    until: int
    count: float
    expected: float
    ratio: float
    pvalue: float

    def reason(self, names: Sequence[str], start: Day) -> Sentence:
        """Return why it is one, in words; `start` is the first day of its first time."""
        return say(
            "{counted} in {places} since {day}, where {expected} were expected; by chance as much "
            "stands out anywhere in {percent} % of trials",
            counted=say_count("{n} case", "{n} cases", n=round(self.count)),
            places=tuple(names[place] for place in self.places),
            day=date_of(start),
            expected=figure(round(self.expected, 1)),
            percent=figure(round(100 * self.pvalue, 2), 2),
        )


@dataclass(frozen=True, slots=True)
class _Frame:
    cases: NDArray[np.int64]
    expected: Floats
    total: int


def circles(
    longitude: ArrayLike,
    latitude: ArrayLike,
    persons: ArrayLike,
    *,
    share: float = 0.5,
    km: float = math.inf,
) -> Circles:
    """Return the circles that hold at most that share of all persons.

    `km` is the distance of the farthest place from the centre. Coordinates in degrees; ties of
    distance go to the earlier place. ValueError if the share is none.
    """
    if not 0 < share <= 1:
        raise ValueError("the largest share of all persons in a circle lies between 0 and 1")
    weights = np.asarray(persons, dtype=np.float64)
    apart = distances(longitude, latitude)
    near = np.argsort(apart, axis=1, kind="stable").astype(np.int64)
    far = np.take_along_axis(apart, near, axis=1)
    held = np.cumsum(weights[near], axis=1) <= share * weights.sum() * (1 + _NEAR)
    sizes = np.count_nonzero(held & (far <= km), axis=1).astype(np.int64)
    widest = max(1, int(sizes.max(initial=0)))
    return Circles(near[:, :widest], far[:, :widest], sizes)


def distances(longitude: ArrayLike, latitude: ArrayLike) -> Floats:
    """Return the kilometres between all places on the great circle, [place, place]."""
    east, north = np.radians(np.asarray(longitude)), np.radians(np.asarray(latitude))
    half = (
        np.sin((north[:, None] - north) / 2) ** 2
        + np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    )
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def scan(
    counts: ArrayLike,
    baseline: ArrayLike,
    around: Circles,
    *,
    chance: np.random.Generator,
    longest: int = 4,
    replicates: int = 999,
    most: int = 5,
) -> tuple[Cluster, ...]:
    """Return the clusters that last until now, the least likely first; no two share a place.

    `counts` [place, time] whole numbers, NaN where missing (left out, with what was expected
    there); `baseline` [place] or [place, time] is what is expected but for one factor, such as
    persons. A cluster has lasted 1 to `longest` times. ValueError if `longest` exceeds the times,
    a count is not whole, or the baseline is negative or not known.
    """
    table = counted(counts)
    frame = _frame(table, baseline, longest)
    if frame.total == 0:
        return ()
    ratios = _ratios(frame, around)
    best = _leaders(ratios, around, most)
    if not best:
        return ()
    by_chance = _by_chance(frame, around, chance, replicates)
    end = table.shape[1] - 1
    return tuple(
        _cluster(frame, around, where, ratio=float(ratios[where]), by_chance=by_chance, end=end)
        for where in best
    )


def likelihood_ratio(count: ArrayLike, expected: ArrayLike, total: float) -> Floats:
    """Return the log likelihood ratio of a Poisson excess inside, given the total; 0 if none."""
    inside, mean = np.asarray(count, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    outside = total - inside
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(inside > 0, inside * np.log(inside / mean), 0.0)
        second = np.where(outside > 0, outside * np.log(outside / (total - mean)), 0.0)
    return np.where((inside > mean) & (mean > 0), first + second, 0.0)


def _frame(counts: Floats, baseline: ArrayLike, longest: int) -> _Frame:
    if not 1 <= longest <= counts.shape[1]:
        raise ValueError(f"a cluster lasts 1 to {counts.shape[1]} times, not {longest}")
    if (counts != np.floor(counts))[~np.isnan(counts)].any():
        raise ValueError("the scan is of whole counts")
    base = np.asarray(baseline, dtype=np.float64)
    base = np.broadcast_to(base[:, None] if base.ndim == 1 else base, counts.shape)
    known = ~np.isnan(counts)
    if not (base[known] >= 0).all():
        raise ValueError("the baseline is never negative, and is known wherever there is a count")
    cases = np.where(known, counts, 0).astype(np.int64)
    means = np.where(known, base, 0.0)
    if cases[means == 0].any():
        raise ValueError("there are cases where the baseline expects none at all")
    total = int(cases.sum())
    means = means * (total / means.sum()) if means.sum() > 0 else means
    return _Frame(_lasting(cases, longest), _lasting(means, longest), total)


def _lasting(table: NDArray[_Number], longest: int) -> NDArray[_Number]:
    return np.cumsum(table[:, ::-1][:, :longest], axis=1)


def _ratios(frame: _Frame, around: Circles) -> Floats:
    ratios = likelihood_ratio(around.sums(frame.cases), around.sums(frame.expected), frame.total)
    allowed = np.arange(around.near.shape[1]) < around.sizes[:, None]
    return np.where(allowed[:, :, None], ratios, 0.0)


def _leaders(ratios: Floats, around: Circles, most: int) -> list[tuple[int, int, int]]:
    left, leaders = ratios.copy(), list[tuple[int, int, int]]()
    while len(leaders) < most and left.max(initial=0.0) > 0:
        centre, k, lasting = (int(i) for i in np.unravel_index(left.argmax(), left.shape))
        leaders.append((centre, k, lasting))
        taken = np.isin(around.near, around.near[centre, : k + 1])
        left[np.maximum.accumulate(taken, axis=1)] = 0.0
    return leaders


def _by_chance(
    frame: _Frame, around: Circles, chance: np.random.Generator, replicates: int
) -> Floats:
    from pratique.surveillance.kernels.scan import greatest

    expected = around.sums(frame.expected)
    with np.errstate(divide="ignore"):
        outside = np.log(np.maximum(frame.total - expected, 0.0))
        cylinders = np.stack([expected, np.log(expected), outside])
    entropy = _entropy(frame.total)
    found = [
        greatest(cases, around.near, around.sizes, cylinders, entropy)
        for cases in _replicates(frame, chance, replicates)
    ]
    return np.concatenate([np.empty(0), *found])


def _replicates(
    frame: _Frame, chance: np.random.Generator, replicates: int
) -> Iterator[NDArray[np.int64]]:
    cells = np.diff(frame.expected, axis=1, prepend=0.0)
    shares = np.append(cells.ravel(), 0.0) / frame.total
    shares[-1] = max(0.0, 1.0 - shares.sum())
    shares /= shares.sum()
    for done in range(0, replicates, _REPLICATES_AT_ONCE):
        size = min(_REPLICATES_AT_ONCE, replicates - done)
        drawn = chance.multinomial(frame.total, shares, size=size)[:, :-1]
        yield np.cumsum(drawn.reshape(size, *cells.shape), axis=2)


def _entropy(total: int) -> Floats:
    whole = np.arange(total + 1, dtype=np.float64)
    return whole * np.log(np.maximum(whole, 1))


def _cluster(
    frame: _Frame,
    around: Circles,
    where: tuple[int, int, int],
    *,
    ratio: float,
    by_chance: Floats,
    end: int,
) -> Cluster:
    centre, k, lasting = where
    places = around.near[centre, : k + 1]
    as_great = np.count_nonzero(by_chance >= ratio - _NEAR)
    return Cluster(
        places=tuple(int(place) for place in places),
        centre=centre,
        km=float(around.km[centre, k]),
        since=end - lasting,
        until=end,
        count=float(frame.cases[places, lasting].sum()),
        expected=float(frame.expected[places, lasting].sum()),
        ratio=ratio,
        pvalue=float((1 + as_great) / (1 + len(by_chance))),
    )
