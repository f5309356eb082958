"""Pages of the standard catalogue."""
