# SPDX-License-Identifier: Apache-2.0
"""Pools at the end of a moment: what falls due to them, what they give, how it is divided."""
