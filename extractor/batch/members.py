"""The documents within a file: itself, the members of an archive, the texts of a table. None is unpacked to disk."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from extractor.batch import rows
from extractor.batch.remote import File, open_file

ZIP = (".zip",)
TAR = (".tar",)
PACKED_TAR = (".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
LINES = (".jsonl", ".ndjson")
PARQUET = (".parquet",)

INSIDE = "!"
"""Between the name of an archive and that of its member."""

BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, NotImplementedError)
"""What archives raise that are damaged, or packed in a way that is not known."""


@dataclass(frozen=True, slots=True)
class Span:
    """The document is a piece of the file. column: of the JSON object that the piece is; None where it is the text."""

    offset: int
    size: int
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """The document is a member of a ZIP archive: which of them, from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Held:
    """The document is here: its archive can only be read from front to end."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Unlisted:
    """There is no document: what should have been one cannot be read, or (refused) is none."""

    error: str
    message: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """One document to read.

    name: what rows call it, no two of a run alike. path: the file that holds it. size: its bytes, as far as is known
    before it is read. stamp: what changes when the file does. part: where in the file it is; None is all of it.
    """

    name: str
    path: str
    size: int
    stamp: str
    part: Span | Member | Held | Unlisted | None = None

    @property
    def mark(self) -> str:
        """What tells the document of one run from a changed one of the next, without reading it."""
        return f"{self.size}:{self.stamp}"


def unlisted(name: str, error: Exception) -> Input:
    """The input that stands for documents that could not be listed."""
    reason = getattr(error, "strerror", None) or str(error) or "cannot be read"
    return Input(name, name, 0, "", Unlisted(type(error).__name__, str(reason), refused=isinstance(error, BROKEN)))


def passed_over(name: str, reason: str) -> Input:
    """The input that stands for something that is no document."""
    return Input(name, name, 0, "", Unlisted("NotADocument", reason, refused=True))


def members(file: File, column: str) -> Iterator[Input]:
    """Yield the documents of a file; one that is no archive and no table, by its name, is its own document."""
    lister = lister_for(file.path, column)
    if lister is None:
        yield Input(file.path, file.path, file.size, file.stamp)
        return
    try:
        yield from lister(file)
    except Exception as error:  # whatever is wrong with one file, the others shall be read
        listed = unlisted(file.path, error)
        yield Input(file.path, file.path, file.size, file.stamp, listed.part)


def lister_for(path: str, column: str) -> Callable[[File], Iterator[Input]] | None:
    """How the documents of a file are listed, by its name; None where the file is its own document."""
    low = path.lower()
    for endings, lister in (
        (ZIP, _zip_members),
        (TAR, _tar_members),
        (PACKED_TAR, _packed_members),
        (LINES, lambda file: _lines(file, column)),
        (PARQUET, lambda file: _parquet(file, column)),
    ):
        if low.endswith(endings):
            return lister
    return None


def _zip_members(file: File) -> Iterator[Input]:
    with open_file(file.path) as raw, zipfile.ZipFile(raw) as archive:
        names = _Names(file.path)
        for number, info in enumerate(archive.infolist()):
            if not info.is_dir():
                yield Input(names.new(info.filename), file.path, info.file_size, file.stamp, Member(number))


def _tar_members(file: File) -> Iterator[Input]:
    with open_file(file.path) as raw, tarfile.open(fileobj=raw, mode="r:", tarinfo=_Header) as archive:
        names = _Names(file.path)
        for info in archive:
            _forget(archive)
            if info.isreg() and not info.issparse():
                part: Span | Unlisted = Span(info.offset_data, info.size)
                yield Input(names.new(info.name), file.path, info.size, file.stamp, part)
            elif not info.isdir():
                yield _no_document(names.new(info.name), file)


def _packed_members(file: File) -> Iterator[Input]:
    with open_file(file.path) as raw, tarfile.open(fileobj=raw, mode="r|*", tarinfo=_Header) as archive:
        names = _Names(file.path)
        for info in archive:
            _forget(archive)
            if info.isreg() and info.size > rows.LARGEST:
                reason = Unlisted("TooLarge", rows.too_large(info.size), refused=True)
                yield Input(names.new(info.name), file.path, info.size, file.stamp, reason)
            elif info.isreg():
                content = archive.extractfile(info)
                data = content.read() if content else b""
                yield Input(names.new(info.name), file.path, info.size, file.stamp, Held(data))
            elif not info.isdir():
                yield _no_document(names.new(info.name), file)


class _Header(tarfile.TarInfo):
    """The header of a member. Where neither one nor the mark of the end stands, members are lost, and that is told."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if len(buf) == tarfile.BLOCKSIZE and not any(buf):  # the mark of the end
                raise
            raise tarfile.ReadError(f"cut short or damaged: {error} where a member or the end should be") from None


def _forget(archive: tarfile.TarFile) -> None:
    """Drop what has been listed, which the archive keeps otherwise."""
    vars(archive)["members"].clear()


def _no_document(name: str, file: File) -> Input:
    reason = Unlisted("NotADocument", "expected a file in the archive, saw a link, a device or a file with gaps", True)
    return Input(name, file.path, 0, file.stamp, reason)


class _Names:
    """Names for the members of an archive, in which several may have the same."""

    def __init__(self, archive: str) -> None:
        self.archive = archive
        self.seen: dict[str, int] = {}

    def new(self, member: str) -> str:
        count = self.seen[member] = self.seen.get(member, 0) + 1
        return f"{self.archive}{INSIDE}{member}" + (f"#{count}" if count > 1 else "")


def _lines(file: File, column: str) -> Iterator[Input]:
    with open_file(file.path) as raw:
        for number, offset, size in rows.lines(raw):
            yield Input(f"{file.path}:{number}", file.path, size, file.stamp, Span(offset, size, column))


def _parquet(file: File, column: str) -> Iterator[Input]:
    with open_file(file.path) as raw:
        for number, value in enumerate(rows.parquet_texts(raw, column), 1):
            name = f"{file.path}:{number}"
            if value is None:
                part: Held | Unlisted = Unlisted("NoText", f"the column {column} is null in this row", refused=True)
            else:
                part = Held(value)
            yield Input(name, file.path, len(value or b""), file.stamp, part)
