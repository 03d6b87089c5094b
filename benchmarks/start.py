# SPDX-License-Identifier: Apache-2.0
"""How long the command line takes to start: `pratique --help`, run as a new process.

The limit is 0.3 s. Beside it a Python that imports nothing, and one that imports click alone.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

from benchmarks.machine import commit, machine, write_result

LIMIT = 0.3
ROUNDS = 21
COMMANDS = {
    "help": ["-m", "pratique.cli.main", "--help"],
    "kinds": ["-m", "pratique.cli.main", "kinds"],
    "python": ["-c", "pass"],
    "click": ["-c", "import click"],
}
HEAVY = ("numpy", "django", "lark", "pydantic")
"""What `--help` must not import."""


def seconds(words: list[str]) -> list[float]:
    """Return the seconds of several runs of a Python with these words, after an uncounted one."""
    spent = []
    for _ in range(ROUNDS + 1):
        start = perf_counter()
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
        spent.append(perf_counter() - start)
    return spent[1:]


def imported() -> list[str]:
    """Return which heavy packages the help imports."""
    words = [sys.executable, "-X", "importtime", *COMMANDS["help"]]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stderr
    modules = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    return [name for name in HEAVY if name in modules]


def figures() -> dict[str, object]:
    """Return the shortest and the median seconds of each command, and what the help imports."""
    found: dict[str, object] = {}
    shortest: dict[str, float] = {}
    for name, words in COMMANDS.items():
        spent = seconds(words)
        shortest[name] = min(spent)
        found |= {
            f"{name}_seconds": round(min(spent), 3),
            f"{name}_median_seconds": round(median(spent), 3),
        }
    return found | {
        "help_to_bare_python": round(shortest["help"] / shortest["python"], 2),
        "heavy_imports_of_help": imported(),
        "limit_seconds": LIMIT,
        "limit_met": shortest["help"] < LIMIT,
    }


def main() -> None:
    """Measure, print, and keep the result."""
    found = figures()
    print("\n".join(f"{n:32} {v}" for n, v in {"commit": commit(), **machine(), **found}.items()))
    print(write_result("start", found))


if __name__ == "__main__":
    main()
