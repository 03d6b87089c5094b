# SPDX-License-Identifier: Apache-2.0
"""Findings on how clauses work together, in worked cases and in rehearsals."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import NOTIFY, NOTIFY_WORDS, REPORT, accord_with
from pratique.base.text import say

_CALM = "status calm\n  while: not alert\nstatus alert\n  while: {condition}\n"
_CALM += REPORT.format(trigger="when: calm")
_CALM_WORDS = (
    "There is calm while there is no alert, and an alert while cases are reported. While there is"
    " calm the Hub publishes reports."
)
_CASE = (
    "case first_cluster\n  given: cluster in aldova on day 2\n"
    "  expect: notify owed by aldova {expected}"
)
_REQUEST = (
    "procedure request\n  opened by: any party\n  asks: quantity: count\n"
    "  step review: by hub, within 2 {unit}, gives approved: count\n  if missed: call review"
)
_REQUEST_WORDS = "A Party may ask the Hub for kits. The Hub decides within two {unit}."

E605 = FindingCode(
    "E605",
    say("clauses wait for one another within one moment"),
    say(
        "Each of several clauses needs the outcome of the others before it can be decided, with"
        " neither a vote nor any time between them. Nobody could say which comes first. Let one"
        " of them depend on a measure, on a vote, or on something that has lasted."
    ),
    accord_with(_CALM_WORDS, _CALM.format(condition="not calm")),
    accord_with(_CALM_WORDS, _CALM.format(condition="any party (cases > 0)")),
)
E904 = FindingCode(
    "E904",
    say("a worked case fails"),
    say(
        "The clauses, followed day by day, do not lead to what the worked case expects. Either"
        " the clauses do not say what was meant, or the case is wrong. Compare the day that is"
        " shown with the paragraph."
    ),
    accord_with(NOTIFY_WORDS, NOTIFY, case=_CASE.format(expected="never")),
    accord_with(NOTIFY_WORDS, NOTIFY, case=_CASE.format(expected="on day 2")),
)
W904 = FindingCode(
    "W904",
    say("cases wait in a queue"),
    say(
        "In a rehearsal more cases of a procedure were open at one time than it holds; the others"
        " waited while their clocks ran. Deadlines then are missed for want of places, not because"
        " of the agreement. Rehearse with more places, or ask whether the offices could keep up."
    ),
    accord_with(_REQUEST_WORDS.format(unit="months"), _REQUEST.format(unit="months")),
    accord_with(_REQUEST_WORDS.format(unit="days"), _REQUEST.format(unit="days")),
    rehearsed=True,
)
