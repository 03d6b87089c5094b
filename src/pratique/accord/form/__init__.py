# SPDX-License-Identifier: Apache-2.0
"""The canonical form of a text: its blocks of clauses laid out alike, its prose left as it is.

Order of fields, indents and spaces change; no line is joined or parted, so every clause keeps its
line. What would then be read otherwise is not written.
"""
