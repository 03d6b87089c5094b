# SPDX-License-Identifier: Apache-2.0
"""How offices behave: the part of a replay that history does not record, stated in its report.

One plain value. Times are fixed here; a rehearsal's distributions are the general case. What
offices answer and whose cases are opened is checked against a text only when it is replayed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Literal, get_args

from pratique.base.duration import Duration, period_end, unit_named
from pratique.base.moment import NEVER, Clock, Moment
from pratique.base.text import Sentence, say

_KEYS = ("perform", "contribute", "pay", "vote", "propose")
_MORE = ("step", "ballot", "like", "offices", "clauses", "answers", "open")
ASKED, NOTHING = "what was asked", "none"
"""Amounts that a conduct gives by word: what the case asked for, or nothing."""
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


Values = Mapping[str, str | int]
"""What offices write into a case, by field."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that somebody opens: of which procedure, for which party, on which day, with what."""

    procedure: str
    party: str
    on: str
    fields: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conduct:
    """How offices behave, and how single offices or clauses differ from that.

    `step`: when the steps of cases are done. `answers`: what is written there, by `PROCEDURE.STEP`
    (or `PROCEDURE`, for its opening) and field. `opened`: the cases that are opened by somebody.
    """

    name: str
    perform: Timing
    contribute: Timing
    pay: Timing
    vote: Timing
    propose: Timing
    ballot: Ballot
    step: Timing = field(default_factory=lambda: Timing(never=True))
    offices: Mapping[str, Conduct] = field(default_factory=dict)
    clauses: Mapping[str, Conduct] = field(default_factory=dict)
    answers: Mapping[str, Values] = field(default_factory=dict)
    opened: tuple[Opened, ...] = ()

    def of(self, office: str, clause: str) -> Conduct:
        """Return how an office behaves about a clause: the clause's own conduct, else its own.

        A step, `PROCEDURE.STEP`, without a conduct of its own has its procedure's.
        """
        own = self.clauses.get(clause) or self.clauses.get(clause.partition(".")[0])
        return own or self.offices.get(office) or self

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
    known = {*_KEYS, *_MORE}
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
    # Steps are done like duties where nothing else is said.
    said = table.get("step") or (None if base and "perform" not in table else table.get("perform"))
    ballot = _ballot(name, table.get("ballot", base.ballot if base else "silent"))
    plain = Conduct(
        name,
        perform,
        contribute,
        pay,
        vote,
        propose,
        ballot,
        _timing(name, "step", said, base),
        answers=_answers(name, table.get("answers", {})),
    )
    return replace(
        plain,
        offices=_parts(table, "offices", plain),
        clauses=_parts(table, "clauses", plain),
        opened=tuple(_opened(name, table.get("open", []))),
    )


def _answers(name: str, table: object) -> dict[str, Values]:
    # `[answers.stock_request]`: fields of the opening, and a table for each step.
    found: dict[str, Values] = {}
    for procedure, said in _tables(name, "answers", table).items():
        steps = {key: value for key, value in said.items() if isinstance(value, dict)}
        asked = {key: value for key, value in said.items() if key not in steps}
        if asked:
            found[procedure] = _values(name, "answers", asked)
        for step, values in steps.items():
            found[f"{procedure}.{step}"] = _values(name, "answers", values)
    return found


def _tables(name: str, key: str, table: object) -> dict[str, dict[str, object]]:
    if isinstance(table, dict) and all(isinstance(part, dict) for part in table.values()):
        return table
    raise NotConduct(say("conduct `{name}`: `{key}` is a table of tables", name=name, key=key))


def _values(name: str, key: str, table: Mapping[str, object]) -> dict[str, str | int]:
    return {field: _value(name, f"{key}: {field}", value) for field, value in table.items()}


def _value(name: str, key: str, value: object) -> str | int:
    match value:
        case bool():
            pass
        case str() | int():
            return value
        case float():
            return repr(value)
        case date():
            return value.isoformat()
    raise NotConduct(
        say("conduct `{name}`: `{key}` is a word, a number or a day", name=name, key=key)
    )


def _opened(name: str, listed: object) -> Iterator[Opened]:
    for one in listed if isinstance(listed, list) else [listed]:
        said = one if isinstance(one, dict) else {}
        words = {key: str(said.get(key, "")) for key in ("procedure", "party", "on")}
        if not (words["procedure"] and words["on"]) or set(said) - {*words, "with"}:
            raise NotConduct(
                say(
                    "conduct `{name}`: `open` is a list of tables with `procedure`, `party`, `on`"
                    " and `with`",
                    name=name,
                )
            )
        with_ = _tables(name, "open", {"with": said.get("with", {})})["with"]
        yield Opened(**words, fields=_values(name, "with", with_))


def _ballot(name: str, word: object) -> Ballot:
    for ballot in _BALLOTS:
        if str(word) == ballot:
            return ballot
    raise NotConduct(
        say("conduct `{name}`: a ballot is {ballots}", name=name, ballots=", ".join(_BALLOTS))
    )


def _parts(table: Mapping[str, object], key: str, base: Conduct) -> dict[str, Conduct]:
    parts = _tables(base.name, key, table.get(key, {}))
    return {name: _part(name, part, base) for name, part in parts.items()}


def _part(name: str, table: Mapping[str, object], base: Conduct) -> Conduct:
    part = _conduct(name, table, base)
    return replace(part, answers={**base.answers, **part.answers})


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
