# SPDX-License-Identifier: Apache-2.0
"""What a clause is subject to, in plain words: the clauses, statuses and reservations before it.

Only what other clauses say of it; its own `overrides` and `stops` are in its own reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import DRAWING, IN_FORCE, VOTING, Status
from pratique.base.text import Code, Either, Sentence, say

if TYPE_CHECKING:
    from pratique.accord.model import Accord


def subject_words(name: str, accord: Accord) -> list[Sentence]:
    """Return what a clause of an accord is subject to, as whole sentences."""
    return [
        *_overridden(name, accord),
        *_stopped(name, accord),
        *_reserved(name, accord),
        *_barred(name, accord),
        *_surviving(name, accord),
    ]


def _overridden(name: str, accord: Accord) -> Iterator[Sentence]:
    for clause in accord.typed.values():
        if isinstance(clause, Duty | Power | Rule) and name in clause.overrides:
            yield say(
                "Subject to {clause}: where that applies, this does not.", clause=Code(clause.name)
            )


def _stopped(name: str, accord: Accord) -> Iterator[Sentence]:
    symbol = accord.scope.symbols.get(name)
    for status in accord.of_kind(Status):
        if name not in status.stops:
            continue
        stop = Code(status.name)
        if not status.per_party:
            yield say("Subject to {status}: while it holds, this does not apply.", status=stop)
        elif symbol is not None and symbol.per_party:
            yield say(
                "Subject to {status}: where it holds for a Party, this does not apply to that"
                " Party.",
                status=stop,
            )
        else:
            yield say(
                "Subject to {status}: while it holds for any Party, this does not apply.",
                status=stop,
            )


def _reserved(name: str, accord: Accord) -> Iterator[Sentence]:
    for party in accord.parties:
        if name in party.reserves:
            yield say(
                "Subject to the reservation of {party}, to which this does not apply.",
                party=Code(party.name),
            )


def _barred(name: str, accord: Accord) -> Iterator[Sentence]:
    clause = accord.typed.get(name)
    if isinstance(clause, Power) and clause.vote is not None and (bars := _bars(VOTING, accord)):
        yield say("Subject to {statuses}: a Party for which it holds has no vote.", statuses=bars)
    if isinstance(clause, Pool) and (bars := _bars(DRAWING, accord)):
        yield say("Subject to {statuses}: a Party for which it holds draws nothing.", statuses=bars)


def _bars(what: str, accord: Accord) -> Either | None:
    names = [Code(status.name) for status in accord.of_kind(Status) if what in status.stops]
    return Either(tuple(names)) if names else None


def _surviving(name: str, accord: Accord) -> Iterator[Sentence]:
    in_force = accord.typed.get(IN_FORCE)
    if isinstance(in_force, Status) and name in in_force.survives:
        yield say("This goes on after the end of {status}.", status=Code(IN_FORCE))
