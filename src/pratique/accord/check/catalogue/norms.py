# SPDX-License-Identifier: Apache-2.0
"""Findings on norms: who owes, by when, what starts and ends, who decides, what follows."""

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

_ON_ALERT = REPORT.format(trigger="when: alert")
_DECLARE = "power declare\n  by: hub\n  may: start alert\n"
_LASTING = "  lapses: after 90 days\n"
_ALERT_WORDS = "The Hub may raise an alert. While there is one it publishes reports."
_LASTING_WORDS = "The Hub may raise an alert, which lapses after 90 days. While there is one it"
_LASTING_WORDS += " publishes reports."
_VOTE = (
    "power declare\n  by: any party\n  may: start emergency\n"
    "  decided by: 2 of {who} within 12 hours"
)
_PANEL_WORDS = "Two members of the Panel decide on an emergency within 12 hours; silence is"
_PANEL_WORDS += " refusal. "

E501 = FindingCode(
    "E501",
    say("a duty that nobody can owe"),
    say(
        "A duty names only those who cannot answer for it: a class of persons, a body in which"
        " all are observers, or Parties that have kept themselves out of it. Nobody could be asked"
        " to perform it. Name a Party, or a body under the accord."
    ),
    accord_with(
        "In an emergency the patients publish reports.", DURING.replace("by: hub", "by: patients")
    ),
    accord_with(DURING_WORDS, DURING),
)
W502 = FindingCode(
    "W502",
    say("a duty without a deadline"),
    say(
        "Something is to be done once, and nothing says by when. It can then never be late, and"
        " nobody can be held to it. Add `within`, `before` or `every`."
    ),
    accord_with(
        NOTIFY_WORDS.replace(" within 24 hours", ""),
        NOTIFY.replace("\n  within: 24 hours\n  if missed: call review", ""),
    ),
    accord_with(NOTIFY_WORDS, NOTIFY),
)
E503 = FindingCode(
    "E503",
    say("a status that never ends"),
    say(
        "Something begins, and no clause ends it: it has no condition, does not lapse, and nothing"
        " stops it. An emergency or a suspension would go on for ever. Add `lapses`, or a rule or"
        " power that ends it."
    ),
    accord_with(_ALERT_WORDS, f"status alert\n{_DECLARE}{_ON_ALERT}"),
    accord_with(_LASTING_WORDS, f"status alert\n{_LASTING}{_DECLARE}{_ON_ALERT}"),
)
E504 = FindingCode(
    "E504",
    say("a status that nothing starts"),
    say(
        "A status has no condition, and no rule or power starts it. What hangs on it can never"
        " apply. Give it a condition with `while`, or let a clause start it."
    ),
    accord_with(_LASTING_WORDS, f"status alert\n{_LASTING}{_ON_ALERT}"),
    accord_with(_LASTING_WORDS, f"status alert\n{_LASTING}{_DECLARE}{_ON_ALERT}"),
)
W505 = FindingCode(
    "W505",
    say("a vote that does not say what silence means"),
    say(
        "Some of those who may vote will not answer in time. Whether they then consent, refuse or"
        " are not counted decides the vote, and the clause does not say. Add `silence`."
    ),
    accord_with(
        "Two Parties may together declare an emergency, deciding within 12 hours.",
        _VOTE.format(who="parties"),
    ),
    accord_with(
        "Two Parties may together declare an emergency, deciding within 12 hours. Silence is"
        " refusal.",
        _VOTE.format(who="parties") + "\n  silence: refuses",
    ),
)
W506 = FindingCode(
    "W506",
    say("a breach without a consequence"),
    say(
        "A duty or a step can be missed, and nothing follows: no clause waits for it. Whether"
        " anything is done about it would be left to chance. Add `if missed`, or let a clause wait"
        " for its being missed."
    ),
    accord_with(NOTIFY_WORDS, NOTIFY.replace("\n  if missed: call review", "")),
    accord_with(NOTIFY_WORDS, NOTIFY),
)
W507 = FindingCode(
    "W507",
    say("a body decides, and nobody knows who sits in it"),
    say(
        "A power is decided by a body whose seats the accord does not give. Nobody could say when"
        " a vote is carried. Add `seats` to the body."
    ),
    accord_with(
        f"{_PANEL_WORDS}",
        f"body panel\n{_VOTE.format(who='panel')}\n  silence: refuses",
    ),
    accord_with(
        f"The Panel has five members. {_PANEL_WORDS}",
        f"body panel\n  seats: 5\n{_VOTE.format(who='panel')}\n  silence: refuses",
    ),
)
