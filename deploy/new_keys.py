#!/usr/bin/env python3
"""Print new keys for an installation, as lines of its environment file. Needs nothing but Python."""

import secrets

print(f"SECRET_KEY={secrets.token_urlsafe(50)}")
print(f"FIELD_KEYS=1:{secrets.token_hex(32)}")
print(f"INDEX_KEY={secrets.token_hex(32)}")
print(f"LEDGER_KEY={secrets.token_hex(32)}")
