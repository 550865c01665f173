"""An extraction as JSON, and the JSON Schema of that; docs/output.md describes the layout."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import get_type_hints

from pydantic import JsonValue, TypeAdapter
from pydantic_core import PydanticSerializationError

from extractor.extract import Extraction

ORDER = ("name", "format", "facts", "filing", "boxes", "findings", "problems", "leftovers")
"""The keys of the object in the order they are written: what it is, what it says, how that was known."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def to_json(extraction: Extraction) -> str:
    """The extraction as one JSON object: indented, letters as they are, dates as ISO 8601, amounts as integers."""
    return json.dumps(to_object(extraction), ensure_ascii=False, indent=2)


def to_object(extraction: Extraction) -> dict[str, JsonValue]:
    """The extraction as plain JSON values, all keys always there, in a fixed order."""
    plain = replace(extraction, boxes=dict(extraction.boxes), facts=dict(extraction.facts))
    dumped = _adapter().dump_python(plain, mode="json")
    return {key: dumped[key] for key in ORDER}


def to_line(extraction: Extraction) -> str:
    """The same object as `to_json`, on one line and without white space between its parts."""
    values = {"boxes": dict(extraction.boxes), "facts": dict(extraction.facts)}
    try:
        parts = ((key, _part(key).dump_json(values.get(key, getattr(extraction, key))).decode()) for key in ORDER)
        return "{" + ",".join(f'"{key}":{value}' for key, value in parts) + "}"
    except PydanticSerializationError:  # half a surrogate pair, which only an escape can write
        return json.dumps(to_object(extraction), separators=(",", ":"))


def from_json(text: str | bytes) -> Extraction:
    """The extraction that `to_json` wrote; pydantic's ValidationError, a ValueError, when the text is none."""
    return _adapter().validate_json(text)


def to_array(objects: Iterable[str]) -> Iterator[str]:
    r"""The pieces of one JSON array of the given JSON objects, each written as soon as it is there.

    >>> print("".join(to_array(['{\n  "name": "a"\n}', "{}"])))
    [
      {
        "name": "a"
      },
      {}
    ]
    >>> print("".join(to_array([])))
    []
    """
    start = "[\n  "
    for text in objects:
        # A line feed within a JSON string is escaped, so every one seen here is layout.
        yield start + text.replace("\n", "\n  ")
        start = ",\n  "
    yield "[]" if start == "[\n  " else "\n]"


def schema() -> dict[str, JsonValue]:
    """The JSON Schema of what `to_json` and `to_array` write: one object, or an array of such objects."""
    whole: dict[str, JsonValue] = _adapter().json_schema(mode="serialization")
    definitions = whole.pop("$defs")
    assert isinstance(definitions, dict)
    extraction = {**whole, "properties": _ordered(whole["properties"]), "required": list[JsonValue](ORDER)}
    reference: JsonValue = {"$ref": "#/$defs/Extraction"}
    return {
        "$schema": DIALECT,
        "title": "Output of formd extract",
        "anyOf": [reference, {"type": "array", "items": reference}],
        "$defs": {"Extraction": {**extraction, "additionalProperties": False}, **definitions},
    }


def _ordered(properties: JsonValue) -> JsonValue:
    assert isinstance(properties, dict)
    return {key: properties[key] for key in ORDER}


@cache
def _part(key: str) -> TypeAdapter[object]:
    return TypeAdapter(get_type_hints(Extraction)[key])


@cache
def _adapter() -> TypeAdapter[Extraction]:
    assert set(ORDER) == {field.name for field in fields(Extraction)}
    return TypeAdapter(Extraction)
