# SPDX-License-Identifier: Apache-2.0
"""Ours against R's `surveillance` and `EpiEstim`: the same series, one core, one run.

Prints for each algorithm the seconds of both for one result, the ratio, its goal, and whether all
alarms are the same; the cost of one series from 1 to 100,000 of them; what share of the machine's
limit is reached; and 100,000 series of ten years as a stream on all cores. `--quick` takes fewer
series. Kernels are compiled before anything is timed; what it takes is printed too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

import numpy as np

from benchmarks.machine import best_seconds, write_result
from benchmarks.surveillance.algorithms import ALGORITHMS, LAST, Algorithm, rt
from benchmarks.surveillance.drawn import DAYS, WEEKS, daily, weekly
from benchmarks.surveillance.limits import copied_octets, multiplied_sums
from benchmarks.surveillance.peer import Peer, has_peer, run_peer
from pratique.surveillance import detect
from pratique.surveillance.scale.chunks import Watch, watched
from pratique.surveillance.series.collection import Identity, SeriesSet
from pratique.surveillance.series.weeks import week_name

SERIES = 100_000
LIMIT_SECONDS = 10.0
RT_SERIES, RT_PEER, RT_GOAL = 2_000, 5, 100
SCALES = (1, 10, 100, 1_000, 10_000, 100_000)
TOLERANCE = 1e-6


def compiled() -> float:
    """Return the seconds until every kernel has run once."""
    few, days = weekly(3), daily(3)
    start = perf_counter()
    for one in ALGORITHMS:
        one.ours(few)
    rt(days)
    return perf_counter() - start


def against(one: Algorithm, counts: np.ndarray, peer: Peer) -> dict[str, object]:
    """Return how one algorithm compares, a result being one series at one time."""
    mine = counts[: one.our_series]
    ours = best_seconds(lambda: one.ours(mine), rounds=3) / (len(mine) * one.steps)
    theirs = peer.seconds[one.name] / (one.peer_series * one.steps)
    found = one.ours(counts[: one.peer_series])
    same, worst = _agreement(found.upper, found.alarm, peer.found[one.name])
    return {
        "peer_us": round(theirs * 1e6, 3), "ours_us": round(ours * 1e6, 5),
        "ratio": round(theirs / ours), "goal": one.goal, "alarms_compared": same[1],
        "alarms_that_differ": same[0], "worst_bound": worst,
    }  # fmt: skip


def _agreement(
    upper: np.ndarray, alarm: np.ndarray, peer: dict[str, np.ndarray]
) -> tuple[tuple[int, int], float]:
    # The peer gives nothing before its baseline is full: the ends are the same times.
    many = len(upper)
    theirs = peer["alarm"].reshape(many, -1)
    bounds = peer["upper"].reshape(many, -1)
    width = min(theirs.shape[1], alarm.shape[1])
    theirs, bounds = theirs[:, -width:], bounds[:, -width:]
    mine, limit = alarm[:, -width:], upper[:, -width:]
    known = np.isfinite(bounds) & np.isfinite(limit)
    differ = int((mine != (np.nan_to_num(theirs) > 0)).sum())
    gap = np.abs(limit - bounds)[known] / np.maximum(np.abs(bounds[known]), TOLERANCE)
    return (differ, mine.size), float(gap.max(initial=0))


def against_cori(days: np.ndarray, peer: Peer) -> dict[str, object]:
    """Return how the reproduction number compares, a result being a series of 365 days."""
    ours = best_seconds(lambda: rt(days[:RT_SERIES]), rounds=3) / RT_SERIES
    theirs = peer.seconds["cori"] / RT_PEER
    found = rt(days[:RT_PEER])
    mean = peer.found["cori"]["Mean(R)"].reshape(RT_PEER, -1)
    gap = np.abs(found.mean - mean) / mean
    return {
        "peer_us": round(theirs * 1e6, 1), "ours_us": round(ours * 1e6, 2),
        "ratio": round(theirs / ours), "goal": RT_GOAL, "worst_mean": float(np.nanmax(gap)),
    }  # fmt: skip


def by_scale(counts: np.ndarray) -> dict[int, float]:
    """Return the microseconds of one series, its last week by Farrington flexible, by how many."""
    at = LAST[-1:]
    times = {}
    for many in SCALES:
        if many <= len(counts):
            work = counts[:many]
            seconds = best_seconds(lambda w=work: detect("farrington_flexible", w, at=at), rounds=3)
            times[many] = round(seconds / many * 1e6, 3)
    return times


def blocks(counts: np.ndarray, size: int = 2_000) -> Iterator[SeriesSet]:
    """Iterate over series as a stream of sets."""
    for start in range(0, len(counts), size):
        part = counts[start : start + size]
        names = tuple(Identity("cases", place=f"p{start + n}") for n in range(len(part)))
        yield SeriesSet(names, "iso_week", 16_076, part)


def streamed(counts: np.ndarray, workers: int) -> tuple[float, int]:
    """Return the seconds for the last week of all series on so many cores, and the alarms."""
    watch = Watch("farrington_flexible")
    start = perf_counter()
    alarms = sum(
        int(one.detection.alarm.sum()) for one in watched(watch, blocks(counts), workers=workers)
    )
    return perf_counter() - start, alarms


def commanded(counts: np.ndarray) -> dict[str, object]:
    """Return the seconds and the memory of `pratique detect` on the same series as a table."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "counts.csv")
        weeks = [week_name(16_076 + 7 * week, "iso_week") for week in range(WEEKS)]
        with table.open("w", encoding="utf-8") as opened:
            opened.write(f"place,{','.join(weeks)}\n")
            for number, row in enumerate(counts.astype(np.int64).tolist()):
                opened.write(f"p{number},{','.join(map(str, row))}\n")
        words = [
            "detect",
            str(table),
            "--detector",
            "farrington_flexible",
            "--out",
            str(Path(folder, "out")),
        ]
        program = [str(Path(sys.executable).with_name("pratique")), *words]
        start = perf_counter()
        child = subprocess.Popen(program, stdout=subprocess.DEVNULL)
        peak = 0
        while child.poll() is None:
            peak = max(peak, _most_memory(child.pid))
            sleep(0.02)
        return {
            "status": child.returncode, "seconds": round(perf_counter() - start, 1),
            "limit_seconds": LIMIT_SECONDS, "peak_mb": round(peak / 1024),
            "table_mb": round(table.stat().st_size / 1e6),
        }  # fmt: skip


