"""What travels down the publication line: ids and decided facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OpennessDetermined:
    """The openness of a document was decided or changed."""

    document_id: int
    openness: str
    ground: str


@dataclass(frozen=True, slots=True)
class DocumentSubmitted:
    """A document was handed to its reviewers."""

    document_id: int
    unit_id: int
    round: int


@dataclass(frozen=True, slots=True)
class DocumentReturned:
    """A reviewer gave a document back to its author."""

    document_id: int
    unit_id: int
    round: int


@dataclass(frozen=True, slots=True)
class DocumentApproved:
    """A document has all its reviews and may be published."""

    document_id: int
    unit_id: int
    round: int


@dataclass(frozen=True, slots=True)
class DocumentPublished:
    """A document stands in public; ``version`` rises with every change of what the public sees."""

    publication_id: int
    document_id: int
    unit_id: int
    path: str
    version: int


@dataclass(frozen=True, slots=True)
class DocumentWithdrawn:
    """A document was taken back from the public; ``kind`` says in which of the three meanings."""

    publication_id: int
    document_id: int
    unit_id: int
    path: str
    kind: str
    version: int


@dataclass(frozen=True, slots=True)
class PublicationDueMoved:
    """The day until which a paper must be public moved, or became certain, by a holiday notice."""

    document_id: int
    unit_id: int
    before: date
    after: date
    provisional: bool
