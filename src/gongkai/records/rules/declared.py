"""What a record type is, once its schema file was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PageKind(StrEnum):
    """How readers see the rows."""

    LIST = "list"
    STAGES = "stages"
    CHAIN = "chain"
    LOOKUP = "lookup"
    VACANCIES = "vacancies"


class Mask(StrEnum):
    """What of a personal number or name stays readable."""

    NONE = ""
    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    NAME = "name"
    HIDDEN = "hidden"


class Link(StrEnum):
    """Where the words of a field lead: a published document of this site, or another row of the type."""

    NONE = ""
    DOCUMENT = "document"
    ROW = "row"


class Office(StrEnum):
    """What of an institution a field holds, so that it stands in public although a person's would not."""

    NONE = ""
    PHONE = "phone"
    ADDRESS = "address"


class After(StrEnum):
    """What happens when the public period is over: the row leaves, or stays without what is personal."""

    LEAVE = "leave"
    STAY = "stay"


@dataclass(frozen=True)
class Field:
    """One column of the type. ``many``: several values with 、 between them."""

    name: str
    label: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    mask: Mask = Mask.NONE
    longest: int = 500
    personal: bool = False
    link: Link = Link.NONE
    office: Office = Office.NONE
    many: bool = False
    note: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether the field is of a person: masked, or said to be; it goes when the public period is over."""
        return self.personal or bool(self.mask)


@dataclass(frozen=True)
class Due:
    """A step is due a period of the rule table after the day of a field."""

    after: str
    rule: str


@dataclass(frozen=True)
class Step:
    """A stage of a project or a link of a chain: done when its date is filled."""

    name: str
    title: str
    fields: tuple[str, ...]
    done: str
    due: Due | None = None
    optional: bool = False


@dataclass(frozen=True)
class RecordType:
    """A declared type: what its rows hold, how long they are public, how they are shown."""

    code: str
    title: str
    page: PageKind
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    description: str = ""
    item: str = ""
    basis: str = ""
    within_rule: str = ""
    within_working_days: int | None = None
    formed: str = ""
    public_days: int | None = None
    ends_with: str = ""
    after: After = After.LEAVE
    anonymise_days: int = 0
    title_field: str = ""
    date_field: str = ""
    facets: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    approvals: int = 1
    stale_days: int | None = None
    item_page: bool = False

    def field(self, name: str) -> Field:
        """The field of that name; KeyError when the type has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def is_personal(self) -> bool:
        """Whether rows tell of persons: then readers look up, page by page, and nobody harvests."""
        return any(field.is_personal for field in self.fields)

    @property
    def is_guarded(self) -> bool:
        """A look-up of persons: no row of it stands in the tree, every look is counted."""
        return self.page is PageKind.LOOKUP and self.is_personal

    @property
    def ends(self) -> bool:
        return bool(self.public_days or self.ends_with)
