# SPDX-License-Identifier: Apache-2.0
"""`pratique replay`: an accord over history; what would have been owed, met, missed, paid, when."""

from __future__ import annotations

from pathlib import Path

import click

from pratique.base.text import Code, say, say_count
from pratique.cli import options
from pratique.cli.speech import tell, told

REPORTS = "pratique-report"


@click.command(
    name="replay",
    help=told(say("Replay an accord over history: what would have been owed, and when.")),
)
@click.argument("accord", required=False)
@options.history
@click.option(
    "--until",
    metavar="DATE",
    help=told(say("the last day, such as 2014-12-31; otherwise the last figure's")),
)
@options.conduct
@click.option(
    "--without",
    multiple=True,
    metavar="CLAUSE",
    help=told(say("leave out a rule, duty or power, and show what hangs on it; may be repeated")),
)
@click.option(
    "--out",
    default=REPORTS,
    show_default=True,
    metavar="DIR",
    help=told(say("where the report and the journal go")),
)
def command(
    *,
    accord: str | None,
    folder: str | None,
    until: str | None,
    conduct: str,
    without: tuple[str, ...],
    out: str,
) -> None:
    """Replay, print what came of it, and write the report and the journal."""
    from pratique.cli.places import accord_at
    from pratique.cli.replaying import Question, chronicle, replayed, write_outcome

    place = accord_at(accord)
    question = Question(place, Path(folder) if folder else place.history, until, conduct, without)
    answer = replayed(question)
    for line in chronicle(answer):
        tell(line)
    written = write_outcome(answer, Path(out))
    tell()
    tell(
        say(
            "The curve is what happened. This shows what the accord would have owed and when,"
            " not what it would have prevented. Its thresholds were written afterwards."
        )
    )
    tell(
        say_count(
            "{n} moment run in {seconds} s",
            "{n} moments run in {seconds} s",
            n=answer.replay.moments,
            seconds=round(answer.seconds, 1),
        )
    )
    tell(
        say(
            "undetermined: {share} % of all conditions' time; the report says why",
            share=round(100 * answer.replay.share_undetermined()),
        )
    )
    tell(
        say(
            "journal: {path}, {entries} entries, seal {seal}",
            path=str(written.journal),
            entries=len(answer.replay.entries),
            seal=Code(answer.replay.seal),
        )
    )
    tell(say("report: {path}", path=str(written.report)))
