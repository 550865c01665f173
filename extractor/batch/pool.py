"""Worker processes: each an executor of its own with one process, so the death of one costs no other anything.

docs/batch.md says why this and no other pool.
"""

import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext

from extractor.batch.tasks import Chunk, Report, Task

RENEWAL = 5000
"""A worker that has read so many documents makes place for a new one, so that what leaks leaks no further."""

STARTS = (0.01, 0.1, 1.0)
"""Seconds between attempts to start a process."""


def perform(task: Task) -> Report:
    """Do a task, in a worker."""
    from extractor.batch.assembly import assemble
    from extractor.batch.worker import work

    if isinstance(task, Chunk):
        return work(task)
    assemble(task)
    return Report()


def prepare() -> None:
    """Make ready a new worker process."""
    from extractor.batch.worker import prepare

    prepare()


class Worker:
    """One worker; its process is started when it is needed."""

    def __init__(self, how: BaseContext) -> None:
        self._context = how
        self._executor: ProcessPoolExecutor | None = None
        self._documents = 0

    def submit(self, task: Task) -> Future[Report]:
        """Have a task done; the future raises BrokenProcessPool if the process dies over it."""
        for patience in STARTS:
            try:
                return self._submit(task)
            except (EOFError, ConnectionError, BrokenProcessPool):
                # The server of processes was killed, or the process while it had nothing to do; another is started.
                self.close()
                time.sleep(patience)
        return self._submit(task)

    def _submit(self, task: Task) -> Future[Report]:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(1, mp_context=self._context, initializer=prepare)
        self._documents += len(task.inputs) if isinstance(task, Chunk) else 0
        return self._executor.submit(perform, task)

    def rest(self, *, tired: bool) -> None:
        """After a task: let the process go if it has done enough, or is tired."""
        if tired or self._documents >= RENEWAL:
            self.close()

    def close(self, *, wait: bool = False) -> None:
        """Let the process go, and wait until it is gone; one that is at work ends its task first."""
        if self._executor is not None:
            self._executor.shutdown(wait=wait, cancel_futures=True)
        self._executor = None
        self._documents = 0
