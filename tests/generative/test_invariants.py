# SPDX-License-Identifier: Apache-2.0
"""What must hold of the engine whatever an accord says and whatever happens under it."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from generative.accords import accords, program_of
from generative.conditions import drawn as drawn_by
from generative.happenings import Happening, came_at, happenings, moments
from generative.intakes import intake_of
from generative.paired import (
    Stalled,
    Told,
    differences,
    following,
    plain,
    said_by_engine,
    told_by_engine,
    told_by_oracle,
)
from oracle.interpreter import Came
from pratique.accord.program import Program
from pratique.base.moment import Moment
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import next_stop, step
from pratique.engine.view import view

EXAMPLES = 14 if os.environ.get("CI") else int(os.environ.get("PRATIQUE_EXAMPLES", "60"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
checked = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)


def drawn(sample: st.DataObject) -> tuple[Program, Happening, dict[Moment, Came]]:
    """Draw a program, what happens under it, and of that what is allowed."""
    text = sample.draw(accords())
    note(text)
    program = program_of(text)
    happening = sample.draw(happenings(program))
    note(f"{happening.begins} {happening.ends} {happening.came}")
    return program, happening, allowed(program, happening)


def allowed(program: Program, happening: Happening) -> dict[Moment, Came]:
    """Return what is allowed of what happens; no example where a case goes round in one moment."""
    try:
        return told_by_oracle(program, happening).taken
    except Stalled:
        assume(False)
        raise


def alone(program: Program, taken: dict[Moment, Came], happening: Happening) -> Told:
    """Return what the engine says of one scenario by itself."""
    return told_by_engine(program, [taken], happening.begins, happening.ends)[0]


@checked
@given(st.data())
def test_empty_moments_change_nothing(sample: st.DataObject) -> None:
    program, happening, taken = drawn(sample)
    span = st.integers(happening.begins + 1, happening.ends)
    extra = sample.draw(st.lists(span, max_size=12))
    whole = [happening.begins + 3600 * hour for hour in range(1, 60)]
    told = told_by_engine(
        program, [taken], happening.begins, happening.ends, extra=[*extra, *whole]
    )  # fmt: skip
    assert differences(told[0], alone(program, taken, happening)) == []


@checked
@given(st.data())
def test_a_row_of_a_batch_is_that_scenario_alone(sample: st.DataObject) -> None:
    program, happening, taken = drawn(sample)
    choice = drawn_by(sample.draw)
    timing = [moment for moment, _ in happening.came] + [happening.ends]
    others = []
    for _ in range(2):
        other = Happening(happening.begins, happening.ends, came_at(choice, program, timing))
        others.append(allowed(program, other))
    together = [others[0], taken, others[1]]
    told = told_by_engine(program, together, happening.begins, happening.ends)
    for one, came in zip(told, together, strict=True):
        assert differences(one, alone(program, came, happening)) == []


@checked
@given(st.data())
def test_what_a_pool_holds_is_conserved(sample: st.DataObject) -> None:
    program, happening, taken = drawn(sample)
    told = alone(program, taken, happening)
    nothing = {"received": 0, "paid": 0, "committed": 0}
    before, losing = dict.fromkeys(program.pools, nothing), set[str]()
    for now, found in told.views.items():
        moved = Counter[tuple[str, str]]()
        for name, way, _, amount in taken.get(now, Came()).moves:
            moved[name, way] += amount
            losing |= {name} if way == "lost" else set()
        granted = Counter[str]()
        for line in told.changes.get(now, []):
            if line[0] == "committed":
                granted[line[1]] += line[4]
        for name, pool in found["pools"].items():
            change = {key: pool[key] - before[name][key] for key in nothing}
            went = granted[name] - change["committed"]
            lost = change["paid"] - went
            assert change["received"] == moved[name, "in"]
            # What goes out was promised before; what is lost was there.
            assert 0 <= went <= moved[name, "out"]
            assert 0 <= lost <= moved[name, "lost"]
            assert min(pool.values()) >= 0
            assert pool["received"] >= pool["paid"]
            assert name in losing or pool["received"] >= (
                pool["paid"] + pool["committed"] + sum(found["held"][name])
            ), "no more is promised or held than is there"
            before[name] = pool


@checked
@given(st.data())
def test_no_debt_is_both_met_in_time_and_missed(sample: st.DataObject) -> None:
    program, happening, taken = drawn(sample)
    told = alone(program, taken, happening)
    met: set[tuple[Any, ...]] = set()
    owed: dict[tuple[Any, ...], bool] = {}
    for now, found in told.views.items():
        standing = {
            (name, row, raised, due): missed
            for name, rows in found["debts"].items()
            for row, debts in enumerate(rows)
            for raised, due, missed in debts
        }
        for debt, missed in owed.items():
            assert standing.get(debt, missed) >= missed, "what was missed stays missed"
            if debt not in standing and not missed:
                met.add(debt)
        for debt, missed in standing.items():
            due = debt[3]
            assert missed == (due is not None and due <= now)
            assert debt not in met
        owed = standing


@checked
@given(st.data())
def test_a_copy_goes_on_as_the_original(sample: st.DataObject) -> None:
    program, happening, taken = drawn(sample)
    straight = alone(program, taken, happening)
    told, kept = Told({}, {}, {}), open_standing(program, happening.begins, 1)
    others, now = [*taken, happening.ends], happening.begins
    while now <= happening.ends:
        before, kept = kept, kept.copy()
        _take(program, kept, now, taken, told)
        # A standing that is left behind must not have moved with its copy.
        again = Told({}, {}, {})
        _take(program, before, now, taken, again)
        assert again.views[now] == told.views[now]
        now = following(next_stop(kept, now), now, others)
    assert differences(told, straight) == []


def _take(
    program: Program, standing: Standing, now: Moment, taken: dict[Moment, Came], told: Told
) -> None:
    outcome = step(standing, now, intake_of(program, [taken.get(now, Came())]))
    if lines := said_by_engine(program, outcome, 0):
        told.changes[now] = lines
    told.views[now] = plain(view(standing, 0))


def test_drawn_moments_are_in_order() -> None:
    """The generator itself: moments rise, and acts stand at moments."""
    source = st.data()

    @settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
    @given(source)
    def check(sample: st.DataObject) -> None:
        program = program_of(sample.draw(accords()))
        timing = moments(drawn_by(sample.draw), program)
        assert timing == sorted(set(timing))

    check()
