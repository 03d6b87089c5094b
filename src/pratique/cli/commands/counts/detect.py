# SPDX-License-Identifier: Apache-2.0
"""`pratique detect`: a detector over counts; signals worst first, with reasons, and a page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pratique.base.text import say
from pratique.cli.speech import CannotRun, tell, told

OUT = "pratique-report"
INTERRUPTED = 130


@click.command(
    name="detect",
    help=told(say("Look for signals in counts: where they exceed what was to be expected.")),
)
@click.argument("path", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option(
    "--detector",
    "name",
    metavar="NAME",
    help=told(
        say("the method; otherwise farrington_flexible if the counts are long enough, else ears_c1")
    ),
)
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="CONTROL=VALUE",
    help=told(say("a control of the detector, such as alpha=0.01; may be repeated")),
)
@click.option(
    "--as-of",
    metavar="DATE",
    help=told(say("as known at the end of that day, such as 2014-12-31; otherwise at the last")),
)
@click.option(
    "--last",
    type=click.IntRange(min=1),
    metavar="N",
    help=told(say("look at the last so many periods; otherwise at the last one")),
)
@click.option(
    "--all", "every", is_flag=True, help=told(say("look at every period with enough history"))
)
@click.option(
    "--indicator",
    default="cases",
    show_default=True,
    help=told(say("what the figures count, where the table does not say")),
)
@click.option(
    "--weekly",
    is_flag=True,
    help=told(say("add days up to weeks first; of a week with days missing, what is known")),
)
@click.option(
    "--places",
    metavar="FILE",
    help=told(say("a table of places (name, lon, lat, population), for the map")),
)
@click.option(
    "--mute",
    default=7,
    show_default=True,
    type=click.IntRange(min=0),
    metavar="DAYS",
    help=told(say("days after a signal in which its series raises no other")),
)
@click.option(
    "--least",
    default=0,
    type=click.IntRange(min=0),
    metavar="N",
    help=told(say("counts below this raise no signal")),
)
@click.option(
    "--budget",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="SHARE",
    help=told(say("of all signals at most this share may be false, such as 0.05")),
)
@click.option(
    "--scan",
    is_flag=True,
    help=told(say("look for clusters of places that last until now; needs `--places`")),
)
@click.option(
    "--borders",
    metavar="FILE",
    help=told(say("a table of pairs of neighbours, to be told when they rise together")),
)
@click.option(
    "--within",
    default=21,
    show_default=True,
    type=click.IntRange(min=0),
    metavar="DAYS",
    help=told(say("neighbours rise together if their signals are so many days apart")),
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help=told(say("so many threads; otherwise one for each core")),
)
@click.option(
    "--dask", metavar="ADDRESS", help=told(say("run on an existing Dask cluster at this address"))
)
@click.option(
    "--out",
    default=OUT,
    show_default=True,
    metavar="DIR",
    help=told(say("where the page and the tables go")),
)
@click.option("--csv", "as_csv", is_flag=True, help=told(say("print the signals as CSV")))
@click.option("--json", "as_json", is_flag=True, help=told(say("print the signals as JSON")))
def command(**asked: Any) -> None:
    """Look, tell, write; end with 0, 2: cannot run, 130: interrupted."""
    from pratique.cli.counts.detecting import Asked, detected, lines, written_lines
    from pratique.cli.counts.looking import Interrupted
    from pratique.cli.counts.writing import as_json, found_record, signals_csv

    layout, folder = _layout(asked), Path(asked.pop("out"))
    try:
        answer = detected(Asked(**asked), folder)
    except Interrupted as stop:
        tell(
            say("interrupted: {n} series had been looked at; nothing was written", n=stop.looked),
            error=True,
        )
        sys.exit(INTERRUPTED)
    match layout:
        case "csv":
            click.echo(signals_csv(answer.found, answer.question.counts.rhythm), nl=False)
        case "json":
            click.echo(as_json(found_record(answer.question, answer.found, answer.page.together)))
        case _:
            for line in lines(answer):
                tell(line)
    for line in written_lines(answer):
        tell(line, error=layout != "text")


def _layout(asked: dict[str, Any]) -> str:
    as_csv, as_json = asked.pop("as_csv"), asked.pop("as_json")
    if as_csv and as_json:
        raise CannotRun(say("choose one of `--csv` and `--json`"))
    return "csv" if as_csv else "json" if as_json else "text"
