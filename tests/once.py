# SPDX-License-Identifier: Apache-2.0
"""Long runs that many tests look at and none changes: each is run once only in a whole test run.

A replay of the Mano River accord takes seconds, its worked cases more. What a run depends on is
its question; the answer to a question that was asked before is the one that was found then.
"""

from __future__ import annotations

from collections.abc import Sequence

from pratique.accord.model import Accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import Moment
from pratique.rehearsal.conduct import Conduct
from pratique.rehearsal.history import History
from pratique.rehearsal.replay import Progress, Replay, replays
from pratique.rehearsal.trial import try_cases

Question = tuple[object, ...]
"""Can be compared with another, not hashed."""

_replays: list[tuple[Question, list[Replay]]] = []
_trials: list[tuple[Question, list[Finding]]] = []


def replays_once(
    program: Program,
    history: History,
    conducts: Sequence[Conduct],
    *,
    until: Moment | None = None,
    progress: Progress | None = None,
) -> list[Replay]:
    """Return what `replays` returns, run only if it was not before."""
    # A program follows from its text, its methods and what was left out, which `order` shows.
    text = (program.accord.document, program.methods, program.order, program.watches)
    asked = (*text, history, tuple(conducts), until)
    for question, found in _replays:
        if question == asked:
            return found
    _replays.append((asked, replays(program, history, conducts, until=until, progress=progress)))
    return _replays[-1][1]


def replay_once(
    program: Program, history: History, conduct: Conduct, *, until: Moment | None = None
) -> Replay:
    """Return what `replay` returns, run only if it was not before.

    It is run as commands run it, beside the same with silence in votes: that takes little longer.
    """
    return replays_once(program, history, and_silent(conduct), until=until)[0]


def and_silent(conduct: Conduct) -> list[Conduct]:
    """Return a conduct, and the same with nobody answering in votes if that is another."""
    return [conduct] if conduct.ballot == "silent" else [conduct, conduct.silent_in_votes()]


def try_cases_once(accord: Accord) -> list[Finding]:
    """Return what `try_cases` returns, run only if it was not before."""
    asked = (accord.document, accord.scope.methods)
    for question, found in _trials:
        if question == asked:
            return list(found)
    _trials.append((asked, try_cases(accord)))
    return list(_trials[-1][1])
