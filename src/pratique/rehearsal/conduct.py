# SPDX-License-Identifier: Apache-2.0
"""How offices behave: the part of a replay that history does not record, stated in its report.

One plain value. Times are fixed here; a rehearsal's distributions are the general case.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Literal, get_args

from pratique.base.duration import Duration, period_end, unit_named
from pratique.base.moment import NEVER, Clock, Moment
from pratique.base.text import Sentence, say

_KEYS = ("perform", "contribute", "pay", "vote", "propose")
Ballot = Literal["yes", "no", "abstain", "silent"]
_BALLOTS: tuple[Ballot, ...] = get_args(Ballot)
_AFTER = re.compile(r"(\d{1,6}) ([a-z]+)\Z")


class NotConduct(ValueError):
    """A conduct that is not known or cannot be read."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Timing:
    """When something owed is done: `after` a time, at its deadline (None), or `never`."""

    after: Duration | None = None
    never: bool = False

    def moment(self, clock: Clock, raised: Moment, due: Moment) -> Moment:
        """Return when it is done; NEVER if it is not, or has no deadline to be done at."""
        if self.never or (self.after is None and due == NEVER):
            return NEVER
        if self.after is None:
            # A deadline at midnight is the end of the day before: done in its last second.
            return due - 1 if clock.start(clock.day(due)) == due else due
        if self.after.elapses:
            return raised + self.after.seconds
        return period_end(clock, raised, self.after) - 1


@dataclass(frozen=True, slots=True)
class Conduct:
    """How offices behave, and how single offices or clauses differ from that."""

    name: str
    perform: Timing
    contribute: Timing
    pay: Timing
    vote: Timing
    propose: Timing
    ballot: Ballot
    offices: Mapping[str, Conduct] = field(default_factory=dict)
    clauses: Mapping[str, Conduct] = field(default_factory=dict)

    def of(self, office: str, clause: str) -> Conduct:
        """Return how an office behaves about a clause: the clause's own conduct, else its own."""
        return self.clauses.get(clause) or self.offices.get(office) or self

    def silent_in_votes(self) -> Conduct:
        """Return the same conduct with nobody answering in votes."""
        quiet = {name: one.silent_in_votes() for name, one in self.offices.items()}
        clauses = {name: one.silent_in_votes() for name, one in self.clauses.items()}
        return replace(self, ballot="silent", offices=quiet, clauses=clauses)


def conduct_named(name: str) -> Conduct:
    """Return a conduct by name (deadline, prompt, silent) or from a TOML file's path."""
    tables = tomllib.loads(
        resources.files("pratique.rehearsal").joinpath("conducts.toml").read_text("utf-8")
    )
    if name in tables:
        return _conduct(name, tables[name], None)
    path = Path(name)
    if path.suffix != ".toml":
        raise NotConduct(
            say(
                "there is no conduct `{name}`; there are {names}, or give a .toml file",
                name=name,
                names=", ".join(tables),
            )
        )
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise NotConduct(
            say("{file} cannot be read: {fault}", file=name, fault=str(fault))
        ) from fault
    base = conduct_named(str(table["like"])) if table.get("like") in tables else None
    return _conduct(path.stem, table, base)


def _conduct(name: str, table: Mapping[str, object], base: Conduct | None) -> Conduct:
    known = {*_KEYS, "ballot", "like", "offices", "clauses"}
    if unknown := sorted(set(table) - known):
        raise NotConduct(
            say(
                "conduct `{name}` has no `{key}`; it has {keys}",
                name=name,
                key=unknown[0],
                keys=", ".join(sorted(known)),
            )
        )
    timings = (_timing(name, key, table.get(key), base) for key in _KEYS)
    perform, contribute, pay, vote, propose = timings
    ballot = _ballot(name, table.get("ballot", base.ballot if base else "silent"))
    plain = Conduct(name, perform, contribute, pay, vote, propose, ballot)
    return replace(
        plain, offices=_parts(table, "offices", plain), clauses=_parts(table, "clauses", plain)
    )


def _ballot(name: str, word: object) -> Ballot:
    for ballot in _BALLOTS:
        if str(word) == ballot:
            return ballot
    raise NotConduct(
        say("conduct `{name}`: a ballot is {ballots}", name=name, ballots=", ".join(_BALLOTS))
    )


def _parts(table: Mapping[str, object], key: str, base: Conduct) -> dict[str, Conduct]:
    parts = table.get(key, {})
    if not isinstance(parts, dict) or not all(isinstance(part, dict) for part in parts.values()):
        raise NotConduct(
            say("conduct `{name}`: `{key}` is a table of tables", name=base.name, key=key)
        )
    return {name: _conduct(name, part, base) for name, part in parts.items()}


def _timing(name: str, key: str, words: object, base: Conduct | None) -> Timing:
    if words is None and base is not None:
        inherited: Timing = getattr(base, key)
        return inherited
    match = _AFTER.match(str(words))
    unit = unit_named(match[2]) if match else None
    if match and unit:
        return Timing(Duration(int(match[1]), unit))
    if words in ("never", "at the deadline"):
        return Timing(never=words == "never")
    raise NotConduct(
        say(
            "conduct `{name}`: `{key}` is `never`, `at the deadline` or a time such as `3 days`",
            name=name,
            key=key,
        )
    )
