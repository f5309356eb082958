"""Pages of the publication line for clerks."""
