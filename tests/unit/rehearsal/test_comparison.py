# SPDX-License-Identifier: Apache-2.0
"""Two replays compared: what came about in one only, and nothing else."""

from __future__ import annotations

from pratique.rehearsal.comparison import differences
from replays import replayed, silent_in_votes


def test_a_replay_does_not_differ_from_itself() -> None:
    assert differences(replayed(), replayed()) == []


def test_silence_changes_only_what_it_does_not_consent_to() -> None:
    found = differences(replayed(), silent_in_votes())
    hanging = {one.happening.clause for one in found}
    assert hanging == {"grant_waiver", "waiver", "publish_waiver"}


def test_without_a_clause_only_what_hangs_on_it_differs() -> None:
    found = differences(replayed(), replayed("deadline", "early_action"))
    assert {one.only_in for one in found} == {"whole"}
    hanging = {one.happening.clause for one in found}
    assert hanging == {"early_action", "joint_plan", "account_early", "fund"}


def test_the_sides_change_with_the_order() -> None:
    one, other = replayed(), replayed("silent")
    there, back = differences(one, other), differences(other, one)
    assert [(d.happening, d.only_in == "whole") for d in there if d.only_in == "whole"] == [
        (d.happening, d.only_in == "part") for d in back if d.only_in == "part"
    ]
    assert len(there) == len(back) > 0
    moments = [d.happening.moment for d in there]
    assert moments == sorted(moments)
