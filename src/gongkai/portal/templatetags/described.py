"""The block of data in the head of a public page (schema.org)."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal.context import Page
from gongkai.portal.structured import structured

register = template.Library()


@register.simple_tag
def described(page: Any, site: Any) -> SafeString:
    """The page for machines; nothing where there is nothing to say, or where a station draws a page of its own."""
    text = structured(page, site) if isinstance(page, Page) else ""
    return mark_safe(f'<script type="application/ld+json">{text}</script>') if text else mark_safe("")
