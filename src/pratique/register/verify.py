# SPDX-License-Identifier: Apache-2.0
"""Verify a journal: every byte of every entry, in one pass, naming the first that is broken.

What no file can show by itself is whether its end is missing, or all of it was written anew: for
that, give the count or the seal that you have from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from pratique.base.text import Code, Sentence, say
from pratique.register.entry import NOTHING_BEFORE
from pratique.register.journal import BrokenJournal, Source, sound_lines
from pratique.register.tree import Tree


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found: `entries` sound ones from the first on, and their seal `root`.

    Where one is broken, `line` counts from 1, `seq` from 0, and `advice` says what may help.
    """

    ok: bool
    entries: int
    root: str
    leaf: str
    sentence: Sentence
    advice: Sentence | None = None
    line: int | None = None
    seq: int | None = None


def verify(
    source: Source, *, expect_count: int | None = None, expect_root: str | None = None
) -> Verdict:
    """Return the verdict on a journal, compared with a count and a seal known from elsewhere."""
    tree, last = Tree(), bytes.fromhex(NOTHING_BEFORE)
    broken: BrokenJournal | None = None
    try:
        for _, last in sound_lines(source):
            tree.grow(last)
    except BrokenJournal as found:
        broken = found
    count, root, leaf = tree.count, tree.root().hex(), last.hex()
    if broken is not None:
        return Verdict(
            False, count, root, leaf, broken.sentence, broken.advice, broken.line, broken.seq
        )
    against = _against(count, root, expect_count=expect_count, expect_root=expect_root)
    if against is not None:
        return Verdict(False, count, root, leaf, *against)
    return Verdict(True, count, root, leaf, _whole(count, root))


def _whole(count: int, root: str) -> Sentence:
    return say("the journal is sound; entries: {count}; seal: {root}", count=count, root=Code(root))


def _against(
    count: int, root: str, *, expect_count: int | None, expect_root: str | None
) -> tuple[Sentence, Sentence] | None:
    """Return what differs from what was expected, and what may help."""
    counts = {"count": count, "expected": expect_count}
    if expect_count is not None and count < expect_count:
        return (
            say("the end is missing: {count} sound entries of {expected}", **counts),
            say("take the rest from another copy of the register"),
        )
    if expect_count is not None and count > expect_count:
        return (
            say("the journal has gone on: {count} sound entries, {expected} expected", **counts),
            say("compare with a count and seal of the same moment"),
        )
    if expect_root is not None and root != expect_root:
        return (
            say("the seal is {root}, not {expected}", root=Code(root), expected=Code(expect_root)),
            say(
                "every entry is sound, but it is not that register: its end is missing, it has "
                "gone on, or it was written anew"
            ),
        )
    return None
