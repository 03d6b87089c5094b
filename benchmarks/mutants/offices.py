# SPDX-License-Identifier: Apache-2.0
"""Who acts, owes or is paid is another than the paragraph says; votes and quorums likewise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

from benchmarks.mutants.text import Clean, Family, Fault, changed, family, replaced
from pratique.accord.clause import Clause

_ACTING = ("duty", "power", "rule", "procedure")


def _wrong_party(clean: Clean) -> Iterator[Fault]:
    bodies = [c.name for c in clean.clauses("body") if "agreed by" not in c.fields]
    parties = clean.accord.scope.parties
    for clause in clean.clauses(*_ACTING):
        for number in range(clause.span.line + 1, clause.last_line + 1):
            yield from _actors(clean, clause, number, bodies)
            yield from _named(clean, clause, number, parties)
    for clause in clean.clauses("pool", "term"):
        lines = range(clause.span.line, clause.last_line + 1)
        yield from _exchanged(clean, clause, lines, parties)


def _actors(clean: Clean, clause: Clause, number: int, bodies: list[str]) -> Iterator[Fault]:
    """Iterate over other bodies, or parties, that act in the place of the one agreed."""
    words = clean.lines[number - 1]
    match = re.match(r"\s+(?:by:|step [a-z_]+: by) ([a-z_]+)(?=,|$)", words)
    if match is None:
        match = re.match(r"\s+by: (that party|each party)(?=$)", words)
    if match is None:
        return
    head, tail = words[: match.start(1)], words[match.end(1) :]
    if match[1] in bodies:
        for other in bodies:
            if other != match[1] and not _deciding(clean, clause):
                yield changed("another body", clean, number, head + other + tail, [clause.name])
    elif match[1] == "that party":
        yield changed("all for one", clean, number, head + "each party" + tail, [clause.name])
        for body in bodies[:2]:
            yield changed("a body for the Party", clean, number, head + body + tail, [clause.name])
    elif match[1] == "each party":
        first = clean.accord.scope.parties[0]
        yield changed("one for all", clean, number, head + first + tail, [clause.name])


def _deciding(clean: Clean, clause: Clause) -> bool:
    return "decided by" in clause.fields


def _named(clean: Clean, clause: Clause, number: int, parties: list[str]) -> Iterator[Fault]:
    """Iterate over clauses that name another Party than their paragraph."""
    words = clean.lines[number - 1]
    for name in parties:
        for match in re.finditer(
            rf"(?<=to |of ){name}\b|(?<=from ){name}\b|(?<=by: ){name}$", words
        ):
            for other in parties:
                if other != name:
                    put = words[: match.start()] + other + words[match.end() :]
                    yield changed("another Party", clean, number, put, [clause.name])


def _exchanged(
    clean: Clean, clause: Clause, lines: Iterable[int], parties: list[str]
) -> Iterator[Fault]:
    """Iterate over shares of which two Parties' are put in each other's place."""
    for number in lines:
        words = clean.lines[number - 1]
        shares = re.findall(r"([\d.]+%?) of ([a-z_]+)", words)
        named = [name for _, name in shares if name in parties]
        for one, other in pairwise(named):
            portions = {name: share for share, name in shares}
            if one == other or portions[one] == portions[other]:
                continue
            put = re.sub(
                r"(?<= of )[a-z_]+", partial(_other_of, pair={one: other, other: one}), words
            )
            yield changed("two Parties' shares exchanged", clean, number, put, [clause.name])


def _other_of(match: re.Match[str], *, pair: dict[str, str]) -> str:
    return pair.get(match[0], match[0])


# --- quorums and votes ----------------------------------------------------------------------------


def _quorums(clean: Clean) -> Iterator[Fault]:
    for body in clean.clauses("body"):
        powers = tuple(p.name for p in clean.clauses("power") if p.words("by").endswith(body.name))
        for fault in _of_body(clean, body):
            yield replace(fault, clauses=(body.name, *powers))
    for power in clean.clauses("power"):
        if "decided by" in power.fields:
            line = clean.field_lines(power, "decided by")
            for slip, pattern, new in (
                ("another majority", r"2/3 of parties", "1/3 of parties"),
                ("another majority", r"2/3 of parties", "1/2 of parties"),
                ("all for a majority", r"2/3 of parties", "all of parties"),
                ("a majority turned round", r"2/3 of parties", "3/2 of parties"),
                ("more votes than there are", r"2/3 of parties", "5 of parties"),
                ("a majority for all", r"(: )all of parties", r"\g<1>2/3 of parties"),
                ("a majority for all", r"and all of", "and 1/2 of"),
                ("another part of the contributions", r"50% of", "40% of"),
            ):
                yield from replaced(slip, clean, power, line, swap=(pattern, new))


def _of_body(clean: Clean, body: Clause) -> Iterator[Fault]:
    if "quorum" not in body.fields:
        return
    line = clean.field_lines(body, "quorum")
    plain = body.words("seats").isdecimal()
    rules = [
        ("a quorum above the seats", r"quorum: (\d)(?!/)", r"quorum: \g<1>0"),
        ("another quorum", r"quorum: 2(?!/)", "quorum: 3"),
        ("another quorum", r"quorum: 3(?!/)", "quorum: 2"),
        ("a share turned round", r"2/3 of seats", "3/2 of seats"),
        ("another quorum", r"2/3 of seats", "1/2 of seats"),
    ]
    if plain:
        rules.append(("a quorum of Parties without seats", r"(quorum: \d)$", r"\1 parties"))
    for slip, pattern, new in rules:
        yield from replaced(slip, clean, body, line, swap=(pattern, new))
    if plain and int(body.words("seats")) > 2:
        seats = clean.field_lines(body, "seats")
        yield from replaced(
            "seats below the quorum", clean, body, seats, swap=("seats: 3", "seats: 1")
        )


WRONG_PARTY: Family = family(
    "wrong party", _wrong_party, expected="W306 E406 E501 E604", follows="W203 W507"
)
WRONG_QUORUM: Family = family(
    "wrong quorum", _quorums, expected="E301 W303 W306 E404 E508", follows="W507"
)
