"""Where output goes: standard output, one file, or one file for each input."""

import errno
import os
import shutil
import sys
import uuid
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

ENCODING = "utf-8"
ERRORS = "backslashreplace"
"""How half a surrogate pair is written, which UTF-8 cannot hold; in JSON its escape is the character itself."""


def write(pieces: Iterable[str], path: Path | None) -> None:
    """Write the pieces to a file, or to standard output when path is None; without any piece, nothing is touched.

    A file appears under its name only once it is complete; until then an older file of that name stays as it was.
    Something that is no regular file (a pipe, a device) is written to directly. Raises OSError.
    """
    rest = iter(pieces)
    for first in rest:
        everything = chain([first], rest)
        if path is None:
            _print(everything)
        elif path.exists() and not path.is_file():
            with path.open("w", encoding=ENCODING, errors=ERRORS, newline="") as file:
                file.writelines(everything)
        else:
            _replace(everything, path.resolve())


def _print(pieces: Iterable[str]) -> None:
    if sys.stdout is None:  # as Python has it when the process starts with standard output closed
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode(ENCODING, ERRORS))
    sys.stdout.buffer.flush()


def _replace(pieces: Iterable[str], path: Path) -> None:
    draft = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with draft.open("x", encoding=ENCODING, errors=ERRORS, newline="") as file:
            file.writelines(pieces)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def names_for(inputs: Sequence[str], suffix: str) -> list[str]:
    """A file name for each input, made of its stem: no two alike, also where case does not count.

    >>> names_for(["a/one.txt", "b/ONE.html", "-", "one-2.pdf"], ".xml")
    ['one.xml', 'ONE-2.xml', 'stdin.xml', 'one-2-2.xml']
    """
    taken: set[str] = set()
    names = []
    for name in inputs:
        stem = "stdin" if name == "-" else Path(name).stem
        free, count = stem, 1
        while free.casefold() in taken:
            count += 1
            free = f"{stem}-{count}"
        taken.add(free.casefold())
        names.append(free + suffix)
    return names
