# SPDX-License-Identifier: Apache-2.0
"""A power, row by row: the pending proposal and the ballots laid with it."""

from __future__ import annotations

import numpy as np

from pratique.accord.kinds.power import Power
from pratique.base.moment import NEVER
from pratique.engine.arrays import falses, moments
from pratique.engine.rows.uses import Uses


class PowerRows:
    """A power: the pending proposal of each row, if any, and the ballots laid with it."""

    def __init__(self, power: Power, scenarios: int, rows: int, voters: int) -> None:
        self.power = power
        self.is_open = falses(scenarios, rows)
        self.pending = falses(scenarios, rows)
        self.opened = moments(scenarios, rows, NEVER)
        self.closes = moments(scenarios, rows, NEVER)
        self.ballots = np.zeros((voters, scenarios, rows), dtype=np.int8)
        self.uses = Uses(power.at_most, scenarios, rows)
