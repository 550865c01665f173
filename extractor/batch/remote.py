"""Files wherever they are: on disk, or at a URL, which takes the extra `url` (fsspec)."""

import importlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from extractor.errors import MissingProgram

MARK = "://"


@dataclass(frozen=True, slots=True)
class File:
    """One file. path: its name or URL. stamp: what changes when the file does (time of change, or a server's tag)."""

    path: str
    size: int
    stamp: str


class FileSystem(Protocol):
    """What is used of an fsspec file system."""

    def open(self, path: str, mode: str) -> BinaryIO:
        """Open a file."""

    def put_file(self, lpath: str, rpath: str) -> None:
        """Copy a local file to its place."""

    def find(self, path: str, *, detail: bool) -> dict[str, dict[str, object]]:
        """Every file below a path, or at it."""

    def glob(self, path: str, *, detail: bool) -> dict[str, dict[str, object]]:
        """Every file that a pattern finds."""

    def exists(self, path: str) -> bool:
        """Whether there is something."""

    def rm(self, path: str, *, recursive: bool) -> None:
        """Remove."""

    def makedirs(self, path: str, *, exist_ok: bool) -> None:
        """Make a folder."""

    def mv(self, path1: str, path2: str) -> None:
        """Move a file."""

    def invalidate_cache(self, path: str) -> None:
        """Forget what was listed there."""

    def unstrip_protocol(self, name: str) -> str:
        """A path as a URL."""


def is_url(name: str) -> bool:
    """Whether a name is a URL, which files on disk are not.

    >>> is_url("s3://filings/2013"), is_url("filings/2013")
    (True, False)
    """
    return MARK in name and not os.path.lexists(name)


def file_system(url: str) -> tuple[FileSystem, str]:
    """The file system of a URL, and the path in it. Raises MissingProgram, ValueError for a kind that is not known."""
    try:
        core = importlib.import_module("fsspec.core")
    except ImportError:
        raise MissingProgram(f"{url}: expected fsspec for URLs; install formd-extractor[url]") from None
    system, path = core.url_to_fs(url)
    return cast("FileSystem", system), str(path)


def resolved(name: str) -> str:
    """The one way to write where something is. Raises as `file_system`."""
    if not is_url(name):
        return os.path.realpath(name)
    system, path = file_system(name)
    return system.unstrip_protocol(path.rstrip("/"))


def files_at(url: str) -> Iterator[File]:
    """Yield the file at a URL, those below it, or those that match it, in the order of their names."""
    system, path = file_system(url)
    found = system.glob(path, detail=True) if any(sign in path for sign in "*?[") else system.find(path, detail=True)
    files = {name: facts for name, facts in found.items() if facts.get("type") != "directory"}
    if not files:
        raise FileNotFoundError(f"nothing at {url}, or nobody answers there")
    for name in sorted(files):
        facts = files[name]
        stamp = next((facts[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if key in facts), "")
        yield File(system.unstrip_protocol(name), int(str(facts.get("size") or 0)), str(stamp))


def open_file(path: str) -> BinaryIO:
    """Open a file for reading, on disk or at a URL."""
    if not is_url(path):
        return open(path, "rb")  # noqa: PTH123
    system, inside = file_system(path)
    file = system.open(inside, "rb")
    if isinstance(file, importlib.import_module("fsspec.spec").AbstractBufferedFile):
        return io.BufferedReader(cast("io.RawIOBase", file))  # it has no `readline` that stops after so many bytes
    return file
