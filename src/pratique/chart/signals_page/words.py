# SPDX-License-Identifier: Apache-2.0
"""Whose a series is and which period is meant, in words that page and terminal share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields, replace
from decimal import Decimal

from pratique.base.moment import Day, date_of
from pratique.base.text import Sentence, say
from pratique.surveillance.series.collection import Identity
from pratique.surveillance.series.rhythm import DAYS, Rhythm
from pratique.surveillance.series.weeks import week_of


def series_label(identity: Identity) -> str:
    """Return whose a series is, the place first: "Kailahun · cholera · cases"."""
    told = {one.name: str(getattr(identity, one.name)) for one in fields(identity)}
    order = ("place", "disease", "indicator", "class_", "age", "sex", "group")
    return " · ".join(told[name] for name in order if told[name])


def alike_label(identities: Sequence[Identity]) -> str:
    """Return what all series have alike; nothing where they have nothing else."""
    labels = told_apart(identities)
    if not identities or labels == [series_label(one) for one in identities]:
        return ""
    first = identities[0]
    apart = {
        one.name: ""
        for one in fields(Identity)
        if len({getattr(identity, one.name) for identity in identities}) > 1
    }
    return series_label(replace(first, **apart))


def told_apart(identities: Sequence[Identity]) -> list[str]:
    """Return labels that leave out what all have alike, if anything is left."""
    alike = {
        one.name: ""
        for one in fields(Identity)
        if len({getattr(identity, one.name) for identity in identities}) == 1
    }
    labels = [series_label(replace(identity, **alike)) for identity in identities]
    return labels if all(labels) else [series_label(identity) for identity in identities]


def period_words(day: Day, rhythm: Rhythm) -> Sentence:
    """Return the period that begins on a day, in words."""
    if DAYS[rhythm] == 1:
        return say("{day}", day=date_of(day))
    year, week = week_of(day, rhythm)
    return say("week {week} of {year}", week=f"{week}", year=f"{year}")


def period_name(day: Day, rhythm: Rhythm) -> str:
    """Return the period that begins on a day as ISO 8601 writes it: 2014-W12, 2014-03-17."""
    if DAYS[rhythm] == 1:
        return date_of(day).isoformat()
    year, week = week_of(day, rhythm)
    return f"{year}-W{week:02}"


def span_words(since: Day, until: Day, rhythm: Rhythm) -> Sentence:
    """Return the periods from one that begins on a day to another, both meant."""
    last = period_words(until, rhythm)
    if since == until:
        return last
    return say("{first} to {last}", first=period_words(since, rhythm), last=last)


def figure(value: float | None) -> Sentence | int | Decimal:
    """Return a figure as people read it: counts whole, others with as many digits as they bear."""
    if value is None or math.isnan(value):
        return say("not known")
    if value == int(value):
        return int(value)
    if abs(value) < 0.005:
        return 0
    return Decimal(f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}")
