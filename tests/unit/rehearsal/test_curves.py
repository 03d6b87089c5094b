# SPDX-License-Identifier: Apache-2.0
"""Charts of a replay: lines stand where the engine's figures stood, thresholds are the text's."""

from __future__ import annotations

from pratique.rehearsal.curves import charts_of, value_at
from pratique.rehearsal.figures import Chart
from replays import replayed


def chart(name: str) -> Chart:
    return next(one for one in charts_of(replayed(), "en") if one.name == name)


def test_there_is_a_chart_for_each_measure_that_rules_read() -> None:
    assert [one.name for one in charts_of(replayed(), "en")] == [
        "confirmed_cases",
        "confirmed_deaths",
    ]


def test_thresholds_are_those_of_the_conditions() -> None:
    found = [(one.value, one.of_total) for one in chart("confirmed_deaths").thresholds]
    assert found == [(20, False), (250, True), (750, True), (2500, True)]
    assert [one.value for one in chart("confirmed_cases").thresholds] == [1]


def test_marks_are_the_uses_of_rules() -> None:
    deaths = [(mark.clause, mark.value) for mark in chart("confirmed_deaths").marks]
    assert deaths == [("lower_tier", 397), ("middle_tier", 1506), ("upper_tier", 3138)]
    assert [mark.rows for mark in chart("confirmed_cases").marks] == [(0, 1), (2,)]


def test_lines_stand_where_the_engine_saw_them() -> None:
    for one in replayed().happenings:
        for reason in (
            one.why if one.edge == "used" and one.clause in replayed().program.rules else ()
        ):
            line = chart(reason.measure).lines[reason.party]
            assert value_at(line, one.moment) == reason.value


def test_a_line_is_unknown_once_the_presumption_has_run_out() -> None:
    liberia = chart("confirmed_deaths").lines[1]
    assert liberia.stretches[-1].value is None
    # 9 September 2014 and 42 days: known to the end of 21 October.
    assert liberia.stretches[-1].start == replayed().program.clock.start(16365)


def test_stretches_follow_one_another_without_gap() -> None:
    for one in charts_of(replayed(), "en"):
        for line in one.lines:
            ends = [stretch.end for stretch in line.stretches]
            starts = [stretch.start for stretch in line.stretches]
            assert starts[1:] == ends[:-1]
            assert (starts[0], ends[-1]) == (replayed().begins, replayed().until)


def test_the_total_says_where_a_part_is_unknown() -> None:
    total = chart("confirmed_deaths").lines[-1]
    assert total.is_total
    july, december = (chart("confirmed_deaths").marks[place].moment for place in (0, 2))
    partial = {s.start: s.partial for s in total.stretches}
    assert (partial[july], partial[december]) == (False, True)
