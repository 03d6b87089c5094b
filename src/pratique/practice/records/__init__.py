# SPDX-License-Identifier: Apache-2.0
"""Health records and data sets: purpose, readers, protection, erasure, and what follows a breach.

Serves records across borders and data governance.
"""
