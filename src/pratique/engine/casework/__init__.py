# SPDX-License-Identifier: Apache-2.0
"""Cases of procedures: what acts say of them, how a moment moves them, what is kept of them."""
