"""The application that the server runs: addresses made plain, then the tree of pages, then Django."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 -- the settings come first

application = get_wsgi_application()
if find_spec("gongkai.portal.front"):
    application = import_module("gongkai.portal.front").wrap(application)

from django.conf import settings  # noqa: E402 -- after the application

from gongkai.running.front import with_plain_addresses  # noqa: E402 -- after the application

application = with_plain_addresses(application, frozenset(settings.TRUSTED_PROXIES))
