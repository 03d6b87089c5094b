# SPDX-License-Identifier: Apache-2.0
"""Sums over places, groups and days; each indicator adds as its one definition says.

A sum of which a part is missing is unknown, unless it is asked as "at least"; how many parts were
known stands beside it. Persons and sites are not counted twice where case classes are summed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.series.collection import Identity, SeriesSet
from pratique.surveillance.series.indicators import Indicator, indicators
from pratique.surveillance.series.rhythm import Rhythm
from pratique.surveillance.series.weeks import period_start

Into = Callable[[Identity], Identity | None]
Missing = Literal["unknown", "at_least"]
_Number = TypeVar("_Number", np.float64, np.int64)
_FIELDS = tuple(field.name for field in fields(Identity))
# Whose persons, and whose sites, a series counts: series that share these share the denominator.
_PERSONS, _SITES = ("place", "age", "sex", "group"), ("place",)
_CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Summed:
    """Sums and of what: `parts` [series] were to be added, `known` [series, time] of them were."""

    series: SeriesSet
    parts: Whole
    known: Whole

    @property
    def completeness(self) -> Floats:
        """The share of the parts that was known, [series, time]."""
        return self.known / self.parts[:, None]


@dataclass(frozen=True, slots=True)
class _Groups:
    """Rows in the order of their groups, and where each group starts."""

    order: Whole
    starts: Whole

    def reduced(self, table: NDArray[_Number], how: np.ufunc) -> NDArray[_Number]:
        return np.asarray(how.reduceat(table, self.starts, axis=0))


def without(*blanked: str) -> Into:
    """Return the summing over these fields of an identity, such as `age` and `sex`."""
    unknown = set(blanked) - set(_FIELDS)
    if unknown:
        raise ValueError(f"an identity has no {sorted(unknown)}; it has {', '.join(_FIELDS)}")
    return lambda one: replace(one, **dict.fromkeys(blanked, ""))


def regrouped(field: str, into: Mapping[str, str]) -> Into:
    """Return the summing of, say, districts into regions; what the table does not name is left."""

    def regroup(one: Identity) -> Identity | None:
        name = into.get(getattr(one, field))
        return None if name is None else replace(one, **{field: name})

    return regroup


def summed(
    series: SeriesSet,
    into: Into,
    *,
    missing: Missing = "unknown",
    definitions: Mapping[str, Indicator] | None = None,
) -> Summed:
    """Return the series added up: all that `into` gives one identity become one; None leaves out.

    ValueError if an indicator has no definition or never adds, if a sum would count anything
    twice (a total and its parts, one identity twice), or if a mean has no population to weigh by.
    """
    targets = [into(one) for one in series.identities]
    members = _members(series.identities, targets)
    known = indicators() if definitions is None else definitions
    means = np.array([_adds_as_mean(one, known) for one in members], dtype=np.bool_)
    if means.any() and series.population is None:
        raise ValueError("a mean is weighted by population, and the series have none")
    groups = _groups(list(members.values()))
    counts, parts_known = _added(series, groups, means, missing)
    return Summed(
        SeriesSet(
            identities=tuple(members),
            rhythm=series.rhythm,
            first=series.first,
            counts=counts,
            population=_denominators(series, members, "population", missing),
            expected=_denominators(series, members, "expected", missing),
            reporting=_denominators(series, members, "reporting", missing),
            known=series.known,
        ),
        np.diff(np.append(groups.starts, len(groups.order))).astype(np.int64),
        parts_known,
    )


def in_weeks(series: SeriesSet, rhythm: Rhythm, *, missing: Missing = "unknown") -> SeriesSet:
    """Return daily series as weekly sums, whole weeks only; sites become site-days.

    An indicator without a definition is taken as a count of what came. ValueError if the series
    are not daily, or days of an indicator do not add up.
    """
    if series.rhythm != "daily" or rhythm == "daily":
        raise ValueError("only daily series are summed into weeks")
    for name in {one.indicator for one in series.identities}:
        if (known := indicators().get(name)) is not None and not known.adds_over_days:
            raise ValueError(f"`{name}` is no sum of its days")
    start = period_start(series.first + 6, rhythm)
    return replace(
        series,
        rhythm=rhythm,
        first=start,
        counts=_weekly(series.counts, start - series.first, missing),
        population=_per_week(series.population, start - series.first),
        expected=_optional(series.expected, start - series.first, missing),
        reporting=_optional(series.reporting, start - series.first, missing),
    )


def _members(
    identities: tuple[Identity, ...], targets: list[Identity | None]
) -> dict[Identity, list[int]]:
    members: dict[Identity, list[int]] = {}
    for row, target in enumerate(targets):
        if target is not None:
            members.setdefault(target, []).append(row)
    for target, rows in members.items():
        if len(rows) > 1:
            require_once(target, [identities[row] for row in rows])
    return members


def require_once(target: Identity, parts: Sequence[Identity]) -> None:
    """ValueError if adding these parts up would count anything twice."""
    if len(set(parts)) != len(parts):
        raise ValueError(f"one series stands twice in the sum {target}")
    for name in _FIELDS:
        blanks = {getattr(one, name) == "" for one in parts}
        if len(blanks) == 2:
            raise ValueError(f"the sum {target} would hold both all and a part of them by {name}")
    if len({one.indicator for one in parts}) > 1:
        raise ValueError(f"the sum {target} would add different indicators")


def _adds_as_mean(target: Identity, definitions: Mapping[str, Indicator]) -> bool:
    indicator = definitions.get(target.indicator)
    if indicator is None:
        raise ValueError(f"nothing says how `{target.indicator}` adds; give its definition")
    if indicator.adds == "never":
        raise ValueError(f"`{target.indicator}` ({indicator.unit}) does not add")
    return indicator.adds == "mean"


def _groups(members: list[list[int]]) -> _Groups:
    sizes = np.array([len(rows) for rows in members], dtype=np.int64)
    order = np.array([row for rows in members for row in rows], dtype=np.int64)
    return _Groups(order, np.cumsum(sizes) - sizes)


def _added(
    series: SeriesSet, groups: _Groups, means: NDArray[np.bool_], missing: Missing
) -> tuple[Floats, Whole]:
    shape = (len(groups.starts), series.counts.shape[1])
    sums, known = np.full(shape, np.nan), np.zeros(shape, dtype=np.int64)
    if not len(groups.order):
        return sums, known
    sizes = np.diff(np.append(groups.starts, len(groups.order)))
    for cut in _blocks(len(groups.order), shape[1]):
        values = series.counts[groups.order, cut]
        weights = _weights(series, groups, np.repeat(means, sizes), cut) if means.any() else None
        if weights is not None:
            weights[np.isnan(values)] = np.nan
            values *= weights
        total, known[:, cut] = _totals(values, groups)
        if weights is not None:
            total = _divided(total, _totals(weights, groups)[0], means)
        sums[:, cut] = _stated(total, known[:, cut], sizes, missing)
    return sums, known


def _totals(values: Floats, groups: _Groups) -> tuple[Floats, Whole]:
    missing = np.isnan(values)
    values[missing] = 0.0
    return groups.reduced(values, np.add), groups.reduced((~missing).astype(np.int64), np.add)


def _divided(total: Floats, weights: Floats, means: NDArray[np.bool_]) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(means[:, None], total / weights, total)


def _stated(total: Floats, known: Whole, sizes: Whole, missing: Missing) -> Floats:
    least = 1 if missing == "at_least" else sizes[:, None]
    return np.where(known >= least, total, np.nan)


def _weights(series: SeriesSet, groups: _Groups, weighed: NDArray[np.bool_], cut: slice) -> Floats:
    ones = np.ones((len(groups.order), len(range(*cut.indices(series.counts.shape[1])))))
    if series.population is not None and weighed.any():
        ones[weighed] = series.population[groups.order[weighed], cut]
    return ones


def _denominators(
    series: SeriesSet, members: dict[Identity, list[int]], name: str, missing: Missing
) -> Floats | None:
    table: Floats | None = getattr(series, name)
    if table is None:
        return None
    shared = _PERSONS if name == "population" else _SITES
    twins = [_twins(series.identities, rows, shared) for rows in members.values()]
    same = _groups([rows for one in twins for rows in one])
    sizes = np.array([len(one) for one in twins], dtype=np.int64)
    whole = _Groups(np.arange(sizes.sum(), dtype=np.int64), np.cumsum(sizes) - sizes)
    sums = np.full((len(sizes), table.shape[1]), np.nan)
    for cut in _blocks(len(same.order), table.shape[1]) if len(sizes) else ():
        each = same.reduced(table[same.order, cut], np.fmax)
        sums[:, cut] = _stated(*_totals(each, whole), sizes, missing)
    return sums


def _twins(
    identities: tuple[Identity, ...], rows: list[int], shared: tuple[str, ...]
) -> list[list[int]]:
    if len(rows) == 1:
        return [rows]
    alike: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        key = tuple(getattr(identities[row], name) for name in shared)
        alike.setdefault(key, []).append(row)
    return list(alike.values())


def _blocks(rows: int, length: int) -> Iterator[slice]:
    step = max(1, _CELLS_AT_ONCE // max(rows, 1))
    return (slice(start, min(start + step, length)) for start in range(0, length, step))


def _weekly(table: Floats, skipped: int, missing: Missing) -> Floats:
    days = _days_of_weeks(table, skipped)
    if missing == "unknown":
        return np.asarray(days.sum(axis=2))
    return np.where(np.isnan(days).all(axis=2), np.nan, np.nansum(days, axis=2))


def _optional(table: Floats | None, skipped: int, missing: Missing) -> Floats | None:
    return None if table is None else _weekly(table, skipped, missing)


def _per_week(table: Floats | None, skipped: int) -> Floats | None:
    return None if table is None else np.fmax.reduce(_days_of_weeks(table, skipped), axis=2)


def _days_of_weeks(table: Floats, skipped: int) -> Floats:
    weeks = max(0, (table.shape[1] - skipped) // 7)
    return table[:, skipped : skipped + 7 * weeks].reshape(len(table), weeks, 7)
