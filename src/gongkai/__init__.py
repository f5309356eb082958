"""公开 Gongkai: open government affairs for a Chinese district."""

__version__ = "0.1.0"
