# SPDX-License-Identifier: Apache-2.0
"""What comes earlier, later, or in one draft only, in sentences: the foremost clause first."""

from __future__ import annotations

from collections.abc import Sequence

from pratique.base.duration import Duration
from pratique.base.moment import date_of
from pratique.base.text import Sentence, say, say_count
from pratique.rehearsal.chronicle import alike, together_words
from pratique.rehearsal.comparing.compared import Replayed
from pratique.rehearsal.drafts import Came, Shift

_TOLD_FIRST = ("used", "starts", "happens", "opened", "raised", "committed", "owes", "ends")
_WITH = ("committed", "owes", "held", "short")
"""What comes with a clause's being applied is not told beside it."""
_IN_SUMS = ("claimed", "committed", "paid")
"""What comes of a pool and is told with its sums."""


def foremost(found: Replayed) -> list[Sentence]:
    """Return what applies or begins at other times: each occasion a sentence, in order of days."""
    told_of = sorted(filter(_is_foremost, found.differs.shifts), key=lambda one: one.first)
    return [_shift_words(found, ones) for ones in _together(told_of)]


def others(found: Replayed) -> list[Sentence]:
    """Return what else comes at other times, a sentence for each clause: its first such change."""
    applied = {_occasion(one) for one in found.differs.shifts if one.edge == "used"}
    clauses: dict[str, list[Shift]] = {}
    pools = {**found.old.program.pools, **found.new.program.pools}
    for one in sorted(found.differs.shifts, key=lambda one: (_rank(one), one.first)):
        with_it = one.edge in _WITH and _occasion(one) in applied
        in_sums = one.clause in pools and one.edge in _IN_SUMS
        if not (with_it or in_sums or _is_foremost(one)):
            clauses.setdefault(one.clause.partition(".")[0], []).append(one)
    ordered = sorted(clauses.values(), key=lambda ones: (min(_rank(ones[0]), 2), ones[0].first))
    return [_clause_words(found, ones) for ones in ordered]


def every(found: Replayed) -> list[tuple[Shift, Sentence]]:
    """Return every change that is not the same in both, with what came about, in order of days."""
    return [(one, _came_words(found, one)) for one in found.differs.shifts]


def _came_words(found: Replayed, one: Shift) -> Sentence:
    if one.new is not None:
        return together_words(found.new.program, [one.new.happening])
    assert one.old is not None
    return together_words(found.old.program, [one.old.happening])


def _is_foremost(one: Shift) -> bool:
    return one.edge in ("used", "starts")


def _together(ones: Sequence[Shift]) -> list[list[Shift]]:
    """Return shifts grouped into what one sentence may tell of several parties."""
    found: dict[tuple[object, ...], list[Shift]] = {}
    for one in ones:
        found.setdefault((one.clause, *_alike(one)), []).append(one)
    return list(found.values())


def _occasion(one: Shift) -> tuple[object, ...]:
    days = (side.day if side is not None else None for side in (one.old, one.new))
    return (one.clause, one.party, *days)


def _rank(one: Shift) -> int:
    return _TOLD_FIRST.index(one.edge) if one.edge in _TOLD_FIRST else len(_TOLD_FIRST)


def _clause_words(found: Replayed, ones: list[Shift]) -> Sentence:
    together = [one for one in ones if _alike(one) == _alike(ones[0])]
    first = _shift_words(found, together)
    if len(ones) == len(together):
        return first
    return say_count(
        "{first} (and {n} other change of it)",
        "{first} (and {n} other changes of it)",
        first=first,
        n=len(ones) - len(together),
    )


def _alike(one: Shift) -> tuple[object, ...]:
    """Return what shifts share that one sentence may tell of several parties."""
    sides = (one.old, one.new)
    return (one.edge, *((side.day, *alike(side.happening)) if side else () for side in sides))


def _shift_words(found: Replayed, ones: Sequence[Shift]) -> Sentence:
    old, new = ones[0].old, ones[0].new
    before = [one.old.happening for one in ones if one.old is not None]
    after = [one.new.happening for one in ones if one.new is not None]
    if new is None:
        assert old is not None
        words = together_words(found.old.program, before)
        return say("only in the old draft, on {day}: {words}", day=_day(old), words=words)
    words = together_words(found.new.program, after)
    if old is None:
        return say("only in the new draft, on {day}: {words}", day=_day(new), words=words)
    days = new.day - old.day
    said = {
        "time": Duration(abs(days), "days"),
        "new": _day(new),
        "old": _day(old),
        "words": words,
    }
    if days < 0:
        return say("{time} earlier, on {new} and not on {old}: {words}", **said)
    return say("{time} later, on {new} and not on {old}: {words}", **said)


def _day(came: Came) -> object:
    return date_of(came.day)
