"""Everything that the gate writes: lists, checks of files, sketches, evidence, the nightly sweep."""

from gongkai.gate.actions.evidence import keep_run, read_files, remember
from gongkai.gate.actions.lists import (
    add_leader,
    add_shipped,
    add_words,
    end_leader,
    examine,
    retire_word,
    why_not_add_words,
    why_not_keep_lists,
)
from gongkai.gate.actions.masking import mask_file, why_not_mask_file
from gongkai.gate.actions.sweeping import settle, sweep_on

__all__ = [
    "add_leader",
    "add_shipped",
    "add_words",
    "end_leader",
    "examine",
    "keep_run",
    "mask_file",
    "read_files",
    "remember",
    "retire_word",
    "settle",
    "sweep_on",
    "why_not_add_words",
    "why_not_keep_lists",
    "why_not_mask_file",
]
