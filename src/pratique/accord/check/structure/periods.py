# SPDX-License-Identifier: Apache-2.0
"""E702: what clauses surely draw together, in one moment or one period, is more than there can be.

Only constant amounts, of what rules and duties do by themselves; what somebody may ask for does not
count. A single draw above a cap is W704.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pratique.accord.check.structure.situations import Key, key_of
from pratique.accord.check.structure.spells import times_in
from pratique.accord.check.structure.supply import YEAR, content, inflow
from pratique.accord.check.syntax import whole_clauses
from pratique.accord.fields.pools import Cap
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import Status
from pratique.accord.model import Accord
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import Draw, Hold, Who
from pratique.accord.words.amounts import value_words
from pratique.accord.words.changes import change_coming
from pratique.accord.words.phrases import condition_words
from pratique.base.duration import Duration
from pratique.base.finding import Finding, Span
from pratique.base.text import Code, Sentence, say, say_count


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one effect surely draws in one run of its clause, `times` in the period at hand.

    `to`: what each party gets for certain. `whole`: in all. `some`: what whoever else is meant
    gets, under a key of who that is.
    """

    clause: str
    span: Span
    amount: Fraction
    to: dict[str, Fraction]
    whole: Fraction
    some: Key
    holds: bool
    times: int = 1


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Draws that come together, and when, in words."""

    taken: tuple[_Taken, ...]
    witness: Callable[[Sequence[Sentence]], Sentence]
    within: Duration | None = None


def periods(accord: Accord) -> list[Finding]:
    """Return the findings on draws that come together, where nothing else stops the accord."""
    if not accord.is_sound:
        return []
    findings: list[Finding] = []
    for clause in whole_clauses(accord, "pool"):
        pool = accord.typed.get(clause.name)
        if isinstance(pool, Pool) and pool.source is clause:
            draws = _Draws(pool, accord)
            found = (draws.exceeding(one) for one in draws.occasions())
            findings += [finding for finding in found if finding is not None][:1]
    return findings


class _Draws:
    """What is surely drawn from one pool, and what it can give."""

    def __init__(self, pool: Pool, accord: Accord) -> None:
        self.pool, self.accord = pool, accord
        self.parties = tuple(accord.scope.parties)
        acting = [one for one in accord.typed.values() if isinstance(one, Duty | Rule)]
        aside = _set_aside(accord)
        self.acting = [one for one in acting if one.name not in aside and not _reads_leaving(one)]

    # --- when draws come together ----------------------------------------------------------------

    def occasions(self) -> Iterator[_Occasion]:
        """Iterate over the times at which draws surely come together."""
        found: dict[Key, tuple[Sentence, list[_Taken]]] = {}
        for clause in self.acting:
            taken = self._taken(clause)
            if not taken or (isinstance(clause, Duty) and clause.every is not None):
                continue
            for key, words in _triggers(clause):
                found.setdefault(key, (words, []))[1].extend(taken)
        for words, together in found.values():
            yield _Occasion(tuple(together), _when(words))
        yield from self._spells()

    def _spells(self) -> Iterator[_Occasion]:
        duties = [one for one in self.acting if isinstance(one, Duty) and one.every is not None]
        lengths = dict.fromkeys([*(cap.within for cap in self.pool.caps), YEAR])
        for length in (one for one in lengths if one is not None):
            taken = [
                replace(one, times=times)
                for duty in duties
                if duty.every is not None and (times := times_in(length, duty.every))
                for one in self._taken(duty)
                if not one.holds
            ]
            if taken:
                yield _Occasion(tuple(taken), _in_time(length), length)

    # --- what is drawn ---------------------------------------------------------------------------

    def _taken(self, clause: Duty | Rule) -> list[_Taken]:
        effects: Iterable[object] = clause.effects if isinstance(clause, Rule) else (clause.draws,)
        found = []
        for effect in effects:
            if not isinstance(effect, Draw | Hold) or effect.pool != self.pool.name:
                continue
            if effect.amount is None or not effect.amount.is_constant or effect.up_to:
                continue
            for who in self._recipients(clause, effect):
                amount = constant_value(effect.amount)
                to, whole, some = self._parts(who, amount, clause)
                holds, span = isinstance(effect, Hold), effect.amount.span
                found.append(_Taken(clause.name, span, amount, to, whole, some, holds))
        return found

    def _recipients(self, clause: Duty | Rule, effect: Draw | Hold) -> tuple[Who, ...]:
        # What a duty draws for its debtors goes to those whom `by` names.
        if isinstance(clause, Duty) and not clause.per_recipient and effect.to.form == "that":
            return clause.by
        return (effect.to,)

    def _parts(
        self, who: Who, amount: Fraction, clause: Duty | Rule
    ) -> tuple[dict[str, Fraction], Fraction, Key]:
        """Return what each party gets, what is given in all, and the key of who else gets it."""
        owed = isinstance(clause, Duty)
        match who.form:
            case "named" if all(name in self.parties for name in who.names):
                named = dict.fromkeys(who.names, amount)
            case "group":
                named = dict.fromkeys(self.accord.scope.groups.get(who.group, ()), amount)
            case "each":
                named = dict.fromkeys(self.parties, amount)
            case "all" | "any" if owed:
                named = dict.fromkeys(self.parties, amount)
            case "all" | "any":
                return self._in_parts(amount), amount, ()
            case "that" if not clause.trigger.per_party:
                return self._in_parts(amount), amount, ()
            case "that":
                return {}, amount, ("that",)
            case "where" if who.condition is not None:
                return {}, Fraction(0), ("where", who.group, key_of(who.condition))
            case "other":
                return {}, amount * (len(self.parties) - 1), ()
            case _:
                return {}, amount, ()
        return named, sum(named.values(), Fraction(0)), ()

    def _in_parts(self, amount: Fraction) -> dict[str, Fraction]:
        if self.pool.shared_by is not None or self.pool.divider:
            return {}
        return dict.fromkeys(self.parties, amount / len(self.parties))

    # --- what it can give ------------------------------------------------------------------------

    def exceeding(self, occasion: _Occasion) -> Finding | None:
        """Return the finding if draws that come together are more than there can be."""
        for cap in self.pool.caps:
            if cap.is_share or not cap.most.is_constant:
                continue
            if occasion.within is not None and cap.within != occasion.within:
                continue
            most = constant_value(cap.most)
            drawn = self._to_one(occasion) if cap.to_one else self._in_all(occasion)
            # One draw that is above it by itself is W704.
            alone = any(_largest(one, cap) > most for one in occasion.taken)
            if drawn > most and not alone:
                return self._finding(occasion, drawn, _cap_words(cap, self.pool))
        within, drawn = occasion.within, self._in_all(occasion)
        if within is not None:
            supply = inflow(self.pool, self.accord, within)
        else:
            supply = content(self.pool, self.accord, {one.clause for one in occasion.taken})
            # Of those who are meant by a condition there is one at least, or nothing is owed.
            drawn = max(drawn, *(one.amount for one in occasion.taken))
        if supply is not None and drawn > supply[0]:
            return self._finding(occasion, drawn, supply[1])
        return None

    def _to_one(self, occasion: _Occasion) -> Fraction:
        sure = dict.fromkeys(self.parties, Fraction(0))
        some: dict[Key, Fraction] = {}
        for one in occasion.taken:
            for party, amount in one.to.items():
                sure[party] += amount * one.times
            if one.some:
                some[one.some] = some.get(one.some, Fraction(0)) + one.amount * one.times
        return max([*sure.values(), *(min(sure.values()) + more for more in some.values())])

    def _in_all(self, occasion: _Occasion) -> Fraction:
        return sum((one.whole * one.times for one in occasion.taken), Fraction(0))

    # --- in words --------------------------------------------------------------------------------

    def _finding(self, occasion: _Occasion, drawn: Fraction, limit: Sentence) -> Finding:
        amount = self._worded(drawn)
        if occasion.within is None:
            sentence = say("{amount} is to be given at once; {limit}", amount=amount, limit=limit)
        else:
            sentence = say(
                "{amount} is to be given in {time}; {limit}",
                amount=amount,
                time=occasion.within,
                limit=limit,
            )
        help_ = say("lower what is drawn, or raise what {pool} can give", pool=Code(self.pool.name))
        witness = occasion.witness(self._parts_words(occasion.taken))
        return Finding("E702", sentence, occasion.taken[-1].span, help_, witness=witness)

    def _parts_words(self, taken: Iterable[_Taken]) -> list[Sentence]:
        """Return who draws what and how often; what one clause draws alike is said once."""
        times = Counter[tuple[str, Fraction]]()
        for one in taken:
            times[one.clause, max(one.whole, one.amount)] += one.times
        return [
            say_count(
                "{clause} draws {amount}",
                "{clause} draws {n} times {amount}",
                n=n,
                clause=Code(clause),
                amount=self._worded(amount),
            )
            for (clause, amount), n in times.items()
        ]

    def _worded(self, amount: Fraction) -> Sentence:
        return value_words(amount, self.pool.type)


def _largest(one: _Taken, cap: Cap) -> Fraction:
    """Return what one draw gives by itself, to one party or in all; a body has no cap."""
    if not cap.to_one:
        return one.amount
    return max(one.to.values(), default=one.amount if one.some else Fraction(0))


def _cap_words(cap: Cap, pool: Pool) -> Sentence:
    fields = {"pool": Code(pool.name), "most": value_words(constant_value(cap.most), pool.type)}
    match cap.to_one, cap.within:
        case True, None:
            return say("{pool} gives one Party at most {most}", **fields)
        case True, time:
            return say("{pool} gives one Party at most {most} in {time}", time=time, **fields)
        case False, None:
            return say("{pool} gives at most {most}", **fields)
        case _, time:
            return say("{pool} gives at most {most} in {time}", time=time, **fields)


def _when(words: Sentence) -> Callable[[Sequence[Sentence]], Sentence]:
    return lambda parts: say("when {condition}: {parts}", condition=words, parts=list(parts))


def _in_time(time: Duration) -> Callable[[Sequence[Sentence]], Sentence]:
    return lambda parts: say("in {time}: {parts}", time=time, parts=list(parts))


def _triggers(clause: Duty | Rule) -> Iterator[tuple[Key, Sentence]]:
    """Iterate over what sets a clause off, each with a key: alike, they come together."""
    when = clause.trigger.when
    if when is not None:
        yield ("when", key_of(when)), condition_words(when)
    for edge in clause.trigger.on:
        yield ("on", edge.key, edge.at), change_coming(edge)


def _reads_leaving(clause: Duty | Rule) -> bool:
    # Where parties have left, fewer are given anything.
    when = clause.trigger.when
    return when is not None and any(
        node.op == "builtin" and node.name == "left" for node in when.walk()
    )


def _set_aside(accord: Accord) -> set[str]:
    """Return the clauses that may stand back: it is not sure that they draw."""
    found = {name for party in accord.parties for name in party.reserves}
    for clause in accord.typed.values():
        if isinstance(clause, Duty | Power | Rule):
            found |= set(clause.overrides)
        elif isinstance(clause, Status):
            found |= set(clause.stops)
    return found
