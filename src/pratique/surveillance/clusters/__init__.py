# SPDX-License-Identifier: Apache-2.0
"""Places that rise together: neighbours, and the space-time scan."""
