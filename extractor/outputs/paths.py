"""Paths of a filing's fields: which there are, which lies below which, and what value stands at one."""

import types
from collections.abc import Iterator
from functools import cache
from typing import Union, get_args, get_origin

import regex
from pydantic import BaseModel

from extractor.model import Filing

INDEX = regex.compile(r"\[\d+\]")


@cache
def field_paths() -> tuple[str, ...]:
    """The path of every field that a filing can have, with [] where it repeats, in the model's order."""
    return tuple(_paths_below(Filing, ""))


def _paths_below(record: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in record.model_fields.items():
        repeats = any(get_origin(kind) is tuple for kind in _alternatives(field.annotation))
        path = f"{prefix}{name}[]" if repeats else prefix + name
        yield path
        for below in _records(field.annotation):
            yield from _paths_below(below, path + ".")


def _alternatives(kind: object) -> tuple[object, ...]:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def _records(kind: object) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from _records(part)


def is_field(field: str) -> bool:
    """Whether a filing can have this field, or fields that begin so; an index may be left out.

    >>> [is_field(field) for field in ("related_persons[3].related_person_name", "investors", "investors[1]", "person")]
    [True, True, False, False]
    """
    wanted = INDEX.sub("[]", field.partition("=")[0])
    return any(lies_below(wanted, path) for path in field_paths())


def lies_below(field: str, path: str) -> bool:
    """Whether the path is the field or something below it; a list without index stands for each of its elements.

    >>> lies_below("related_persons", "related_persons[2].related_person_name.last_name")
    True
    >>> lies_below("related_persons[1]", "related_persons[12]"), lies_below("issuer", "issuer_size")
    (False, False)
    """
    wanted, steps = _steps(field), _steps(path)
    if len(wanted) > len(steps):
        return False
    return all(want in (step, step.partition("[")[0]) for want, step in zip(wanted, steps, strict=False))


def _steps(path: str) -> list[str]:
    """The steps of a path; the value that a box stands for is the last.

    >>> _steps("issuer_size.revenue_range=Over $1.5")
    ['issuer_size', 'revenue_range', '=Over $1.5']
    """
    field, equals, value = path.partition("=")
    return (field.split(".") if field else []) + ([equals + value] if equals else [])


def value_at(filing: Filing, path: str) -> object:
    """The value of a filing at a path, or None where the filing has none.

    >>> value_at(Filing(minimum_investment_accepted=500), "minimum_investment_accepted")
    500
    >>> value_at(Filing(), "related_persons[4].related_person_name") is None
    True
    """
    value: object = filing
    for step in path.partition("=")[0].split("."):
        name, _, index = step.rstrip("]").partition("[")
        value = getattr(value, name, None)
        if index:
            elements = value if isinstance(value, tuple) else ()
            value = elements[int(index)] if int(index) < len(elements) else None
    return value
