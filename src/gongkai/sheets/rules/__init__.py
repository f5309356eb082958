"""What a table that goes out and comes back holds, and what was changed in it. Pure."""
