# SPDX-License-Identifier: Apache-2.0
"""Surveillance between parties: early notice, routine reports, signals, and how fast each was.

Serves detection and notification: from the signal through the rating of its risk and the decision
instrument of the IHR to the review of timeliness. What a detector computes is no part of it.
"""
