"""The PDF reader: cells, boxes, pages, margins and what it refuses."""

import logging
import random
import shutil
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import BrokenInput, EmptyInput, EncryptedInput, ExtractorError, ImageOnlyInput, UnreadableInput
from extractor.outputs.page.press import BROWSERS, PrintOptions, print_pdf
from extractor.readers import pdf as reader
from extractor.readers import pdf_file
from extractor.readers.pdf import read_pdf
from extractor.source import Cell, Mark, Source
from tests.pdfs import BLUE, Page, line, pdf, picture, rect, sides, stream, text

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.pdf"))
REAL_PAGE = Path(__file__).parents[1].parent / "shared" / "filings" / "html" / "hashnote-2023.html"

BOX = (100.0, 92.0, 9.0, 14.0)
"""A checkbox left of text at x 112 on the base line 102."""


class Seen(NamedTuple):
    """What was read, in order: texts, and boxes as `[X]` and `[ ]`."""

    items: list[str]
    source: Source


def seen(data: bytes) -> Seen:
    source = read_pdf(data)
    return Seen([shown(item) for item in source.items], source)


def shown(item: Cell | Mark) -> str:
    return item.text if isinstance(item, Cell) else "[X]" if item.checked else "[ ]"


def read(*draws: str) -> list[str]:
    """The items of a page that draws this."""
    return seen(pdf(list(draws))).items


# --- cells

PROSE = [text(50, 200 + 12 * row, "a line of words with all their spaces") for row in range(5)]
"""Lines that show that the document draws its spaces."""


def test_words_with_spaces_drawn_are_one_cell() -> None:
    assert read(text(50, 100, "Name of  Issuer")) == ["Name of Issuer"]


@pytest.mark.parametrize("gap", [2.5, 3.1, 6.0, 40.0])
def test_a_gap_without_a_space_ends_a_cell_however_narrow(gap: float) -> None:
    end = 50 + 5.56 * 5  # five digits of Helvetica
    assert read(text(50, 100, "33139"), text(end + gap, 100, "02139"), *PROSE)[:2] == ["33139", "02139"]


def test_a_space_that_was_lost_between_words_of_one_style_is_put_back() -> None:
    end = 50 + 5.56 * 3
    narrow = [text(50, 100, "540"), text(end + 1.9, 100, "West"), text(50, 150, "111"), text(end + 2.7, 150, "222")]
    assert read(*narrow, *PROSE)[:2] == ["540 West", "111 222"]


def test_a_document_without_spaces_has_words_by_width_and_cells_by_wide_gaps_and_style() -> None:
    words = [text(50 + 24 * number, 100 + 14 * row, "word") for row in range(4) for number in range(4)]
    assert read(*words, text(200, 100, "far"), text(50, 180, "word"), text(74, 180, "blue", before=BLUE)) == [
        "word word word word",
        "far",
        *["word word word word"] * 3,
        "word",
        "blue",
    ]


def test_a_value_in_its_own_style_is_a_cell_but_an_amount_keeps_its_sign() -> None:
    amount = [text(88, 100, "$"), text(93.6, 100, "25,000", font="B", before=BLUE)]
    assert read(text(50, 100, "investor"), *amount, *PROSE)[:2] == ["investor", "$25,000"]


def test_a_ruling_parts_cells_that_have_spaces_between_them() -> None:
    assert read(text(50, 100, "Andrew Advisor"), line(84.5, 90, 84.5, 105)) == ["Andrew", "Advisor"]
    assert read(text(50, 100, "Andrew Advisor"), line(40, 104, 140, 104)) == ["Andrew Advisor"]


def test_letters_drawn_one_by_one_and_out_of_order_are_a_word() -> None:
    letters = [text(50 + 5.56 * place, 100, digit) for place, digit in enumerate("3123712652")]
    random.Random(7).shuffle(letters)
    assert read(*letters) == ["3123712652"]


def test_columns_with_lines_of_their_own_pitch_do_not_mix() -> None:
    left = [text(50, 100 + 12 * row, f"left {row}") for row in range(20)]
    right = [text(150, 101 + 13 * row, f"right {row}") for row in range(20)]
    assert sorted(read(*left, *right)) == sorted([f"{side} {row}" for side in ("left", "right") for row in range(20)])


