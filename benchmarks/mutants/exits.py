# SPDX-License-Identifier: Apache-2.0
"""Steps that lose a way out, and so lead nowhere or are led to by nothing; statuses without end.

Whether a step is cut off is found here by walking the procedure as its text stands, by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.mutants.text import Clean, Family, Fault, changed, family, taken
from pratique.accord.clause import Clause

_END = re.compile(r"\s*(?:ends:)?\s*([a-z_]+) at ([a-z_]+)( when [^;]*)?;?\s*$")


@dataclass(frozen=True)
class ProcedureEnd:
    """An end of a procedure: its name (or the step it goes on to), its step, its condition."""

    name: str
    step: str
    when: str


def walked(steps: dict[str, str], ends: list[ProcedureEnd]) -> tuple[set[str], set[str]]:
    """Return the steps that nothing leads to, and those from which no case is ever closed."""
    order = list(steps)
    leads: dict[str, set[str]] = {}
    for place, step in enumerate(order):
        leads[step] = set()
        can_be_late = re.search(r"\b(within|before)\b", steps[step]) is not None
        own = [end for end in ends if end.step == step]
        late = [end for end in own if end.when == "late"]
        leads[step] |= {end.name for end in late[:1] if can_be_late}
        for end in (end for end in own if end.when != "late"):
            leads[step].add(end.name)
            if not end.when:
                break
        else:
            leads[step].add(order[place + 1] if place + 1 < len(order) else "")
    reached = _closure({order[0]}, leads)
    closing = {step for step in order if any(to not in steps for to in _closure({step}, leads))}
    return set(order) - reached, set(order) - closing


def _closure(found: set[str], leads: dict[str, set[str]]) -> set[str]:
    waiting = list(found)
    while waiting:
        new = leads.get(waiting.pop(), set()) - found
        found = found | new
        waiting += new
    return found


def _missing(clean: Clean) -> Iterator[Fault]:
    for clause in clean.clauses("procedure"):
        if "ends" in clause.fields:
            yield from _ends(clean, clause)
    yield from _statuses(clean)


def _ends(clean: Clean, clause: Clause) -> Iterator[Fault]:
    steps = {step.part: step.text.words for step in clause.parts("step")}
    words = clause.fields["ends"].text.words
    ends = [end for part in words.split(";") if (end := _end_of(part)) is not None]
    for place, end in enumerate(ends):
        line = _line_of(clean, clause, end)
        if end.when and end.when != "late":
            bare = ProcedureEnd(end.name, end.step, "")
            lost, stuck = walked(steps, [*ends[:place], bare, *ends[place + 1 :]])
            if lost | stuck:
                put = _without_condition(clean.lines[line - 1], end)
                yield changed("an end without its condition", clean, line, put, [clause.name])
        lost, stuck = walked(steps, [*ends[:place], *ends[place + 1 :]])
        fault = _without(clean, clause, end, line)
        if fault is None:
            continue
        if lost | stuck:
            yield fault
        elif not end.when and end.name not in steps and end.step != list(steps)[-1]:
            # What closed the case leads on to a step that is meant for another way.
            yield replace(fault, slip="falls through")


def _end_of(part: str) -> ProcedureEnd | None:
    match = _END.match(" ".join(part.split()))
    return (
        ProcedureEnd(match[1], match[2], (match[3] or "").removeprefix(" when ").strip())
        if match
        else None
    )


def _line_of(clean: Clean, clause: Clause, end: ProcedureEnd) -> int:
    for number in range(clause.span.line, clause.last_line + 1):
        words = clean.lines[number - 1]
        here = re.search(rf"\b{end.name} at {end.step}\b", words) and "grants" not in words
        if here and (not end.when or f"when {end.when}" in words):
            return number
    raise LookupError(end)


def _without_condition(words: str, end: ProcedureEnd) -> str:
    return words.replace(f"{end.name} at {end.step} when {end.when}", f"{end.name} at {end.step}")


def _without(clean: Clean, clause: Clause, end: ProcedureEnd, line: int) -> Fault | None:
    """Return the fault that an end is left out: its line, or its part of the line."""
    words = clean.lines[line - 1]
    whole = f"{end.name} at {end.step}" + (f" when {end.when}" if end.when else "")
    slip = "an end left out"
    rest = words.replace(f"{whole}; ", "").replace(f"; {whole}", "").replace(f"{whole};", "")
    if rest == words:
        rest = words.replace(whole, "")
    if rest.strip() in ("ends:", ""):
        following = clean.lines[line].strip()
        if rest.strip() == "ends:":
            if not _end_of(following):
                return taken(slip, clean, range(line, line + 1), [clause.name])
            return Fault(slip, clean, line, 2, (f"  ends: {following}",), (clause.name,))
        if not words.strip().endswith(";"):
            before = clean.lines[line - 2].rstrip().removesuffix(";")
            return Fault(slip, clean, line - 1, 2, (before,), (clause.name,))
        return taken(slip, clean, range(line, line + 1), [clause.name])
    return changed(slip, clean, line, rest, [clause.name])


def _statuses(clean: Clean) -> Iterator[Fault]:
    """Iterate over statuses that lose their lapse, or the one rule that ends them."""
    text = "\n".join(clean.lines)
    for clause in clean.clauses("status"):
        enders = re.findall(rf"\bend {clause.name}\b", text)
        if "while" in clause.fields or clause.name == "in_force":
            continue
        if "lapses" in clause.fields and not enders:
            line = clean.field_lines(clause, "lapses")
            yield taken("a status without its lapse", clean, line, [clause.name])
        if "lapses" not in clause.fields and len(enders) == 1:
            for rule in clean.clauses("rule"):
                lines = range(rule.span.line, rule.last_line + 1)
                if f"end {clause.name}" in rule.words("then"):
                    slip = "the rule that ends a status left out"
                    yield taken(slip, clean, lines, [clause.name])


MISSING_EXIT: Family = family(
    "missing exit", _missing, expected="W510 E503 W509", follows="W303 W203 W606"
)
