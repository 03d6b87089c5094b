# SPDX-License-Identifier: Apache-2.0
"""The Mano River accord beside a draft of it without early action: compared once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pratique.chart import draw
from pratique.cli.drafts.compared import compared
from pratique.cli.places import Place
from pratique.rehearsal.comparing.compared import Comparison, Replayed
from pratique.rehearsal.comparing.page import comparison_html

DOCUMENT = Path(__file__).parent.parent / "accords" / "mano-river" / "accord.md"
OLD_ACCOUNT = "1. A Party paid under Article 4 accounts publicly"
TIER_ACCOUNT = "2. Each Party accounts likewise for its share"


def source() -> str:
    """Return the accord's text."""
    return DOCUMENT.read_text("utf-8")


def without_early_action() -> str:
    """Return the text as a negotiator would leave it: article 4 and all that hangs on it struck."""
    text = _cut(source(), "## Article 4 —", "## Article 5 —")
    text = _cut(text, OLD_ACCOUNT, TIER_ACCOUNT)
    text = text.replace(TIER_ACCOUNT, "1. Each Party accounts publicly for its share")
    text = text.replace("```accord 8.2", "```accord 8.1", 1)
    text = _cut(text, "```accord 8.1\nduty account_early", "```accord 8.1\nduty account_tier")
    text = text.replace(
        "3. Every 12 months the Secretariat runs", "2. Every 12 months the Secretariat runs"
    )
    text = text.replace("```accord 8.3\nduty exercise", "```accord 8.2\nduty exercise")
    return _cut(text, "case cases_on_both_sides", "# As in a large").replace(
        "draft: 2", "draft: 3", 1
    )


def _cut(text: str, begins: str, ends: str) -> str:
    first = text.index(begins)
    return text[:first] + text[text.index(ends, first) :]


@cache
def early_action_struck() -> Comparison:
    """Return what striking early action changes, over the accord's own history."""
    old, new = Place(DOCUMENT, source()), Place(DOCUMENT, without_early_action())
    return compared(old, new, history=None, conduct="deadline")


def replays_of(found: Comparison) -> Replayed:
    """Return what both would have done; AssertionError if they were not replayed."""
    assert isinstance(found.behaviour, Replayed), str(found.behaviour)
    return found.behaviour


@cache
def page(language: str = "en") -> str:
    """Return the page of that comparison."""
    return comparison_html(early_action_struck(), language=language, draw=draw)