def test_items_come_line_by_line_and_in_a_line_from_left_to_right() -> None:
    assert read(text(150, 112, "d"), text(50, 112.3, "c"), text(150, 100, "b"), text(50, 101, "a")) == list("abcd")


def test_wrapped_lines_stay_cells_of_their_own_at_one_edge() -> None:
    cells = read_pdf(pdf([text(50, 100, "$1,000,001 -"), text(50, 111, "$5,000,000"), text(50, 122, "more")])).items
    assert [(shown(cell), cell.x0) for cell in cells] == [("$1,000,001 -", 50), ("$5,000,000", 50), ("more", 50)]


def test_ligatures_and_no_break_spaces_are_plain_letters_and_spaces() -> None:
    fi = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [65 /fi /uni00A0] >> >>"
    data = pdf(Page(text(50, 100, "ABled", font="L")), objects={100: fi})
    assert seen(data.replace(b"/F 3 0 R", b"/L 100 0 R", 1)).items == ["fi led"]


# --- what is not seen


def test_white_text_on_white_is_not_read_but_on_a_dark_ground_it_is() -> None:
    hidden = text(50, 100, "secret", before="1 g")
    assert read(hidden, text(50, 120, "plain")) == ["plain"]
    assert read("0.2 g", rect(40, 85, 100, 20, "f"), hidden) == ["secret"]
    assert read(hidden, "0.2 g", rect(40, 85, 100, 20, "f"), text(50, 120, "plain")) == ["plain"]
    assert read(text(50, 100, "secret", before="0 0 0 0 k"), text(50, 120, "plain")) == ["plain"]


def test_text_that_is_not_painted_or_off_the_page_or_tiny_is_not_read() -> None:
    assert read(
        text(50, 100, "unpainted", before="3 Tr"),
        text(50, 120, "clip", before="7 Tr"),
        text(700, 140, "beside"),
        text(50, 160, "dust", size=0.4),
        text(50, 180, "outlined", before="1 Tr"),
    ) == ["outlined"]


def test_letters_drawn_twice_for_boldness_are_read_once() -> None:
    assert read(text(50, 100, "Hello all"), text(50.3, 100, "Hello all")) == ["Hello all"]


def test_slanted_text_across_the_page_is_left_out() -> None:
    assert read("BT /F 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (DRAFT) Tj ET", text(50, 100, "Issuer")) == ["Issuer"]


# --- boxes

