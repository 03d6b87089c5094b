# SPDX-License-Identifier: Apache-2.0
"""What `check` says of a text: all findings of all families in one pass. Never raises.

Worked cases are run by a trial passed in: the engine that runs them lives above the language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pratique.accord.check.echo import echo
from pratique.accord.compile import compile_accord
from pratique.accord.model import Accord, placed, read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding

Trial = Callable[[Accord], list[Finding]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked text: its accord, the program if it has one, and all findings in order of place."""

    accord: Accord
    program: Program | None
    findings: tuple[Finding, ...]

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


def check(source: str, *, trial: Trial | None = None) -> Checked:
    """Return all that can be said of a text; `trial` runs its worked cases if it compiles."""
    accord = read_accord(source)
    program: Program | None = None
    further = echo(accord)
    if accord.is_sound:
        compiled = compile_accord(accord)
        if isinstance(compiled, Finding):
            further.append(compiled)
        else:
            program = compiled
            further += trial(accord) if trial is not None else []
    located = [placed(finding, accord.document, accord.clauses) for finding in further]
    findings = sorted(
        [*accord.findings, *located], key=lambda f: (f.span.line, f.span.column, f.code)
    )
    return Checked(accord, program, tuple(findings))
