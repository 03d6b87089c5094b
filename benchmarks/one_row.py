# SPDX-License-Identifier: Apache-2.0
"""How long a step takes for an agreement in force: one scenario, 50 clauses, a year of few acts.

Every stop that the engine asks for is stepped, as in live use. The limit is 5 ms of processor time
a step. Beside it the example accord's replay (by the clock on the wall), and a bare NumPy call,
which bounds any step made of such calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import process_time

import numpy as np

from benchmarks.machine import ROOT, best_seconds, commit, machine, write_result
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import Moment
from pratique.cli.methods import methods
from pratique.engine.intake import YES, Ballots, Intake, Observation
from pratique.engine.standing import open_standing
from pratique.engine.step import next_stop, step
from pratique.rehearsal.conduct import conduct_named
from pratique.rehearsal.history import read_history
from pratique.rehearsal.replay import replay

LIMIT_MS = 5.0
BEGINS, DAYS, PARTIES = 20_000, 365, 3
EXAMPLE = ROOT / "accords" / "mano-river"

OPENING = """---
accord: Accord of fifty clauses
draft: 1
date: 2026-01-01
clock: UTC
currency: USD
language: en
---

# Accord of fifty clauses

## Article 1 — All of it

1. Written by the benchmark.

```accord 1.1
party alder "Alder"
party birch "Birch"
party cedar "Cedar"
body council "Council"
  kind: council
  seats: 1 per party
body hub "Hub"
  kind: hub
measure cases, deaths per party: count in 0..1000000
  from: series cases of cholera class all, daily, by ministry
  if missing: hold 7 days
measure rain: number in 0..1000
  from: series rain of cholera class all, weekly, by ministry
  if missing: hold 14 days
measure unusual_event per party: event
  from: acts
pool fund: money USD
  from: USD 10 million per year as 40% of alder, 30% of birch, 30% of cedar within 60 days
  kept by: hub
pool kits: count
  from: 900 as 50% of alder, 30% of birch, 20% of cedar within 30 days
  kept by: hub
"""
STATUSES = (
    "status s{n} per party\n  while: (cases >= {t} for {d} days)\n",
    "status s{n}\n  while: count of parties (cases >= {t}) >= 2\n  lingers: {d} days\n",
)
RULES = (
    "rule r{n}\n  when: mean of cases over {d} days >= {t} and s0\n"
    "  then: pay USD 10 thousand from fund to that party within 72 hours\n"
    "  at most: once in 90 days\n",
    "rule r{n}\n  when: sum over parties (deaths) >= {t} or (rain > 200 in last {d} days)\n"
    "  then: call p{p}; send 5 from kits to each party within 7 days\n"
    "  at most: once in 30 days\n",
)
DUTIES = (
    "duty d{n}\n  on: unusual_event\n  by: that party\n  to: hub\n  must: notify\n"
    "  within: 24 hours\n",
    "duty d{n}\n  when: s{s} and cases >= {t}\n  by: that party\n  to: hub\n  must: report\n"
    "  within: {d} days\n",
    "duty d{n}\n  every: 30 days\n  by: each party\n  to: hub\n  must: write\n  within: {d} days\n",
    "duty d{n}\n  on: p{p} used\n  by: hub\n  to: all parties\n  must: plan\n  within: {d} days\n",
)
POWER = (
    "power p{n}\n  by: council\n  when: any party (cases >= {t}) or s1\n  may: start e{n}\n"
    "  decided by: 2/3 of parties within 48 hours\n  silence: consents\n"
)


def clauses() -> Iterator[str]:
    """Yield fifty clauses: 8 statuses, 10 rules, 20 duties, 8 powers, 4 statuses they start."""
    for n in range(8):
        yield STATUSES[n % 2].format(n=n, t=20 + 5 * n, d=3 + n)
    for n in range(10):
        yield RULES[n % 2].format(n=n, t=30 + 7 * n, d=5 + n, p=n % 8)
    for n in range(20):
        yield DUTIES[n % 4].format(n=n, t=25 + 2 * n, d=2 + n % 9, s=n % 8, p=n % 8)
    for n in range(8):
        yield POWER.format(n=n, t=20 + 5 * n).replace(f"start e{n}", f"start e{n % 4}")
    for n in range(4):
        yield f"status e{n}\n  lapses: after {20 + n} days\n"


def program_of_fifty() -> Program:
    """Return the program of the accord of fifty clauses."""
    program = compile_accord(read_accord(OPENING + "".join(clauses()) + "```\n"))
    if isinstance(program, Finding):
        raise SystemExit(f"the accord of the benchmark cannot be run: {program.sentence}")
    return program


