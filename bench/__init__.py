"""Measurements: each writes docs/bench/<name>.json with every raw run; the table is made from these files.

Ratios are taken within one run on one machine, peers in turn; figures of different runs are not compared.
"""
