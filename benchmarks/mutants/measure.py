# SPDX-License-Identifier: Apache-2.0
"""What `check` newly says of a text with a fault, and which of it belongs to the fault.

A finding is new if the clean text has none of its code, clause and words. It is near if it stands
in a clause that the fault makes wrong, on a line of the fault, or is said of a paragraph that one
of these clauses formalises. What follows from a fault may also be said of a clause that names one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from benchmarks.mutants.text import Clean, Family, Fault
from pratique.accord.check import check
from pratique.accord.document import read_document
from pratique.base.finding import Finding
from pratique.base.text import render
from pratique.cli.methods import methods
from pratique.engine.cells.reasoning import reason


@dataclass(frozen=True)
class Outcome:
    """A fault tried: what finds it, what truly follows from it, and what is noise."""

    family: Family
    fault: Fault
    finds: tuple[Finding, ...]
    follows: tuple[Finding, ...]
    noise: tuple[Finding, ...]

    @property
    def is_found(self) -> bool:
        """Whether something finds it."""
        return bool(self.finds)


def said_of(text: str) -> tuple[Finding, ...]:
    """Return all that check says of a text, without its worked cases."""
    return check(text, cells=reason, methods=methods()).findings


def tried(family: Family, fault: Fault) -> Outcome:
    """Return what check says of a fault."""
    known = Counter(_key(finding) for finding in _clean_findings(fault.clean))
    finds, follows, noise = [], [], []
    for finding in said_of(fault.text):
        if known[_key(finding)]:
            known[_key(finding)] -= 1
        elif finding.code in family.expected and _is_near(finding, fault):
            finds.append(finding)
        elif finding.code in family.expected | family.follows and _follows(finding, fault):
            follows.append(finding)
        else:
            noise.append(finding)
    return Outcome(family, fault, tuple(finds), tuple(follows), tuple(noise))


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.clause, render(finding.sentence, "en")


@lru_cache(maxsize=64)
def _of_text(text: str) -> tuple[Finding, ...]:
    return said_of(text)


def _clean_findings(clean: Clean) -> tuple[Finding, ...]:
    return _of_text(clean.text)


def _is_near(finding: Finding, fault: Fault, clauses: tuple[str, ...] = ()) -> bool:
    faulty = clauses or fault.clauses
    return (
        finding.clause in faulty
        or finding.span.line in fault.lines
        or (finding.article != "" and finding.article in set(_labels(fault, faulty)))
    )


def _follows(finding: Finding, fault: Fault) -> bool:
    """Say whether it is said near the fault, or of a clause that names one at fault."""
    at_fault = (*fault.clauses, *fault.extra)
    if _is_near(finding, fault, at_fault):
        return True
    clause = fault.clean.clause(finding.clause)
    lines = fault.clean.lines[clause.span.line - 1 : clause.last_line] if clause else ()
    named = {word for line in lines for word in re.findall(r"[a-z_]+", line)}
    return not named.isdisjoint(at_fault)


def _labels(fault: Fault, clauses: tuple[str, ...]) -> Iterator[str]:
    for name in clauses:
        clause = fault.clean.clause(name)
        yield from clause.paragraphs if clause is not None else ()
    for fence in read_document(fault.text).fences:
        if not set(fault.lines).isdisjoint(range(fence.line, fence.line + len(fence.lines))):
            yield from fence.paragraphs


@dataclass(frozen=True)
class Tally:
    """The faults of a family tried so far."""

    made: int = 0
    found: int = 0
    new: int = 0
    true: int = 0

    def with_one(self, outcome: Outcome) -> Tally:
        """Return the tally with one more outcome."""
        true = len(outcome.finds) + len(outcome.follows)
        return Tally(
            self.made + 1,
            self.found + outcome.is_found,
            self.new + true + len(outcome.noise),
            self.true + true,
        )

    @property
    def recall(self) -> float:
        """Of the faults made, the part found."""
        return self.found / self.made if self.made else 0.0

    @property
    def precision(self) -> float:
        """Of the new findings, the part that belongs to the fault; of none, all."""
        return self.true / self.new if self.new else 1.0
