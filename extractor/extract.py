"""The pipeline: a document's bytes in, an `Extraction` out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from extractor.assemble import Built, build
from extractor.divide import divide
from extractor.engine.find import find
from extractor.engine.found import Found
from extractor.engine.sections import Form as EngineForm
from extractor.errors import NotAFormD, SeveralFilings
from extractor.finding import BoxState, Finding, Leftover, Problem
from extractor.form.items import END_WORDS, FORM
from extractor.kinds import fits
from extractor.model import Filing
from extractor.opinions import find_in_pdf
from extractor.readers.sniff import decode, sniff
from extractor.source import Cell, Engine, Format, Source

FORM_D = EngineForm(FORM, END_WORDS, repeating=2)

FEWEST_SECTIONS = 4
"""A document that shows fewer items of the form is none."""


MOST_DOUBLED = 3
"""Items that come twice, of which so many make several filings; fewer may be quoted in free text."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says.

    filing: the validated answers. findings: what was found, one per answer and box, in the form's order. problems:
    what could not be known or does not fit. leftovers: text of the answers area that no rule claimed. boxes: the
    state of every checkbox by its path (path=value). format: how the document was read. name: what the caller calls
    it. facts: what the container says beside the filing (an EDGAR header's accession number ...).
    """

    filing: Filing
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    leftovers: tuple[Leftover, ...]
    boxes: Mapping[str, BoxState]
    format: Format
    name: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def extract(path: str | Path, *, engine: Engine = "auto") -> Extraction:
    """Read a file; OSError when the system cannot open it, else as `extract_bytes`."""
    return extract_bytes(Path(path).read_bytes(), name=str(path), engine=engine)


def extract_bytes(data: bytes, *, name: str = "", engine: Engine = "auto") -> Extraction:
    """Read a document from its bytes, whose kind they tell. engine: what reads a PDF; other documents have but one.

    Raises `UnreadableInput` when it cannot be read, `NotAFormD` when it is something else, ValueError for an engine
    that there is not.
    """
    if engine not in get_args(Engine):
        raise ValueError(f"expected an engine of {', '.join(get_args(Engine))}, seen {engine!r}")
    kind = sniff(data)
    if kind == "pdf":
        source, found = find_in_pdf(data, FORM_D, engine)
        return _extraction(source, name, *_build_found(found))
    return _extract(_READERS[kind](data), name)


def extract_text(text: str, *, name: str = "") -> Extraction:
    """Read a document from text: a dump, HTML, or EDGAR's XML."""
    return extract_bytes(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode(), name=name)


def _extract(source: Source, name: str) -> Extraction:
    if source.format == "edgar":
        return _extraction(source, name, *_build_named(source))
    return _extraction(source, name, *_build_found(find(source, FORM_D, fits, divide)))


def _extraction(source: Source, name: str, built: Built, leftovers: tuple[Leftover, ...]) -> Extraction:
    return Extraction(
        built.filing,
        built.findings,
        built.problems,
        leftovers,
        MappingProxyType(dict(built.boxes)),
        source.format,
        name,
        source.facts,
    )


def _build_named(source: Source) -> tuple[Built, tuple[Leftover, ...]]:
    """The filing of a document that names its answers; elements that the schema does not have are left over."""
    from extractor.named import build_named

    answered = {id(cell) for _, cell in source.answers}
    left = (item for item in source.items if isinstance(item, Cell) and id(item) not in answered)
    return build_named(source.answers), tuple(Leftover(cell.text, cell.place) for cell in left)


def _build_found(found: Found) -> tuple[Built, tuple[Leftover, ...]]:
    """The filing of a document that shows the form."""
    if len(found.records) < FEWEST_SECTIONS:
        raise NotAFormD(
            f"expected the numbered items of SEC Form D, seen {len(found.records)} of {len(FORM)}; "
            "only Form D (Notice of Exempt Offering of Securities) can be read"
        )
    if found.doubled >= MOST_DOUBLED:
        raise SeveralFilings(
            f"expected one filing, but {found.doubled} items of Form D are there more than once; "
            "split the document and read each filing by itself"
        )
    return build(found), tuple(found.leftovers)


def _read_text(data: bytes) -> Source:
    from extractor.readers.blocks import holds_grids, read_blocks
    from extractor.readers.text import read_text

    text = decode(data)
    return read_blocks(text) if holds_grids(text) else read_text(text)


def _read_html(data: bytes) -> Source:
    from extractor.readers.blocks import is_markdown_page, read_blocks
    from extractor.readers.html import read_html
    from extractor.readers.html_source import unwrap_html

    text = decode(data)
    if is_markdown_page(text):
        return read_blocks(text)
    inner = unwrap_html(text) if "<pre" in text else None
    if inner is not None and sniff(inner.encode()) == "text":
        return _read_text(inner.encode())
    return read_html(inner or text)


def _read_edgar(data: bytes) -> Source:
    from extractor.readers.edgar import read_edgar

    return read_edgar(data)


_READERS: Mapping[Format, Callable[[bytes], Source]] = MappingProxyType(
    {
        "text": _read_text,
        "html": _read_html,
        "edgar": _read_edgar,
    }
)
