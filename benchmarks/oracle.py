# SPDX-License-Identifier: Apache-2.0
"""How many random accords and happenings the engine and the oracle agree on, and how fast.

Each example has a number and is always the same; `--examples 100000` is the long run. It can be
interrupted and says how far it came. What differs is named by its number: `--only NUMBER` shows it.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from benchmarks.machine import write_result
from generative.numbered import apart, example, told

EXAMPLES = 2_000
CHUNK = 50
LONGEST_SECONDS = 600
AGREED, DIFFERENT, NONE, RAISED = "agreed", "different", "none", "raised"


def verdict(number: int) -> str:
    """Return what came of one example: they agree, differ, raise, or there is none."""
    # Of processor time: a run may be paused, and goes on.
    signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
    try:
        found = apart(number)
    except Exception:
        return RAISED
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if found is None:
        return NONE
    return DIFFERENT if found else AGREED


def _too_long(*_: object) -> None:
    raise TimeoutError


def tried(numbers: range) -> tuple[Counter[str], list[int], float]:
    """Return the verdicts on some examples, the numbers of those that differ, and the seconds."""
    signal.signal(signal.SIGPROF, _too_long)
    gc.freeze()
    begun = process_time()
    verdicts = {number: verdict(number) for number in numbers}
    wrong = [number for number, one in verdicts.items() if one in (DIFFERENT, RAISED)]
    return Counter(verdicts.values()), wrong, process_time() - begun


def compared(first: int, count: int) -> Iterator[tuple[Counter[str], list[int], float]]:
    """Iterate over the verdicts so far, what differs, and all seconds spent."""
    last = first + count
    chunks = [range(start, min(start + CHUNK, last)) for start in range(first, last, CHUNK)]
    verdicts: Counter[str] = Counter()
    wrong: list[int] = []
    spent = 0.0
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as workers:
        for found in workers.map(tried, chunks):
            verdicts += found[0]
            wrong += found[1]
            spent += found[2]
            yield verdicts, wrong, spent


def show(number: int) -> None:
    """Print one example, what came in, and how the two differ."""
    drawn = example(number)
    if drawn is None:
        print("this number has no accord that can be compiled")
        return
    text, program, happening = drawn
    print(text)
    for moment, came in happening.came:
        print(moment, {name: value for name, value in vars(came).items() if value})
    print(apart(number) if told(program, happening) else "a case goes round in one moment")


def main() -> None:
    """Compare, print and write the result."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--examples", type=int, default=EXAMPLES)
    words.add_argument("--first", type=int, default=0)
    words.add_argument("--only", type=int)
    asked = words.parse_args()
    if asked.only is not None:
        show(asked.only)
        return
    verdicts: Counter[str] = Counter()
    wrong: list[int] = []
    spent = 0.0
    try:
        for verdicts, wrong, seconds in compared(asked.first, asked.examples):
            spent, done = seconds, verdicts.total()
            if done % (20 * CHUNK) == 0:
                print(
                    f"{done} of {asked.examples}: {dict(verdicts)}, differ {wrong[:10]}", flush=True
                )
    except KeyboardInterrupt:
        print(f"interrupted after {verdicts.total()}")
    done = verdicts.total()
    figures = {
        "first": asked.first,
        "examples": done,
        "agreed": verdicts[AGREED],
        "without_program": verdicts[NONE],
        "different": verdicts[DIFFERENT],
        "raised": verdicts[RAISED],
        "numbers_that_differ": wrong[:50],
        "mean_seconds": round(spent / max(1, done), 4),
    }
    for name, value in figures.items():
        print(f"{name}: {value}")
    print(f"written: {write_result('oracle', figures)}")


if __name__ == "__main__":
    main()
