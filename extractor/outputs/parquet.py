"""Tables as Parquet, with the extra `parquet`: integers, booleans and dates as such, NULL where there is no value.

An amount that can be Indefinite is text, as the SEC's readme has it.
"""

import importlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Protocol, cast

from extractor.errors import MissingProgram
from extractor.outputs.said import BETWEEN
from extractor.outputs.tables import DOCUMENT, LAYOUTS, Layout, Rows, Series, Type, Value, spread

GROUP = 20_000
"""How many rows of a table are in memory before they are written."""

_MOST_LETTERS = 2**28
"""Letters of a column that one array of Arrow's surely holds."""

_ARROW: Mapping[Type, str] = MappingProxyType(
    {"text": "string", "integer": "int64", "flag": "bool_", "date": "date32", "amount": "string"}
)


class _Writer(Protocol):
    def write_table(self, table: object) -> None: ...

    def close(self) -> None: ...


def arrow() -> tuple[ModuleType, ModuleType]:
    """The modules pyarrow and pyarrow.parquet. Raises MissingProgram."""
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise MissingProgram("expected pyarrow for Parquet; install formd-extractor[parquet]") from None


class ParquetTables:
    """A file for each table, in a folder."""

    def __init__(self, folder: Path) -> None:
        _, parquet = arrow()
        self._schemas = {layout.name: _schema(layout) for layout in LAYOUTS}
        self._paths = {layout.name: folder / f"{layout.name}.parquet" for layout in LAYOUTS}
        self._rows: dict[str, list[Rows]] = {layout.name: [] for layout in LAYOUTS}
        self._count = dict.fromkeys(self._rows, 0)
        self._writers: dict[str, _Writer] = {
            name: parquet.ParquetWriter(path, self._schemas[name], compression="zstd")
            for name, path in self._paths.items()
        }

    def add(self, rows: Mapping[str, Rows]) -> None:
        """Take rows, by table."""
        for name, of_table in rows.items():
            if of_table.length:
                self._rows[name].append(of_table)
                self._count[name] += of_table.length
            if self._count[name] >= GROUP:
                self._write(name)

    def _write(self, name: str) -> None:
        """Write the rows that wait, column by column."""
        core, _ = arrow()
        layout = next(layout for layout in LAYOUTS if layout.name == name)
        lengths = [rows.length for rows in self._rows[name]]
        columns = zip(*(rows.columns for rows in self._rows[name]), strict=True)
        arrays = [_column(column, lengths, kind) for column, kind in zip(columns, layout.columns.values(), strict=True)]
        self._writers[name].write_table(core.Table.from_arrays(arrays, schema=self._schemas[name]))
        self._rows[name].clear()
        self._count[name] = 0

    def close(self) -> Iterator[tuple[str, Path]]:
        """The tables' names and files."""
        for name, writer in self._writers.items():
            if self._rows[name]:
                self._write(name)
            writer.close()
        yield from self._paths.items()


def _schema(layout: Layout) -> object:
    core, _ = arrow()
    fields = [
        core.field(name, getattr(core, _ARROW[kind])(), nullable=name not in layout.key)
        for name, kind in layout.columns.items()
    ]
    return core.schema(fields)


def _column(parts: Sequence[Series], lengths: Sequence[int], kind: Type) -> object:
    """An array of the parts of a column, each with its length."""
    kinds = set(map(type, parts))
    if max(lengths) == 1 and kinds.isdisjoint((list, dict)):
        return _array(cast("Sequence[Value]", parts), kind)
    lines = _lines(parts, lengths) if kind == "text" and dict in kinds else None
    if lines is not None and len(lines) < _MOST_LETTERS:
        with suppress(UnicodeEncodeError):  # half a surrogate pair, which is looked for text by text
            return _split(lines)
    return _array(list(chain.from_iterable(map(spread, parts, lengths))), kind)


def _lines(parts: Iterable[Series], lengths: Iterable[int]) -> str | None:
    """The texts of a column, a line for each row; None where a text has several itself."""
    lines: list[str] = []
    for part, length in zip(parts, lengths, strict=True):
        if isinstance(part, dict) and "lines" in part:
            lines.append(part["lines"])
            continue
        texts = [str(text or "") for text in spread(part, length)]
        if any(BETWEEN in text for text in texts):
            return None
        lines += texts
    return BETWEEN.join(lines)


def _split(lines: str) -> object:
    """The array of such texts, without taking them apart in Python."""
    core, _ = arrow()
    compute = importlib.import_module("pyarrow.compute")
    texts = compute.split_pattern(core.array([lines], type=core.string()), BETWEEN).values
    return compute.if_else(compute.equal(texts, ""), core.scalar(None, core.string()), texts)


def _array(column: Sequence[Value], kind: Type) -> object:
    core, _ = arrow()
    if kind == "amount":
        column = [None if value is None else str(value) for value in column]
    if kind == "date":
        return core.array(column, type=core.string()).cast(core.date32())
    try:
        return core.array(column, type=getattr(core, _ARROW[kind])())
    except UnicodeEncodeError:  # half a surrogate pair: a name that is no UTF-8
        return core.array([_safe(value) for value in column], type=core.string())


def _safe(value: Value) -> Value:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def without(path: Path, documents: Collection[int], draft: Path) -> None:
    """Write a table's file once more, without the rows of some documents."""
    core, parquet = arrow()
    compute = importlib.import_module("pyarrow.compute")
    table = parquet.read_table(path)
    unwanted = compute.is_in(table[DOCUMENT], value_set=core.array(sorted(documents), type=core.int64()))
    parquet.write_table(table.filter(compute.invert(unwanted)), draft, compression="zstd")
