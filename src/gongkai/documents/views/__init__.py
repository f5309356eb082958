"""Pages of documents in the workbench."""
