# SPDX-License-Identifier: Apache-2.0
"""The printed treaty: prose left, its clauses read back right, findings and cases in the margin.

A plain sheet is woven first; how it looks, on a screen or on paper, is said after that.
"""
