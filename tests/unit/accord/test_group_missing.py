# SPDX-License-Identifier: Apache-2.0
"""A figure of a group that there is not: said once, where it stands, and read no further."""

from __future__ import annotations

from pratique.accord.check import check
from spec.small_accord import accord

CLAUSES = """
measure water per north: count in 0..6
  from: acts
  if missing: unknown
rule help
  when: water of aldova > 1
  then: start need
status need
"""


def test_a_figure_of_a_missing_group_is_said_to_be_so() -> None:
    assert [finding.code for finding in check(accord(CLAUSES)).stops] == ["E202"]
