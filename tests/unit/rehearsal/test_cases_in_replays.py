# SPDX-License-Identifier: Apache-2.0
"""Cases of procedures in a replay: who opens them, who does which step when, what is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.moment import day_from_iso, iso_moment
from pratique.register.acts import Perform
from pratique.rehearsal.casework import UNWRITTEN
from pratique.rehearsal.chronicle import happening_words, without_echoes
from pratique.rehearsal.conduct import NotConduct, conduct_named
from pratique.rehearsal.history import History, Publication
from pratique.rehearsal.replay import Replay, replay
from spec.small_accord import CASES, accord

CLAUSES = f"""{CASES}
body hub, panel
pool stock "kits": count
  from: 100 of aldova, 60 of brenia
  kept by: hub
procedure request "request for kits"
  opened by: any party
  asks: kits asked: count; needed by: date; reason: text
  step review: by hub, within 2 days, gives kits approved: count, grounds: text
  step release: by hub, within 48 hours of review, sends kits_approved from stock to that party
  step receive: by that party, within 7 days of release, gives state: one of good, damaged
  ends: refused at review when kits_approved = 0
procedure drill "drill"
  opened by: hub
  step prepare: by hub, within 3 days, gives plan: file
  step play: by aldova, brenia, within 5 days of prepare
  step offers: by any party, within 4 days of play, many, gives teams: count
  step rest: wait 2 days
  step score: by panel, within 5 days, gives points: percent, secret: sealed text
  ends: clean at score
rule train
  when: any party (cases > 10)
  then: open drill
