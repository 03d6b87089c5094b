# SPDX-License-Identifier: Apache-2.0
"""Who is bound, what stands back, and hindsight: a batch is what its scenarios are one by one."""

from __future__ import annotations

import numpy as np
import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.engine.intake import Intake, Observation
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import Outcome, step
from pratique.engine.view import view

TEXT = """---
accord: Many
clock: UTC
currency: USD
---

## Annex

```accord
party alba
  in: states, donors
party bora
  in: states
party cora
  in: donors
  reserves: tell
measure cases per party: count in 0..100
  from: series cases of cholera, daily, by registers
  if missing: hold 2 days
measure stock per donors: number in 0..100
  from: series stock of cholera, daily, by registers
  if missing: hold 20 days
term key per party: 30% of alba, 30% of bora, 40% of cora
term threshold: 40; from 1970-02-01: 60
status in_force per party
  while: ratified
  survives: tell
  winds down: 3 days
status outbreak
  while: (count of parties (cases > 50) >= 2) for 2 days
status rich
  while: any donors (stock > 50) and mean over states (cases) > 30
status suspended per party
  while: max of cases over 3 days > 90
  stops: drawing, tell
pool fund: money USD
  from: USD 100 per year as 50% of alba, 50% of bora within 5 days
rule small
  when: cases > threshold
  then: pay USD 10 from fund to that party
rule great
  when: cases > 80 for 2 days
  then: start alarm at that party
  overrides: small
status alarm per party
  lapses: on 1970-03-01
duty tell
  when: cases > 20
  by: that party
  must: say so
  within: 2 days
power go
  by: any party
  may: leave
  when: cases > 95
```
"""
BATCH, DAYS, BEGINS, PARTIES = 6, 70, 1_000_000, 3


def program() -> Program:
    accord = read_accord(TEXT)
    assert accord.is_sound, [str(one.sentence) for one in accord.findings]
    compiled = compile_accord(accord)
    assert not isinstance(compiled, Finding)
    return compiled


def intakes(seed: int, day: int, scenarios: slice) -> Intake:
    """Return what comes in on a day; figures speak of days up to nine days ago."""
    chance = np.random.default_rng((seed, day))
    shape = (BATCH, PARTIES)
    today = BEGINS // 86_400 + day
    seen = []
    for name in ("cases", "stock"):
        for late in (0, int(chance.integers(1, 10))):
            values = np.where(chance.random(shape) < 0.5, chance.integers(0, 101, shape), np.nan)
            seen.append(Observation(name, today - late, values[scenarios].astype(np.float64)))

    def now_and_then(share: float) -> np.ndarray:
        return np.asarray(chance.random(shape) < share)[scenarios]

    intake = Intake(observations=seen)
    intake.ratified, intake.left = now_and_then(0.1), now_and_then(0.02)
    intake.used = {"go": now_and_then(0.2)}
    return intake


def run(compiled: Program, seed: int, scenarios: slice) -> tuple[Standing, list[Outcome]]:
    count = len(range(*scenarios.indices(BATCH)))
    standing = open_standing(compiled, BEGINS, count)
    outcomes = []
    for day in range(DAYS):
        moment = BEGINS + day * 86_400
        if day:
            outcomes.append(step(standing, moment - BEGINS % 86_400, Intake()))
        outcomes.append(step(standing, moment, intakes(seed, day, scenarios)))
    return standing, outcomes


@pytest.mark.parametrize("seed", [1, 2])
def test_a_batch_is_what_its_scenarios_are_one_by_one(seed: int) -> None:
    compiled = program()
    assert compiled.membership
    together, all_outcomes = run(compiled, seed, slice(0, BATCH))
    seen: set[str] = set()
    for number in range(BATCH):
        alone, outcomes = run(compiled, seed, slice(number, number + 1))
        assert view(alone) == view(together, number)
        for one, of_all in zip(outcomes, all_outcomes, strict=True):
            here = {key: where[0].tolist() for key, where in one.edges.items()}
            there = {
                key: where[number].tolist()
                for key, where in of_all.edges.items()
                if where[number].any()
            }
            assert here == there
            seen |= {edge for _, edge in here}
    assert {"would_have_fired", "used", "ended", "starts"} <= seen


def test_a_copy_goes_its_own_way() -> None:
    compiled = program()
    first, _ = run(compiled, 3, slice(0, 2))
    twin = first.copy()
    before = view(first, 1)
    later = BEGINS + DAYS * 86_400
    step(twin, later, intakes(3, DAYS, slice(0, 2)))
    assert view(first, 1) == before
    assert first.now < twin.now
    step(first, later, intakes(3, DAYS, slice(0, 2)))
    assert view(first, 1) == view(twin, 1)
