"""A .wps is written in the same container as a .doc."""

from __future__ import annotations

from gongkai.files.inspector.doc import inspect

__all__ = ["inspect"]
