"""The outputs of one shard, each taking its piece of every document in order."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Protocol

import regex
from pydantic_core import from_json

from extractor.batch.journal import Entry
from extractor.batch.row import Row
from extractor.batch.shards import SQLITE_PARTS
from extractor.batch.store import Store
from extractor.outputs import parquet, sqlite, tsv
from extractor.outputs.tables import INPUTS, LAYOUTS, Rows, Series

_ODD = regex.compile(r"[^\w.-]+")
_LONGEST = 80


class Share:
    """What the outputs take of a document: its row, and its pieces if it could be read."""

    def __init__(self, row: Row, entry: Entry) -> None:
        self.row = row
        self.pieces = entry.pieces

    @cached_property
    def tables(self) -> Mapping[str, Rows]:
        """Its rows by table, each with its number first."""
        row = self.row
        what = (row.input, str(row.status), row.error, row.message, row.sha256)
        how = (row.size, row.format, row.engine, row.pages, row.problems)
        said = _parsed(self.pieces.get("tables", b"{}"))
        numbered = {name: Rows(count, (row.document, *columns)) for name, (count, columns) in said.items()}
        return {INPUTS.name: Rows(1, (row.document, *what, *how)), **numbered}


def _parsed(piece: bytes) -> dict[str, tuple[int, list[Series]]]:
    """The tables of a piece: the count of rows, and the columns."""
    try:
        said: dict[str, tuple[int, list[Series]]] = from_json(piece)
    except ValueError:  # half a surrogate pair, which only Python's own reader takes
        said = json.loads(piece)
    return said


class Sink(Protocol):
    """One output of one shard, as a draft."""

    def add(self, share: Share) -> None:
        """Take what a document has for this output."""

    def close(self) -> Iterator[tuple[Path, str]]:
        """End the draft, and yield its files or folders with the names they get."""


class JsonLines:
    """One result a line."""

    def __init__(self, draft: Path, part: str) -> None:
        self._path = draft / "results.jsonl"
        self._name = f"jsonl/{part}.jsonl"
        self._file = self._path.open("wb")

    def add(self, share: Share) -> None:
        """Write the line, the document's number before all else."""
        if share.pieces:
            self._file.write(b'{"document":%d,%b\n' % (share.row.document, share.pieces["jsonl"][1:]))

    def close(self) -> Iterator[tuple[Path, str]]:
        """The one file."""
        self._file.close()
        yield self._path, self._name


class XmlFiles:
    """One EDGAR file for each filing, in a folder for each shard."""

    def __init__(self, draft: Path, part: str) -> None:
        self._folder = draft / "xml"
        self._folder.mkdir()
        self._name = f"xml/{part}"

    def add(self, share: Share) -> None:
        """Write the file."""
        if share.pieces:
            text: str = json.loads(share.pieces["xml"])
            path = self._folder / xml_name(share.row)
            path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="")

    def close(self) -> Iterator[tuple[Path, str]]:
        """The folder."""
        yield self._folder, self._name


class Tables:
    """A folder for each table, with a file for each shard."""

    def __init__(self, draft: Path, part: str, kind: str) -> None:
        self._name = f"{kind}/{{}}/{part}.{kind}"
        folder = draft / kind
        folder.mkdir()
        self._tables = tsv.TsvTables(folder) if kind == "tsv" else parquet.ParquetTables(folder)

    def add(self, share: Share) -> None:
        """Write the rows."""
        self._tables.add(share.tables)

    def close(self) -> Iterator[tuple[Path, str]]:
        """The files."""
        for table, path in self._tables.close():
            yield path, self._name.format(table)


class Database:
    """A database of the shard, which becomes part of the one of all."""

    def __init__(self, draft: Path, part: str) -> None:
        self._path = draft / "part.sqlite"
        self._name = f"{SQLITE_PARTS}/{part}.sqlite"
        self._tables = sqlite.SqliteTables(self._path)

    def add(self, share: Share) -> None:
        """Insert the rows."""
        self._tables.add(share.tables)

    def close(self) -> Iterator[tuple[Path, str]]:
        """The one file."""
        self._tables.close()
        yield self._path, self._name


def xml_name(row: Row) -> str:
    """The name of a filing's file: its number, and what is left of its input's name.

    >>> from extractor.batch.row import Status
    >>> xml_name(Row("in/2013.zip!a b/filing 7.html", Status.DONE, document=12))
    '00000012-filing-7.xml'
    """
    stem = _ODD.sub("-", PurePath(row.input).stem.encode("ascii", "replace").decode())[:_LONGEST]
    return f"{row.document:08}-{stem}.xml"


SINKS: Mapping[str, Callable[[Path, str], Sink]] = MappingProxyType(
    {
        "jsonl": JsonLines,
        "parquet": lambda draft, part: Tables(draft, part, "parquet"),
        "tsv": lambda draft, part: Tables(draft, part, "tsv"),
        "sqlite": Database,
        "xml": XmlFiles,
    }
)
"""What `--to` may name, in the order it is written."""


def drop(store: Store, draft: Path, part: str, rows: Sequence[Row]) -> None:
    """Take documents out of the outputs of a shard."""
    documents = {row.document for row in rows}
    for name, rewrite in _files(part):
        old = store.local(name, draft / "old")
        if old is not None:
            rewrite(old, documents, draft / "new")
            store.put(draft / "new", name)
    for row in rows:
        store.remove(f"xml/{part}/{xml_name(row)}")


Rewrite = Callable[[Path, Collection[int], Path], None]


def _files(part: str) -> Iterator[tuple[str, Rewrite]]:
    """The name of each file that a shard may have, and how it is written without some documents."""
    yield f"jsonl/{part}.jsonl", _without_lines
    yield f"{SQLITE_PARTS}/{part}.sqlite", sqlite.without
    for layout in LAYOUTS:
        yield f"tsv/{layout.name}/{part}.tsv", tsv.without
        yield f"parquet/{layout.name}/{part}.parquet", parquet.without


def _without_lines(path: Path, documents: Collection[int], draft: Path) -> None:
    with path.open("rb") as old, draft.open("wb") as new:
        new.writelines(line for line in old if _document_of(line) not in documents)


def _document_of(line: bytes) -> int:
    """The number that a line of results begins with."""
    return int(line.partition(b":")[2].partition(b",")[0])
