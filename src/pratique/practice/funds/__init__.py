# SPDX-License-Identifier: Apache-2.0
"""Funds held together: who contributes how much, and who bears a move of the exchange rates.

Serves multi-year joint funding and rapid disbursement; what a fund pays for stays in the text.
"""
