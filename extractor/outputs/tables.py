"""An extraction as rows of tables: the SEC's six, its problems and findings, and beside them what the input was.

Every table begins with DOCUMENT, the number by which a run knows an input; it joins all tables, also of filings whose
accession number nothing says. A value that is not known, or blank, is None.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Literal

from extractor.extract import Extraction
from extractor.form.dataset import ACCESSION, DATASET, FIRST_KEY, ISSUERS, SPANS, Column, Table
from extractor.model import Filing, Record, StatesOfSolicitation, YearOfInc

Value = str | int | bool | None
"""A value of a row; dates are ISO dates."""

Row = tuple[Value, ...]
Type = Literal["text", "integer", "flag", "date", "amount"]
"""What a column holds; amount: an integer or the word Indefinite."""

DOCUMENT = "DOCUMENT"

_TYPES: Mapping[str, Type] = MappingProxyType(
    {"count": "integer", "key": "integer", "flag": "flag", "date": "date", "filed": "date", "amount": "amount"}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one table: the names and types of its columns, and the names of those that tell its rows apart."""

    name: str
    columns: Mapping[str, Type]
    key: tuple[str, ...]


def _layout(table: Table) -> Layout:
    types = {column.name: _TYPES.get(column.kind, "text") for column in table.columns}
    key = tuple(name for name in table.key if name != ACCESSION)
    return Layout(table.name, {DOCUMENT: "integer", **types}, (DOCUMENT, *key))


def _said(name: str, *texts: str) -> Layout:
    """The layout of what is said about a filing, numbered within it."""
    key = f"{name.removesuffix('S')}_SEQ_KEY"
    columns: dict[str, Type] = {DOCUMENT: "integer", ACCESSION: "text", key: "integer"}
    return Layout(name, columns | dict.fromkeys(texts, "text"), (DOCUMENT, key))


INPUTS = Layout(
    "INPUTS",
    {
        DOCUMENT: "integer",
        "INPUT": "text",
        "STATUS": "text",
        "ERROR": "text",
        "MESSAGE": "text",
        "SHA256": "text",
        "BYTES": "integer",
        "FORMAT": "text",
        "ENGINE": "text",
        "PAGES": "integer",
        "PROBLEMS": "integer",
    },
    (DOCUMENT,),
)
"""One row for each input, also for those that could not be read."""

LAYOUTS = (
    INPUTS,
    *map(_layout, DATASET),
    _said("PROBLEMS", "PATH", "KIND", "MESSAGE", "PLACE"),
    _said("FINDINGS", "PATH", "RAW", "PLACE", "RULE", "CERTAINTY", "COMPETED"),
)
"""Every table, in order."""


def rows_of(extraction: Extraction) -> dict[str, list[Row]]:
    """The rows of an extraction by table, each without DOCUMENT; every table but INPUTS is there."""
    rows = {table.name: _rows(table, extraction) for table in DATASET}
    accession = _fact(extraction, "accession_number")
    rows["PROBLEMS"] = [
        (accession, FIRST_KEY + number, problem.path or None, str(problem.kind), problem.message, _text(problem.place))
        for number, problem in enumerate(extraction.problems)
    ]
    rows["FINDINGS"] = [
        (
            *(accession, FIRST_KEY + number, finding.path, finding.raw or None, _text(finding.place)),
            *(finding.rule, finding.certainty, "; ".join(finding.competed) or None),
        )
        for number, finding in enumerate(extraction.findings)
    ]
    return rows


def _text(place: object) -> str | None:
    return None if place is None else str(place)


def _rows(table: Table, extraction: Extraction) -> list[Row]:
    getters = _getters(table)
    records = _records(table, extraction.filing)
    return [tuple(get(extraction, record, number) for get in getters) for number, record in enumerate(records)]


def _records(table: Table, filing: Filing) -> tuple[Record, ...]:
    if table.record == ISSUERS:
        return (filing.primary_issuer, *filing.additional_issuers)
    if not table.record:
        return (filing,)
    records: tuple[Record, ...] = attrgetter(table.record.removesuffix("[]"))(filing)
    return records


Getter = Callable[[Extraction, Record, int], Value]
"""What gives a column's value, of an extraction and a record of it with its number."""


@cache
def _getters(table: Table) -> tuple[Getter, ...]:
    return tuple(_GETTERS.get(column.kind, _plain)(column) for column in table.columns)


def _at(path: str) -> Callable[[Record], object]:
    """What gives the value at a path below a record; None below what is None, and past the end of a list."""
    steps = [step.removesuffix("]").partition("[") for step in path.split(".")]

    def get(record: Record) -> object:
        value: object = record
        for name, _, index in steps:
            value = getattr(value, name, None)
            if index:
                value = value[int(index)] if isinstance(value, tuple) and len(value) > int(index) else None
        return value

    return get


def _plain(column: Column) -> Getter:
    get = _at(column.path)

    def value(extraction: Extraction, record: Record, number: int) -> Value:
        found = get(record)
        return found if isinstance(found, int) else None if found in (None, "") else str(found)

    return value


def _as_date(column: Column) -> Getter:
    get = _at(column.path)

    def value(extraction: Extraction, record: Record, number: int) -> Value:
        found = get(record)
        return found.isoformat() if isinstance(found, datetime.date) else None

    return value


def _as_list(column: Column) -> Getter:
    path, _, leaf = column.path.partition("[].")
    get = _at(path)

    def value(extraction: Extraction, record: Record, number: int) -> Value:
        found = get(record)
        elements = found if isinstance(found, tuple) else ()
        said = (getattr(element, leaf) if leaf else element for element in elements)
        return ", ".join(str(element) for element in said if element) or None

    return value


def _as_states(column: Column) -> Getter:
    get = _at(column.path)

    def value(extraction: Extraction, record: Record, number: int) -> Value:
        found = get(record)
        assert isinstance(found, StatesOfSolicitation)
        return found.value or ", ".join(state.state for state in found.states if state.state) or None

    return value


def _as_name(column: Column) -> Getter:
    plain = _plain(column)
    get = _at(column.path.partition("[")[0])
    first = column.path.endswith("[0]")

    def value(extraction: Extraction, record: Record, number: int) -> Value:
        return "None" if first and get(record) == () else plain(extraction, record, number)

    return value


def _as_span(column: Column) -> Getter:
    get = _at(column.path)

    def value(extraction: Extraction, record: Record, number: int) -> Value:
        found = get(record)
        assert isinstance(found, YearOfInc)
        checked = [said for name, said in SPANS.items() if getattr(found, name)]
        return checked[0] if len(checked) == 1 else None

    return value


def _as_fact(column: Column) -> Getter:
    return lambda extraction, record, number: _fact(extraction, column.path)


def _fact(extraction: Extraction, name: str) -> str | None:
    return extraction.facts.get(name) or None


def _as_filed(column: Column) -> Getter:
    def value(extraction: Extraction, record: Record, number: int) -> Value:
        fact = _fact(extraction, column.path)
        try:
            return datetime.date.fromisoformat(fact or "").isoformat()
        except ValueError:
            return None

    return value


def _as_key(column: Column) -> Getter:
    return lambda extraction, record, number: FIRST_KEY + number


def _as_primary(column: Column) -> Getter:
    return lambda extraction, record, number: "NO" if number else "YES"


_GETTERS: Mapping[str, Callable[[Column], Getter]] = MappingProxyType(
    {
        "date": _as_date,
        "list": _as_list,
        "states": _as_states,
        "name": _as_name,
        "span": _as_span,
        "fact": _as_fact,
        "filed": _as_filed,
        "key": _as_key,
        "primary": _as_primary,
    }
)
