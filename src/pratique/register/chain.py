# SPDX-License-Identifier: Apache-2.0
"""The chain: each entry counts on from the one before, names its leaf, and is not dated before it.

The same gate stands before an entry that is made and one that is read.
"""

from __future__ import annotations

from typing import Self

from pratique.base.moment import Moment, iso_moment
from pratique.base.text import Code, Sentence, say
from pratique.register.acts import Act, Correct, Note
from pratique.register.entry import NOTHING_BEFORE, Entry, NotAnEntry, line_of
from pratique.register.line import Line, entry_in, read_line

_ADVICE_LOST = say(
    "an entry was taken out, put in, moved, or changed with its seal: compare with another copy"
)
_ADVICE_CLOCK = say("the register's clock only goes forward, and what happened was before it")
_ADVICE_EARLIER = say("name an entry that the register already has")


class Chain:
    """The end of a register: what the next entry must be to follow. A name of the accord is needed
    to append; without one, the first entry read gives it.
    """

    __slots__ = ("accord", "count", "leaf", "recorded")

    def __init__(self, accord: str = "") -> None:
        self.accord = accord
        self.count = 0
        self.leaf = NOTHING_BEFORE
        self.recorded = ""

    @classmethod
    def after(cls, entry: Entry) -> Self:
        """Return the chain that goes on from an entry."""
        chain = cls(entry.accord)
        chain.count, chain.leaf = entry.seq + 1, entry.leaf
        chain.recorded = iso_moment(entry.recorded)
        return chain

    def append(
        self, *, office: str, act: Act, recorded: Moment, happened: Moment | None = None
    ) -> Entry:
        """Make and return the next entry; if it cannot follow, NotAnEntry and nothing changes."""
        entry = Entry(self.accord, self.count, self.leaf, recorded, happened, office, act, leaf="")
        # INVARIANT: what is written reads back; so it passes the reader's gate before it is given.
        line, leaf = read_line(line_of(entry))
        self.admit(line, leaf)
        return entry_in(line, leaf)

    def admit(self, line: Line, leaf: bytes) -> None:
        """Take in the next line; NotAnEntry if it does not follow, and nothing changes."""
        if line.seq != self.count or line.prev != self.leaf or line.accord != self.accord:
            self._require_next(line)
        if line.recorded < self.recorded or (line.happened or "") > line.recorded:
            self._refuse_time(line)
        if isinstance(line.body, Correct | Note):
            _require_earlier(line.body, line.seq)
        self.count += 1
        self.accord, self.leaf, self.recorded = line.accord, leaf.hex(), line.recorded

    def _require_next(self, line: Line) -> None:
        if line.seq != self.count:
            numbers = {"found": line.seq, "next": self.count}
            raise NotAnEntry(
                say("the entry has number {found}, where {next} comes next", **numbers),
                _ADVICE_LOST,
            )
        if line.prev != self.leaf:
            raise NotAnEntry(
                say("the entry names another entry before it than the one that is there"),
                _ADVICE_LOST,
            )
        if self.accord:
            names = {"found": Code(line.accord), "accord": Code(self.accord)}
            raise NotAnEntry(
                say("the entry is of {found}, the register is of {accord}", **names), _ADVICE_LOST
            )

    def _refuse_time(self, line: Line) -> None:
        moment = Code(line.recorded)
        if line.recorded < self.recorded:
            before = Code(self.recorded)
            raise NotAnEntry(_back_dated(moment, before), _ADVICE_CLOCK)
        raise NotAnEntry(_not_yet(Code(str(line.happened)), moment), _ADVICE_CLOCK)


def _back_dated(moment: Code, before: Code) -> Sentence:
    return say(
        "the entry is recorded at {moment}, the one before it at {before}",
        moment=moment,
        before=before,
    )


def _not_yet(happened: Code, recorded: Code) -> Sentence:
    return say(
        "the entry says it happened at {happened}, after it was recorded at {recorded}",
        happened=happened,
        recorded=recorded,
    )


def _require_earlier(act: Correct | Note, seq: int) -> None:
    about = act.seq if isinstance(act, Correct) else act.about
    if about is not None and about >= seq:
        raise NotAnEntry(
            say("entry {seq} concerns entry {about}, which comes no earlier", seq=seq, about=about),
            _ADVICE_EARLIER,
        )
