# SPDX-License-Identifier: Apache-2.0
"""The oracle: a slow, obvious reading of `docs/explanation/one-moment.md`. Never shipped."""
