# SPDX-License-Identifier: Apache-2.0
"""Clean tables into series: tidy, a period a row, a series a row; the same figures from each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pratique.base.moment import day_from_iso, iso_day
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.layout import layout_of, period_from_text, period_text
from pratique.exchange.counts.tables import read_counts, stream_counts
from pratique.surveillance.series.collection import Identity

NAN = np.nan
TIDY = """\
indicator,disease,class,place,age,sex,group,period,known,value,population,expected,reporting
cases,,,Lofa,,,,2014-W12,2014-03-24,3,270114,,
cases,,,Lofa,,,,2014-W12,2014-03-31,5,,10,8
cases,,,Lofa,,,,2014-W14,2014-04-07,,,,
cases,,,Bo,,,,2014-W13,2014-03-31,7,,,
"""
PERIODS = "week,Lofa,Bo\n2014-W12,5,\n2014-W13,NA,7\n2014-W14,,0\n"
SERIES = "place,population,2014-W12,2014-W13,2014-W15\nLofa,270114,5,,1\nBo,,,7,0\n"


def write(folder: Path, text: str | bytes) -> Path:
    """Write a table and return where."""
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def weeks(n: int) -> str:
    """Return the names of so many weeks, as a header has them."""
    first = day_from_iso("2005-01-03")
    return ",".join(period_text(first + 7 * week, "iso_week") for week in range(n))


def test_the_tidy_table_as_known_on_days(tmp_path: Path) -> None:
    found = read_counts(write(tmp_path, TIDY))
    assert found.identities == (Identity("cases", place="Lofa"), Identity("cases", place="Bo"))
    assert (found.rhythm, iso_day(found.first), found.length) == ("iso_week", "2014-03-17", 3)
    last = found.as_known()
    np.testing.assert_array_equal(last.counts, [[5, NAN, NAN], [NAN, 7, NAN]])
    assert last.population is not None
    assert last.reporting is not None
    assert (last.population[0, 0], last.reporting[0, 0]) == (270_114, 8)
    early = found.as_known(day_from_iso("2014-03-24"))
    np.testing.assert_array_equal(early.counts, [[3, NAN, NAN], [NAN, NAN, NAN]])


def test_a_period_a_row(tmp_path: Path) -> None:
    found = read_counts(write(tmp_path, PERIODS), indicator="deaths")
    assert found.identities[0] == Identity("deaths", place="Lofa")
    np.testing.assert_array_equal(found.as_known().counts, [[5, NAN, NAN], [NAN, 7, 0]])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_series_a_row_with_a_gap_in_the_header(separator: str, end: str, tmp_path: Path) -> None:
    text = SERIES.replace(",", separator).replace("\n", end)
    (one,) = stream_counts(write(tmp_path, text), 10)
    np.testing.assert_array_equal(one.counts, [[5, NAN, NAN, 1], [NAN, 7, NAN, 0]])
    assert one.population is not None
    np.testing.assert_array_equal(one.population[:, 0], [270_114, NAN])
    again = read_counts(write(tmp_path, text)).as_known()
    np.testing.assert_array_equal(again.counts, one.counts)
    assert (again.identities, again.first) == (one.identities, one.first)


def test_without_a_day_known_history_is_truncated_or_known_at_the_last(tmp_path: Path) -> None:
    path = write(tmp_path, SERIES)
    day = day_from_iso("2014-03-30")
    assert not layout_of(path).knows
    truncated = read_counts(path).as_known(day).counts
    np.testing.assert_array_equal(truncated, [[5, NAN, NAN, NAN], [NAN, 7, NAN, NAN]])
    assert np.isnan(read_counts(path, known="last").as_known(day).counts).all()


@pytest.mark.parametrize("at_once", [1, 3, 7, 1000])
def test_streamed_sets_together_are_the_table(at_once: int, tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    figures = chance.integers(0, 3000, (500, 30)) * chance.integers(0, 2, (500, 30))
    header = ",".join(
        period_text(day_from_iso("2020-01-06") + 7 * n, "iso_week") for n in range(30)
    )
    lines = [f"P{n}," + ",".join(map(str, row)) for n, row in enumerate(figures.tolist())]
    lines[17] = lines[17].replace(",0,", ",,", 1)
    lines[33] = 'P33,"1",' + ",".join(["2.5"] * 29)
    sets = list(stream_counts(write(tmp_path, "\n".join([f"place,{header}", *lines])), at_once))
    assert all(len(one.identities) <= at_once for one in sets)
    assert [i.place for one in sets for i in one.identities] == [f"P{n}" for n in range(500)]
    counts = np.concatenate([one.counts for one in sets])
    assert counts[33].tolist() == [1.0, *[2.5] * 29]
    assert np.isnan(counts[17]).sum() == 1
    rest = np.delete(np.arange(500), [17, 33])
    np.testing.assert_array_equal(counts[rest], figures[rest])


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("date,a\n2014-03-17,1\n2014-03-24,1\n", "iso_week"),
        ("date,a\n2014-03-16,1\n2014-03-23,1\n", "mmwr_week"),
        ("date,a\n2014-03-16,1\n2014-03-18,1\n", "daily"),
        ("week,a\n2014-MW12,1\n", "mmwr_week"),
        ("place,2014-03-17,2014-03-18\nx,1,2\n", "daily"),
        ("place,2014-03-17,2014-03-31\nx,1,2\n", "iso_week"),
    ],
)
def test_the_rhythm_of_a_table(text: str, rhythm: str, tmp_path: Path) -> None:
    assert read_counts(write(tmp_path, text)).rhythm == rhythm


@pytest.mark.parametrize("text", ["2014-03-17", "2014-W12", "2015-W53", "2014-MW01"])
def test_periods_are_written_as_they_are_read(text: str) -> None:
    assert period_text(*period_from_text(text)) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "is no table of counts known here"),
        (b"\xff\xfea", "not UTF-8"),
        ("place,2014-W12\nLofa,1,2\n", "3 cells where the header has 2"),
        ("place,2014-W12\nLofa,-1\n", "negative"),
        ("place,2014-W12\nLofa,many\n", "`many` is no number"),
        ("place,2014-W12\nLofa,1_0\n", "is no number"),
        ("place,2014-W12\nLofa,inf\n", "infinite"),
        ("place,2014-W12\nLofa,1\nLofa,2\n", "stands twice"),
        ("place,2014-W13,2014-W12\nLofa,1,2\n", "do not follow"),
        ("place,2014-W13,2014-04-01\nLofa,1,2\n", "mixes days and weeks"),
        (TIDY + "cases,,,Bo,,,,soon,2014-03-31,7,,,\n", "line 6: `soon` is no period"),
        (TIDY + "cases,,,Bo,,,,2014-MW13,2014-03-31,7,,,\n", "beats otherwise"),
        (TIDY + "cases,,,Bo,,,,2014-W13,yesterday,7,,,\n", "is no day"),
        (TIDY + "cases\n", "1 cells where the header has 13"),
    ],
)
def test_a_table_that_is_not_clean_is_told(text: str | bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(NotCounts, match=told):
        read_counts(write(tmp_path, text))


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    """20,000 series of ten years take no more room than a few hundred at a time."""
    header = ",".join(
        period_text(day_from_iso("2005-01-03") + 7 * n, "iso_week") for n in range(520)
    )
    row = ",".join(str(n % 97) for n in range(520))
    with (tmp_path / "t.csv").open("w") as file:
        file.write(f"place,{header}\n")
        file.writelines(f"P{n},{row}\n" for n in range(20_000))
    program = (
        "import sys,resource\nfrom pathlib import Path\n"
        "from pratique.exchange.counts.tables import stream_counts\n"
        "before=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "n=sum(len(s.identities) for s in stream_counts(Path(sys.argv[1]),512))\n"
        "print(n,resource.getrusage(resource.RUSAGE_SELF).ru_maxrss-before)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "t.csv")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    series, grown = map(int, told.stdout.split())
    assert series == 20_000
    unit = 1 if sys.platform == "darwin" else 1024
    assert grown * unit < 80_000_000
