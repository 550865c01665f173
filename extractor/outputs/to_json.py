"""An extraction as JSON, and the JSON Schema of that; docs/output.md describes the layout."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from json.encoder import encode_basestring as quoted

from pydantic import JsonValue, TypeAdapter
from pydantic_core import PydanticSerializationError

from extractor.extract import Extraction
from extractor.finding import BoxState, Brief, Finding, Leftover, Passage, Problem
from extractor.model import Filing
from extractor.outputs.recurring import Pattern, pattern, remembered
from extractor.source import Format, record

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


@record
class _Before:
    """What is written before the findings."""

    name: str
    format: Format
    facts: dict[str, str]
    filing: Filing
    boxes: dict[str, BoxState]


@record
class _After:
    """What is written after the findings."""

    problems: tuple[Problem, ...]
    leftovers: tuple[Leftover, ...]


def to_line(extraction: Extraction) -> bytes:
    """The same object as `to_json`, on one line, in UTF-8 and without white space between its parts."""
    it = extraction
    try:
        before = _writer(_Before).dump_json(_Before(it.name, it.format, dict(it.facts), it.filing, dict(it.boxes)))
        findings = [passage for passage in map(_passage, it.passages()) if passage]
        after = _writer(_After).dump_json(_After(it.problems, it.leftovers))
        return b'%b,"findings":[%b],%b' % (before[:-1], b",".join(findings), after[1:])
    except (PydanticSerializationError, UnicodeEncodeError):  # half a surrogate pair, which only an escape can write
        return json.dumps(to_object(extraction), separators=(",", ":")).encode()


def _passage(passage: Passage) -> bytes:
    """The elements of a list; those that come again are written as before, save for the numbers of their lines."""
    if passage.briefs:
        return b",".join([*filter(None, [_elements(passage.findings)]), _briefs(passage.briefs).encode()])
    known = remembered(passage, _pattern)
    return known.at(passage.line) if known else _elements(tuple(passage.made()))


def _pattern(findings: tuple[Finding, ...]) -> Pattern:
    return pattern(findings, lambda finding: _elements((finding,)), b",")


def _elements(findings: tuple[Finding, ...]) -> bytes:
    return _list().dump_json(findings)[1:-1]


def _briefs(briefs: Sequence[Brief]) -> str:
    """The elements of findings in brief, as they are written in full; there are so many that each is one text."""
    return ",".join(
        [
            f'{{"path":{quoted(path)},"raw":{quoted(raw)},'
            f'"place":{{"page":null,"box":null,"line":{line},"columns":[{first},{last}]}},'
            f'"rule":{quoted(rule)},"certainty":"{certainty}","competed":[]}}'
            for path, raw, line, first, last, rule, certainty in briefs
        ]
    )


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
def _writer(kind: type[object]) -> TypeAdapter[object]:
    return TypeAdapter(kind)


@cache
def _list() -> TypeAdapter[tuple[Finding, ...]]:
    return TypeAdapter(tuple[Finding, ...])


@cache
def _adapter() -> TypeAdapter[Extraction]:
    assert set(ORDER) == {field.name for field in fields(Extraction)}
    return TypeAdapter(Extraction)
