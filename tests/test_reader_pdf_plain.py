"""The objects of a PDF that are read by a pattern are those that pdfminer reads."""

import io
from pathlib import Path

import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream

from extractor.readers.pdf_plain import Document
from tests.pdfs import pdf, text

ROOT = Path(__file__).parents[1]


def shown(value: object) -> object:
    return (repr(value.attrs), value.rawdata) if isinstance(value, PDFStream) else repr(value)


def objects(document: PDFDocument) -> dict[int, object]:
    numbers = {number for xref in document.xrefs for number in xref.get_objids()}
    return {number: found(document, number) for number in numbers}


def found(document: PDFDocument, number: int) -> object:
    try:
        return shown(document.getobj(number))
    except Exception as error:  # pdfminer's errors are of any kind
        return repr(error)


def both(data: bytes) -> tuple[dict[int, object], dict[int, object]]:
    return objects(Document(data)), objects(PDFDocument(PDFParser(io.BytesIO(data))))


@pytest.mark.parametrize("path", sorted([*ROOT.glob("samples/*.pdf"), *ROOT.glob("tests/data/pdf/*.pdf")]), ids=str)
def test_every_object_is_as_pdfminer_reads_it(path: Path) -> None:
    own, other = both(path.read_bytes())
    assert own == other
    assert len(own) > 5


@pytest.mark.parametrize(
    "written",
    [
        "<< /A [1 2 0 R -3.5 (text) true false] /B << /C /D >> >>",
        "<</A/B/C[1 0 R/D]>>",
        "<< /A null /B 1 >>",
        "<< /A (a \\) b) /B <0041> >>",
        "<< /A#20B 1 /A,B 2 >>",
        "<< /A 1 % said twice\n /A 2 >>",
        "<< /A -.5 /B 12. /C +7 /D 007 >>",
        "<< /A 1 /B [ 2 >> ] >>",
        "<< /A 1 [ /B >>",
        "<< 1 /A >>",
        "<< /A 99999999999999999999 >>",
        "[ 1 2 ]",
        "(text)",
        "<< /Length 3 >>\nstream\nabc\nendstream",
        "<< /Length 2 >>\nstream\nabc\nendstream",
        "<< /Length 9 >>\nstream\nabc\nendstream",
        "<< /Length 1 0 R >>\nstream\nabc\nendstream",
        "<< /Length 3 >>\nstream\r\nabcendstream",
    ],
)
def test_an_object_however_it_is_written_is_as_pdfminer_reads_it(written: str) -> None:
    data = pdf([text(50, 100, "a")], objects={100: written.encode()})
    own, other = both(data)
    assert own == other
    assert len(own) > 5
