"""Rows of disclosure requests: the case and its applicant, its papers, the work on it."""

from gongkai.foi.models.after import Dispute, Lesson, Redaction, SealedFile
from gongkai.foi.models.annual import AnnualTables
from gongkai.foi.models.applicant import Applicant
from gongkai.foi.models.case import Case, CaseEvent, CaseSeries
from gongkai.foi.models.institutions import Appeal, AppealSettings, Institution, InstitutionDuty, Sector
from gongkai.foi.models.intake import ApplicationDraft, Deflection, UnitChannels, WrongCodes
from gongkai.foi.models.letter_settings import LetterSettings, LetterTemplate, RemedyPlaces
from gongkai.foi.models.papers import Letter, Paper
from gongkai.foi.models.topics import Topic, TopicCase
from gongkai.foi.models.training import Exercise
from gongkai.foi.models.work import (
    Consultation,
    Deliberation,
    DeliberationOpinion,
    Extension,
    Fee,
    SearchPlace,
    SearchRecord,
)

__all__ = [
    "AnnualTables",
    "Appeal",
    "AppealSettings",
    "Applicant",
    "ApplicationDraft",
    "Case",
    "CaseEvent",
    "CaseSeries",
    "Consultation",
    "Deflection",
    "Deliberation",
    "DeliberationOpinion",
    "Dispute",
    "Exercise",
    "Extension",
    "Fee",
    "Institution",
    "InstitutionDuty",
    "Lesson",
    "Letter",
    "LetterSettings",
    "LetterTemplate",
    "Paper",
    "Redaction",
    "RemedyPlaces",
    "SealedFile",
    "SearchPlace",
    "SearchRecord",
    "Sector",
    "Topic",
    "TopicCase",
    "UnitChannels",
    "WrongCodes",
]
