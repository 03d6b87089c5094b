# SPDX-License-Identifier: Apache-2.0
"""`pratique detect`: signals worst first with reasons, tables, a page; every fault in words."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from pratique.base.moment import iso_day
from pratique.cli.counts import looking
from unit.cli.commands import run
from unit.cli.counted_files import MONDAY, places, weekly, wide

HIGH = "2014-W22"
"""The week of Alta's high count."""


def detect(folder: Path, *words: str) -> object:
    """Return what `pratique detect` did with the weekly table."""
    return run("detect", str(weekly(folder)), "--out", str(folder / "out"), *words)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table that was written."""
    text = (folder / "out" / name).read_text("utf-8")
    return list(csv.DictReader(StringIO(text)))


def test_the_high_week_is_told_with_its_reason_and_without_legal_effect(tmp_path: Path) -> None:
    done = detect(tmp_path, "--detector", "ears_c1", "--as-of", "2014-06-01")
    assert done.exit_code == 0
    assert "1 signal in 1 of 4 series that could be looked at (4 given)." in done.stdout
    assert "week 22 of 2014" in done.stdout
    assert "as known on 1 June 2014" in done.stdout
    told = done.stdout.splitlines()
    reason = told[next(n for n, line in enumerate(told) if line.startswith("  Alta")) + 1]
    assert reason.startswith("    ")
    assert "40" in reason
    assert "no legal effect" in done.stdout
    (signal,) = rows(tmp_path, "signals.csv")
    assert (signal["place"], signal["period"], signal["count"]) == ("Alta", HIGH, "40")


def test_as_of_a_day_nothing_later_is_seen(tmp_path: Path) -> None:
    before = detect(tmp_path, "--detector", "ears_c1", "--as-of", "2014-05-31")
    assert "No signal: all 4 series could be looked at." in before.stdout
    assert "week 21 of 2014" in before.stdout
    page = (tmp_path / "out" / "signals.html").read_text("utf-8")
    assert "does not say when each figure became known" in page


def test_what_nobody_reported_is_not_taken_for_nothing(tmp_path: Path) -> None:
    done = detect(tmp_path, "--detector", "ears_c1")
    assert "No signal known: 3 of 4 series could be looked at" in done.stdout


def test_the_lines_that_a_picture_names_are_its_lines(tmp_path: Path) -> None:
    done = detect(tmp_path, "--detector", "ears_c1", "--all", "--places", str(places(tmp_path)))
    assert done.exit_code == 0
    lines = (tmp_path / "out" / "counts.csv").read_text("utf-8").splitlines()
    page = (tmp_path / "out" / "signals.html").read_text("utf-8")
    named = [part.split(".")[0] for part in page.split("lines ")[1:]]
    assert named
    for span, row in zip(named, dict.fromkeys(one["place"] for one in rows_of(lines)), strict=True):
        first, last = (int(number) for number in span.split(" to "))
        own = rows_of([lines[0], *lines[first - 1 : last]])
        assert {one["place"] for one in own} == {row}
        assert len(own) == 30
    flagged = [one["period"] for one in rows_of(lines) if one["signal"] and one["place"] == "Alta"]
    assert HIGH in flagged


def rows_of(lines: list[str]) -> list[dict[str, str]]:
    """Return lines of a table as rows."""
    return list(csv.DictReader(lines))


def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    words = ("--detector", "ears_c1", "--as-of", "2014-06-01")
    table = list(csv.DictReader(StringIO(detect(tmp_path, *words, "--csv").stdout)))
    record = json.loads(detect(tmp_path, *words, "--json").stdout)
    assert [one["place"] for one in table] == [one["place"] for one in record["signals"]]
    assert float(table[0]["bound"]) == record["signals"][0]["bound"]
    assert record["as_known_on"] == "2014-06-01"
    assert record["legal_effect"] is None
    assert record["series"] == {"given": 4, "looked": 4}
    assert detect(tmp_path, "--csv", "--json").exit_code == 2


def test_least_and_mute_leave_alarms_out_and_count_them(tmp_path: Path) -> None:
    words = ("--detector", "ears_c1", "--all", "--json")
    every = json.loads(detect(tmp_path, *words).stdout)["signals"]
    few = json.loads(detect(tmp_path, *words, "--least", "20").stdout)
    assert [one["period"] for one in few["signals"]] == [HIGH]
    assert few["left_out"]["few"] == len(every) - 1
    muted = json.loads(detect(tmp_path, *words, "--mute", "1000").stdout)
    assert len(muted["signals"]) == len({one["place"] for one in every})
    assert muted["left_out"]["muted"] == len(every) - len(muted["signals"])


def test_a_budget_keeps_what_stands_out_among_all_series(tmp_path: Path) -> None:
    file = wide(tmp_path, 40, weeks=300)
    words = ("detect", str(file), "--out", str(tmp_path / "out"), "--all", "--json")
    without = json.loads(run(*words).stdout)
    within = json.loads(run(*words, "--budget", "0.05").stdout)
    assert without["detector"] == "farrington_flexible"
    assert 0 <= len(within["signals"]) < len(without["signals"])
    assert within["left_out"]["over_budget"] + len(within["signals"]) >= len(without["signals"])


def test_workers_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pratique.cli.counts.reading.AT_ONCE", 7)
    file = wide(tmp_path, 50)
    words = ("detect", str(file), "--out", str(tmp_path / "out"), "--detector", "ears_c2", "--all")
    one, three = (run(*words, "--csv", "--workers", n).stdout for n in ("1", "3"))
    assert one == three
    assert one.count("\n") > 10


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--detector", "farington"), "did you mean `farrington`?"),
        (("--detector", "zzz"), "there is no detector `zzz`; there are: "),
        (("--detector", "ears_c1", "--set", "alfa=1"), "did you mean `alpha`?"),
        (("--detector", "ears_c1", "--set", "alpha=3"), "`alpha` cannot be `3`: it is the chance"),
        (("--detector", "ears_c1", "--set", "alpha"), "takes a control and its value"),
        (("--as-of", "June"), "`June` is not a day such as 2014-12-31"),
        (("--detector", "farrington_flexible"), "choose another `--detector`"),
        (("--scan",), "`--scan` needs `--places`"),
        (("--places", "nowhere.csv"), "nowhere.csv cannot be opened"),
        (("--borders", "nowhere.csv"), "`nowhere.csv` cannot be read"),
        (("--dask", "tcp://127.0.0.1:1"), "Dask"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.setattr("pratique.surveillance.scale.cluster.PATIENCE", 0.5)
    done = detect(tmp_path, *words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


def test_who_stops_it_is_told_how_far_it_came_and_nothing_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pratique.cli.counts.reading.AT_ONCE", 10)
    honest = looking.watched

    def stopped(*asked: object, **named: object) -> object:
        for place, one in enumerate(honest(*asked, **named)):
            if place == 3:
                raise KeyboardInterrupt
            yield one

    monkeypatch.setattr(looking, "watched", stopped)
    out = tmp_path / "out"
    done = run("detect", str(wide(tmp_path, 60)), "--out", str(out), "--detector", "ears_c1")
    assert done.exit_code == 130
    assert "interrupted: 30 series had been looked at; nothing was written" in done.stderr
    assert not out.exists()


def test_neighbours_that_rise_together_and_clusters_are_told(tmp_path: Path) -> None:
    file = weekly(tmp_path)
    text = file.read_text("utf-8").splitlines()
    high = [line.rpartition(",")[0] + ",50" if ",Bora,2014-W21," in line else line for line in text]
    file.write_text("\n".join(high) + "\n", "utf-8")
    borders = tmp_path / "borders.csv"
    borders.write_text("one,other\nAlta,Bora\nBora,Cora\n", "utf-8")
    words = (
        *("detect", str(file), "--out", str(tmp_path / "out"), "--detector", "ears_c1"),
        *("--as-of", "2014-06-01", "--last", "3", "--borders", str(borders)),
        *("--places", str(places(tmp_path)), "--scan"),
    )
    done = run(*words)
    told = " ".join(done.stdout.split())
    assert "Bora and Alta are neighbours and rose within 21 days of one another" in told
    assert told.count("together: ") >= 2
    assert "by chance as much stands out anywhere in" in told
    record = json.loads(run(*words, "--json").stdout)
    assert ["Bora", "Alta"] in [one["places"] for one in record["together"]]
    page = (tmp_path / "out" / "signals.html").read_text("utf-8")
    assert 'class="ring"' in page
    assert "Not on the map, because no table says where they are" in page


def test_a_folder_is_looked_at_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    weekly(folder, name="a.csv")
    weekly(folder, name="b.csv")
    done = run("detect", str(folder), "--out", str(tmp_path / "out"), "--detector", "ears_c1")
    assert "(8 given)" in done.stdout or "of 8 series" in done.stdout
    assert "a.csv and b.csv" in done.stdout
    (folder / "c.csv").write_text("place,2014-01-01,2014-01-02\nAlta,1,2\n", "utf-8")
    mixed = run("detect", str(folder), "--out", str(tmp_path / "out"))
    assert mixed.exit_code == 2
    assert "do not beat alike" in mixed.stderr


def test_an_old_page_stays_whole_if_the_new_one_cannot_be(tmp_path: Path) -> None:
    detect(tmp_path, "--detector", "ears_c1")
    before = (tmp_path / "out" / "signals.html").read_bytes()
    assert detect(tmp_path, "--detector", "farrington_flexible").exit_code == 2
    assert (tmp_path / "out" / "signals.html").read_bytes() == before


def test_a_cell_that_a_spreadsheet_would_run_is_defused(tmp_path: Path) -> None:
    file = weekly(tmp_path)
    file.write_text(file.read_text("utf-8").replace("Alta", "=cmd()"), "utf-8")
    done = run(
        *("detect", str(file), "--out", str(tmp_path / "out"), "--detector", "ears_c1"),
        *("--as-of", "2014-06-01"),
    )
    assert done.exit_code == 0
    assert ",'=cmd()," in (tmp_path / "out" / "signals.csv").read_text("utf-8")
    page = (tmp_path / "out" / "signals.html").read_text("utf-8")
    assert "=cmd()" in page


@pytest.mark.parametrize("across", ["80", "120"])
def test_no_line_is_wider_than_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, across: str
) -> None:
    monkeypatch.setenv("COLUMNS", across)
    done = detect(tmp_path, "--detector", "ears_c1", "--all")
    told = done.stdout.split("page:")[0]
    assert max(map(len, told.splitlines())) <= int(across)
    assert "Alta" in told


def test_a_count_too_small_to_signal_was_looked_at_all_the_same(tmp_path: Path) -> None:
    file = wide(tmp_path, 3, weeks=330)
    lines = file.read_text("utf-8").splitlines()
    quiet = "Q," + ",".join(["0"] * 329 + ["1"])
    file.write_text("\n".join([*lines, quiet]) + "\n", "utf-8")
    done = run("detect", str(file), "--out", str(tmp_path / "out"), "--json")
    record = json.loads(done.stdout)
    assert record["detector"] == "farrington_flexible"
    assert record["series"] == {"given": 4, "looked": 4}


def test_rates_use_the_population_in_the_table(tmp_path: Path) -> None:
    file = weekly(tmp_path)
    head, *lines = file.read_text("utf-8").splitlines()
    persons = {"Alta": "100000", "Bora": "1000", "Cora": "", "Dura": "1000"}
    rows = [f"{line},{persons[line.split(',')[2]]}" for line in lines]
    file.write_text("\n".join([f"{head},population", *rows]) + "\n", "utf-8")
    done = run(
        *("detect", str(file), "--out", str(tmp_path / "out"), "--as-of", "2014-05-25"),
        *("--detector", "fixed_threshold", "--set", "rate=100", "--json", "--last", "4"),
    )
    record = json.loads(done.stdout)
    assert {one["place"] for one in record["signals"]} == {"Bora", "Dura"}
    assert record["series"]["looked"] == 3


def test_days_with_gaps_are_added_up_to_weeks_where_that_is_asked(tmp_path: Path) -> None:
    """Reports on Wednesdays and Sundays only: no window of days is whole, every week has a sum."""
    lines = ["indicator,place,period,known,value"]
    for day in range(0, 84, 7):
        for within, count in ((2, 3), (6, 30 if day == 77 else 1 + day % 2)):
            spoken = iso_day(MONDAY + day + within)
            lines.append(f"cases,Alta,{spoken},{spoken},{count}")
    file = tmp_path / "gaps.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    words = ("detect", str(file), "--detector", "ears_c1", "--out", str(tmp_path / "out"))
    by_days = run(*words)
    assert "0 of 1 series could be looked at" in by_days.stdout
    assert "`--weekly` adds days up to weeks" in by_days.stdout
    by_weeks = run(*words, "--weekly")
    assert "Days are added up to weeks" in by_weeks.stdout
    (signal,) = rows(tmp_path, "signals.csv")
    assert (signal["period"], signal["count"]) == ("2014-W13", "33")


def test_what_is_there_each_day_anew_is_left_out_of_weeks(tmp_path: Path) -> None:
    lines = ["indicator,place,period,value"]
    for name in ("beds", "cases"):
        lines += [f"{name},Alta,{iso_day(MONDAY + day)},5" for day in range(84)]
    file = tmp_path / "beds.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    words = ("detect", str(file), "--detector", "ears_c1", "--out", str(tmp_path / "out"))
    assert "2 series in" in run(*words).stdout
    assert "1 series in" in run(*words, "--weekly").stdout


def test_what_is_read_is_never_written_over(tmp_path: Path) -> None:
    file = weekly(tmp_path, name="counts.csv")
    before = file.read_bytes()
    done = run("detect", str(file), "--detector", "ears_c1", "--out", str(tmp_path))
    assert done.exit_code == 2
    assert "would be written over" in done.output
    assert file.read_bytes() == before


def test_a_whole_beside_its_parts_is_not_scanned_twice(tmp_path: Path) -> None:
    lines = ["indicator,place,age,period,value"]
    for place in ("Alta", "Bora"):
        for age in ("", "0-4"):
            lines += [f"cases,{place},{age},2014-W{week},{week}" for week in range(10, 30)]
    file = tmp_path / "ages.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    words = ("detect", str(file), "--detector", "ears_c1", "--scan", "--places")
    done = run(*words, str(places(tmp_path)), "--out", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert "would be counted twice" in done.output


def test_files_that_are_too_short_are_counted_among_those_not_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    weekly(folder, name="a.csv", weeks=4)
    weekly(folder, name="b.csv")
    done = run("detect", str(folder), "--detector", "ears_c1", "--out", str(tmp_path / "out"))
    assert "(8 given)" in done.stdout or "of 8 series" in done.stdout
