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
from pratique.base.moment import Day


@dataclass(frozen=True, slots=True)
class ValueType:
    """The value side of a type: its kind, and its unit: a currency, of a rate `USD per EUR`, of a
    choice what is chosen from.
    """

    kind: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.unit}".strip()

    @property
    def is_numeric(self) -> bool:
        """Whether it is ordered and can be summed."""
        return self.kind in ("number", "count", "percent", "money", "rate")


BOOL = ValueType("yes or no")
NUMBER = ValueType("number")
COUNT = ValueType("count")
PERCENT = ValueType("percent")
DURATION = ValueType("duration")
MONTHS = ValueType("months")
DATE = ValueType("date")
EVENT = ValueType("event")
UNORDERED = ("party", "choice")
"""Kinds of values that are only alike or not; in terms they stand by their name."""
ANY = ValueType("anything")
"""The type of what could not be typed: fits everywhere, so that one fault gives one finding."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A typed expression. `op` says which kind of node; the other fields are its payload.

    op: number, term, measure, at, status, builtin, pool, edge, event, known, and, or, not,
    compare, range, add, sub, mul, div, neg, if, for, for_reports, in_last, window, any, all, count,
    sum, max, min, mean, fault; `values` (constants, one a party), `dated` (args: versions, `dates`:
    the first day of each but the first), `method` (`name`, called on args), `field` (`name` of the
    case at hand), `member` (whether a party is bound, and of the group `name` if one is given; of
    parties bound and not where `detail` is `everyone`).
    A quantifier has a second arg, made of `member`, where not all parties always count; its `name`
    is the group that it was written with. `per_party` is its spread; money is in minor units,
    shares are fractions. `detail` of `values` in per cent: the parties left out, by a space.
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
    dates: tuple[Day, ...] = ()

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


SEATS, PARTIES = "seats", "parties"
"""What a quorum counts; `parties` is also the electorate of all parties."""

WhoForm = Literal[
    "that", "other", "each", "all", "any", "where", "named", "group", "chair", "people", "field",
    "anyone",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a clause names. `names`: parties and bodies (form `named`), a body (`chair`), a class of
    persons (`people`), or a field of type party (`field`). `condition` for form `where`; `group`:
    the group meant (forms `group`, and `where` if not all parties are).
    """

    form: WhoForm
    span: Span
    names: tuple[str, ...] = ()
    condition: Term | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class EdgeRef:
    """A change that a clause waits for: `emergency starts`, or an event measure's `happens`.

    `part` is a step or an end of the procedure `name`. `key` is what the engine files it under.
    """

    name: str
    edge: str
    per_party: bool
    span: Span
    party: int = -1
    at: str = ""
    """The party's name, where only its change is meant."""
    part: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The clause (with its part) and the change."""
        return (f"{self.name}.{self.part}" if self.part else self.name, self.edge)


@dataclass(frozen=True, slots=True)
class Clock:
    """When something is due: `within` a time (or another where `when` holds) of its raising, of the
    latest change `of`, or of when the step `of_step` was done; or `before` a day, or the day that
    the field `before_field` gives. With both, the earlier.
    """

    within: Duration | None = None
    of: EdgeRef | None = None
    of_step: str = ""
    otherwise: Duration | None = None
    when: Term | None = None
    before: Day | None = None
    before_field: str = ""


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
    """Commit an amount of a pool (or a share of what is available) to someone, due in a time.

    `up_to`: the act says how much, the amount is the most.
    """

    pool: str
    to: Who
    amount: Term | None
    share: Fraction | None
    within: Duration | None
    sends: bool
    up_to: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Reserve an amount of a pool for someone until a change, a step, or its case's close."""

    pool: str
    to: Who
    amount: Term
    until: EdgeRef | None
    until_step: str = ""
    up_to: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    """Owe an amount as a party or body: to someone, or to a pool (`to_pool`), due in a time."""

    payer: Who
    to: Who | None
    to_pool: str
    amount: Term
    within: Duration | None
    up_to: bool = False


@dataclass(frozen=True, slots=True)
class CallPower:
    """Open a proposal under a power."""

    power: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case under a procedure."""

    procedure: str
    at: Who | None


@dataclass(frozen=True, slots=True)
class AdoptText:
    """Adopt the text that is proposed (an amendment)."""

    text: str


@dataclass(frozen=True, slots=True)
class Leave:
    """The party that this run is about leaves the agreement."""


Effect = StartStatus | EndStatus | Draw | Hold | Transfer | CallPower | OpenCase | AdoptText | Leave


@dataclass(frozen=True, slots=True)
class Majority:
    """A further majority: `need` of the members of a group, or of the weight of a term or measure.

    `weight` is None for a group. `counts_votes`: `need` is a number of the group's votes.
    """

    need: Fraction
    of: str
    weight: Term | None
    span: Span
    counts_votes: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """How a power is decided: `need` of the electorate (a share, or a number of votes)."""

    need: Fraction
    counts_votes: bool
    """True: `need` is a number of votes; False: a share of the base."""
    of_voting: bool
    """The base: those voting for or against, instead of all entitled."""
    electorate: str
    """`parties`, a group, or a body."""
    within: Duration
    majorities: tuple[Majority, ...] = ()
    except_that: bool = False
    """Whether the party that the proposal is about has no vote."""
    as_power: str = ""
    """The power whose manner of deciding is meant."""
    of_group: bool = False
    """Whether the electorate is a group."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many uses in a time (None: ever)."""

    uses: int
    within: Duration | None
