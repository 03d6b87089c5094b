# SPDX-License-Identifier: Apache-2.0
"""Small accords for the manual's chapters: worked cases tried, or a register kept by hand.

Day 1 is 1 January 2026. The parties are aldova and brenia, or those that are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pratique.accord.check import check
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import Moment, day_from_iso, iso_moment, moment_from_iso
from pratique.cli.methods import methods
from pratique.engine.acts import intake_of
from pratique.engine.happening import Happening, happenings_of
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import advance
from pratique.register.acts import Act, Consent, Report
from pratique.rehearsal.trial import try_cases

TWO = ("aldova", "brenia")
THREE = ("aldova", "brenia", "corvia")

CASES = """
measure cases per party: count in 0..100000
  from: series cases of cholera, daily, by registers
  if missing: unknown
"""

CLUSTER = """
measure cluster per party: event
  from: acts
"""

FUND = """
body hub
pool fund: money USD
  from: USD 100 per year as 50% of aldova, 50% of brenia within 5 days
  kept by: hub
"""


def accord(clauses: str, parties: Sequence[str] = TWO, clock: str = "UTC") -> str:
    """Return a whole accord of these clauses; in an annex, so that no words stand beside them."""
    front = f"---\naccord: Small\ndate: 2026-01-01\nclock: {clock}\ncurrency: USD\n---\n"
    named = f"party {', '.join(parties)}\n" if parties else ""
    block = f"{named}{clauses.strip()}"
    return f"{front}\n# Small\n\n## Annex\n\n```accord\n{block}\n```\n"


def findings(clauses: str, parties: Sequence[str] = TWO, clock: str = "UTC") -> list[str]:
    """Return what stops the clauses or their worked cases: code, sentence and witness.

    Warnings are left out: a chapter's accord has no more in it than the chapter is about.
    """
    checked = check(accord(clauses, parties, clock), trial=try_cases, methods=methods())
    return [f"{one.code} {one.sentence}: {one.witness}" for one in checked.stops]


def comes_true(clauses: str, case: str, parties: Sequence[str] = TWO, clock: str = "UTC") -> None:
    """Hold that everything that the worked case expects comes true."""
    found = findings(f"{clauses.strip()}\ncase told\n{case.strip(chr(10))}", parties, clock)
    assert found == [], "\n".join(found)


@dataclass(frozen=True)
class Change:
    """What came about: when, of which clause, which change, for whom."""

    when: str
    clause: str
    edge: str
    party: str
    amount: int = 0


class Register:
    """An accord under way from 1 January 2026, moved on by hand; all parties have ratified, or
    those that are named. The parties may also be written as clauses, then none are named.
    """

    def __init__(
        self,
        clauses: str,
        parties: Sequence[str] = TWO,
        clock: str = "UTC",
        *,
        ratified: Sequence[str] | None = None,
    ) -> None:
        program = compile_accord(read_accord(accord(clauses, parties, clock), methods()))
        assert not isinstance(program, Finding), str(program)
        self.program: Program = program
        begins = program.clock.start(day_from_iso("2026-01-01"))
        self.standing: Standing = open_standing(program, begins)
        self.changes: list[Change] = []
        first = program.parties if ratified is None else ratified
        self._move_on(begins, [Consent(how="ratify", party=one) for one in first])

    def at(self, when: str, *acts: Act) -> list[Change]:
        """Move on to a day or a moment, take in acts, return what came about on the way."""
        moment = (
            moment_from_iso(when) if "T" in when else self.program.clock.start(day_from_iso(when))
        )
        return self._move_on(moment, list(acts))

    def _move_on(self, moment: Moment, acts: list[Act]) -> list[Change]:
        outcomes = advance(self.standing, moment, intake_of(self.program, acts))
        found = [
            self._change(one)
            for outcome in outcomes
            for one in happenings_of(self.standing, outcome)
        ]
        self.changes += found
        return found

    def _change(self, one: Happening) -> Change:
        party = self.program.parties[one.row] if one.row >= 0 else ""
        return Change(iso_moment(one.moment), one.clause, one.edge, party, one.amount)

    def times(self, clause: str, edge: str) -> list[str]:
        """Return all moments at which a change of a clause came about so far."""
        return [one.when for one in self.changes if (one.clause, one.edge) == (clause, edge)]

    def holds(self, status: str, row: int = 0) -> bool:
        """Say whether a status holds."""
        return bool(self.standing.statuses[status].on[0, row])

    def available(self, pool: str = "fund") -> int:
        """Return what is available in a pool, in minor units."""
        return int(self.standing.pools[pool].available[0, 0])


def figure(measure: str, party: str, day: str, value: int | str) -> Report:
    """Return the report of a figure that speaks of a day."""
    return Report(measure=measure, party=party, day=day, value=str(value))


def january(first: int, last: int) -> list[str]:
    """Return days of January 2026, both included."""
    return [f"2026-01-{day:02}" for day in range(first, last + 1)]
