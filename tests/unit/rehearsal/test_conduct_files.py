# SPDX-License-Identifier: Apache-2.0
"""Conducts: the three that come with Pratique, and files that differ by office and by clause."""

from __future__ import annotations

from pathlib import Path

import pytest

from pratique.base.moment import NEVER, Clock, moment_from_iso
from pratique.rehearsal.conduct import NotConduct, conduct_named

CLOCK = Clock("UTC")
RAISED = moment_from_iso("2014-04-01T12:00:00Z")
END_OF_DAY_15 = moment_from_iso("2014-04-16T00:00:00Z")


def test_at_the_deadline_is_the_last_second_of_the_last_day() -> None:
    perform = conduct_named("deadline").perform
    assert perform.moment(CLOCK, RAISED, END_OF_DAY_15) == END_OF_DAY_15 - 1
    within_hours = moment_from_iso("2014-04-02T12:00:00Z")
    assert perform.moment(CLOCK, RAISED, within_hours) == within_hours
    assert perform.moment(CLOCK, RAISED, NEVER) == NEVER


def test_prompt_is_a_minute_after_and_silent_is_never() -> None:
    assert conduct_named("prompt").perform.moment(CLOCK, RAISED, END_OF_DAY_15) == RAISED + 60
    assert conduct_named("silent").perform.moment(CLOCK, RAISED, END_OF_DAY_15) == NEVER


def test_a_file_may_be_like_another_and_differ_by_office_and_clause(tmp_path: Path) -> None:
    file = tmp_path / "slow.toml"
    file.write_text(
        'like = "deadline"\nperform = "3 days"\n'
        '[offices.liberia]\nperform = "never"\nballot = "no"\n'
        '[clauses.joint_plan]\nperform = "2 hours"\n'
    )
    conduct = conduct_named(str(file))
    assert conduct.of("guinea", "notify").perform.moment(CLOCK, RAISED, NEVER) == moment_from_iso(
        "2014-04-04T23:59:59Z"
    )
    assert conduct.of("liberia", "notify").perform.moment(CLOCK, RAISED, NEVER) == NEVER
    assert (
        conduct.of("liberia", "joint_plan").perform.moment(CLOCK, RAISED, NEVER) == RAISED + 7_200
    )
    assert conduct.of("liberia", "notify").ballot == "no"
    assert conduct.of("guinea", "notify").ballot == "yes"
    assert conduct.silent_in_votes().of("liberia", "notify").ballot == "silent"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('perform = "soon"', "`perform`"),
        ('like = "deadline"\nballot = "maybe"', "ballot"),
        ('like = "deadline"\nhurry = true', "`hurry`"),
        ('like = "deadline"\noffices = 3', "`offices`"),
        ("perform = ", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(NotConduct, match=said):
        conduct_named(str(file))


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(NotConduct, match="deadline, prompt, silent"):
        conduct_named("angry")
