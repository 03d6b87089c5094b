# SPDX-License-Identifier: Apache-2.0
"""How many of 300 generated single faults, of twelve families, `check` finds, and how much noise.

Recall: of the faults made, those of which a new finding of an expected code stands at the fault's
clause or paragraph. Precision: of all new findings, those that find the fault or truly follow from
it. `--missed` lists what was not found, `--noise` what was said beside; `--family WORDS` tries the
families of that name only; `--each 25` faults of each. It can be interrupted and says how far it
came.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from time import process_time

from benchmarks.machine import write_result
from benchmarks.mutants.drawing import EACH, FAMILIES, SEED, by_accord, drawn
from benchmarks.mutants.measure import Outcome, Tally, said_of, tried
from benchmarks.mutants.text import Family, cleans
from pratique.base.finding import Finding
from pratique.base.text import render

GOAL = 0.95


def clean_stops() -> dict[str, list[str]]:
    """Return the codes that stop each clean accord: there should be none."""
    stops = {}
    for clean in cleans():
        found = [one for one in said_of(clean.text) if one.accepted is None]
        stops[clean.name] = sorted({one.code for one in found if one.severity == "E"})
        for one in found:
            print(f"clean {clean.name}: {_told(one)}")
    return stops


def show(outcome: Outcome, words: str, findings: Iterable[Finding] = ()) -> None:
    """Print one outcome for people who look into it."""
    fault = outcome.fault
    print(f"\n{words}: {outcome.family.name}: {fault.slip}; {fault.clean.name}", end="")
    print(f" line {fault.first}, {', '.join(fault.clauses)}")
    print("\n".join(f"  {line}" for line in fault.told.split("\n")))
    for finding in findings:
        print(f"  {_told(finding)}")


def _told(finding: Finding) -> str:
    return f"{finding.code} {finding.span.line} {finding.clause}: {render(finding.sentence, 'en')}"


def of_family(family: Family, asked: argparse.Namespace) -> tuple[Tally, list[Outcome]]:
    """Return the tally of one family, and what came of each fault."""
    tally, outcomes = Tally(), []
    for fault in drawn(family, asked.each, asked.seed):
        outcome = tried(family, fault)
        outcomes.append(outcome)
        tally = tally.with_one(outcome)
        if asked.missed and not outcome.is_found:
            show(outcome, "missed", (*outcome.follows, *outcome.noise))
        if asked.noise and outcome.noise:
            show(outcome, "noise", outcome.noise)
    return tally, outcomes


def figures_of(tally: Tally, outcomes: list[Outcome]) -> dict[str, object]:
    """Return what is kept of a family."""
    slips: dict[str, list[int]] = {}
    for outcome in outcomes:
        made = slips.setdefault(outcome.fault.slip, [0, 0])
        made[0] += outcome.is_found
        made[1] += 1
    return {
        "made": tally.made,
        "found": tally.found,
        "recall": round(tally.recall, 3),
        "new_findings": tally.new,
        "precision": round(tally.precision, 3),
        "expected": sorted(outcomes[0].family.expected) if outcomes else [],
        "accords": by_accord(one.fault for one in outcomes),
        "slips": {slip: f"{found} of {made}" for slip, (found, made) in sorted(slips.items())},
    }


def main() -> None:
    """Measure, print and write the result."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--each", type=int, default=EACH)
    words.add_argument("--seed", type=int, default=SEED)
    words.add_argument("--family", default="")
    words.add_argument("--missed", action="store_true")
    words.add_argument("--noise", action="store_true")
    words.add_argument("--unwritten", action="store_true", help="keep no result")
    asked = words.parse_args()
    begun = process_time()
    kept: dict[str, object] = {}
    whole: list[Tally] = []
    stops = clean_stops()
    print(f"{'family':28}{'made':>6}{'found':>7}{'recall':>8}{'new':>6}{'precision':>11}")
    try:
        for family in FAMILIES:
            if asked.family not in family.name:
                continue
            tally, outcomes = of_family(family, asked)
            whole.append(tally)
            kept[family.name] = figures_of(tally, outcomes)
            print(row(family.name, tally), flush=True)
    except KeyboardInterrupt:
        print(f"interrupted after {len(whole)} families")
    total = Tally(
        *(sum(getattr(one, name) for one in whole) for name in Tally.__dataclass_fields__)
    )
    print(row("all", total))
    figures = {
        "seed": asked.seed,
        "goal_recall": GOAL,
        "faults": total.made,
        "found": total.found,
        "recall": round(total.recall, 3),
        "precision": round(total.precision, 3),
        "stops_on_clean_accords": stops,
        "families": kept,
        "seconds": round(process_time() - begun, 1),
    }
    if not asked.unwritten and not asked.family:
        print(f"written: {write_result('mutants', figures)}")


def row(name: str, tally: Tally) -> str:
    """Return a line of the table."""
    return (
        f"{name:28}{tally.made:>6}{tally.found:>7}{tally.recall:>8.2f}{tally.new:>6}"
        f"{tally.precision:>11.2f}"
    )


if __name__ == "__main__":
    main()
