"""Documents that are texts in a table: a column of JSON lines, or of a Parquet file (extra `parquet`)."""

import importlib
import json
from collections.abc import Iterator
from typing import BinaryIO

from extractor.errors import MissingProgram

LARGEST = 256 * 1024 * 1024
"""The most bytes of one document; a larger one is refused before it is read."""

PIECE = 1024 * 1024
"""How many bytes of a line are in memory at a time, while lines are counted."""

BATCH = 64
"""How many rows of a Parquet file are in memory at a time."""


def too_large(size: int) -> str:
    """Why a document is refused for its size.

    >>> too_large(300000000)
    'expected at most 268435456 bytes, saw 300000000'
    """
    return f"expected at most {LARGEST} bytes, saw {size}"


def lines(file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    r"""Yield number (from 1), offset and size of each line that is not blank.

    >>> import io
    >>> list(lines(io.BytesIO(b'{}\n\n{"text": 1}')))
    [(1, 0, 3), (3, 4, 11)]
    """
    number, offset, size, blank = 1, 0, 0, True
    while piece := file.readline(PIECE):
        size += len(piece)
        blank = blank and not piece.strip()
        if piece.endswith(b"\n"):
            if not blank:
                yield number, offset, size
            number, offset, size, blank = number + 1, offset + size, 0, True
    if not blank:
        yield number, offset, size


def text_of(line: bytes, column: str) -> bytes:
    """The document of one JSON line. Raises ValueError that says what is missing."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ValueError(f"the line is no JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get(column), str):
        seen = ", ".join(map(str, row)) if isinstance(row, dict) else type(row).__name__
        raise ValueError(f"expected a JSON object with a text in {column!r}, saw {seen}; --column names it")
    return encoded(row[column])


def encoded(text: str) -> bytes:
    """A text as UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes the sign for an unreadable character."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def parquet_texts(file: BinaryIO, column: str) -> Iterator[bytes | None]:
    """Yield the column of a Parquet file, None where it is null. Raises MissingProgram or ValueError."""
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise MissingProgram("expected pyarrow for Parquet files; install formd-extractor[parquet]") from None
    table = parquet.ParquetFile(file)
    if column not in table.schema_arrow.names:
        seen = ", ".join(table.schema_arrow.names)
        raise ValueError(f"expected a column {column!r}, saw {seen}; --column names it")
    for batch in table.iter_batches(batch_size=BATCH, columns=[column]):
        for value in batch.column(0).to_pylist():
            if not isinstance(value, str | bytes | None):
                seen = type(value).__name__
                raise ValueError(f"expected texts in the column {column!r}, saw {seen}; --column names it")
            yield encoded(value) if isinstance(value, str) else value