FRAMES = {
    "rectangle": [rect(*BOX)],
    "rectangle on its ground": ["1 g", rect(*BOX, "B"), "0 g"],
    "on a grey ground": ["0.85 g", rect(*BOX, "B"), "0 g"],
    "four lines": [
        line(100, 92, 109, 92),
        line(109, 92, 109, 106),
        line(109, 106, 100, 106),
        line(100, 106, 100, 92),
    ],
    "four bars": sides(*BOX),
    "one open path": ["100 700 m 109 700 l 109 686 l 100 686 l 100 700 l S"],
    "ring": ["100 686 9 14 re 100.75 686.75 7.5 12.5 re f*"],
    "white laid on black": [rect(*BOX, "f"), "1 g", rect(101, 93, 7, 12, "f"), "0 g"],
    "double border": [rect(98.5, 90.5, 12, 17), rect(*BOX)],
    "rounded": ["102 700 m 107 700 l 109 700 109 698 109 698 c 109 686 l 100 686 l 100 698 l h S"],
    "flat": [rect(100, 97, 6.75, 2.25)],
    "as high as a label of four lines": [rect(100, 92, 9, 46)],
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_small_frame_is_a_box(frame: Sequence[str]) -> None:
    assert read(*frame, text(112, 102, "Debt")) == ["[ ]", "Debt"]


@pytest.mark.parametrize("frame", [FRAMES[name] for name in FRAMES if name != "flat"])
@pytest.mark.parametrize("inside", ["X", "x", "\xd7"])
def test_a_frame_with_an_x_inside_is_a_checked_box(frame: Sequence[str], inside: str) -> None:
    assert read(*frame, text(101, 102, inside, font="B", before=BLUE), text(112, 102, "Debt")) == ["[X]", "Debt"]


def test_a_box_says_what_is_written_in_it_and_where_it_is() -> None:
    marks = read_pdf(pdf([rect(*BOX), text(101, 102, "X"), rect(100, 112, 9, 14), text(112, 102, "Debt")])).items[::2]
    assert [(mark.raw, mark.checked) for mark in marks if isinstance(mark, Mark)] == [("X", True), ("", False)]
    assert marks[0].place.box == (100, 92, 109, 106)


def test_no_break_spaces_in_a_box_leave_it_unchecked() -> None:
    assert read(rect(*BOX), text(101, 102, "\xa0\xa0"), text(112, 102, "Debt")) == ["[ ]", "Debt"]


@pytest.mark.parametrize(
    "ink",
    [
        [line(101, 93, 108, 105), line(108, 93, 101, 105)],
        ["101 692 m 103 688 l 108 698 l S"],
        [rect(102, 95, 5, 8, "f")],
        [text(100.5, 102, "4", font="Z")],
    ],
    ids=["cross", "tick", "block", "dingbat"],
)
def test_what_is_drawn_in_a_box_checks_it(ink: Sequence[str]) -> None:
    assert read(rect(*BOX), *ink, text(112, 102, "Debt")) == ["[X]", "Debt"]


def test_an_x_without_a_frame_is_a_cell() -> None:
    assert read(text(101, 102, "X"), text(112, 102, "Debt"), *PROSE)[:2] == ["X", "Debt"]


def test_a_frame_with_an_answer_in_it_is_no_box() -> None:
    assert read(rect(100, 92, 12, 14), text(103, 102, "7"), text(115, 102, "investors")) == ["7", "investors"]


def test_the_empty_frame_of_a_number_is_no_box() -> None:
    assert read(text(50, 102, "enter the number:"), rect(200, 90, 75, 15)) == ["enter the number:"]
    assert read(text(50, 102, "enter the number:"), *sides(200, 90, 75, 15)) == ["enter the number:"]


def test_a_stretched_box_is_known_by_the_label_behind_it() -> None:
    assert read(rect(100, 92, 53, 14), text(155, 102, "Other (describe)")) == ["[ ]", "Other (describe)"]
    assert read(rect(100, 92, 53, 14), text(120, 102, "X"), text(155, 102, "Other")) == ["[X]", "Other"]


def test_an_empty_cell_of_a_table_is_no_stretched_box() -> None:
    cells = [rect(100, 92, 80, 15), rect(182, 92, 80, 15), text(184, 102, "Andrew Ridenour")]
    assert read(*cells) == ["Andrew Ridenour"]
    assert read(*sides(100, 92, 80, 15), *sides(182, 92, 80, 15), text(184, 102, "Andrew")) == ["Andrew"]


def test_boxes_part_the_words_around_them() -> None:
    words = text(50, 102, "Relationship:   Director")
    assert read(words, rect(108.5, 92, 7, 14)) == ["Relationship:", "[ ]", "Director"]
    assert read(text(50, 102, "or"), rect(59.5, 92, 9, 14), text(69, 102, "Indefinite")) == ["or", "[ ]", "Indefinite"]


def test_bullets_and_underlines_are_no_boxes() -> None:
    circle = "52 690 m 52 691.1 51.1 692 50 692 c 48.9 692 48 691.1 48 690 c 48 688.9 48.9 688 50 688 c h S"
    assert read(circle, rect(50, 120, 2, 2), line(60, 104, 200, 104), text(60, 102, "words")) == ["words"]


@pytest.mark.parametrize("x_above", [True, False])
def test_a_box_that_a_page_break_cuts_is_one(x_above: bool) -> None:
    x = text(101, 770, "X") if x_above else text(101, 40, "X")
    first = [*sides(100, 755, 9, 30, without="bottom"), text(112, 770, "Security to be"), *([x] if x_above else [])]
    second = [*sides(100, 30, 9, 15, without="top"), text(112, 40, "Acquired"), *([] if x_above else [x])]
    items, source = seen(pdf(first, second))
    assert sorted(items) == ["Acquired", "Security to be", "[X]"]
    mark = next(item for item in source.items if isinstance(item, Mark))
    acquired = next(item for item in source.items if shown(item) == "Acquired")
    assert mark.place.page == 1
    assert mark.bottom > acquired.bottom


def test_one_part_of_a_box_alone_is_no_box() -> None:
    assert read(*sides(100, 755, 9, 30, without="bottom"), text(101, 770, "X"), text(112, 770, "Debt")) == ["X", "Debt"]


def test_written_boxes_are_marks() -> None:
    assert read(text(50, 100, "[X] Yes [ ] No (x) Maybe")) == ["[X]", "Yes", "[ ]", "No", "[X]", "Maybe"]


def test_a_written_box_stands_where_it_is_drawn() -> None:
    mark = read_pdf(pdf([text(50, 100, "00000 [X] Yes")])).items[1]
    assert (mark.x0, mark.x1) == pytest.approx(
        (50 + 6 * 5.56 - 2.78, 50 + 5 * 5.56 + 2 * 2.78 + 2 * 2.78 + 6.67), abs=3
    )


def test_where_boxes_are_drawn_one_written_among_words_is_text() -> None:
    drawn = [rect(*BOX), text(112, 102, "Debt"), rect(100, 112, 9, 14), text(112, 122, "Equity")]
    assert read(*drawn, text(50, 150, "see [X] Director")) == ["[ ]", "Debt", "[ ]", "Equity", "see [X] Director"]


@pytest.mark.parametrize(
    ("font", "on", "off"), [("Z", "4", "o"), ("Z", "8", "q"), ("Z", "n", "r"), ("Z", "l", "m"), ("W", "\xfe", "\xa8")]
)
def test_letters_of_symbol_fonts_are_boxes(font: str, on: str, off: str) -> None:
    yes, no = text(50, 100, on, font=font), text(90, 100, off, font=font)
    assert read(yes, text(65, 100, "Yes"), no, text(105, 100, "No")) == ["[X]", "Yes", "[ ]", "No"]


# --- form fields


def field(entries: str, *, rect: str = "[100 686 109 700]") -> bytes:
    return f"<< /Type /Annot /Subtype /Widget /Rect {rect} {entries} >>".encode()


def fields(*objects: bytes, draws: Sequence[str] = ()) -> list[str]:
    """The items of a page with these annotations and a label at x 112."""
    names = " ".join(f"{100 + number} 0 R" for number in range(len(objects)))
    page = Page("\n".join([text(112, 102, "Debt"), *draws]), entries=f"/Annots [{names}]")
    return seen(pdf(page, objects={100 + number: value for number, value in enumerate(objects)})).items


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ("/FT /Btn /AS /Yes /V /Yes", "[X]"),
        ("/FT /Btn /AS /On /V /Off", "[X]"),
        ("/FT /Btn /AS /Off /V /Yes", "[ ]"),
        ("/FT /Btn /V /Yes", "[X]"),
        ("/FT /Btn /V /Off", "[ ]"),
        ("/FT /Btn", "[ ]"),
        ("/FT /Btn /V /b /AP << /N << /a 3 0 R /Off 3 0 R >> >>", "[ ]"),
        ("/FT /Btn /V /a /AP << /N << /a 3 0 R /Off 3 0 R >> >>", "[X]"),
    ],
)
def test_a_button_is_a_box(entries: str, state: str) -> None:
    assert fields(field(entries)) == [state, "Debt"]


