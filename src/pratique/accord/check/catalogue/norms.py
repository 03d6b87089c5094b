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
_SEATED = "body council\n  seats: 1 per party\n  quorum: {quorum}\n"
_BLAME = (
    "power blame\n  by: council\n  may: find a breach by that party\n"
    "  decided by: 1 of council except that party within 14 days\n  silence: refuses"
)
_BLAME_WORDS = (
    "The Council has one seat for each Party, and {quorum} form a quorum. One of its members, but"
    " not that of the Party concerned, is enough to find a breach, within 14 days; silence is"
    " refusal."
)
_MEET = (
    "power declare\n  by: council\n  may: start emergency\n"
    "  decided by: 2 of {who} within 12 hours\n  silence: refuses"
)
_MEET_WORDS = (
    "The Council has one seat for each Party, and two Parties form a quorum. Two of its members"
    " declare an emergency within 12 hours; silence is refusal."
)
_CLOSE = (
    "duty let_pass\n  by: each party\n  must not: close crossing points\n"
    "status closure\n  lapses: after 30 days\n{winding}"
    "power order_closure\n  by: {by}\n  may: start closure\n{opener}"
    "power close\n  by: any party\n  when: closure\n  may: close crossing points\n"
    "  overrides: let_pass"
)
_CLOSE_WORDS = "No Party closes crossing points, but while the Hub has ordered a closure{opener}."
_CLOSE_WORDS += " A closure lapses after 30 days{winding}."
_REQUEST = (
    "procedure request\n  opened by: any party\n  asks: quantity: count\n"
    "  step decide: by hub, within 2 days, gives allowed: count\n"
    "  step receive: by that party, within 7 days of decide\n"
    "  ends: refused at decide when allowed = 0; {end}\n  if missed: call review"
)
_REQUEST_WORDS = (
    "A Party may ask the Hub for kits. The Hub decides within two days; the Party confirms receipt"
    " within seven days of that."
)

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
E508 = FindingCode(
    "E508",
    say("a vote that too few can take part in"),
    say(
        "A power is put to a vote, and by the text itself fewer can vote on it than must answer or"
        " agree: because it leaves out the Party concerned, is open only where some have lost their"
        " vote, or because of groups or of how few must have ratified. It could never be used; or"
        " not yet, when the accord enters into force. Lower the quorum or the number of votes, or"
        " let others vote."
    ),
    accord_with(
        _BLAME_WORDS.format(quorum="two Parties"), _SEATED.format(quorum="2 parties") + _BLAME
    ),
    accord_with(
        _BLAME_WORDS.format(quorum="one Party"), _SEATED.format(quorum="1 parties") + _BLAME
    ),
)
W509 = FindingCode(
    "W509",
    say("an emergency power that lacks a bound"),
    say(
        "An emergency power is one that starts a status under which other clauses stand back"
        " (`overrides`, `stops`) or permits hold, itself or by a status that goes on while it does."
        " It needs an opener (`when`, `on` or a vote), a limit in number, reach or time (`at most`,"
        " `scope`, `lapses`, a confirmation), an end that comes without a decision, and, where"
        " something is allowed under it, a wind-down (`winds down`, `lingers`). Add what is"
        " missing, or accept it with a reason."
    ),
    accord_with(
        _CLOSE_WORDS.format(opener="", winding=""), _CLOSE.format(by="hub", opener="", winding="")
    ),
    accord_with(
        _CLOSE_WORDS.format(
            opener=" in an emergency", winding="; who has closed then has 2 days to open"
        ),
        _CLOSE.format(by="hub", opener="  when: emergency\n", winding="  winds down: 2 days\n"),
    ),
)
W510 = FindingCode(
    "W510",
    say("a step that no case reaches, or leaves"),
    say(
        "Followed from its first step, by all that can be recorded on the way, no case of the"
        " procedure comes to a step or an end; or a case that has come to a step stays there or"
        " goes round for ever, for instance because who does it is named only later; or it goes on,"
        " by order alone, to a step whose time can be over by then. Change the order of steps or"
        " ends, or let an earlier step record what is needed."
    ),
    accord_with(_REQUEST_WORDS, _REQUEST.format(end="allowed_there at decide")),
    accord_with(_REQUEST_WORDS, _REQUEST.format(end="received at receive")),
)
W511 = FindingCode(
    "W511",
    say("rules on a body's votes that no vote counts"),
    say(
        "A body has a quorum, or leaves out who has an interest, but all that it may do is voted on"
        " by others, such as `parties`. Its rules then have no effect. Let the body vote: write its"
        " name after `of` in `decided by`."
    ),
    accord_with(_MEET_WORDS, _SEATED.format(quorum="2 parties") + _MEET.format(who="parties")),
    accord_with(_MEET_WORDS, _SEATED.format(quorum="2 parties") + _MEET.format(who="council")),
)
