"""How worker processes are started: off a server that has loaded the readers, where the system can; fresh elsewhere."""

import multiprocessing
import signal
import threading
from multiprocessing.context import BaseContext

_LOADED = (
    "extractor.batch.assembly",
    "extractor.batch.worker",
    "extractor.readers.text",
    "extractor.readers.html",
    "extractor.readers.edgar",
    "extractor.cli",  # each process looks at what the first one was started as
)


def context() -> BaseContext:
    """The way to start processes."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(list(_LOADED))
    return server


def warm() -> None:
    """Have the server started, which loads the readers while this process does something else."""
    if context().get_start_method() != "forkserver" or threading.current_thread() is not threading.main_thread():
        return
    from multiprocessing.forkserver import ensure_running

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # what it starts with, the server keeps: Ctrl-C is not for it
    try:
        ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)
