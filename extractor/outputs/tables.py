"""An extraction as rows of tables: the SEC's six, its problems and findings, and beside them what the input was.

Every table begins with DOCUMENT, the number by which a run knows an input; it joins all tables, also of filings whose
accession number nothing says. A value that is not known, or blank, is None.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Literal, NamedTuple

from extractor.extract import Extraction
from extractor.finding import Finding, Passage
from extractor.form.dataset import ACCESSION, DATASET, FIRST_KEY, ISSUERS, SPANS, Column, Table
from extractor.model import Filing, Record, StatesOfSolicitation, YearOfInc
from extractor.outputs.recurring import Pattern, pattern, remembered

Value = str | int | bool | None
"""A value of a row; dates are ISO dates."""

Row = tuple[Value, ...]
Series = list[Value] | Value
"""The values of a column, one for each row; or the one that it has in all rows."""

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


class Rows(NamedTuple):
    """So many rows of a table, column by column."""

    length: int
    columns: tuple[Series, ...]

    def spread(self) -> Iterator[Sequence[Value]]:
        """Yield the columns, each with a value for each row."""
        return (column if isinstance(column, list) else [column] * self.length for column in self.columns)

    def each(self) -> Iterator[Row]:
        """Yield the rows."""
        return zip(*self.spread(), strict=True)


def rows_of(extraction: Extraction) -> dict[str, Rows]:
    """The rows of an extraction by table, each without DOCUMENT; every table but INPUTS is there."""
    rows = {name: _rows(extraction, *how) for name, how in _makers().items()}
    problems = extraction.problems
    texts = [[one.path or None, str(one.kind), one.message, _text(one.place)] for one in problems]
    rows["PROBLEMS"] = _numbered(extraction, len(problems), [list(column) for column in zip(*texts, strict=True)])
    found = [_said_of(passage) for passage in extraction.passages()]
    columns: list[list[Value]] = [list(chain.from_iterable(part)) for part in zip(*found, strict=True)]
    rows["FINDINGS"] = _numbered(extraction, len(columns[0]), columns)
    return rows


def _numbered(extraction: Extraction, count: int, columns: Iterable[list[Value]]) -> Rows:
    if not count:
        return Rows(0, ())
    keys: list[Value] = list(range(FIRST_KEY, FIRST_KEY + count))
    return Rows(count, (_fact(extraction, "accession_number"), keys, *map(_shortened, columns)))


def _shortened(values: list[Value]) -> Series:
    return values[0] if values.count(values[0]) == len(values) else values


class Said(NamedTuple):
    """The columns of FINDINGS that are texts."""

    path: list[Value]
    raw: list[Value]
    place: list[Value]
    rule: list[Value]
    certainty: list[Value]
    competed: list[Value]


def _said_of(passage: Passage) -> Said:
    """The columns of findings; of those that come again, only the places are made anew."""
    known = remembered(passage, _kept)
    if known is None:
        return _found(tuple(passage.made()))
    said, places = known
    return said._replace(place=[place or None for place in places.at(passage.line).decode().split(_BETWEEN)])


_BETWEEN = "\n"
"""Between two places."""


def _kept(findings: tuple[Finding, ...]) -> tuple[Said, Pattern]:
    return _found(findings), pattern(findings, lambda one: (_text(one.place) or "").encode(), _BETWEEN.encode())


def _found(findings: Iterable[Finding]) -> Said:
    return Said(
        [one.path for one in findings],
        [one.raw or None for one in findings],
        [_text(one.place) for one in findings],
        [one.rule for one in findings],
        [one.certainty for one in findings],
        ["; ".join(one.competed) or None if one.competed else None for one in findings],
    )


def _text(place: object) -> str | None:
    return None if place is None else str(place)


Maker = Callable[[Extraction, tuple[Record, ...]], Series]
"""What gives a column of some records of an extraction."""

Getter = Callable[[Record], Value]
"""What gives a column's value of a record."""


Records = Callable[[Filing], tuple[Record, ...]]
"""What gives the records of a filing that have a row each."""


def _rows(extraction: Extraction, records_of: Records, makers: Iterable[Maker]) -> Rows:
    records = records_of(extraction.filing)
    return Rows(len(records), tuple([make(extraction, records) for make in makers]))


