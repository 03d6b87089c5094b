# SPDX-License-Identifier: Apache-2.0
"""Who pays and who gains: sentences of what differs in all, and one table a pool of each party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pratique.accord.terms.values import ValueType
from pratique.accord.words.amounts import value_words
from pratique.base.duration import Duration
from pratique.base.moment import date_of
from pratique.base.text import Sentence, say
from pratique.rehearsal.comparing.compared import Replayed
from pratique.rehearsal.drafts import Sum, What

ORDER: tuple[What, ...] = ("promised", "paid_out", "owed", "settled", "due", "paid_in")
_PAID: dict[What, What] = {"promised": "paid_out", "owed": "settled", "due": "paid_in"}
_PROMISE = {paid: promise for promise, paid in _PAID.items()}
_PAID_BY_PARTIES = ("owed", "settled", "due", "paid_in")
PAY_ALIKE = say("What Parties owe and pay, to pools and to one another, is the same in both.")


@dataclass(frozen=True, slots=True)
class Ledger:
    """What differs under one pool or clause, party by party; `total` where it differs as well."""

    what: What
    under: str
    type: ValueType
    rows: tuple[Sum, ...]
    total: Sum | None


def ledgers(found: Replayed) -> list[Ledger]:
    """Return what differs for each party: what is paid only where it was not promised alike."""
    groups: dict[tuple[What, str, ValueType], list[Sum]] = {}
    for one in found.differs.shares:
        if one.party:
            groups.setdefault((one.what, one.under, one.type), []).append(one)
    totals = {(one.what, one.under, one.type): one for one in found.differs.totals}
    made = [
        Ledger(*key, tuple(_in_order(found, rows)), totals.get(key)) for key, rows in groups.items()
    ]
    kept = (one for one in made if not _says_again(one.rows, found.differs.shares))
    return sorted(kept, key=lambda one: (ORDER.index(one.what), one.under))


def _in_order(found: Replayed, rows: Sequence[Sum]) -> list[Sum]:
    places = {name: place for place, name in enumerate(found.parties)}
    return sorted(rows, key=lambda one: places.get(one.party, len(places)))


def _says_again(rows: Sequence[Sum], among: Sequence[Sum]) -> bool:
    """Say whether what is paid was promised alike, party by party."""
    promised = {(one.what, one.under, one.party, one.more) for one in among}
    return all(
        one.what in _PROMISE and (_PROMISE[one.what], one.under, one.party, one.more) in promised
        for one in rows
    )


def totals_words(found: Replayed) -> Iterator[Sentence]:
    """Yield what differs in all, a sentence a pool or clause; what is paid alike in short."""
    totals = found.differs.totals
    for one in sorted(totals, key=lambda one: (ORDER.index(one.what), one.under)):
        if not _says_again([one], totals):
            yield sum_words(found, one)
        elif one.days:
            yield _first_alone(found, one)


def parties_pay_alike(found: Replayed) -> bool:
    """Say whether nothing differs in what parties owe and pay, to pools or to one another."""
    sums = (*found.differs.totals, *found.differs.shares)
    return not any(one.what in _PAID_BY_PARTIES for one in sums)


def _first_alone(found: Replayed, one: Sum) -> Sentence:
    assert one.old.first is not None
    assert one.new.first is not None
    said: dict[str, object] = {
        "what": what_words(found, one),
        "time": Duration(abs(one.days or 0), "days"),
        "day": date_of(one.new.first),
        "before": date_of(one.old.first),
    }
    if (one.days or 0) < 0:
        return say(
            "{what}: first {time} earlier, on {day} and not on {before};"
            " in all the difference is the same",
            **said,
        )
    return say(
        "{what}: first {time} later, on {day} and not on {before};"
        " in all the difference is the same",
        **said,
    )


def sum_words(found: Replayed, one: Sum) -> Sentence:
    """Return what differs of a sum in one sentence: its first day, and how much in all."""
    said: dict[str, object] = {
        "what": what_words(found, one),
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


def what_words(found: Replayed, one: Sum | Ledger) -> Sentence:
    """Return what a sum is of, as a noun: promised out of a pool, owed under a clause."""
    under = found.named(one.under)
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
