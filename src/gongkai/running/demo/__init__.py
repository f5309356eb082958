"""The demo district: a fictional 滨海区 with the shape of a real one. Every name in it is invented."""
