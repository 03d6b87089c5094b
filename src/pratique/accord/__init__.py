# SPDX-License-Identifier: Apache-2.0
"""The accord language as a pipeline: document, read, expression, types, compile, check.

Knows the text only: no acts, no standing, no outbreak.
"""
