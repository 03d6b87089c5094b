# SPDX-License-Identifier: Apache-2.0
"""The language, chapter 9: measures that a detector makes of published counts.

A detector's signal is reported like any figure or event; what follows from it the text says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pratique.accord.check import check
from pratique.accord.compile import compile_accord
from pratique.accord.kinds import kinds
from pratique.accord.kinds.measure import Measure
from pratique.accord.model import Accord, read_accord
from pratique.accord.program import Program
from pratique.base.moment import day_from_iso, iso_day
from pratique.base.text import render
from pratique.chart import draw
from pratique.cli.methods import methods
from pratique.engine.happening import Happening
from pratique.register.acts import Report
from pratique.rehearsal.chronicle import told_happening
from pratique.rehearsal.conduct import conduct_named
from pratique.rehearsal.history import History, NotHistory, Publication, read_history
from pratique.rehearsal.replay import Replay, replay
from pratique.rehearsal.report import report_html
from surges import SURGES

EXAMPLE = Path(__file__).parents[1] / "data" / "detected"
FRONT = "---\naccord: Two\ndate: 2026-01-01\nclock: UTC\ncurrency: USD\n---\n\n## Annex\n\n"
PARTIES = "party aldova, brenia\nbody hub\nbody ministries\n"
EVENT = (
    "measure signal per party: event\n  from: detector surge on cases of cholera, {}, by ministries"
)
FIGURE = """measure high per party: count in 0..1
  from: detector surge on cases of cholera, {}, by ministries
  if missing: unknown
rule warn
  when: high = 1
  then: start alert at that party
