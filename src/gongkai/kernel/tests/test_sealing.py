"""Sealed texts: only this installation's key opens them, only for their purpose, only unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel.sealing import Shut, seal, unseal


@given(st.text(max_size=200).filter(lambda text: "\ud800" not in text and text.isprintable()))
def test_sealed_text_opens_again_and_hides_its_words(text: str) -> None:
    sealed = seal(text, purpose="test")
    assert unseal(sealed, purpose="test") == text
    assert sealed != seal(text, purpose="test")
    assert len(text) < 8 or text not in sealed


@pytest.mark.parametrize(
    "sealed", ["", "JBSWY3DPEHPK3PXP", "sm4-gcm:", "sm4-gcm:AAAA", "sm4-gcm:%%", "aes:AAAA"]
)
def test_what_was_never_sealed_stays_shut(sealed: str) -> None:
    with pytest.raises(Shut):
        unseal(sealed, purpose="test")


def test_other_key_other_purpose_and_changed_sign_stay_shut(settings: Any) -> None:
    sealed = seal("JBSWY3DPEHPK3PXP", purpose="totp")
    with pytest.raises(Shut):
        unseal(sealed, purpose="other")
    for place in range(len("sm4-gcm:"), len(sealed) - 3):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(Shut):
            unseal(changed, purpose="totp")
    settings.SECRET_KEY = "another-installation"
    with pytest.raises(Shut):
        unseal(sealed, purpose="totp")
