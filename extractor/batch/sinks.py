"""The outputs of one shard, each taking its piece of every document in order."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Protocol

import regex

from extractor.batch.row import Row
from extractor.batch.store import Store

_ODD = regex.compile(r"[^\w.-]+")
_LONGEST = 80


class Sink(Protocol):
    """One output of one shard, as a draft."""

    def add(self, row: Row, pieces: Mapping[str, str]) -> None:
        """Take what a document has for this output."""

    def close(self) -> Iterator[tuple[Path, str]]:
        """End the draft, and yield its files or folders with the names they get."""


class JsonLines:
    """One result a line."""

    def __init__(self, draft: Path, part: str) -> None:
        self._path = draft / "results.jsonl"
        self._name = f"jsonl/{part}.jsonl"
        self._file = self._path.open("w", encoding="utf-8", newline="")

    def add(self, row: Row, pieces: Mapping[str, str]) -> None:
        """Write the line, the document's number before all else."""
        self._file.write(f'{{"document":{row.document},' + pieces["jsonl"][1:] + "\n")

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

    def add(self, row: Row, pieces: Mapping[str, str]) -> None:
        """Write the file."""
        text: str = json.loads(pieces["xml"])
        (self._folder / xml_name(row)).write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="")

    def close(self) -> Iterator[tuple[Path, str]]:
        """The folder."""
        yield self._folder, self._name


def xml_name(row: Row) -> str:
    """The name of a filing's file: its number, and what is left of its input's name.

    >>> from extractor.batch.row import Status
    >>> xml_name(Row("in/2013.zip!a b/filing 7.html", Status.DONE, document=12))
    '00000012-filing-7.xml'
    """
    stem = _ODD.sub("-", PurePath(row.input).stem.encode("ascii", "replace").decode())[:_LONGEST]
    return f"{row.document:08}-{stem}.xml"


SINKS: Mapping[str, Callable[[Path, str], Sink]] = MappingProxyType({"jsonl": JsonLines, "xml": XmlFiles})


def drop(store: Store, draft: Path, part: str, rows: Collection[Row]) -> None:
    """Take documents out of the outputs of a shard."""
    documents = {row.document for row in rows}
    lines = store.read(f"jsonl/{part}.jsonl")
    if lines is not None:
        path = draft / "results.jsonl"
        kept = (line for line in lines.splitlines(keepends=True) if _document_of(line) not in documents)
        path.write_bytes(b"".join(kept))
        store.put(path, f"jsonl/{part}.jsonl")
    for row in rows:
        store.remove(f"xml/{part}/{xml_name(row)}")


def _document_of(line: bytes) -> int:
    """The number that a line of results begins with."""
    return int(line.partition(b":")[2].partition(b",")[0])
