# SPDX-License-Identifier: Apache-2.0
"""A replay as one self-contained page: what would have been owed, when, and what stayed open."""

from __future__ import annotations

from pratique.rehearsal.report.page import report_html

__all__ = ["report_html"]
