# SPDX-License-Identifier: Apache-2.0
"""Findings on what values mean: units, spreads, shares, votes, times."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import REPORT, STARTED, STARTED_WORDS, accord_with
from pratique.base.text import say

_PER_CASES = "When cases are reported, the Hub publishes reports."
_ALERT_WORDS = "There is an alert in a Party while cases are reported there; the Hub then reports."
_ALERT = "status alert{spread}\n  while: cases > 0\n" + REPORT.format(trigger="when: alert")
_FUND = (
    "pool fund: money EUR\n  from: EUR 12 million per year as {first}% of aldova, 40% of brenia\n"
    "rule help\n  on: cluster\n  then: pay EUR 1 million from fund to that party"
)
_FUND_WORDS = (
    "The Parties pay EUR 12 million a year into the Fund, Aldova {first} % and Brenia 40 %. It"
    " pays EUR 1 million to a Party with a cluster."
)
_VOTE = (
    "power declare\n  by: any party\n  may: start emergency\n"
    "  decided by: {need} of parties within 12 hours\n  silence: refuses"
)
_MIXED = "when: emergency or {timed}"
_MIXED_WORDS = "In an emergency, or after cases on 7 days together, the Hub publishes reports."

E400 = FindingCode(
    "E400",
    say("two things of different kinds are put together"),
    say(
        "A clause compares or adds what cannot be compared or added, such as money with days,"
        " or stands a figure where yes or no is wanted. It has no meaning that a court or a"
        " machine could follow. Give both sides the same unit, or compare the figure with"
        " something."
    ),
    accord_with(_PER_CASES, REPORT.format(trigger="when: any party (cases)")),
    accord_with(_PER_CASES, REPORT.format(trigger="when: any party (cases > 0)")),
)
E401 = FindingCode(
    "E401",
    say("one value is wanted, and each Party has its own"),
    say(
        "What each Party has of its own stands where there can be only one answer for all of"
        " them, or the other way round. Say which Party is meant, or put `any party (…)`,"
        " `all parties (…)` or `sum over parties (…)` round it."
    ),
    accord_with(_ALERT_WORDS, _ALERT.format(spread="")),
    accord_with(_ALERT_WORDS, _ALERT.format(spread=" per party")),
)
E402 = FindingCode(
    "E402",
    say("the shares do not add up to 100 %"),
    say(
        "The contributions do not make up the whole: part of it would be owed by nobody, or"
        " owed twice. Change a share, or add the Party that was left out."
    ),
    accord_with(_FUND_WORDS.format(first=50), _FUND.format(first=50)),
    accord_with(_FUND_WORDS.format(first=60), _FUND.format(first=60)),
)
E403 = FindingCode(
    "E403",
    say("a figure outside its range"),
    say(
        "A measure is compared with a figure that it can never reach, or more than a whole is"
        " given out: the clause would apply always or never. Or a detector is set with what it"
        " does not take. Correct the figure, or the range of the measure."
    ),
    accord_with(
        "While there are 2,000,000 cases in a Party the Hub publishes reports.",
        REPORT.format(trigger="when: any party (cases >= 2000000)"),
    ),
    accord_with(
        "While there are 20,000 cases in a Party the Hub publishes reports.",
        REPORT.format(trigger="when: any party (cases >= 20000)"),
    ),
)
E404 = FindingCode(
    "E404",
    say("a decision that can never be taken"),
    say(
        "A vote asks for more than all who may vote, or a quorum is above the number of seats."
        " The body could never decide. Lower the number that is wanted."
    ),
    accord_with(
        "Three Parties may together declare an emergency, deciding within 12 hours.",
        _VOTE.format(need="3"),
    ),
    accord_with(
        "Two Parties may together declare an emergency, deciding within 12 hours.",
        _VOTE.format(need="2"),
    ),
)
E406 = FindingCode(
    "E406",
    say("`that party` is no Party in particular"),
    say(
        "A clause speaks of `that party`, but nothing in it is about one Party. Nobody could"
        " tell who owes, or who is paid. Name the Parties, write `each party`, or let the"
        " clause wait for something that each Party has of its own."
    ),
    accord_with(
        STARTED_WORDS.replace("the Hub", "each Party"),
        STARTED.format(trigger="on: emergency starts").replace("by: hub", "by: that party"),
    ),
    accord_with(
        STARTED_WORDS.replace("the Hub", "each Party"),
        STARTED.format(trigger="on: emergency starts").replace("by: hub", "by: each party"),
    ),
)
E407 = FindingCode(
    "E407",
    say("unclear what a time belongs to"),
    say(
        "One side of an `and` or `or` must hold for some time, the other need not, and there"
        " are no brackets. Two readers could take the time to belong to one side or to both."
        " Put brackets round what it belongs to."
    ),
    accord_with(
        _MIXED_WORDS,
        REPORT.format(trigger=_MIXED.format(timed="any party (cases > 0) for 7 days")),
    ),
    accord_with(
        _MIXED_WORDS,
        REPORT.format(trigger=_MIXED.format(timed="(any party (cases > 0) for 7 days)")),
    ),
)
E408 = FindingCode(
    "E408",
    say("a change stands where something lasting is wanted"),
    say(
        "A change, such as an emergency that starts, takes no time; a condition in `when` must"
        " be able to last. Wait for the change with `on`, or ask whether it came about lately"
        " with `in last`."
    ),
    accord_with(STARTED_WORDS, STARTED.format(trigger="when: emergency starts")),
    accord_with(STARTED_WORDS, STARTED.format(trigger="on: emergency starts")),
)
