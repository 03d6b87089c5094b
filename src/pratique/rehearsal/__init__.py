# SPDX-License-Identifier: Apache-2.0
"""The engine over time that is not now: history (replay); later, imagined outbreaks (rehearsal)."""
