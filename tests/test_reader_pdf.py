"""The PDF reader: cells, boxes and form fields."""

import random
from collections.abc import Sequence

import pytest

from extractor.readers.pdf import read_pdf
from extractor.source import Mark
from tests.pdfs import BLUE, PROSE, Page, line, pdf, read, rect, seen, shown, sides, stream, text

BOX = (100.0, 92.0, 9.0, 14.0)
"""A checkbox left of text at x 112 on the base line 102."""


# --- cells


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
        ("/FT /Btn /AS /On /V /Off", "[?]"),
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


def test_a_button_beyond_all_measure_takes_no_longer_than_another() -> None:
    wide = field("/FT /Btn /AS /Yes", rect="[100 686 900000000000 900000000000]")
    assert fields(wide, draws=[rect(*BOX), text(50, 150, "Equity")]) == ["[X]", "Equity"]


def test_typed_text_is_read() -> None:
    wide = "[50 600 300 616]"
    assert fields(field("/FT /Tx /V (Acme LP)", rect=wide)) == ["Debt", "Acme LP"]
    assert fields(field("/FT /Ch /V <FEFF004400E9>", rect=wide)) == ["Debt", "D\xe9"]
    assert fields(field("/FT /Tx /V (1 Main St\nSuite 2) /DA (/F 9 Tf)", rect=wide)) == ["Debt", "1 Main St", "Suite 2"]
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [50 600 300 616] /Contents (typed over) >>"
    assert fields(note) == ["Debt", "typed over"]


def test_an_x_typed_into_a_drawn_box_checks_it() -> None:
    assert fields(field("/FT /Tx /V (X)"), draws=[rect(*BOX)]) == ["[X]", "Debt"]


# --- strings whose widths do not tell where their characters stand


@pytest.mark.parametrize(
    ("shown_by", "items"),
    [
        ("[(33139) -400 (02139)] TJ", ["33139", "02139"]),
        ("[(well-) -250 (known)] TJ", ["well-", "known"]),
        ("-0.2 Tc [(Section 3-) -300 (known)] TJ 0 Tc", ["Section 3-", "known"]),
        ("0.4 Tc (Issuer of) Tj 0 Tc", ["Issuer of"]),
        ("70 Tz (Issuer of) Tj 100 Tz", ["Issuer of"]),
        ("[(Iss) 40 (uer) -40 ( of)] TJ", ["Issuer of"]),
    ],
)
def test_gaps_in_a_string_are_seen(shown_by: str, items: list[str]) -> None:
    assert read(f"BT /F 10 Tf 50 692 Td {shown_by} ET", *PROSE)[: len(items)] == items


PARTLY = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"2 beginbfchar <0024> <0041> <0025> <0042> endbfchar endcmap end end"
)


def test_a_letter_that_the_font_does_not_tell_is_never_another_one() -> None:
    cid = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Partly /Encoding /Identity-H /ToUnicode 101 0 R /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Partly /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /DW 500 >>] >>"
    )
    draws = "BT /L 10 Tf 50 692 Td <002400250041> Tj ET"  # A, B, and a code without a letter that is the code of A
    objects = {100: cid, 101: stream(PARTLY)}
    data = pdf([draws, *PROSE], objects=objects).replace(b"/F 3 0 R", b"/F 3 0 R /L 100 0 R", 1)
    assert seen(data).items[0] == "AB\N{REPLACEMENT CHARACTER}"


# --- notes over the page


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("/Subtype /Ink /InkList [[101 687 108 699] [108 687 101 699]]", "[X]"),
        ("/Subtype /PolyLine /Vertices [101 692 103 688 108 698]", "[X]"),
        ("/Subtype /Ink /InkList [[85 675 124 711] [124 675 85 711]]", "[?]"),
        ("/Subtype /Ink /InkList [[101 587 108 599]]", "[ ]"),
        ("/Subtype /FreeText /Contents (X)", "[X]"),
        ("/Subtype /FreeText /Contents <FEFF2713>", "[X]"),
    ],
)
def test_a_mark_drawn_or_typed_over_a_box_checks_it(note: str, state: str) -> None:
    over = f"<< /Type /Annot /Rect [100 686 109 700] {note} >>".encode()
    assert fields(over, draws=[rect(*BOX)]) == [state, "Debt"]


def test_a_button_with_a_look_but_no_state_is_in_doubt() -> None:
    assert fields(field("/FT /Btn /AP << /N 101 0 R >>"), stream(b"0 0 m 9 9 l S")) == ["[?]", "Debt"]


def test_a_button_that_shows_what_its_field_denies_is_in_doubt() -> None:
    looks = "/AP << /N << /a 3 0 R /Off 3 0 R >> >>"
    assert fields(field(f"/FT /Btn /AS /a /V /Off {looks}")) == ["[?]", "Debt"]
    assert fields(field(f"/FT /Btn /AS /Off /V /a {looks}")) == ["[?]", "Debt"]
    assert fields(field(f"/FT /Btn /AS /Off /V /b {looks}")) == ["[ ]", "Debt"]


@pytest.mark.parametrize("sign", ["\xa7", "\xb6"])
def test_a_sign_in_a_box_that_is_no_mark_is_in_doubt(sign: str) -> None:
    assert read(rect(*BOX), text(101, 102, sign), text(112, 102, "Debt")) == ["[?]", "Debt"]
