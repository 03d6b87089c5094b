# SPDX-License-Identifier: Apache-2.0
"""Clean accords with the places of their clauses, and a fault: lines put in the place of others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pratique.accord.clause import Clause
from pratique.accord.model import Accord, read_accord
from pratique.cli.methods import methods
from pratique.practice.articles import Signatory, draft_with, fields_of_practice

SHIPPED = Path(__file__).parents[2] / "accords"
MODEL = "model-articles"
PARTIES = tuple(Signatory(name.lower(), name) for name in ("Aldova", "Brenia", "Corvia"))


@dataclass(frozen=True)
class Clean:
    """An accord without any fault."""

    name: str
    text: str

    @cached_property
    def accord(self) -> Accord:
        """Its text, read."""
        return read_accord(self.text, methods())

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its lines, as its clauses count them."""
        return tuple(self.text.split("\n"))

    def clauses(self, *kinds: str) -> Iterator[Clause]:
        """Iterate over its clauses of some kinds that stand under a paragraph."""
        for clause in self.accord.clauses:
            if clause.kind in kinds and clause.paragraphs:
                yield clause

    def clause(self, name: str) -> Clause | None:
        """Return the clause of a name."""
        named = (one for one in self.accord.clauses if any(n.word == name for n in one.names))
        return next(named, None)

    def field_line(self, clause: Clause, name: str) -> int:
        """Return the line on which a field of a clause begins."""
        return clause.fields[name].span.line

    def field_lines(self, clause: Clause, name: str) -> range:
        """Return the lines on which a field of a clause stands."""
        pieces = [line for line, _, _ in clause.fields[name].text.pieces]
        return range(min(clause.fields[name].span.line, *pieces), max(pieces) + 1)


@dataclass(frozen=True)
class Fault:
    """A slip: in a clean text, `cut` lines from line `first` on are replaced by `put`.

    `clauses` are those that it makes wrong; `extra` are others of which something true can be said.
    """

    slip: str
    clean: Clean
    first: int
    cut: int
    put: tuple[str, ...]
    clauses: tuple[str, ...]
    extra: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text with the fault."""
        lines = list(self.clean.lines)
        lines[self.first - 1 : self.first - 1 + self.cut] = self.put
        return "\n".join(lines)

    @property
    def lines(self) -> range:
        """The lines of the text with the fault on which it stands; where it took some, the next."""
        return range(self.first, self.first + max(1, len(self.put)))

    @property
    def told(self) -> str:
        """The fault as a difference: lines taken and lines put."""
        taken = self.clean.lines[self.first - 1 : self.first - 1 + self.cut]
        return "\n".join([*(f"- {line}" for line in taken), *(f"+ {line}" for line in self.put)])


@dataclass(frozen=True)
class Family:
    """A family of faults. `expected` are the codes of which one finds it.

    `follows` are codes that truly follow from such a fault: they find nothing, and are not noise.
    """

    name: str
    expected: frozenset[str]
    follows: frozenset[str]
    faults: Callable[[Clean], Iterator[Fault]]


def family(
    name: str, faults: Callable[[Clean], Iterator[Fault]], *, expected: str, follows: str = ""
) -> Family:
    """Return a family; its codes are given as words."""
    return Family(name, frozenset(expected.split()), frozenset(follows.split()), faults)


@cache
def cleans() -> tuple[Clean, ...]:
    """Return the clean accords: those that are shipped, and the model articles put together."""
    texts = {
        path.parent.name: path.read_text("utf-8") for path in sorted(SHIPPED.glob("*/accord.md"))
    }
    texts[MODEL] = draft_with("Model Accord", PARTIES, fields_of_practice())
    return tuple(Clean(name, text) for name, text in texts.items())


# --- edits ----------------------------------------------------------------------------------------


def changed(slip: str, base: Clean, line: int, new: str, clauses: Iterable[str]) -> Fault:
    """Return a fault in one line."""
    return Fault(slip, base, line, 1, (new,), tuple(clauses))


def put_after(
    slip: str, base: Clean, line: int, new: Iterable[str], clauses: Iterable[str]
) -> Fault:
    """Return a fault that is some lines too many."""
    return Fault(slip, base, line + 1, 0, tuple(new), tuple(clauses))


def taken(
    slip: str, base: Clean, lines: range, clauses: Iterable[str], extra: Iterable[str] = ()
) -> Fault:
    """Return a fault that is some lines too few."""
    return Fault(slip, base, lines.start, len(lines), (), tuple(clauses), tuple(extra))


def replaced(
    slip: str, base: Clean, clause: Clause, lines: Iterable[int], *, swap: tuple[str, str]
) -> Iterator[Fault]:
    """Iterate over the faults in which one place of a clause's lines is written otherwise.

    `swap`: a pattern, and what stands in its place.
    """
    pattern, new = swap
    for number in lines:
        words = base.lines[number - 1]
        for match in re.finditer(pattern, words):
            put = words[: match.start()] + match.expand(new) + words[match.end() :]
            if put != words:
                yield changed(slip, base, number, put, [clause.name])


def is_quoted(words: str, column: int) -> bool:
    """Say whether a place of a line stands within quotation marks or a comment."""
    before = words[:column]
    return before.count('"') % 2 == 1 or before.lstrip().startswith("#")
