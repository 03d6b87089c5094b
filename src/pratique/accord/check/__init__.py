# SPDX-License-Identifier: Apache-2.0
"""What `check` says of a text: all findings of all families in one pass. Never raises.

Worked cases are run by a trial passed in: the engine that runs them lives above the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pratique.accord.check.datasets import datasets
from pratique.accord.check.echo import echo
from pratique.accord.check.echo_sides import sides_of
from pratique.accord.check.means import means
from pratique.accord.check.names import names
from pratique.accord.check.norms import norms
from pratique.accord.check.text import text
from pratique.accord.check.translation import translated
from pratique.accord.compile import compile_accord
from pratique.accord.method import Registry
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


def check(
    source: str,
    *,
    trial: Trial | None = None,
    methods: Registry | None = None,
    translations: Mapping[str, str] | None = None,
) -> Checked:
    """Return all that can be said of a text; `trial` runs its worked cases if it compiles.

    `methods` are those that its clauses may call; `translations` its other authentic texts, by
    language.
    """
    accord = read_accord(source, methods)
    sides = sides_of(accord)
    # A text of which nothing can be read is not held against its translations.
    others = translations if translations and accord.document.articles else {}
    further = echo(accord, sides) + translated(accord, sides, others)
    written = [finding for family in FAMILIES for finding in family(accord)]
    program: Program | None = None
    if accord.is_sound:
        compiled = compile_accord(accord)
        if isinstance(compiled, Finding):
            further.append(compiled)
        else:
            program = compiled
            # A clause that can never work is said to be so once, not again by each case.
            stopped = any(finding.severity == "E" for finding in written)
            further += trial(accord) if trial is not None and not stopped else []
    located = [placed(one, accord.document, accord.clauses) for one in (*further, *written)]
    findings = sorted(
        [*_not_repeated(accord.findings, written), *located],
        key=lambda f: (f.span.line, f.span.column, f.code),
    )
    return Checked(accord, program, tuple(findings))


FAMILIES: tuple[Callable[[Accord], list[Finding]], ...] = (text, names, norms, means, datasets)
"""What is said of a text as it is written, besides its types and its echo."""


def _not_repeated(read: Iterable[Finding], written: Iterable[Finding]) -> list[Finding]:
    """Return what reading found, but for what letters that deceive (E204) have made unreadable."""
    lines = {finding.span.line for finding in written if finding.code == "E204"}
    return [finding for finding in read if finding.span.line not in lines]
