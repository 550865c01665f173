"""The bytes of an input, read where it is."""

import zipfile
from functools import lru_cache

from extractor.batch.members import BROKEN, Held, Input, Member, Span
from extractor.batch.remote import is_url, open_file
from extractor.batch.rows import LARGEST, text_of, too_large
from extractor.errors import EncryptedInput, UnreadableInput

_ENCRYPTED = 0x1
"""The flag of a ZIP member that asks for a password."""


def read(source: Input) -> bytes:
    """The bytes of a document. Raises OSError, UnreadableInput, or what a damaged archive raises."""
    try:
        return _read(source)
    except (OSError, MemoryError, UnreadableInput, *BROKEN):
        raise
    except Exception as error:  # each kind of URL has errors of its own
        if is_url(source.path):
            raise OSError(f"{type(error).__name__}: {error}") from error
        raise


def _read(source: Input) -> bytes:
    part = source.part
    if isinstance(part, Held):
        return part.data
    if isinstance(part, Member):
        return _member(source, part)
    if source.size > LARGEST:
        raise UnreadableInput(too_large(source.size))
    if isinstance(part, Span):
        return _span(source.path, part)
    with open_file(source.path) as file:
        data = file.read(source.size + 1)  # asked for more, it would make room for more
        return _limited(data if len(data) <= source.size else data + file.read(LARGEST + 1))


def _limited(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise UnreadableInput(too_large(len(data)))
    return data


def _span(path: str, span: Span) -> bytes:
    with open_file(path) as file:
        file.seek(span.offset)
        data = file.read(span.size)
    if len(data) < span.size:
        raise EOFError(f"expected {span.size} bytes, saw {len(data)}: the file is cut short")
    if span.column is None:
        return data
    try:
        return text_of(data, span.column)
    except ValueError as error:
        raise UnreadableInput(str(error)) from None


def _member(source: Input, member: Member) -> bytes:
    archive = _archive(source.path, source.stamp)
    info = archive.infolist()[member.number]
    if info.file_size > LARGEST:
        raise UnreadableInput(too_large(info.file_size))
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedInput("the member of the archive asks for a password; unpack the archive and read its files")
    with archive.open(info) as file:
        return _limited(file.read(LARGEST + 1))


@lru_cache(maxsize=1)
def _archive(path: str, stamp: str) -> zipfile.ZipFile:
    """An archive, whose list of members is not read again for each; the stamp tells a changed one."""
    return zipfile.ZipFile(open_file(path) if is_url(path) else path)
