# SPDX-License-Identifier: Apache-2.0
"""Two drafts compared as texts: their clauses by name, and their words paragraph by paragraph.

What either would have done is not asked here.
"""
