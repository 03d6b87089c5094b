# SPDX-License-Identifier: Apache-2.0
"""Findings of trying conditions in every kind of situation: alone, and two clauses together."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import DURING, accord_with
from pratique.base.text import say

_ALERT = "status alert\n{starts}{ends}"
_STARTS = "rule raise_alert\n  when: {condition}\n  then: start alert\n"
_ENDS = "rule lift_alert\n  when: {condition}\n  then: end alert"
_ALERT_WORDS = (
    "An alert begins when more than {start} cases are reported in a Party, and ends when fewer than"
    " {end} are reported in each."
)


def _alert(start: int, end: int) -> str:
    clauses = _ALERT.format(
        starts=_STARTS.format(condition=f"any party (cases > {start})"),
        ends=_ENDS.format(condition=f"all parties (cases < {end})"),
    )
    return accord_with(_ALERT_WORDS.format(start=start, end=end), clauses)


_CLOSED = "status closed\n  while: {condition}\n" + DURING.replace("emergency", "closed")
_CLOSED_WORDS = "The border is closed while {words}; meanwhile the Hub publishes reports."
_DUTY = (
    "duty share\n  when: emergency\n  by: each party\n  must: share the case files\n"
    "  within: 24 hours\n  if missed: call review\n"
    "duty keep\n  {trigger}by: each party\n  must not: share the case files"
)
_DUTY_WORDS = (
    "In an emergency each Party shares the case files within 24 hours. {otherwise} no Party shares"
    " the case files."
)
_OPPOSITE = _ALERT.format(
    starts=_STARTS.format(condition="any party (cases > 100)"),
    ends=_ENDS.format(condition="{condition}"),
)
_OPPOSITE_WORDS = (
    "An alert begins when more than 100 cases are reported in a Party, and ends when {end}."
)

E601 = FindingCode(
    "E601",
    say("what can never apply"),
    say(
        "In no situation is the condition true: its figures exclude one another, or lie outside"
        " what can be reported, or something stops the clause whenever it would apply; every kind"
        " of situation was tried that the condition can tell apart. Or the clause waits for what"
        " never happens: that a ban is missed, say, or what is due at no time. Compare the clause"
        " with the paragraph; a sign the wrong way round is the usual cause."
    ),
    accord_with(
        _CLOSED_WORDS.format(words="more than 500 and fewer than 100 cases are reported"),
        _CLOSED.format(condition="any party (cases > 500 and cases < 100)"),
    ),
    accord_with(
        _CLOSED_WORDS.format(words="more than 100 and fewer than 500 cases are reported"),
        _CLOSED.format(condition="any party (cases > 100 and cases < 500)"),
    ),
)
W602 = FindingCode(
    "W602",
    say("what always applies"),
    say(
        "In every situation the condition is true, or a part of it makes no difference to it. A"
        " reader takes it for a limit that it is not. Leave it out, or put right its figures."
    ),
    accord_with(
        _CLOSED_WORDS.format(words="no cases or more are reported"),
        _CLOSED.format(condition="any party (cases >= 0)"),
    ),
    accord_with(
        _CLOSED_WORDS.format(words="one or more cases are reported"),
        _CLOSED.format(condition="any party (cases >= 1)"),
    ),
)
E603 = FindingCode(
    "E603",
    say("two clauses do opposite things together"),
    say(
        "What one clause starts another ends in the same situation, or one permits what another"
        " forbids to the same actor. The situation is shown with its figures. Change one of the"
        " conditions, or let one clause override the other, so that the text says which holds."
    ),
    accord_with(
        _OPPOSITE_WORDS.format(end="more than 50 are"),
        _OPPOSITE.format(condition="any party (cases > 50)"),
    ),
    accord_with(
        _OPPOSITE_WORDS.format(end="fewer than 50 are in each"),
        _OPPOSITE.format(condition="all parties (cases < 50)"),
    ),
)
E604 = FindingCode(
    "E604",
    say("a duty against a prohibition, or against another duty"),
    say(
        "In one situation the same actor must do what it must not, or owes two things that cannot"
        " both be so. Whatever it does, it breaks the agreement. Let one of them override the"
        " other, or keep their situations apart."
    ),
    accord_with(_DUTY_WORDS.format(otherwise="Always,"), _DUTY.format(trigger="")),
    accord_with(
        _DUTY_WORDS.format(otherwise="Outside an emergency"),
        _DUTY.format(trigger="when: not emergency\n  "),
    ),
)
W606 = FindingCode(
    "W606",
    say("what starts and stops at once, or never stops"),
    say(
        "The condition that starts a status and the one that ends it can hold together, so that"
        " nobody can say which prevails; or nothing that would end it can come about while it"
        " holds. Leave a gap between the two, or let one clause override the other."
    ),
    _alert(100, 200),
    _alert(100, 50),
)
