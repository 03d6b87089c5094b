# SPDX-License-Identifier: Apache-2.0
"""A whole text in canonical form: its blocks written anew where they can be read, line for line.

Never raises. A block that cannot be read is left as it is; so is one that would be read otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pratique.accord.clause import Clause
from pratique.accord.document import Document, Fence, read_document
from pratique.accord.form.block import Block, block_of
from pratique.accord.kinds import kinds
from pratique.accord.model import read_accord
from pratique.accord.read import read_clauses
from pratique.base.finding import Finding

_LINE_END = re.compile(r"(\r\n|\r|\n)")
# A paragraph that is not there, E105, is no fault of reading.
_UNREADABLE = ("E100", "E101", "E102", "E103", "E104")


@dataclass(frozen=True, slots=True)
class Left:
    """A block left as it was: where it opens, and why; without findings it would read otherwise."""

    line: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Formed:
    """A text in canonical form, and its lines `before` and `after`, as many, without their ends.

    `changed` is where blocks open that were written anew. `unread` says why none was found at all.
    """

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    changed: tuple[int, ...] = ()
    left: tuple[Left, ...] = ()
    unread: tuple[Finding, ...] = ()


def formed(source: str) -> Formed:
    """Return a text in canonical form; a second time, nothing changes.

    Only lines of blocks change, never their number; each line keeps its end, CRLF or LF.
    """
    parts = _LINE_END.split(source)
    lines, ends = parts[::2], [*parts[1::2], ""]
    document = read_document(source)
    clauses, unread = read_clauses(document, kinds())
    # What stands beside an accord, as a story does, cannot be typed without it.
    faults = read_accord(source).findings if document.front else (*document.findings, *unread)
    left = {one.line: one for one in _unreadable(document, faults)}
    blocks = [
        block
        for fence in document.fences
        if fence.line - 1 not in left and (block := block_of(fence, lines, kinds())).differs(lines)
    ]
    sound = {block.place: block for block in _sound(blocks, document, clauses, lines)}
    left |= {block.place: Left(block.place) for block in blocks if block.place not in sound}
    after = _with(sound.values(), lines)
    return Formed(
        "".join(map("".join, zip(after, ends, strict=True))),
        tuple(lines),
        tuple(after),
        tuple(sound),
        tuple(left[line] for line in sorted(left)),
        () if document.fences else _why_none(document),
    )


def _unreadable(document: Document, findings: Iterable[Finding]) -> Iterable[Left]:
    faults = sorted(
        (one for one in findings if one.code in _UNREADABLE),
        key=lambda one: (one.span.line, one.span.column),
    )
    for fence in document.fences:
        last = fence.line + len(fence.lines) - 1
        found = tuple(
            one
            for one in faults
            if fence.line <= one.span.line <= last
            # Of what is said of the first line of a text, most is about the text.
            or (one.span.line == fence.line - 1 and one.code == "E103")
        )
        if found:
            yield Left(fence.line - 1, found)


def _why_none(document: Document) -> tuple[Finding, ...]:
    return tuple(one for one in document.findings if one.code in ("E100", "E103"))


def _with(blocks: Iterable[Block], lines: Sequence[str]) -> list[str]:
    written = list(lines)
    for block in blocks:
        written[block.place - 1 : block.place - 1 + len(block.raw)] = block.raw
    return written


def _sound(
    blocks: list[Block], before: Document, was: Iterable[Clause], lines: Sequence[str]
) -> list[Block]:
    """Return those of the blocks that, written, are read as before."""
    if not blocks:
        return []
    document = read_document("\n".join(_with(blocks, lines)))
    if len(document.fences) != len(before.fences):
        return []
    clauses, _ = read_clauses(document, kinds())
    now = dict(zip(before.fences, document.fences, strict=True))
    return [
        block
        for block in blocks
        if block.says_the_same(
            _within(block.fence, was), now[block.fence], _within(block.fence, clauses)
        )
    ]


def _within(fence: Fence, clauses: Iterable[Clause]) -> list[Clause]:
    last = fence.line + len(fence.lines) - 1
    return [clause for clause in clauses if fence.line <= clause.span.line <= last]
