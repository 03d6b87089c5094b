# SPDX-License-Identifier: Apache-2.0
"""The conduct in the how-to on replays does what the page says that it does."""

from __future__ import annotations

import re
from pathlib import Path

from pratique.base.moment import day_from_iso, iso_moment
from pratique.chart import draw
from pratique.rehearsal.conduct import conduct_named
from pratique.rehearsal.replay import replay
from pratique.rehearsal.report import report_html
from replays import history, program, source

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "replay-your-own-history.md"
FENCE = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def test_every_conduct_of_the_page_can_be_read(tmp_path: Path) -> None:
    shown = [text for text in FENCE.findall(PAGE.read_text("utf-8")) if "like =" in text]
    assert len(shown) == 2
    for text in shown:
        (tmp_path / "shown.toml").write_text(text, "utf-8")
        assert conduct_named(str(tmp_path / "shown.toml")).name == "shown"


def test_the_cases_come_about_as_the_page_says(tmp_path: Path) -> None:
    (text,) = (one for one in FENCE.findall(PAGE.read_text("utf-8")) if "[[open]]" in one)
    (tmp_path / "two-requests.toml").write_text(text, "utf-8")
    ran = program(source())
    until = ran.clock.start(day_from_iso("2014-08-12"))
    told = replay(ran, history(), conduct_named(str(tmp_path / "two-requests.toml")), until=until)

    def when(clause: str, edge: str) -> list[str]:
        return [iso_moment(one.moment) for one in told.of_clause(clause, edge)]

    assert when("laboratory_recognition.refused", "done") == ["2014-08-01T23:59:59Z"]
    assert when("stock_request.complete", "done") == ["2014-08-08T12:01:00Z"]
    assert when("stock_request.review", "done") == ["2014-08-09T00:01:00Z"]
    (promised,) = told.of_clause("stock_request", "committed")
    assert (iso_moment(promised.moment), promised.amount) == ("2014-08-09T12:01:00Z", 2000)
    # What is promised at no set time is told so, too.
    html = report_html(told, other=None, language="en", draw=draw)
    assert re.sub("<[^>]+>", "", html).count(" to Liberia, no time set") == 1
