# SPDX-License-Identifier: Apache-2.0
"""Whether the parties bound can change: one answer, for what quantifiers count and what is run."""

from __future__ import annotations

import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from spec.small_accord import CASES, CLUSTER, accord, findings

JOINED = "status joined\n  while: count of parties (ratified) >= 2\n"
CLAUSES = {
    "nothing is said": ("", False),
    "a shared entry by a figure": ("status in_force\n  while: any party (cases > 5)\n", False),
    "by ratification": ("status in_force\n  while: all parties (ratified)\n", True),
    "by signature, in a term": (
        "term enough: count of parties (signed)\nstatus in_force\n  while: enough >= 2\n",
        True,
    ),
    "by a status that ratification starts": (
        JOINED + "status in_force\n  while: joined\n",
        True,
    ),
    "by a change of such a status": (
        JOINED + "status in_force\n  while: (joined starts in last 30 days)\n",
        True,
    ),
    "each party apart": ("status in_force per party\n  while: cases > 5\n", True),
    "each party apart, named after another": (
        "status ready, in_force per party\n  while: cases > 5\n",
        True,
    ),
    "a rule by which parties leave": ("rule out\n  on: cluster\n  then: leave\n", True),
    "a power by which they may": ("power out\n  by: any party\n  may: leave\n", True),
    "a step by which they do": (
        "procedure part\n  opened by: any party\n  step tell: by that party\n  at tell: leave\n",
        True,
    ),
    "a status that is not read": (JOINED, False),
}


@pytest.mark.parametrize("name", CLAUSES)
def test_what_is_counted_and_what_is_run_agree(name: str) -> None:
    clauses, changes = CLAUSES[name]
    read = read_accord(accord(f"{CASES}{CLUSTER}{clauses}"))
    program = compile_accord(read)
    assert isinstance(program, Program), program
    assert read.scope.membership is changes
    assert program.membership is changes


def test_who_has_not_ratified_is_not_bound_though_the_entry_reads_it_through_a_status() -> None:
    """corvia has only signed: the quantifier passes it over, and it owes nothing."""
    clauses = f"""{CASES}{JOINED}status in_force
  while: joined
duty tell
  when: cases > 5
  by: that party
  must: tell it
  within: 2 days
case two_of_three
  given: corvia signs on day 1
    cases of aldova = 9 from day 2; cases of brenia = 0 from day 2; cases of corvia = 9 from day 2
  expect: in_force on day 2
    count of parties (cases > 5) = 1 on day 4
    tell owed by aldova on day 3
    tell owed by corvia never
"""
    assert findings(clauses, ("aldova", "brenia", "corvia")) == []
