"""What is asked of workers and what they say; light, for the process that hands the work out reads no document."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from extractor.batch.journal import Place
from extractor.batch.members import Input
from extractor.batch.row import Row, Status
from extractor.batch.shards import Shard
from extractor.batch.store import Store
from extractor.source import Engine

ATTEMPTS = 3
"""A document that was in hand each of so many times that a worker was killed is not tried again."""

STOP = "stop"
"""The name of the file beside the folders of journals that asks workers to end after the document in hand."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run asks of each document.

    to: the outputs. timeout: seconds. memory: how many bytes more than the worker has already may be taken; 0 is any.
    version: of the extractor. engine: what reads PDFs.
    """

    to: tuple[str, ...]
    timeout: float
    memory: int
    version: str
    engine: Engine = "auto"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The task to read consecutive inputs of one shard."""

    shard: int
    place: Place
    inputs: tuple[Input, ...]
    settings: Settings


@dataclass(frozen=True, slots=True)
class Assembly:
    """The task to make the outputs of a shard that has all been read. chunks: journals, with the count of documents."""

    shard: Shard
    chunks: tuple[tuple[Place, int], ...]
    settings: Settings
    store: Store


Task = Chunk | Assembly

Outcomes = Counter[tuple[Status, str]]
"""How many documents have each status and class of error ("" for none)."""


@dataclass(slots=True)
class Report:
    """What a worker says of a chunk. whole: whether all of it is done. tired: whether the worker should be replaced."""

    outcomes: Outcomes = field(default_factory=Counter)
    whole: bool = True
    tired: bool = False

    def add(self, row: Row) -> None:
        """Count one more document."""
        self.outcomes[row.status, row.error or ""] += 1
        self.tired |= row.status is Status.OUT_OF_MEMORY


def stop_file(work_folder: Path) -> Path:
    """The file that asks the workers of a run to end."""
    return work_folder / STOP
