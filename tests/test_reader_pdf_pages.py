"""The PDF reader: pages, their margins, and prints of the form."""

import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import lxml.html
import pytest

from extractor.outputs.page.press import BROWSERS, PrintOptions, print_pdf
from extractor.readers.pdf import read_pdf
from extractor.source import Cell, Mark, Source
from tests.pdfs import Page, browser, pdf, read, rect, seen, text

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.pdf"))
REAL_PAGE = Path(__file__).parents[1].parent / "shared" / "filings" / "html" / "hashnote-2023.html"

# --- pages


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        (0, (50, 92, 118, 102)),
        (90, (690, 50, 700, 118)),
        (180, (494, 690, 562, 700)),
        (270, (92, 494, 102, 562)),
    ],
)
def test_a_page_is_read_upright_however_it_is_turned(turn: int, box: tuple[float, ...]) -> None:
    draws = "\n".join([text(50, 100, "Name of Issuer"), rect(50, 112, 9, 14), text(62, 122, "None")])
    items, source = seen(pdf(Page(draws, entries=f"/Rotate {turn}")))
    assert items == ["Name of Issuer", "[ ]", "None"]
    assert [round(item.x0) for item in source.items] == [50, 50, 62]
    assert source.items[0].place.box == pytest.approx(box, abs=0.5)


def test_text_that_runs_up_the_sheet_is_turned() -> None:
    lines = [f"BT /F 10 Tf 0 1 -1 0 {100 + 14 * row} 50 Tm (line {row}) Tj ET" for row in range(3)]
    items, source = seen(pdf(lines))
    assert items == ["line 0", "line 1", "line 2"]
    assert source.items[0].place.box == pytest.approx((92, 718, 102, 742), abs=0.5)


def test_places_count_from_the_corner_of_the_visible_page() -> None:
    draws = "\n".join([text(50, 100, "Name of Issuer"), text(10, 20, "cut off")])
    for entries in ("/CropBox [40 400 612 750]", "/CropBox [612 750 40 400]"):
        items, source = seen(pdf(Page(draws, entries=entries)))
        assert items == ["Name of Issuer"]
        assert source.items[0].place.box == pytest.approx((10, 50, 78, 60), abs=0.5)


def test_pages_follow_each_other_without_their_margins() -> None:
    source = read_pdf(pdf([text(50, 740, "payments to any of the")], [text(50, 60, "persons named")]))
    first, second = source.items
    assert (first.place.page, second.place.page) == (1, 2)
    assert 0 <= second.top - first.bottom < source.line_height
    assert second.place.box == pytest.approx((50, 52, 119, 62), abs=0.5)


def test_the_measures_are_those_of_the_text() -> None:
    lines = [text(50, 100 + 15 * row, "a line of words") for row in range(9)]
    source = read_pdf(pdf(lines))
    assert (source.format, source.columns) == ("pdf", True)
    assert source.line_height == pytest.approx(15)
    assert source.x_tolerance == pytest.approx(2.5)


# --- margins


def test_the_lines_that_a_browser_adds_are_left_out() -> None:
    data = pdf(browser(1, 2, text(50, 40, "first")), browser(2, 2, text(50, 40, "second")))
    assert seen(data).items == ["first", "second"]
    assert seen(pdf(browser(1, 1, text(50, 40, "only")))).items == ["only"]


@pytest.mark.parametrize("shape", ["Page {} of 3", "{} of 3", "Page {}", "- {} -", "{}", "Seite {} von 3"])
def test_page_numbers_are_left_out(shape: str) -> None:
    pages = [[text(50, 300, f"body {number}"), text(300, 770, shape.format(number))] for number in (1, 2, 3)]
    assert seen(pdf(*pages)).items == ["body 1", "body 2", "body 3"]


def test_what_every_page_says_in_its_margin_is_left_out() -> None:
    pages = [[text(50, 300 + number, f"body {number}"), text(300, 775, ":")] for number in range(3)]
    assert seen(pdf(*pages)).items == ["body 0", "body 1", "body 2"]


