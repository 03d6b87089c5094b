# SPDX-License-Identifier: Apache-2.0
"""Numbers in, signals out: series, detectors, nowcast, reproduction number, scoring.

Pure arrays; it knows no accord. `detect` raises alarms over many series at once and `reproduction`
estimates the reproduction number; what a signal means in law is none of its business.
"""

from __future__ import annotations

from pratique.surveillance.detection import Detection, detect
from pratique.surveillance.estimates.cori import reproduction

__all__ = ["Detection", "detect", "reproduction"]
