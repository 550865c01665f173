"""Worker processes: each an executor of its own with one process, so the death of one costs no other anything.

docs/batch.md says why this and no other pool.
"""

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.context import BaseContext

from extractor.batch.shards import Assembly, assemble
from extractor.batch.worker import Chunk, Report, prepare, work

RENEWAL = 5000
"""A worker that has read so many documents makes place for a new one, so that what leaks leaks no further."""

_PRELOADED = (
    "extractor.cli",
    "extractor.batch.run",
    "extractor.readers.text",
    "extractor.readers.html",
    "extractor.readers.edgar",
)

Task = Chunk | Assembly


def context() -> BaseContext:
    """How processes are started: off a server that has loaded everything, where there is one; fresh elsewhere."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(list(_PRELOADED))
    return server


def perform(task: Task) -> Report:
    """Do a task, in a worker."""
    if isinstance(task, Chunk):
        return work(task)
    assemble(task)
    return Report()


class Worker:
    """One worker; its process is started when it is needed."""

    def __init__(self, how: BaseContext) -> None:
        self._context = how
        self._executor: ProcessPoolExecutor | None = None
        self._documents = 0

    def submit(self, task: Task) -> Future[Report]:
        """Have a task done; the future raises BrokenProcessPool if the process dies over it."""
        if self._executor is None:
            self._executor = ProcessPoolExecutor(1, mp_context=self._context, initializer=prepare)
        self._documents += len(task.inputs) if isinstance(task, Chunk) else 0
        return self._executor.submit(perform, task)

    def rest(self, *, tired: bool) -> None:
        """After a task: let the process go if it has done enough, or is tired."""
        if tired or self._documents >= RENEWAL:
            self.close()

    def close(self) -> None:
        """Let the process go; one that is at work ends its task first."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = None
        self._documents = 0
