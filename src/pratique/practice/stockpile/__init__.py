# SPDX-License-Identifier: Apache-2.0
"""Stockpiles held together: who gets how much of what is there when more is asked than there is.

Serves the sharing of doses, kits and money that is short; when to ask stays in the text.
"""
