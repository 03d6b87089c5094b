# SPDX-License-Identifier: Apache-2.0
"""What agreements are about: one package a field of practice, none importing another."""
