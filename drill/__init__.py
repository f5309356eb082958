"""Drills: kill -9 at random moments, power cuts replayed from a trace of what reached the disk."""
