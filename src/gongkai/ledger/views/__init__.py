"""Pages of the ledger in the workbench."""
