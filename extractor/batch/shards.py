"""Shards: so many inputs whose results stand in one file of each output.

A shard is made whole or not at all. Its outputs come first, then its part of the manifest, and last its marker, which
names the files and their sizes: what has no marker, or does not fit to it, is not done.
"""

import json
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from extractor.batch.journal import Entry, Place, keep
from extractor.batch.reading import Settings
from extractor.batch.row import Row, to_lines
from extractor.batch.sinks import SINKS, Share, Sink, drop
from extractor.batch.store import Store, drafting

MANIFEST = "manifest"
MARKERS = "done"

_NUMBER = regex.compile(r"part-(?P<number>\d+)\.")


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


@dataclass(frozen=True, slots=True)
class Assembly:
    """The task to make the outputs of a shard that has all been read. chunks: journals, with the count of documents."""

    shard: Shard
    chunks: tuple[tuple[Place, int], ...]
    settings: Settings
    store: Store


def assemble(task: Assembly) -> None:
    """Write the outputs, the part of the manifest and the marker of a shard, then drop its journals. Raises OSError."""
    write(task.shard, _entries(task.chunks), task.settings, task.store)
    shutil.rmtree(task.chunks[0][0].folder, ignore_errors=True)


def _entries(chunks: tuple[tuple[Place, int], ...]) -> Iterator[Entry]:
    for place, length in chunks:
        kept = keep(place)
        for position in range(length):
            yield kept.finished[position]


def write(shard: Shard, entries: Iterator[Entry], settings: Settings, store: Store) -> None:
    """Write a shard: its outputs, its part of the manifest, its marker."""
    rows = []
    files = {}
    with drafting(store) as draft:
        sinks: list[Sink] = [SINKS[kind](draft, shard.part) for kind in settings.to]
        for position, entry in enumerate(entries):
            row = entry.row.placed(shard.number, shard.document(position))
            rows.append(row)
            share = Share(row, entry)
            for sink in sinks:
                sink.add(share)
        for sink in sinks:
            for path, name in sink.close():
                store.put(path, name)
                files[name] = store.size(name) or 0
        _finish(shard, rows, files, (store, draft))


def _finish(shard: Shard, rows: Collection[Row], files: dict[str, int], where: tuple[Store, Path]) -> None:
    store, draft = where
    manifest = to_lines(rows)
    marker = {"documents": len(rows), "files": {**files, shard.manifest: len(manifest)}}
    for name, text in ((shard.manifest, manifest), (shard.marker, json.dumps(marker, indent=1) + "\n")):
        path = draft / "text"
        path.write_text(text, encoding="ascii", newline="")
        store.put(path, name)
    store.remove(shard.partial)


def done(store: Store, size: int) -> Iterator[Shard]:
    """Yield the shards that are done, in their order; one whose files are not what its marker says loses the marker."""
    for name in store.names(MARKERS):
        found = _NUMBER.search(name)
        if found is None:
            continue
        shard = Shard(int(found["number"]), size)
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


def rows_of(store: Store, shard: Shard) -> list[Row]:
    """The rows of a shard's part of the manifest."""
    return [Row.from_json(line) for line in (store.read(shard.manifest) or b"").splitlines()]


def withdraw(store: Store, shard: Shard, documents: Collection[int]) -> None:
    """Take documents out of a shard, because a later one has them again."""
    rows = rows_of(store, shard)
    gone = [row for row in rows if row.document in documents]
    marker = json.loads(store.read(shard.marker) or b"{}")
    with drafting(store) as draft:
        drop(store, draft, shard.part, gone)
        files = {name: store.size(name) or 0 for name in marker["files"] if name != shard.manifest}
        _finish(shard, [row for row in rows if row.document not in documents], files, (store, draft))
