"""The journal of a chunk: what a worker writes as it goes, so that its death costs the document in hand and no other.

A line for each step: that a document is begun, and what became of it. A line begins with the checksum of the rest. One
that was being written when the power went is no line, nor is anything after it. Each run writes files of its own, so a
worker that outlives its run for a moment disturbs nobody.
"""

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from extractor.batch.row import Row
from extractor.source import record

SEPARATOR = b"\t"
"""Between the parts of a line: no JSON text holds it."""


_AT_ONCE = 2**20
"""Bytes of a journal that are read at a time."""


@record
class Entry:
    """What became of a document. pieces: for each output its share of it, as JSON."""

    row: Row
    pieces: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Kept:
    """What the journals of a chunk say, by position in it. begun: how often, in this run. seen: hash and size."""

    finished: dict[int, Entry] = field(default_factory=dict)
    begun: dict[int, int] = field(default_factory=dict)
    seen: dict[int, tuple[str, int]] = field(default_factory=dict)
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk's journals are.

    key: what the run was asked for; a journal with another one is of no use. earlier: the runs that have left some.
    """

    folder: Path
    chunk: int
    run: str
    key: str
    earlier: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """This run's own journal."""
        return self.of(self.run)

    @property
    def note(self) -> Path:
        """Where this run's watchdog leaves a word before it ends a worker."""
        return self.folder / f"{self.chunk:04}.{self.run}.note"

    def of(self, run: str) -> Path:
        """The journal of a run."""
        return self.folder / f"{self.chunk:04}.{run}.log"


def runs_in(folder: Path) -> tuple[str, ...]:
    """The runs that have left journals in a folder, in their order."""
    return tuple(sorted({path.name.split(".")[1] for path in folder.glob("*.log")}))


class Journal:
    """The open journal of a chunk. Writes go straight to the system: they outlive the process."""

    def __init__(self, place: Place) -> None:
        place.folder.mkdir(parents=True, exist_ok=True)
        self.kept = keep(place)
        self._file = os.open(place.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.ftruncate(self._file, _good(place.path))
        if not os.fstat(self._file).st_size:
            self._write(_line(_head(place.key)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def begin(self, position: int) -> None:
        """Note that a document is begun."""
        self._write(_begun(position))

    def see(self, position: int, sha256: str, size: int) -> None:
        """Note what document it is, once its bytes are there."""
        self._write(_line(b'{"see":%d,"sha256":"%b","size":%d}' % (position, sha256.encode(), size)))

    def end(self, position: int, entry: Entry, then: int | None = None) -> None:
        """Note what became of it, and in the same go that another one is begun then."""
        head = json.dumps({"end": position, "pieces": list(entry.pieces)}).encode()
        line = _line(SEPARATOR.join([head, entry.row.to_json().encode(), *entry.pieces.values()]))
        self._write(line if then is None else line + _begun(then))

    def _write(self, lines: bytes) -> None:
        written = os.write(self._file, lines)
        if written < len(lines):  # the rest it takes by and by, or says why not
            self._write(lines[written:])


def _begun(position: int) -> bytes:
    return _line(b'{"begin":%d}' % position)


def _line(body: bytes) -> bytes:
    return b"%08x\t%b\n" % (zlib.crc32(body), body)


def keep(place: Place) -> Kept:
    """What the journals of a chunk hold, this run's and earlier ones'."""
    kept = Kept()
    for run in (*place.earlier, place.run):
        lines = _lines(place.of(run))
        if next(lines, None) == _head(place.key):
            for line in lines:
                _take(line, kept, own=run == place.run)
    return kept


def _head(key: str) -> bytes:
    return json.dumps({"key": key}).encode()


def rows_in(place: Place) -> dict[int, Row]:
    """The rows that the journals of a chunk hold, by position."""
    return {position: entry.row for position, entry in keep(place).finished.items()}


def _take(line: bytes, kept: Kept, *, own: bool) -> None:
    head, *rest = line.split(SEPARATOR)
    step = json.loads(head)
    if "end" in step:
        row, *pieces = rest
        kept.finished[step["end"]] = Entry(Row.from_json(row), dict(zip(step["pieces"], pieces, strict=True)))
    elif "see" in step:
        kept.seen[step["see"]] = step["sha256"], step["size"]
    elif own:
        kept.last = step["begin"]
        kept.begun[step["begin"]] = kept.begun.get(step["begin"], 0) + 1


def _lines(path: Path) -> Iterator[bytes]:
    """The whole lines of a journal."""
    if not path.exists():
        return
    with path.open("rb", _AT_ONCE) as file:
        for line in file:
            if not _is_whole(line):
                return
            yield line[9:-1]


def _good(path: Path) -> int:
    """How many bytes of a journal are whole lines."""
    size = 0
    with path.open("rb") as file:
        for line in file:
            if not _is_whole(line):
                break
            size += len(line)
    return size


def _is_whole(line: bytes) -> bool:
    return line.endswith(b"\n") and line[:8] == b"%08x" % zlib.crc32(memoryview(line)[9:-1])
