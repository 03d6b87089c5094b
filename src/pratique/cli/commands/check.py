# SPDX-License-Identifier: Apache-2.0
"""`pratique check`: every finding of a draft in one pass, its worked cases run."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import click

from pratique.base.text import Code, Sentence, say, say_count
from pratique.cli.speech import language, tell, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pratique.accord.check import Checked
    from pratique.cli.storytelling import Ran


@click.command(
    name="check",
    help=told(say("Check a draft: what is unclear, contradictory or untrue to its own words.")),
)
@click.argument("accord", required=False)
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    help=told(say("text for people, JSON for machines")),
)
@click.option(
    "--strict", is_flag=True, help=told(say("warnings that nobody has accepted also fail"))
)
def command(accord: str | None, layout: str, *, strict: bool) -> None:
    """Check the accord and end with 0: no E, 1: some E (or W with `--strict`), 2: cannot run."""
    from pratique.accord.check import check
    from pratique.cli.findings import finding_record, findings_text
    from pratique.cli.methods import methods
    from pratique.cli.places import accord_at
    from pratique.cli.storytelling import Trial
    from pratique.engine.cells.reasoning import reason

    place = accord_at(accord)
    trial = Trial(place)
    begun = time.perf_counter()
    checked = check(
        place.source,
        trial=trial.cases,
        cells=reason,
        methods=methods(),
        translations=place.translations(),
        reviews=place.reviews(),
    )
    stories = trial.stories(checked)
    seconds = time.perf_counter() - begun
    if layout == "json":
        record = {
            "accord": checked.accord.title,
            "document": str(place.document),
            "language": language(),
            "findings": [finding_record(finding) for finding in checked.findings],
            "logic": _logic_record(checked),
            "stories": [
                {"document": str(one.path), "findings": [finding_record(f) for f in one.findings]}
                for one in stories
            ],
        }
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        lines = checked.accord.document.lines
        if checked.findings:
            tell(findings_text(checked.findings, lines, str(place.document)) + "\n")
        for one in stories:
            if one.findings:
                tell(findings_text(one.findings, one.story.document.lines, str(one.path)) + "\n")
        for sentence in _summary(checked, seconds, stories):
            tell(sentence)
    stops = checked.stops or any(one.stops for one in stories)
    sys.exit(1 if stops or (strict and checked.warnings) else 0)


def _logic_record(checked: Checked) -> dict[str, object] | None:
    reasoned = checked.reasoned
    if reasoned is None:
        return None
    return {
        "conditions": reasoned.conditions,
        "situations": reasoned.cells,
        "not_proven": list(reasoned.not_proven),
    }


def _logic(checked: Checked) -> Iterator[Sentence]:
    reasoned = checked.reasoned
    if reasoned is None:
        return
    yield say_count(
        "logic: {n} condition, tried in {situations} kinds of situation",
        "logic: {n} conditions, tried in {situations} kinds of situation",
        n=reasoned.conditions,
        situations=reasoned.cells,
    )
    if reasoned.not_proven:
        names = [Code(name) for name in reasoned.not_proven]
        yield say("not proven whether these can apply: {clauses}", clauses=names)


def _summary(checked: Checked, seconds: float, stories: list[Ran]) -> list[Sentence]:
    from pratique.accord.kinds.case import Case

    cases = len(checked.accord.of_kind(Case))
    paragraphs = sum(1 for _ in checked.accord.document.paragraphs())
    stops = len(checked.stops) + sum(len(one.stops) for one in stories)
    return [
        say(
            "{accord}: checked in {seconds} s; clauses: {clauses}, paragraphs: {paragraphs}",
            accord=checked.accord.title,
            clauses=len(checked.accord.clauses),
            paragraphs=paragraphs,
            seconds=round(seconds, 1),
        ),
        *_logic(checked),
        say_count("{n} worked case", "{n} worked cases", n=cases),
        *([say_count("{n} story", "{n} stories", n=len(stories))] if stories else []),
        say_count("{n} finding stops adoption", "{n} findings stop adoption", n=stops),
        say_count("{n} warning is open", "{n} warnings are open", n=len(checked.warnings)),
        say_count(
            "{n} warning is accepted, with its reason",
            "{n} warnings are accepted, each with its reason",
            n=len(checked.accepted),
        ),
    ]
