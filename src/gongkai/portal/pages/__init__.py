"""Fills the pages of ``context`` from the stations; ``projection`` puts them into the tree."""
