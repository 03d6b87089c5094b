# SPDX-License-Identifier: Apache-2.0
"""How many conditions a second are judged: 10,000 scenarios × 3 parties × 365 days, one core.

A condition is one row of one clause's `when` or `while`, judged and acted on in one daily step()
(figures taken in, memories kept, clauses armed, effects drawn): 10,000 × 3 rows where it is per
party, 10,000 where it is shared. Parts of a condition are counted apart, as nodes. Seconds are the
processor's, so that other work on the machine counts little.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from time import process_time
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import best_seconds, commit, machine, write_result
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.accord.terms.values import Term
from pratique.base.finding import Finding
from pratique.engine.conditions.evaluate import Builder
from pratique.engine.intake import Intake, Observation
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import step

SCENARIOS, PARTIES, DAYS = 10_000, ("alder", "birch", "cedar"), 365
GOAL = 100_000_000
BEGINS = 20_000

OPENING = """---
accord: Accord of the benchmark
draft: 1
date: 2026-01-01
clock: UTC
currency: USD
language: en
---

# Accord of the benchmark

## Article 1 — All of it

1. Written by the benchmark.

```accord 1.1
party alder "Alder"
party birch "Birch"
party cedar "Cedar"
measure cases, deaths per party: count in 0..1000000
  from: series cases of cholera class all, daily, by ministry
  if missing: hold 7 days
measure rain: number in 0..1000
  from: series rain of cholera class all, daily, by ministry
  if missing: hold 7 days
status alert per party
  lapses: after 10 days
"""

KINDS: dict[str, Callable[[int], str]] = {
    "comparison": lambda n: f"cases >= {40 + 6 * n}",
    "and_or": lambda n: f"cases >= {30 + 6 * n} and deaths >= {2 + n % 4} or rain > {240 + n}",
    "arithmetic": lambda n: f"cases + {2 + n} * deaths >= {120 + 20 * n}",
    "for_7_days": lambda n: f"(cases >= {20 + 3 * n} for 7 days)",
    "in_last_14_days": lambda n: f"(cases >= {80 + 9 * n} in last 14 days)",
    "count_of_parties": lambda n: f"count of parties (cases >= {30 + 6 * n}) >= 2",
    "sum_over_parties": lambda n: f"sum over parties (cases) >= {150 + 20 * n}",
    "mean_over_days": lambda n: f"mean of cases over {5 + n} days >= {40 + 6 * n}",
    "status_for_3_days": lambda n: f"(alert for 3 days) and cases >= {30 + 6 * n}",
}
SHARED = {"count_of_parties", "sum_over_parties"}
PLAIN = ("comparison", "for_7_days")
MIX = {
    "comparison": 5, "and_or": 3, "arithmetic": 1, "for_7_days": 3, "in_last_14_days": 2,
    "count_of_parties": 2, "sum_over_parties": 1, "mean_over_days": 2, "status_for_3_days": 1,
}  # fmt: skip
EACH = 10
"""Conditions in an accord of one kind."""


def program_of(kinds: Iterable[str]) -> tuple[Program, int]:
    """Return the program of one condition for each kind named, and their rows a scenario."""
    text, rows = OPENING, 0
    for number, kind in enumerate(kinds):
        shared = kind in SHARED
        rows += 1 if shared else len(PARTIES)
        text += _clause(number, KINDS[kind](number % EACH), shared=shared)
    accord = read_accord(text + "```\n")
    program = compile_accord(accord)
    if isinstance(program, Finding):
        raise SystemExit(f"the accord of the benchmark cannot be run: {program.sentence}")
    return program, rows


def _clause(number: int, condition: str, *, shared: bool) -> str:
    # Half of them are statuses, half rules, as in agreements.
    if number % 2:
        who = "each party" if shared else "that party"
        return f"rule r{number}\n  when: {condition}\n  then: start alert at {who}\n"
    return f"status s{number}{'' if shared else ' per party'}\n  while: {condition}\n"


def figures_of(scenarios: int, days: int, *, seed: int = 1) -> dict[str, NDArray[np.float64]]:
    """Return figures by measure, [day, scenario, row], that wander as epidemics and weather do."""
    chance = np.random.default_rng(seed)
    steps = chance.normal(0, 0.12, (days, len(PARTIES), scenarios)).cumsum(axis=0)
    cases = np.floor(np.exp(3 + steps))
    deaths = np.floor(cases * chance.uniform(0.01, 0.08, (len(PARTIES), scenarios)))
    rain = chance.gamma(2, 40, (days, 1, scenarios))
    figures = {"cases": cases, "deaths": deaths, "rain": rain}
    return {name: values.transpose(0, 2, 1) for name, values in figures.items()}


def with_gaps(
    figures: dict[str, NDArray[np.float64]], *, seed: int = 2
) -> dict[str, NDArray[np.float64]]:
    """Return figures of which one in twenty is missing."""
    chance = np.random.default_rng(seed)
    for values in figures.values():
        days, scenarios, rows = values.shape
        values[chance.random((days, rows, scenarios)).transpose(0, 2, 1) < 0.05] = np.nan
    return figures


