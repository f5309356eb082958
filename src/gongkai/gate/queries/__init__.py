"""Everything that the gate reads."""

from gongkai.gate.queries.alike import alike
from gongkai.gate.queries.checking import Checked, check, check_file
from gongkai.gate.queries.files import VERSION, file_checks, findings_of, run_of, written
from gongkai.gate.queries.known import known
from gongkai.gate.queries.lists import leaders, lists, waiting_words, words
from gongkai.gate.queries.live import LiveText, sources, texts
from gongkai.gate.queries.masking import MASKABLE, Masking, masked_copy
from gongkai.gate.queries.swept import live_findings, open_under, owed, sweep_of, sweeps
from gongkai.gate.rules import form, personal, place, sketch
from gongkai.gate.rules.finding import Finding, Known, Level, Passage
from gongkai.gate.rules.pages import mended, passages_of
from gongkai.gate.rules.wording import Lists

__all__ = [
    "MASKABLE",
    "VERSION",
    "Checked",
    "Finding",
    "Known",
    "Level",
    "Lists",
    "LiveText",
    "Masking",
    "Passage",
    "alike",
    "check",
    "check_file",
    "file_checks",
    "findings_of",
    "form",
    "known",
    "leaders",
    "lists",
    "live_findings",
    "masked_copy",
    "mended",
    "open_under",
    "owed",
    "passages_of",
    "personal",
    "place",
    "sketch",
    "run_of",
    "sources",
    "sweep_of",
    "sweeps",
    "texts",
    "waiting_words",
    "words",
    "written",
]
