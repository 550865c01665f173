"""Tables as one SQLite database with keys and indexes: for looking things up where no server is.

Flags are 1 and 0, dates are ISO dates, NULL stands where there is no value. An amount is an integer or the text
Indefinite.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from extractor.form.dataset import ACCESSION
from extractor.outputs.tables import DOCUMENT, INPUTS, LAYOUTS, Layout, Rows, Type, Value

_AFFINITY: Mapping[Type, str] = MappingProxyType(
    {"text": "TEXT", "integer": "INTEGER", "flag": "INTEGER", "date": "TEXT", "amount": "NUMERIC"}
)

INDEXES = (
    *((layout.name, ACCESSION) for layout in LAYOUTS if ACCESSION in layout.columns and layout.name != "FINDINGS"),
    *(("ISSUERS", "CIK"), ("ISSUERS", "ENTITYNAME"), ("RELATEDPERSONS", "LASTNAME"), ("PROBLEMS", "KIND")),
    *(("INPUTS", "SHA256"), ("INPUTS", "INPUT"), ("OFFERING", "SALE_DATE")),
)
"""What is often asked for: table and column."""


class SqliteTables:
    """A database with every table; without indexes, which `merge` makes."""

    def __init__(self, path: Path) -> None:
        self._database = _new(path)
        self._insert = {
            layout.name: f"INSERT INTO {layout.name} VALUES ({','.join('?' * len(layout.columns))})"
            for layout in LAYOUTS
        }

    def add(self, rows: Mapping[str, Rows]) -> None:
        """Insert rows, by table."""
        for name, of_table in rows.items():
            try:
                self._database.executemany(self._insert[name], of_table.each())
            except UnicodeEncodeError:  # half a surrogate pair; rows before it are there already
                again = [tuple(map(_safe, row)) for row in of_table.each()]
                self._database.executemany(f"INSERT OR REPLACE{self._insert[name].removeprefix('INSERT')}", again)

    def close(self) -> None:
        """End the file."""
        self._database.execute("COMMIT")
        self._database.close()


def _safe(value: Value) -> Value:
    """A value that UTF-8 can hold."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _new(path: Path) -> sqlite3.Connection:
    """A new database with empty tables, whose file nobody reads before it is whole, so that nothing need be undone."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    for layout in LAYOUTS:
        database.execute(_create(layout))
    database.execute("BEGIN")
    return database


def _create(layout: Layout) -> str:
    columns = [f"{name} {_AFFINITY[kind]}" for name, kind in layout.columns.items()]
    columns.append(f"PRIMARY KEY ({', '.join(layout.key)})")
    if layout is not INPUTS:
        columns.append(f"FOREIGN KEY ({DOCUMENT}) REFERENCES {INPUTS.name}")
    return f"CREATE TABLE {layout.name} (\n  " + ",\n  ".join(columns) + "\n) WITHOUT ROWID"


def merge(parts: Iterable[Path], path: Path) -> None:
    """Make one database with indexes of several that `SqliteTables` wrote."""
    with closing(_joined(parts, path)) as database:
        for table, column in INDEXES:
            database.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")


def _joined(parts: Iterable[Path], path: Path) -> sqlite3.Connection:
    database = _new(path)
    database.execute("COMMIT")
    for part in parts:
        database.execute("ATTACH ? AS part", (str(part),))
        database.execute("BEGIN")
        for layout in LAYOUTS:
            database.execute(f"INSERT INTO main.{layout.name} SELECT * FROM part.{layout.name}")
        database.execute("COMMIT")
        database.execute("DETACH part")
    return database


def without(path: Path, documents: Collection[int], draft: Path) -> None:
    """Write a database once more, without the rows of some documents."""
    with closing(_joined([path], draft)) as database:
        database.execute("BEGIN")
        for layout in LAYOUTS:
            database.executemany(f"DELETE FROM {layout.name} WHERE {DOCUMENT} = ?", [(each,) for each in documents])
        database.execute("COMMIT")
