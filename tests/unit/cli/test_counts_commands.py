# SPDX-License-Identifier: Apache-2.0
"""`pratique rt`, `nowcast` and `score`: what they print, three ways, and what they refuse."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from unit.cli.commands import run
from unit.cli.counted_files import daily, reported, weekly

SERIAL = ("--mean-si", "4", "--std-si", "2")


def test_cases_that_double_in_a_week_have_that_doubling_time(tmp_path: Path) -> None:
    done = run("rt", str(daily(tmp_path)), *SERIAL, "--json")
    last = json.loads(done.stdout)["rows"][-1]
    assert last["doubling_days"] == pytest.approx(7, rel=0.05)
    assert last["lower"] < last["mean"] < last["upper"]
    # Wallinga & Lipsitch 2007: growth of log 2 / 7 a day and a gamma serial interval (4, 2).
    assert last["mean"] == pytest.approx((1 + 0.0990 * 1) ** 4, rel=0.1)


def test_a_narrower_level_has_a_narrower_interval(tmp_path: Path) -> None:
    file = str(daily(tmp_path))
    wide, narrow = (
        json.loads(run("rt", file, *SERIAL, "--level", level, "--json").stdout)["rows"][-1]
        for level in ("0.95", "0.5")
    )
    assert wide["lower"] < narrow["lower"] < narrow["upper"] < wide["upper"]
    assert wide["mean"] == narrow["mean"]


def test_csv_has_every_window_and_the_terminal_the_last(tmp_path: Path) -> None:
    file = str(daily(tmp_path))
    rows = list(csv.DictReader(StringIO(run("rt", file, *SERIAL, "--csv").stdout)))
    assert len(rows) > 20
    told = run("rt", file, *SERIAL).stdout
    assert told.count("Alta") == 1
    assert rows[-1]["window_until"] in told
    assert "presumes that reporting is complete" in " ".join(told.split())


def test_a_serial_interval_within_one_period_is_refused(tmp_path: Path) -> None:
    done = run("rt", str(weekly(tmp_path)), *SERIAL)
    assert done.exit_code == 2
    assert "is no longer than one period of 7 days" in done.stderr


def test_a_window_longer_than_the_counts_is_refused(tmp_path: Path) -> None:
    done = run("rt", str(daily(tmp_path, 10)), *SERIAL, "--window", "12")
    assert done.exit_code == 2
    assert "the counts have 10" in done.stderr


def test_what_is_still_to_come_is_estimated_with_its_interval(tmp_path: Path) -> None:
    done = run("nowcast", str(reported(tmp_path)), "--json")
    record = json.loads(done.stdout)
    assert record["longest_delay_periods"] == 2
    last, before, settled = record["rows"][-1], record["rows"][-2], record["rows"][-3]
    assert (last["reported"], before["reported"], settled["reported"]) == (10, 16, 20)
    assert settled["lower"] == settled["upper"] == 20
    assert last["lower"] <= 20 <= last["upper"]
    assert last["share"] == pytest.approx(0.5, abs=0.05)
    again = run("nowcast", str(reported(tmp_path)), "--json")
    assert again.stdout == done.stdout


def test_the_terminal_shows_the_periods_that_are_open(tmp_path: Path) -> None:
    told = run("nowcast", str(reported(tmp_path))).stdout
    assert told.count("Alta") == 2
    assert "up to 2 periods" in " ".join(told.split())


def test_a_nowcast_as_of_an_earlier_day_knows_no_more(tmp_path: Path) -> None:
    done = run("nowcast", str(reported(tmp_path)), "--as-of", "2014-02-01", "--json")
    last = json.loads(done.stdout)["rows"][-1]
    assert (last["period"], last["reported"]) == ("2014-02-01", 10)


def test_a_delay_longer_than_the_counts_is_refused(tmp_path: Path) -> None:
    done = run("nowcast", str(reported(tmp_path, 20)), "--longest", "30")
    assert done.exit_code == 2
    assert "no nowcast: " in done.stderr
    assert "31" in done.stderr


def test_figures_without_a_day_known_have_no_nowcast(tmp_path: Path) -> None:
    done = run("nowcast", str(daily(tmp_path)))
    assert done.exit_code == 2
    assert "needs a column `known`" in done.stderr


def test_detectors_are_scored_on_the_same_outbreaks(tmp_path: Path) -> None:
    words = ("score", str(weekly(tmp_path)), "--last", "15", "--size", "20")
    two = ("--detector", "ears_c1", "--detector", "ears_c2")
    rows = json.loads(run(*words, *two, "--json").stdout)["rows"]
    assert [row["detector"] for row in rows] == ["ears_c1", "ears_c2"]
    assert rows[0]["outbreaks"] == rows[1]["outbreaks"] > 0
    assert all(row["sensitivity_percent"] > 50 for row in rows)
    assert run(*words, *two, "--csv").stdout == run(*words, *two, "--csv").stdout


def test_a_control_goes_to_the_detector_that_has_it(tmp_path: Path) -> None:
    words = ("score", str(weekly(tmp_path)), "--last", "15", "--detector", "ears_c1")
    loose, strict = (
        json.loads(run(*words, "--set", f"alpha={alpha}", "--json").stdout)["rows"][0]
        for alpha in ("0.2", "0.0001")
    )
    assert loose["false_alarms_per_year"] > strict["false_alarms_per_year"]
    wrong = run(*words, "--set", "alfa=0.2")
    assert wrong.exit_code == 2
    assert "did you mean `alpha`?" in wrong.stderr


def test_without_a_file_imagined_counts_are_scored() -> None:
    done = run("score", "--detector", "ears_c1", "--json")
    record = json.loads(done.stdout)
    assert record["series"] == 420
    assert record["files"] is None
    assert 0 < record["rows"][0]["sensitivity_percent"] < 100


def test_of_a_long_file_the_score_says_how_many_series_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pratique.cli.counts import reading

    words = ("score", str(weekly(tmp_path, weeks=80)), "--detector", "ears_c1", "--last", "20")
    assert "Only the first" not in run(*words).stdout
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    assert "Only the first 2 series were taken." in run(*words).stdout
