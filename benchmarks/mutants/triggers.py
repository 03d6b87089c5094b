# SPDX-License-Identifier: Apache-2.0
"""Triggers that nothing reaches: figures that exclude one another, statuses that never start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.mutants.text import (
    Clean,
    Family,
    Fault,
    changed,
    family,
    replaced,
)
from pratique.accord.clause import Clause

_ACTING = ("duty", "power", "rule")
_FLIPPED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_COMPARED = r"(?<![\w.])([a-z_]+) (<=|>=|<|>) ([\d.]+%?|[a-z_]+)(?![\w.]| of| \*)"


def _conditions(clean: Clean) -> Iterator[tuple[Clause, range, str]]:
    for clause in clean.clauses(*_ACTING, "status"):
        for name in ("when", "while"):
            if name in clause.fields:
                yield clause, clean.field_lines(clause, name), clause.words(name)


def _measured(clean: Clean, name: str) -> Clause | None:
    clause = clean.clause(name)
    return clause if clause is not None and clause.kind == "measure" else None


def _unreachable(clean: Clean) -> Iterator[Fault]:
    for clause, lines, words in _conditions(clean):
        if " or " not in words:
            yield from _both_sides(clean, clause, lines)
            yield from _too_many(clean, clause, lines)
            yield from _beyond(clean, clause, lines)
            yield from _after_lapse(clean, clause, lines)
    yield from _ranges(clean)
    yield from _never_started(clean)


def _both_sides(clean: Clean, clause: Clause, lines: range) -> Iterator[Fault]:
    for number in lines:
        words = clean.lines[number - 1]
        for match in re.finditer(_COMPARED, words):
            if _measured(clean, match[1]):
                turned = f"{match[1]} {_FLIPPED[match[2]]} {match[3]}"
                put = f"{words[: match.start()]}({match[0]} and {turned}){words[match.end() :]}"
                yield changed("both sides of its threshold", clean, number, put, [clause.name])


def _too_many(clean: Clean, clause: Clause, lines: range) -> Iterator[Fault]:
    more = len(clean.accord.scope.parties) + 1
    pattern = r"(count of parties \([^()]*\)) >= \d+"
    for sign, count in ((">=", more), (">", more - 1)):
        slip = f"{sign} more parties than there are"
        yield from replaced(slip, clean, clause, lines, swap=(pattern, rf"\1 {sign} {count}"))


def _beyond(clean: Clean, clause: Clause, lines: range) -> Iterator[Fault]:
    for pattern, new in ((r" < \d+%", " < 0%"), (r" >= (\d+)(?=\)| |$)", r" >= \g<1>0000000")):
        for number in lines:
            words = clean.lines[number - 1]
            for match in re.finditer(pattern, words):
                before = words[: match.start()].split()
                if before and _measured(clean, before[-1].strip("(")):
                    put = words[: match.start()] + match.expand(new) + words[match.end() :]
                    yield changed("beyond the range", clean, number, put, [clause.name])


def _after_lapse(clean: Clean, clause: Clause, lines: range) -> Iterator[Fault]:
    """Iterate over conditions that a status has lasted longer than it does."""
    for pattern, new in (
        (r"(outbreak) for 12 weeks", r"\1 for 120 weeks"),
        (r"(in_force) for 54 months", r"\1 for 72 months"),
    ):
        if clause.kind == "power" or "outbreak" in pattern:
            yield from replaced("after its lapse", clean, clause, lines, swap=(pattern, new))


def _ranges(clean: Clean) -> Iterator[Fault]:
    """Iterate over measures whose range leaves out a threshold that clauses ask for."""
    for measure in clean.clauses("measure"):
        name = measure.name
        for clause, _, words in _conditions(clean):
            below = re.search(rf"\b{name} < (\d+)%", words)
            above = re.search(rf"\b{name} >= (\d+)(?![\d%])", words)
            line = [measure.span.line]
            if below and " or " not in words:
                new = f"{int(below[1]) + 10}%..100%"
                faults = replaced(
                    "a range too narrow", clean, measure, line, swap=(r"0%\.\.\d+%", new)
                )
            elif above and " or " not in words:
                new = f"0..{max(0, int(above[1]) - 1)}"
                faults = replaced(
                    "a range too narrow", clean, measure, line, swap=(r"0\.\.\d+", new)
                )
            else:
                continue
            for fault in faults:
                yield replace(fault, clauses=(name, clause.name), extra=users(clean, name))


def users(clean: Clean, name: str) -> tuple[str, ...]:
    """Return the clauses that speak of a name."""
    found = []
    for clause in clean.clauses(*_ACTING, "status", "procedure", "pool", "term", "data"):
        lines = clean.lines[clause.span.line - 1 : clause.last_line]
        if any(re.search(rf"\b{name}\b", line) for line in lines):
            found.append(clause.name)
    return tuple(found)


def _never_started(clean: Clean) -> Iterator[Fault]:
    """Iterate over faults by which nothing starts a status: words for the effect, another name."""
    starts = re.compile(r"(may|then|if missed)(: )start ([a-z_]+)(.*)")
    statuses = [c for c in clean.clauses("status") if "while" not in c.fields]
    begun: dict[str, list[tuple[Clause, int, re.Match[str]]]] = {}
    for clause in clean.clauses(*_ACTING, "procedure"):
        for number in range(clause.span.line, clause.last_line + 1):
            words = clean.lines[number - 1]
            if match := re.search(r"\bstart ([a-z_]+)", words):
                begun.setdefault(match[1], []).append((clause, number, match))
    for status in statuses:
        places = begun.get(status.name, [])
        if len(places) != 1 or status.name == "in_force":
            continue
        clause, number, _ = places[0]
        words = clean.lines[number - 1]
        match = starts.search(words)
        faulty = (clause.name, status.name, *users(clean, status.name))
        if match and match[1] == "may":
            put = f"  may: declare the {status.label_of(status.name)}"
            yield changed("words in place of its start", clean, number, put, faulty)
        for other in statuses:
            alike = other.per_party == status.per_party
            if match and other.name not in (status.name, "in_force") and alike:
                put = f"{words[: match.start(3)]}{other.name}{words[match.end(3) :]}"
                yield changed("another status started", clean, number, put, (*faulty, other.name))
                break


UNREACHABLE: Family = family(
    "unreachable trigger",
    _unreachable,
    expected="E601 W602 E403 E504",
    follows="E301 W203 W303 E503 W606 E603 W607",
)
