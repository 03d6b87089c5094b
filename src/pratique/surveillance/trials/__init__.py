# SPDX-License-Identifier: Apache-2.0
"""Detectors tried on outbreaks that are known, because they were put there."""
