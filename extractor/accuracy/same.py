"""When two answers are the same: each kind's own way to take the writing out of a value."""

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType

import regex

from extractor.accuracy.fields import Field
from extractor.form.places import code_of
from extractor.model import Record

Key = str | int | bool | datetime.date | tuple[str, ...]
"""A value without its writing: equal keys are the same answer."""

_EXTENSION = regex.compile(r"[a-z][a-z. ]*+", regex.IGNORECASE)
_NOT_DIGIT = regex.compile(r"[^0-9x]++")
_NOT_ALPHANUMERIC = regex.compile(r"[\W_]++")
_SETS = frozenset({"related_person_relationships", "federal_exemptions_exclusions"})


def value_of(field: Field, entry: Record) -> object:
    """What an entry says in a field, as it stands; None for nothing (an open box of its own says nothing)."""
    value = _at(entry, field.steps)
    if field.also:
        value = tuple(dict.fromkeys((*_texts(value), *_texts(_at(entry, field.also)))))
    return None if value in (None, (), "") or (value is False and field.tick) else value


def exactly(field: Field, value: object) -> object:
    """The value for comparing character by character; the boxes of a group have no order."""
    return tuple(sorted(_texts(value))) if field.steps[-1] in _SETS else value


def key(field: Field, value: object) -> Key:
    """A value without its writing: white space collapsed, places as codes, numbers by their digits, lists sorted.

    >>> from extractor.accuracy.fields import whole
    >>> by_path = {field.path: field for field in whole().all_fields()}
    >>> key(by_path["primary_issuer.issuer_phone_number"], "(650) 285-4270 ext. 3")
    '6502854270x3'
    >>> key(by_path["primary_issuer.jurisdiction_of_inc"], "Delaware")
    'DE'
    >>> key(by_path["primary_issuer.entity_name"], "Acme  LLC"), key(by_path["minimum_investment_accepted"], 0)
    ('Acme LLC', 0)
    """
    if isinstance(value, tuple):
        return tuple(sorted(_collapsed(text) for text in _texts(value)))
    if not isinstance(value, str):
        assert isinstance(value, (bool, int, datetime.date))
        return value
    return _KEYS.get(field.question or field.kind, _KEYS.get(field.kind, _collapsed))(value)


def written(value: object) -> str | None:
    """A value as a reader of the report sees it: true and false for boxes, lists with semicolons; None for nothing.

    >>> written(True), written(("Director", "Promoter")), written(0), written(None)
    ('true', 'Director; Promoter', '0', None)
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(_texts(value)) if isinstance(value, tuple) else str(value)


def _at(entry: Record, steps: tuple[str, ...]) -> object:
    value: object = entry
    for step in steps:
        if value is None:
            return None
        value = getattr(value, step)
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _phone(text: str) -> str:
    """The digits, with x before those of an extension."""
    return _NOT_DIGIT.sub("", _EXTENSION.sub("x", text))


def _number(text: str) -> str:
    """A CIK or CRD number without leading zeros; "None" stays a word."""
    return text.strip().lstrip("0") or "0"


def _zip(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", text).casefold()


def _place(text: str) -> str:
    """The code of a place; for what is none, or may be two, the words without regard to case."""
    return code_of(text) or _collapsed(text).casefold()


_KEYS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"phone": _phone, "cik": _number, "crd": _number, "zip": _zip, "place": _place, "states": _place}
)
"""By the form's kind of question, or the field's kind."""
