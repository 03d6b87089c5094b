# SPDX-License-Identifier: Apache-2.0
"""What is known of each public finding, one module a family, found by walking this folder."""
