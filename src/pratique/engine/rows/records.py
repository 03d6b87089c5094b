# SPDX-License-Identifier: Apache-2.0
"""What a live register's cases say in words, what they permit, and when statuses held.

Plain values, of one scenario: none of it stands on arrays, and no condition reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pratique.base.moment import NEVER, Moment

Answers = dict[str, str | int]
"""What a case records, by field, as it was written in acts."""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One case: its row and number, what it records, what came about in it and when."""

    row: int
    number: int
    opened: Moment
    fields: Answers
    changes: tuple[tuple[Moment, str, str], ...] = ()
    """(moment, step or end, change)."""
    closed: Moment = NEVER


@dataclass(frozen=True, slots=True)
class Permit:
    """What a case permits to its holder, in some parties (none named: everywhere), since when.

    `expires`: the first moment at which it is over. `status`: it holds only while that does.
    """

    name: str
    holder: str
    places: tuple[int, ...] | None
    granted: Moment
    expires: Moment
    status: str
    row: int
    number: int
    revoked: Moment = NEVER


@dataclass(slots=True)
class Record:
    """The cases of one procedure in one scenario, its permits, and when the statuses held that they
    hang on.
    """

    cases: dict[tuple[int, int], CaseRecord] = field(default_factory=dict)
    permits: list[Permit] = field(default_factory=list)
    spells: dict[tuple[str, int], list[tuple[Moment, Moment]]] = field(default_factory=dict)
    """By status and row: from when it held, and from when no longer."""

    def copy(self) -> Record:
        """Return an independent copy."""
        spells = {key: list(found) for key, found in self.spells.items()}
        return Record(dict(self.cases), list(self.permits), spells)

    def opened(self, row: int, number: int, now: Moment, fields: Answers) -> None:
        """Add a case."""
        self.cases[row, number] = CaseRecord(row, number, now, dict(fields))

    def given(self, row: int, number: int, fields: Answers) -> None:
        """Add what a step records."""
        case = self.cases[row, number]
        self.cases[row, number] = replace(case, fields=case.fields | fields)

    def changed(self, row: int, number: int, change: tuple[Moment, str, str]) -> None:
        """Add a change of a case."""
        case = self.cases[row, number]
        self.cases[row, number] = replace(case, changes=(*case.changes, change))

    def closed(self, row: int, number: int, now: Moment) -> None:
        """Note that a case is closed."""
        self.cases[row, number] = replace(self.cases[row, number], closed=now)

    def revoke(self, row: int, number: int, now: Moment) -> bool:
        """Take back what a case permits, and say whether there was something."""
        found = False
        for place, permit in enumerate(self.permits):
            if (permit.row, permit.number) == (row, number) and permit.revoked == NEVER:
                self.permits[place] = replace(permit, revoked=now)
                found = True
        return found

    def note_status(self, name: str, row: int, now: Moment, *, holds: bool) -> None:
        """Note whether a status holds from now on."""
        spells = self.spells.setdefault((name, row), [])
        running = bool(spells) and spells[-1][1] == NEVER
        if holds and not running:
            spells.append((now, NEVER))
        elif not holds and running:
            spells[-1] = (spells[-1][0], now)
