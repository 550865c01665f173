"""A run: finds the inputs, has them read, and leaves the results that one undisturbed run would have left."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from extractor.batch.crew import Crew, Progress, Shards, Show
from extractor.batch.inputs import Where, find_inputs
from extractor.batch.known import Known, free_numbers
from extractor.batch.members import Input
from extractor.batch.shards import Shard, done
from extractor.batch.store import Store
from extractor.batch.tasks import Settings, stop_file


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked for.

    shard: how many inputs one has. workers: processes. cluster: the address of a Dask scheduler, "" for none. fresh:
    from the start.
    """

    inputs: tuple[str, ...]
    where: Where
    settings: Settings
    workers: int
    shard: int
    cluster: str = ""
    retry_failed: bool = False
    fresh: bool = False


def run(order: Order, store: Store, show: Show) -> Progress:
    """Do what is asked for. Raises OSError when results cannot be written; what is done is kept for the next run."""
    store.work.mkdir(parents=True, exist_ok=True)
    stop_file(store.work).unlink(missing_ok=True)
    known = Known(store, order.shard, order.settings.version)
    progress = Progress(earlier=known.outcomes)
    shards = _shards(order, known)
    if order.cluster:
        from extractor.batch.cluster import make

        make(shards, order.cluster, (store, order.settings), (progress, show))
    else:
        Crew(order.settings, store, progress, show).make(shards, order.workers)
    if not progress.interrupted:
        _tidy(order, store, known)
    progress.ended = True
    show(progress)
    return progress


def _shards(order: Order, known: Known) -> Shards:
    """Yield the shards to make: numbers that are free, and for each so many of the inputs that are not done."""
    inputs = _wanted(order, known)
    for number in free_numbers(known.shards):
        of_shard = islice(inputs, order.shard)
        first = next(of_shard, None)
        if first is None:
            return
        yield Shard(number, order.shard), chain([first], of_shard)


def _wanted(order: Order, known: Known) -> Iterator[Input]:
    return (
        source
        for source in find_inputs(order.inputs, order.where)
        if known.wants(source, retry_failed=order.retry_failed)
    )


def _tidy(order: Order, store: Store, known: Known) -> None:
    """Take out of each shard what a later one has again, make what is made of all shards, and drop the journals."""
    if known.doubles:
        from extractor.batch.assembly import withdraw

        known = Known(store, order.shard, order.settings.version)
        for shard in known.shards:
            documents = known.superseded(store, shard)
            if documents:
                withdraw(store, shard, documents)
    if "sqlite" in order.settings.to:
        from extractor.batch import database

        database.make(store, list(done(store, order.shard)))
    for folder in store.work.glob("part-*"):
        shutil.rmtree(folder)
