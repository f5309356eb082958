"""A year of invented requests in a training installation, by the same actions that clerks use."""

from gongkai.running.simulating.year import simulate

__all__ = ["simulate"]
