# SPDX-License-Identifier: Apache-2.0
"""The parts of one moment, in the order that the program fixes: what each clause does in it."""

from __future__ import annotations

from collections.abc import Callable

from pratique.engine.parts.duties import run_duty
from pratique.engine.parts.powers import run_closing, run_confirming, run_opening
from pratique.engine.parts.progress import Progress
from pratique.engine.parts.rules import run_missed, run_rule
from pratique.engine.parts.statuses import run_status

RUN: dict[str, Callable[[Progress, str], None]] = {
    "missed": run_missed,
    "closing": run_closing,
    "confirming": run_confirming,
    "rule": run_rule,
    "duty": run_duty,
    "opening": run_opening,
    "status": run_status,
}
