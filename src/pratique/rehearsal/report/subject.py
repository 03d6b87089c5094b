# SPDX-License-Identifier: Apache-2.0
"""What all parts of a report are about: the replay, how to name its clauses, parties and days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pratique.base.moment import Day, Moment, date_of
from pratique.base.text import Sentence, say
from pratique.engine.happening import Happening
from pratique.markup.values import Amount, Named, Shape
from pratique.markup.writer import Writer
from pratique.rehearsal.accounts import Debt, Outcome
from pratique.rehearsal.figures import Draw
from pratique.rehearsal.offices import debtor
from pratique.rehearsal.replay import Replay


@dataclass(frozen=True, slots=True)
class Subject:
    """A replay as its report tells of it. `silent` is the same with nobody answering in votes."""

    replay: Replay
    silent: Replay | None
    baseline: Replay | None
    writer: Writer
    draw: Draw

    @property
    def whole(self) -> Replay:
        """The replay whose text has every clause named anywhere in the report."""
        return self.baseline or self.replay

    def clause(self, name: str) -> Named:
        """Return a clause by its label."""
        return Named(self.replay.program.accord.label(name))

    def articles(self, name: str) -> str:
        """Return the numbers of the paragraphs that a clause puts into rules: "7.2-7.5"."""
        typed = self.replay.program.accord.typed.get(name)
        labels = typed.source.paragraphs if typed is not None else ()
        return (
            labels[0]
            if len(labels) == 1
            else f"{labels[0]}\u2060–\u2060{labels[-1]}"
            if labels
            else ""
        )

    def cited(self, name: str) -> Sentence | Named:
        """Return a clause by its label and article."""
        articles = self.articles(name)
        if not articles:
            return self.clause(name)
        return say("{clause} (art. {number})", clause=self.clause(name), number=articles)

    def party(self, row: int) -> Named:
        """Return a party by its place."""
        return Named(self.replay.program.accord.parties[row].label)

    def office(self, name: str) -> Named:
        """Return a party or body by its name."""
        return Named(self.replay.program.accord.label(name))

    def parties(self, rows: Iterable[int]) -> list[Named]:
        """Return parties by their places, in order; bodies and what is shared have none."""
        return [self.party(row) for row in sorted(set(rows)) if row >= 0]

    def day(self, day: Day) -> object:
        """Return a day as a sentence shows it."""
        return date_of(day)

    def amount(self, pool: str, units: int) -> Amount:
        """Return an amount of a pool."""
        return Amount(units, self.replay.program.pools[pool].type.unit)

    def total(self, ones: Iterable[Happening]) -> object:
        """Return what some happenings come to: an amount, or one for each currency and good."""
        totals: dict[tuple[str, str], int] = {}
        for one in ones:
            unit = one.type.unit if one.type is not None else self.amount(one.pool, 0).currency
            key = (unit, "" if unit else one.pool)
            totals[key] = totals.get(key, 0) + one.amount
        amounts: list[object] = [
            say("{amount} ({pool})", amount=Amount(units, unit), pool=self.office(pool))
            if pool
            else Amount(units, unit)
            for (unit, pool), units in totals.items()
        ]
        return amounts[0] if len(amounts) == 1 else amounts

    def debtor(self, clause: str, row: int) -> object:
        """Return who owes a duty, or a contribution, in one row."""
        program = self.whole.program
        duty = program.duties.get(clause)
        # What is owed to a pool is owed by the row's own party.
        return self.office(debtor(duty.by if duty else (), program.parties, row))

    def debtors(self, clause: str, rows: Iterable[int]) -> list[object]:
        """Return those who owe a duty in some rows, each once."""
        found: list[object] = []
        for row in rows:
            debtor = self.debtor(clause, row)
            if debtor not in found:
                found.append(debtor)
        return found

    def share(self, part: float) -> Sentence:
        """Return a share from 0 to 1 in whole per cent."""
        return say("{number} %", number=round(part * 100))

    def days(self, seconds: Moment) -> int:
        """Return whole days."""
        return seconds // 86_400


def shape_of(debt: Debt) -> Shape:
    """Return how a debt ended, as the reader sees it everywhere: word, shape, box."""
    match debt.outcome:
        case Outcome.MET:
            return Shape("met", "✓", say("Met"))
        case Outcome.DONE_LATE:
            return Shape("met", "✓", say("Done late"))
        case Outcome.LATE:
            return Shape("late", "■", say("Late"))
        case Outcome.OPEN:
            return Shape("open", "○", say("Open"))
        case Outcome.RELEASED:
            return Shape("open", "", say("No longer owed"))
