"""Pure rules of upkeep: how fresh a column is, whether a matter has records."""
