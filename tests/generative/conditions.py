# SPDX-License-Identifier: Apache-2.0
"""Random conditions and amounts, as text that the reader of accords accepts.

What each may name is decided by who asks: only what stands earlier in the order of one moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
PARTIES = ("aldova", "brenia", "corvia", "doria")
SHORT = ("1 days", "2 days", "3 days", "12 hours", "36 hours", "1 weeks", "90 minutes")
WEEKS = ("1 weeks", "2 weeks", "1 months")
DAYS = ("1 days", "2 days", "3 days", "5 days", "1 weeks")


@dataclass
class Choice:
    """A source of choices: `number` gives a whole number between two, both included."""

    number: Callable[[int, int], int]

    def of(self, options: Sequence[T]) -> T:
        """Return one of the options; the first is the simplest."""
        return options[self.number(0, len(options) - 1)]

    def sometimes(self, percent: int) -> bool:
        """Return true about so often; false is the simpler."""
        return self.number(0, 99) >= 100 - percent


def drawn(draw: Callable[[st.SearchStrategy[int]], int]) -> Choice:
    """Return choices that Hypothesis makes, so that what fails is shrunk."""
    return Choice(lambda low, high: draw(st.integers(low, high)))


def numbered(number: int) -> Choice:
    """Return the choices of the example of this number: always the same."""
    return Choice(Random(number).randint)


@dataclass(frozen=True)
class Figure:
    """A measure as the generator knows it."""

    name: str
    per_party: bool
    unit: str
    values: tuple[float, ...]
    windows: tuple[str, ...]
    """The times that windows over it take."""

    def constant(self, choice: Choice) -> str:
        """Return a threshold in its unit, often a value that is reported."""
        value = choice.of(self.values)
        if self.unit == "percent":
            return f"{value * 100:g}%"
        return f"{value:g}" if value >= 0 else f"(0 - {-value:g})"


@dataclass
class Names:
    """What a condition may name, each with its spread."""

    parties: tuple[str, ...]
    figures: list[Figure] = field(default_factory=list)
    events: list[tuple[str, bool]] = field(default_factory=list)
    statuses: list[tuple[str, bool]] = field(default_factory=list)
    changes: list[tuple[str, bool]] = field(default_factory=list)
    """Such as `r0 used`: what may stand before `in last` and in `on`."""
    debts: list[tuple[str, bool]] = field(default_factory=list)
    """What is done or missed: duties, pools, procedures and their steps."""
    pools: list[tuple[str, str]] = field(default_factory=list)
    """(name, unit)."""
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Members by group."""
    within: dict[str, str] = field(default_factory=dict)
    """The group whose members alone have what a name stands for."""
    terms: list[tuple[str, bool, str]] = field(default_factory=list)
    """(name, per party, unit)."""
    weights: list[str] = field(default_factory=list)
    """Terms and measures by which a pool may be divided or votes weighed."""
    methods: bool = False

    def members(self, name: str) -> tuple[str, ...]:
        """Return the parties that have what a name stands for."""
        return self.groups.get(self.within.get(name, ""), self.parties)


OPERATORS = (">", ">=", "<", "<=", "=", "!=")


