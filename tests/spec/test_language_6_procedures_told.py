# SPDX-License-Identifier: Apache-2.0
"""The language, chapter 6, continued: permits, worked cases, faults."""

from __future__ import annotations

import pytest

from pratique.accord.kinds import kinds
from pratique.accord.model import read_accord
from pratique.base.moment import day_from_iso
from pratique.engine.casework.permits import permitted
from spec.small_accord import Register, accord
from spec.small_procedures import (
    REQUEST,
    comes_true,
    opened,
    step,
    wrong,
)

# --- permits --------------------------------------------------------------------------------------

LICENCE = """
body regulator
status recognition
  lapses: after 10 days
  winds down: 5 days
power recognise
  by: regulator
  may: start recognition
procedure licence
  opened by: any party
  asks: applicant: person
  step decide: by regulator, within 30 days, gives granted: one of yes_it_is, no_it_is_not
  ends: refused at decide when granted = no_it_is_not; agreed at decide
  grants: licensed to applicant in that party while recognition for 60 days at agreed
  revoked by: regulator
case told
  given: regulator uses recognise on day 1
         licence opened by aldova on day 2 with applicant = "Dr A"
         decide of licence done on day 3 with granted = yes_it_is
         licence opened by brenia on 2026-01-04 with applicant = "Dr B"
         decide of licence done by regulator on day 5 with granted = no_it_is_not
         regulator uses recognise on day 20
         regulator uses recognise on day 60
  expect: "Dr A" permitted licensed in aldova on day 3
          "Dr A" permitted licensed on 2026-01-15
"""


def test_a_permit_holds_in_its_party_while_its_status_does_and_until_it_runs_out() -> None:
    assert wrong(LICENCE) == []
    for never in (
        '"Dr A" permitted licensed in brenia never',
        '"Dr B" permitted licensed never',
        "refused of licence done at aldova never",
    ):
        assert wrong(f"{LICENCE}          {never}\n") == []
    for not_then in (
        # Recognition lapsed with day 11 and wound down with day 17; on day 20 it came back.
        '"Dr A" permitted licensed in aldova on day 18',
        '"Dr A" permitted licensed in aldova on day 2',
        # The 60 days are over.
        '"Dr A" permitted licensed in aldova on day 64',
    ):
        assert len(wrong(f"{LICENCE}          {not_then}\n")) == 1, not_then
    for then in (17, 21, 63):
        assert (
            wrong(f'{LICENCE}          "Dr A" permitted licensed in aldova on day {then}\n') == []
        )


def test_a_permit_says_why_and_can_be_taken_back() -> None:
    register = Register(LICENCE.partition("case told")[0].replace(" while recognition", ""))
    register.at("2026-01-02T09:00:00Z", opened(procedure="licence", applicant="Dr A"))
    register.at("2026-01-03T09:00:00Z", step("licence.decide", by="regulator", granted="yes_it_is"))
    answer = permitted(register.standing, "licensed", "Dr A", where="aldova")
    assert answer
    assert str(answer.why) == "`Dr A` is permitted `licensed` from 3 January 2026 to 4 March 2026"
    abroad = permitted(register.standing, "licensed", "Dr A", where="brenia")
    assert str(abroad.why) == "`Dr A` is permitted `licensed` in `aldova` alone"
    register.at("2026-01-09T09:00:00Z", step("licence.revoke", by="regulator", case=1))
    answer = permitted(register.standing, "licensed", "Dr A", where="aldova")
    assert not answer
    assert "was taken back on 9 January 2026" in str(answer.why)
    before = day_from_iso("2026-01-08") * 86_400
    assert permitted(register.standing, "licensed", "Dr A", where="aldova", at=before)
    assert not permitted(register.standing, "licensed", "Dr C")


# --- worked cases ---------------------------------------------------------------------------------


def test_a_worked_case_tells_of_openings_and_steps() -> None:
    comes_true(
        REQUEST,
        """
  given: request opened by aldova on day 2 with quantity = 40, needed_by = 2026-02-01
         review of request done by hub on day 3 with approved = 30
         release of request done on day 4
  expect: request opened at aldova on day 2
          review of request done at aldova on 2026-01-03
          receive of request owed by aldova on day 5
          receive of request missed by aldova on day 12
          refused of request done at aldova never
""",
    )


def test_a_worked_case_that_tells_what_cannot_be_done_is_found() -> None:
    case = (
        "case told\n  given: request opened by aldova on day 2 with quantity = 40\n"
        "         release of request done on day 4\n"
        "  expect: request opened at aldova on day 2\n"
    )
    found = wrong(f"{REQUEST}{case}")
    assert found == [
        "E904 case `told`: what it tells cannot be done: no case of `request` stands at `release`",
    ]


# --- what is wrong with a text --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "refused at review",
            "refused at reviewing",
            "E202 this procedure has no step or end `rev",
        ),
        ("of release", "of sending", "E202 `sending` is not defined"),
        ("when approved = 0", "when approval = 0", "E202 `approval` is not defined"),
        ("gives received", "gives approved", "E201 `approved` is recorded twice"),
        ("step receive", "step review", "E201 `step review` is given twice"),
        ("  ends:", "  if missed sending: leave\n  ends:", "E202 this procedure has no step"),
        ("  ends:", "  at gone: leave\n  ends:", "E202 this procedure has no step or end `gone`"),
        ("opened by: any party", "opened by: hub", "E406 `that party` names no party here"),
        ("gives received", "many, gives received", ""),
        (
            "when approved = 0",
            "when approved = 0 for 2 days",
            "E400 what a case records has no past",
        ),
        (
            "by that party, within 7 days of release",
            "by that party, many",
            "E104 `receive` gathers",
        ),
    ],
)
def test_what_is_wrong_is_found(old: str, new: str, finding: str) -> None:
    assert REQUEST.count(old) >= 1
    found = wrong(REQUEST.replace(old, new))
    assert any(one.startswith(finding) for one in found) if finding else found == []


def test_it_reads_back_in_plain_words() -> None:
    typed = read_accord(accord(REQUEST)).typed["request"]
    reading = [str(sentence) for sentence in kinds()["procedure"].reading(typed)]
    assert reading[:4] == [
        "A case is opened by any Party.",
        "Whoever opens it states: `quantity` (a count) and `needed_by` (a date).",
        "Step 1, `review`: by `hub`.",
        "It is due within 2 days.",
    ]
    assert reading[-1] == "After `review`, if `approved` is equal to 0, the case ends: `refused`."
