"""Reads one input: its row of the manifest, and its share of each output."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from pydantic_core import PydanticSerializationError, to_json

from extractor.batch.content import read
from extractor.batch.journal import Entry
from extractor.batch.limits import memory_limit
from extractor.batch.members import BROKEN, Input, Unlisted
from extractor.batch.row import Row, Status
from extractor.batch.tasks import Settings
from extractor.errors import NotAFormD, UnreadableInput
from extractor.extract import Extraction, extract_bytes
from extractor.finding import Finding

TABLES = frozenset({"parquet", "tsv", "sqlite"})
"""The outputs that are made of rows of tables."""

ENGINES = MappingProxyType({"text": "text", "html": "html", "edgar": "lxml", "pdf": "pdf"})
"""What reads each kind of document, unless its facts say more."""


def new_row(source: Input, version: str) -> Row:
    """The row of an input of which nothing is known yet."""
    return Row(source.name, Status.FAILED, stamp=source.mark, version=version)


def read_input(source: Input, settings: Settings, see: Callable[[str, int], None]) -> Entry:
    """Read one input; whatever is wrong with a document stands in its row.

    see: is called with hash and size of the document before it is understood.
    """
    start = time.perf_counter()
    if isinstance(source.part, Unlisted):
        status = Status.REFUSED if source.part.refused else Status.FAILED
        row = new_row(source, settings.version)
        return Entry(replace(row, status=status, error=source.part.error, message=source.part.message))
    seen: tuple[str, int] | None = None
    try:
        with memory_limit(settings.memory):
            data = read(source)
            seen = hashlib.sha256(data).hexdigest(), len(data)
            see(*seen)
            extraction = extract_bytes(data, name=source.name, engine=settings.engine)
            pieces = pieces_of(extraction, settings.to)
            return Entry(_row(source, seen, extraction, (start, settings.version)), pieces)
    except Exception as error:  # whatever is wrong with one document, the others shall be read
        row = _with_error(new_row(source, settings.version), error, settings)
        sha256, size = seen or (None, None)
        return Entry(replace(row, sha256=sha256, size=size, ms=_since(start)))


def _row(source: Input, seen: tuple[str, int], extraction: Extraction, run: tuple[float, str]) -> Row:
    """The row of a document that was read. seen: hash and size; run: when that began, and the extractor's version."""
    start, version = run
    problems = len(extraction.problems)
    kind = extraction.format
    return Row(
        source.name,
        Status.PROBLEMS if problems else Status.DONE,
        sha256=seen[0],
        size=seen[1],
        stamp=source.mark,
        format=kind,
        engine=extraction.facts.get("engine", ENGINES[kind]),
        pages=max(map(_page, extraction.findings), default=None) if kind == "pdf" else None,
        problems=problems,
        ms=_since(start),
        version=version,
    )


def _since(start: float) -> float:
    """Milliseconds since then."""
    return round(1000 * (time.perf_counter() - start), 3)


def _page(finding: Finding) -> int:
    return (finding.place and finding.place.page) or 0


def _with_error(row: Row, error: Exception, settings: Settings) -> Row:
    if isinstance(error, MemoryError):
        status, reason = Status.OUT_OF_MEMORY, f"wants more than {settings.memory // 2**20} MiB; --memory allows more"
    elif isinstance(error, (UnreadableInput, NotAFormD, *BROKEN)):
        status, reason = Status.REFUSED, str(error)
    elif isinstance(error, OSError):
        status, reason = Status.FAILED, error.strerror or str(error)
    else:
        status, reason = Status.FAILED, f"{error}; this is a fault of formd, please report it"
    return replace(row, status=status, error=type(error).__name__, message=reason or type(error).__name__)


def pieces_of(extraction: Extraction, to: tuple[str, ...]) -> Mapping[str, bytes]:
    """An extraction's share of each output, as JSON on one line."""
    wanted = {piece for kind in to for piece in (["tables"] if kind in TABLES else [kind])}
    return {name: make(extraction) for name, make in _PIECES.items() if name in wanted}


def _as_line(extraction: Extraction) -> bytes:
    from extractor.outputs.to_json import to_line

    return to_line(extraction)


def _as_xml(extraction: Extraction) -> bytes:
    from extractor.outputs.edgar_xml import to_edgar_xml

    return json.dumps(to_edgar_xml(extraction.filing)).encode()


def _as_tables(extraction: Extraction) -> bytes:
    from extractor.outputs.tables import rows_of

    rows = rows_of(extraction)
    try:
        return to_json(rows)
    except PydanticSerializationError:  # half a surrogate pair, which only an escape can write
        return json.dumps(rows).encode()


_PIECES: Mapping[str, Callable[[Extraction], bytes]] = MappingProxyType(
    {"jsonl": _as_line, "xml": _as_xml, "tables": _as_tables}
)
