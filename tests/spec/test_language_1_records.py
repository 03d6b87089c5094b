# SPDX-License-Identifier: Apache-2.0
"""The language, chapter 1, continued. What cases and pools record as terms read it; people, data
sets, detectors; what any clause may carry.
"""

from __future__ import annotations

import pytest

from pratique.accord.kinds.dataset import Dataset
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.people import People
from pratique.accord.words.phrases import condition_words
from spec.three_parties import found, term, written

# --- pools and procedures -------------------------------------------------------------------------

FILE = """
body hub
procedure request
  opened by: any party
  asks: quantity: count; needed by: date; partner: party; reason: text; item: one of kits, doses
  step review: by hub, within 2 days, gives approved: count
  step release: by hub, within 2 days of review
  ends: {ends}
"""


@pytest.mark.parametrize(
    "condition",
    [
        "approved = 0",
        "approved * 2 > quantity",
        "needed_by < 2026-03-01",
        "item = kits",
        "item != doses",
        "partner = kenya",
        "approved > cases",
    ],
)
def test_what_a_case_records_is_read_by_its_name(condition: str) -> None:
    assert found(FILE.format(ends=f"refused at review when {condition}")) == []


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("reason = kits", "E400 `reason` stands only in the record of its case"),
        ("item = vials", "E202 `vials` is none of the choices"),
        ("item > kits", "E400 one of several choices is neither more nor less"),
        ("needed_by < 5", "E400 a date cannot be compared with a count"),
        ("approved > USD 5", "E400 a count cannot be compared with an amount in USD"),
    ],
)
def test_what_a_case_records_has_its_type(condition: str, sentence: str) -> None:
    assert sentence in found(FILE.format(ends=f"refused at review when {condition}"))


def test_what_a_case_records_is_unknown_outside_its_procedure() -> None:
    clauses = FILE.format(ends="refused at review when approved = 0") + "term t: approved"
    assert found(clauses) == ["E202 `approved` is not defined"]


def test_a_step_or_an_end_of_a_procedure_is_a_change() -> None:
    clauses = FILE.format(ends="refused at review when approved = 0")
    change = term(f"{clauses}term t: refused of request done", "t")
    assert (change.op, change.name, change.detail) == ("edge", "request.refused", "done")
    assert change.per_party
    assert str(condition_words(change)) == "`refused` of `request` has been done"
    late = term(f"{clauses}term t: review of request missed", "t")
    assert str(condition_words(late)) == "`review` of `request` has been missed"
    assert term(f"{clauses}term t: request opened in last 2 days", "t").op == "in_last"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("agreed of request done", "E202 `request` has no step or end `agreed`"),
        ("refused of request missed", "E400 `refused` of `request` has no `missed`"),
        ("review of request opened", "E400 `review` of `request` has no `opened`"),
        ("request used", "E400 a procedure has no `used`"),
    ],
)
def test_a_procedure_has_the_changes_of_its_parts(change: str, sentence: str) -> None:
    clauses = FILE.format(ends="refused at review when approved = 0")
    assert found(f"{clauses}term t: {change}") == [sentence]


def test_a_pool_tells_what_it_holds_back_and_what_is_owed_to_it() -> None:
    fund = "body hub\npool fund: money USD\n  from: USD 100 per year as 50% of kenya,"
    fund += " 50% of uganda within 5 days\n  kept by: hub\nterm t: {view} fund > USD 1"
    for view, words in [
        ("held of", "what `fund` holds back is above USD 1"),
        ("owed to", "what is still owed to `fund` is above USD 1"),
    ]:
        read = term(fund.format(view=view), "t")
        assert read.args[0].detail == view.split()[0]
        assert str(condition_words(read)) == words


# --- further kinds --------------------------------------------------------------------------------


def test_a_measure_may_be_what_a_detector_makes_of_a_series() -> None:
    accord = written(
        "measure unusual per states: number\n  from: detector farrington on series_a of cholera,"
        " weekly, by who\n  if missing: hold 7 days\n  split by: age, income"
    )
    assert accord.findings == ()
    measure = accord.typed["unusual"]
    assert isinstance(measure, Measure)
    assert measure.detector == "farrington"
    assert (measure.group, measure.split_by) == ("states", ("age", "income"))
    assert measure.series is not None
    assert measure.series.disease == "cholera"


def test_people_and_records_are_named_with_what_the_accord_says_of_them() -> None:
    accord = written(
        "body hub\npower trace\n  by: hub\n  may: read without consent\n"
        "people clinician\n  split by: geography, age\n"
        "data records\n  for: early_warning, response\n"
        "  read by: hub, all parties, clinician with licence, anyone\n"
        "  protect: encrypted at rest\n  keep: 180 days\n  smallest cell: 5\n"
        "  without consent: trace"
    )
    assert accord.findings == ()
    people, records = accord.typed["clinician"], accord.typed["records"]
    assert isinstance(people, People)
    assert people.split_by == ("geography", "age")
    assert isinstance(records, Dataset)
    assert records.purposes == ("early_warning", "response")
    readers = [(reader.who.form, reader.who.names, reader.permit) for reader in records.read_by]
    assert readers == [
        ("named", ("hub",), ""),
        ("all", (), ""),
        ("people", ("clinician",), "licence"),
        ("anyone", (), ""),
    ]
    assert (str(records.keep), records.always) == ("180 days", False)
    assert (records.smallest_cell, records.without_consent) == (5, "trace")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("keep: 180 days", ""),
        ("keep: always", ""),
        ("keep: for ever", "E103"),
        ("keep: always\n  smallest cell: 2.5", "E103"),
        ("keep: always\n  smallest cell: cases", "E103"),
        ("keep: always\n  without consent: nobody", "E202"),
    ],
)
def test_what_is_said_of_a_set_of_records_is_read(line: str, code: str) -> None:
    text = f"data records\n  for: response\n  read by: kenya\n  protect: locked\n  {line}"
    assert [one.split()[0] for one in found(text)] == ([code] if code else [])


# --- any clause -----------------------------------------------------------------------------------


def test_any_clause_may_say_what_it_was_called_before() -> None:
    accord = written("term threshold: 50\n  was: level")
    assert accord.findings == ()
    assert {clause.name: clause.was for clause in accord.clauses}["threshold"] == "level"


def test_a_field_may_carry_a_name() -> None:
    """Names may hold digits; each name has its own field, and one is given once."""
    clauses = "body hub\nprocedure r\n  opened by: hub\n  step check_2: by hub, within 1 day\n"
    clauses += (
        "  if missed check_2: start s\n  if missed: start s\nstatus s\n  lapses: after 2 days"
    )
    accord = written(clauses)
    assert accord.findings == ()
    file = next(clause for clause in accord.clauses if clause.name == "r")
    assert [field.part for field in file.parts("step")] == ["check_2"]
    assert [field.part for field in file.parts("if missed")] == ["check_2"]
    again = clauses.replace("status s", "  step check_2: by hub, within 2 days\nstatus s")
    assert found(again) == ["E201 `step check_2` is given twice"]


def test_a_field_that_must_carry_a_name_says_so() -> None:
    accord = written("body hub\nprocedure r\n  opened by: hub\n  step: by hub, within 1 day")
    assert [f"{one.code} {one.sentence}" for one in accord.findings] == [
        "E104 this procedure lacks `step`",
        "E102 a procedure has no field `step`",
    ]
    assert str(accord.findings[1].help) == "it carries a name: `step NAME: …`"
