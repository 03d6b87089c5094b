# SPDX-License-Identifier: Apache-2.0
"""Acts and time in, standing out: one array program for history, imagination and the present.

Knows the accord's program and the register's acts; no chance, no files, no machine clock.
"""
