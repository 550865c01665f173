"""How far a run is: a bar on a terminal, lines of JSON elsewhere; and the sum at the end."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from extractor.batch.crew import Progress, Show
from extractor.batch.row import READ, Status

INTERVAL = 10.0
"""Seconds between two lines of JSON."""


@contextmanager
def shown(stream: TextIO, count: Callable[[], int], *, quiet: bool) -> Iterator[Show]:
    """A way to show how far a run is on a stream. count: tells how many inputs there are, which may take a while."""
    if quiet:
        yield lambda progress: None
    elif stream.isatty():
        with _bar(stream, count) as show:
            yield show
    else:
        yield _lines(stream)


def _lines(stream: TextIO) -> Show:
    due = time.monotonic() + INTERVAL

    def show(progress: Progress) -> None:
        nonlocal due
        if time.monotonic() >= due or progress.ended:
            due = time.monotonic() + INTERVAL
            stream.write(json.dumps(_figures(progress)) + "\n")
            stream.flush()

    return show


def _figures(progress: Progress) -> dict[str, float | int | bool]:
    seconds = time.monotonic() - progress.start
    now = progress.outcomes.total()
    return {
        "done": progress.total.total(),
        "failed": progress.failed,
        "per_second": round(now / seconds, 1),
        "seconds": round(seconds, 1),
        "ended": progress.ended,
    }


@contextmanager
def _bar(stream: TextIO, count: Callable[[], int]) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        TextColumn("{task.fields[rate]:.0f}/s"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task("", total=None, failed=0, rate=0.0)
        # The inputs are found as they are needed; how many there are is found out beside that.
        threading.Thread(target=lambda: bar.update(task, total=count()), daemon=True).start()

        def show(progress: Progress) -> None:
            figures = _figures(progress)
            bar.update(task, completed=figures["done"], failed=figures["failed"], rate=figures["per_second"])

        yield show


def summary(progress: Progress, manifest: str) -> list[str]:
    """Lines that say what became of all inputs: how many there are of each status, and of each error."""
    total = progress.total
    read = total.total() - progress.failed
    lines = [f"{total.total()} inputs: {read} with a result, {progress.failed} without"]
    if progress.earlier:
        lines[0] += f"; {progress.earlier.total()} were done before"
    for status in Status:
        errors = Counter({error: count for (which, error), count in total.items() if which is status})
        if errors:
            named = ", ".join(f"{error} {count}" for error, count in errors.most_common() if error)
            lines.append(f"  {errors.total():>9}  {status}" + (f": {named}" if status not in READ else ""))
    lines.append(f"each input has its row in {manifest}")
    if progress.failed:
        lines.append("rows without a result say why ('message'); --retry-failed reads these inputs again")
    if progress.interrupted:
        lines.append("stopped before the end; the same command goes on from here")
    return lines
