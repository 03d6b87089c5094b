# SPDX-License-Identifier: Apache-2.0
"""Which faults are tried: of each family so many, over all its slips and all clean accords."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from benchmarks.mutants.conflicts import CONTRADICTION, DUTY_AGAINST_PROHIBITION, START_AND_STOP
from benchmarks.mutants.exits import MISSING_EXIT
from benchmarks.mutants.figures import FIGURE_DRIFT, WRONG_UNIT
from benchmarks.mutants.means import UNFUNDED
from benchmarks.mutants.offices import WRONG_PARTY, WRONG_QUORUM
from benchmarks.mutants.overriding import CYCLIC, DEAD
from benchmarks.mutants.text import Family, Fault, cleans
from benchmarks.mutants.triggers import UNREACHABLE
from pratique.accord.model import read_accord
from pratique.cli.methods import methods

SEED = 1_405
EACH = 25
FAMILIES: tuple[Family, ...] = (
    CONTRADICTION,
    UNREACHABLE,
    DUTY_AGAINST_PROHIBITION,
    START_AND_STOP,
    MISSING_EXIT,
    UNFUNDED,
    FIGURE_DRIFT,
    WRONG_UNIT,
    WRONG_PARTY,
    WRONG_QUORUM,
    CYCLIC,
    DEAD,
)


def drawn(family: Family, count: int, seed: int = SEED) -> list[Fault]:
    """Return so many faults of a family, all different and readable; fewer if there are none left.

    The slips take turns, and within a slip the accords, so that none is more than its share.
    """
    chosen: list[Fault] = []
    seen: set[str] = set()
    for fault in _in_turn(all_faults(family), random.Random(f"{seed} {family.name}")):
        if len(chosen) == count:
            break
        text = fault.text
        if text not in seen and is_readable(fault, family):
            seen.add(text)
            chosen.append(fault)
    return chosen


def all_faults(family: Family) -> list[Fault]:
    """Return every fault of a family in all clean accords."""
    return [fault for clean in cleans() for fault in family.faults(clean)]


def _in_turn(faults: Iterable[Fault], chance: random.Random) -> Iterator[Fault]:
    slips: dict[str, dict[str, list[Fault]]] = {}
    for fault in faults:
        slips.setdefault(fault.slip, {}).setdefault(fault.clean.name, []).append(fault)
    turns = []
    for slip in sorted(slips):
        by_accords = list(slips[slip].values())
        for faults_of in by_accords:
            chance.shuffle(faults_of)
        chance.shuffle(by_accords)
        turns.append(_turns(by_accords))
    chance.shuffle(turns)
    yield from _turns(turns)


def _turns(lists: list[list[Fault]]) -> list[Fault]:
    longest = max((len(one) for one in lists), default=0)
    return [one[place] for place in range(longest) for one in lists if place < len(one)]


def is_readable(fault: Fault, family: Family) -> bool:
    """Say whether nothing stops the text from being read but, if anything, this very fault."""
    if not fault.clean.accord.is_sound:
        return False
    allowed = family.expected | family.follows
    before = {finding.code for finding in fault.clean.accord.findings}
    found = {finding.code for finding in read_accord(fault.text, methods()).findings}
    return {code for code in found - before if code.startswith("E")} <= allowed


def by_accord(faults: Iterable[Fault]) -> dict[str, int]:
    """Return how many faults were made in each clean accord."""
    counts: dict[str, int] = {}
    for fault in faults:
        counts[fault.clean.name] = counts.get(fault.clean.name, 0) + 1
    return counts
