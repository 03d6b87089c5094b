# SPDX-License-Identifier: Apache-2.0
"""Laboratories and specimens: recognition by method and place, referral, and standing permits.

Serves shared laboratories; what becomes of results belongs to the records.
"""
