# SPDX-License-Identifier: Apache-2.0
"""Pooled purchase: demand named together, tendered, tested, received and paid.

Serves pooled procurement; how bids are compared stays with the buyer.
"""
