# SPDX-License-Identifier: Apache-2.0
"""The language, chapter 7: stories beside an accord: prose with worked cases; history in them."""

from __future__ import annotations

from dataclasses import replace

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.moment import Day, day_from_iso, iso_day
from pratique.cli.methods import methods
from pratique.rehearsal.chronicle import happening_words
from pratique.rehearsal.history import History, Publication
from pratique.rehearsal.story import Prose, Story, Told, read_story, told
from spec.small_accord import CASES, accord
from spec.small_procedures import REQUEST

RISE = f"""{CASES}
measure flood per party: event
  from: acts
rule alarm
  when: any party (cases > 10)
  then: start alert
status alert
  lapses: after 30 days
duty warn
  on: flood
  by: that party
  must: warn the other
  within: 2 days
{REQUEST}"""
TALE = """# The flood

*Imagined.* On the second day the river rises.

```accord
case the_river_rises
  given: flood in aldova on day 2
         warn done by aldova on day 3
  expect: warn owed by aldova on day 2
          warn missed by aldova never
          alert on day 5
```

Nobody was surprised.

```accord
case kits_are_asked_for
  given: request opened by brenia on 2026-01-04 with quantity = 30, needed_by = 2026-02-01
         review of request done by hub on 2026-01-05 with approved = 0
  expect: refused of request done at brenia on 2026-01-05
```
"""


def program_of(clauses: str = RISE) -> Program:
    compiled = compile_accord(read_accord(accord(clauses), methods()))
    assert isinstance(compiled, Program)
    return compiled


def history(program: Program, *figures: tuple[str, str, str]) -> History:
    """Return a history that begins in 2014: (day, party, cases), known at noon of that day."""
    published = [
        Publication(
            "cases", party, day_from_iso(day), value, clock_noon(program, day_from_iso(day)), "WHO"
        )
        for day, party, value in figures
    ]
    begins = program.clock.start(day_from_iso("2014-01-01"))
    return History("past", "WHO", begins, tuple(published), (), ())


def clock_noon(program: Program, day: Day) -> int:
    return program.clock.start(day) + 43_200


def story(text: str, program: Program, begins: Day | None = None) -> Story:
    return read_story(text, program.accord, begins)


def tale() -> tuple[Program, Told]:
    program = program_of()
    return program, told(program, story(TALE, program))


def test_a_story_is_prose_and_cases_in_their_order() -> None:
    found = story(TALE, program_of())
    assert found.findings == ()
    assert found.title == "The flood"
    kinds = ["prose" if isinstance(piece, Prose) else piece.name for piece in found.pieces]
    assert kinds == ["prose", "the_river_rises", "prose", "kits_are_asked_for"]
    assert isinstance(found.pieces[2], Prose)
    assert found.pieces[2].text == "Nobody was surprised."


def test_it_needs_no_front_matter_and_may_have_no_case() -> None:
    program = program_of()
    found = story("# Only words\n\nNothing is asked.\n", program)
    assert (found.findings, found.cases) == ((), ())
    assert told(program, found).came_true


def test_each_case_says_what_was_given_and_what_came_about_on_its_days() -> None:
    program, outcome = tale()
    first, second = outcome.cases
    assert [(iso_day(day or 0), str(words)) for day, words in first.given] == [
        ("2026-01-02", "flood in Aldova"),
        ("2026-01-03", "warn: done by Aldova"),
    ]
    came = [str(happening_words(program, one)) for one in first.happenings]
    assert "warn is owed by 4 January 2026: Aldova" in came
    assert [str(words) for _, words in second.given] == [
        "request: Brenia opens a case (quantity 30; needed by 1 February 2026)",
        "request: review is done by hub (approved 0)",
    ]
    assert [one.edge for one in second.happenings if "request" in one.clause] == ["done"]


def test_what_is_given_is_not_said_again_as_what_came_about() -> None:
    _, outcome = tale()
    changes = {(one.clause, one.edge) for case in outcome.cases for one in case.happenings}
    assert ("flood", "happens") not in changes
    assert ("warn", "done") not in changes
    assert ("request", "opened") not in changes
    assert ("request.review", "done") not in changes
    assert ("request.refused", "done") in changes


def test_an_expectation_that_does_not_come_true_is_placed_in_the_story() -> None:
    _, outcome = tale()
    assert not outcome.came_true
    truths = [one.came_true for case in outcome.cases for one in case.expected]
    assert truths == [True, True, False, True]
    (finding,) = outcome.findings
    line = TALE.splitlines()[finding.span.line - 1]
    assert finding.code == "E904"
    assert line[finding.span.column - 1 : finding.span.end - 1] == "alert on day 5"
    assert finding.clause == "the_river_rises"


