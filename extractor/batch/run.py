"""A run: finds the inputs, has them read, and leaves the results that one undisturbed run would have left."""

import json
import shutil
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import active_children
from types import FrameType

from extractor.batch import database
from extractor.batch.inputs import Where, find_inputs
from extractor.batch.journal import Place, rows_in
from extractor.batch.known import Known, free_numbers
from extractor.batch.members import Held, Input
from extractor.batch.pool import Task, Worker, context
from extractor.batch.reading import Settings
from extractor.batch.row import READ, to_lines
from extractor.batch.shards import Assembly, Shard, done, withdraw
from extractor.batch.store import Store, put_text
from extractor.batch.worker import Chunk, Outcomes, Report, stop_file

CHUNK = 8
"""How many documents a worker gets at a time."""

HELD = 8 * 1024 * 1024
"""How many bytes of documents a chunk carries, with the last of them, where an archive is read from front to end."""

TICK = 0.25
"""Seconds between two looks at the clock and at Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked for. shard: how many inputs one has. workers: processes. fresh: from the start."""

    inputs: tuple[str, ...]
    where: Where
    settings: Settings
    workers: int
    shard: int
    retry_failed: bool = False
    fresh: bool = False


@dataclass(slots=True)
class Progress:
    """How far a run is. earlier: what was done before it."""

    outcomes: Outcomes = field(default_factory=Outcomes)
    earlier: Outcomes = field(default_factory=Outcomes)
    start: float = field(default_factory=time.monotonic)
    interrupted: bool = False
    ended: bool = False

    @property
    def total(self) -> Outcomes:
        """What became of all inputs so far."""
        return self.outcomes + self.earlier

    @property
    def failed(self) -> int:
        """How many inputs have no result."""
        return sum(count for (status, _), count in self.total.items() if status not in READ)

    @property
    def exit_code(self) -> int:
        """What `formd batch` ends with: 130 after Ctrl-C, 1 if an input has no result, else 0."""
        return 130 if self.interrupted else int(self.failed > 0)


@dataclass(slots=True)
class _Open:
    """A shard in the making. pending: chunks that are not yet done. dealt: whether it has all its chunks."""

    shard: Shard
    chunks: list[tuple[Place, int]] = field(default_factory=list)
    pending: int = 0
    dealt: bool = False


