# SPDX-License-Identifier: Apache-2.0
"""Many regular series: whose they are, their weeks, what was known when, sums and completeness."""