"""
OPENED = """
open = [{procedure = "request", party = "brenia", on = 2014-01-03, with = {kits_asked = 40}}]
"""


def program() -> Program:
    compiled = compile_accord(read_accord(accord(CLAUSES)))
    assert isinstance(compiled, Program)
    return compiled


def replayed(tmp_path: Path, more: str = "", like: str = "deadline") -> Replay:
    """Return a replay over two figures of 2014 under a conduct with some lines more."""
    file = tmp_path / "own.toml"
    file.write_text(f'like = "{like}"\n{more}', "utf-8")
    ran = program()
    begins = ran.clock.start(day_from_iso("2014-01-01"))
    figures = tuple(
        Publication("cases", "aldova", day, value, ran.clock.start(day), "WHO")
        for day, value in ((day_from_iso("2014-01-05"), "11"), (day_from_iso("2014-03-01"), "1"))
    )
    past = History("past", "WHO", begins, figures, (), ())
    return replay(ran, past, conduct_named(str(file)))


def when(ran: Replay, clause: str, edge: str) -> list[str]:
    return [iso_moment(one.moment) for one in ran.of_clause(clause, edge)]


def acts(ran: Replay, step: str) -> list[Perform]:
    performed = [one.act for one in ran.entries if isinstance(one.act, Perform)]
    return [act for act in performed if act.duty == step]


def test_nobody_opens_a_case_but_where_the_conduct_says_so(tmp_path: Path) -> None:
    assert when(replayed(tmp_path), "request", "opened") == []
    assert when(replayed(tmp_path, OPENED), "request", "opened") == ["2014-01-03T00:01:00Z"]


def test_steps_are_done_at_their_deadlines(tmp_path: Path) -> None:
    ran = replayed(tmp_path, OPENED + "[answers.request.review]\nkits_approved = 30\n")
    assert when(ran, "request.review", "done") == ["2014-01-05T23:59:59Z"]
    assert when(ran, "request.release", "done") == ["2014-01-07T23:59:59Z"]
    assert when(ran, "request.receive", "done") == ["2014-01-14T23:59:59Z"]
    assert ran.of_clause("request.review", "missed") == ()
    (committed,) = ran.of_clause("request", "committed")
    assert (committed.amount, committed.row) == (30, 1)


def test_what_is_not_said_is_what_an_earlier_field_of_like_name_says(tmp_path: Path) -> None:
    (review,) = acts(replayed(tmp_path, OPENED), "request.review")
    assert review.fields == {"kits_approved": 40, "grounds": UNWRITTEN}
    (receive,) = acts(replayed(tmp_path, OPENED), "request.receive")
    assert receive.fields == {"state": "good"}


@pytest.mark.parametrize(("said", "approved"), [("what was asked", 40), ("none", 0)])
def test_amounts_may_be_what_was_asked_or_none(tmp_path: Path, said: str, approved: int) -> None:
    more = f'{OPENED}[answers.request.review]\nkits_approved = "{said}"\n'
    ran = replayed(tmp_path, more)
    (review,) = acts(ran, "request.review")
    assert review.fields is not None
    assert review.fields["kits_approved"] == approved
    assert bool(ran.of_clause("request.refused", "done")) is (approved == 0)


def test_a_case_that_an_effect_opens_goes_by_itself(tmp_path: Path) -> None:
    ran = replayed(tmp_path)
    assert when(ran, "drill", "opened") == ["2014-01-05T00:00:00Z"]
    assert when(ran, "drill.prepare", "done") == ["2014-01-08T23:59:59Z"]
    # Both parties must play; the step is done when the second has.
    assert [act.by for act in acts(ran, "drill.play")] == ["aldova", "brenia"]
    assert when(ran, "drill.play", "done") == ["2014-01-13T23:59:59Z"]
    # All who may offer do, and what they offer is gathered until it is due.
    assert [act.by for act in acts(ran, "drill.offers")] == ["aldova", "brenia"]
    assert when(ran, "drill.offers", "done") == ["2014-01-18T00:00:00Z"]
    assert acts(ran, "drill.rest") == []
    (score,) = acts(ran, "drill.score")
    assert score.fields is not None
    assert score.fields["points"] == 100
    assert len(str(score.fields["secret"])) == 64
    assert when(ran, "drill.clean", "done") == when(ran, "drill.score", "done")


def test_silence_does_no_step(tmp_path: Path) -> None:
    ran = replayed(tmp_path, OPENED, like="silent")
    assert when(ran, "request.review", "missed") == ["2014-01-06T00:00:00Z"]
    assert [one for one in ran.happenings if "." in one.clause and one.edge == "done"] == []


def test_a_step_may_be_done_otherwise_than_duties(tmp_path: Path) -> None:
    more = f'{OPENED}step = "never"\n[clauses."request.review"]\nstep = "3 hours"\n'
    ran = replayed(tmp_path, more)
    assert when(ran, "request.review", "done") == ["2014-01-03T03:01:00Z"]
    assert when(ran, "request.release", "missed") != []


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ('open = [{procedure = "tender", on = 2014-01-03}]', "no procedure of that name"),
        ('open = [{procedure = "request", party = "corvia", on = 2014-01-03}]', "not a party"),
        ('open = [{procedure = "request", party = "brenia", on = "soon"}]', "not a day"),
        ('open = [{party = "brenia"}]', "`open` is a list of tables"),
        ("[answers.request.vet]\nkits_approved = 1", "no procedure or step `request.vet`"),
        ("[answers.request.review]\nsum = 1", "records no `sum`; it records: kits_approved"),
        ("[answers.request.review]\nkits_approved = true", "is a word, a number or a day"),
        ("answers = 3", "is a table of tables"),
    ],
)
def test_what_the_text_does_not_have_is_said(tmp_path: Path, more: str, why: str) -> None:
    with pytest.raises(NotConduct) as fault:
        replayed(tmp_path, more)
    assert why in str(fault.value.sentence)


def test_a_case_is_told_in_words_and_no_change_twice(tmp_path: Path) -> None:
    ran = replayed(tmp_path, OPENED + '[answers.request.review]\nkits_approved = "none"\n')
    told = [one for one in without_echoes(ran.program, ran.happenings) if "request" in one.clause]
    assert [str(happening_words(ran.program, one)) for one in told] == [
        "request for kits: a case is opened for Brenia",
        "request for kits, Brenia: review is done",
        "request for kits, Brenia: closed with refused",
    ]
