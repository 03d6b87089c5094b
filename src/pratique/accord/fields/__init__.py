# SPDX-License-Identifier: Apache-2.0
"""Readers of field values that several clause kinds share."""
