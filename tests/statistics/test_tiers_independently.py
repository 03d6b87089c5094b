# SPDX-License-Identifier: Apache-2.0
"""The tier dates of the Mano River accord, found by a script that knows nothing of Pratique."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

import pytest

TABLE = Path(__file__).parents[2] / "accords" / "mano-river" / "history" / "who_ebola_2014.csv"
SCRIPT = runpy.run_path(str(Path(__file__).with_name("independent_tiers.py")))
HOLD = 42
"""Days for which Article 2.2 presumes a figure unchanged."""


def rows_published() -> list[dict[str, str]]:
    """Return the rows of the history table."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def tier_dates(hold: int, tiers: tuple[int, ...] = (250, 750, 2500)) -> list[str | None]:
    """Return the dates that the independent script finds."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        dates: list[str | None] = SCRIPT["tier_dates"](table, hold, tiers)
    return dates


def deaths_known(hold: int = HOLD) -> dict[str, dict[str, int]]:
    """Return the confirmed deaths still presumed, by report date and country."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {day: known for day, _, known in SCRIPT["days"](table, hold)}


@pytest.mark.parametrize("hold", [14, 30, HOLD, 60, 90])
def test_the_tiers_are_reached_on_three_dates_whatever_the_presumption(hold: int) -> None:
    assert tier_dates(hold) == ["2014-07-16", "2014-09-16", "2014-12-17"]


def test_the_middle_tier_is_missed_by_42_deaths_on_15_august() -> None:
    known = deaths_known()["2014-08-15"]
    assert known == {"GIN": 245, "LBR": 154, "SLE": 309}
    assert sum(known.values()) == 708
    assert tier_dates(HOLD, (708, 709)) == ["2014-08-15", "2014-09-16"]


def test_the_upper_tier_rests_on_the_part_that_is_known() -> None:
    known = deaths_known()
    assert known["2014-12-17"] == {"GIN": 1262, "SLE": 1876}
    assert [day for day, deaths in known.items() if sum(deaths.values()) >= 2500][:1] == [
        "2014-12-17"
    ]
    complete = [deaths for deaths in known.values() if len(deaths) == 3]
    assert max(sum(deaths.values()) for deaths in complete) == 1506


def test_either_country_alone_would_not_reach_the_upper_tier() -> None:
    assert max(deaths_known()["2014-12-17"].values()) < 2500


def test_the_confirmed_deaths_of_liberia_end_with_the_report_of_16_september() -> None:
    split = [row for row in rows_published() if row["confirmed_deaths"]]
    assert max(row["report_date"] for row in split if row["iso3"] == "LBR") == "2014-09-16"
    known = deaths_known()
    assert "LBR" in known["2014-10-17"]  # 42 days after 9 September end on 21 October
    assert "LBR" not in known["2014-10-22"]


def test_the_lower_tier_may_have_been_reached_earlier_than_is_seen() -> None:
    split = {row["report_date"] for row in rows_published() if row["confirmed_deaths"]}
    assert {"2014-05-28", "2014-07-16"} <= split
    assert not [day for day in split if "2014-05-28" < day < "2014-07-16"]


def test_before_twelve_weeks_have_passed_no_tier_is_reached() -> None:
    assert tier_dates(HOLD, (1,)) == ["2014-07-16"]
    assert sum(deaths_known()["2014-05-28"].values()) == 103


def test_the_table_has_one_row_for_each_report_and_country() -> None:
    keys = [(row["report_date"], row["iso3"]) for row in rows_published()]
    assert len(keys) == len(set(keys)) == 378
    assert keys == sorted(keys)


@pytest.mark.reference
def test_the_table_has_the_figures_of_the_facts_it_was_made_from(reference: Path) -> None:
    with (reference / "facts" / "ebola-2014.csv").open(encoding="utf-8", newline="") as table:
        assert list(csv.DictReader(table)) == rows_published()
