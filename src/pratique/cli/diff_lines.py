# SPDX-License-Identifier: Apache-2.0
"""A comparison of two drafts laid out for a terminal: what matters first on one screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction
from unicodedata import category

from pratique.accord.comparison.clauses import BESIDE, HEADER, ClauseChange, FieldChange
from pratique.accord.comparison.redline import Passage, Piece
from pratique.accord.words.amounts import value_words
from pratique.base.duration import Duration
from pratique.base.moment import date_of
from pratique.base.text import Code, Sentence, say, say_count
from pratique.cli.diffing import Comparison, Draft, Replayed
from pratique.cli.speech import told
from pratique.rehearsal.chronicle import alike, together_words
from pratique.rehearsal.drafts import Came, Shift, Sum

WIDTH = 100
MOST_TOTALS, MOST_SHARES, MOST_CLAUSES = 3, 3, 3
"""Lines of each part of the first screen; JSON has all."""
KEPT = 8
"""Words shown at each end of what stayed the same."""

_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TOLD_FIRST = ("used", "starts", "happens", "opened", "raised", "committed", "owes", "ends")
_WITH = ("committed", "owes", "held", "short")
"""What comes with a clause's being applied is not told beside it."""
_SUMS = ("promised", "paid_out", "owed", "settled", "due", "paid_in")
_PAID = {"promised": "paid_out", "owed": "settled", "due": "paid_in"}


def comparison_lines(found: Comparison) -> Iterator[str]:
    """Iterate over the lines of a comparison: behaviour, clauses, words; only what differs."""
    yield from map(_harmless, _lines(found))


def _harmless(line: str) -> str:
    """Return a line in which nothing is left that a terminal would obey."""
    return "".join(
        one.encode("unicode_escape").decode("ascii")
        if category(one) == "Cc" or one in _TURNING
        else one
        for one in line
    )


def _lines(found: Comparison) -> Iterator[str]:
    if found.is_same:
        yield told(say("the drafts are the same"))
        if isinstance(found.behaviour, Sentence):
            yield told(found.behaviour)
        return
    yield f"- {told(_named(found.old))}"
    yield f"+ {told(_named(found.new))}"
    yield from _behaviour(found.behaviour)
    if found.settings or found.clauses:
        yield from ("", told(say("Clauses")))
        yield from _fields(found.settings)
        for clause in found.clauses:
            yield from _clause(clause)
    if found.words:
        yield from ("", told(say("Words")))
        for passage in found.words:
            yield from _passage(passage)


def _named(draft: Draft) -> Sentence:
    title, number = draft.checked.accord.title, draft.checked.accord.document.setting("draft", "")
    path = str(draft.place.document)
    if number:
        return say("{title}, draft {number}: {path}", title=title, number=number, path=path)
    return say("{title}: {path}", title=title, path=path)


# --- behaviour ------------------------------------------------------------------------------------


def _behaviour(found: Replayed | Sentence) -> Iterator[str]:
    yield ""
    if isinstance(found, Sentence):
        yield told(say("Behaviour: {reason}", reason=found))
        return
    replay, differs = found.new, found.differs
    title = say(
        "Behaviour over {title}, conduct {conduct}, until {day}",
        title=replay.history.title,
        conduct=Code(replay.conduct.name),
        day=date_of(replay.program.clock.day(replay.until)),
    )
    yield from _wrapped(told(title), "")
    if differs.is_same:
        yield "  " + told(say("no difference: the same comes about on the same days"))
        return
    by_clause = [_clause_words(found, ones) for ones in _by_clause(differs.shifts)]
    totals = [_sum_words(found, one) for one in sorted(differs.totals, key=_sum_place)]
    shares = [_sum_words(found, one) for one in _told_shares(differs.shares)]
    yield from _listed(by_clause[:1], 1)
    yield from _listed(totals, MOST_TOTALS)
    yield from _listed(shares, MOST_SHARES)
    yield from _listed(by_clause[1:], MOST_CLAUSES)


def _sum_place(one: Sum) -> tuple[int, str, int]:
    return _SUMS.index(one.what), one.under, -abs(one.more)


def _told_shares(shares: Sequence[Sum]) -> list[Sum]:
    """Return what is told of single parties: what is paid only where it was not promised alike."""
    promised = {
        (_PAID[one.what], one.under, one.party, one.more) for one in shares if one.what in _PAID
    }
    told_of = (one for one in shares if (one.what, one.under, one.party, one.more) not in promised)
    return sorted((one for one in told_of if one.party), key=_sum_place)


def _listed(sentences: Sequence[Sentence], most: int) -> Iterator[str]:
    for sentence in sentences[:most]:
        yield from _wrapped(told(sentence), "  ")
    if (n := len(sentences) - most) > 0:
        more = say_count(
            "… and {n} more such line: `--format json` has all",
            "… and {n} more such lines: `--format json` has all",
            n=n,
        )
        yield from _wrapped(told(more), "  ")


