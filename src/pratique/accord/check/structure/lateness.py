# SPDX-License-Identifier: Apache-2.0
"""W510: a step into which cases fall when its time, counted from an earlier one, can be over.

So it is where the end that closed a case was forgotten: it goes on into another branch. Only what
follows by order is looked at; an end that leads to a step says that this is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from pratique.accord.check.structure.paths import CLOSED, Paths
from pratique.accord.check.structure.spells import fewest_seconds, most_seconds
from pratique.accord.fields.procedures import Step
from pratique.base.duration import Duration
from pratique.base.finding import Finding
from pratique.base.text import Code, say

Pair = tuple[Step, Step]


def overtaken(paths: Paths) -> Iterator[Finding]:
    """Iterate over the findings on steps that cases, each step in its time, come to too late."""
    for step, following in _falls(paths):
        clock = following.clock
        if clock.within is None or not _is_behind(step, following, paths):
            continue
        times = [time for time in (clock.within, clock.otherwise) if time is not None]
        time = max(times, key=most_seconds)
        if _longest(step) > most_seconds(time):
            yield _finding(step, following, time)


def _falls(paths: Paths) -> Iterator[Pair]:
    """Iterate over the pairs of steps of which the second follows the first by order alone."""
    steps = {step.name: step for step in paths.procedure.steps}
    for name in paths.reached:
        for way in paths.ways[name]:
            if way.end is None and way.to != CLOSED:
                yield steps[name], steps[way.to]


def _is_behind(step: Step, following: Step, paths: Paths) -> bool:
    """Say whether a step's time can begin no earlier than that of the one that follows it."""
    start, since = following.clock.of_step, step.clock.of_step
    opening = paths.procedure.name
    if not start or step.name in (start, since) or following.is_automatic:
        return False
    if following.not_counting:
        return False
    if start == opening or not since or since == start:
        # What a step does not count from elsewhere begins when a case comes to it.
        return True
    return since != opening and _goes(start, since, paths) and _goes(since, step.name, paths, start)


def _goes(start: str, to: str, paths: Paths, without: str = "") -> bool:
    """Say whether a case can go from one step to another, without coming by a third."""
    seen, waiting = {start}, [start]
    while waiting:
        found = {way.to for way in paths.ways[waiting.pop()]} - {CLOSED, without} - seen
        seen |= found
        waiting += found
    return to in seen


def _longest(step: Step) -> float:
    """Return how many seconds a case can at least be given for a step, each act in its time."""
    clock = step.clock
    if step.wait is not None:
        return fewest_seconds(step.wait)
    if step.method is not None or clock.of is not None or clock.before is not None:
        return 0
    if clock.before_field:
        return 0
    if clock.within is None:
        return float("inf")
    times = [time for time in (clock.within, clock.otherwise) if time is not None]
    return min(fewest_seconds(time) for time in times)


def _finding(step: Step, following: Step, time: Duration) -> Finding:
    before, name = Code(step.name), Code(following.name)
    sentence = say(
        "a case goes on from {step} to {following}, whose time can be over by then",
        step=before,
        following=name,
    )
    start, longest = Code(following.clock.of_step), step.wait or step.clock.within
    if longest is None:
        witness = say(
            "{following} is due within {time} of {start}; {step} has no time in which it is to be"
            " done",
            following=name,
            time=time,
            start=start,
            step=before,
        )
    else:
        witness = say(
            "{following} is due within {time} of {start}; {step} alone may take {longest}",
            following=name,
            time=time,
            start=start,
            step=before,
            longest=longest,
        )
    help_ = say(
        "let an end close the case at {step}, or let the time count from there", step=before
    )
    return Finding("W510", sentence, step.span, help_, witness=witness)
