# SPDX-License-Identifier: Apache-2.0
"""Findings on means: what flows into pools, and what is given out of them."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import accord_with
from pratique.base.text import say

_FROM = "  from: EUR 12 million per year as 60% of aldova, 40% of brenia\n"
_FUND = "pool fund: money EUR\n{fields}"
_HELP = (
    "rule help\n  on: cluster\n  then: pay EUR {amount} million from fund to that party"
    " within 72 hours"
)
_IN_WORDS = "The Parties pay EUR 12 million a year into the Fund, Aldova 60 % and Brenia 40 %. "
_OUT_WORDS = "The Fund pays EUR {amount} million to a Party with a cluster within 72 hours."
_FLOOR = "  floor: {first}% to patients, 40% to displaced\n"
_FLOOR_WORDS = (
    "Of what it pays at least {first} % serves patients and 40 % displaced persons, by age. "
)
_DISPLACED = "people displaced\n  split by: age\npeople patients\n  split by: age\n"
_CAP = "  cap: EUR 3 million to one party in 12 months\n"
_CAP_WORDS = "No Party draws more than EUR 3 million in 12 months. "
_MORE = _HELP.replace("rule help", "\nrule relief")
_MORE_WORDS = " It pays as much again, EUR {amount} million within 72 hours, for relief."


def _floors(first: int) -> str:
    words = _IN_WORDS + _FLOOR_WORDS + _OUT_WORDS
    fund = _FUND.format(fields=_FROM + _FLOOR.format(first=first))
    return accord_with(
        words.format(first=first, amount=1), _DISPLACED + fund + _HELP.format(amount=1)
    )


def _capped(amount: int) -> str:
    words = _IN_WORDS + _CAP_WORDS + _OUT_WORDS.format(amount=amount)
    return accord_with(words, _FUND.format(fields=_FROM + _CAP) + _HELP.format(amount=amount))


def _together(amount: int) -> str:
    words = _IN_WORDS + _CAP_WORDS + _OUT_WORDS.format(amount=amount) + _MORE_WORDS
    clauses = _FUND.format(fields=_FROM + _CAP) + _HELP.format(amount=amount) + _MORE
    return accord_with(words.format(amount=amount), clauses.format(amount=amount))


E701 = FindingCode(
    "E701",
    say("a pool into which nothing flows"),
    say(
        "A pool is to give, and nobody contributes to it: what is promised out of it could never"
        " be paid or sent. Say in `from` who contributes what, or `from: acts` if it lives on"
        " gifts."
    ),
    accord_with(_OUT_WORDS.format(amount=1), _FUND.format(fields="") + _HELP.format(amount=1)),
    accord_with(
        _IN_WORDS + _OUT_WORDS.format(amount=1),
        _FUND.format(fields=_FROM) + _HELP.format(amount=1),
    ),
)
E702 = FindingCode(
    "E702",
    say("more is owed together than there can be"),
    say(
        "By constant amounts, what rules and duties draw at one moment, or in every period, is more"
        " than the cap of the pool, than it can ever hold, or than flows into it in that time, or"
        " until the accord lapses. Part of it could never be given. What somebody may ask for is"
        " not counted, nor shares or amounts that vary. Lower what is drawn, or raise what the pool"
        " can give."
    ),
    _together(2),
    _together(1),
)
E703 = FindingCode(
    "E703",
    say("more than a whole is set aside"),
    say(
        "The least shares of a pool that are promised to groups and people add up to more than"
        " 100 %. They cannot all be kept. Lower one of them."
    ),
    _floors(70),
    _floors(30),
)
W704 = FindingCode(
    "W704",
    say("one payment is above its cap"),
    say(
        "A clause gives more at one time than the pool may give in the whole period of its cap."
        " What is above it would never be paid. Lower the amount, or raise the cap."
    ),
    _capped(5),
    _capped(2),
)
