"""Documents that place their texts: each notation, what is refused, and what other programs make of our prints."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor.errors import BrokenInput, EmptyInput, UnreadableInput
from extractor.extract import extract_bytes
from extractor.outputs.render import TextStyle, render_text
from extractor.readers.edgar import from_edgar_xml
from extractor.readers.placed import read_placed
from extractor.readers.placed_cuts import cut_joined, settle
from extractor.readers.placed_fonts import width_of
from extractor.readers.placed_page import Page, Text
from extractor.readers.placed_signs import notation_of
from extractor.source import Cell, Source
from tests.matrix.scores import score
from tests.placed import BBOX, NOTATIONS, PDF2XML, PDFTOHTML

SAMPLES = Path(__file__).parents[1] / "samples"
TRUTHS = sorted(SAMPLES.glob("*.xml"))

KNOWN = {"morgenroete-biotech": 1, "southern-sky-growth": 2}
"""Prints of which not all is known: a mark far from its label, and letters so small that pdftohtml joins whole rows."""

CONVERTERS = {
    "pdftohtml": ("pdftohtml", "-s", "-i", "-stdout", "{}"),
    "pdftohtml -xml": ("pdftohtml", "-xml", "-i", "-stdout", "{}"),
    "pdftotext -bbox": ("pdftotext", "-bbox", "{}", "-"),
    "pdftotext -bbox-layout": ("pdftotext", "-bbox-layout", "{}", "-"),
    "pdftotext -tsv": ("pdftotext", "-tsv", "{}", "-"),
}


def read(text: str) -> Source:
    """The source of a document with places."""
    notation = notation_of(text)
    assert notation
    source = read_placed(text, notation)
    assert source
    return source


def texts(source: Source) -> list[str]:
    return [item.text for item in source.items if isinstance(item, Cell)]


def converted(name: str, pdf: Path) -> str:
    """What a program makes of a PDF; the test skips without it."""
    program, *arguments = (part.format(pdf) for part in CONVERTERS[name])
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    return subprocess.run([program, *arguments], capture_output=True, check=True, timeout=60).stdout.decode()


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", CONVERTERS)
def test_what_poppler_makes_of_a_print_is_read_whole(name: str, truth: Path) -> None:
    document = converted(name, truth.with_suffix(".pdf"))
    total, faults = score(from_edgar_xml(truth.read_bytes()), document.encode())
    assert total.silent == 0, faults
    assert len(faults) <= KNOWN.get(truth.stem, 0), faults


@pytest.mark.parametrize("marks", ["x", "brackets"])
@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_text_in_columns_is_read_whole_in_each_notation(notation: str, marks: str) -> None:
    for path in TRUTHS[:3]:
        truth = from_edgar_xml(path.read_bytes())
        document = NOTATIONS[notation](render_text(truth, TextStyle("columns", "x" if marks == "x" else "brackets")))
        assert read(document).facts["places"] == notation.partition(",")[0]
        assert score(truth, document.encode())[1] == []


def test_an_answer_has_its_page_and_its_box_in_the_units_of_the_document() -> None:
    pdf = SAMPLES / "alder-creek-robotics.pdf"
    prints = {one.path: one for one in extract_bytes(pdf.read_bytes()).findings}
    document = converted("pdftotext -bbox", pdf)
    seen = 0
    for found in extract_bytes(document.encode()).findings:
        place, true = found.place, prints[found.path].place
        if found.raw and place and true and place.box and true.box and found.raw == prints[found.path].raw:
            if "=" in found.path:
                continue  # a box is drawn in the print, and told by its label here
            assert place.page == true.page
            assert all(abs(one - other) < 4 for one, other in zip(place.box, true.box, strict=True)), found.path
            seen += 1
    assert seen > 20


def test_a_document_is_told_by_its_notation_alone() -> None:
    assert [notation_of(write("Item 1")) for write in NOTATIONS.values()] == [
        name.partition(",")[0] for name in NOTATIONS
    ]
    for other in (
        "level one\tpage_num",
        "<p>1. Issuer's Identity</p>",
        "{1. Issuer's Identity}",
        "<html><table><tr><td>",
    ):
        assert notation_of(other) is None


def test_a_page_that_places_only_its_frame_is_read_as_any_other() -> None:
    page = (SAMPLES / "alder-creek-robotics.html").read_text("utf-8")
    framed = page.replace("<body", '<body><div style="position:absolute;top:0px;left:0px">SEC.gov</div><p', 1)
    assert notation_of(framed) == "HTML with places"
    assert read_placed(framed, "HTML with places") is None
    assert extract_bytes(framed.encode()).filing == extract_bytes(page.encode()).filing
    assert extract_bytes(framed.encode()).format == "html"


@pytest.mark.parametrize(
    ("document", "seen"),
    [
        ('<?xml version="1.0"?><PcGts xmlns="x"><Page/></PcGts>', "PAGE XML"),
        ('<?xml version="1.0"?><!DOCTYPE DjVuXML><DjVuXML><BODY/></DjVuXML>', "DjVu XML"),
        ('<document xmlns="http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml">', "ABBYY XML"),
        ('<?xml version="1.0"?><pages>\n<page id="1" bbox="0,0,612,792" rotate="0">', "the XML of pdfminer"),
        ('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><text x="1">City</text></svg>', "SVG"),
        ('[{"text": "City", "bbox": [1, 2, 3, 4]}]', "JSON with places"),
        ("object_type,page_number,x0,x1,y0,y1,text\nchar,1,2,3,4,5,C", "a table of pdfplumber"),
    ],
)
def test_a_notation_that_is_not_read_is_refused_by_name(document: str, seen: str) -> None:
    with pytest.raises(UnreadableInput, match=f"seen {seen}: .*pass the PDF"):
        extract_bytes(document.encode())


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            '<pdf2xml><page height="9" width="9"><text top="1" width="2" height="3">A</text></page></pdf2xml>',
            "left",
        ),
        (
            '<html><page width="9" height="9"><word xMin="a" yMin="1" xMax="2" yMax="3">A</word></page></html>',
            "xMin",
        ),
        ("level\tpage_num\tpar_num\tleft\ttop\twidth\theight\ttext\n5\t1\t1\t1\t2\t3\n", "row 2"),
        ("level\tpage_num\tpar_num\tleft\ttop\twidth\theight\ttext\n5\t1\t1\tnan\tinf\t3\t4\tA\n", "beyond any page"),
        ("<html><div class='ocr_page'><span class='ocrx_word'>A</span></div></html>", "size of a page"),
    ],
)
def test_a_text_without_its_place_is_a_broken_document(document: str, message: str) -> None:
    with pytest.raises(BrokenInput, match=message):
        extract_bytes(document.encode())


def test_pages_without_text_are_empty() -> None:
    with pytest.raises(EmptyInput, match="none holds any"):
        extract_bytes(b'<pdf2xml><page number="1" height="9" width="9"></page></pdf2xml>')


def test_headers_and_footers_of_pages_are_left_out() -> None:
    lines = ["9/1/2023, 6:07 PM", *[f"line {number}" for number in range(53)], "1/2"]
    second = ["9/1/2023, 6:07 PM", *[f"more {number}" for number in range(53)], "2/2"]
    for write in (BBOX, PDF2XML, PDFTOHTML):
        shown = texts(read(write("\n".join([*lines, *second]))))
        assert shown[0] == "line 0"
        assert len(shown) == 106


def test_a_space_within_a_string_and_one_at_its_end_are_kept() -> None:
    strings = ((40, 30, "Nguy", 0), (70, 12, "\u1ec5n ", 1), (82, 24, "Thi", 0), (120, 30, "Anna", 0))
    body = "".join(
        f'<text top="20" left="{left}" width="{width}" height="11" font="{font}">{text}</text>'
        for left, width, text, font in strings
    )
    fonts = '<fontspec id="0" size="10" family="A"/><fontspec id="1" size="10" family="B"/>'
    source = read(f'<pdf2xml><page number="1" height="99" width="199">{fonts}{body}</page></pdf2xml>')
    assert texts(source) == ["Nguy\u1ec5n Thi", "Anna"]


def place(text: str, x0: float, base: float, *, wider: float = 0.0, style: str = "answer") -> Text:
    """A text that is so much wider than its words."""
    return Text(text.replace(" ", "\u00a0"), x0, x0 + 10 * width_of(text) + wider, base, 10.0, style)


def table(*edges: float) -> Sequence[Text]:
    """The headings of columns, and answers elsewhere."""
    heads = [place("Street", edge, 20.0, style="label") for edge in edges]
    return [*heads, place("Alder Creek", 20.0, 80.0), place("Quarry Road", 20.0, 92.0)]


JOINED = "Beech Road Suite"


@pytest.mark.parametrize(
    ("wider", "edge", "expected"),
    [
        (8.0, 83.0, ["Beech Road", "Suite"]),  # the first words and a space are 55 wide, and so much is left
        (0.0, 83.0, [JOINED]),  # no wider than its words
        (8.0, 70.0, [JOINED]),  # no word begins there
        (8.0, 140.0, [JOINED]),  # does not run so far
    ],
)
def test_a_text_is_cut_where_a_column_begins_and_its_width_shows_a_gap(
    wider: float, edge: float, expected: list[str]
) -> None:
    page = Page((200.0, 100.0), [*table(20.0, edge), place(JOINED, 20.0, 34.0, wider=wider)])
    (cut,) = cut_joined([page])
    assert [text.text.replace("\u00a0", " ") for text in cut.texts if text.base == 34.0] == expected


def test_a_text_that_stands_whole_elsewhere_is_not_cut() -> None:
    joined = place(JOINED, 20.0, 34.0, wider=8.0)
    page = Page((200.0, 100.0), [*table(20.0, 83.0), joined])
    assert len(cut_joined([page])[0].texts) == 6
    other = Page((200.0, 100.0), [joined])
    assert [len(one.texts) for one in cut_joined([page, other])] == [5, 1]


def test_a_label_behind_a_mark_goes_where_its_second_line_begins() -> None:
    first = Text("All", 18.0, 30.0, 30.0, 10.0, exact=False, guessed=True)
    second = Text("States", 20.0, 48.0, 36.0, 10.0)
    moved = settle(Page((100.0, 100.0), [first, second])).texts[0]
    assert (moved.x0, moved.base) == (20.0, 36.0 - 11.5)


def test_lines_that_only_break_are_read_as_text() -> None:
    truth = from_edgar_xml(TRUTHS[0].read_bytes())
    text = render_text(truth, TextStyle("lines", "brackets"))
    page = "<html><body>" + "<br/>\n".join(text.replace("&", "&amp;").split("\n")) + "</body></html>"
    assert extract_bytes(page.encode()).filing == extract_bytes(text.encode()).filing
    assert extract_bytes(page.encode()).format == "text"


def test_more_than_any_filing_holds_is_refused() -> None:
    word = '<word xMin="1" yMin="1" xMax="2" yMax="3">A</word>'
    for pages, words in ((1, 5001), (1001, 1)):
        document = "<html>" + pages * f'<page width="9" height="9">{words * word}</page>' + "</html>"
        with pytest.raises(UnreadableInput, match="the limit is 1,000"):
            extract_bytes(document.encode())
