"""What runs in a worker process: a chunk of inputs, one after the other, each within its limits."""

import gc
import os
import signal
import threading
from dataclasses import replace
from functools import partial
from multiprocessing import connection, parent_process
from typing import TextIO

from extractor.batch.journal import Entry, Journal
from extractor.batch.limits import CRASHED, last_words, time_limit
from extractor.batch.reading import new_row, read_input
from extractor.batch.row import Status
from extractor.batch.tasks import ATTEMPTS, STOP, Chunk, Report

GARBAGE = 20_000
"""New objects after which a worker looks for cycles; a document makes thousands of objects, but hardly a cycle."""


def prepare() -> None:
    """Make a new worker process one that leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(GARBAGE)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def work(chunk: Chunk) -> Report:
    """Read what is not yet done of a chunk. Raises OSError when the journal cannot be written."""
    report = Report()
    with Journal(chunk.place) as journal, chunk.place.note.open("a+", encoding="utf-8") as note:
        _forget_changed(journal, chunk)
        _record_guilty(journal, chunk, note)
        for entry in journal.kept.finished.values():
            report.add(entry.row)
        with last_words(note):
            report.whole = _read(chunk, journal, note, report)
    return report


def _read(chunk: Chunk, journal: Journal, note: TextIO, report: Report) -> bool:
    """Read what is not yet done; whether nothing has asked to stop before the end."""
    stop = os.fspath(chunk.place.folder.parent / STOP)
    left = [position for position in range(len(chunk.inputs)) if position not in journal.kept.finished]
    if left and os.path.exists(stop):  # noqa: PTH110
        return False
    for position, following in zip(left, [*left[1:], None], strict=False):
        if position == left[0]:
            journal.begin(position)
        with time_limit(chunk.settings.timeout, note):
            entry = read_input(chunk.inputs[position], chunk.settings, partial(journal.see, position))
        stopped = following is not None and os.path.exists(stop)  # noqa: PTH110
        journal.end(position, entry, None if stopped else following)
        report.add(entry.row)
        if stopped:
            return False
    return True


def _forget_changed(journal: Journal, chunk: Chunk) -> None:
    """Drop what an earlier run kept of documents that have changed since, or of others."""
    for position, entry in list(journal.kept.finished.items()):
        source = chunk.inputs[position] if position < len(chunk.inputs) else None
        if source is None or (entry.row.input, entry.row.stamp) != (source.name, source.mark):
            del journal.kept.finished[position]


def _record_guilty(journal: Journal, chunk: Chunk, note: TextIO) -> None:
    """Record the document that a worker of this run died over, if its death is the document's fault."""
    position = journal.kept.last
    note.seek(0)
    word = note.read()
    note.truncate(0)
    if position is None or position in journal.kept.finished:
        return
    if CRASHED in word:
        reason = word.partition(CRASHED)[2].partition("\n")[0]
        verdict = (Status.FAILED, "Crashed", f"the interpreter crashed: {reason}; please report it as a fault of formd")
    elif word:
        verdict = (Status.TIMED_OUT, "TimedOut", f"not done within {chunk.settings.timeout:g} s; --timeout allows more")
    elif journal.kept.begun[position] >= ATTEMPTS:
        verdict = (Status.FAILED, "Killed", f"{ATTEMPTS} workers in a row were killed while they read it")
    else:
        return
    status, error, message = verdict
    row = new_row(chunk.inputs[position], chunk.settings.version)
    sha256, size = journal.kept.seen.get(position, (None, None))
    row = replace(row, status=status, error=error, message=message, sha256=sha256, size=size)
    entry = journal.kept.finished[position] = Entry(row)
    journal.end(position, entry)
