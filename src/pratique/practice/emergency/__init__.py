# SPDX-License-Identifier: Apache-2.0
"""Emergencies: who declares one, what follows from it, and how it ends.

Serves joint decisions and urgent delegated acts; every power has an opener, a limit, an end.
"""
