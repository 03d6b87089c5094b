# SPDX-License-Identifier: Apache-2.0
"""How a series beats: by days, or by weeks of ISO 8601 or of the MMWR."""

from __future__ import annotations

from typing import Literal

Rhythm = Literal["daily", "iso_week", "mmwr_week"]
DAYS: dict[Rhythm, int] = {"daily": 1, "iso_week": 7, "mmwr_week": 7}
