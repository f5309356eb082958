"""Pages of the gate that are not about one document: the lists, and what is wrong on pages that are public."""
