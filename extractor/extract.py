"""The pipeline: a document's bytes in, an `Extraction` out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from extractor.assemble import Built, build
from extractor.assemble.again import build_again
from extractor.divide import divide
from extractor.engine.find import find
from extractor.engine.found import Found
from extractor.engine.lined import recollect
from extractor.engine.sections import Form as EngineForm
from extractor.errors import NotAFormD, SeveralFilings
from extractor.finding import BoxState, Finding, Leftover, Passage, Problem
from extractor.form.items import END_WORDS, FORM, HEAD_WORDS
from extractor.kinds import fits
from extractor.model import Filing
from extractor.opinions import find_in_pdf, no_collection
from extractor.readers.sniff import recognise
from extractor.source import Cell, Engine, Format, Lines, Source

FORM_D = EngineForm(FORM, END_WORDS, repeating=2, printed=HEAD_WORDS)

FEWEST_SECTIONS = 4
"""A document that shows fewer items of the form is none."""


MOST_DOUBLED = 3
"""Items that come twice, of which so many make several filings; fewer may be quoted in free text."""


@dataclass(frozen=True)
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

    @classmethod
    def late(
        cls,
        findings: Callable[[], tuple[Passage, ...]],
        filing: Filing,
        problems: tuple[Problem, ...],
        boxes: Mapping[str, BoxState],
        name: str,
    ) -> "Extraction":
        """What a text says, with findings that are made when somebody asks for them."""
        late = cls(filing, (), problems, (), MappingProxyType(dict(boxes)), "text", name)
        del late.__dict__["findings"]
        late.__dict__["_late"] = findings
        return late

    if not TYPE_CHECKING:  # the type checker would take any name for an attribute

        def __getattr__(self, name: str) -> tuple[Finding, ...]:
            """The findings, on first sight of them."""
            if name != "findings" or "_late" not in self.__dict__:
                raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
            found = tuple(one for passage in self.passages() for one in passage.made())
            self.__dict__["findings"] = found
            del self.__dict__["_late"]
            return found

    def passages(self) -> tuple[Passage, ...]:
        """The findings, in passages of which some come again in other documents."""
        late: Callable[[], tuple[Passage, ...]] | None = self.__dict__.get("_late")
        return late() if late else (Passage(self.findings),)

    def __getstate__(self) -> dict[str, object]:
        """What is pickled and copied: the findings, and not how they would be made."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


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
    kind, text = recognise(data)
    if kind == "pdf":
        with no_collection():
            return _extract_pdf(data, name, engine)
    if kind == "edgar":
        return _extract_edgar(data, name)
    return _extract_html(text, name) if kind == "html" else _extract_text(text, name)


def extract_text(text: str, *, name: str = "") -> Extraction:
    """Read a document from text: a dump, HTML, or EDGAR's XML."""
    return extract_bytes(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode(), name=name)


def _extract_pdf(data: bytes, name: str, engine: Engine) -> Extraction:
    """Read a PDF."""
    source, found = find_in_pdf(data, FORM_D, engine)
    return _extraction(source, name, *_build_found(found))


def _extract_text(text: str, name: str) -> Extraction:
    """Read a text; one whose records are all known is not laid out."""
    from extractor.readers.blocks import holds_grids, read_blocks
    from extractor.readers.placed_signs import notation_of
    from extractor.readers.text import read_lines

    notation = notation_of(text)
    if notation and (source := _placed(text, notation)):
        return _extract_source(source, name)
    if holds_grids(text):
        return _extract_source(read_blocks(text), name)
    read = read_lines(text)
    lines = read.apart()
    known = recollect(lines, FORM_D, fits) if lines else None
    again = known and build_again(known)
    if again:
        return Extraction.late(again.findings, again.filing, again.problems, again.boxes, name)
    return _extract_source(read.source(), name, lines)


def _extract_html(text: str, name: str) -> Extraction:
    """Read a page, or the text that it shows as it is."""
    from extractor.readers.blocks import holds_grids, is_markdown_page, read_blocks
    from extractor.readers.html import read_html
    from extractor.readers.html_source import lines_of, unwrap_html
    from extractor.readers.placed_signs import notation_of

    notation = notation_of(text)
    if notation and (source := _placed(text, notation)):
        return _extract_source(source, name)
    if is_markdown_page(text) or (not text.lstrip().startswith("<") and holds_grids(text)):
        return _extract_source(read_blocks(text), name)
    inner = unwrap_html(text) if "<pre" in text else lines_of(text) if "<br" in text else None
    if inner is not None:
        kind, shown = recognise(inner.encode())
        if kind == "text":
            return _extract_text(shown, name)
    return _extract_source(read_html(inner or text), name)


def _placed(text: str, notation: str) -> Source | None:
    """The document whose texts have places, if it is one."""
    from extractor.readers.placed import read_placed

    return read_placed(text, notation)


def _extract_edgar(data: bytes, name: str) -> Extraction:
    """Read EDGAR's XML, or a submission that holds a filing in some form."""
    from extractor.readers.edgar import read_edgar

    source = read_edgar(data)
    return (
        _extraction(source, name, *_build_named(source)) if source.format == "edgar" else _extract_source(source, name)
    )


def _extract_source(source: Source, name: str, lines: Lines | None = None) -> Extraction:
    """Search a document that shows the form. lines: of a text, if each was read by itself."""
    return _extraction(source, name, *_build_found(find(source, FORM_D, fits, divide, lines)))


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
