"""The two lines on one page: which station hears which event, in which order.

Reading this page is reading the process. Nothing else subscribes to anything.
"""

from __future__ import annotations

from gongkai.kernel.outbox import Stop

PUBLICATION_LINE: tuple[Stop, ...] = ()
OVERSIGHT: tuple[Stop, ...] = ()

LINES = PUBLICATION_LINE + OVERSIGHT
