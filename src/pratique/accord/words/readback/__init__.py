# SPDX-License-Identifier: Apache-2.0
"""Whole accords read back: each clause in words, with what the other clauses do to it."""
