# SPDX-License-Identifier: Apache-2.0
"""Several conducts replayed side by side: each is what it is alone, to the last entry."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.moment import day_from_iso
from pratique.cli.methods import methods
from pratique.register.acts import Vote
from pratique.rehearsal.conduct import Conduct, conduct_named
from pratique.rehearsal.history import History, read_history
from pratique.rehearsal.replay import Replay, replay, replays

MANO_RIVER = Path(__file__).parents[3] / "accords" / "mano-river"
DEADLINE = conduct_named("deadline")
CONDUCTS = (DEADLINE, DEADLINE.silent_in_votes(), conduct_named("prompt"))
UNTIL = "2014-07-05"
"""A vote is held on 4 June, and what it sets off is done or missed by then."""


@cache
def past() -> tuple[Program, History]:
    text = (MANO_RIVER / "accord.md").read_text("utf-8")
    program = compile_accord(read_accord(text, methods=methods()))
    assert isinstance(program, Program)
    return program, read_history(MANO_RIVER / "history", program)


@cache
def together() -> list[Replay]:
    program, history = past()
    return replays(program, history, CONDUCTS, until=program.clock.start(day_from_iso(UNTIL)))


@pytest.mark.parametrize("place", range(len(CONDUCTS)))
def test_each_conduct_beside_others_is_as_alone(place: int) -> None:
    beside = together()[place]
    alone = replay(*past(), CONDUCTS[place], until=beside.until)
    assert beside.happenings == alone.happenings
    assert beside.seal == alone.seal
    assert beside.open_questions == alone.open_questions
    assert beside.share_undetermined() == alone.share_undetermined()


def test_the_conducts_differ() -> None:
    assert len({one.seal for one in together()}) == len(CONDUCTS)
    ballots = [sum(isinstance(entry.act, Vote) for entry in one.entries) for one in together()]
    assert ballots[0] > 0
    assert ballots[1] == 0


@pytest.mark.parametrize("place", range(len(CONDUCTS)))
def test_what_each_one_s_cases_say_is_kept(place: int) -> None:
    beside = together()[place]
    alone = replay(*past(), CONDUCTS[place], until=beside.until)
    for name, rows in alone.standing.cases.items():
        kept = beside.standing.cases[name].records
        assert len(kept) == len(CONDUCTS)
        assert kept[beside.scenario].cases == rows.records[0].cases


def test_a_conduct_is_needed() -> None:
    conducts: list[Conduct] = []
    with pytest.raises(ValueError, match="conduct"):
        replays(*past(), conducts)
