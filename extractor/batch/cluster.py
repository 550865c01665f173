"""Shards made by a Dask cluster, one task each: the worker that makes a shard writes it. Takes the extra `dask`.

A worker that dies is replaced by Dask, which gives its shard to another. A shard at which too many workers die is read
again in pieces, which are thrown away, until the documents are found that kill; those are recorded and not read.
"""

import importlib
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol, cast

from extractor.batch import alone
from extractor.batch.alone import Job
from extractor.batch.crew import TICK, Progress, Shards, Show, WorkersDie, leaving_in_order
from extractor.batch.members import Input, Unlisted
from extractor.batch.shards import confirm
from extractor.batch.store import Store
from extractor.batch.tasks import Outcomes, Settings
from extractor.errors import MissingProgram

PIECES = 10
"""Into how many pieces a shard is cut that kills its workers, and each of those again."""

AHEAD = 2
"""How many shards for each thread of the cluster are handed over before the first of them is done."""

TRIES = 10
"""How often a shard is handed over that kills its workers, though none of its documents does by itself."""

GUILTY = Unlisted("KilledWorkers", "every worker of the cluster died that read it")


class Future(Protocol):
    """What is used of a Dask future."""

    def done(self) -> bool:
        """Whether there is a result or an error."""

    def result(self) -> Outcomes:
        """The result; raises the error."""


class Client(Protocol):
    """What is used of a Dask client."""

    def submit(self, function: Callable[[Job], Outcomes], job: Job, *, pure: bool) -> Future:
        """Have a function called somewhere."""

    def nthreads(self) -> dict[str, int]:
        """The threads of each worker."""

    def close(self) -> None:
        """Leave the cluster."""


def connect(address: str) -> Client:
    """A client of the cluster whose scheduler has this address. Raises MissingProgram, or OSError."""
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise MissingProgram("expected Dask for a cluster; install formd-extractor[dask]") from None
    return cast("Client", distributed.Client(address))


class Cluster:
    """The cluster at work for one run."""

    def __init__(self, client: Client, store: Store, settings: Settings) -> None:
        distributed = importlib.import_module("distributed")
        self._wait: Callable[..., object] = distributed.wait
        self._killed: type[Exception] = distributed.KilledWorker
        self._client = client
        self._store = store
        self._settings = settings
        self._flying: dict[Future, Job] = {}
        self._again: deque[Job] = deque()
        self._tries: Counter[int] = Counter()

    def make(self, shards: Shards, progress: Progress, show: Show) -> None:
        """Make shards. Raises what the making of one raises, such as OSError."""
        with leaving_in_order(progress, self._store):
            while True:
                while not progress.interrupted and self._has_room() and (job := self._next(shards)):
                    self._flying[self._submit(job)] = job
                if not self._flying:
                    return
                self._await(list(self._flying), "FIRST_COMPLETED")
                for future in [future for future in self._flying if future.done()]:
                    self._land(future, progress)
                show(progress)

    def _has_room(self) -> bool:
        return len(self._flying) < AHEAD * max(1, sum(self._client.nthreads().values()))

    def _next(self, shards: Shards) -> Job | None:
        if self._again:
            return self._again.popleft()
        found = next(shards, None)
        return found and Job(found[0], tuple(found[1]), self._settings, self._store)

    def _submit(self, job: Job) -> Future:
        return self._client.submit(alone.make, job, pure=False)

    def _await(self, futures: Sequence[Future], until: str) -> None:
        with suppress(TimeoutError):
            self._wait(futures, timeout=4 * TICK, return_when=until)

    def _land(self, future: Future, progress: Progress) -> None:
        job = self._flying.pop(future)
        try:
            progress.outcomes += future.result()
            confirm(self._store, job.shard)
        except self._killed:
            self._tries[job.shard.number] += 1
            guilty = {source.name for source in self._guilty(job, job.inputs)}
            if not guilty and self._tries[job.shard.number] >= TRIES:
                raise WorkersDie(f"every worker dies that makes {job.shard.part}, but no one document kills") from None
            inputs = (replace(source, part=GUILTY) if source.name in guilty else source for source in job.inputs)
            self._again.append(replace(job, inputs=tuple(inputs)))

    def _guilty(self, job: Job, inputs: Sequence[Input]) -> Iterator[Input]:
        """Yield the inputs of a job that kill whoever reads them.

        Dask suspects all that a dead worker had before it, so pieces are tried one after the other, and one document
        twice, lest it is blamed for its neighbour.
        """
        length = -(-len(inputs) // PIECES)
        for at in range(0, len(inputs), length):
            piece = tuple(inputs[at : at + length])
            if self._kills(job, piece):
                if len(piece) > 1:
                    yield from self._guilty(job, piece)
                elif self._kills(job, piece):
                    yield piece[0]

    def _kills(self, job: Job, inputs: tuple[Input, ...]) -> bool:
        """Whether the workers die that read these inputs."""
        future = self._submit(replace(job, inputs=inputs, store=None))
        while not future.done():
            self._await([future], "ALL_COMPLETED")
        try:
            future.result()
        except self._killed:
            return True
        return False


def make(shards: Shards, address: str, making: tuple[Store, Settings], showing: tuple[Progress, Show]) -> None:
    """Make shards on a cluster, and leave it."""
    client = connect(address)
    try:
        Cluster(client, *making).make(shards, *showing)
    finally:
        client.close()
