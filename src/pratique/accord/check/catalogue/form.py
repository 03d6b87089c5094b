# SPDX-License-Identifier: Apache-2.0
"""Findings on form: what cannot be read, or is not there."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import (
    NOTIFY,
    NOTIFY_WORDS,
    STARTED,
    STARTED_WORDS,
    accord_with,
)
from pratique.base.text import say

_GOOD = accord_with(NOTIFY_WORDS, NOTIFY)

E100 = FindingCode(
    "E100",
    say("the document cannot be read"),
    say(
        "The file is too large, has a line that is too long, or is not a text at all. Nothing"
        " in it was checked. Give the accord's own Markdown document; move long annexes into"
        " documents of their own."
    ),
    accord_with(NOTIFY_WORDS.replace("notify", "notify\x00"), NOTIFY),
    _GOOD,
)
E101 = FindingCode(
    "E101",
    say("unknown clause kind"),
    say(
        "A clause begins with a word that is not a kind of clause, so the whole clause was left"
        " out and binds nobody. Write one of the kinds that `pratique kinds` lists."
    ),
    accord_with(NOTIFY_WORDS, NOTIFY.replace("duty", "obligation")),
    _GOOD,
)
E102 = FindingCode(
    "E102",
    say("unknown field"),
    say(
        "A clause, or the document's first lines, has a field that its kind does not take. What"
        " the field says has no effect. Correct its name, or move it to the clause that it"
        " belongs to."
    ),
    accord_with(NOTIFY_WORDS, f"{NOTIFY}\n  to whom: other parties"),
    accord_with(NOTIFY_WORDS, f"{NOTIFY}\n  to: other parties"),
)
E103 = FindingCode(
    "E103",
    say("a value cannot be read"),
    say(
        "The words after the colon are not of the form that this field takes. The caret shows"
        " where reading stopped. Until it is mended, the clause is checked as if the field said"
        " nothing."
    ),
    accord_with(STARTED_WORDS, STARTED.format(trigger="on: emergency begins")),
    accord_with(STARTED_WORDS, STARTED.format(trigger="on: emergency starts")),
)
E104 = FindingCode(
    "E104",
    say("something required is absent"),
    say(
        "The clause leaves open something that it cannot do without, such as who owes a duty."
        " An agreement that leaves it open would be read differently by each Party. Add the"
        " field that is named."
    ),
    accord_with(NOTIFY_WORDS, NOTIFY.replace("  by: that party\n", "")),
    _GOOD,
)
E105 = FindingCode(
    "E105",
    say("no such paragraph"),
    say(
        "A block of clauses says that it states a paragraph which the text does not have."
        " Nobody can then compare the clause with its words. Correct the number, or write the"
        " paragraph."
    ),
    accord_with(NOTIFY_WORDS, NOTIFY, paragraph="2.3"),
    _GOOD,
)
