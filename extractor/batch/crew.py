"""The workers of one machine at work: chunks go out, shards come in; what dies is replaced."""

import json
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import active_children
from types import FrameType

from extractor.batch.journal import Place, rows_in, runs_in
from extractor.batch.members import Input
from extractor.batch.pool import Worker
from extractor.batch.row import READ, to_lines
from extractor.batch.server import context, warm
from extractor.batch.shards import Shard, confirm
from extractor.batch.store import Store, put_text
from extractor.batch.tasks import ATTEMPTS, Assembly, Chunk, Outcomes, Report, Settings, Task, stop_file
from extractor.errors import ExtractorError

CHUNK = 32
"""How many documents a worker gets at a time, at the most."""

SIZE = 512 * 1024
"""A chunk whose documents have so many bytes gets no more of them."""

HEAVY = {".pdf": 2}
"""How many bytes of a text take as long to read as one byte of a document whose name ends so.

Chunks of PDFs are short for that: at the end of a run, other workers have nothing to do while one ends its last chunk.
"""

DEATHS = ATTEMPTS * CHUNK + 10
"""A chunk at which more workers die cannot be blamed on its documents."""

TICK = 0.25
"""Seconds between two looks at the clock and at Ctrl-C."""

Shards = Iterator[tuple[Shard, Iterator[Input]]]
"""Shards to make, each with its inputs."""


class WorkersDie(ExtractorError):
    """Workers die whatever they are given to do."""


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


Show = Callable[[Progress], None]
"""What is called now and then with how far a run is."""


@dataclass(slots=True)
class _Open:
    """A shard in the making. pending: chunks that are not yet done. dealt: whether it has all its chunks."""

    shard: Shard
    chunks: list[tuple[Place, int]] = field(default_factory=list)
    pending: int = 0
    dealt: bool = False


class Crew:
    """So many workers, who make shards."""

    def __init__(self, settings: Settings, store: Store, progress: Progress, show: Show) -> None:
        self.settings = settings
        self.store = store
        self.progress = progress
        self.show = show
        self._open: dict[int, _Open] = {}
        self._ready: deque[Task] = deque()
        self._flying: dict[Future[Report], tuple[Worker, Task]] = {}
        self._deaths: Counter[tuple[int, int]] = Counter()

    def make(self, shards: Shards, count: int) -> None:
        """Make shards with so many workers. Raises OSError when they cannot be written; what is done is kept."""
        warm()
        how = context()
        idle = [Worker(how) for _ in range(count)]
        with leaving_in_order(self.progress, self.store):
            try:
                self._fly(idle, self._chunks(shards))
                for worker in idle:
                    worker.close(wait=True)
            finally:
                for worker in [*idle, *(worker for worker, _ in self._flying.values())]:
                    worker.close()
        if self.progress.interrupted:
            self._keep_rows()

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
            self._count_death(task)
            self._ready.appendleft(task)
            return worker
        worker.rest(tired=report.tired)
        if isinstance(task, Chunk):
            self.progress.outcomes += report.outcomes
            if report.whole:
                opened = self._open[task.shard]
                opened.pending -= 1
                self._assemble(opened)
        else:
            confirm(self.store, task.shard)
        return worker

    def _count_death(self, task: Task) -> None:
        key = (task.shard, task.place.chunk) if isinstance(task, Chunk) else (task.shard.number, -1)
        self._deaths[key] += 1
        if self._deaths[key] > DEATHS:
            raise WorkersDie(f"{DEATHS} workers died at one task; what is done is kept")

    def _assemble(self, opened: _Open) -> None:
        """Have the outputs of a shard made, if all of it has been read."""
        if opened.dealt and not opened.pending:
            del self._open[opened.shard.number]
            self._ready.append(Assembly(opened.shard, tuple(opened.chunks), self.settings, self.store))

    def _chunks(self, shards: Shards) -> Iterator[Chunk]:
        """Yield the chunks of what there is to do, shard by shard."""
        run = f"{time.time_ns():020}"
        key = json.dumps([self.settings.version, self.settings.to, self.settings.engine])
        for shard, inputs in shards:
            opened = self._open[shard.number] = _Open(shard)
            earlier = runs_in(self.store.work / shard.part)
            while chunk := tuple(_a_chunk(inputs)):
                place = Place(self.store.work / shard.part, len(opened.chunks), run, key, earlier)
                opened.chunks.append((place, len(chunk)))
                opened.pending += 1
                yield Chunk(shard.number, place, chunk, self.settings)
            opened.dealt = True
            self._assemble(opened)

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
def leaving_in_order(progress: Progress, store: Store) -> Iterator[None]:
    """Let Ctrl-C end the run after the documents in hand, and a second one at once; leave no process behind."""

    def stop(number: int, frame: FrameType | None) -> None:
        if progress.interrupted:
            raise KeyboardInterrupt
        progress.interrupted = True
        stop_file(store.work).touch()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    except BaseException:
        for process in active_children():
            process.kill()
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def _a_chunk(inputs: Iterator[Input]) -> Iterator[Input]:
    """Yield the next few inputs, fewer where they are large."""
    size = 0
    for source in islice(inputs, CHUNK):
        yield source
        size += source.size * HEAVY.get(source.name[-4:].lower(), 1)
        if size >= SIZE:
            return
