"""What earlier runs have done, by the names of inputs: in a database of its own, on disk, so that memory stays flat."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence

from extractor.batch.content import read
from extractor.batch.members import Input, Unlisted
from extractor.batch.row import READ, Status
from extractor.batch.shards import Shard, done, rows_of
from extractor.batch.store import Store
from extractor.batch.tasks import Outcomes

_TABLE = """
CREATE TABLE known (
    name BLOB PRIMARY KEY,
    stamp TEXT, sha256 TEXT, status TEXT, error TEXT, version TEXT,
    shard INTEGER,
    wanted INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID
"""
_KEPT = ("stamp", "sha256", "status", "error", "version")
_ADD = "INSERT OR IGNORE INTO known VALUES (?, ?, ?, ?, ?, ?, ?, 0)"
_TAKE = "UPDATE known SET wanted = 1 WHERE name = ? AND wanted = 0 RETURNING stamp, sha256, status, error, version"
_NEW = "INSERT OR IGNORE INTO known (name, wanted) VALUES (?, 1)"
_OWNER = "SELECT shard FROM known WHERE name = ?"


class Known:
    """The inputs that are done, and those that this run has come across. doubles: whether some are in two shards."""

    def __init__(self, store: Store, size: int, version: str) -> None:
        self._version = version
        self.outcomes: Outcomes = Outcomes()
        self.doubles = False
        self.shards: list[Shard] = list(done(store, size))
        self._database = sqlite3.connect("", isolation_level=None)  # a file of SQLite's own, gone when it is closed
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(_TABLE)
        self._database.execute("BEGIN")
        for shard in reversed(self.shards):  # of a document that stands in several, the last counts
            lines = (store.read(shard.manifest) or b"").splitlines()
            added = self._database.executemany(_ADD, (_values(line, shard) for line in lines)).rowcount
            self.doubles |= added < len(lines)

    def wants(self, source: Input, *, retry_failed: bool) -> bool:
        """Whether an input is to be read: it is new, has changed, or shall be tried again; no when asked once more.

        What is done already is counted in `outcomes`.
        """
        name = _key(source.name)
        found = self._database.execute(_TAKE, (name,)).fetchone()
        if found is None:
            return self._database.execute(_NEW, (name,)).rowcount == 1
        stamp, sha256, status, error, version = found
        stale = version != self._version or (retry_failed and status not in READ)
        if stale or (stamp != source.mark and not _is_same(source, sha256)):
            self.doubles = True
            return True
        self.outcomes[Status(status), error or ""] += 1
        return False

    def superseded(self, store: Store, shard: Shard) -> Sequence[int]:
        """The documents of a shard that stand in a later one too."""
        rows = rows_of(store, shard)
        owners = (self._database.execute(_OWNER, (_key(row.input),)).fetchone()[0] for row in rows)
        return [row.document for row, owner in zip(rows, owners, strict=True) if owner != shard.number]


def _values(line: bytes, shard: Shard) -> tuple[bytes | str | int | None, ...]:
    """What is kept of a row of the manifest; of a million rows, so no more is made of it than that."""
    row = json.loads(line)
    return _key(row["input"]), *(row[name] for name in _KEPT), shard.number


def _key(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


def _is_same(source: Input, sha256: str | None) -> bool:
    """Whether a document whose file has another size or time is the same all the same."""
    if sha256 is None or isinstance(source.part, Unlisted):
        return False
    try:
        return hashlib.sha256(read(source)).hexdigest() == sha256
    except Exception:  # what is wrong, its row will say
        return False


def free_numbers(taken: Sequence[Shard]) -> Iterator[int]:
    """Yield the numbers that no shard has yet, the lowest first."""
    numbers = {shard.number for shard in taken}
    number = 0
    while True:
        if number not in numbers:
            yield number
        number += 1
