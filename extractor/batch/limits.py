"""What one document may take: time, by the clock on the wall, and memory."""

import faulthandler
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TextIO

CRASHED = "Fatal Python error: "
"""How the last words of an interpreter begin that crashed; of one that ran out of time they say only where it was."""

HAS_ALARM = hasattr(signal, "setitimer")

_SIZES = "/proc/self/statm"


@contextmanager
def memory_limit(extra: int) -> Iterator[None]:
    """Let the process take so many bytes more than it has; then Python raises MemoryError. 0: no limit.

    It is the address space that is limited, which Linux holds to. Elsewhere there is no limit.
    """
    if not extra or not sys.platform.startswith("linux"):
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _address_space() * resource.getpagesize() + extra
    bounds = [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([limit, *bounds]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    """How many pages the process has."""
    return int(os.pread(_sizes_of(os.getpid()), 100, 0).split()[0])


@lru_cache(maxsize=1)
def _sizes_of(process: int) -> int:
    """The open file of this process's sizes, which is opened once: that takes longer than to read it."""
    return os.open(_SIZES, os.O_RDONLY)


@contextmanager
def last_words(note: TextIO) -> Iterator[None]:
    """Have the interpreter leave a note when it is ended by its clock or by a fault of its own."""
    faulthandler.enable(note)
    if HAS_ALARM:
        faulthandler.register(signal.SIGALRM, note, chain=True)
    try:
        yield
    finally:
        if HAS_ALARM:
            faulthandler.unregister(signal.SIGALRM)
        faulthandler.disable()


@contextmanager
def time_limit(seconds: float, note: TextIO) -> Iterator[None]:
    """End the process, wherever it hangs, if this takes longer; within `last_words`, the note then says so.

    It is the system's alarm that ends it, or where there is none a thread that needs no turn of Python's, so code that
    never returns to Python is ended too.
    """
    if HAS_ALARM:
        signal.setitimer(signal.ITIMER_REAL, seconds)
    else:
        faulthandler.dump_traceback_later(seconds, exit=True, file=note)
    try:
        yield
    finally:
        if HAS_ALARM:
            signal.setitimer(signal.ITIMER_REAL, 0)
        else:
            faulthandler.cancel_dump_traceback_later()
