"""Shards: so many inputs whose results stand in one file of each output.

A shard is made whole or not at all. Its outputs come first, then its part of the manifest, and last its marker, which
names the files and their sizes: what has no marker, or does not fit to it, is not done.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.batch.row import Row
from extractor.batch.store import WORK, Store

MANIFEST = "manifest"
MARKERS = "done"

DATABASE = "filings.sqlite"
"""The database of all shards."""

SQLITE_PARTS = f"{WORK}/sqlite"
"""The folder of the databases of single shards, of which that is made."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard. size: how many inputs a full one has, so that each document has its number."""

    number: int
    size: int

    @property
    def part(self) -> str:
        """What its files are called."""
        return f"part-{self.number:05}"

    @property
    def manifest(self) -> str:
        """The name of its part of the manifest."""
        return f"{MANIFEST}/{self.part}.jsonl"

    @property
    def partial(self) -> str:
        """The name of the rows of a run that was stopped before the shard was done."""
        return f"{MANIFEST}/partial-{self.number:05}.jsonl"

    @property
    def marker(self) -> str:
        """The name of the file that says it is done."""
        return f"{MARKERS}/{self.part}.json"

    def document(self, position: int) -> int:
        """The number of the document at a position of the shard."""
        return self.number * self.size + position + 1


def done(store: Store, size: int) -> Iterator[Shard]:
    """Yield the shards that are done, in their order; one whose files are not what its marker says loses the marker."""
    for name in store.names(MARKERS):
        number = name.removeprefix(f"{MARKERS}/part-").removesuffix(".json")
        if not number.isdecimal():
            continue
        shard = Shard(int(number), size)
        if _is_sound(store, shard):
            yield shard
        else:
            store.remove(shard.marker)


def _is_sound(store: Store, shard: Shard) -> bool:
    try:
        marker = json.loads(store.read(shard.marker) or b"")
        return all(store.size(name) == size for name, size in marker["files"].items())
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def confirm(store: Store, shard: Shard) -> None:
    """Look whether a shard that some other process has made is there. Raises OSError."""
    if store.read(shard.marker) is None:
        raise OSError(f"{shard.marker} is written but not there: not every process sees the same files at this place")


def rows_of(store: Store, shard: Shard) -> list[Row]:
    """The rows of a shard's part of the manifest."""
    return [Row.from_json(line) for line in (store.read(shard.manifest) or b"").splitlines()]
