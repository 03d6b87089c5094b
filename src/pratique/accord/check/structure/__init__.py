# SPDX-License-Identifier: Apache-2.0
"""Findings on how clauses are built upon one another: steps, overriding, powers, what is drawn."""
