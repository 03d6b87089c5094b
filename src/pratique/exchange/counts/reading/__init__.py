# SPDX-License-Identifier: Apache-2.0
"""One row of a source by its mapping: whose count it is, of which period, known when, how many."""
