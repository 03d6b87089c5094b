# SPDX-License-Identifier: Apache-2.0
"""Words every part needs: moment, duration, money, finding, text. Imports nothing of ours."""
