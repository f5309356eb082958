"""Rules of sending: quiet hours, repeats, addresses, and the words of a digest. Pure; house rules, no article."""
