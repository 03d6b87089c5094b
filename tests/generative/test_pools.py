# SPDX-License-Identifier: Apache-2.0
"""What must hold of pools whatever their fields say and whatever is drawn: conservation, limits."""

from __future__ import annotations

import os
from fractions import Fraction
from functools import cache
from math import ceil

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.accord.compile import compile_accord
from pratique.accord.method import division_of
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.duration import Duration, leaves_window
from pratique.base.finding import Finding
from pratique.base.moment import Clock
from pratique.base.money import filled_out, shared_out
from pratique.cli.methods import methods
from pratique.engine.intake import Intake, Move
from pratique.engine.pools.division import Division, met
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import Outcome, next_stop, step
from pratique.engine.view import view

EXAMPLES = 20 if os.environ.get("CI") else int(os.environ.get("PRATIQUE_EXAMPLES", "60"))
checked = settings(max_examples=EXAMPLES, deadline=None)
DAY = 86_400
BEGINS = 20_454 * DAY

HEAD = """---
accord: Small
date: 2026-01-01
---

## Annex

```accord
party aldova
party brenia
  in: islands
party corvia
  in: islands
people poor
body hub
term need per party: 1 of aldova, 0 of brenia, 5 of corvia
measure asked per party: event
  from: acts
measure wanted per party: event
  from: acts
measure back per party: event
  from: acts
measure all_ask: event
  from: acts
rule help
  on: asked
  then: send 7 from stock to that party within 3 days; send 5 from stock to other parties
rule relief
  on: wanted
  then: send 11 from stock to that party; hold 6 from stock for that party until back
rule share
  on: all_ask
  then: send 60% of stock to all parties
rule own
  on: all_ask
  then: send 3 from stock to hub
"""
FIELDS = {
    "cap": ("9 to one party in 3 days", "20 in 2 days; 8 to one party", "50%; 12 to one party"),
    "floor": ("70% to islands", "25% to poor, 40% to islands"),
    "keeps": ("8 for relief", "10%"),
    "shared by": ("need", "method max_min", "method need_weighted(need)", "method pro_rata"),
    "replenished within": ("5 days",),
    "rounds": ("down to 2", "down to 3"),
}
EVENTS = ("asked", "wanted", "back", "all_ask")


@cache
def compiled(*said: str) -> Program:
    """Return the program with a pool of which so much is said."""
    lines = ["pool stock: count", "  from: 4 per party per month; acts"]
    text = HEAD + "\n".join([*lines, *(f"  {one}" for one in said)]) + "\n```\n"
    accord = read_accord(text, methods())
    assert accord.is_sound, [str(one.sentence) for one in accord.findings]
    program = compile_accord(accord)
    assert not isinstance(program, Finding)
    return program


