# SPDX-License-Identifier: Apache-2.0
"""Permits: was this one permitted that, in that party, at that time? Read from a live standing.

They stand in the record of cases, never on arrays; no condition reads them (semantics 24).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pratique.base.duration import period_end
from pratique.base.moment import NEVER, Moment, date_of
from pratique.base.text import Code, Sentence, say
from pratique.engine.rows.records import Permit, Record
from pratique.engine.standing import Standing


@dataclass(frozen=True, slots=True)
class Permitted:
    """Whether something was permitted, and why or why not."""

    yes: bool
    why: Sentence

    def __bool__(self) -> bool:
        return self.yes


def permits_of(standing: Standing, scenario: int = 0) -> Iterator[Permit]:
    """Iterate over all permits granted in a scenario, by procedure and in order of granting."""
    for rows in standing.cases.values():
        if rows.records:
            yield from rows.records[scenario].permits


def permitted(
    standing: Standing,
    what: str,
    holder: str,
    *,
    where: str = "",
    at: Moment | None = None,
    scenario: int = 0,
) -> Permitted:
    """Say whether `holder` is permitted `what`, in a party (`where`; none: in any), at a moment.

    The moment is the standing's own, or an earlier one. A permit holds if it was granted by then,
    has not expired and is not revoked, and the status that it hangs on holds there, or has ended
    not longer ago than that status winds down, and the permit was granted before that end.
    """
    now = standing.now if at is None else at
    place = standing.program.parties.index(where) if where else -1
    answers = [
        _answer(standing, record, permit, place, now)
        for record, permit in _granted(standing, what, holder, scenario)
        if permit.granted <= now
    ]
    holds = next((answer for answer in answers if answer.yes), None)
    if holds is not None:
        return holds
    if answers:
        return answers[-1]
    why = say("{holder} was never permitted {what}", holder=Code(holder), what=Code(what))
    return Permitted(False, why)


def _granted(
    standing: Standing, what: str, holder: str, scenario: int
) -> Iterator[tuple[Record, Permit]]:
    for rows in standing.cases.values():
        for record in rows.records[scenario : scenario + 1]:
            for permit in record.permits:
                if (permit.name, permit.holder) == (what, holder):
                    yield record, permit


def _answer(
    standing: Standing, record: Record, permit: Permit, place: int, now: Moment
) -> Permitted:
    holder, what = Code(permit.holder), Code(permit.name)
    day = standing.program.clock.day
    if place >= 0 and permit.places is not None and place not in permit.places:
        parties = [Code(standing.program.parties[one]) for one in permit.places]
        why = say("{holder} is permitted {what} in {parties} alone", holder=holder, what=what,
                  parties=parties)  # fmt: skip
        return Permitted(False, why)
    if permit.revoked <= now:
        on = date_of(day(permit.revoked))
        why = say("the permit {what} of {holder} was taken back on {day}", holder=holder,
                  what=what, day=on)  # fmt: skip
        return Permitted(False, why)
    if permit.expires <= now:
        last = date_of(day(permit.expires - 1))
        why = say("the permit {what} of {holder} ran out on {day}", holder=holder, what=what,
                  day=last)  # fmt: skip
        return Permitted(False, why)
    if permit.status and not _holds(standing, record, permit, place, now):
        why = say("{what} of {holder} holds only while {status} does", what=what, holder=holder,
                  status=Code(permit.status))  # fmt: skip
        return Permitted(False, why)
    since = date_of(day(permit.granted))
    if permit.expires == NEVER:
        why = say("{holder} is permitted {what} since {day}", holder=holder, what=what, day=since)
        return Permitted(True, why)
    last = date_of(day(permit.expires - 1))
    why = say("{holder} is permitted {what} from {day} to {last}", holder=holder, what=what,
              day=since, last=last)  # fmt: skip
    return Permitted(True, why)


def _holds(standing: Standing, record: Record, permit: Permit, place: int, now: Moment) -> bool:
    shared = standing.rows(permit.status) == 1
    places = permit.places if permit.places is not None else range(len(standing.program.parties))
    rows = [0] if shared else [place] if place >= 0 else list(places)
    return any(_held(standing, record, permit, row, now) for row in rows)


def _held(standing: Standing, record: Record, permit: Permit, row: int, now: Moment) -> bool:
    winds_down = standing.program.statuses[permit.status].winds_down
    clock = standing.program.clock
    for begun, ended in record.spells.get((permit.status, row), ()):
        if begun <= now < ended:
            return True
        # What was permitted before its end outlives it while it winds down.
        outlives = winds_down is not None and permit.granted < ended <= now
        if outlives and winds_down and now < period_end(clock, ended, winds_down):
            return True
    return False
