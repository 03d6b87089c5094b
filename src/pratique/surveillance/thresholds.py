# SPDX-License-Identifier: Apache-2.0
"""Published thresholds, as tables with source and edition, and how near counts come to them.

What they mean in law is none of this module's business; a threshold here is *reached*, not
exceeded: five cases meet a threshold of five.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal, get_args

import numpy as np

from pratique.surveillance.arrays import Floats, Whole

Level = Literal["alert", "epidemic"]
Tag = Literal["verified", "known", "unsure"]


@dataclass(frozen=True, slots=True)
class Rise:
    """A rise on the spans before it.

    `mean`: factor × the mean of the `spans` before; `each`: each of `spans` spans at least factor
    × the one before it; `first`: the last of `spans` at least factor × the first of them.
    """

    against: Literal["mean", "each", "first"]
    factor: float
    spans: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One threshold: a count, a rate per so many persons, or a rise, within so many times.

    It is for populations in `band`, [from, below). `least` is the smallest count that meets it.
    """

    periods: int = 1
    count: float | None = None
    rate: float | None = None
    per: float = 100_000
    rise: Rise | None = None
    band: tuple[float, float] | None = None
    least: float = 1

    @property
    def by_population(self) -> bool:
        """Whether it needs to know how many persons there are."""
        return self.rate is not None or self.band is not None

    @property
    def history(self) -> int:
        """How many times must stand before the first that can be judged."""
        if self.rise is None:
            return self.periods - 1
        spans = self.rise.spans + (self.rise.against == "mean")
        return spans * self.periods - 1


@dataclass(frozen=True, slots=True)
class Threshold:
    """A published threshold: of what, where, by whom, and how sure this table is of it."""

    condition: str
    level: Level
    counts: str
    days: int
    place: str
    geography: str
    source: str
    edition: str
    tag: Tag
    rule: Rule
    note: str = ""

    def rule_for(self, step: int) -> Rule:
        """Return its rule for times of so many days, as many of them as its days hold."""
        return replace(self.rule, periods=max(1, self.days // step))


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near counts came to the nearest of several rules, all [series, at].

    `share` of its bound (1 or more: reached), that `bound`, and the `expected` count where the
    rule is a rise; NaN where no rule applies or too little is known.
    """

    share: Floats
    bound: Floats
    expected: Floats


@cache
def thresholds() -> tuple[Threshold, ...]:
    """Return all published thresholds that Pratique knows; ValueError if a table is amiss."""
    folder = resources.files("pratique.surveillance").joinpath("guidance")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    tables = [tomllib.loads(f.read_text("utf-8")) for f in files if f.name.endswith(".toml")]
    return tuple(threshold_from(row) for table in tables for row in table["threshold"])


def thresholds_of(condition: str, level: Level) -> tuple[Threshold, ...]:
    """Return the thresholds of a condition at a level; ValueError if there are none."""
    found = tuple(t for t in thresholds() if t.condition == condition and t.level == level)
    if not found:
        known = sorted({t.condition for t in thresholds() if t.level == level})
        raise ValueError(
            f"there is no {level} threshold of `{condition}`; there are {', '.join(known)}"
        )
    return found


def threshold_from(row: Mapping[str, Any]) -> Threshold:
    """Return a threshold from its table; ValueError if a field is wrong or none says the rule."""
    if row["level"] not in get_args(Level) or row["tag"] not in get_args(Tag):
        raise ValueError(f"the level or the tag of `{row['condition']}` is not one of those known")
    words = ("condition", "level", "counts", "days", "place", "geography", "source", "edition")
    return Threshold(
        **{word: row[word] for word in words},
        tag=row["tag"],
        rule=_rule(row),
        note=row.get("note", ""),
    )


def nearness(
    rules: tuple[Rule, ...], counts: Floats, at: Whole, population: Floats | None = None
) -> Nearness:
    """Return how near each count came to the nearest rule; `population` is [series, at].

    ValueError if a rule goes by population and there is none.
    """
    if population is None and any(rule.by_population for rule in rules):
        raise ValueError("this threshold goes by population, and none is given")
    best = Nearness(*(np.full((len(counts), len(at)), np.nan) for _ in range(3)))
    for rule in rules:
        share, bound, expected = _near(rule, counts, at, population)
        nearer = (np.isnan(best.bound) & ~np.isnan(bound)) | (share > best.share)
        best = Nearness(
            np.where(nearer, share, best.share),
            np.where(nearer, bound, best.bound),
            np.where(nearer, expected, best.expected),
        )
    return best


def _rule(row: Mapping[str, Any]) -> Rule:
    ways = [way for way in ("count", "rate", "factor", "doubling") if way in row]
    if len(ways) != 1:
        raise ValueError(f"a threshold of `{row['condition']}` says {len(ways)} rules, not one")
    band = row.get("population")
    return Rule(
        count=row.get("count"),
        rate=row.get("rate"),
        rise=_rise(row),
        band=None if band is None else (band[0], band[1]),
    )


def _rise(row: Mapping[str, Any]) -> Rise | None:
    if "doubling" in row:
        return Rise("each", 2, row["doubling"])
    return Rise("mean", row["factor"], row["mean_of"]) if "factor" in row else None


def _near(
    rule: Rule, counts: Floats, at: Whole, population: Floats | None
) -> tuple[Floats, Floats, Floats]:
    now = _span(counts, at, rule.periods, 0, missing=0.0)
    expected = np.full_like(now, np.nan)
    if rule.rise is not None:
        bound, expected = _risen(rule, rule.rise, counts, at)
    elif rule.rate is not None and population is not None:
        bound = population * rule.rate / rule.per
    else:
        bound = np.full_like(now, math.nan if rule.count is None else rule.count)
    bound = np.maximum(bound, rule.least)
    if rule.band is not None and population is not None:
        inside = (population >= rule.band[0]) & (population < rule.band[1])
        bound = np.where(inside, bound, np.nan)
    enough = at >= rule.history
    share = np.where(enough & ~np.isnan(counts[:, at]), now / bound, np.nan)
    # A bound that no count reaches is none.
    bound = np.where(enough & np.isfinite(bound), bound, np.nan)
    return share, bound, np.where(enough, expected, np.nan)


def _risen(rule: Rule, rise: Rise, counts: Floats, at: Whole) -> tuple[Floats, Floats]:
    lags = range(1, rise.spans + (rise.against == "mean"))
    before = [_span(counts, at, rule.periods, lag, missing=math.nan) for lag in lags]
    if rise.against == "mean":
        expected = np.asarray(sum(before)) / rise.spans
        return expected * rise.factor, expected
    if rise.against == "first":
        return np.where(before[-1] > 0, before[-1] * rise.factor, np.nan), before[-1]
    rose = before[-1] > 0
    for later, earlier in pairwise(before):
        rose &= later >= rise.factor * earlier
    known = ~np.isnan(np.asarray(sum(before)))
    # What did not rise before cannot have risen throughout, whatever is counted now.
    bound = np.where(rose, before[0] * rise.factor, np.inf)
    return np.where(known, bound, np.nan), before[0]


def _span(counts: Floats, at: Whole, periods: int, lag: int, *, missing: float) -> Floats:
    total = np.zeros((len(counts), len(at)))
    for back in range(lag * periods, (lag + 1) * periods):
        column = counts[:, np.maximum(at - back, 0)]
        total += np.where(np.isnan(column), missing, column)
    return total
