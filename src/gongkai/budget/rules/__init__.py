"""Budgets and final accounts: what a paper must add up to, and where a unit stands in the matrix."""
