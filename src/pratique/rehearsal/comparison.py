# SPDX-License-Identifier: Apache-2.0
"""What differs between two replays of one history: what came about only in one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pratique.base.moment import Clock, Day
from pratique.engine.happening import Happening
from pratique.rehearsal.replay import Replay

Key = tuple[str, str, int, Day, int]
"""Clause, edge, row, day, amount: what makes two happenings the same."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came about in one replay only."""

    happening: Happening
    only_in: Literal["whole", "part"]


def differences(whole: Replay, part: Replay) -> list[Difference]:
    """Return what came about in one of two replays and not, on the same day, in the other.

    In order of time; `whole` first where both have something on one moment.
    """
    found = [Difference(one, "whole") for one in _beyond(whole, part)]
    found += [Difference(one, "part") for one in _beyond(part, whole)]
    return sorted(found, key=lambda one: one.happening.moment)


def _beyond(this: Replay, other: Replay) -> Iterable[Happening]:
    clock = this.program.clock
    spare = Counter(_key(one, clock) for one in other.happenings)
    for one in this.happenings:
        key = _key(one, clock)
        if spare[key]:
            spare[key] -= 1
        else:
            yield one


def _key(one: Happening, clock: Clock) -> Key:
    return one.clause, one.edge, one.row, clock.day(one.moment), one.amount
