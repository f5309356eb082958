"""Secrets that must be stored but not readable in the database or a backup: sealed with SM4-GCM.

The key is derived from the installation's own secret under ``DATA_DIR/secrets``, which no backup holds. Who
restores on another machine brings that folder along, or what is sealed stays shut.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ALGORITHM = "sm4-gcm"  # GB/T 32907, GB/T 17964; stands before each sealed text so that it can be changed
NONCE, TAG = 12, 16


class Shut(Exception):  # noqa: N818 -- reads as what it is
    """A sealed text that this installation's key does not open, or that was changed."""


def seal(text: str, *, purpose: str) -> str:
    """The text sealed for one purpose; the same text is sealed differently each time."""
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.SM4(_key(purpose)), modes.GCM(nonce)).encryptor()
    sealed = encryptor.update(text.encode()) + encryptor.finalize()
    return f"{ALGORITHM}:{urlsafe_b64encode(nonce + encryptor.tag + sealed).decode()}"


def unseal(sealed: str, *, purpose: str) -> str:
    """The text again; raises ``Shut`` where the key is another, or a sign was changed."""
    algorithm, _, body = sealed.partition(":")
    try:
        content = urlsafe_b64decode(body)
        nonce, tag, rest = content[:NONCE], content[NONCE : NONCE + TAG], content[NONCE + TAG :]
        if algorithm != ALGORITHM or len(tag) != TAG:
            raise Shut("not sealed by this program")
        decryptor = Cipher(algorithms.SM4(_key(purpose)), modes.GCM(nonce, tag)).decryptor()
        return (decryptor.update(rest) + decryptor.finalize()).decode()
    except (ValueError, InvalidTag):
        raise Shut("another key, or changed") from None


def _key(purpose: str) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=16, salt=None, info=f"gongkai.{purpose}".encode())
    return derived.derive(settings.SECRET_KEY.encode())
