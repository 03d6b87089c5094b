# SPDX-License-Identifier: Apache-2.0
"""Guéckédou, Kailahun and Lofa in 2014: the cluster across three borders, and in which week.

The district counts are final figures; each week sees them cut off after that week. What was known
in that week was less, so this says what the method finds, not when anybody could have known.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pratique.base.moment import day_from_iso, iso_day
from pratique.base.text import render
from pratique.surveillance import detect
from pratique.surveillance.arrays import Floats
from pratique.surveillance.clusters.neighbours import rising_together
from pratique.surveillance.clusters.scan import Cluster, circles, scan

pytestmark = pytest.mark.reference
THREE = {"Gueckedou", "Kailahun", "Lofa"}


@dataclass(frozen=True)
class Districts:
    """Weekly cases of districts, and where these are."""

    names: list[str]
    countries: list[str]
    first: int
    counts: Floats
    persons: Floats
    east: Floats
    north: Floats
    pairs: list[tuple[int, int]]


@pytest.fixture(scope="module")
def districts(reference: Path) -> Districts:
    """The 63 districts of the outside reference."""
    folder = reference / "data" / "ebola"
    rows = _table(folder / "ebola_west_africa_district_weekly.csv")
    about = {
        row["district_std"]: row for row in _table(folder / "west_africa_district_attributes.csv")
    }
    names = sorted({row["district_std"] for row in rows})
    place = {name: n for n, name in enumerate(names)}
    first = min(day_from_iso(row["week_start"]) for row in rows)
    last = max(day_from_iso(row["week_start"]) for row in rows)
    counts = np.full((len(names), (last - first) // 7 + 1), np.nan)
    for row in rows:
        if row["new_cases"] not in ("", "NA"):
            week = (day_from_iso(row["week_start"]) - first) // 7
            counts[place[row["district_std"]], week] = float(row["new_cases"])
    borders = _table(folder / "west_africa_district_borders.csv")
    pairs = [
        (place.get(row["district_a"], -1), place.get(row["district_b"], -1)) for row in borders
    ]
    figures = [
        np.array([float(about[name][column]) for name in names])
        for column in ("population", "lon_pop_centroid", "lat_pop_centroid")
    ]
    countries = [about[name]["iso3"] for name in names]
    linked = [pair for pair in pairs if min(pair) >= 0]
    return Districts(names, countries, first, counts, *figures, pairs=linked)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def clusters(districts: Districts, week: int) -> tuple[Cluster, ...]:
    """Return the clusters seen when counts are cut off after a week."""
    around = circles(districts.east, districts.north, districts.persons, km=150)
    seen = districts.counts[:, : week + 1]
    return scan(seen, districts.persons, around, chance=np.random.default_rng(1), longest=8)


def test_the_scan_finds_the_three_districts_together(districts: Districts) -> None:
    first = next(
        (week, found[0])
        for week in range(8, 40)
        if (found := clusters(districts, week))
        and THREE.issubset(districts.names[place] for place in found[0].places)
    )
    week, cluster = first
    names = {districts.names[place] for place in cluster.places}
    assert iso_day(districts.first + 7 * week) == "2014-06-02"
    assert names == {*THREE, "Gbarpolu"}
    assert {districts.countries[place] for place in cluster.places} == {"GIN", "LBR", "SLE"}
    assert iso_day(districts.first + 7 * cluster.since) == "2014-04-14"
    assert cluster.pvalue == 0.001
    assert render(cluster.reason(districts.names, districts.first + 7 * cluster.since)) == (
        "130 cases in Lofa, Gbarpolu, Gueckedou and Kailahun since 14 April 2014, where 10.9 were "
        "expected; by chance as much stands out anywhere in 0.10 % of trials"
    )


def test_earlier_only_guinea_stands_out(districts: Districts) -> None:
    # In the week of 24 February Sierra Leone and Liberia had no case in these figures.
    found = clusters(districts, 8)
    assert {districts.names[place] for place in found[0].places} == {"Gueckedou", "Macenta"}
    assert {districts.countries[place] for one in found for place in one.places} == {"GIN"}


def test_neighbours_that_rise_within_three_weeks(districts: Districts) -> None:
    rose = detect("fixed_threshold", districts.counts, threshold="viral_haemorrhagic_fever")
    days = districts.first + 7 * rose.at
    told = rising_together(
        rose.alarm, days, districts.pairs, within=21, countries=districts.countries
    )
    first = next(one for one in told if THREE.issubset(districts.names[p] for p in one.places))
    border = told[0]
    assert {"Gueckedou", "Lofa"}.issubset(districts.names[place] for place in border.places)
    assert (iso_day(border.day), iso_day(first.day)) == ("2014-03-17", "2014-05-19")
    assert "Kailahun on 19 May 2014" in render(first.reason(districts.names))
