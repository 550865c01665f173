"""What there is to read: files, folders, patterns, lists, archives, tables of texts, URLs; an `Input` for each one.

The order is fixed: that of the arguments, within a folder that of the names. Whatever cannot be listed (an archive that
is damaged, a name that is not there) is an input too, one that says why, so that nothing is passed over in silence.
"""

import errno
import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.batch import members, remote

COLUMN = "text"
"""The column of JSON lines and Parquet files that holds the documents, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Where:
    """How discovery goes about. column: of tables of texts. out: the folder of results, which is no input."""

    column: str = COLUMN
    out: str | None = None


def find_inputs(arguments: Sequence[str], where: Where) -> Iterator[members.Input]:
    """Yield every document that the arguments name, in a fixed order; a document that two of them name comes twice."""
    for argument in arguments:
        if argument.startswith("@") and not os.path.lexists(argument):
            yield from _listed(argument, where)
        else:
            yield from _named(argument, where)


def _listed(argument: str, where: Where) -> Iterator[members.Input]:
    """Yield the inputs of a list: a file with one name on each line."""
    try:
        with Path(argument[1:]).open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            for line in file:
                name = line.rstrip("\r\n")
                if name:
                    yield from _named(name, where)
    except OSError as error:
        yield members.unlisted(argument, error)


def _named(name: str, where: Where) -> Iterator[members.Input]:
    if remote.is_url(name):
        yield from _at_url(name, where)
    elif os.path.lexists(name):
        yield from _at(name, where)
    elif glob.has_magic(name):
        yield from _matching(name, where)
    else:
        yield members.unlisted(name, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


def _matching(pattern: str, where: Where) -> Iterator[members.Input]:
    found = sorted(glob.iglob(pattern, recursive=True), key=os.fsencode)  # noqa: PTH207
    if not found:
        yield members.unlisted(pattern, FileNotFoundError(errno.ENOENT, "nothing matches the pattern"))
    for path in found:
        # `**` finds the files of a folder as well as the folder itself.
        if "**" not in pattern or not os.path.isdir(path):  # noqa: PTH112
            yield from _at(path, where)


def _at_url(url: str, where: Where) -> Iterator[members.Input]:
    try:
        for file in remote.files_at(url):
            if where.out is None or not file.path.startswith(f"{where.out}/"):
                yield from members.members(file, where.column)
    except Exception as error:  # each kind of URL has errors of its own
        yield members.unlisted(url, error)


def _at(path: str, where: Where) -> Iterator[members.Input]:
    """Yield what stands at a path; of a folder all that is below it, without going through links to other folders."""
    waiting = [("", [path])]
    while waiting:
        folder, names = waiting[-1]
        if not names:
            waiting.pop()
            continue
        path = os.path.join(folder, names.pop())  # noqa: PTH118
        try:
            status = os.stat(path)  # noqa: PTH116
            if stat.S_ISDIR(status.st_mode) and not _is_passed_over(path, folder, where):
                waiting.append((path, sorted(os.listdir(path), key=os.fsencode, reverse=True)))  # noqa: PTH208
                continue
        except OSError as error:
            yield members.unlisted(path, error)
            continue
        yield from _file(path, status, where)


def _is_passed_over(path: str, folder: str, where: Where) -> bool:
    return (folder != "" and os.path.islink(path)) or os.path.realpath(path) == where.out  # noqa: PTH114


def _file(path: str, status: os.stat_result, where: Where) -> Iterator[members.Input]:
    if stat.S_ISREG(status.st_mode):
        yield from members.members(remote.File(path, status.st_size, str(status.st_mtime_ns)), where.column)
    elif not stat.S_ISDIR(status.st_mode):
        yield members.passed_over(path, "expected a file, saw a pipe, a socket or a device")
    elif os.path.realpath(path) != where.out:
        yield members.passed_over(path, "a link to a folder is not followed; name the folder to read it")