def test_body_text_is_kept_wherever_it_stands() -> None:
    names = [text(50, 40, "Last Name"), text(150, 40, "First Name")]
    ends = [text(50, 770, "None")]
    data = pdf([text(50, 40, "FORM D"), *ends], [*names, *ends], [*names, text(50, 700, "2023-03-10")])
    assert seen(data).items.count("Last Name") == 2
    assert seen(data).items.count("None") == 2


@pytest.mark.parametrize("last", ["2023-03-10", "5", "see https://example.com", "https://example.com", "12 of 5"])
def test_the_last_line_of_a_single_page_is_kept(last: str) -> None:
    assert read(text(50, 300, "body"), text(50, 770, last)) == ["body", last]


def test_numbers_that_do_not_count_the_pages_are_kept() -> None:
    pages = [[text(50, 300, "body"), text(300, 770, number)] for number in ("7", "3", "9")]
    assert [item for item in seen(pdf(*pages)).items if item != "body"] == ["7", "3", "9"]


def test_a_page_number_in_mid_page_is_kept() -> None:
    pages = [[text(50, 300, f"Page {number} of 2"), text(50, 320, "body")] for number in (1, 2)]
    assert seen(pdf(*pages)).items == ["Page 1 of 2", "body", "Page 2 of 2", "body"]


# --- prints of the form


class Truth(NamedTuple):
    """What a page of the form says: the state of each box, and the text of each table cell and paragraph."""

    boxes: list[bool]
    texts: list[str]


def truth(html: str) -> Truth:
    page = lxml.html.fromstring(html)
    boxes = ["X" in "".join(map(str, cell.itertext())) for cell in page.iter("td") if cell.get("class") == "CheckBox"]
    texts = [""]
    _leaves(page.find("body"), texts)
    return Truth(boxes, [" ".join(words.split()) for words in texts if words.split()])


def _leaves(element: lxml.html.HtmlElement | None, texts: list[str]) -> None:
    """Add the text of each block, in order, as an entry of its own."""
    if element is None or not isinstance(element.tag, str):
        return
    block = element.tag in {"td", "th", "p", "li", "ul", "table", "tr", "div", "hr", "br"}
    if block:
        texts.append("")
    texts[-1] += element.text or ""
    for child in element:
        _leaves(child, texts)
        texts[-1] += child.tail or ""
    if block:
        texts.append("")


def check_print(source: Source, page: Truth) -> None:
    """Every box is there with its state, every letter too, and no cell holds text of two cells of the page."""
    marks = [item.checked for item in source.items if isinstance(item, Mark)]
    cells = [item.text for item in source.items if isinstance(item, Cell)]
    assert (len(marks), sum(marks)) == (len(page.boxes), sum(page.boxes))
    assert [text for text in cells if not any(text in whole for whole in page.texts)] == []
    said = Counter("".join("".join(whole.split()) for whole in page.texts if whole != "X"))
    assert said - Counter("".join("".join(text.split()) for text in cells)) == Counter()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_prints_of_the_samples(sample: Path) -> None:
    check_print(read_pdf(sample.read_bytes()), truth(sample.with_suffix(".html").read_text("utf-8")))


OPTIONS = {
    "letter": PrintOptions(),
    "A4 with the browser's lines": PrintOptions(paper="a4", browser_lines=True),
    "80 %": PrintOptions(scale=0.8),
    "60 % with the browser's lines": PrintOptions(scale=0.6, browser_lines=True),
    "121 % on A4, which cuts two boxes": PrintOptions(paper="a4", scale=1.21),
}


@pytest.mark.skipif(not REAL_PAGE.exists(), reason="the real page of a filing is not here")
@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("blank", ["  ", "&nbsp;&nbsp;"], ids=["as saved", "as served"])
def test_the_prints_of_a_real_page(tmp_path: Path, options: PrintOptions, blank: str) -> None:
    if not any(map(shutil.which, BROWSERS)):
        pytest.skip(f"no browser to print with ({', '.join(BROWSERS)})")
    html = REAL_PAGE.read_text("utf-8").replace('CheckBox">  <', f'CheckBox">{blank}<')
    print_pdf(html, tmp_path / "page.pdf", options)
    check_print(read_pdf((tmp_path / "page.pdf").read_bytes()), truth(html))