@dataclass
class Conditions:
    """Writes conditions over some names."""

    choice: Choice
    names: Names

    def condition(self, *, per_party: bool, depth: int = 2) -> str:
        """Return a condition; with `per_party` it speaks of each party apart."""
        kinds = ["plain", "plain", "held", "held"]
        if depth > 0:
            kinds += ["and", "or", "not"]
        match self.choice.of(kinds):
            case "plain":
                return self.plain(per_party=per_party)
            case "held":
                return self.held(per_party=per_party, depth=depth)
            case "not":
                return f"not ({self.condition(per_party=per_party, depth=depth - 1)})"
            case word:
                other = per_party and self.choice.sometimes(50)
                first = self.condition(per_party=per_party, depth=depth - 1)
                second = self.condition(per_party=other, depth=depth - 1)
                return f"({first}) {word} ({second})"

    def held(self, *, per_party: bool, depth: int) -> str:
        """Return a condition in time."""
        everything = (*self.names.changes, *self.names.events)
        changes = [n for n, own in everything if own == per_party]
        if changes and self.choice.sometimes(35):
            return f"({self.choice.of(changes)} in last {self.choice.of(SHORT)})"
        if self.names.figures and self.choice.sometimes(15):
            inner = self.compared(per_party=per_party)
            if inner:
                return f"({inner} for {self.choice.number(1, 3)} reports)"
        if depth > 1 and self.choice.sometimes(40):
            inner = self.condition(per_party=per_party, depth=depth - 1)
        else:
            inner = self.plain(per_party=per_party)
        word = self.choice.of(("for", "for", "in last"))
        return f"(({inner}) {word} {self.choice.of(SHORT)})"

    def plain(self, *, per_party: bool) -> str:
        """Return a condition without time."""
        makers = [self.compared, self.compared, self.compared, self.of_status, self.of_status,
                  self.of_debt]  # fmt: skip
        if not per_party:
            makers += [self.of_pool, self.quantified, self.quantified, self.counted]
        else:
            makers += [self.of_party]
        for _ in range(3):
            if text := self.choice.of(makers)(per_party=per_party):
                return text
        return "ratified" if per_party else "all parties (ratified)"

    def of_party(self, *, per_party: bool) -> str:
        """Return what holds of a party itself: its consent, a group that it is in."""
        assert per_party
        return self.choice.of(("ratified", "signed", "left", *self.names.groups))

    def who(self) -> str:
        """Return whom a quantifier may run over."""
        return self.choice.of(("party", "parties", *self.names.groups))

    def compared(self, *, per_party: bool) -> str:
        """Return a comparison of a figure, or nothing."""
        fitting = [f for f in self.names.figures if f.per_party or not per_party]
        if per_party:
            fitting = [f for f in fitting if f.per_party]
        if not fitting:
            return ""
        figure = self.choice.of(fitting)
        name = figure.name
        if figure.per_party and not per_party:
            name = f"{name} of {self.choice.of(self.names.members(name))}"
        elif self.choice.sometimes(8):
            return f"known {name}"
        if figure.windows and self.choice.sometimes(25) and name == figure.name:
            word = self.choice.of(("mean", "max", "min", "sum", "change"))
            return f"{word} of {name} over {self.choice.of(figure.windows)} {self._than(figure)}"
        if figure.unit == "count" and self.choice.sometimes(12):
            return self._calculated(name, figure)
        if self.choice.sometimes(8) and min(figure.values) >= 0:
            low, high = sorted(self.choice.of(figure.values) for _ in range(2))
            if figure.unit == "count":
                return f"{name} in {low:g} .. {high:g}"
        return f"{name} {self._than(figure)}"

    def _than(self, figure: Figure) -> str:
        terms = [n for n, own, unit in self.names.terms if unit == figure.unit and not own]
        if terms and self.choice.sometimes(30):
            return f"{self.choice.of(OPERATORS)} {self.choice.of(terms)}"
        return f"{self.choice.of(OPERATORS)} {figure.constant(self.choice)}"

    def _calculated(self, name: str, figure: Figure) -> str:
        limit = figure.constant(self.choice)
        forms = [f"{name} * 50% + 1 >= {limit}", f"{limit} - {name} > 1", f"{name} / 2 < {limit}",
                 f"-{name} < 0 - {limit}", f"8 / {name} > 2",
                 f"(if {name} > 2 then {name} else 5) > {limit}"]  # fmt: skip
        if self.names.methods and name == figure.name:
            forms += [f"method doubled({name}) > {limit}"] * 3
            if figure.per_party:
                forms += [f"method above_mean({name}) >= 1"] * 3
        own = [n for n, own, unit in self.names.terms if unit == figure.unit and own]
        if own and figure.per_party and name == figure.name:
            forms += [f"{name} + {self.choice.of(own)} > {limit}"] * 4
        return self.choice.of(forms)

    def of_status(self, *, per_party: bool) -> str:
        """Return a status that holds, or nothing."""
        fitting = [(n, own) for n, own in self.names.statuses if own or not per_party]
        if per_party:
            fitting = [(n, own) for n, own in fitting if own]
        if not fitting:
            return ""
        name, own = self.choice.of(fitting)
        if own and not per_party:
            if self.choice.sometimes(50):
                return f"{self.choice.of(('any', 'all'))} {self.who()} ({name})"
            name = f"{name} of {self.choice.of(self.names.members(name))}"
        return f"not {name}" if self.choice.sometimes(25) else name

    def of_debt(self, *, per_party: bool) -> str:
        """Return a duty done or missed, or nothing."""
        fitting = [n for n, own in self.names.debts if own == per_party]
        if not fitting:
            return ""
        return f"{self.choice.of(fitting)} {self.choice.of(('done', 'missed'))}"

    def of_pool(self, *, per_party: bool) -> str:
        """Return a comparison of what a pool holds, or nothing."""
        if per_party or not self.names.pools:
            return ""
        name, unit = self.choice.of(self.names.pools)
        view = self.choice.of(
            ("", "received of ", "committed of ", "paid of ", "held of ", "owed to ")
        )
        return f"{view}{name} {self.choice.of(('>=', '<'))} {unit}{self.choice.of((5, 10, 0, 3))}"

    def quantified(self, *, per_party: bool) -> str:
        """Return `any`, `all` or `count` over what each party has of its own, or nothing."""
        if per_party:
            return ""
        inner = self.compared(per_party=True) or self.of_status(per_party=True)
        if not inner:
            return ""
        most, who = len(self.names.parties), self.who()
        many = "parties" if who == "party" else who
        forms = (f"any {who} ({inner})", f"all {many} ({inner})",
                 f"count of {many} ({inner}) >= {self.choice.number(1, most)}")  # fmt: skip
        return self.choice.of(forms)

    def counted(self, *, per_party: bool) -> str:
        """Return a comparison of a sum, greatest, least or mean over parties, or nothing."""
        fitting = [f for f in self.names.figures if f.per_party and f.unit == "count"]
        if per_party or not fitting:
            return ""
        figure = self.choice.of(fitting)
        word, who = self.choice.of(("sum", "max", "min", "mean")), self.who()
        who = "parties" if who == "party" else who
        limit = self.choice.number(0, 8)
        return f"{word} over {who} ({figure.name}) {self.choice.of(OPERATORS)} {limit}"
