# SPDX-License-Identifier: Apache-2.0
"""Long runs that many tests look at and none changes: each is run once only in a whole test run.

A replay of the Mano River accord takes seconds, its worked cases more. What a run depends on is
its question; the answer to a question that was asked before is the one that was found then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from pratique.accord.model import Accord
from pratique.accord.program import Program
from pratique.base.moment import Moment
from pratique.rehearsal.conduct import Conduct
from pratique.rehearsal.history import History
from pratique.rehearsal.replay import Progress, replay
from pratique.rehearsal.trial import try_cases

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once(
    run: Callable[Asked, Answer], question: Callable[Asked, tuple[object, ...]]
) -> Callable[Asked, Answer]:
    """Return a function that runs each question once and keeps its answer."""
    kept: list[tuple[tuple[object, ...], Answer]] = []

    def answered(*asked: Asked.args, **named: Asked.kwargs) -> Answer:
        this = question(*asked, **named)
        for known, answer in kept:
            if known == this:
                return answer
        found = run(*asked, **named)
        kept.append((this, found))
        return found

    return answered


def _replay_question(
    program: Program,
    history: History,
    conduct: Conduct,
    *,
    until: Moment | None = None,
    progress: Progress | None = None,
) -> tuple[object, ...]:
    # A program follows from its text, its methods and what was left out, which `order` shows.
    text = (program.accord.document, program.methods, program.order, program.watches)
    return (*text, history, conduct, until)


def _trial_question(accord: Accord) -> tuple[object, ...]:
    return accord.document, accord.scope.methods


replay_once = once(replay, _replay_question)
replay_again = once(replay, _replay_question)
"""Runs on its own what `replay_once` has run: for tests that two runs are the same."""
try_cases_once = once(try_cases, _trial_question)
