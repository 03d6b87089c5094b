# SPDX-License-Identifier: Apache-2.0
"""Counts from elsewhere: messy files in, one tidy table out, and a report that loses no row.

A mapping file says what a source's columns and words mean; nothing is guessed in silence.
"""
