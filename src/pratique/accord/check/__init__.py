# SPDX-License-Identifier: Apache-2.0
"""What `check` says of a text: all findings of all families in one pass. Never raises.

Worked cases are run by a trial passed in: the engine that runs them lives above the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pratique.accord.check.actors import actors
from pratique.accord.check.datasets import datasets
from pratique.accord.check.echo import echo
from pratique.accord.check.echo_sides import sides_of
from pratique.accord.check.means import means
from pratique.accord.check.names import names
from pratique.accord.check.norms import norms
from pratique.accord.check.reviews import reviewed
from pratique.accord.check.structure.ballots import ballots
from pratique.accord.check.structure.changes import changes
from pratique.accord.check.structure.emergencies import emergencies
from pratique.accord.check.structure.overrides import overrides
from pratique.accord.check.structure.periods import periods
from pratique.accord.check.structure.prevailing import prevailing
from pratique.accord.check.structure.procedures import procedures
from pratique.accord.check.structure.quorums import quorums
from pratique.accord.check.text import text
from pratique.accord.check.translation import translated
from pratique.accord.compile import compile_accord
from pratique.accord.method import Registry
from pratique.accord.model import Accord, placed, read_accord
from pratique.accord.program import Program
from pratique.accord.reviews.stamp import Stamp
from pratique.base.finding import Finding
from pratique.surveillance.detector import Detector

Trial = Callable[[Accord], list[Finding]]


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What trying a text's conditions in every kind of situation gave.

    `cells`: how many situations were tried, for `conditions` conditions; `not_proven`: the clauses
    of which it could not be said whether they can apply.
    """

    findings: tuple[Finding, ...]
    conditions: int
    cells: int
    not_proven: tuple[str, ...]


Cells = Callable[[Program], Reasoned]


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked text: its accord, the program if it has one, and all findings in order of place."""

    accord: Accord
    program: Program | None
    findings: tuple[Finding, ...]
    reasoned: Reasoned | None = None
    """Its logic, if it was asked for and there is a program."""

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The findings that stop adoption (severity E)."""
        return tuple(finding for finding in self.findings if finding.severity == "E")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings of severity W that nobody has accepted."""
        return tuple(f for f in self.findings if f.severity == "W" and f.accepted is None)

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """The findings of severity W that the parties have accepted, each with its reason."""
        return tuple(finding for finding in self.findings if finding.accepted is not None)


def check(
    source: str,
    *,
    trial: Trial | None = None,
    cells: Cells | None = None,
    methods: Registry | None = None,
    detectors: Mapping[str, Detector] | None = None,
    translations: Mapping[str, str] | None = None,
    reviews: Sequence[Stamp] = (),
) -> Checked:
    """Return all that can be said of a text that compiles: `cells` reasons, `trial` runs its cases.

    `methods` are those that its clauses may call, `detectors` those that they may name (None: all);
    `translations` its other authentic texts, by language; `reviews` what offices have confirmed.
    """
    accord = read_accord(source, methods, detectors=detectors)
    sides = sides_of(accord)
    # A text of which nothing can be read is not held against its translations.
    others = translations if translations and accord.document.articles else {}
    further = echo(accord, sides) + translated(accord, sides, others)
    further += reviewed(accord, reviews, others)
    written = [finding for family in FAMILIES for finding in family(accord)]
    program: Program | None = None
    reasoned: Reasoned | None = None
    if accord.is_sound:
        compiled = compile_accord(accord)
        if isinstance(compiled, Finding):
            # A circle of overriding is a circle within a moment too: it is said once.
            circular = any(finding.code == "E608" for finding in written)
            further += [] if circular else [compiled]
        else:
            program = compiled
            reasoned = cells(program) if cells is not None else None
            written += reasoned.findings if reasoned is not None else ()
            # A clause that can never work is said to be so once, not again by each case.
            stopped = any(finding.severity == "E" for finding in written)
            further += trial(accord) if trial is not None and not stopped else []
    located = [placed(one, accord.document, accord.clauses) for one in (*further, *written)]
    findings = sorted(
        [*_not_repeated(accord.findings, written), *located],
        key=lambda f: (f.span.line, f.span.column, f.code),
    )
    return Checked(accord, program, tuple(findings), reasoned)


FAMILIES: tuple[Callable[[Accord], list[Finding]], ...] = (
    text,
    names,
    norms,
    means,
    datasets,
    ballots,
    emergencies,
    procedures,
    overrides,
    periods,
    quorums,
    changes,
    actors,
    prevailing,
)
"""What is said of a text as it is written, besides its types and its echo."""


def _not_repeated(read: Iterable[Finding], written: Iterable[Finding]) -> list[Finding]:
    """Return what reading found, but for what letters that deceive (E204) have made unreadable."""
    lines = {finding.span.line for finding in written if finding.code == "E204"}
    return [finding for finding in read if finding.span.line not in lines]
