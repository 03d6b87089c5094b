# SPDX-License-Identifier: Apache-2.0
"""Expressions: from words to typed terms, the names that they read, and what literals are worth."""
