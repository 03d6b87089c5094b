# SPDX-License-Identifier: Apache-2.0
"""Two drafts side by side, in words: what each would have done, then clauses, then paragraphs.

What differs is found elsewhere (`rehearsal.drafts`, `accord.comparison`); here it is told.
"""

from __future__ import annotations
