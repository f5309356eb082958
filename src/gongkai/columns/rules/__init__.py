"""Pure rules of columns: what one must say of itself, packs that travel, who owns by a word of the office."""
