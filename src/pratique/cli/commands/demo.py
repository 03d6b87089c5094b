# SPDX-License-Identifier: Apache-2.0
"""`pratique demo`: the main job on what came with Pratique, on one screen."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pratique.base.text import Code, Sentence, say
from pratique.cli.speech import CannotRun, tell, told

if TYPE_CHECKING:
    from pratique.accord.check import Checked
    from pratique.cli.replaying import Answer
    from pratique.rehearsal.beside import Beside
    from pratique.rehearsal.replay import Replay

ACCORD = "mano-river"
_LEFT, _RIGHT = 53, 62


@click.command(
    name="demo",
    help=told(
        say("See it work: an accord checked and replayed over the Ebola epidemic of 2014-2016.")
    ),
)
@click.option(
    "--out",
    default="pratique-report",
    show_default=True,
    metavar="DIR",
    help=told(say("where the report and the journal go")),
)
def command(out: str) -> None:
    """Check and replay the shipped accord, verify the journal, and say so in at most 20 lines."""
    from pratique.accord.check import check
    from pratique.cli.methods import methods
    from pratique.cli.places import accord_at
    from pratique.cli.replaying import Question, replayed, write_outcome
    from pratique.engine.cells.reasoning import reason
    from pratique.register.verify import verify
    from pratique.rehearsal.trial import try_cases

    place = accord_at(ACCORD)
    begun = time.perf_counter()
    checked = check(place.source, trial=try_cases, cells=reason, methods=methods())
    if checked.stops:
        raise CannotRun(
            say(
                "the shipped accord does not pass its check: run {command}",
                command=Code(f"pratique check {ACCORD}"),
            )
        )
    for line in _opening(checked, time.perf_counter() - begun):
        tell(line)
    answer = replayed(Question(place, place.history))
    for row in _replayed(answer):
        tell(row)
    written = write_outcome(answer, Path(out))
    verdict = verify(
        written.journal, expect_count=len(answer.replay.entries), expect_root=answer.replay.seal
    )
    if not verdict.ok:
        raise CannotRun(verdict.sentence)
    tell(
        say(
            "It worked: journal verified, {entries} entries, seal {seal}…,"
            " the same on every machine.",
            entries=verdict.entries,
            seal=verdict.root[:16],
        )
    )
    tell(say("Report: {path}", path=str(written.report)))
    tell(
        say(
            "Next: {first} and {second}",
            first=Code(f"pratique explain lower_tier {ACCORD}"),
            second=Code(f"pratique replay {ACCORD} --without early_action"),
        )
    )


def _opening(checked: Checked, seconds: float) -> list[Sentence]:
    from pratique.accord.kinds.case import Case

    return [
        say("{accord}: an illustration, written for this software", accord=checked.accord.title),
        say(
            "Checked in {seconds} s: {clauses} clauses, {cases} worked cases,"
            " nothing stops adoption",
            seconds=round(seconds, 1),
            clauses=len(checked.accord.clauses),
            cases=len(checked.accord.of_kind(Case)),
        ),
    ]


def _replayed(answer: Answer) -> Iterator[Sentence | str]:
    from pratique.base.moment import date_of
    from pratique.rehearsal.beside import beside_history

    replay, clock = answer.replay, answer.replay.program.clock
    yield say(
        "Replayed in {seconds} s over {figures} figures, as WHO published them"
        " from {first} to {last}",
        seconds=round(answer.seconds, 1),
        figures=len(replay.history.publications),
        first=date_of(clock.day(replay.history.publications[0].known)),
        last=date_of(clock.day(replay.until)),
    )
    yield ""
    yield _columns(told(say("The accord would have owed")), told(say("In history")))
    for one in beside_history(replay):
        yield _row(replay, one)
    yield ""
    yield say(
        "Undetermined for want of figures: {share} % of all conditions' time;"
        " the report says which and why",
        share=round(100 * replay.share_undetermined()),
    )
    yield say(
        "The curve is what happened; this shows what would have been owed and when,"
        " not what it would have prevented."
    )


def _row(replay: Replay, one: Beside) -> str:
    from pratique.base.moment import iso_day
    from pratique.rehearsal.chronicle import amount_words

    what = replay.program.accord.label(one.clause)
    if one.pool:
        amount = amount_words(replay.program, one.pool, one.committed)
        what = told(say("{what}: {amount}", what=what, amount=amount))
    event = told(say("nothing of the kind later on record"))
    if one.event is not None:
        event = f"{iso_day(one.event.day)} {one.event.words}"
    if one.at_latest:
        what = told(say("{what} (at the latest)", what=what))
    return _columns(f"{iso_day(one.day)} {what}", event)


def _columns(left: str, right: str) -> str:
    shown = textwrap.shorten(left, _LEFT, placeholder="…")
    return f"{shown:<{_LEFT}} | {textwrap.shorten(right, _RIGHT, placeholder=' …')}"
