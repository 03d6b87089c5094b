# SPDX-License-Identifier: Apache-2.0
"""Counts as the command line asks for them: read, looked at, told, and written."""
