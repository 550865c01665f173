"""One shard made by a process of its own, for whoever starts it: `python -m extractor.batch.alone`.

It reads what to do from standard input, and writes what became of the documents to standard output. It ends when its
standard input does, so it does not outlive whoever started it.
"""

import json
import os
import pickle
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from extractor.batch.crew import Crew, Progress
from extractor.batch.members import Input
from extractor.batch.row import Status
from extractor.batch.shards import Shard
from extractor.batch.store import Folder, Store
from extractor.batch.tasks import Outcomes, Settings
from extractor.errors import ExtractorError

_LENGTH = struct.Struct(">Q")


class ShardFailed(ExtractorError):
    """The process that was to make a shard ended without having made it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to make. store: where; None to read the documents and keep nothing."""

    shard: Shard
    inputs: tuple[Input, ...]
    settings: Settings
    store: Store | None


def make(job: Job) -> Outcomes:
    """Make a shard in a process of its own. Raises ShardFailed with what that process says."""
    command = [sys.executable, "-m", "extractor.batch.alone"]
    data = pickle.dumps(job)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        with suppress(BrokenPipeError):  # it has ended already, and says why
            process.stdin.write(_LENGTH.pack(len(data)) + data)
            process.stdin.flush()
        said = process.stdout.read()
        errors = process.stderr.read().decode(errors="replace")
    if process.returncode:
        raise ShardFailed(f"the process of {job.shard.part} ended with {process.returncode}: {errors[-2000:]}")
    return Counter({(Status(status), error): count for status, error, count in json.loads(said)})


def main() -> None:
    """Do the job that standard input holds."""
    source = sys.stdin.buffer
    (length,) = _LENGTH.unpack(source.read(_LENGTH.size))
    job: Job = pickle.loads(source.read(length))
    threading.Thread(target=_end_with_input, daemon=True).start()
    outcomes = _made(job)
    print(json.dumps([(status, error, count) for (status, error), count in outcomes.items()]))  # noqa: T201


def _end_with_input() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def _made(job: Job) -> Outcomes:
    progress = Progress()
    scratch = None if job.store else Path(tempfile.mkdtemp(prefix="formd-"))
    store = job.store or Folder(scratch or Path())
    try:
        Crew(job.settings, store, progress, lambda progress: None).make(iter([(job.shard, iter(job.inputs))]), 1)
    finally:
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)
    return progress.outcomes


if __name__ == "__main__":
    main()
