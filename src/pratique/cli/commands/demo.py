# SPDX-License-Identifier: Apache-2.0
"""`pratique demo`: the main job on what came with Pratique, on one screen."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

import click

from pratique.base.text import Code, Sentence, say
from pratique.cli.speech import CannotRun, tell, told

ACCORD = "mano-river"
_LEFT, _RIGHT = 46, 62


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
    from pratique.cli.places import accord_at
    from pratique.cli.replaying import Question, replayed, write_outcome
    from pratique.register.verify import verify
    from pratique.rehearsal.trial import try_cases

    place = accord_at(ACCORD)
    begun = time.perf_counter()
    checked = check(place.source, trial=try_cases)
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
            "It worked: journal verified, {entries} entries, seal {seal}…, the same on every machine.",
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


def _opening(checked: object, seconds: float) -> list[Sentence]:
    from pratique.accord.check import Checked
    from pratique.accord.kinds.case import Case

    assert isinstance(checked, Checked)
    return [
        say("{accord}: an illustration, written for this software", accord=checked.accord.title),
        say("Checked in {seconds} s: {clauses} clauses, {cases} worked cases, nothing stops adoption",
            seconds=f"{seconds:.1f}", clauses=len(checked.accord.clauses), cases=len(checked.accord.of_kind(Case))),
    ]  # fmt: skip


def _replayed(answer: object) -> list[str]:
    from pratique.base.moment import date_of
    from pratique.cli.replaying import Answer
    from pratique.rehearsal.beside import beside_history

    assert isinstance(answer, Answer)
    replay, clock = answer.replay, answer.replay.program.clock
    rows = [
        told(
            say(
                "Replayed in {seconds} s over {figures} figures, as WHO published them from {first} to {last}",
                seconds=f"{answer.seconds:.1f}",
                figures=len(replay.history.publications),
                first=date_of(clock.day(replay.history.publications[0].known)),
                last=date_of(clock.day(replay.until)),
            )
        )
    ]
    rows += ["", _columns(told(say("The accord would have owed")), told(say("In history")))]
    rows += [_row(replay, one) for one in beside_history(replay)]
    rows += [
        "",
        told(
            say(
                "Undetermined for want of figures: {share} % of all conditions' time; the report says which and why",
                share=round(100 * replay.share_undetermined()),
            )
        ),
    ]
    rows.append(
        told(
            say(
                "The curve is what happened; this shows what would have been owed and when, not what it would have"
                " prevented."
            )
        )
    )
    return rows


def _row(replay: object, one: object) -> str:
    from pratique.base.moment import iso_day
    from pratique.rehearsal.beside import Beside
    from pratique.rehearsal.chronicle import amount_words
    from pratique.rehearsal.replay import Replay

    assert isinstance(replay, Replay)
    assert isinstance(one, Beside)
    label = replay.program.accord.label(one.clause)
    what = (
        say(
            "{what}: {amount}",
            what=label,
            amount=amount_words(replay.program, one.pool, one.committed),
        )
        if one.pool
        else say("{what}", what=label)
    )
    event = (
        f"{iso_day(one.event.day)} {one.event.words}"
        if one.event
        else told(say("nothing of the kind later on record"))
    )
    return _columns(f"{iso_day(one.day)} {told(what)}", event)


def _columns(left: str, right: str) -> str:
    return f"{textwrap.shorten(left, _LEFT, placeholder='…'):<{_LEFT}} | {textwrap.shorten(right, _RIGHT, placeholder=' …')}"
