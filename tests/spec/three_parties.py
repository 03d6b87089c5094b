# SPDX-License-Identifier: Apache-2.0
"""An accord of two states and a donor with figures and rates of exchange, for chapters on words."""

from __future__ import annotations

from pratique.accord.kinds.term import NamedTerm
from pratique.accord.model import Accord, read_accord
from pratique.accord.terms.values import Term
from pratique.cli.methods import methods
from pratique.rehearsal.trial import try_cases

FRONT = "---\naccord: Small\ndate: 2026-01-01\nclock: UTC\ncurrency: USD\n---\n\n## Annex\n\n"
PARTIES = """
party kenya, uganda
  in: states
party fundland
  in: donors
"""
FIGURES = """
measure cases per party: count in 0..100
  from: acts
  if missing: unknown
measure gifts per donors: money USD
  from: acts
  if missing: unknown
measure fx: rate USD per EUR
  from: acts
  if missing: unknown
measure yen: rate JPY per USD
  from: acts
  if missing: unknown
"""


def written(clauses: str) -> Accord:
    """Return the accord of three parties and these clauses, which may call every method."""
    block = f"{PARTIES.strip()}\n{FIGURES.strip()}\n{clauses.strip()}"
    return read_accord(f"{FRONT}```accord\n{block}\n```\n", methods())


def found(clauses: str) -> list[str]:
    """Return what is found in the clauses: code and sentence."""
    return [f"{one.code} {one.sentence}" for one in written(clauses).findings]


def untrue(clauses: str, case: str) -> list[str]:
    """Return what a worked case expects in vain."""
    accord = written(f"{clauses.strip()}\ncase told\n{case.strip(chr(10))}")
    assert accord.findings == ()
    return [f"{one.code} {one.sentence}" for one in try_cases(accord)]


def term(clauses: str, name: str) -> Term:
    """Return what a named term stands for."""
    accord = written(clauses)
    assert accord.findings == ()
    named = accord.typed[name]
    assert isinstance(named, NamedTerm)
    return named.term