def _by_clause(shifts: Sequence[Shift]) -> list[list[Shift]]:
    """Return the shifts clause by clause, what is told of each first; what applies comes first."""
    applied = {_occasion(one) for one in shifts if one.edge == "used"}
    told_of = (one for one in shifts if one.edge not in _WITH or _occasion(one) not in applied)
    found: dict[str, list[Shift]] = {}
    for one in sorted(told_of, key=lambda one: (_rank(one), one.first)):
        found.setdefault(one.clause.partition(".")[0], []).append(one)
    return sorted(found.values(), key=lambda ones: (min(_rank(ones[0]), 2), ones[0].first))


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


def _sum_words(found: Replayed, one: Sum) -> Sentence:
    said: dict[str, object] = {
        "what": _what(found, one),
        "amount": value_words(Fraction(abs(one.more)), one.type),
        "new": value_words(Fraction(one.new.units), one.type),
        "old": value_words(Fraction(one.old.units), one.type),
    }
    if one.days and one.old.first is not None and one.new.first is not None:
        said["time"] = Duration(abs(one.days), "days")
        said["day"], said["before"] = date_of(one.new.first), date_of(one.old.first)
        return _first_words(one, said)
    if one.more > 0:
        return say("{what}: {amount} more ({new}, not {old})", **said)
    return say("{what}: {amount} less ({new}, not {old})", **said)


def _first_words(one: Sum, said: dict[str, object]) -> Sentence:
    match (one.days or 0) < 0, (one.more > 0) - (one.more < 0):
        case True, 0:
            return say("{what}: first {time} earlier, on {day} and not on {before}", **said)
        case False, 0:
            return say("{what}: first {time} later, on {day} and not on {before}", **said)
        case True, 1:
            return say(
                "{what}: first {time} earlier, on {day} and not on {before};"
                " in all {amount} more ({new}, not {old})",
                **said,
            )
        case False, 1:
            return say(
                "{what}: first {time} later, on {day} and not on {before};"
                " in all {amount} more ({new}, not {old})",
                **said,
            )
        case True, _:
            return say(
                "{what}: first {time} earlier, on {day} and not on {before};"
                " in all {amount} less ({new}, not {old})",
                **said,
            )
    return say(
        "{what}: first {time} later, on {day} and not on {before};"
        " in all {amount} less ({new}, not {old})",
        **said,
    )


def _what(found: Replayed, one: Sum) -> Sentence:
    under, party = (_label(found, name) for name in (one.under, one.party))
    if party:
        return _what_of(one.what, under, party)
    match one.what:
        case "promised":
            return say("promised out of {pool}", pool=under)
        case "paid_out":
            return say("paid out of {pool}", pool=under)
        case "due":
            return say("owed to {pool}", pool=under)
        case "paid_in":
            return say("paid into {pool}", pool=under)
        case "owed":
            return say("owed under {clause}", clause=under)
        case "settled":
            return say("paid under {clause}", clause=under)


def _what_of(what: str, under: str, party: str) -> Sentence:
    said = {"under": under, "party": party}
    match what:
        case "promised":
            return say("{party}, promised out of {under}", **said)
        case "paid_out":
            return say("{party}, paid out of {under}", **said)
        case "due":
            return say("{party}, owed to {under}", **said)
        case "paid_in":
            return say("{party}, paid into {under}", **said)
        case "owed":
            return say("{party}, owed under {under}", **said)
    return say("{party}, paid under {under}", **said)


def _label(found: Replayed, name: str) -> str:
    here = found.new.program.accord
    return here.label(name) if name in here.typed else found.old.program.accord.label(name)


# --- clauses and words ----------------------------------------------------------------------------


def _clause(one: ClauseChange) -> Iterator[str]:
    name, was = Code(one.name), Code(one.was)
    match one.change:
        case "added":
            yield "  " + told(say("{name} is new", name=name))
        case "removed":
            yield "  " + told(say("{name} is left out", name=name))
        case "renamed":
            yield "  " + told(say("{name} was {was}", name=name, was=was))
        case "changed":
            yield "  " + told(say("{name} is changed", name=name))
    yield from _fields(one.fields)


def _fields(fields: Sequence[FieldChange]) -> Iterator[str]:
    for one in fields:
        for sign, words in (("-", one.old), ("+", one.new)):
            if words is not None:
                yield from _wrapped(f"{sign} {_field(one.name, words)}", "    ")


def _field(name: str, words: str) -> str:
    if name == HEADER:
        return words
    if name == BESIDE:
        return told(say("beside paragraphs {labels}", labels=words))
    return f"{name}: {words}"


def _passage(one: Passage) -> Iterator[str]:
    text = " ".join(_piece(piece) for piece in one.pieces)
    yield from _wrapped(f"{one.label or '·'}  {text}", "  ")


def _piece(piece: Piece) -> str:
    match piece.change:
        case "out":
            return f"[-{piece.words}-]"
        case "in":
            return f"{{+{piece.words}+}}"
    words = piece.words.split(" ")
    if len(words) <= 2 * KEPT + 2:
        return piece.words
    return " ".join((*words[:KEPT], "…", *words[-KEPT:]))


def _wrapped(text: str, indent: str) -> list[str]:
    deeper = indent + "  "
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=deeper,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent]
