"""The manifest: one row for each input, which says what became of it."""

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from enum import StrEnum
from operator import attrgetter
from typing import Self

from extractor.source import record


class Status(StrEnum):
    """What became of an input."""

    DONE = "done"
    PROBLEMS = "done with problems"
    REFUSED = "refused"  # it is no Form D, or cannot be read, and the error says why
    FAILED = "failed"  # the file is out of reach, or a fault of ours
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"


READ = frozenset({Status.DONE, Status.PROBLEMS})
"""The statuses of inputs that have a result in the outputs."""


@record
class Row:
    """What became of one input.

    input: its name. error, message: the class of the error and what it says, for those without a result. sha256, size
    (in bytes): of the document. stamp: size and time of its file. format, engine: how it was
    read. pages: of a PDF, the last with an answer. problems: how many there are. ms: how long it took. shard:
    the part of the outputs. document: the number that all outputs know it by, from 1. version: of the extractor.
    """

    input: str
    status: Status
    error: str | None = None
    message: str | None = None
    sha256: str | None = None
    size: int | None = None
    stamp: str = ""
    format: str | None = None
    engine: str | None = None
    pages: int | None = None
    problems: int | None = None
    ms: float = 0.0
    shard: int = 0
    document: int = 0
    version: str = ""

    @property
    def is_read(self) -> bool:
        """Whether the outputs hold a result."""
        return self.status in READ

    def to_json(self) -> str:
        """One line of the manifest, without its end; all keys are always there."""
        return json.dumps(dict(zip(_NAMES, _VALUES(self), strict=True)))

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """The row of a line that `to_json` wrote."""
        fields = json.loads(line)
        return cls(**{**fields, "status": Status(fields["status"])})

    def placed(self, shard: int, document: int) -> Self:
        """The row with its place in the outputs."""
        return replace(self, shard=shard, document=document)


_NAMES = tuple(field.name for field in fields(Row))
_VALUES = attrgetter(*_NAMES)


def to_lines(rows: Iterable[Row]) -> str:
    """The text of a part of the manifest."""
    return "".join(row.to_json() + "\n" for row in rows)
