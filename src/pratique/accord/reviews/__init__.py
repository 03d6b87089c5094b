# SPDX-License-Identifier: Apache-2.0
"""Review stamps: who confirmed, of which words and clauses, that the two say the same.

They stand beside the accord in `reviews.toml`; nothing here opens a file.
"""
