# SPDX-License-Identifier: Apache-2.0
"""Findings on names: of clauses, and of what clauses speak of."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import (
    DURING,
    DURING_WORDS,
    NOTIFY,
    NOTIFY_WORDS,
    REPORT,
    accord_with,
)
from pratique.base.text import say

_BOTH = f"{NOTIFY_WORDS} {DURING_WORDS}"
_BEDS = "measure beds per party: count in 0..10000\n  from: acts\n  if missing: unknown\n"
_BEDS_WORDS = "When a Party has no free bed, the Hub publishes reports."
_CASE = (
    "case first_cluster\n  given: {event} in aldova on day 2\n"
    "  expect: notify owed by aldova on day 2"
)

E201 = FindingCode(
    "E201",
    say("defined twice"),
    say(
        "Two clauses have one name, or a clause gives one field twice. Only the first counts,"
        " so the second would be lost without anyone noticing. Rename one of them, or take one"
        " away."
    ),
    accord_with(_BOTH, f"{NOTIFY}\n{DURING.replace('duty report', 'duty notify')}"),
    accord_with(_BOTH, f"{NOTIFY}\n{DURING}"),
)
E202 = FindingCode(
    "E202",
    say("undefined name"),
    say(
        "A clause uses a name that nothing in the accord defines. What depends on it can never"
        " happen. Correct its spelling, or define it with a clause of its own."
    ),
    accord_with(NOTIFY_WORDS, f"{NOTIFY}\n  to: bureau"),
    accord_with(NOTIFY_WORDS, f"{NOTIFY}\n  to: hub"),
)
W203 = FindingCode(
    "W203",
    say("a name that nothing uses"),
    say(
        "Something is defined, and no clause speaks of it: a measure that nobody looks at, a body"
        " with nothing to do. Worked cases do not count. Perhaps the clause that was to use it is"
        " missing or names something else. Use it, or take it away."
    ),
    accord_with(_BEDS_WORDS, _BEDS + DURING),
    accord_with(_BEDS_WORDS, _BEDS + REPORT.format(trigger="when: any party (beds = 0)")),
)
E204 = FindingCode(
    "E204",
    say("letters that deceive the eye"),
    say(
        "A word mixes letters of two alphabets that look alike, or a hidden mark turns the reading"
        " direction round. A person and a machine would then read two different texts. Type the"
        " word anew, and take the mark out."
    ),
    accord_with(NOTIFY_WORDS.replace("Party", "P\N{CYRILLIC SMALL LETTER A}rty", 1), NOTIFY),
    accord_with(NOTIFY_WORDS, NOTIFY),
)
E205 = FindingCode(
    "E205",
    say("a case or an older name refers to nothing"),
    say(
        "A worked case names a measure, duty or power that the accord does not define, perhaps"
        " because it has been renamed since; or `was` gives an older name that is still in use."
        " The case then tests nothing, and nobody could tell which clause is meant. Give the name"
        " that the accord has now."
    ),
    accord_with(NOTIFY_WORDS, NOTIFY, case=_CASE.format(event="outbreak")),
    accord_with(NOTIFY_WORDS, NOTIFY, case=_CASE.format(event="cluster")),
)
