# SPDX-License-Identifier: Apache-2.0
"""What cells prove of a condition is so at every moment of what happens under random accords."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from generative.happenings import Happening
from generative.intakes import intake_of
from generative.numbered import MOST_MOMENTS, example
from generative.paired import Stalled, following, told_by_oracle
from oracle.interpreter import Came
from pratique.accord.program import Program
from pratique.accord.terms.values import BOOL, Term
from pratique.base.moment import Moment
from pratique.engine.cells.situations import read_through, stated
from pratique.engine.cells.verdicts import Answer, verdict_of
from pratique.engine.standing import open_standing
from pratique.engine.step import next_stop, step

EXAMPLES = 120 if os.environ.get("CI") else int(os.environ.get("PRATIQUE_EXAMPLES", "120"))
Proven = list[tuple[Term, Answer]]


def proven(program: Program) -> Proven:
    """Return the conditions of a program, and their parts, of which something is proven."""
    found: Proven = []
    for one in stated(program):
        for part in one.term.walk():
            if part.type != BOOL or part.op in ("field", "member") or _of_a_case(part):
                continue
            verdict = verdict_of(read_through(part, program), program)
            if verdict.answer in ("never", "always"):
                found.append((part, verdict.answer))
    return found


def _of_a_case(term: Term) -> bool:
    # What a case records is read of that case only, not of the standing.
    return any(node.op == "field" for node in term.walk())


def truths(
    program: Program, taken: dict[Moment, Came], happening: Happening
) -> Iterator[list[tuple[bool, bool]]]:
    """Iterate over whether each watched condition somewhere surely holds, and surely does not."""
    standing = open_standing(program, happening.begins, 1, None)
    now = happening.begins
    while now <= happening.ends:
        step(standing, now, intake_of(program, [taken.get(now, Came())]))
        yield [(bool(sure.any()), bool(surely_not.any())) for sure, surely_not in standing.watched]
        now = following(next_stop(standing, now), now, [*taken, happening.ends])


def test_what_is_proven_never_or_always_to_be_is_so() -> None:
    watched = moments = 0
    for number in range(EXAMPLES):
        drawn = example(number)
        if drawn is None or not (said := proven(drawn[1])):
            continue
        text, program, happening = drawn
        try:
            taken = told_by_oracle(program, happening, most=MOST_MOMENTS).taken
        except Stalled:
            continue
        program = replace(program, watches=tuple(term for term, _ in said))
        watched += len(said)
        for seen in truths(program, taken, happening):
            moments += 1
            for (term, answer), (holds, fails) in zip(said, seen, strict=True):
                wrong = holds if answer == "never" else fails
                assert not wrong, f"{number}: {answer}, line {term.span.line} of\n{text}"
    assert watched > EXAMPLES // 10
    assert moments > watched
