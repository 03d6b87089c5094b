# SPDX-License-Identifier: Apache-2.0
"""Random accords and happenings: the engine against the oracle, and what must always hold."""
