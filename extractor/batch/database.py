"""The one database of all shards: made anew when a shard has changed, and there only when it is whole."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.batch.shards import DATABASE, SQLITE_PARTS, Shard
from extractor.batch.store import Store, drafting, put_text
from extractor.outputs.sqlite import merge

_MADE_OF = f"{SQLITE_PARTS}/made-of.json"


def make(store: Store, shards: Sequence[Shard]) -> None:
    """Make the database, unless it is there and made of these shards as they are now. Raises OSError."""
    names = [f"{SQLITE_PARTS}/{shard.part}.sqlite" for shard in shards]
    markers = {shard.part: (store.read(shard.marker) or b"").decode() for shard in shards}
    if store.size(DATABASE) is not None and store.read(_MADE_OF) == json.dumps(markers).encode():
        return
    with drafting(store) as draft:
        merge(_local(store, names, draft), draft / DATABASE)
        store.put(draft / DATABASE, DATABASE)
    put_text(store, _MADE_OF, json.dumps(markers))


def _local(store: Store, names: Sequence[str], draft: Path) -> Iterator[Path]:
    for name in names:
        path = store.local(name, draft / "part.sqlite")
        if path is not None:
            yield path
