# SPDX-License-Identifier: Apache-2.0
"""From counts to what a `from: detector …` measure says: the same live, in replay and in rehearsal.

Counts as known at a moment in, signals with their reasons out. Whoever publishes them (the desk, a
replay, an imagined world) makes acts or arrays of them; nothing here does.
"""
