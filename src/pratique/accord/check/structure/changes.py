# SPDX-License-Identifier: Apache-2.0
"""E601 of changes that nothing can bring about: a ban that is missed, a debt without a time that
is, a refusal where nobody decides.

Only what follows from the clause itself; whether its trigger ever comes is for the cells to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from lark import Tree

from pratique.accord.check.syntax import CASE, trees_in, whole_clauses
from pratique.accord.kinds import kinds
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.model import Accord
from pratique.accord.terms.expression import Syntax, place_of
from pratique.base.finding import Finding
from pratique.base.text import Code, Sentence, say

_EDGES = ("edge", "edge_of")


def changes(accord: Accord) -> list[Finding]:
    """Return E601 for each place at which a clause waits for what cannot happen."""
    if not accord.is_sound:
        return []
    waiting = [kind for kind in kinds() if kind != CASE]
    return [
        finding
        for clause in whole_clauses(accord, *waiting)
        for field in clause.fields.values()
        for tree, text in trees_in(clause, field)
        for edge in tree.find_pred(lambda one: one.data in _EDGES)
        for why in _never(edge, accord)
        for finding in [
            Finding(
                "E601",
                say("{change} can never happen: {why}", change=_change(edge), why=why),
                place_of(text, edge),
                say("wait for what can happen, or give the clause what it lacks"),
            )
        ]
    ]


def _change(edge: Syntax) -> Code:
    *names, change = (str(child) for child in edge.children)
    return Code(f"{' of '.join(names)} {change}")


def _never(edge: Syntax, accord: Accord) -> Iterator[Sentence]:
    """Iterate over the reason why a change cannot happen, if there is one."""
    assert isinstance(edge, Tree)
    *names, change = (str(child) for child in edge.children)
    whole = accord.typed.get(names[-1])
    if isinstance(whole, Procedure):
        yield from _of_procedure(whole, names[0] if len(names) > 1 else "", change)
        return
    match accord.typed.get(names[0]):
        case Duty() as duty:
            yield from _of_duty(duty, change)
        case Power() as power:
            yield from _of_power(power, change)


def _of_duty(duty: Duty, change: str) -> Iterator[Sentence]:
    name = Code(duty.name)
    if duty.prohibits:
        yield say("{name} says what must not be done; nothing falls due by it", name=name)
    elif change == "missed" and duty.clock is None and duty.every is None:
        yield say("{name} sets no time by which it is due", name=name)


def _of_power(power: Power, change: str) -> Iterator[Sentence]:
    if power.vote is not None or power.notice is not None:
        return
    if change == "opened":
        yield say("{name} takes effect at once, without a vote", name=Code(power.name))
    elif change == "refused" and not power.confirmed_by:
        yield say("nobody votes on {name} or confirms it", name=Code(power.name))


def _of_procedure(procedure: Procedure, step: str, change: str) -> Iterator[Sentence]:
    if change != "missed":
        return
    own = [one for one in procedure.steps if step in ("", one.name)]
    # A step that waits or computes passes by itself; one without a time is never late.
    if own and not any(_is_timed(procedure, one.name) for one in own):
        yield say("{name} sets no time by which it is due", name=Code(step or procedure.name))


def _is_timed(procedure: Procedure, name: str) -> bool:
    step = procedure.steps[procedure.position(name)]
    clock = step.clock
    timed = (clock.within, clock.otherwise, clock.before, clock.before_field or None)
    return not step.is_automatic and any(one is not None for one in timed)
