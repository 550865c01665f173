"""The editions of the form: item 6's codes, their labels, and which edition prints them.

Rule 506 was divided, and Section 4(6) had become 4(a)(5), when the edition of September 23, 2013 came (schema X0707);
Rule 505 ended on May 22, 2017 (schema X0708). The codes are those of the schema's FEDERAL_EXEMPTION_LIST.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

from extractor.model import FederalExemption, Filing

EditionName = Literal["now", "2013", "before"]


@dataclass(frozen=True, slots=True)
class Exemption:
    """A box of item 6. code: the XML's. label: the form's. editions: those that print it."""

    code: FederalExemption
    label: str
    editions: tuple[EditionName, ...] = ("now", "2013", "before")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the form. schema, day: the first schema version and the first day of filings in it."""

    name: EditionName
    schema: str
    day: datetime.date


EXEMPTIONS = (
    Exemption("04", "Rule 504(b)(1) (not (i), (ii) or (iii))"),
    Exemption("04.1", "Rule 504 (b)(1)(i)"),
    Exemption("04.2", "Rule 504 (b)(1)(ii)"),
    Exemption("04.3", "Rule 504 (b)(1)(iii)"),
    Exemption("05", "Rule 505", ("2013", "before")),
    Exemption("06", "Rule 506", ("before",)),
    Exemption("06b", "Rule 506(b)", ("now", "2013")),
    Exemption("06c", "Rule 506(c)", ("now", "2013")),
    Exemption("46", "Securities Act Section 4(6)", ("before",)),
    Exemption("4a5", "Securities Act Section 4(a)(5)", ("now", "2013")),
)
"""The left column, from top to bottom."""

SECTION_3C = (
    Exemption("3C", "Investment Company Act Section 3(c)"),
    Exemption("3C.1", "Section 3(c)(1)"),
    Exemption("3C.9", "Section 3(c)(9)"),
    Exemption("3C.2", "Section 3(c)(2)"),
    Exemption("3C.10", "Section 3(c)(10)"),
    Exemption("3C.3", "Section 3(c)(3)"),
    Exemption("3C.11", "Section 3(c)(11)"),
    Exemption("3C.4", "Section 3(c)(4)"),
    Exemption("3C.12", "Section 3(c)(12)"),
    Exemption("3C.5", "Section 3(c)(5)"),
    Exemption("3C.13", "Section 3(c)(13)"),
    Exemption("3C.6", "Section 3(c)(6)"),
    Exemption("3C.14", "Section 3(c)(14)"),
    Exemption("3C.7", "Section 3(c)(7)"),
)
"""The right column, row by row: two boxes a row, below their common head; there is no Section 3(c)(8)."""

EDITIONS = (
    Edition("now", "X0708", datetime.date(2017, 5, 22)),
    Edition("2013", "X0707", datetime.date(2013, 9, 23)),
    Edition("before", "", datetime.date.min),
)
"""The editions, newest first."""


def exemptions_of(edition: EditionName) -> tuple[Exemption, ...]:
    """Return the boxes of item 6 in one edition, in the form's order.

    >>> [box.code for box in exemptions_of("before")][:7]
    ['04', '04.1', '04.2', '04.3', '05', '06', '46']
    """
    return tuple(box for box in (*EXEMPTIONS, *SECTION_3C) if edition in box.editions)


def edition_of(filing: Filing) -> EditionName:
    """Return the edition that a filing was made on.

    The codes it claims come first, for only an edition that prints them can be it; among those, the schema version
    decides, without one the last signature's day; else it is the newest. A filing whose codes no edition has together
    is judged by the rest.

    >>> edition_of(Filing(federal_exemptions_exclusions=("06", "3C.7"))), edition_of(Filing(schema_version="X0707"))
    ('before', '2013')
    """
    claimed = set(filing.federal_exemptions_exclusions or ())
    fitting = [edition for edition in EDITIONS if claimed <= {box.code for box in exemptions_of(edition.name)}]
    candidates = fitting or list(EDITIONS)
    days = [signed.signature_date for signed in filing.signature_block.signatures if signed.signature_date]
    if filing.schema_version:
        told = next(edition for edition in EDITIONS if filing.schema_version >= edition.schema)
    elif days:
        told = next(edition for edition in EDITIONS if max(days) >= edition.day)
    else:
        told = candidates[0]
    return told.name if told in candidates else candidates[0].name
