"""The child that makes the public copy of a file: the same paper without what is hidden in it."""
