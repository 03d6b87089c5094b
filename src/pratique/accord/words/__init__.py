# SPDX-License-Identifier: Apache-2.0
"""Typed clauses in plain words, English and French; nothing here is evaluated."""