@st.composite
def fields(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw any fields of a pool."""
    chosen = [name for name in FIELDS if draw(st.booleans())]
    return tuple(f"{name}: {draw(st.sampled_from(FIELDS[name]))}" for name in chosen)


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    """Draw what comes in at one moment of two scenarios."""
    intake = Intake()
    for name in draw(st.lists(st.sampled_from(EVENTS), max_size=3, unique=True)):
        rows = 1 if name == "all_ask" else 3
        bits = draw(st.lists(st.booleans(), min_size=2 * rows, max_size=2 * rows))
        intake.events[name] = np.array(bits).reshape(2, rows)
    for way in draw(st.lists(st.sampled_from(("in", "out", "lost")), max_size=2)):
        amounts = draw(st.lists(st.integers(0, 12), min_size=8, max_size=8))
        intake.moves.append(Move("stock", way, np.array(amounts).reshape(2, 4)))
    return intake


@checked
@given(fields(), st.lists(intakes(), min_size=1, max_size=12))
def test_nothing_is_made_or_lost(said: tuple[str, ...], came: list[Intake]) -> None:
    """What comes in is there, promised, held or paid out; a moment gives no more than it had."""
    program = compiled(*said)
    standing = open_standing(program, BEGINS, 2)
    rows, unit, now = standing.pools["stock"], program.pools["stock"].rounds_to, BEGINS
    for number, intake in enumerate(came):
        outcome = step(standing, now, intake)
        opening = rows.opening["available"][:, 0]
        out = sum((one.granted.sum(axis=1) for one in outcome.draws), start=np.zeros(2))
        free = sum((one.amounts.sum(axis=1) for one in outcome.released), start=np.zeros(2))
        assert (rows.received >= rows.paid).all()
        assert (rows.held_for() >= 0).all()
        promised = rows.committed + rows.held
        assert (rows.available == rows.received - rows.paid - promised).all()
        assert (out <= np.maximum(0, opening)).all()
        assert (rows.available[:, 0] == opening - out + free).all()
        _in_whole_units(outcome, unit)
        now = min(next_stop(standing, now), now + DAY // 2 * (1 + number % 3))


def _in_whole_units(outcome: Outcome, unit: int) -> None:
    for one in outcome.draws:
        for amounts in (one.granted, one.short):
            assert (amounts >= 0).all()
            assert (amounts % unit == 0).all()
        for part in one.earmarked.values():
            assert (part <= one.granted).all()
            assert (part * 4 >= one.granted).all()


@checked
@given(fields(), st.lists(intakes(), min_size=1, max_size=12))
def test_a_scenario_is_what_it_is_alone(said: tuple[str, ...], came: list[Intake]) -> None:
    """A batch is its scenarios side by side, and a copy goes on as the original."""
    program = compiled(*said)
    together, alone = open_standing(program, BEGINS, 2), open_standing(program, BEGINS, 1)
    now = BEGINS
    for intake in came:
        together = together.copy()
        step(together, now, intake)
        step(alone, now, _of_first(intake))
        assert _plain(together) == _plain(alone)
        now = min(next_stop(together, now), next_stop(alone, now))


def _of_first(intake: Intake) -> Intake:
    events = {name: where[:1] for name, where in intake.events.items()}
    moves = [Move(one.pool, one.direction, one.amounts[:1]) for one in intake.moves]
    return Intake(events=events, moves=moves)


def _plain(standing: Standing) -> object:
    shown = view(standing, 0)
    return {name: shown[name] for name in ("pools", "held", "claims", "payments")}


@checked
@given(st.lists(st.tuples(intakes(), st.integers(1, 40)), min_size=2, max_size=14))
def test_a_cap_holds_in_every_window(came: list[tuple[Intake, int]]) -> None:
    """After a moment that gave a party something, three days' draws and what is held are <= 9."""
    program = compiled("cap: 9 to one party in 3 days")
    standing, now = open_standing(program, BEGINS, 2), BEGINS
    given_so_far: list[tuple[int, np.ndarray]] = []
    for intake, hours in came:
        outcome = step(standing, now, intake)
        draws = [one.granted for one in outcome.draws if not one.is_held]
        given_so_far += [(now, granted) for granted in draws]
        inside = [one for when, one in given_so_far if now < leaves_window(*_window(program, when))]
        counted = sum(inside, start=standing.pools["stock"].held_for())
        got = sum((one.granted for one in outcome.draws), start=np.zeros((2, 4)))
        assert (counted[:, :3][got[:, :3] > 0] <= 9).all()
        until = now + hours * 3600
        while (stop := next_stop(standing, now)) < until:
            step(standing, stop, Intake())
            now = stop
        now = until


def _window(program: Program, when: int) -> tuple[Clock, int, Duration]:
    return program.clock, when, Duration(3, "days")


# --- dividing -------------------------------------------------------------------------------------

columns = st.lists(st.integers(0, 30), min_size=4, max_size=4)
weighted = st.one_of(st.none(), st.lists(st.sampled_from((0, 1, 1, 2, 5)), min_size=4, max_size=4))


@checked
@given(columns, columns, weighted, st.integers(0, 130), st.sampled_from((0, 20, 50, 100)))
def test_a_division_gives_all_there_is_and_nobody_more_than_asked(
    one: list[int], other: list[int], weights: list[int] | None, units: int, floor: int
) -> None:
    asked, group, share = np.array([one, other]).T, frozenset({1, 2}), Fraction(floor, 100)
    exact = None if weights is None or not any(weights) else [Fraction(w) for w in weights]
    parts = Division(exact, None, ((share, group),)).divided(units, asked)
    assert (parts >= 0).all()
    assert (parts <= asked).all()
    assert parts.sum() == min(units, asked.sum())
    least = min(ceil(share * units), int(asked[[1, 2]].sum()))
    assert int(parts[[1, 2]].sum()) >= min(least, int(parts.sum()))


@checked
@given(columns, columns, st.integers(0, 130), st.integers(0, 130))
def test_what_is_kept_is_not_given_to_others(
    one: list[int], other: list[int], units: int, limit: int
) -> None:
    asked, limit = np.array([one, other]).T, min(units, limit)
    parts = met(asked, units, limit, np.array([True, False]), Division())
    assert (parts <= asked).all()
    assert parts[:, 1].sum() <= limit
    assert parts.sum() <= units
    # Nothing is left while somebody for whom it is there still wants it.
    left = units - parts.sum()
    assert left == 0 or parts[:, 0].sum() == asked[:, 0].sum()
    assert left == 0 or parts[:, 1].sum() == min(limit, asked[:, 1].sum())


@checked
@given(st.integers(0, 30), st.integers(0, 90), st.booleans())
def test_of_equal_asks_none_comes_before_an_earlier_one(
    ask: int, units: int, by_weight: bool
) -> None:
    """Ties go in order of declaration: the earlier has as much, and at most one unit more."""
    weights = [Fraction(1)] * 4 if by_weight else None
    parts = Division(weights).divided(units, np.full((4, 1), ask))[:, 0].tolist()
    assert parts == sorted(parts, reverse=True)
    assert parts[0] - parts[-1] <= 1


@checked
@given(columns, columns, st.integers(0, 130))
def test_filling_by_weight_is_the_method_of_that_name(
    most: list[int], weights: list[int], units: int
) -> None:
    """Two ways of writing one method: whole numbers in arrays, and fractions one by one."""
    arrays = np.array([units]), np.array([most]), np.array([weights], dtype=np.float64)
    expected = division_of(methods()["need_weighted"], *arrays[:2], weights=arrays[2])[0]
    assert filled_out(units, most, weights) == expected.tolist()


@checked
@given(columns, st.integers(0, 130))
def test_filling_by_what_is_asked_is_pro_rata(most: list[int], units: int) -> None:
    whole = min(units, sum(most))
    assert filled_out(units, most, most) == (shared_out(whole, most) if whole else [0] * 4)
