# SPDX-License-Identifier: Apache-2.0
"""Compiled loops over numbers: fixed code, cached, imported inside the functions that need it.

Each is a plain Python function too (`.py_func`), which is the oracle of its tests.
"""
