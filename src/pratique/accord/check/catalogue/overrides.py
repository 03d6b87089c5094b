# SPDX-License-Identifier: Apache-2.0
"""Findings on clauses that make others stand back."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import accord_with
from pratique.base.text import say

_KEEP = "duty let_pass\n  by: each party\n  must not: close crossing points\n{above}"
_CLOSE = "power close\n  by: any party\n{when}  may: close crossing points\n  overrides: let_pass"
_IN_EMERGENCY = "  when: emergency\n"
_WORDS = "No Party closes crossing points. Notwithstanding this, a Party may close them{when}."

W607 = FindingCode(
    "W607",
    say("a clause that always stands back"),
    say(
        "Wherever the clause would apply, another that overrides or stops it applies too: because"
        " that has no condition, or one that always holds with this one's. It says something that"
        " is never so. Say when the other applies, or leave this one out."
    ),
    accord_with(_WORDS.format(when=""), _KEEP.format(above="") + _CLOSE.format(when="")),
    accord_with(
        _WORDS.format(when=" in an emergency"),
        _KEEP.format(above="") + _CLOSE.format(when=_IN_EMERGENCY),
    ),
)
E608 = FindingCode(
    "E608",
    say("clauses that override one another"),
    say(
        "Each of some clauses makes the next stand back, in a circle. Where all apply nobody could"
        " say which of them holds. Leave out one `overrides`."
    ),
    accord_with(
        _WORDS.format(when=" in an emergency"),
        _KEEP.format(above="  overrides: close\n") + _CLOSE.format(when=_IN_EMERGENCY),
    ),
    accord_with(
        _WORDS.format(when=" in an emergency"),
        _KEEP.format(above="") + _CLOSE.format(when=_IN_EMERGENCY),
    ),
)
