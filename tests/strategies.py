"""Hypothesis strategies for filings: anything that the model allows, in text that XML can hold.

The strategies are made from the model itself, so that no field can be forgotten; the tables give the fields whose text
has a form. Text has its white space collapsed, as every reader leaves it.
"""

import datetime
from functools import cache
from typing import Any, get_args

from hypothesis import strategies as st

from extractor.form.elements import FieldElement, elements_of
from extractor.form.places import PLACES, SOLICITATION_STATES, name_of
from extractor.model import Filing, Record

NASTY = (
    *("None", "Nonesuch Capital", "Indefinite", "X", "[X] Director", "true", "0", "N/A", "-", "'", '"Q" & <Sons>'),
    *("]]>", "&amp;", "<!-- no -->", "<?xml version='1.0'?>", "Ålesund Größe 株式会社 \N{ROCKET}", "e\u0301 \u200b"),
    *("Clarification of Response (if Necessary):", "12. Sales Compensation", "$1,000 USD", "{}", "=1+1", "\\$5"),
)
"""Texts that look like something else."""

FOUND = (
    "Alder Creek Robotics, Inc.",
    "c/o Quayside Services Ltd.",
    "Suite 400",
    "Managing Member of the GP",
    "O'Hara-Vance",
)

CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")


def texts() -> st.SearchStrategy[str]:
    """Return texts as a filer may write them, from plain to nasty."""
    free = st.text(CHARACTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
    return st.sampled_from(FOUND) | st.sampled_from(NASTY) | free


def digits(least: int, most: int) -> st.SearchStrategy[str]:
    """Return strings of digits."""
    return st.text("0123456789", min_size=least, max_size=most)


BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "schema_version": st.sampled_from(("X0101", "X0201", "X0301", "X0603", "X0706", "X0707", "X0708", "X0808")),
    "cik": digits(10, 10),
    "ccc": st.text("abcdefgh$#@!1234", min_size=8, max_size=8),
    "zip_code": st.sampled_from(("12345", "12345-6789", "KY1-1104", "V6C 2X8", "0108")),
    "issuer_phone_number": st.sampled_from(("212-555-0100", "(801) 555-0677", "+44 20 7946 0000", "3125550152")),
    "jurisdiction_of_inc": st.sampled_from(tuple(PLACES.values())) | st.sampled_from(tuple(PLACES)),
    "state_or_country": st.sampled_from(tuple(PLACES)),
    "state": st.sampled_from(sorted(SOLICITATION_STATES)),
    "state_or_country_description": st.sampled_from(tuple(PLACES.values())),
    "description": st.sampled_from(tuple(PLACES.values())),
    "previous_accession_number": st.just("0001968399-23-000002"),
    "recipient_crd_number": st.just("None") | digits(1, 9),
    "associated_bd_crd_number": st.just("None") | digits(1, 9),
}

BY_KIND: dict[str, st.SearchStrategy[Any]] = {
    "text": texts(),
    "amount": st.just(0) | st.integers(0, 999_999_999_999),
    "indefinite": st.just("Indefinite") | st.integers(0, 999_999_999_999),
    "year": st.integers(1900, 2999),
    "date": st.dates(datetime.date(1933, 1, 1), datetime.date(2100, 1, 1)),
    "boolean": st.booleans(),
    "presence": st.booleans(),
}


@cache
def records(part: type[Record]) -> st.SearchStrategy[Any]:
    """Return parts of a filing of one class, with any of their fields unknown."""
    return st.fixed_dictionaries({element.name: _values(part, element) for element in elements_of(part)}).map(
        lambda told: part(**told)
    )


def _values(part: type[Record], element: FieldElement) -> st.SearchStrategy[Any]:
    """Return values of one field, its default among them."""
    default = part.model_fields[element.name].get_default(call_default_factory=True)
    if element.record is not None:
        inner = records(element.record)
    elif element.kind == "choice":
        inner = st.sampled_from(_choices(part.model_fields[element.name].annotation))
    else:
        inner = BY_NAME[element.name] if element.name in BY_NAME else BY_KIND[element.kind]
    if element.many:
        inner = st.lists(inner, max_size=3).map(tuple)
    return st.just(default) | inner


def _choices(annotation: object) -> tuple[str, ...]:
    """Return the literal values within an annotation."""
    inner = [value for argument in get_args(annotation) for value in _choices(argument)]
    return tuple(inner) if inner else (annotation,) if isinstance(annotation, str) else ()


def filings() -> st.SearchStrategy[Filing]:
    """Return filings, any that the model allows: from one of which nothing is known to one that is full."""
    return records(Filing)


def as_read(part: Record, *, complete: bool | None = None) -> Record:
    """Return what EDGAR's XML can say of a part: the law that writing it and reading it again keeps.

    Lost are an unknown mark of presence beside which the part itself is known (it is False), lists with nothing in
    them but for the box None, and parts that say nothing. Added are the names of places, without a schema version.
    """
    if complete is None:
        complete = getattr(part, "schema_version", "") is None
    told: dict[str, Any] = {}
    for element in elements_of(type(part)):
        value = getattr(part, element.name)
        code = {"state_or_country_description": "state_or_country", "description": "state"}.get(element.name)
        if element.kind == "presence":
            value = value is True
        elif element.many:
            entries = [_kept(entry, complete) if element.record else entry for entry in value or ()]
            value = tuple(entry for entry in entries if entry is not None)
            if not value and not (element.name.endswith("previous_names") and getattr(part, element.name) == ()):
                value = type(part).model_fields[element.name].default
        elif element.record is not None:
            value = value and _kept(value, complete)
            if value is None:
                value = type(part).model_fields[element.name].default
        elif value is None and code and complete:
            value = name_of(getattr(part, code) or "")
        told[element.name] = value
    return type(part)(**told)


def _kept(part: Record, complete: bool) -> Record | None:
    """Return what the XML says of a part inside another; None if it says nothing."""
    blank = type(part)()
    read = as_read(part, complete=complete)
    return None if part == blank or read == blank else read
