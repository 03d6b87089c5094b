# SPDX-License-Identifier: Apache-2.0
"""Account to the public: audit, corrective action, complaints and communities.

Serves joint audit and the public account.
"""