class Run:
    """One run. show: is called now and then, and at the end, with how far it is."""

    def __init__(self, order: Order, store: Store, show: Callable[[Progress], None]) -> None:
        self.order = order
        self.store = store
        self.show = show
        self.progress = Progress()
        self._open: dict[int, _Open] = {}
        self._ready: deque[Task] = deque()
        self._flying: dict[Future[Report], tuple[Worker, Task]] = {}
        self._deaths: dict[int, int] = {}

    def go(self) -> Progress:
        """Do it. Raises OSError when results cannot be written; what is done is kept for the next run."""
        stop_file(self.store.work).unlink(missing_ok=True)
        self.store.work.mkdir(parents=True, exist_ok=True)
        known = Known(self.store, self.order.shard, self.order.settings.version)
        self.progress.earlier = known.outcomes
        how = context()
        idle = [Worker(how) for _ in range(self.order.workers)]
        with self._leaving_in_order(idle):
            self._fly(idle, self._chunks(known))
        if self.progress.interrupted:
            self._keep_rows()
        else:
            self._tidy(known)
        self.progress.ended = True
        self.show(self.progress)
        return self.progress

    def _fly(self, idle: list[Worker], chunks: Iterator[Chunk]) -> None:
        """Keep every worker busy until there is nothing left to do."""
        while True:
            while idle and not self.progress.interrupted and (task := self._next(chunks)):
                worker = idle.pop()
                self._flying[worker.submit(task)] = (worker, task)
            if not self._flying:
                return
            landed, _ = wait(self._flying, timeout=TICK, return_when=FIRST_COMPLETED)
            for future in landed:
                idle.append(self._land(future))
            self.show(self.progress)

    def _next(self, chunks: Iterator[Chunk]) -> Task | None:
        """The next task; the end of the chunks may make a shard ready."""
        task = None if self._ready else next(chunks, None)
        return task or (self._ready.popleft() if self._ready else None)

    def _land(self, future: Future[Report]) -> Worker:
        """Take in what a worker has done, and return it for more."""
        worker, task = self._flying.pop(future)
        try:
            report = future.result()
        except BrokenProcessPool:
            worker.close()
            self._ready.appendleft(task)
            return worker
        worker.rest(tired=report.tired)
        if isinstance(task, Chunk):
            self.progress.outcomes += report.outcomes
            if report.whole:
                self._chunk_done(self._open[task.shard])
        return worker

    def _chunk_done(self, opened: _Open) -> None:
        opened.pending -= 1
        self._assemble(opened)

    def _assemble(self, opened: _Open) -> None:
        if opened.dealt and not opened.pending and opened.chunks:
            del self._open[opened.shard.number]
            self._ready.append(Assembly(opened.shard, tuple(opened.chunks), self.order.settings, self.store))

    def _chunks(self, known: Known) -> Iterator[Chunk]:
        """Yield the chunks of what there is to do, shard by shard."""
        inputs = self._wanted(known)
        run = f"{time.time_ns():020}"
        for number in free_numbers(known.shards):
            opened = self._open[number] = _Open(Shard(number, self.order.shard))
            of_shard = islice(inputs, self.order.shard)
            while chunk := tuple(_a_chunk(of_shard)):
                place = Place(self.store.work / opened.shard.part, len(opened.chunks), run, self._key)
                opened.chunks.append((place, len(chunk)))
                opened.pending += 1
                yield Chunk(number, place, chunk, self.order.settings)
            opened.dealt = True
            self._assemble(opened)
            if not opened.chunks:
                del self._open[number]
                return

    def _wanted(self, known: Known) -> Iterator[Input]:
        for source in find_inputs(self.order.inputs, self.order.where):
            if known.wants(source, retry_failed=self.order.retry_failed):
                yield source

    @property
    def _key(self) -> str:
        return json.dumps([self.order.settings.version, self.order.settings.to])

    def _tidy(self, known: Known) -> None:
        """Take out of each shard what a later one has again, make what is made of all shards, and drop the journals."""
        if known.doubles:
            known = Known(self.store, self.order.shard, self.order.settings.version)
            for shard in known.shards:
                documents = known.superseded(self.store, shard)
                if documents:
                    withdraw(self.store, shard, documents)
        if "sqlite" in self.order.settings.to:
            database.make(self.store, list(done(self.store, self.order.shard)))
        for folder in self.store.work.glob("part-*"):
            shutil.rmtree(folder)

    def _keep_rows(self) -> None:
        """Write down what became of the inputs of shards that are not done yet."""
        for opened in self._open.values():
            shard = opened.shard
            rows = []
            first = 0
            for place, length in opened.chunks:
                read = sorted(rows_in(place).items())
                rows += [row.placed(shard.number, shard.document(first + position)) for position, row in read]
                first += length
            put_text(self.store, shard.partial, to_lines(rows))

    @contextmanager
    def _leaving_in_order(self, workers: list[Worker]) -> Iterator[None]:
        """Let Ctrl-C end the run after the documents in hand, and a second one at once; leave no process behind."""

        def stop(number: int, frame: FrameType | None) -> None:
            if self.progress.interrupted:
                raise KeyboardInterrupt
            self.progress.interrupted = True
            stop_file(self.store.work).touch()

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        except BaseException:
            for process in active_children():
                process.kill()
            raise
        finally:
            signal.signal(signal.SIGINT, before)
            for worker in [*workers, *(worker for worker, _ in self._flying.values())]:
                worker.close()


def _a_chunk(inputs: Iterator[Input]) -> Iterator[Input]:
    """Yield the next few inputs: less where they are carried along."""
    held = 0
    for source in islice(inputs, CHUNK):
        yield source
        held += len(source.part.data) if isinstance(source.part, Held) else 0
        if held >= HELD:
            return
