# SPDX-License-Identifier: Apache-2.0
"""What the parts of a moment ask for. Plain records; nothing is met here."""

from __future__ import annotations

from dataclasses import dataclass, field

from pratique.accord.terms.values import Draw, Hold, Transfer
from pratique.base.duration import Duration
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, Moments, Numbers


@dataclass(frozen=True, slots=True)
class Start:
    """Somebody asks for a status to start: where, until when, and whether it is a renewal."""

    where: Bools
    lasting: Duration | None
    renews: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draw asked for, due at a moment: `units` of its pool, for those `named` [scenario, run,
    party, then bodies]. Who has how much is settled when all parts of the moment are done.
    """

    pool: str
    clause: str
    draw: Draw
    named: Bools
    units: Moments
    due: Moment


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a clause drew: committed (or held), and what the pool was short of."""

    pool: str
    clause: str
    granted: Moments
    short: Moments
    due: Moment = NEVER
    earmarked: dict[str, Moments] = field(default_factory=dict)
    """What of it is for people, by their class."""
    is_held: bool = False
    """Whether it is only held, and comes back."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A hold asked for: `units` of its pool, for those `named` [scenario, run, party, then bodies],
    by run of its clause, until a change happens in that row, or the case at hand has done a step or
    is closed.
    """

    pool: str
    clause: str
    hold: Hold
    named: Bools
    units: Moments
    case: Moments | None
    """The number of the case at hand, by run; 0: none."""


@dataclass(frozen=True, slots=True)
class Owing:
    """A payment asked for: amounts [scenario, payer, payee], each party and a last for bodies; into
    a pool: [scenario, payer, 1].
    """

    clause: str
    transfer: Transfer
    amounts: Moments
    due: Moment


@dataclass(frozen=True, slots=True)
class Release:
    """Cases that have reached a step or end, or (no part) are closed: what they held comes free.

    `number`: [scenario, row], the number of the case, 0 where there is none.
    """

    procedure: str
    part: str
    number: Moments


@dataclass(slots=True)
class Asked:
    """What the parts of a moment have asked for so far."""

    starts: dict[str, list[Start]] = field(default_factory=dict)
    ends: dict[str, Bools] = field(default_factory=dict)
    calls: dict[str, Bools] = field(default_factory=dict)
    draws: list[Wanted] = field(default_factory=list)
    holds: list[Holding] = field(default_factory=list)
    transfers: list[Owing] = field(default_factory=list)
    released: list[Release] = field(default_factory=list)
    opened: dict[str, list[tuple[Bools, dict[str, Numbers]]]] = field(default_factory=dict)
    """Cases to be opened, by procedure: on which rows, and what they record."""
    leaving: Bools | None = None
    """The parties that leave."""
