"""The child that looks for what is hidden in a file."""
