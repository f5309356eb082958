"""Pages of whoever handles a case."""
