# SPDX-License-Identifier: Apache-2.0
"""What the commands on counts ask alike."""

from __future__ import annotations

from pathlib import Path

import click

from pratique.base.text import say
from pratique.cli.speech import told

counts_file = click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
as_of = click.option(
    "--as-of",
    metavar="DATE",
    help=told(say("as known at the end of that day, such as 2014-12-31; otherwise at the last")),
)
indicator = click.option(
    "--indicator",
    default="cases",
    show_default=True,
    help=told(say("what the figures count, where the table does not say")),
)
level = click.option(
    "--level",
    default=0.95,
    show_default=True,
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help=told(say("the share of the interval that is told")),
)
seed = click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help=told(say("where chance begins: the same number gives the same answer")),
)
as_csv = click.option("--csv", "as_csv", is_flag=True, help=told(say("print the table as CSV")))
as_json = click.option("--json", "as_json", is_flag=True, help=told(say("print the table as JSON")))
