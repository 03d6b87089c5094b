# SPDX-License-Identifier: Apache-2.0
"""`pratique nowcast`: what the last periods will come to once all has been reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pratique.base.text import say
from pratique.cli.counts import options
from pratique.cli.speech import tell, told


@click.command(
    name="nowcast",
    help=told(say("Estimate what the last periods will come to once all has been reported.")),
)
@options.counts_file
@click.option(
    "--longest",
    type=click.IntRange(min=1),
    metavar="N",
    help=told(say("the longest delay in periods; otherwise the longest seen")),
)
@click.option(
    "--window",
    type=click.IntRange(min=1),
    metavar="N",
    help=told(say("delays are taken from the last so many periods; otherwise from all")),
)
@options.level
@options.as_of
@options.indicator
@options.seed
@options.as_csv
@options.as_json
def command(path: Path, *, as_csv: bool, as_json: bool, **asked: Any) -> None:
    """Print the periods that are still open; CSV and JSON have all."""
    from pratique.cli.counts.delays import Delays, nowcasts
    from pratique.cli.counts.reading import counts_at
    from pratique.cli.counts.sheet import layout_asked, print_sheet
    from pratique.cli.counts.telling import filled, width

    layout = layout_asked(as_csv, as_json)
    counts = counts_at(path, indicator=asked["indicator"], as_of=asked["as_of"])
    delays = Delays(asked["longest"], asked["window"], asked["level"], asked["seed"])
    sheet, longest = nowcasts(counts, delays)
    beside: dict[str, object] = {
        "method": "Lawless 1994; Höhle and an der Heiden 2014; McGough et al. 2020",
        "longest_delay_periods": longest,
        "level": delays.level,
        "seed": delays.seed,
        "files": list(counts.names),
        "as_known_on": asked["as_of"],
    }
    print_sheet(sheet, layout, beside=beside)
    if layout == "text":
        limits = say(
            "Estimates presume that delays stay as they were: up to {longest} periods. They foresee"
            " no change in how cases are reported, and no new outbreak.",
            longest=longest,
        )
        tell(filled(limits, width()))
