# SPDX-License-Identifier: Apache-2.0
"""Two drafts compared, for the command line: in lines, in a table, as plain values."""
