# SPDX-License-Identifier: Apache-2.0
"""Arbitration: a tribunal for what consultation has not settled, and what follows its award.

Serves the resolution of disputes; consultation itself is in the final provisions of every draft.
"""
