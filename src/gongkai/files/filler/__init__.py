"""The child process that fills Word templates of the office; the caller's door is ``files.filling``."""
