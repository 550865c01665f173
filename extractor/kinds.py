"""The kinds of answers that the form asks for, each with the reader of its values."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import regex

from extractor import values
from extractor.form.places import codes_of
from extractor.form.spec import Kind

_ZIP_PLUS_4 = regex.compile(r"[0-9]{5}-[0-9]{4}")

READERS: Mapping[Kind, Callable[[str], object]] = MappingProxyType(
    {
        "text": values.text,
        "cik": values.cik,
        "place": values.state_or_country,
        "zip": values.zip_code,
        "phone": values.phone,
        "year": values.year,
        "date": values.date,
        "amount": values.amount,
        "amount_or_indefinite": values.amount_or_indefinite,
        "count": values.count,
        "crd": values.crd,
        "states": values.solicitation_state,
    }
)


def fits(kind: str, text: str) -> bool:
    """Whether a text can be an answer of a kind, as far as its own form tells.

    >>> fits("amount", "$1,000 USD"), fits("place", "GEORGIA"), fits("zip", "Suite"), fits("text", "anything")
    (True, True, False, True)
    """
    if kind == "text":
        return True
    if kind == "place":
        return bool(codes_of(text))
    if kind in ("zip", "phone") and not any(char.isdigit() for char in text):
        return False
    if kind == "phone" and _ZIP_PLUS_4.fullmatch(text):
        return False
    try:
        READERS[kind](text)  # type: ignore[index]
    except values.ValueProblem:
        return False
    return True
