# SPDX-License-Identifier: Apache-2.0
"""Pratique puts cross-border health agreements into practice: check, rehearse, run, account."""
