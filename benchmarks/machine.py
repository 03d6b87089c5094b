# SPDX-License-Identifier: Apache-2.0
"""Where and when a figure was measured, and the file it is kept in; else it means nothing."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def machine() -> dict[str, object]:
    """Return the machine, in the words that let another reader judge a figure."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def commit() -> str:
    """Return the commit measured, marked `+changes` if the tree differs from it."""
    head = _git("rev-parse", "--short=12", "HEAD")
    changes = (
        "+changes"
        if _git("status", "--porcelain", "--", "src", "benchmarks", ":!benchmarks/results")
        else ""
    )
    return f"{head}{changes}" if head else "unknown"


def write_result(name: str, figures: Mapping[str, object]) -> Path:
    """Write figures with machine, commit and time to `results/NAME.json`; return the path."""
    measured = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    result = {"measured": measured, "commit": commit(), "machine": machine(), "figures": figures}
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def best_seconds(work: Callable[[], object], *, rounds: int = 5) -> float:
    """Return the shortest of several rounds: what the machine can do when left alone."""
    return min(_seconds(work) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _git(*words: str) -> str:
    try:
        command = ["git", *words]
        run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    except OSError:
        return ""
    return run.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _memory_gb() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
    except (AttributeError, OSError, ValueError):
        return None
