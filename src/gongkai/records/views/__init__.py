"""Clerks' pages of typed records."""
