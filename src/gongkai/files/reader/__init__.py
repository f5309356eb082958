"""Reads untrusted files. Runs ONLY as a child process: ``python -m gongkai.files.reader VERB PATH NAME``."""
