# SPDX-License-Identifier: Apache-2.0
"""`pratique tell`: a story beside an accord: its prose, what follows from it, what was expected."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pratique.base.text import say, say_count
from pratique.cli.speech import CannotRun, tell, told


@click.command(
    name="tell",
    help=told(
        say("Tell the stories beside an accord: what follows, day by day, and was it expected?")
    ),
)
@click.argument("accord", required=False)
@click.argument("stories", nargs=-1, metavar="[STORY]...")
@click.option(
    "--history",
    "folder",
    metavar="DIR",
    help=told(say("the folder of the history; otherwise the accord's own `history`")),
)
@click.option(
    "--all", "all_of_it", is_flag=True, help=told(say("also what comes round whatever happens"))
)
@click.option("--json", "as_json", is_flag=True, help=told(say("JSON for machines")))
def command(
    accord: str | None, stories: tuple[str, ...], folder: str | None, *, all_of_it: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Tell stories and end with 0: all came true, 1: some did not, 2: cannot run."""
    from pratique.cli.findings import findings_text
    from pratique.cli.places import accord_at
    from pratique.cli.replaying import program_of, sound_accord
    from pratique.cli.storytelling import run_stories, stories_at, story_lines, story_record

    place = accord_at(accord)
    paths = stories_at(place, stories)
    program = program_of(sound_accord(place), ())
    history = Path(folder) if folder else place.history
    records, untrue, unread = [], 0, 0
    for ran in run_stories(program, paths, history):
        if ran.told is None:
            unread += 1
            lines = ran.story.document.lines
            tell(findings_text(ran.findings, lines, str(ran.path)) + "\n", error=True)
            continue
        untrue += not ran.told.came_true
        if as_json:
            records.append(story_record(ran, program))
        else:
            for line in story_lines(ran, program, all_of_it=all_of_it):
                tell(line)
    if as_json:
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    elif untrue:
        tell(say_count("{n} story does not come true", "{n} stories do not come true", n=untrue))
    elif len(paths) > unread:
        tell(say_count("{n} story comes true", "{n} stories come true", n=len(paths) - unread))
    if unread:
        raise CannotRun(say_count("{n} story cannot be read", "{n} stories cannot be read",
                                  n=unread))  # fmt: skip
    sys.exit(1 if untrue else 0)
