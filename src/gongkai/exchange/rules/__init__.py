"""What a package may say, and what it says."""
