"""Several ways to read documents, measured in turns: of each way and each chunk the least time counts."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import extractor
from extractor.batch.assembly import assemble
from extractor.batch.crew import CHUNK
from extractor.batch.journal import Place
from extractor.batch.members import Input
from extractor.batch.shards import Shard
from extractor.batch.store import Folder
from extractor.batch.tasks import Assembly, Chunk, Settings
from extractor.batch.worker import GARBAGE, work
from extractor.outputs.parquet import ParquetTables
from extractor.outputs.tables import Rows, rows_of
from extractor.outputs.to_json import to_line


class Way(Protocol):
    """One way to read documents."""

    @property
    def name(self) -> str:
        """What it is called."""

    def begin(self) -> None:
        """Begin a round."""

    def read(self, number: int, paths: Sequence[Path]) -> None:
        """Read the chunk of a number."""

    def end(self) -> None:
        """End the round."""


class Turns:
    """Some ways, each with its documents, as many as any other, and the least seconds that it took for each chunk.

    The end of a round is a chunk of its own. All look for garbage as seldom as a worker does.
    """

    def __init__(self, ways: Sequence[tuple[Way, Sequence[Path]]]) -> None:
        self._ways = ways
        self._least: dict[tuple[str, int], float] = {}

    @property
    def names(self) -> list[str]:
        """The ways' names."""
        return [way.name for way, _ in self._ways]

    def take(self) -> None:
        """One round."""
        before = gc.get_threshold()
        gc.set_threshold(GARBAGE)
        for way, _ in self._ways:
            way.begin()
        for number, first in enumerate(range(0, self._count, CHUNK)):
            for way, paths in self._ways:
                self._time(way.name, number, partial(way.read, number, paths[first : first + CHUNK]))
        for way, _ in self._ways:
            self._time(way.name, -1, way.end)
        gc.set_threshold(*before)

    def of(self, name: str) -> float:
        """Milliseconds of processor time that a document took."""
        seconds = sum(least for (way, _), least in self._least.items() if way == name)
        return 1000 * seconds / self._count

    @property
    def _count(self) -> int:
        return len(self._ways[0][1])

    def _time(self, name: str, number: int, call: Callable[[], None]) -> None:
        start = time.process_time()
        call()
        seconds = time.process_time() - start
        self._least[name, number] = min(seconds, self._least.get((name, number), seconds))


class Bare:
    """`extract` and nothing else."""

    name = "extract"

    def begin(self) -> None:
        """Nothing to do."""

    def read(self, number: int, paths: Sequence[Path]) -> None:
        """Extract each."""
        for path in paths:
            extractor.extract(path)

    def end(self) -> None:
        """Nothing to do."""


class LookedAt(Bare):
    """`extract`, and the findings of a text, which are made when somebody looks at them."""

    name = "findings seen"

    def read(self, number: int, paths: Sequence[Path]) -> None:
        """Extract each, and look."""
        for path in paths:
            assert extractor.extract(path).findings


class ByHand:
    """A loop over `extract` that writes the results to one file, or one set of tables."""

    def __init__(self, to: str, folder: Path) -> None:
        self.name = f"by hand to {to}"
        self._to = to
        self._folder = folder

    def begin(self) -> None:
        """Open the files."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lines = (self._folder / "lines.jsonl").open("wb")
        self._tables = ParquetTables(self._folder)

    def read(self, number: int, paths: Sequence[Path]) -> None:
        """Extract each, and write it."""
        for document, path in enumerate(paths, number * CHUNK):
            extraction = extractor.extract(path)
            if self._to == "jsonl":
                self._lines.write(to_line(extraction) + b"\n")
            else:
                self._tables.add(_numbered(rows_of(extraction), document))

    def end(self) -> None:
        """Close the files."""
        self._lines.close()
        list(self._tables.close())


def _numbered(rows: Mapping[str, Rows], document: int) -> dict[str, Rows]:
    return {name: Rows(count, (document, *columns)) for name, (count, columns) in rows.items()}


class InARun:
    """What the workers of a run do, in this process. to: the output; "" for the manifest alone."""

    def __init__(self, to: str, folder: Path) -> None:
        self.name = f"run to {to or 'nothing'}"
        self._settings = Settings((to,) if to else (), 60.0, 2**30, extractor.__version__)
        self._folder = folder / (to or "nothing")
        self._chunks: list[tuple[Place, int]] = []

    def begin(self) -> None:
        """A new shard."""
        self._chunks = []

    def read(self, number: int, paths: Sequence[Path]) -> None:
        """Read a chunk as a worker does."""
        place = Place(self._folder / ".formd" / "part-00000", number, "1", "key")
        self._chunks.append((place, len(paths)))
        inputs = tuple(Input(str(path), str(path), path.stat().st_size, "1") for path in paths)
        work(Chunk(0, place, inputs, self._settings))

    def end(self) -> None:
        """Make the shard."""
        assemble(Assembly(Shard(0, 1000), tuple(self._chunks), self._settings, Folder(self._folder)))
