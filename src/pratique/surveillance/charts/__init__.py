# SPDX-License-Identifier: Apache-2.0
"""What the control charts share: running over a span of times, and the mean while nothing happens.

The charts themselves are detectors; nothing is drawn here.
"""
