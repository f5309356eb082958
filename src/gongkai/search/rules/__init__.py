"""How words are cut, questions read and extracts marked. Pure."""
