# SPDX-License-Identifier: Apache-2.0
"""What is remembered of clauses between moments, as arrays over [scenario, row]."""
