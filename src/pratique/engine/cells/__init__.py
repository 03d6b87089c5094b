# SPDX-License-Identifier: Apache-2.0
"""Conditions tried on every kind of situation: one cell for all values that they cannot tell apart.

Conditions that compare figures with constants are constant within a cell, so that trying one value
of each is a proof. What is sampled, or not made so, is said to be not proven.
"""
