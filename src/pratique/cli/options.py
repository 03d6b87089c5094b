# SPDX-License-Identifier: Apache-2.0
"""What several commands ask alike."""

from __future__ import annotations

import click

from pratique.base.text import say
from pratique.cli.speech import told

history = click.option(
    "--history",
    "folder",
    metavar="DIR",
    help=told(say("the folder of the history; otherwise the accord's own `history`")),
)
conduct = click.option(
    "--conduct",
    default="deadline",
    show_default=True,
    help=told(say("how offices behave: deadline, prompt, silent, or a .toml file")),
)