def acts_by_moment(*, seed: int = 1) -> dict[Moment, Intake]:
    """Return a year of daily figures at eight in the morning, and now and then an act at noon."""
    chance = np.random.default_rng(seed)
    cases = np.floor(np.exp(3.2 + chance.normal(0, 0.1, (DAYS, PARTIES)).cumsum(axis=0)))
    acts: dict[Moment, Intake] = {}
    for day in range(DAYS):
        start = (BEGINS + day) * 86_400
        seen = [
            Observation("cases", BEGINS + day, cases[day : day + 1]),
            Observation("deaths", BEGINS + day, np.floor(cases[day : day + 1] / 9)),
        ]
        if day % 7 == 0:
            seen.append(Observation("rain", BEGINS + day, chance.gamma(2, 60, (1, 1))))
        acts[start + 8 * 3600] = Intake(observations=seen)
        if chance.random() < 0.1:
            acts[start + 12 * 3600] = _act(chance)
    return acts


def _act(chance: np.random.Generator) -> Intake:
    party, number = int(chance.integers(PARTIES)), int(chance.integers(8))
    where = np.zeros((1, PARTIES), dtype=np.bool_)
    where[0, party] = True
    vote = Ballots(f"p{number}", party, np.full((1, 1), YES, dtype=np.int8))
    proposed = {f"p{(number + 1) % 8}": np.ones((1, 1), dtype=np.bool_)}
    return Intake(
        events={"unusual_event": where}, performed={"d0": where}, ballots=[vote], proposed=proposed
    )


def milliseconds(program: Program, acts: dict[Moment, Intake]) -> tuple[list[float], int]:
    """Return the milliseconds of each step of the year, finding the next, and the changes seen."""
    standing = open_standing(program, BEGINS * 86_400)
    now, waiting, end = BEGINS * 86_400, sorted(acts), (BEGINS + DAYS) * 86_400
    spent, changes = [], 0
    while now < end:
        intake = acts.get(now, Intake())
        waiting = [moment for moment in waiting if moment > now]
        start = process_time()
        outcome = step(standing, now, intake)
        now = min([next_stop(standing, now), *waiting[:1]])
        spent.append(1000 * (process_time() - start))
        changes += len(outcome.edges)
    return spent, changes


def replayed(folder: Path) -> dict[str, float]:
    """Return the seconds of the example's replay under `deadline`, and how long a moment takes."""
    program = compile_accord(read_accord((folder / "accord.md").read_text("utf-8"), methods()))
    if isinstance(program, Finding):
        raise SystemExit(f"the example cannot be run: {program.sentence}")
    history = read_history(folder / "history", program)
    conduct = conduct_named("deadline")
    seconds = best_seconds(lambda: replay(program, history, conduct), rounds=3)
    moments = replay(program, history, conduct).moments
    return {
        "replay_seconds": round(seconds, 3),
        "replay_moments": moments,
        "replay_ms_per_moment": round(1000 * seconds / moments, 3),
    }


def figures() -> dict[str, object]:
    """Return the figures of a year of one agreement, and of the example's replay."""
    program, acts = program_of_fifty(), acts_by_moment()
    runs = [milliseconds(program, acts) for _ in range(3)]
    # The same steps each time: the shortest of three is the engine's, the rest the machine's.
    spent, changes = (
        [min(times) for times in zip(*(run[0] for run in runs), strict=True)],
        runs[0][1],
    )
    one, other = np.zeros((1, 3), dtype=np.bool_), np.ones((1, 3), dtype=np.bool_)
    bare = best_seconds(lambda: [one | other for _ in range(10_000)]) / 10_000
    hundredths = quantiles(spent, n=100)
    return {
        "clauses": 50, "steps": len(spent), "changes": changes,
        "median_ms": round(median(spent), 3), "p99_ms": round(hundredths[98], 3),
        "most_ms": round(max(spent), 3),
        "limit_ms": LIMIT_MS, "median_part_of_limit": round(median(spent) / LIMIT_MS, 3),
        "limit_met": hundredths[98] < LIMIT_MS,
        "bare_numpy_call_us": round(1e6 * bare, 2),
        "median_in_bare_calls": round(median(spent) / 1000 / bare),
    } | replayed(EXAMPLE)  # fmt: skip


def main() -> None:
    """Measure, print, and keep the result."""
    found = figures()
    print("\n".join(f"{n:32} {v}" for n, v in {"commit": commit(), **machine(), **found}.items()))
    print(write_result("one_row", found))


if __name__ == "__main__":
    main()
