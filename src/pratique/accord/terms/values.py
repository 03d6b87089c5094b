# SPDX-License-Identifier: Apache-2.0
"""What a clause's values mean once typed: terms (typed expressions), actors, effects, edges, votes.

Plain frozen values; no array and no text layout here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pratique.base.duration import Duration
from pratique.base.finding import Span


@dataclass(frozen=True, slots=True)
class ValueType:
    """The value side of a type: its kind, and a currency for money."""

    kind: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.unit}".strip()

    @property
    def is_numeric(self) -> bool:
        """Whether it is ordered and can be summed."""
        return self.kind in ("number", "count", "percent", "money")


BOOL = ValueType("yes or no")
NUMBER = ValueType("number")
COUNT = ValueType("count")
PERCENT = ValueType("percent")
DURATION = ValueType("duration")
MONTHS = ValueType("months")
DATE = ValueType("date")
EVENT = ValueType("event")
ANY = ValueType("anything")
"""The type of what could not be typed: fits everywhere, so that one fault gives one finding."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A typed expression. `op` says which kind of node; the other fields are its payload.

    op: number, term, measure, at, status, builtin, pool, edge, event, known, and, or, not,
    compare, range, add, sub, mul, div, neg, if, for, for_reports, in_last, window, any, all, count,
    sum, max, min, mean, fault. `per_party` is its spread; money is in minor units, shares are
    fractions.
    """

    op: str
    args: tuple[Term, ...]
    type: ValueType
    per_party: bool
    span: Span
    value: Fraction = Fraction(0)
    name: str = ""
    party: int = -1
    detail: str = ""
    duration: Duration | None = None
    reports: int = 0

    def walk(self) -> Iterator[Term]:
        """Iterate over this term and all below it, outermost first."""
        yield self
        for arg in self.args:
            yield from arg.walk()

    @property
    def is_constant(self) -> bool:
        """Whether it is made of literals and named terms only."""
        return all(node.op in CONSTANT for node in self.walk())


CONSTANT = frozenset({"number", "term", "add", "sub", "mul", "div", "neg"})
TEMPORAL = frozenset({"for", "for_reports", "in_last"})
QUANTIFIERS = frozenset({"any", "all", "count", "sum", "max", "min", "mean"})


WhoForm = Literal["that", "other", "each", "all", "any", "where", "named"]


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a clause names. `names` for form `named`, `condition` for form `where`."""

    form: WhoForm
    span: Span
    names: tuple[str, ...] = ()
    condition: Term | None = None


@dataclass(frozen=True, slots=True)
class EdgeRef:
    """A change that a clause waits for: `emergency starts`, or an event measure's `happens`."""

    name: str
    edge: str
    per_party: bool
    span: Span
    party: int = -1
    at: str = ""
    """The party's name, where only its change is meant."""


@dataclass(frozen=True, slots=True)
class StartStatus:
    """Start a status, for its own time or for `lasting`."""

    status: str
    at: Who | None
    lasting: Duration | None


@dataclass(frozen=True, slots=True)
class EndStatus:
    """End a status."""

    status: str
    at: Who | None


@dataclass(frozen=True, slots=True)
class Draw:
    """Commit an amount of a pool (or a share of what is available) to someone, due in a time."""

    pool: str
    to: Who
    amount: Term | None
    share: Fraction | None
    within: Duration | None
    sends: bool


@dataclass(frozen=True, slots=True)
class CallPower:
    """Open a proposal under a power."""

    power: str


Effect = StartStatus | EndStatus | Draw | CallPower


@dataclass(frozen=True, slots=True)
class Vote:
    """How a power is decided: `need` of the electorate (a share, or a number of votes)."""

    need: Fraction
    counts_votes: bool
    """True: `need` is a number of votes; False: a share of the base."""
    of_voting: bool
    """The base: those voting for or against, instead of all entitled."""
    electorate: str
    """`parties`, or a body with one seat per party."""
    within: Duration


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many uses in a time (None: ever)."""

    uses: int
    within: Duration | None