def _most_memory(process: int) -> int:
    # What a process used at most itself, in kB: what is told when it ends holds its parent's too.
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def limits_reached(counts: np.ndarray, days: np.ndarray) -> dict[str, object]:
    """Return the machine's limits on one core and the share that each kind of kernel reaches."""
    octets, sums = copied_octets(), multiplied_sums()
    ears = next(one for one in ALGORITHMS if one.name == "ears_c1")
    mine = counts[: ears.our_series]
    # Read: the counts; written: a bound and an alarm.
    least = (8 + 8 + 1) * mine.size / octets
    seconds = best_seconds(lambda: ears.ours(mine), rounds=3)
    return {
        "copied_gb_s": round(octets / 1e9, 2), "multiplied_gflop_s": round(sums / 1e9, 2),
        "ears_share_of_copying": round(least / seconds, 3),
        "farrington_flops_at_limit_per_result": round(
            sums * best_seconds(lambda: ALGORITHMS[0].ours(counts[:2000])) / (2000 * len(LAST))
        ),
        "days": DAYS, "series_of_days": len(days),
    }  # fmt: skip


def main() -> None:
    """Measure, print, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the series")
    asked = parser.parse_args()
    all_cores = os.sched_getaffinity(0)
    many = SERIES // 10 if asked.quick else SERIES
    counts, days = weekly(many), daily(RT_SERIES)
    figures: dict[str, object] = {"compiling_seconds": round(compiled(), 1)}
    print(f"kernels compiled or loaded: {figures['compiling_seconds']} s")
    os.sched_setaffinity(0, {min(all_cores)})
    if has_peer():
        with tempfile.TemporaryDirectory() as folder:
            wanted = {one.name: one.peer_series for one in ALGORITHMS} | {"cori": RT_PEER}
            most = max(one.peer_series for one in ALGORITHMS)
            peer = run_peer(Path(folder), counts[:most], days[:RT_PEER], wanted)
        rows = {one.name: against(one, counts, peer) for one in ALGORITHMS}
        rows["cori"] = against_cori(days, peer)
        figures["against_peer"] = rows
        ears = [rows[f"ears_c{n}"] for n in (1, 2, 3)]
        together = sum(one["peer_us"] for one in ears) / sum(one["ours_us"] for one in ears)
        figures["ears_together_ratio"] = round(together)
        for name, row in rows.items():
            print(f"{name:22}", "  ".join(f"{key} {value}" for key, value in row.items()))
        print("EARS C1+C2+C3 together:", figures["ears_together_ratio"], "times")
    else:
        print("R with surveillance and EpiEstim is not here: nothing is compared")
    figures["series_us_by_scale"] = by_scale(counts)
    print("one series by how many, us:", figures["series_us_by_scale"])
    figures["limits"] = limits_reached(counts, days)
    print("limits:", figures["limits"])
    os.sched_setaffinity(0, all_cores)
    seconds, alarms = streamed(counts, len(all_cores))
    figures["stream"] = {
        "series": many, "weeks": WEEKS, "cores": len(all_cores), "seconds": round(seconds, 2),
        "limit_seconds": LIMIT_SECONDS, "alarms": alarms,
    }  # fmt: skip
    print("stream:", figures["stream"])
    figures["command"] = commanded(counts)
    print("command:", figures["command"])
    if not asked.quick:
        print("written:", write_result("surveillance", figures))


if __name__ == "__main__":
    main()