def test_a_button_takes_type_and_value_from_its_parent() -> None:
    button = field("/Parent 101 0 R /AP << /N << /2 3 0 R /Off 3 0 R >> >>")
    assert fields(button, b"<< /FT /Btn /Ff 32768 /V /2 >>") == ["[X]", "Debt"]


@pytest.mark.parametrize("entries", ["/FT /Btn /Ff 65536", "/FT /Btn /F 2 /AS /Yes", "/FT /Sig"])
def test_other_and_hidden_fields_are_no_boxes(entries: str) -> None:
    assert fields(field(entries)) == ["Debt"]


def test_a_button_over_a_drawn_box_is_one_box() -> None:
    assert fields(field("/FT /Btn /AS /Off"), draws=[rect(*BOX)]) == ["[ ]", "Debt"]
    assert fields(field("/FT /Btn /AS /Off"), draws=[rect(*BOX), text(101, 102, "X")]) == ["[X]", "Debt"]


def test_typed_text_is_read() -> None:
    wide = "[50 600 300 616]"
    assert fields(field("/FT /Tx /V (Acme LP)", rect=wide)) == ["Debt", "Acme LP"]
    assert fields(field("/FT /Ch /V <FEFF004400E9>", rect=wide)) == ["Debt", "D\xe9"]
    assert fields(field("/FT /Tx /V (1 Main St\nSuite 2) /DA (/F 9 Tf)", rect=wide)) == ["Debt", "1 Main St", "Suite 2"]
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [50 600 300 616] /Contents (typed over) >>"
    assert fields(note) == ["Debt", "typed over"]


