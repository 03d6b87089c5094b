# SPDX-License-Identifier: Apache-2.0
"""`pratique score`: detectors tried on outbreaks that are known, because they were put in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pratique.base.text import say
from pratique.cli.counts import options
from pratique.cli.speech import tell, told


@click.command(
    name="score",
    help=told(
        say(
            "Try detectors on outbreaks put into counts: what is found, how soon, at what"
            " price in false alarms."
        )
    ),
)
@click.argument(
    "path",
    metavar="[FILE]",
    required=False,
    type=click.Path(path_type=Path),
)
@click.option(
    "--detector",
    "names",
    multiple=True,
    metavar="NAME",
    help=told(say("a detector to try; otherwise all that can run as they are; may be repeated")),
)
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="CONTROL=VALUE",
    help=told(say("a control of those detectors that have it, such as alpha=0.01")),
)
@click.option(
    "--last",
    default=104,
    show_default=True,
    type=click.IntRange(min=2),
    metavar="N",
    help=told(say("outbreaks begin within the last so many periods")),
)
@click.option(
    "--outbreaks",
    default=1,
    show_default=True,
    type=click.IntRange(min=1),
    metavar="N",
    help=told(say("outbreaks put into each series")),
)
@click.option(
    "--size",
    default=5.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    metavar="K",
    help=told(say("cases of an outbreak, in standard deviations of its series")),
)
@options.indicator
@options.seed
@options.as_csv
@options.as_json
def command(path: Path | None, *, as_csv: bool, as_json: bool, **asked: Any) -> None:
    """Print a row for each detector."""
    from pratique.cli.counts.reading import AT_ONCE, counts_at
    from pratique.cli.counts.sheet import layout_asked, print_sheet
    from pratique.cli.counts.telling import filled, width
    from pratique.cli.counts.trials import Trial, ground, tried

    layout, indicator = layout_asked(as_csv, as_json), asked.pop("indicator")
    counts = counts_at(path, indicator=indicator, as_of=None) if path is not None else None
    trial = Trial(**asked)
    found = ground(counts, trial.seed)
    beside: dict[str, object] = {
        "method": "Noufaily et al. 2013, doi:10.1002/sim.5595",
        "series": len(found.counts),
        "files": list(counts.names) if counts is not None else None,
        "last": trial.last,
        "outbreaks": trial.outbreaks,
        "size": trial.size,
        "seed": trial.seed,
    }
    print_sheet(tried(found, trial), layout, beside=beside)
    if layout == "text":
        limits = say(
            "In 2: found within two periods. Delay: the median, in periods. False a year: false"
            " alarms a year in one series. Outbreaks were put into {n} series; counts of the source"
            " are taken to hold none of their own, so real ones there count as false alarms.",
            n=len(found.counts),
        )
        tell(filled(limits, width()))
        if counts is not None and len(found.counts) >= AT_ONCE:
            tell(filled(say("Only the first {n} series were taken.", n=AT_ONCE), width()))
