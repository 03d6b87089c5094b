# SPDX-License-Identifier: Apache-2.0
"""The replay of Mano River over the Ebola epidemic against a script that shares no code with it."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path

import pytest

from once import replay_once
from pratique.base.moment import day_from_iso, iso_day
from pratique.rehearsal.conduct import conduct_named
from pratique.rehearsal.history import History, Publication
from pratique.rehearsal.replay import Replay, replay
from replays import FOLDER, history, program, replayed, source

TIERS = ("lower_tier", "middle_tier", "upper_tier")
HOLD = 42


def first_day(run: Replay, clause: str) -> str | None:
    used = run.of_clause(clause, "used")
    return iso_day(run.program.clock.day(used[0].moment)) if used else None


def test_the_tiers_fire_on_the_days_that_the_script_finds() -> None:
    script = runpy.run_path(str(Path(__file__).with_name("independent_tiers.py")))
    with (FOLDER / "history" / "who_ebola_2014.csv").open(encoding="utf-8") as table:
        found = [str(day) for day in script["tier_dates"](table, HOLD)]
    assert found == ["2014-07-16", "2014-09-16", "2014-12-17"]
    assert [first_day(replayed(), tier) for tier in TIERS] == found


def test_each_tier_is_paid_once_and_in_equal_shares() -> None:
    for tier, whole in zip(TIERS, (285_000_000, 285_000_000, 380_000_000), strict=True):
        committed = replayed().of_clause(tier, "committed")
        assert len(committed) == 3
        assert sum(one.amount for one in committed) == whole
        assert max(one.amount for one in committed) - min(one.amount for one in committed) <= 1


def test_the_third_tier_needs_no_unknown_figure() -> None:
    why = {
        (reason.measure, reason.party): reason.value
        for reason in replayed().of_clause("upper_tier", "used")[0].why
    }
    assert why["confirmed_deaths", 0] == 1262
    assert why["confirmed_deaths", 1] is None  # Liberia's end on 2014-09-16
    assert why["confirmed_deaths", 2] == 1876


def test_seven_hundred_and_eight_deaths_reach_no_tier() -> None:
    until = program(source()).clock.start(day_from_iso("2014-08-31"))
    run = replay_once(program(source()), history(), conduct_named("deadline"), until=until)
    assert first_day(run, "lower_tier") == "2014-07-16"
    assert first_day(run, "middle_tier") is None


def publication(day: str, known: str, value: str) -> Publication:
    clock = program(source()).clock
    return Publication(
        "confirmed_deaths",
        "guinea",
        day_from_iso(day),
        value,
        clock.start(day_from_iso(known)) + 43_200,
        "test",
    )


def with_more(*more: Publication) -> History:
    all_of = sorted(
        (*history().publications, *more),
        key=lambda one: (one.known, one.measure, one.day, one.party or ""),
    )
    return replace(history(), publications=tuple(all_of))


def test_a_later_correction_never_unpays() -> None:
    corrected = with_more(
        publication("2014-07-12", "2014-07-18", "10"), publication("2014-07-14", "2014-07-18", "10")
    )
    run = replay_once(program(source()), corrected, conduct_named("deadline"))
    assert first_day(run, "lower_tier") == "2014-07-16"
    assert run.of_clause("lower_tier", "committed") == replayed().of_clause(
        "lower_tier", "committed"
    )
    paid = [
        one
        for one in run.happenings
        if one.edge == "paid" and one.moment == run.of_clause("lower_tier", "committed")[0].due
    ]
    assert len(paid) == 3


def test_a_late_report_fires_when_it_becomes_known_not_before() -> None:
    late = with_more(
        publication("2014-08-13", "2014-08-20", "300")
    )  # 245 was published; 763 in all
    # What is used first on a day is so whatever comes later: the rest of history is not run.
    until = program(source()).clock.start(day_from_iso("2014-08-31"))
    run = replay_once(program(source()), late, conduct_named("deadline"), until=until)
    assert first_day(run, "middle_tier") == "2014-08-20"


@pytest.mark.parametrize("clause", ["early_action", "joint_plan", "lower_tier"])
def test_without_a_clause_only_what_hangs_on_it_changes(clause: str) -> None:
    hanging = {
        "early_action": {"early_action", "joint_plan", "account_early", "fund"},
        "joint_plan": {"joint_plan"},
        "lower_tier": {"lower_tier", "account_tier", "fund"},
    }[clause]
    run = replayed("deadline", clause)
    assert not run.of_clause(clause, "used")
    whole = [one for one in replayed().happenings if one.clause not in hanging]
    part = [one for one in run.happenings if one.clause not in hanging]
    assert part == whole
    gone = {one.clause for one in replayed().happenings} - {one.clause for one in run.happenings}
    assert clause in gone


def test_nobody_acts_in_silence() -> None:
    run = replayed("silent")
    assert not any(one.edge in ("done", "paid") for one in run.happenings)
    assert any(one.edge == "short" for one in run.happenings)  # nobody contributed
    assert not any(one.edge == "committed" for one in run.happenings)
    missed = {one.clause for one in run.happenings if one.edge == "missed"}
    assert {"notify_confirmed", "joint_plan", "account_early", "fund"} <= missed


def test_prompt_conduct_meets_what_deadline_conduct_meets() -> None:
    def met(run: Replay) -> set[tuple[str, int, int]]:
        return {(one.clause, one.row, one.raised) for one in run.happenings if one.edge == "raised"}

    # What hangs on figures alone is owed at the same moments, however offices behave.
    by_figures = {"notify_confirmed", "joint_plan", "account_early", "account_tier"}
    late = {m for m in met(replayed()) if m[0] in by_figures}
    assert late
    assert late == {m for m in met(replayed("prompt")) if m[0] in by_figures}
    assert not any(one.edge == "missed" for one in replayed("prompt").happenings)


def test_the_same_replay_gives_the_same_seal() -> None:
    again = replay(program(source()), history(), conduct_named("deadline"))
    assert again.seal == replayed().seal
    assert again.happenings == replayed().happenings
