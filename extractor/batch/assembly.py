"""The making of a shard, of what the journals of its chunks say."""

import gc
import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from extractor.batch.journal import Entry, Place, keep
from extractor.batch.row import Row, to_lines
from extractor.batch.shards import MARKERS, Shard, rows_of
from extractor.batch.sinks import SINKS, Share, Sink, drop
from extractor.batch.store import Store, drafting
from extractor.batch.tasks import Assembly, Settings


def assemble(task: Assembly) -> None:
    """Write the outputs, the part of the manifest and the marker of a shard, then drop its journals. Raises OSError."""
    with without_garbage():
        write(task.shard, _entries(task.chunks), task.settings, task.store)
    shutil.rmtree(task.chunks[0][0].folder, ignore_errors=True)


@contextmanager
def without_garbage() -> Iterator[None]:
    """Look for no cycles: none of the many lists made here is part of one, and each look would see them all."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _entries(chunks: tuple[tuple[Place, int], ...]) -> Iterator[Entry]:
    for place, length in chunks:
        kept = keep(place)
        for position in range(length):
            yield kept.finished[position]


def write(shard: Shard, entries: Iterator[Entry], settings: Settings, store: Store) -> None:
    """Write a shard: its outputs, its part of the manifest, its marker."""
    rows = []
    files: dict[str, int | None] = {}
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
                files[name] = store.size(name)
        _finish(shard, rows, files, (store, draft))


def _finish(shard: Shard, rows: Collection[Row], files: dict[str, int | None], where: tuple[Store, Path]) -> None:
    store, draft = where
    manifest = to_lines(rows)
    marker = {"documents": len(rows), "files": {**files, shard.manifest: len(manifest)}}
    for name, text in ((shard.manifest, manifest), (shard.marker, json.dumps(marker, indent=1) + "\n")):
        path = draft / "text"
        path.write_text(text, encoding="ascii", newline="")
        store.put(path, name)
    store.settle(MARKERS)  # of the other files it knows the sizes, so one that a power cut takes back is missed
    store.remove(shard.partial)


def withdraw(store: Store, shard: Shard, documents: Collection[int]) -> None:
    """Take documents out of a shard, because a later one has them again."""
    rows = rows_of(store, shard)
    gone = [row for row in rows if row.document in documents]
    marker = json.loads(store.read(shard.marker) or b"{}")
    with drafting(store) as draft:
        drop(store, draft, shard.part, gone)
        files = {name: store.size(name) for name in marker["files"] if name != shard.manifest}
        _finish(shard, [row for row in rows if row.document not in documents], files, (store, draft))