def test_an_x_typed_into_a_drawn_box_checks_it() -> None:
    assert fields(field("/FT /Tx /V (X)"), draws=[rect(*BOX)]) == ["[X]", "Debt"]


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


def browser(number: int, count: int, *body: str) -> list[str]:
    """A page as a browser prints it."""
    return [
        *body,
        text(24, 20, "9/1/23, 6:07 PM", size=8),
        text(280, 20, "SEC FORM D", size=8),
        text(24, 780, "https://www.sec.gov/Archives/edgar/data/1/xslFormDX01/primary_doc.xml", size=8),
        text(570, 780, f"{number}/{count}", size=8),
    ]


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


# --- what is refused


@pytest.mark.parametrize("data", [b"", b" \n\t", pdf(["0 g"]), pdf([rect(10, 10, 400, 400)])])
def test_an_empty_document_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyInput):
        read_pdf(data)


@pytest.mark.parametrize("data", [b"FORM D", b"\x89PNG\r\n", b"%PDF-1.4", b"%PDF-1.7\n" + b"x" * 5000])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenInput):
        read_pdf(data)


def test_a_document_without_pages_is_refused() -> None:
    with pytest.raises(BrokenInput, match="none"):
        read_pdf(pdf())


def test_a_password_is_asked_for_only_if_the_reader_must_give_it() -> None:
    page = [text(50, 100, "Name of Issuer")]
    with pytest.raises(EncryptedInput, match="password"):
        read_pdf(pdf(page, password="open sesame"))
    assert seen(pdf(page, password="owner")).items == ["Name of Issuer"]


def test_an_unknown_encryption_is_refused() -> None:
    data = pdf([text(50, 100, "x")], password="owner").replace(b"/Filter /Standard", b"/Filter /Nobodys!")
    with pytest.raises(EncryptedInput):
        read_pdf(data)


TWO = pdf(*([text(50, 100 + row, f"page {page} row {row}") for row in range(0, 400, 20)] for page in "12"), packed=True)


def test_a_cut_file_is_refused_or_read_whole() -> None:
    whole = seen(TWO).items
    for length in range(0, len(TWO), 61):
        try:
            assert seen(TWO[:length]).items == whole
        except (BrokenInput, EmptyInput):
            continue


def test_a_damaged_page_is_named() -> None:
    damaged = bytearray(TWO)
    damaged[TWO.rindex(b"\nstream\n") + 60] ^= 0xFF
    with pytest.raises(BrokenInput, match="page 2"):
        read_pdf(bytes(damaged))


def test_a_stream_that_only_lacks_its_checksum_is_read() -> None:
    assert pdf_file._inflate(zlib.compress(b"words " * 50)[:-4]) == b"words " * 50


@pytest.mark.parametrize(
    ("gone", "why"),
    [(b"/Contents 13 0 R", "page 2"), (b"/Kids [10 0 R 12 0 R]", "2 pages, but only 1"), (b"/F 3 0 R", "page 1")],
)
def test_a_missing_part_is_not_passed_over(gone: bytes, why: str) -> None:
    instead = {b"/Kids [10 0 R 12 0 R]": b"/Kids [10 0 R 98 0 R]"}.get(gone, gone.split()[0] + b" 98 0 R")
    with pytest.raises(BrokenInput, match=why):
        read_pdf(TWO.replace(gone, instead, 1))


PICTURE = "q 612 0 0 792 0 0 cm /P100 Do Q"


def test_pages_of_pictures_are_refused() -> None:
    with pytest.raises(ImageOnlyInput, match=r"page 1 of 1.*OCR"):
        read_pdf(pdf([PICTURE], objects={100: picture()}))
    with pytest.raises(ImageOnlyInput, match="page 2 of 3"):
        read_pdf(pdf([text(50, 100, "a")], [PICTURE], [text(50, 100, "b")], objects={100: picture()}))


