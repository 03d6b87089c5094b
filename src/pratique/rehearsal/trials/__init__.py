# SPDX-License-Identifier: Apache-2.0
"""Worked cases being run: what is expected and seen, one case, several side by side."""
