# SPDX-License-Identifier: Apache-2.0
"""Findings on the words: what paragraphs, clauses and translations do not say alike."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import (
    NOTIFY,
    NOTIFY_WORDS,
    STARTED,
    STARTED_WORDS,
    accord_with,
    french_with,
)
from pratique.base.text import say

_GOOD = accord_with(NOTIFY_WORDS, NOTIFY)
_CONSULT = f"{NOTIFY_WORDS}\n2. The Parties consult one another."
_CONFIRM = (
    "duty confirm\n  on: notify done\n  by: that party\n  must: confirm it\n  within: 72 hours\n"
    "  if missed: call review"
)
_CONFIRM_WORDS = NOTIFY_WORDS.replace("hours.", "hours, and confirms it within 72 hours.")
_FRENCH = "Chaque Partie notifie à l’autre Partie tout foyer inhabituel dans un délai de {time}."
_LATER = ("24 hours", "48 hours")
# What was confirmed is the good example: 24 hours in the words and in the clause.
_REVIEW = """\
[[review]]
paragraphs = ["2.1"]
clauses = ["notify"]
by = "aldova"
date = 2026-09-01
words_digest = "157fca9ba941fd824f3ee19bbc132dc92327e525b1c64836df3a87e51a23ad1a"
clauses_digest = "0314c16d7c3c3a2976189ab105ed656bbd42f6b694edfa06795185a67baac545"
"""
_REPORT = STARTED.format(trigger="on: emergency starts")
_PREVAILING_WORDS = (
    "Only who is registered treats the sick.\n2. Notwithstanding paragraph 1, in an emergency a"
    " visiting doctor works under the orders of the host."
)
_PREVAILING = (
    "people doctor\nduty register\n  by: doctor\n  must not: treat the sick unregistered\n"
    "power visit\n  by: doctor\n  when: emergency\n  may: work under the orders of the host"
)

E301 = FindingCode(
    "E301",
    say("a figure of the clause is not in its paragraph"),
    say(
        "The clause holds a number, time, share or amount that the words of its paragraph do"
        " not say. The words are what is signed, so the clause would do what nobody agreed to."
        " Make the two say the same, or put the clause under the paragraph that says it."
    ),
    accord_with(NOTIFY_WORDS.replace("within 24 hours", "as soon as it can"), NOTIFY),
    _GOOD,
)
W302 = FindingCode(
    "W302",
    say("a paragraph without a clause"),
    say(
        "A numbered paragraph has neither a clause nor a note that it asks nothing of the machine."
        " It may have been forgotten. Write its clause, or an empty block `accord 2.2 none` that"
        " says it needs none."
    ),
    accord_with(_CONSULT, NOTIFY),
    accord_with(f"{_CONSULT}\n\n```accord 2.2 none\n```", NOTIFY),
)
W303 = FindingCode(
    "W303",
    say("a figure of the paragraph is in no clause"),
    say(
        "The words say a number, time, share or amount that no clause of that paragraph uses."
        " Something that was agreed may have been left out of the clauses. Add it to a clause,"
        " or accept the finding with a reason."
    ),
    accord_with(_CONFIRM_WORDS, NOTIFY),
    accord_with(_CONFIRM_WORDS, f"{NOTIFY}\n{_CONFIRM}"),
)
W304 = FindingCode(
    "W304",
    say("a translation lacks a figure"),
    say(
        "Another authentic text of the accord lacks a paragraph, or a number, time, share or"
        " amount that the clause and the first text both have. The Parties would have signed two"
        " different things. Make the texts say the same. Also found is a label that it gives to no"
        " clause, twice, or in a line that cannot be read; and in other languages than English and"
        " French only numbers in digits are compared, without their units."
    ),
    _GOOD,
    _GOOD,
    french=(
        french_with(_FRENCH.format(time="48 heures")),
        french_with(_FRENCH.format(time="24 heures")),
    ),
)
W305 = FindingCode(
    "W305",
    say("changed since it was reviewed"),
    say(
        "An office confirmed that a paragraph and its clauses say the same, and since then one of"
        " them has changed. Nobody has compared what stands there now. Compare them again, and"
        " confirm it with `pratique review`, or take the change back."
    ),
    accord_with(NOTIFY_WORDS.replace(*_LATER), NOTIFY.replace(*_LATER)),
    _GOOD,
    reviews=_REVIEW,
)
W306 = FindingCode(
    "W306",
    say("who acts is not who the paragraph names"),
    say(
        "An office or a Party acts in the clause, or is named by it, and the words of its paragraph"
        " name another, or nobody; or each Party is bound where the words speak of one, shares are"
        " given to others than in the words, or a vote asks for all where the words do not. The"
        " words are what is signed. Name the same in both, so that each office can read what it"
        " owes."
    ),
    accord_with(STARTED_WORDS, _REPORT.replace("by: hub", "by: council")),
    accord_with(STARTED_WORDS, _REPORT),
)
W307 = FindingCode(
    "W307",
    say("a paragraph prevails over another, its clauses do not"),
    say(
        "The paragraph says that it holds notwithstanding another, and no clause of it overrides a"
        " clause of that other. As the clauses stand both hold at once. Add `overrides:` to the"
        " clause that is to prevail."
    ),
    accord_with(_PREVAILING_WORDS, _PREVAILING, paragraph="2.1-2.2"),
    accord_with(_PREVAILING_WORDS, f"{_PREVAILING}\n  overrides: register", paragraph="2.1-2.2"),
)
