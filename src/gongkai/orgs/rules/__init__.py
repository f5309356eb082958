"""Rules of the office about names and about who stands in for whom. Pure."""
