# SPDX-License-Identifier: Apache-2.0
"""Response teams lent across borders: asked for, offered, signed, sent and settled on actual cost.

Serves rapid-response teams and surge; who may practise belongs to the licences.
"""
