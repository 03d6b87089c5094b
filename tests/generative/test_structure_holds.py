# SPDX-License-Identifier: Apache-2.0
"""What `check` says of a text's structure is never belied by what happens under random accords.

Of what it says only that is taken which says that something never comes about.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from generative.numbered import MOST_MOMENTS, example
from generative.paired import Stalled, told_by_oracle
from pratique.accord.check.structure.ballots import ballots
from pratique.accord.check.structure.overrides import overrides
from pratique.accord.check.structure.procedures import procedures
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.model import Accord
from pratique.base.finding import Finding
from pratique.base.text import Code

EXAMPLES = 120 if os.environ.get("CI") else int(os.environ.get("PRATIQUE_EXAMPLES", "120"))
EVERY_ROW = -1
AT_ENTRY = "enters into force"


@dataclass(frozen=True)
class Never:
    """A change that a finding says never comes about, in one row or in none."""

    finding: Finding
    name: str
    edges: tuple[str, ...]
    row: int = EVERY_ROW

    def is_belied_by(self, change: tuple[object, ...]) -> bool:
        """Say whether a change is one that never was to come about."""
        name, edge, row = change[:3]
        here = self.row in (EVERY_ROW, row)
        return here and name == self.name and edge in self.edges


def claims(accord: Accord) -> Iterator[Never]:
    """Iterate over what the findings on the structure of an accord say never comes about."""
    for finding in (*overrides(accord), *ballots(accord), *procedures(accord)):
        fields = finding.sentence.fields
        match finding.code:
            case "W607":
                yield Never(finding, _name(fields["clause"]), ("used", "raised", "opened"))
            case "E508" if AT_ENTRY not in finding.sentence.template:
                yield _never_carried(finding, accord)
            case "W510":
                yield from _of_a_procedure(finding, accord)


def _name(code: object) -> str:
    assert isinstance(code, Code)
    return code.text


def _never_carried(finding: Finding, accord: Accord) -> Never:
    # Some are never carried about one Party only, as the witness says.
    witness = finding.witness
    about = witness.fields.get("party") if witness is not None else None
    row = accord.scope.party_index(_name(about), finding.span) if about else EVERY_ROW
    return Never(finding, _name(finding.sentence.fields["power"]), ("used",), row)


def _of_a_procedure(finding: Finding, accord: Accord) -> Iterator[Never]:
    fields = finding.sentence.fields
    procedure = next(one for one in accord.of_kind(Procedure) if _has(one, finding))
    steps = [step.name for step in procedure.steps]
    match sorted(fields):
        case ["steps"]:
            for step in _names(fields["steps"]):
                yield Never(finding, f"{procedure.name}.{step}", ("done", "missed"))
        case ["end", "step"]:
            end = _name(fields["end"])
            alike = [one for one in procedure.ends if one.name == end]
            if len(alike) == 1 and end not in steps:
                yield Never(finding, f"{procedure.name}.{end}", ("done",))
        case ["step"] if "stays" in finding.sentence.template:
            step = _name(fields["step"])
            yield Never(finding, f"{procedure.name}.{step}", ("done",))


def _names(codes: object) -> list[str]:
    assert isinstance(codes, list)
    return [_name(code) for code in codes]


def _has(procedure: Procedure, finding: Finding) -> bool:
    return any(part.span == finding.span for part in (*procedure.steps, *procedure.ends))


RICH_IN = {
    "procedures": (("procedures",), 2 * EXAMPLES, {"W510"}),
    "votes": (("votes", "precedence"), 2 * EXAMPLES, {"W607", "E508"}),
}
"""Features of the accords that are drawn, how many are, and what is found there."""


@pytest.mark.parametrize("rich_in", RICH_IN)
def test_what_is_said_never_to_come_about_does_not(rich_in: str) -> None:
    features, examples, codes = RICH_IN[rich_in]
    claimed: set[str] = set()
    followed = 0
    for number in range(examples):
        drawn = example(number, features)
        if drawn is None or not (said := list(claims(drawn[1].accord))):
            continue
        text, program, happening = drawn
        try:
            changes = told_by_oracle(program, happening, most=MOST_MOMENTS).changes
        except Stalled:
            continue
        followed += len(said)
        claimed |= {one.finding.code for one in said}
        happened = [line for lines in changes.values() for line in lines]
        for one in said:
            belied = [line for line in happened if one.is_belied_by(line)]
            assert belied == [], f"{number}: {one.finding.code} {one.finding.sentence} in\n{text}"
    assert claimed == codes or EXAMPLES < 120
    assert followed > EXAMPLES // 15
