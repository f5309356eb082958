"""Pages of results, letters, answers and their templates."""
