# SPDX-License-Identifier: Apache-2.0
"""Surveillance between parties: early notice, routine reports, signals, and how fast each was.

Serves detection and notification; what a detector computes is no part of it.
"""
