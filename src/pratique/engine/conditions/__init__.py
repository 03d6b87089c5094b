# SPDX-License-Identifier: Apache-2.0
"""Conditions on arrays: figures by day spoken of, windows, what time needs remembered, terms."""
