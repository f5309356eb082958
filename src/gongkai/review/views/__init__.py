"""Pages of reviewers, of agencies that are asked, and of a signature."""
