# SPDX-License-Identifier: Apache-2.0
"""A report of payments that no clause sets a time for: they are told without one."""

from __future__ import annotations

import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.moment import day_from_iso
from pratique.chart import draw
from pratique.rehearsal.conduct import conduct_named
from pratique.rehearsal.history import History, Publication
from pratique.rehearsal.replay import replay
from pratique.rehearsal.report import report_html
from spec.small_accord import CASES, FUND, accord

HELP = 'rule help "help in need"\n  when: cases > 10\n  then: pay USD 10 from fund to '
ROWS = [
    ("that party", "to <bdi>Aldova</bdi>, no time set", "Aldova</bdi>, sans délai fixé"),
    ("all parties", "in all to <bdi>Aldova</bdi> and <bdi>Brenia</bdi>, no time set",
     "en tout pour <bdi lang=\"en\">Aldova</bdi> et <bdi lang=\"en\">Brenia</bdi>, sans délai"),
    ("hub", "</bdi>, no time set", "</bdi>, sans délai fixé"),
]  # fmt: skip


@pytest.mark.parametrize(("whom", "english", "french"), ROWS, ids=[row[0] for row in ROWS])
def test_a_promise_at_no_set_time_is_told(whom: str, english: str, french: str) -> None:
    program = compile_accord(read_accord(accord(f"{CASES}{FUND}{HELP}{whom}\n")))
    assert isinstance(program, Program)
    day, start = day_from_iso("2026-01-10"), program.clock.start
    figures = (Publication("cases", "aldova", day, "11", start(day), "WHO"),)
    past = History("past", "WHO", start(day_from_iso("2026-01-01")), figures, (), ())
    ran = replay(program, past, conduct_named("deadline"))
    for language, said in (("en", english), ("fr", french)):
        assert said in report_html(ran, other=None, language=language, draw=draw)
