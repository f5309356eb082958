"""Rows that are public, for the gate's nightly sweep; the station reads them itself, column by column."""

from __future__ import annotations

from gongkai.records.queries import exposed_rows as judged

__all__ = ["judged"]
