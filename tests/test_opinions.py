"""Which engine reads a PDF, and what is left where two do not agree."""

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.errors import UnreadableInput
from extractor.extract import extract, extract_bytes
from extractor.finding import BoxState, ProblemKind
from extractor.readers import pdf as reader
from extractor.source import Cell, Mark, Source
from tests.conftest import Formd
from tests.make_pdfs import ROOM
from tests.pdfs import pdf, text

FIXTURE = ROOM / "box-letter-in-rectangle.pdf"
DATE = "type_of_filing.date_of_first_sale.value"
NOTICE = "type_of_filing.new_or_amendment.is_amendment=false"


def spoiled(source: Source) -> Source:
    """The source with another date and without the first X."""
    items = list(source.items)
    first = next(item for item in items if isinstance(item, Mark) and item.checked)
    items[items.index(first)] = replace(first, checked=False)
    for index, item in enumerate(items):
        if isinstance(item, Cell) and item.text == "2024-03-18":
            items[index] = replace(item, text="2024-08-18")
    return replace(source, items=tuple(items))


def test_what_the_engines_read_otherwise_is_left_out_with_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reader.read_pdf
    monkeypatch.setattr(
        reader, "read_pdf", lambda data, by="auto": spoiled(real(data, by)) if by == "pdfplumber" else real(data, by)
    )
    read = extract(FIXTURE, engine="both")
    assert read.filing.type_of_filing.date_of_first_sale.value is None
    assert read.boxes[NOTICE] is BoxState.UNKNOWN
    said = {problem.path: problem for problem in read.problems if "engines disagree:" in problem.message}
    assert set(said) == {DATE, NOTICE}
    assert {problem.kind for problem in said.values()} == {ProblemKind.AMBIGUOUS}
    assert "PDFium reads '2024-03-18', pdfplumber '2024-08-18'" in said[DATE].message


SIGNS = pdf([text(50, 100, "Name of Issuer"), text(50, 120, "\xfe\xa8", font="W")])


def test_a_page_of_which_pdfium_is_not_sure_is_read_by_the_other_engine() -> None:
    assert reader.read_pdf(SIGNS).facts["engine"] == "pdfplumber"
    with pytest.raises(UnreadableInput, match=r"page 1 has a font of signs.*pdfplumber"):
        reader.read_pdf(SIGNS, "pdfium")


def test_where_pdfium_finds_fewer_headings_the_other_engine_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reader.read_pdf

    def poor(data: bytes, by: reader.Engine = "auto") -> Source:
        source = real(data, by)
        return source if by == "pdfplumber" else replace(source, items=source.items[len(source.items) // 2 :])

    monkeypatch.setattr(reader, "read_pdf", poor)
    read = extract(FIXTURE)
    assert read.facts["engine"] == "pdfplumber"
    assert read.boxes[NOTICE] is BoxState.CHECKED


def test_an_engine_that_there_is_not_is_refused(formd: Formd, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected an engine of auto, pdfium, pdfplumber, both, seen 'word'"):
        extract_bytes(b"", engine="word")  # type: ignore[arg-type]
    assert formd("extract", FIXTURE, "--engine", "word")[0] == 2
    code, out, _ = formd("extract", FIXTURE, "--engine", "pdfplumber", "--format", "table")
    assert (code, out.splitlines()[1]) == (0, "engine: pdfplumber")
