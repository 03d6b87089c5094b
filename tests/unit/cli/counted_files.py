# SPDX-License-Identifier: Apache-2.0
"""Made-up tables of counts for tests of the commands on counts; no place or figure is real."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pratique.base.moment import day_from_iso
from pratique.exchange.counts.layout import period_text
from pratique.surveillance.series.rhythm import DAYS, Rhythm

MONDAY = day_from_iso("2014-01-06")
PLACES = ("Alta", "Bora", "Cora", "Dura")
WEEKS = 30
RISE = 20
"""The week of which Alta's count is high."""


def weekly(folder: Path, *, name: str = "weekly.csv", weeks: int = WEEKS) -> Path:
    """Write a tidy table: four places by weeks, Alta high in one week, Dura silent at the end."""
    chance = np.random.default_rng(3)
    lines = ["indicator,disease,place,period,value"]
    for place in PLACES:
        counts = chance.poisson(4, weeks).tolist()
        if place == "Alta" and weeks > RISE:
            counts[RISE] = 40
        for week, count in enumerate(counts):
            known = "" if place == "Dura" and week >= weeks - 2 else count
            lines.append(f"cases,fever,{place},{_period(week, 'iso_week')},{known}")
    return _written(folder / name, lines)


def wide(folder: Path, rows: int, *, weeks: int = 60) -> Path:
    """Write a table with one series a row."""
    counts = np.random.default_rng(8).poisson(6, (rows, weeks)).tolist()
    head = ",".join(_period(week, "iso_week") for week in range(weeks))
    lines = [f"P{n}," + ",".join(map(str, row)) for n, row in enumerate(counts)]
    return _written(folder / "wide.csv", [f"place,{head}", *lines])


def daily(folder: Path, days: int = 40) -> Path:
    """Write a tidy table by days of one place: cases that double in 7 days."""
    lines = ["indicator,place,period,value"]
    for day in range(days):
        lines.append(f"cases,Alta,{_period(day, 'daily')},{round(2 * 2 ** (day / 7))}")
    return _written(folder / "daily.csv", lines)


def reported(folder: Path, days: int = 40) -> Path:
    """Write a tidy table by days with the day known: of 20 cases half at once, all in 2 days."""
    lines = ["indicator,place,period,known,value"]
    for day in range(days):
        for delay, so_far in enumerate((10, 16, 20)):
            if day + delay < days:
                spoken, known = (_period(one, "daily") for one in (day, day + delay))
                lines.append(f"cases,Alta,{spoken},{known},{so_far}")
    return _written(folder / "reported.csv", lines)


def places(folder: Path) -> Path:
    """Write a table of places; Dura is not in it."""
    lines = ["name,lon,lat,population"]
    lines += ["Alta,-10.1,8.5,90000", "Bora,-9.9,8.6,80000", "Cora,-9.5,8.2,120000"]
    return _written(folder / "places.csv", lines)


def _period(number: int, rhythm: Rhythm) -> str:
    return period_text(MONDAY + DAYS[rhythm] * number, rhythm)


def _written(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
