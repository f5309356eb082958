"""Permanent addresses of the public pages that stand at the top of the site."""

from __future__ import annotations

HOME = "/"
POLICIES = "/policies/"
OPEN = "/open/"
NOTICES = "/notices/"
APPLY = "/apply/"
PROGRESS = "/progress/"
UNITS = "/units/"
SEARCH = "/search/"
SITE_MAP = "/site-map/"
STATEMENT = "/about/"
ACCESSIBILITY = "/accessibility/"
FEEDS = "/feeds/"
NOTICE = "/notice/"
HEALTH = "/site-health/"
COLUMNS = "/columns/"
STANDARD = "/standard/"
FIND_ERRORS = "/find-errors/"
CHANGES = "/changes/"
VERIFY = "/verify/"

# The same files again under a prefix, with another small stylesheet (docs/adr: views are addresses).
LARGE = "/large"
CONTRAST = "/contrast"
VIEWS = (LARGE, CONTRAST)
VIEW_SHEET = "/view.css"
