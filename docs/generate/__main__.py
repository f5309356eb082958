"""Write every generated page."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="gongkai-docs-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")

import django  # noqa: E402 -- the environment comes first

django.setup()

from docs.generate import ROOT  # noqa: E402 -- after setup
from docs.generate.pages import PAGES  # noqa: E402 -- after setup

for name, page in PAGES.items():
    (ROOT / name).write_text(page())
    print(name)
