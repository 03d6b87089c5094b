# SPDX-License-Identifier: Apache-2.0
"""What the catalogue leaves open of W510: steps that no case reaches, in time, or leaves."""

from __future__ import annotations

import pytest

from unit.accord.found_rows import Row, holds

ASK = "body hub\nprocedure ask\n  opened by: any party\n"


def steps(*lines: str, asks: str = "", ends: str = "", more: str = "") -> str:
    """Return a procedure of these steps."""
    said = f"  asks: {asks}\n" if asks else ""
    told = "".join(f"  step {line}\n" for line in lines)
    return f"{ASK}{said}{told}{f'  ends: {ends}' if ends else ''}\n{more}"


YES_NO = "first: by hub, within 2 days, gives answer: one of yes, no"
BRANCHES = (
    YES_NO,
    "account: by hub, within 60 days",
    "appeal: by that party, within 5 days of first",
)
BRANCH_ENDS = "appeal at first when answer = no"
STEPS: dict[str, Row] = {
    "one after another": (steps("first: by hub", "second: by hub"), []),
    "after an end that leaves nothing over": (
        steps("first: by hub", "second: by hub", "third: by hub", ends="over at first"),
        [("W510", "no case comes to `second` and `third`", "cases come to `first` only")],
    ),
    "choices that leave nothing over": (
        steps(
            YES_NO,
            "second: by hub",
            ends="a at first when answer = yes; b at first when answer = no",
        ),
        [("W510", "no case comes to `second`", "`first` only")],
    ),
    "a choice that leaves something over": (
        steps(YES_NO, "second: by hub", ends="a at first when answer = yes"),
        [],
    ),
    "shares that leave nothing over": (
        steps(
            "first: by hub, gives score: percent",
            "second: by hub",
            ends="low at first when score < 80%; high at first when score >= 80%",
        ),
        [("W510", "no case comes to `second`", "`first` only")],
    ),
    "counts that leave nothing over": (
        steps(
            "first: by hub, gives n: count",
            "second: by hub",
            ends="none at first when n = 0; some at first when n > 0",
        ),
        [("W510", "no case comes to `second`", "`first` only")],
    ),
    "an end that an earlier one leaves nothing for": (
        steps(YES_NO, ends="a at first when answer = yes; b at first when answer = yes"),
        [("W510", "no case goes to `b` from `first`", "from `first` every case")],
    ),
    "a time-out of a step without a time": (
        steps("first: by hub", "second: by hub", ends="lost at first when late"),
        [("W510", "no case goes to `lost`", "`first` has no time")],
    ),
    "a time-out that leads to a step": (
        steps(
            "first: by hub, within 2 days",
            "second: by hub",
            "third: by hub",
            ends="over at second; third at first when late",
        ),
        [],
    ),
    "what is not asked for yet cannot be read": (
        steps(
            "first: by hub",
            "second: by hub, gives answer: one of yes, no",
            ends="early at first when answer = yes",
        ),
        [("W510", "no case goes to `early` from `first`", "goes to `second`")],
    ),
    "it can, where a case comes back": (
        steps(
            "first: by hub",
            "second: by hub, gives answer: one of yes, no",
            ends="early at first when answer = yes; first at second when answer = yes",
        ),
        [],
    ),
    "an actor whom a later step names": (
        steps("first: by owner", "second: by hub, gives owner: party"),
        [("W510", "a case that comes to `first` stays", "is given by `second` only")],
    ),
    "two steps that wait for each other": (
        steps(
            "first: by owner, gives doer: party",
            "second: by doer, gives owner: party",
        ),
        [("W510", "a case that comes to `first` stays", "`owner`, who does it")],
    ),
    "a time-out leads on": (
        steps(
            "first: by owner, within 2 days",
            "second: by hub, gives owner: party",
            ends="second at first when late",
        ),
        [],
    ),
    "a circle without a way out": (
        steps("first: by hub", "second: by hub", ends="first at second"),
        [("W510", "`first` is never closed", "first → second → first")],
    ),
    "a circle with one": (
        steps(YES_NO, "second: by hub", ends="over at first when answer = yes; first at second"),
        [],
    ),
    "a case that a clause opens names nobody": (
        steps(
            "first: by owner",
            asks="owner: party",
            more="rule begin\n  when: ratified\n  then: open ask\n",
        ),
        [("W510", "a case that `begin` opens stays at `first`", "known of a case that `begin`")],
    ),
    "a branch into which cases fall when its time is over": (
        steps(*BRANCHES, ends=BRANCH_ENDS),
        [("W510", "goes on from `account` to `appeal`, whose time can be over by then",
          "`appeal` is due within 5 days of `first`; `account` alone may take 60 days")],
    ),
    "a branch that the other one never comes to": (
        steps(*BRANCHES, ends=f"{BRANCH_ENDS}; accounted at account"),
        [],
    ),
    "a step without a time, before one that counts from the opening": (
        steps("first: by hub", "second: by hub, within 2 days of ask"),
        [("W510", "goes on from `first` to `second`", "`first` has no time in which it is to be")],
    ),
    "a step that can be skipped, with time enough": (
        steps(YES_NO, "look: by hub, within 5 days", "third: by hub, within 7 days of first",
              ends="third at first when answer = yes"),
        [],
    ),
    "a step that can be skipped, and takes too long": (
        steps(YES_NO, "look: by hub, within 9 days", "third: by hub, within 7 days of first",
              ends="third at first when answer = yes"),
        [("W510", "goes on from `look` to `third`", "`look` alone may take 9 days")],
    ),
    "the time spent there does not count": (
        steps(YES_NO, "look: by hub, within 9 days",
              "third: by hub, within 7 days of first, not counting look"),
        [],
    ),
    "a day and 24 hours may be the same": (
        steps("first: by hub", "look: by hub, within 24 hours",
              "third: by hub, within 1 day of first"),
        [],
    ),
    "a longer time in one case suffices": (
        steps("first: by hub, gives answer: one of yes, no", "look: by hub, within 9 days",
              "third: by hub, within 7 days of first or 21 days when answer = yes"),
        [],
    ),
    "what it counts from came before the one that the next counts from": (
        steps("first: by hub, within 30 days", "second: by hub, within 30 days of ask",
              "third: by hub, within 40 days of first",
              "fourth: by hub, within 20 days of second"),
        [],
    ),
    "many, and nobody comes": (
        steps(
            "first: by any party, within 2 days, many, gives n: count",
            "second: by hub",
            ends="none at first when n = 0; lost at first when late",
        ),
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_no_case_reaches_or_leaves_is_found(name: str) -> None:
    holds(STEPS[name])
