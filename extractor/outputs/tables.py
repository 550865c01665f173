"""An extraction as rows of tables: the SEC's six, its problems and findings, and beside them what the input was.

Every table begins with DOCUMENT, the number by which a run knows an input; it joins all tables, also of filings whose
accession number nothing says. A value that is not known, or blank, is None.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Literal, NamedTuple, TypedDict, final

from extractor.extract import Extraction
from extractor.form.dataset import ACCESSION, DATASET, FIRST_KEY, ISSUERS, SPANS, Column, Table
from extractor.model import Filing, Record, StatesOfSolicitation, YearOfInc
from extractor.outputs.said import BETWEEN, said_of, texts_of

Value = str | int | bool | None
"""A value of a row; dates are ISO dates."""

Row = tuple[Value, ...]


@final
class Texts(TypedDict):
    """The texts of a column: a line for each row, blank for None."""

    lines: str


@final
class Count(TypedDict):
    """The values of a column that counts its rows from a number on."""

    first: int


Series = list[Value] | Texts | Count | Value
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
        return (spread(column, self.length) for column in self.columns)

    def each(self) -> Iterator[Row]:
        """Yield the rows."""
        return zip(*self.spread(), strict=True)


def spread(column: Series, length: int) -> Sequence[Value]:
    """A value for each of so many rows."""
    if isinstance(column, list):
        return column
    if not isinstance(column, dict):
        return [column] * length
    if "lines" in column:
        return [text or None for text in column["lines"].split(BETWEEN)]
    return range(column["first"], column["first"] + length)


def rows_of(extraction: Extraction) -> dict[str, Rows]:
    """The rows of an extraction by table, each without DOCUMENT; every table but INPUTS is there."""
    rows = {name: make(extraction) for name, make in _makers().items()}
    problems = extraction.problems
    texts = [(one.path or None, str(one.kind), one.message, _text(one.place)) for one in problems]
    columns: list[Series] = [_shortened(list(column)) for column in zip(*texts, strict=True)]
    rows["PROBLEMS"] = _numbered(extraction, len(problems), columns)
    count, said = said_of(extraction)
    if count and not said:
        listed = [[text or None for text in column] for column in texts_of(extraction.findings)]
        columns = [_shortened(list(column)) for column in listed]
    else:
        columns = [_lines(text, count) for text in said or ()]
    rows["FINDINGS"] = _numbered(extraction, count, columns)
    return rows


def _numbered(extraction: Extraction, count: int, columns: Iterable[Series]) -> Rows:
    if not count:
        return Rows(0, ())
    return Rows(count, (_fact(extraction, "accession_number"), Count(first=FIRST_KEY), *columns))


def _shortened(values: list[Value]) -> Series:
    return values[0] if values.count(values[0]) == len(values) else values


def _lines(text: str, count: int) -> Series:
    """The column of a text for each row, or the one that all have."""
    first, _, _ = text.partition(BETWEEN)
    same = len(text) == count * (len(first) + 1) - 1 and text == BETWEEN.join([first] * count)
    return (first or None) if same else Texts(lines=text)


def _text(place: object) -> str | None:
    return None if place is None else str(place)


Maker = Callable[[Extraction], Rows]
"""What gives the rows of a table."""

Getter = Callable[[Record], Value]
"""What gives a column's value of a record."""

Special = Callable[[Extraction, int], Value]
"""What gives a column's value that no field of a record holds; the number counts the records from 0."""

Setter = Callable[[Record, list[Value]], None]
"""What puts values of a record into its row."""


@cache
def _makers() -> Mapping[str, Maker]:
    """How each table is made."""
    return {table.name: _maker(table) for table in DATASET}


def _maker(table: Table) -> Maker:
    records_of = _records(table)
    setters, specials = _setters(table.columns), _specials(table.columns)
    blank: Row = (None,) * len(table.columns)

    def row(extraction: Extraction, number: int, record: Record) -> list[Value]:
        values = list(blank)
        for place, value in specials:
            values[place] = value(extraction, number)
        for put in setters:
            put(record, values)
        return values

    def rows(extraction: Extraction) -> Rows:
        found = [row(extraction, *numbered) for numbered in enumerate(records_of(extraction.filing))]
        columns: Iterable[Series] = found[0] if len(found) == 1 else map(list, zip(*found, strict=True))
        return Rows(len(found), tuple(columns))

    return rows


def _records(table: Table) -> Callable[[Filing], tuple[Record, ...]]:
    """What gives the records of a filing that have a row each."""
    if table.record == ISSUERS:
        return lambda filing: (filing.primary_issuer, *filing.additional_issuers)
    return attrgetter(table.record.removesuffix("[]")) if table.record else lambda filing: (filing,)


def _specials(columns: Sequence[Column]) -> list[tuple[int, Special]]:
    """The columns, by their places, that no field of a record holds."""
    return [(place, _SPECIALS[one.kind](one)) for place, one in enumerate(columns) if one.kind in _SPECIALS]


def _setters(columns: Sequence[Column]) -> list[Setter]:
    """What fills the other columns: those that are written as they are go together, by the record that holds them."""
    plain: dict[str, list[tuple[str, int]]] = {}
    setters: list[Setter] = []
    for place, column in enumerate(columns):
        above, _, leaf = column.path.rpartition(".")
        if column.kind in _GETTERS or "[" in column.path:
            setters.append(_setter(place, _GETTERS.get(column.kind, _plain)(column)))
        elif column.kind not in _SPECIALS:
            plain.setdefault(above, []).append((leaf, place))
    return [*(_together(above, *zip(*some, strict=True)) for above, some in plain.items()), *setters]


def _setter(place: int, get: Getter) -> Setter:
    def put(record: Record, values: list[Value]) -> None:
        values[place] = get(record)

    return put


def _together(above: str, leaves: tuple[str, ...], places: tuple[int, ...]) -> Setter:
    holder_of = _below(above) if above else lambda record: record
    get = attrgetter(*leaves) if len(leaves) > 1 else lambda holder: (getattr(holder, leaves[0]),)

    def put(record: Record, values: list[Value]) -> None:
        holder = holder_of(record)
        if holder is not None:
            for place, value in zip(places, get(holder), strict=True):
                values[place] = _as_it_is(value)

    return put


def _as_it_is(value: object) -> Value:
    return value if isinstance(value, int) else None if value in (None, "") else str(value)


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
    return lambda record: _as_it_is(get(record))


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


def _as_fact(column: Column) -> Special:
    return lambda extraction, number: _fact(extraction, column.path)


def _fact(extraction: Extraction, name: str) -> str | None:
    return extraction.facts.get(name) or None


def _as_filed(column: Column) -> Special:
    def date(extraction: Extraction, number: int) -> Value:
        fact = _fact(extraction, column.path)
        try:
            return datetime.date.fromisoformat(fact or "").isoformat()
        except ValueError:
            return None

    return date


_SPECIALS: Mapping[str, Callable[[Column], Special]] = MappingProxyType(
    {
        "fact": _as_fact,
        "filed": _as_filed,
        "key": lambda column: lambda extraction, number: FIRST_KEY + number,
        "primary": lambda column: lambda extraction, number: "NO" if number else "YES",
    }
)
_GETTERS: Mapping[str, Callable[[Column], Getter]] = MappingProxyType(
    {"date": _as_date, "list": _as_list, "states": _as_states, "name": _as_name, "span": _as_span}
)