def test_an_expectation_of_a_date_has_its_witness_in_dates() -> None:
    program = program_of()
    late = TALE.replace("warn done by aldova on day 3", "flood in brenia on day 20").replace(
        "warn missed by aldova never", "warn missed by aldova by 2026-01-03"
    )
    outcome = told(program, story(late, program))
    witnesses = [str(one.witness) for one in outcome.cases[0].expected if one.witness]
    assert witnesses == [
        "it first comes about on 5 January 2026",
        "it does not come about within 20 days",
    ]


def test_a_word_that_the_accord_does_not_know_is_found_on_its_line() -> None:
    found = story(TALE.replace("flood in", "storm in"), program_of()).findings
    assert [(one.code, one.span.line) for one in found] == [("E205", 7)]


def test_only_cases_stand_in_a_story() -> None:
    found = story("```accord\nduty run\n  by: aldova\n  must: run\n```\n", program_of()).findings
    assert [one.code for one in found] == ["E101"]


def test_a_case_has_a_name_that_the_accord_has_not() -> None:
    found = story(TALE.replace("case the_river_rises", "case warn"), program_of()).findings
    assert [one.code for one in found] == ["E201"]


def test_a_story_that_is_read_changes_nothing_of_the_accord() -> None:
    program = program_of()
    symbols = dict(program.accord.scope.symbols)
    story(TALE.replace("flood in", "storm in"), program)
    assert program.accord.scope.symbols == symbols
    assert program.accord.scope.findings == []


# --- history --------------------------------------------------------------------------------------

OF_2014 = """```accord
case in_2014
  uses: history
  given: flood in brenia on 2014-02-01
  expect: not alert on 2014-01-09
          alert on 2014-01-10
          warn missed by brenia by 2014-02-04
```
"""


def test_a_case_that_uses_history_has_its_figures_and_counts_from_its_first_day() -> None:
    program = program_of()
    past = history(program, ("2014-01-05", "aldova", "3"), ("2014-01-10", "aldova", "11"))
    found = story(OF_2014, program, program.clock.day(past.begins))
    assert (found.findings, found.uses_history) == ((), True)
    assert iso_day(found.cases[0].first_day) == "2014-01-01"
    outcome = told(program, found, past)
    assert outcome.findings == ()
    begun = [one for one in outcome.cases[0].happenings if one.clause == "alert"]
    assert begun[0].moment == clock_noon(program, day_from_iso("2014-01-10"))


def test_given_figures_come_in_besides_those_of_history() -> None:
    program = program_of()
    past = history(program, ("2014-01-05", "aldova", "3"))
    text = OF_2014.replace("  given: ", "  given: cases of brenia = 12 from 2014-01-10\n         ")
    found = story(text, program, program.clock.day(past.begins))
    assert told(program, found, past).findings == ()


def test_without_a_history_such_a_case_cannot_be_run() -> None:
    program = program_of()
    found = story(OF_2014, program, day_from_iso("2014-01-01"))
    outcome = told(program, found)
    assert [(one.code, one.span.line) for one in outcome.findings] == [("E904", 2)]
    assert not outcome.came_true


def test_a_date_before_the_accord_needs_a_history() -> None:
    program = program_of()
    found = story(OF_2014.replace("  uses: history\n", ""), program).findings
    assert {one.code for one in found} == {"E103"}


def test_cases_with_and_without_history_stand_in_one_story() -> None:
    program = program_of()
    past = history(program, ("2014-01-10", "aldova", "11"))
    text = OF_2014 + TALE.replace("alert on day 5", "not alert on day 5")
    found = story(text, program, program.clock.day(past.begins))
    outcome = told(program, found, past)
    assert [iso_day(case.first_day)[:4] for case in found.cases] == ["2014", "2026", "2026"]
    assert outcome.findings == ()


def test_a_case_uses_nothing_but_history() -> None:
    found = story(OF_2014.replace("uses: history", "uses: magic"), program_of()).findings
    assert "E103" in {one.code for one in found}


def test_a_text_of_any_shape_is_read_without_raising() -> None:
    program = program_of()
    for text in ("", "```accord\n```\n", "```accord", "# A\n```accord\ncase\n", "\x00", "---\n"):
        read_story(text, program.accord)
    empty = story("before\n\n```accord\n```\n\nafter", program)
    assert [replace(one).text for one in empty.pieces if isinstance(one, Prose)] == [
        "before",
        "after",
    ]
