# SPDX-License-Identifier: Apache-2.0
"""`pratique rt`: how many each case infects, and how fast counts double, series by series."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pratique.base.text import say
from pratique.cli.counts import options
from pratique.cli.speech import tell, told


@click.command(
    name="rt",
    help=told(
        say("Estimate how many each case infects (Cori and others, 2013), and doubling times.")
    ),
)
@options.counts_file
@click.option(
    "--mean-si",
    required=True,
    type=click.FloatRange(min=0, min_open=True),
    metavar="DAYS",
    help=told(
        say("mean days from a case to those whom it infects; the disease's own, with source")
    ),
)
@click.option(
    "--std-si",
    required=True,
    type=click.FloatRange(min=0, min_open=True),
    metavar="DAYS",
    help=told(say("their standard deviation")),
)
@click.option(
    "--window",
    type=click.IntRange(min=2),
    metavar="N",
    help=told(say("periods taken together; otherwise 7 days or 4 weeks")),
)
@options.level
@options.as_of
@options.indicator
@options.as_csv
@options.as_json
def command(path: Path, *, as_csv: bool, as_json: bool, **asked: Any) -> None:
    """Print the last window of each series; CSV and JSON have all."""
    from pratique.cli.counts.reading import counts_at
    from pratique.cli.counts.sheet import layout_asked, print_sheet
    from pratique.cli.counts.telling import filled, width
    from pratique.cli.counts.transmission import Interval, estimates

    layout = layout_asked(as_csv, as_json)
    counts = counts_at(path, indicator=asked["indicator"], as_of=asked["as_of"])
    window = asked["window"] or (7 if counts.rhythm == "daily" else 4)
    interval = Interval(asked["mean_si"], asked["std_si"], window, asked["level"])
    beside: dict[str, object] = {
        "method": "Cori et al. 2013, doi:10.1093/aje/kwt133",
        "mean_si_days": interval.mean,
        "std_si_days": interval.std,
        "window": interval.window,
        "level": interval.level,
        "files": list(counts.names),
        "as_known_on": asked["as_of"],
    }
    print_sheet(estimates(counts, interval), layout, beside=beside)
    if layout == "text":
        limits = say(
            "R: how many each case infects, were nothing to change; above 1 an outbreak grows."
            " It presumes that reporting is complete: what is still to be reported makes the last"
            " windows too low (`pratique nowcast`). A negative doubling time is a halving time."
        )
        tell(filled(limits, width()))
