"""Random names that a person can read aloud."""

from __future__ import annotations

import secrets

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what a citizen copies from paper must not be read as another sign.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def code(*, groups: int, length: int = 4) -> str:
    """A random code in groups, each sign worth 4.5 bits: ``code(groups=5)`` has 90 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(length)) for _ in range(groups))
