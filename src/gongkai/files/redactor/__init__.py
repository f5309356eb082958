"""The child process that looks at pages and blots words out of them; the caller's door is ``files.redacting``."""