status alert per party
  lapses: after 30 days"""


def written(clauses: str) -> Accord:
    text = f"{FRONT}```accord\n{PARTIES}{clauses}\n```\n"
    return read_accord(text, methods(), detectors=SURGES)


def found(clauses: str) -> list[str]:
    return [f"{one.code} {one.sentence} [{one.help}]" for one in written(clauses).findings]


def measure(source: str, type_: str = "event") -> str:
    return f"measure signal per party: {type_}\n  from: {source}"


def program(clauses: str) -> Program:
    compiled = compile_accord(written(clauses))
    assert isinstance(compiled, Program)
    return compiled


SERIES = """begins = "2025-01-01"
known_at = "12:00"
[parties]
aldova = "A"
brenia = "B"
[[series]]
name = "cases"
disease = "cholera"
file = "cases.csv"
{counts}
party = "party"
spoken = "day"
known = "published"
value = "cases"
"""
Rows = Sequence[tuple[str, str, str, int | str]]
"""Published on, of the day, of whom, how many."""


def history(folder: Path, clauses: str, rows: Rows, counts: str = 'counts = "new"') -> History:
    (folder / "series.toml").write_text(SERIES.format(counts=counts), "utf-8")
    lines = [",".join(str(cell) for cell in row) for row in rows]
    (folder / "cases.csv").write_text("\n".join(["published,day,party,cases", *lines]), "utf-8")
    return read_history(folder, program(clauses))


def told(one: History) -> list[tuple[str, str, str, str]]:
    """Return, of each thing told, by whom it is known, of whom, of which day, and what."""
    return [
        (iso_day(p.known // 86_400), p.party or "", iso_day(p.day), p.value)
        for p in one.publications
    ]


# --- in words -------------------------------------------------------------------------------------


def test_a_detector_is_set_with_controls_behind_its_name() -> None:
    source = 'detector surge with times 1.5, calm yes, mood "bad", pair 7 2 on cases, daily, by hub'
    accord = written(measure(source))
    assert accord.findings == ()
    typed = accord.typed["signal"]
    assert isinstance(typed, Measure)
    assert typed.series is not None
    assert typed.series.controls == (
        ("times", 1.5), ("calm", True), ("mood", "bad"), ("pair", (7, 2)),
    )  # fmt: skip


def test_a_control_may_be_a_share() -> None:
    accord = read_accord(
        f"{FRONT}```accord\n{PARTIES}"
        + measure("detector ears_c1 with alpha 0.1%, baseline 7 on cases, daily, by hub")
        + "\n```\n"
    )
    assert accord.findings == ()
    typed = accord.typed["signal"]
    assert isinstance(typed, Measure)
    assert typed.series is not None
    assert typed.series.controls == (("alpha", 0.001), ("baseline", 7))


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("detector surg on cases, daily, by hub",
         "E202 there is no detector `surg` [did you mean `surge`?]"),
        ("detector ears_c9 on cases, daily, by hub",
         "E202 there is no detector `ears_c9` [there are: surge]"),
        ("detector surge with time 3 on cases, daily, by hub",
         "E202 the detector `surge` has no control `time` [did you mean `times`?]"),
        ("detector surge with times 0.5 on cases, daily, by hub",
         "E403 the control `times` of the detector `surge` cannot be `0.5`"
         " [it is how many times the last count is too many; where it is not set, `2`]"),
        ("detector surge with mood sad on cases, daily, by hub",
         "E403 the control `mood` of the detector `surge` cannot be `sad`"
         " [it is a word; where it is not set, `good`]"),
        ("detector surge with calm 3 on cases, daily, by hub",
         "E403 the control `calm` of the detector `surge` cannot be `3`"
         " [it is whether nothing is meant by it; where it is not set, `no`]"),
        ("detector surge with times 2, times 3 on cases, daily, by hub",
         "E201 the control `times` is set twice [take one of them away]"),
        ("detector surge on cases, monthly, by hub",
         "E400 a detector watches the counts of days or of weeks"
         " [write `daily`, `weekly`, or `irregular` (then weeks are counted)]"),
    ],
)  # fmt: skip
def test_what_a_detector_cannot_take_is_a_finding(source: str, finding: str) -> None:
    assert found(measure(source)) == [finding]


@pytest.mark.parametrize("type_", ["percent", "money USD", "rate USD per EUR"])
def test_a_signal_is_an_event_or_is_counted(type_: str) -> None:
    clauses = measure("detector surge on cases, daily, by hub", type_)
    assert found(f"{clauses}\n  if missing: unknown") == [
        "E400 what a detector gives is an event, or a count of signals"
        " [write `: event`, or `: count in 0..1` (1 where there is a signal)]"
    ]


def test_the_finding_stands_where_the_fault_is() -> None:
    source = "detector surge with times 2,\n    mood sad on cases, daily, by hub"
    (finding,) = written(measure(source)).findings
    lines = written(measure(source)).document.lines
    span = finding.span
    assert lines[span.line - 1][span.column - 1 : span.end - 1] == "mood sad"


def test_controls_are_held_against_the_paragraph() -> None:
    text = (EXAMPLE / "accord.md").read_text("utf-8")
    assert check(text).stops == ()
    changed = text.replace("the seven days before, at", "the nine days before, at")
    (stop,) = check(changed).stops
    assert (stop.code, stop.article) == ("E301", "2.1")
    assert "`7`" in str(stop.sentence)


def test_it_is_read_back_with_its_controls() -> None:
    accord = written(measure("detector surge with times 1.5 on cases of cholera, daily, by hub"))
    words = [str(one) for one in kinds()["measure"].reading(accord.typed["signal"])]
    assert words[0] == (
        "`signal` is an event: the detector `surge` (with `times 1.5`) gives a signal on the series"
        " `cases` of `cholera`, as `hub` publishes it every day."
    )
    figure = written(FIGURE.format("weekly")).typed["high"]
    assert any(
        "is 1 where there is a signal" in str(one) for one in kinds()["measure"].reading(figure)
    )


# --- in a replay ----------------------------------------------------------------------------------


def days(*counts: int, party: str = "A", first: str = "2026-01-05") -> Rows:
    """Return counts of days that follow one another, each published the day after."""
    start = day_from_iso(first)
    return [
        (iso_day(start + n + 1), iso_day(start + n), party, count) for n, count in enumerate(counts)
    ]


def test_a_signal_is_told_when_its_count_becomes_known(tmp_path: Path) -> None:
    past = history(tmp_path, EVENT.format("daily"), days(3, 4, 9, 5))
    assert told(past) == [("2026-01-08", "aldova", "2026-01-07", "1")]
    (signal,) = past.publications
    assert str(signal.reason) == "`surge`, 7 January 2026: 9 is above 8"


def test_a_figure_is_told_of_every_day_of_which_the_detector_can_tell(tmp_path: Path) -> None:
    past = history(tmp_path, FIGURE.format("daily"), days(3, 4, 9, 5))
    assert [(known, value) for known, _, _, value in told(past)] == [
        ("2026-01-07", "0"), ("2026-01-08", "1"), ("2026-01-09", "0"),
    ]  # fmt: skip


def test_a_missing_count_is_no_zero_and_gives_no_signal(tmp_path: Path) -> None:
    rows = [row for row in days(3, 0, 9, 5) if row[1] != "2026-01-06"]
    assert told(history(tmp_path, EVENT.format("daily"), rows)) == []
    with_zero = history(tmp_path, EVENT.format("daily"), days(3, 0, 9, 5))
    assert [day for _, _, day, _ in told(with_zero)] == ["2026-01-07"]


def test_a_correction_is_not_known_before_it_is_published(tmp_path: Path) -> None:
    # 7 January was first published as 9, and corrected to 7 on the 12th: the signal stands.
    rows = [*days(3, 4, 9, 9, 9), ("2026-01-12", "2026-01-07", "A", 7)]
    assert told(history(tmp_path, EVENT.format("daily"), rows)) == [
        ("2026-01-08", "aldova", "2026-01-07", "1")
    ]
    figures = told(history(tmp_path, FIGURE.format("daily"), rows))
    assert [(known, value) for known, _, day, value in figures if day == "2026-01-07"] == [
        ("2026-01-08", "1"), ("2026-01-12", "0"),
    ]  # fmt: skip


def test_a_correction_of_the_latest_day_can_raise_a_signal_and_of_an_older_one_cannot(
    tmp_path: Path,
) -> None:
    latest = [*days(3, 4, 5), ("2026-01-10", "2026-01-07", "A", 20)]
    assert told(history(tmp_path, EVENT.format("daily"), latest)) == [
        ("2026-01-10", "aldova", "2026-01-07", "1")
    ]
    older = [*days(3, 4, 5, 9), ("2026-01-10", "2026-01-07", "A", 20)]
    assert told(history(tmp_path, EVENT.format("daily"), older)) == []


def test_a_signal_of_one_day_is_told_once(tmp_path: Path) -> None:
    rows = [*days(3, 4, 9), ("2026-01-09", "2026-01-07", "A", 30)]
    assert len(told(history(tmp_path, EVENT.format("daily"), rows))) == 1


def test_of_what_was_published_at_once_only_the_latest_raises_a_signal(tmp_path: Path) -> None:
    rows = [("2026-01-20", day, party, count) for _, day, party, count in days(1, 9, 1, 9)]
    assert told(history(tmp_path, EVENT.format("daily"), rows)) == [
        ("2026-01-20", "aldova", "2026-01-08", "1")
    ]


def test_each_party_has_its_own_series(tmp_path: Path) -> None:
    rows = [*days(3, 4, 9), *days(1, 1, 1, party="B"), *days(1, 9, 9, party="C")]
    past = history(tmp_path, EVENT.format("daily"), rows)
    assert [party for _, party, _, _ in told(past)] == ["aldova"]


def test_a_shared_measure_watches_all_places_together(tmp_path: Path) -> None:
    shared = EVENT.format("daily").replace(" per party", "")
    rows = [*days(4, 4, 6), *days(1, 1, 5, party="B"), *days(0, 0, 0, party="C")]
    past = history(tmp_path, shared, rows)
    assert told(past) == [("2026-01-08", "", "2026-01-07", "1")]
    assert "11 is above 10" in past.publications[0].source
    # Nothing is known of all where one of them is not.
    assert told(history(tmp_path, shared, rows[:-1])) == []


# --- totals to counts -----------------------------------------------------------------------------

MONDAYS = ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02")


def test_totals_at_no_fixed_rhythm_are_counted_by_weeks(tmp_path: Path) -> None:
    # The last total of each week, less that of the week before: 10, 10, 30.
    rows: Rows = [
        ("2026-01-08", "2026-01-07", "A", 100),
        ("2026-01-12", "2026-01-11", "A", 105),
        ("2026-01-15", "2026-01-14", "A", 108),
        ("2026-01-19", "2026-01-17", "A", 115),
        ("2026-01-26", "2026-01-25", "A", 125),
        ("2026-01-29", "2026-01-28", "A", 154),
        ("2026-02-02", "2026-02-01", "A", 155),
    ]
    past = history(tmp_path, EVENT.format("irregular"), rows, 'counts = "cumulative"')
    assert told(past) == [("2026-02-02", "aldova", "2026-02-01", "1")]
    assert str(past.publications[0].reason) == "`surge`, week 2026-W05: 30 is above 20"


def test_a_week_is_judged_once_it_is_over(tmp_path: Path) -> None:
    rows: Rows = [
        (day, day, "A", total) for day, total in zip(MONDAYS, (10, 12, 14, 90), strict=False)
    ]
    past = history(tmp_path, EVENT.format("irregular"), rows, 'counts = "cumulative"')
    # The total of Monday 26 January is of a week that has just begun.
    assert told(past) == []


@pytest.mark.parametrize(
    ("totals", "values"),
    # New are 10, ?, ?, 10: a gap of a week leaves two weeks unknown. Then 20, ?, 85, 10.
    [((100, 110, "", 200, 210), []), ((100, 120, 115, 200, 210), ["0"])],
)
def test_a_week_without_a_total_and_a_total_that_falls_tell_nothing(
    tmp_path: Path, totals: tuple[int | str, ...], values: list[str]
) -> None:
    sundays = [iso_day(day_from_iso(monday) + 6) for monday in MONDAYS]
    rows: Rows = [(day, day, "A", total) for day, total in zip(sundays, totals, strict=True)]
    past = history(tmp_path, FIGURE.format("weekly"), rows, 'counts = "cumulative"')
    assert [(day, value) for _, _, day, value in told(past)] == [
        (sundays[4], value) for value in values
    ]


def test_what_was_published_before_the_register_begins_is_read_and_nothing_said_of_it(
    tmp_path: Path,
) -> None:
    clauses = EVENT.format("daily")
    early = days(1, 9, 1, 1, 9, first="2024-12-28")
    past = history(tmp_path, clauses, early)
    assert told(past) == [("2025-01-02", "aldova", "2025-01-01", "1")]


def test_a_replay_goes_on_to_the_last_count_whether_or_not_there_is_a_signal(
    tmp_path: Path,
) -> None:
    clauses = EVENT.format("daily") + "\nduty look\n  on: signal\n  by: that party\n  must: look"
    past = history(tmp_path, clauses, days(3, 3, 3))
    assert past.publications == ()
    assert iso_day(past.last_known // 86_400) == "2026-01-08"
    done = replay(program(clauses), past, conduct_named("deadline"))
    assert done.until == past.last_known
    assert "Two" in report_html(done, other=None, language="fr", draw=draw)


def test_what_figures_count_must_be_said(tmp_path: Path) -> None:
    with pytest.raises(NotHistory, match="write `counts = "):
        history(tmp_path, EVENT.format("daily"), days(3, 4, 9), "")
    with pytest.raises(NotHistory, match=r"cases\.csv:2: a count is never negative"):
        history(tmp_path, EVENT.format("daily"), days(-3, 4, 9))


# --- what follows ---------------------------------------------------------------------------------


def example() -> Replay:
    accord = read_accord((EXAMPLE / "accord.md").read_text("utf-8"), methods())
    compiled = compile_accord(accord)
    assert isinstance(compiled, Program)
    return replay(compiled, read_history(EXAMPLE / "history", compiled), conduct_named("deadline"))


def happened(done: Replay, clause: str, edge: str) -> list[tuple[str, int]]:
    day = done.program.clock.day
    ones: tuple[Happening, ...] = done.of_clause(clause, edge)
    return [(iso_day(day(one.moment)), one.row) for one in ones]


def test_money_moves_on_a_signal_and_the_replay_says_why() -> None:
    done = example()
    assert happened(done, "signal", "happens") == [("2026-03-25", 0), ("2026-03-26", 0)]
    assert happened(done, "early_response", "used") == [("2026-03-25", 0)]
    assert happened(done, "early_response", "committed") == [("2026-03-25", 0)]
    first = done.of_clause("signal", "happens")[0]
    assert str(told_happening(done, first)).startswith(
        "2026-03-25  signal of cholera in Aldova (2.1). `ears_c1`, 24 March 2026: 14 "
    )
    assert "24 mars 2026" in render(told_happening(done, first), "fr")


def test_a_weekly_figure_of_irregular_totals_starts_and_ends_a_status() -> None:
    done = example()
    assert happened(done, "watch", "starts") == [("2026-03-23", -1)]
    assert happened(done, "watch", "ends") == [("2026-03-30", -1)]


def test_the_detecting_office_reports_it_with_its_reason_and_when_it_happened() -> None:
    done = example()
    entries = [e for e in done.entries if isinstance(e.act, Report) and e.act.measure == "signal"]
    (first, _) = entries
    assert isinstance(first.act, Report)
    assert (first.office, first.act.party, first.act.day) == ("ministries", "aldova", None)
    assert (first.act.source or "").startswith("`ears_c1`, 24 March 2026: 14 ")
    clock = done.program.clock
    assert first.happened == clock.start(day_from_iso("2026-03-25"))
    assert first.recorded == clock.start(day_from_iso("2026-03-25")) + 43_200


def test_other_figures_are_reported_as_they_always_were() -> None:
    figure = Publication("cases", "aldova", 20_000, "3", 1_728_000_000, "WHO")
    assert (figure.reason, figure.happened) == (None, None)
