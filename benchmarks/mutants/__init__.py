# SPDX-License-Identifier: Apache-2.0
"""Single faults made in clean accords, and how many of them `check` finds.

A fault is a slip of the pen that changes what an accord means, in one place, made from where its
clauses stand. Twelve families of them; the table of each is recall and precision. The faults that
are written by hand, one for each code, are in `tests/spec/mutants`.
"""
