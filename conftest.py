"""Settings of the test run: its own data directory, quick password hashing."""

from __future__ import annotations

import os
import tempfile

# Set before Django reads its settings; each xdist worker gets its own.
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="gongkai-test-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")
