"""Near-duplicates by MinHash over five characters at a time; bands of hashes find candidates without comparing all.

Two texts of which one differs by two characters in a hundred share most bands; a sketch cannot be read back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from rensa import RMinHash

PERMUTATIONS, BANDS, SHINGLE, LEAST_CHARACTERS = 64, 16, 5, 120
ALIKE = 0.75
_WORDS = re.compile(r"[^\w\u4e00-\u9fff]+")


def sketch(text: str) -> tuple[int, ...]:
    """The signature of a text; empty where it is too short to say anything."""
    words = _WORDS.sub("", text)
    if len(words) < LEAST_CHARACTERS:
        return ()
    made = RMinHash(num_perm=PERMUTATIONS, seed=20211)
    made.update(list({words[place : place + SHINGLE] for place in range(len(words) - SHINGLE + 1)}))
    return tuple(made.digest())


def bands(signature: Sequence[int]) -> list[int]:
    """One number for each band; two texts that share one are compared."""
    rows = PERMUTATIONS // BANDS
    found = []
    for band in range(len(signature) // rows):
        part = signature[band * rows : (band + 1) * rows]
        made = hashlib.blake2b(f"{band}:{part}".encode(), digest_size=8).digest()
        found.append(int.from_bytes(made, "big") >> 1)
    return found


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """How much two texts share, from 0 to 1."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
