"""What is compared: results in JSON, or raw filings to extract now. Each is read only when its turn comes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import from_json as parsed

from extractor.errors import ExtractorError, UnreadableInput
from extractor.extract import Extraction, extract_bytes
from extractor.outputs.to_json import from_json

LINES = ".jsonl"
RESULTS = frozenset({".json", LINES, ".ndjson"})


class NoResult(ExtractorError):
    """JSON that is no result of `formd extract`."""


@dataclass(frozen=True, slots=True)
class Input:
    """One result, or one filing to extract. path: its file. extent: start and length of its line in the file.

    text: its JSON, where it is one of several in an array.
    """

    path: Path
    extent: tuple[int, int] | None = None
    text: str | None = None

    @property
    def is_result(self) -> bool:
        """Whether it is a result in JSON, and not a filing."""
        return self.path.suffix.casefold() in RESULTS

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.path) if self.extent is None else f"{self.path} at byte {self.extent[0]}"


def inputs_in(path: Path) -> Iterator[Input]:
    """The results or filings of a folder (and the folders in it) or file. UnreadableInput: there is none.

    Of a folder that `formd batch` wrote, the results; its manifest says nothing of their answers.
    """
    if not path.exists():
        raise UnreadableInput(f"expected results or filings; there is no {str(path)!r}")
    if (path / "manifest").is_dir() and (path / "jsonl").is_dir():
        path = path / "jsonl"
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    for file in files:
        if file.suffix.casefold() == ".json":
            yield from _of_json(file)
        elif file.suffix.casefold() in RESULTS:
            yield from _lines(file)
        elif not file.name.startswith("."):
            yield Input(file)


def read(one: Input) -> Extraction:
    """The extraction of an input. ExtractorError: it is none, or cannot be read; OSError: it cannot be opened."""
    if not one.is_result:
        return extract_bytes(one.path.read_bytes(), name=str(one.path))
    if one.text is not None:
        text: str | bytes = one.text
    elif one.extent:
        with one.path.open("rb") as file:
            file.seek(one.extent[0])
            text = file.read(one.extent[1])
    else:
        text = one.path.read_bytes()
    try:
        return from_json(text)
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, detail["loc"])) or "the whole"
        raise NoResult(f"expected a result of `formd extract`; {where}: {detail['msg']}") from None


def _of_json(file: Path) -> Iterator[Input]:
    """The one result of a file, or each of its array."""
    with file.open("rb") as opened:
        first = opened.read(64).lstrip()[:1]
    if first != b"[":
        yield Input(file)
        return
    try:
        several = parsed(file.read_bytes())
    except ValueError as error:
        raise UnreadableInput(f"expected results of `formd extract` in {str(file)!r}; {error}") from None
    for number, one in enumerate(several):
        yield Input(file, (number, 0), json.dumps(one))


def _lines(file: Path) -> Iterator[Input]:
    """Each line that is not blank."""
    start = 0
    with file.open("rb") as opened:
        for line in opened:
            if line.strip():
                yield Input(file, (start, len(line)))
            start += len(line)
