"""The folder of results: whose it is, and for what."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from extractor.batch.run import Order
from extractor.batch.shards import DATABASE, MANIFEST, MARKERS, SQLITE_PARTS
from extractor.batch.store import Store, put_text
from extractor.errors import ExtractorError

SETTINGS = "run.json"

_CLEARING: dict[str, object] = {}
"""What is noted while results are being removed, so that the next run goes on with that."""

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
        settings = order.settings
        asked: dict[str, object] = {"to": list(settings.to), "shard": order.shard, "engine": settings.engine}
        noted = _noted(store, asked)
        shutil.rmtree(store.work / "drafts", ignore_errors=True)
        if noted == _CLEARING or (order.fresh and noted):
            _clear(store)
            noted = None
        if noted:
            _hold(noted, asked)
        else:
            put_text(store, SETTINGS, json.dumps(asked) + "\n")
            store.settle(".")
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
    put_text(store, SETTINGS, json.dumps(_CLEARING))
    for name in (MARKERS, MANIFEST, *OUTPUTS, SETTINGS):
        store.remove(name)
    for path in store.work.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def _noted(store: Store, asked: Mapping[str, object]) -> dict[str, object] | None:
    """What the results there are of, None where there are none. Raises OutputInUse if others have files there."""
    noted = store.read(SETTINGS)
    if noted is None:
        taken = [name for name in (MARKERS, MANIFEST, *OUTPUTS) if store.size(name) is not None]
        if taken:
            raise OutputInUse(f"{taken[0]} is there, but no {SETTINGS}, so no run wrote it; choose another place")
        return None
    try:
        before = json.loads(noted)
    except ValueError:
        before = None
    if not isinstance(before, dict) or before.keys() not in (asked.keys(), _CLEARING.keys()):
        raise OutputInUse(f"the {SETTINGS} there is not that of a run; choose another place")
    return before


def _hold(before: Mapping[str, object], asked: Mapping[str, object]) -> None:
    """Hold the run to what the results there are of."""
    for key, value in asked.items():
        seen = before[key]
        if seen != value:
            said = ",".join(map(str, seen)) if isinstance(seen, list) else seen
            raise OutputInUse(f"the results there are of a run with --{key} {said}; go on with that, or use --fresh")
