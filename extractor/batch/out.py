"""The folder of results: whose it is, and for what."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from extractor.batch.run import Order
from extractor.batch.shards import DATABASE, MANIFEST, MARKERS, SQLITE_PARTS
from extractor.batch.store import Store, put_text
from extractor.errors import ExtractorError

SETTINGS = "run.json"
OUTPUTS = ("jsonl", "xml", "tsv", "parquet", SQLITE_PARTS, DATABASE)
"""Where outputs are."""


class OutputInUse(ExtractorError):
    """The results belong to another run: one that is going on, or one that was asked for something else."""


@contextmanager
def opened(store: Store, order: Order) -> Iterator[None]:
    """Hold the results for one run. Raises OutputInUse, or OSError when they cannot be written."""
    store.work.mkdir(parents=True, exist_ok=True)
    with (store.work / "lock").open("w") as lock:
        _lock(lock.fileno(), store)
        if order.fresh:
            _clear(store)
        shutil.rmtree(store.work / "drafts", ignore_errors=True)
        settings = order.settings
        _settle(store, {"to": list(settings.to), "shard": order.shard, "engine": settings.engine})
        yield


def _lock(handle: int, store: Store) -> None:
    """Lock a file until it is closed; where the system has no such locks, this does nothing."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputInUse(f"another run is writing there; wait for its end (it holds {store.work / 'lock'})") from None


def _clear(store: Store) -> None:
    """Remove the results of earlier runs, the markers first: what has none is not done."""
    if store.read(SETTINGS) is None:
        return
    for name in (MARKERS, MANIFEST, *OUTPUTS, SETTINGS):
        store.remove(name)
    for path in store.work.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def _settle(store: Store, asked: dict[str, object]) -> None:
    """Note what the results are, or hold the run to what is noted."""
    noted = store.read(SETTINGS)
    if noted is None:
        put_text(store, SETTINGS, json.dumps(asked) + "\n")
        return
    before = json.loads(noted)
    for key, value in asked.items():
        if before.get(key) != value:
            seen = ",".join(before[key]) if isinstance(before[key], list) else before[key]
            raise OutputInUse(f"the results there are of a run with --{key} {seen}; go on with that, or use --fresh")
