# SPDX-License-Identifier: Apache-2.0
"""The logic of a text by cells: what `check` asks for. Nothing is solved, all is tried."""

from __future__ import annotations

from pratique.accord.check import Reasoned
from pratique.accord.program import Program
from pratique.engine.cells.applies import Tried, single_conditions
from pratique.engine.cells.opposites import pairs


def reason(program: Program) -> Reasoned:
    """Return what trying a program's conditions in every kind of situation gave."""
    tried = Tried()
    findings = [*single_conditions(program, tried), *pairs(program, tried)]
    unproven = tuple(dict.fromkeys(tried.not_proven))
    return Reasoned(tuple(findings), tried.conditions, tried.cells, unproven)
