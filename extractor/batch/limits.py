"""What one document may take: time, by the clock on the wall, and memory."""

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

TIMED_OUT = "Timeout ("
"""How the note of a watchdog begins that has run out of patience."""

CRASHED = "Fatal Python error: "
"""How the last word of an interpreter begins."""

_SIZES = Path("/proc/self/statm")


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
    limit = int(_SIZES.read_bytes().split()[0]) * resource.getpagesize() + extra
    bounds = [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([limit, *bounds]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def time_limit(seconds: float, note: TextIO) -> Iterator[None]:
    """End the process, wherever it hangs, if this takes longer; the note then says so.

    The clock is a thread of the interpreter's own that needs no turn of Python's, so code that never returns to Python
    is ended too.
    """
    faulthandler.dump_traceback_later(seconds, exit=True, file=note)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
