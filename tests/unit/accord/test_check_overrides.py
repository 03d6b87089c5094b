# SPDX-License-Identifier: Apache-2.0
"""What the catalogue leaves open of W607 and E608: clauses that stand back."""

from __future__ import annotations

import pytest

from unit.accord.found_rows import Row, holds

LEVEL = "measure level per party: count in 0..900\n  from: acts\n  if missing: unknown\n"
FLAG = "status flag\n  while: any party (level > 5)\n"


def above(trigger: str) -> str:
    """Return a clause that overrides `warn`."""
    return f"duty hush\n  {trigger}\n  by: that party\n  must not: warn\n  overrides: warn\n"


def warned(trigger: str, over: str) -> str:
    """Return what is warned of, and what overrides it."""
    return LEVEL + FLAG + f"duty warn\n  {trigger}\n  by: that party\n  must: warn\n" + over


OVERRIDES: dict[str, Row] = {
    "whenever one applies, the other does": (
        warned("when: level > 50", above("when: level > 10")),
        [("W607", "`warn` never applies", "is above 50, `hush` sets it aside")],
    ),
    "something is left": (warned("when: level > 10", above("when: level > 50")), []),
    "whole numbers leave nothing": (
        warned("when: level >= 11", above("when: level > 10")),
        [("W607", "`warn` never applies", "is at least 11")],
    ),
    "two that together leave nothing": (
        warned(
            "when: level > 10",
            above("when: level < 30") + above("when: level >= 30").replace("hush", "still"),
        ),
        [("W607", "`warn` never applies", "`hush` and `still` set it aside")],
    ),
    "two that leave a gap": (
        warned(
            "when: level > 10",
            above("when: level < 30") + above("when: level > 30").replace("hush", "still"),
        ),
        [],
    ),
    "what has lasted holds": (
        warned("when: level > 10 for 7 days", above("when: level > 10")),
        [("W607", "`warn` never applies", "for 7 days")],
    ),
    "what holds need not have lasted": (
        warned("when: level > 10", above("when: level > 10 for 7 days")),
        [],
    ),
    "a status that goes on while the other's does": (
        LEVEL + FLAG + "body hub\nduty report\n  when: flag\n  by: hub\n  must: report\n"
        "duty hush\n  when: flag\n  by: hub\n  must not: report\n  overrides: report\n",
        [("W607", "`report` never applies", "`hush` sets it aside")],
    ),
    "the change that starts what the other waits for": (
        LEVEL + FLAG + "body hub\nduty report\n  on: flag starts\n  by: hub\n  must: report\n"
        "  within: 1 day\n"
        "duty hush\n  when: flag\n  by: hub\n  must not: report\n  overrides: report\n",
        [("W607", "`report` never applies", "`flag` starts")],
    ),
    "one party is left": (
        LEVEL + FLAG + "duty report\n  by: each party\n  must not: report\n"
        "duty hush\n  by: aldova, brenia\n  must not: report\n  overrides: report\n",
        [],
    ),
    "no party is left": (
        LEVEL + FLAG + "duty report\n  by: aldova, brenia\n  must not: report\n"
        "duty hush\n  by: each party\n  must not: report\n  overrides: report\n",
        [("W607", "`report` never applies", "at any time")],
    ),
    "one that keeps itself out": (
        LEVEL
        + FLAG
        + "party dorvia\n  reserves: hush\nduty report\n  by: each party\n  must not: report\n"
        "duty hush\n  by: each party\n  must not: report\n  overrides: report\n",
        [],
    ),
    "it outlives the other": (
        "status in_force\n  while: ratified of aldova\n  survives: report\nbody hub\n"
        "duty report\n  by: hub\n  must not: report\n"
        "duty hush\n  by: hub\n  must not: report\n  overrides: report\n",
        [],
    ),
    "while in force is always": (
        "status in_force\n  while: ratified of aldova\nbody hub\n"
        "duty report\n  by: hub\n  must not: report\n"
        "duty hush\n  when: in_force\n  by: hub\n  must not: report\n  overrides: report\n",
        [("W607", "`report` never applies", "at any time, `hush` sets it aside")],
    ),
    "a status stops what needs it": (
        LEVEL + "status flag\n  while: any party (level > 5)\n  stops: report\nbody hub\n"
        "duty report\n  when: flag\n  by: hub\n  must: report\n",
        [("W607", "`report` never applies", "`flag` sets it aside")],
    ),
    "a procedure that nobody can open": (
        "body hub\nprocedure ask\n  opened by: any party\n  step answer: by hub\n"
        "duty hush\n  by: hub\n  must not: answer\n"
        "power shut\n  by: hub\n  may: shut\n  overrides: ask\n",
        [("W607", "`ask` never applies", "`shut` applies at any time")],
    ),
    "a circle of three": (
        "body hub\nduty a\n  by: hub\n  must not: go\n  overrides: b\n"
        "duty b\n  by: hub\n  must not: run\n  overrides: c\n"
        "duty c\n  by: hub\n  must not: stay\n  overrides: a\n",
        [("E608", "override one another: a → b → c → a", "`a`, `b` and `c` apply together")],
    ),
    "a circle of one": (
        "body hub\nduty a\n  by: hub\n  must not: go\n  overrides: a\n",
        [("E608", "`a` overrides itself", "stand back")],
    ),
}


@pytest.mark.parametrize("name", OVERRIDES)
def test_a_clause_that_always_stands_back_is_found(name: str) -> None:
    holds(OVERRIDES[name])
