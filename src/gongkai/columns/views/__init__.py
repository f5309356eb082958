"""Pages of columns and packs."""
