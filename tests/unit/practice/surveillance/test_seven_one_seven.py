# SPDX-License-Identifier: Apache-2.0
"""7-1-7: intervals from the days on which things happened; what is missing is never held late."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.moment import Clock, day_from_iso
from pratique.base.text import render
from pratique.practice.surveillance.seven_one_seven import (
    BOTTLENECKS,
    INTERVALS,
    Count,
    Dates,
    Interval,
    Review,
    counted,
    dates_from,
    interval_words,
    reviewed,
    target,
)
from pratique.register.acts import Act, Note, Open, Perform, Report
from pratique.register.chain import Chain
from pratique.register.entry import Entry

CLOCK = Clock("Africa/Freetown")
DAY = day_from_iso("2026-03-02")
ACTIONS = target().actions
DAYS = st.one_of(st.none(), st.integers(DAY, DAY + 30))


def dated(*, last: int = 10, **changes: object) -> Dates:
    """Return dates of an event in time in all respects: day 0, 5, 6, and actions up to `last`."""
    actions = dict.fromkeys(ACTIONS, DAY + 7) | {"community": DAY + last}
    whole = Dates(DAY, DAY + 5, DAY + 6, actions)
    return replace(whole, **changes)  # type: ignore[arg-type]


def taken(review: Review) -> dict[str, int | None]:
    return {one.name: one.days for one in review.intervals}


def test_the_target_is_seven_one_and_seven_days_with_seven_actions() -> None:
    assert target().days == {"detection": 7, "notification": 1, "response": 7}
    assert len(ACTIONS) == 7
    assert target().first_action == 1
    assert "717alliance" in target().source


def test_each_interval_has_bottlenecks_and_each_bottleneck_words() -> None:
    assert {one.interval for one in target().bottlenecks} == set(INTERVALS)
    assert {one.name for one in target().bottlenecks} == set(BOTTLENECKS)
    assert {one.name: one.share for one in target().bottlenecks}["no_resources"] == 0.30


def test_an_event_in_time() -> None:
    review = reviewed(dated())
    assert taken(review) == {"detection": 5, "notification": 1, "response": 4}
    assert review.met is True
    assert (review.first_action.days, review.first_action.met) == (1, True)


def test_the_response_is_complete_with_the_latest_of_the_applicable_actions() -> None:
    assert reviewed(dated(last=14)).named("response").met is False
    without = dated(last=14, not_applicable={"community": "a single imported case"})
    assert reviewed(without).named("response").days == 1


def test_an_action_that_began_before_the_notice_took_no_day_after_it() -> None:
    review = reviewed(dated(actions=dict.fromkeys(ACTIONS, DAY + 1)))
    assert (review.named("response").days, review.first_action.days) == (0, 0)


@pytest.mark.parametrize(
    ("missing", "unknown"),
    [
        ("emergence", {"detection"}),
        ("detection", {"detection", "notification"}),
        ("notification", {"notification", "response"}),
        ("actions", {"response"}),
    ],
)
def test_a_missing_date_makes_its_intervals_unknown(missing: str, unknown: set[str]) -> None:
    review = reviewed(dated(**{missing: None}))
    assert {one.name for one in review.intervals if one.met is None} == unknown
    assert review.met is None


def test_of_actions_of_which_one_is_not_known_so_much_is_sure() -> None:
    actions = {name: DAY + 20 for name in ACTIONS if name != "care"}
    response = reviewed(dated(actions=actions)).named("response")
    assert (response.days, response.met, response.at_least) == (None, None, 14)
    assert str(interval_words(response)) == (
        "first response: not known, at least 14 days (target: 7 days)"
    )


def test_where_no_action_applies_nothing_is_known_to_be_complete() -> None:
    none = dated(not_applicable=dict.fromkeys(ACTIONS, "a false report"))
    assert reviewed(none).named("response").met is None


def test_dates_in_the_wrong_order_are_said_and_not_reckoned_with() -> None:
    detection = reviewed(dated(emergence=DAY + 6)).named("detection")
    assert (detection.days, detection.out_of_order, detection.met) == (None, True, None)
    assert "wrong order" in str(interval_words(detection))


def test_an_action_that_is_none_of_the_seven_is_an_error() -> None:
    with pytest.raises(ValueError, match="an early action is one of"):
        reviewed(dated(actions={"prayer": DAY}))


@given(DAYS, DAYS, DAYS, st.fixed_dictionaries(dict.fromkeys(ACTIONS, DAYS)))
def test_what_is_not_known_is_never_missed_and_learning_it_changes_nothing_that_was(
    emergence: int | None,
    detection: int | None,
    notification: int | None,
    actions: dict[str, int | None],
) -> None:
    dates = Dates(emergence, detection, notification, actions)
    before = reviewed(dates)
    for one in before.intervals:
        assert (one.met is None) == (one.days is None)
        assert one.days is None or one.days >= 0
    filled = replace(
        dates,
        actions={name: DAY + 30 if day is None else day for name, day in actions.items()},
    )
    after = reviewed(filled)
    for one in before.intervals:
        if one.days is not None:
            assert after.named(one.name).days == one.days
        if one.at_least is not None and after.named(one.name).days is not None:
            assert (after.named(one.name).days or 0) >= one.at_least


@given(st.lists(st.sampled_from([True, False, None]), max_size=12))
def test_events_are_counted_once_each(answers: list[bool | None]) -> None:
    changes = {True: dated(), False: dated(emergence=DAY - 9), None: dated(emergence=None)}
    found = counted([reviewed(changes[answer]) for answer in answers])
    expected = Count(answers.count(True), answers.count(False), answers.count(None))
    assert (found["detection"], found["all"]) == (expected, expected)
    assert found["response"] == Count(len(answers), 0, 0)


def test_one_target_missed_is_missed_whatever_else_is_not_known() -> None:
    assert reviewed(dated(emergence=None, last=30)).met is False


def test_a_missed_interval_asks_for_what_held_it_up() -> None:
    review = reviewed(dated(emergence=DAY - 9, last=30))
    assert review.unexplained([]) == ("detection", "response")
    assert review.unexplained(["low_suspicion"]) == ("response",)
    assert review.unexplained(["low_suspicion", "no_resources"]) == ()


def test_an_interval_is_said_in_words() -> None:
    said = [str(interval_words(one)) for one in reviewed(dated(last=30)).intervals]
    assert said == [
        "detection: 5 days, in time (target: 7 days)",
        "notice: 1 day, in time (target: 1 day)",
        "first response: 24 days, late (target: 7 days)",
    ]
    assert str(interval_words(Interval("detection", 7))) == (
        "detection: not known, a date is missing"
    )
    assert render(interval_words(reviewed(dated()).first_action), "fr")


# --- from a register ------------------------------------------------------------------------------

CLAUSES = {
    "emergence": "index_onset",
    "detection": "signal",
    "notification": "notify",
    "investigation": "event_file.triage",
    "coordination": "early_action_review",
}


def entries(*acts: tuple[Act, int, int | None]) -> list[Entry]:
    """Return entries of acts, each recorded on a day and maybe happened on another."""
    chain, start = Chain("two"), CLOCK.start
    return [
        chain.append(
            office="aldova",
            act=act,
            recorded=start(DAY + recorded) + 3600,
            happened=None if happened is None else start(DAY + happened) + 60,
        )
        for act, recorded, happened in acts
    ]


def test_dates_are_those_on_which_acts_happened_not_of_their_recording() -> None:
    register = entries(
        (Report(measure="signal", party="aldova"), 5, 3),
        (Report(measure="index_onset", party="aldova"), 6, 0),
        (Perform(duty="notify", by="aldova"), 6, None),
        (Perform(duty="event_file.triage", by="aldova"), 7, 6),
        (Report(measure="signal", party="aldova"), 8, 8),
        (Open(procedure="early_action_review", party="aldova", fields={}), 9, None),
        (Note(how="dissent", text="no"), 9, None),
    )
    dates = dates_from(register, CLOCK, CLAUSES, party="aldova")
    assert (dates.emergence, dates.detection, dates.notification) == (DAY, DAY + 3, DAY + 6)
    assert dates.actions == {"investigation": DAY + 6, "coordination": DAY + 9}
    assert taken(reviewed(dates)) == {"detection": 3, "notification": 3, "response": None}


def test_another_party_s_acts_and_clauses_that_nobody_acted_under_give_no_date() -> None:
    register = entries((Report(measure="signal", party="brenia"), 5, 3))
    dates = dates_from(register, CLOCK, CLAUSES, party="aldova")
    assert dates == Dates(actions={"investigation": None, "coordination": None})
    assert dates_from(register, CLOCK, {"detection": "signal"}).detection == DAY + 3