def run(
    program: Program, figures: dict[str, NDArray[np.float64]], *, late: int = 0
) -> tuple[float, Standing]:
    """Return the seconds that all days' steps took, and the standing after them."""
    days, scenarios, _ = figures["cases"].shape
    standing = open_standing(program, BEGINS * 86_400, scenarios)
    seconds = 0.0
    for day in range(days):
        spoken = day - late
        seen = (
            [Observation(name, BEGINS + spoken, values[spoken]) for name, values in figures.items()]
            if spoken >= 0
            else []
        )
        start = process_time()
        step(standing, (BEGINS + day) * 86_400, Intake(observations=seen))
        seconds += process_time() - start
    return seconds, standing


def traffic(
    program: Program, figures: dict[str, NDArray[np.float64]], *, late: int = 0
) -> tuple[int, int]:
    """Return how many nodes' rows are evaluated, and the bytes of their results, over all days."""
    spent = [0, 0]
    build = Builder.function

    def counted(builder: Builder, term: Term, outer: int = -1) -> Callable[..., Any]:
        inner = build(builder, term, outer)

        def function(frame: Any, day: int) -> Any:
            pair = inner(frame, day)
            arrays = {id(one): one for one in pair if isinstance(one, np.ndarray)}.values()
            spent[0] += max((one.size for one in arrays), default=0)
            spent[1] += sum(one.nbytes for one in arrays)
            return pair

        return function

    with patch.object(Builder, "function", counted):
        run(program, figures, late=late)
    return spent[0], spent[1]


def copy_bandwidth() -> float:
    """Return the bytes a second that a copy of a large array reads and writes."""
    source = np.ones(40_000_000)
    target = np.zeros_like(source)
    return 2 * source.nbytes / best_seconds(lambda: np.copyto(target, source))


def bare_comparisons() -> float:
    """Return the limit: rows a second of a bare NumPy comparison of a step's figures."""
    values, rounds = figures_of(SCENARIOS, 1)["cases"][0], 2_000

    def compared() -> None:
        for number in range(rounds):
            np.greater_equal(values, number)

    return values.size * rounds / best_seconds(compared)


def one_core() -> None:
    """Keep this process to one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measured(
    kinds: list[str], figures: dict[str, NDArray[np.float64]], *, late: int = 0
) -> dict[str, float]:
    """Return the figures of an accord of some conditions."""
    program, rows = program_of(kinds)
    days, scenarios, _ = figures["cases"].shape
    seconds = min(run(program, figures, late=late)[0] for _ in range(2))
    conditions = rows * scenarios * days
    few = {name: values[:30] for name, values in figures.items()}
    nodes, touched = (one * days / 30 for one in traffic(program, few, late=late))
    return {
        "clauses": len(kinds),
        "seconds": round(seconds, 3),
        "conditions_per_second": round(conditions / seconds),
        "nanoseconds_per_condition": round(1e9 * seconds / conditions, 2),
        "nodes_per_second": round(nodes / seconds),
        # Each result is written once and read once; what memories read of past days is not in it.
        "result_gigabytes_per_second": round(2 * touched / seconds / 1e9, 2),
    }


def results() -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the figures of each kind of condition, of the plain ones, the mix, and late reports."""
    figures = figures_of(SCENARIOS, DAYS)
    mix = [kind for kind, count in MIX.items() for _ in range(count)]
    for kind in KINDS:
        yield kind, measured([kind] * EACH, figures)
    yield "plain", measured([*PLAIN] * EACH, figures)
    yield "mix", measured(mix, figures)
    yield "mix_late_and_missing", measured(mix, with_gaps(figures), late=3)


def main() -> None:
    """Measure, print, and keep the result."""
    one_core()
    bandwidth, limit = copy_bandwidth(), bare_comparisons()
    found: dict[str, Any] = {
        "scenarios": SCENARIOS, "parties": len(PARTIES), "days": DAYS, "cores_used": 1,
        "copy_gigabytes_per_second": round(bandwidth / 1e9, 1),
        "limit_rows_per_second": round(limit),
        "limit": "one NumPy comparison of the same rows with a number, same run",
    }  # fmt: skip
    print(
        "\n".join(
            f"{name:32} {value}"
            for name, value in {"commit": commit(), **machine(), **found}.items()
        )
    )
    for name, one in results():
        share = one["conditions_per_second"] / limit
        found[name] = {**one, "part_of_limit": round(share, 3)}
        print(
            f"{name:24}",
            *(f"{key} {value:,}" for key, value in found[name].items()),
            sep="  ",
            flush=True,
        )
    found |= {
        "goal_conditions_per_second": GOAL,
        "goal_met": found["plain"]["conditions_per_second"] >= GOAL,
    }
    print("goal", f"{GOAL:,}", "met" if found["goal_met"] else "not met", "by the plain conditions")
    print(write_result("conditions", found))


if __name__ == "__main__":
    main()