@cache
def _makers() -> Mapping[str, tuple[Records, tuple[Maker, ...]]]:
    """How each table is made."""
    return {table.name: (_records(table), tuple(_maker(column) for column in table.columns)) for table in DATASET}


def _records(table: Table) -> Records:
    if table.record == ISSUERS:
        return lambda filing: (filing.primary_issuer, *filing.additional_issuers)
    return attrgetter(table.record.removesuffix("[]")) if table.record else lambda filing: (filing,)


def _maker(column: Column) -> Maker:
    if column.kind in _MAKERS:
        return _MAKERS[column.kind](column)
    get = _GETTERS.get(column.kind, _plain)(column)
    return lambda extraction, records: get(records[0]) if len(records) == 1 else [get(record) for record in records]


def _at(path: str) -> Callable[[Record], object]:
    """What gives the value at a path below a record; None below what is None, and past the end of a list."""
    steps = [step.removesuffix("]").partition("[") for step in path.split(".")]
    if not any(index for _, _, index in steps):
        return _below(path)

    def get(record: Record) -> object:
        value: object = record
        for name, _, index in steps:
            value = getattr(value, name, None)
            if index:
                value = value[int(index)] if isinstance(value, tuple) and len(value) > int(index) else None
        return value

    return get


def _below(path: str) -> Callable[[Record], object]:
    """The same of a path without lists."""
    named = attrgetter(path)

    def get(record: Record) -> object:
        try:
            found: object = named(record)
        except AttributeError:  # below what is None
            return None
        return found

    return get


def _plain(column: Column) -> Getter:
    get = _at(column.path)

    def value(record: Record) -> Value:
        found = get(record)
        return found if isinstance(found, int) else None if found in (None, "") else str(found)

    return value


def _as_date(column: Column) -> Getter:
    get = _at(column.path)

    def value(record: Record) -> Value:
        found = get(record)
        return found.isoformat() if isinstance(found, datetime.date) else None

    return value


def _as_list(column: Column) -> Getter:
    path, _, leaf = column.path.partition("[].")
    get = _at(path)

    def value(record: Record) -> Value:
        found = get(record)
        elements = found if isinstance(found, tuple) else ()
        said = (getattr(element, leaf) if leaf else element for element in elements)
        return ", ".join(str(element) for element in said if element) or None

    return value


def _as_states(column: Column) -> Getter:
    get = _at(column.path)

    def value(record: Record) -> Value:
        found = get(record)
        assert isinstance(found, StatesOfSolicitation)
        return found.value or ", ".join(state.state for state in found.states if state.state) or None

    return value


def _as_name(column: Column) -> Getter:
    plain = _plain(column)
    get = _at(column.path.partition("[")[0])
    first = column.path.endswith("[0]")

    def value(record: Record) -> Value:
        return "None" if first and get(record) == () else plain(record)

    return value


def _as_span(column: Column) -> Getter:
    get = _at(column.path)

    def value(record: Record) -> Value:
        found = get(record)
        assert isinstance(found, YearOfInc)
        checked = [said for name, said in SPANS.items() if getattr(found, name)]
        return checked[0] if len(checked) == 1 else None

    return value


def _as_fact(column: Column) -> Maker:
    return lambda extraction, records: _fact(extraction, column.path)


def _fact(extraction: Extraction, name: str) -> str | None:
    return extraction.facts.get(name) or None


def _as_filed(column: Column) -> Maker:
    def date(extraction: Extraction, records: tuple[Record, ...]) -> Value:
        fact = _fact(extraction, column.path)
        try:
            return datetime.date.fromisoformat(fact or "").isoformat()
        except ValueError:
            return None

    return date


def _as_key(column: Column) -> Maker:
    return lambda extraction, records: list(range(FIRST_KEY, FIRST_KEY + len(records)))


def _as_primary(column: Column) -> Maker:
    return lambda extraction, records: ["NO" if number else "YES" for number in range(len(records))]


_MAKERS: Mapping[str, Callable[[Column], Maker]] = MappingProxyType(
    {"fact": _as_fact, "filed": _as_filed, "key": _as_key, "primary": _as_primary}
)
_GETTERS: Mapping[str, Callable[[Column], Getter]] = MappingProxyType(
    {"date": _as_date, "list": _as_list, "states": _as_states, "name": _as_name, "span": _as_span}
)
