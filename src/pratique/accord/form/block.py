# SPDX-License-Identifier: Apache-2.0
"""One block in canonical form, and whether it then says what it said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pratique.accord.clause import Clause, FieldText, Kind
from pratique.accord.document import Fence
from pratique.accord.form.layout import laid_out
from pratique.accord.form.opening import margin_of, opening_of
from pratique.accord.form.spacing import spaced


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is to be written: `margin` puts its lines into a list or quotation."""

    fence: Fence
    opening: str
    margin: str
    lines: tuple[str, ...]

    @property
    def place(self) -> int:
        """The line on which it opens."""
        return self.fence.line - 1

    @property
    def raw(self) -> tuple[str, ...]:
        """Its lines with their margin; the closing line is left alone."""
        return (self.opening, *((self.margin + line).rstrip() for line in self.lines))

    def differs(self, lines: Sequence[str]) -> bool:
        """Say whether it is written otherwise in the lines of a text."""
        return self.raw != tuple(lines[self.place - 1 : self.place - 1 + len(self.raw)])

    def says_the_same(self, was: Iterable[Clause], fence: Fence, now: Iterable[Clause]) -> bool:
        """Say whether a fence was written so, and its clauses are read as before."""
        return (
            (fence.line, fence.paragraphs, fence.asks_nothing)
            == (self.fence.line, self.fence.paragraphs, self.fence.asks_nothing)
            and fence.lines == _without_end(self.lines)
            and [*map(_meaning, was)] == [*map(_meaning, now)]
        )


def block_of(fence: Fence, lines: Sequence[str], kinds: Mapping[str, Kind]) -> Block:
    """Return a fence in canonical form; `lines` are those of the text that it stands in."""
    raw = lines[fence.line - 2]
    # Nothing between its marks is given as one empty line, which is the closing one.
    words = () if fence.lines == ("",) else laid_out(fence.lines, kinds)
    return Block(fence, opening_of(raw, fence), margin_of(raw), words)


def _without_end(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("\n".join(lines).rstrip("\n").split("\n"))


def _meaning(clause: Clause) -> tuple[object, ...]:
    fields = [clause.type] if clause.type else []
    return (
        (clause.span.line, clause.kind, [name.word for name in clause.names], clause.label),
        (clause.per_party, clause.group, clause.paragraphs),
        [_read(field) for field in fields],
        {name: _read(field) for name, field in clause.fields.items()},
    )


def _read(field: FieldText) -> tuple[object, ...]:
    return field.name, field.tree, [spaced(words) for _, _, words in field.text.pieces]