def test_a_picture_with_a_browsers_lines_around_it_is_refused() -> None:
    data = pdf(browser(1, 2, text(50, 100, "a")), browser(2, 2, PICTURE), objects={100: picture()})
    with pytest.raises(ImageOnlyInput, match="page 2"):
        read_pdf(data)


def test_letters_drawn_as_shapes_are_refused() -> None:
    letters = [f"{50 + 4 * place} 700 m {52 + 4 * place} 706 l {53 + 4 * place} 700 l f" for place in range(120)]
    with pytest.raises(ImageOnlyInput):
        read_pdf(pdf(letters))


def test_a_blank_page_and_a_small_picture_are_passed_over() -> None:
    logo = "q 20 0 0 20 50 50 cm /P100 Do Q"
    data = pdf([text(50, 100, "a")], ["0 g"], [logo], objects={100: picture()})
    assert seen(data).items == ["a"]


def test_text_recognised_under_a_picture_is_read_and_said_so() -> None:
    data = pdf([PICTURE, text(50, 100, "Name of Issuer", before="3 Tr")], objects={100: picture()})
    items, source = seen(data)
    assert items == ["Name of Issuer"]
    assert dict(source.facts) == {"text_layer": "recognised"}
    assert dict(read_pdf(pdf([text(50, 100, "a")])).facts) == {}


def test_unpainted_text_beside_painted_text_is_not_read_even_over_a_picture() -> None:
    draws = [PICTURE, text(50, 100, "hidden", before="3 Tr"), text(50, 120, "plain")]
    assert seen(pdf(draws, objects={100: picture()})).items == ["plain"]


def test_text_without_characters_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="page 1"):
        read_pdf(pdf([f"BT /C 10 Tf 50 700 Td <{'0041' * 40}> Tj ET"]))


def test_a_single_unknown_character_is_shown_as_one() -> None:
    assert read("BT /C 10 Tf 50 700 Td <0041> Tj ET", text(50, 120, "Issuer")) == [
        "\N{REPLACEMENT CHARACTER}",
        "Issuer",
    ]


def test_limits_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    page = [text(50, 100, "a")]
    for name, data in (
        ("MAX_BYTES", pdf(page)),
        ("MAX_PAGES", pdf(page, page, page)),
        ("MAX_UNPACKED", pdf([*page, "0 g " * 500], packed=True)),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(pdf_file, name, 2 if name == "MAX_PAGES" else 20)
            with pytest.raises(UnreadableInput):
                read_pdf(data)
        assert read_pdf(data).items
    monkeypatch.setattr(reader, "MAX_OBJECTS", 3)
    with pytest.raises(UnreadableInput, match="draws more"):
        read_pdf(pdf([text(50, 100, "four")]))


def test_orders_without_end_that_paint_nothing_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_OBJECTS", 5000)
    with pytest.raises(UnreadableInput, match="draws more"):
        read_pdf(pdf([text(50, 100, "a"), "q Q " * 20_000]))


def test_a_drawing_that_draws_itself_a_million_times_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_OBJECTS", 5000)
    forms = {
        number: stream(
            f"/P{number + 1} Do ".encode() * 10,
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            f"/Resources << /XObject << /P{number + 1} {number + 1} 0 R >> >>",
        )
        for number in range(100, 108)
    }
    forms[108] = stream(b"0 g", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    with pytest.raises(UnreadableInput, match="draws more"):
        read_pdf(pdf(["/P100 Do"], objects=forms))


def test_a_packed_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "MAX_UNPACKED", 10_000_000)
    with pytest.raises(UnreadableInput, match="unpacks"):
        read_pdf(pdf([text(50, 100, "a")], objects={100: stream(b"\0" * 20_000_000, packed=True)}))


def test_pdfminer_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    handlers, logging.root.handlers = logging.root.handlers, []
    try:
        read_pdf(pdf([text(50, 100, "a"), "(x) Td /Nope gs 1 (a) 3 rg"]))
    finally:
        logging.root.handlers = handlers
    assert capfd.readouterr() == ("", "")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_spoiled_file_is_read_or_refused(data: st.DataObject) -> None:
    spoiled = bytearray(TWO)
    for place in data.draw(st.lists(st.integers(0, len(TWO) - 1), min_size=1, max_size=8)):
        spoiled[place] = data.draw(st.integers(0, 255))
    try:
        source = read_pdf(bytes(spoiled))
    except ExtractorError:
        return
    assert source.items


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
