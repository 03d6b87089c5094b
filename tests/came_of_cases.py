# SPDX-License-Identifier: Apache-2.0
"""All that came of worked cases, as plain values: for comparing those run alone and together."""

from __future__ import annotations

from typing import Any

from pratique.rehearsal.trial import findings_of
from pratique.rehearsal.trials.run import Run


def came_of(run: Run) -> dict[str, Any]:
    """Return what was seen of each expectation, all that happened and why, and all findings."""
    return {
        "case": run.case.name,
        "seen": [
            (expected.text, seen.first, sorted(seen.days.items()), str(seen.witness()))
            for expected, seen in run.seen.items()
        ],
        "happenings": [repr(one) for one in run.happenings],
        "findings": [repr(one) for one in findings_of(run)],
    }
