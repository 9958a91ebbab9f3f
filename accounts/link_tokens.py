"""The secret part of an address that is handed to some: whoever holds it may come in."""

import secrets

TOKEN_BYTES = 9  # 72 bits in 12 signs: typed from paper or sent in one SMS, met by nobody who tries


def new_link_token() -> str:
    """Return a token of twelve signs, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)
