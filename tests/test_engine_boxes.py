"""Boxes: which mark belongs to which label, what an X is, and labels that several boxes share."""

from dataclasses import replace

import pytest

from extractor.engine.labels import find_labels
from extractor.engine.pieces import cut, join, part_place
from extractor.engine.words import vocabulary
from extractor.finding import BoxState
from extractor.form.spec import Box, Row, Section, Words
from extractor.source import Cell, Mark, Place
from tests.drawing import ask, checked, drawn, fill, left, problems, said, section, states

CHECKED, UNCHECKED, UNKNOWN = BoxState.CHECKED, BoxState.UNCHECKED, BoxState.UNKNOWN

BINDING = section(
    Row(
        "board",
        (
            Words("Binding"),
            Box("binding", "cloth", "Cloth"),
            Box("binding", "leather", "Half Leather"),
            Box("binding", "paper", "Paper or Card of Several Colours"),
            ask("price", "Price", "amount", "right"),
        ),
    )
)

# --- cutting a cell into labels, marks and what is left


def pieces(line: str, *labels: str, boxed: bool = True) -> tuple[list[str], list[str]]:
    """What is left of a line beside some labels (with boxes, or without): texts, and marks."""
    source = drawn(line)
    hits = find_labels(source, 0, len(source.items), vocabulary([(label, ()) for label in labels]))
    texts, ticks = cut(source.items, 0, len(source.items), hits, frozenset(labels if boxed else ()))
    return [piece.text for piece in texts], [tick.raw for tick in ticks]


@pytest.mark.parametrize(
    ("line", "texts", "marks"),
    [
        ("X Cloth", [], ["X"]),
        ("x Cloth", [], ["x"]),
        ("Cloth X Paper", [], ["X"]),
        ("blue X Cloth", ["blue"], ["X"]),
        ("Cloth: blue", ["blue"], []),
        ("Cloth - Paper", ["-"], []),
        ("Cloth, (blue and green) Paper", ["(blue and green)"], []),
        ("Cloth XX Paper", ["XX"], []),
        ("Cloth (X1) Paper", ["(X1)"], []),
        ("[X] Cloth", [], ["[X]"]),
    ],
)
def test_what_is_left_beside_labels_with_boxes(line: str, texts: list[str], marks: list[str]) -> None:
    assert pieces(line, "Cloth", "Paper") == (texts, marks)


def test_an_x_at_the_end_of_an_answer_is_no_mark_unless_a_box_follows() -> None:
    assert pieces("Malcolm X Price", "Price", boxed=False) == (["Malcolm X"], [])
    assert pieces("Malcolm X", "Price") == (["Malcolm X"], [])


def test_lines_of_an_answer_are_joined() -> None:
    assert join(["a", "b c", "d"]) == "a b c d"
    assert join(["Henry-", "Frederick"]) == "Henry-Frederick"
    assert join(["and/", "or"]) == "and/or"
    assert join(["Series -", "Two"]) == "Series - Two"
    assert join([]) == ""


def test_the_place_of_some_characters() -> None:
    place = Place(line=3, columns=(11, 20))
    cell = Cell("0123456789", 10, 20, 2, 3, place)
    assert part_place(cell, 4, 6) == Place(line=3, columns=(15, 16))
    assert part_place(cell, 0, 10) == place
    assert part_place(Cell("escaped", 10, 20, 2, 3, place), 0, 2) == place
    assert part_place(Mark(True, "[X]", 0, 1, 2, 3, place), 0, 1) == place
    box = Place(page=2, box=(0, 0, 9, 9))
    assert part_place(Cell("0123456789", 10, 20, 2, 3, box), 0, 2) == box


# --- a mark and its label


@pytest.mark.parametrize(
    "lines",
    [
        ("[X] Cloth   [ ] Half Leather", "[ ] Paper or Card of Several Colours"),
        ("X Cloth   Half Leather", "Paper or Card of Several Colours"),
        ("X Cloth Half Leather Paper or Card of Several Colours",),
        ("X  Cloth   Half Leather", "   Paper or Card of Several Colours"),
        ("Binding  X Cloth  Half Leather", "Paper or Card of Several Colours"),
        ("Binding: X Cloth Half Leather", "Paper or Card of Several Colours"),
        ("[X]", "Cloth", "[ ]", "Half Leather", "[ ]", "Paper or Card of Several Colours"),
        ("X", "Cloth", "Half Leather", "Paper or Card of Several Colours"),
        ("Half Leather", "X", "Cloth", "Paper or Card of Several Colours"),
        ("[X] Cloth   [ ] Half", "                Leather", "[ ] Paper or Card", "    of Several Colours"),
    ],
)
def test_a_mark_belongs_to_the_label_at_its_right_or_below_it(lines: tuple[str, ...]) -> None:
    found = fill(BINDING, *lines)
    assert states(found) == {"binding=cloth": CHECKED, "binding=leather": UNCHECKED, "binding=paper": UNCHECKED}
    assert (left(found), problems(found)) == ([], [])


def test_of_two_labels_the_mark_between_them_belongs_to_the_second() -> None:
    assert checked(fill(BINDING, "Cloth [X] Half Leather")) == ["binding=leather"]
    assert checked(fill(BINDING, "Cloth X Half Leather")) == ["binding=leather"]


def test_where_all_marks_stand_behind_their_labels_they_belong_to_these() -> None:
    found = fill(BINDING, "Cloth [ ]", "Half Leather [X]", "Paper or Card of Several Colours [ ]")
    assert states(found) == {"binding=cloth": UNCHECKED, "binding=leather": CHECKED, "binding=paper": UNCHECKED}
    found = fill(BINDING, "Cloth [ ]  Half Leather [X]", "Paper or Card of Several Colours [ ]")
    assert checked(found) == ["binding=leather"]


def test_where_marks_stand_on_both_sides_the_forms_own_side_counts() -> None:
    found = fill(BINDING, "[X] Cloth", "[ ] Half Leather", "Paper or Card of Several Colours [X]")
    assert checked(found) == ["binding=cloth"]
    assert problems(found) == [("", "stray mark")]


def test_two_marks_at_one_label_leave_it_open() -> None:
    found = fill(BINDING, "[X] [ ] Cloth", "[ ] Half Leather")
    assert states(found)["binding=cloth"] is UNKNOWN
    assert ("binding=cloth", "ambiguous") in problems(found)


def test_two_marks_that_agree_leave_it_open_too() -> None:
    found = fill(BINDING, "X [X] Cloth", "[ ] Half Leather")
    assert states(found)["binding=cloth"] is UNKNOWN
    assert problems(found) == [("binding=cloth", "ambiguous")]


def test_a_bare_label_is_unchecked_only_where_the_document_marks_any_box() -> None:
    assert set(states(fill(BINDING, "Cloth", "Half Leather")).values()) == {UNKNOWN}
    assert set(states(fill(BINDING, "[ ] Cloth", "Half Leather")).values()) == {UNCHECKED, UNKNOWN}
    assert states(fill(BINDING, "X Cloth", "Half Leather"))["binding=leather"] is UNCHECKED


def test_a_mark_that_belongs_to_no_label_is_reported() -> None:
    found = fill(BINDING, "[X] Cloth", "[X] Velvet")
    assert checked(found) == ["binding=cloth"]
    assert problems(found) == [("", "stray mark"), ("", "unclaimed text")]
    assert left(found) == ["Velvet"]
    assert ("", "stray mark") not in problems(fill(BINDING, "[X] Cloth", "[ ] Velvet"))


def test_an_x_that_is_no_mark_is_text() -> None:
    found = fill(BINDING, "[X] Cloth", "Price  X")
    assert said(found) == {"price": "X"}
    assert checked(found) == ["binding=cloth"]


def test_each_box_has_the_place_of_its_mark_or_else_of_its_label() -> None:
    places = {box.value: str(box.place) for box in fill(BINDING, "[X] Cloth", "Half Leather").boxes}
    assert places == {"cloth": "line 2 columns 1-3", "leather": "line 3 columns 1-12"}


# --- labels that several boxes share

RATES = section(
    Row(
        "board",
        (
            Words("Day Rate"),
            Words("Week Rate"),
            Box("rate.day", "low", "Up to $5", anchor="Day Rate"),
            Box("rate.day", "mid", "Up to $9", anchor="Day Rate"),
            Box("rate.day", "none", "Not Said", anchor="Day Rate"),
            Box("rate.week", "mid", "Up to $9", anchor="Week Rate"),
            Box("rate.week", "high", "Up to $50", anchor="Week Rate"),
            Box("rate.week", "none", "Not Said", anchor="Week Rate"),
        ),
    )
)
INTERLEAVED = replace(RATES, interleaved=True)


@pytest.mark.parametrize("form", [RATES, INTERLEAVED], ids=["apart", "interleaved"])
def test_the_column_tells_which_of_the_boxes_with_one_label_is_meant(form: Section) -> None:
    lines = ("Day Rate        Week Rate", "[ ] Up to $5    [X] Up to $9", "[ ] Up to $9    [ ] Up to $50")
    found = fill(form, *lines, "[ ] Not Said    [ ] Not Said")
    assert checked(found) == ["rate.week=mid"]
    assert len(states(found)) == 6


@pytest.mark.parametrize("form", [RATES, INTERLEAVED], ids=["apart", "interleaved"])
def test_columns_one_below_the_other(form: Section) -> None:
    lines = ("Day Rate", "Up to $5", "X Up to $9", "Not Said", "Week Rate", "Up to $9", "Up to $50", "Not Said")
    found = fill(form, *lines)
    assert checked(found) == ["rate.day=mid"]
    assert len(states(found)) == 6


def test_rows_in_turn_tell_by_their_order() -> None:
    lines = ("Day Rate Week Rate", "Up to $5", "X Up to $9", "Up to $9", "Up to $50", "Not Said", "X Not Said")
    found = fill(INTERLEAVED, *lines)
    assert checked(found) == ["rate.week=mid", "rate.week=none"]
    assert len(states(found)) == 6


def test_columns_in_one_line_tell_by_their_order() -> None:
    line = "Day Rate Week Rate Up to $5 X Up to $9 Not Said Up to $9 Up to $50 X Not Said"
    assert checked(fill(INTERLEAVED, line)) == ["rate.day=mid", "rate.week=none"]


def test_an_order_that_fits_both_ways_is_not_chosen() -> None:
    assert states(fill(INTERLEAVED, "Day Rate Week Rate", "X Up to $9")) == {}


SIZES = section(
    Row(
        "board",
        (
            ask("height", "Height", "count", "right"),
            Box("height", "Unknown", "Unknown", anchor="Height"),
            ask("width", "Width", "count", "right"),
            Box("width", "Unknown", "Unknown", anchor="Width"),
        ),
    )
)


def test_the_anchor_at_the_left_of_a_box_tells_which_it_is() -> None:
    found = fill(SIZES, "Height  24  [ ] Unknown", "Width       [X] Unknown")
    assert checked(found) == ["width=Unknown"]
    assert said(found) == {"height": "24"}
    found = fill(SIZES, "Height 24 Unknown Width X Unknown")
    assert checked(found) == ["width=Unknown"]
    assert said(found) == {"height": "24"}


def test_the_last_anchor_above_a_box_tells_where_none_is_beside_it() -> None:
    assert checked(fill(SIZES, "Height", "[X] Unknown", "Width", "[ ] Unknown")) == ["height=Unknown"]


def test_more_boxes_of_a_label_than_it_has_anchors_are_passed_over() -> None:
    assert len(states(fill(SIZES, "Height  [X] Unknown", "        [ ] Unknown"))) == 1


def test_a_label_of_two_boxes_that_stands_once_is_no_ones() -> None:
    parts = INTERLEAVED.parts()
    free = Box("rate.day", "free", "No Fee", anchor="Day Rate")
    gift = Box("rate.week", "gift", "Given", anchor="Week Rate")
    form = replace(INTERLEAVED, rows=(Row("board", (*parts[:2], free, *parts[2:5], gift, *parts[5:])),))
    lines = ("Day Rate Week Rate", "No Fee", "Given", "Up to $5", "Up to $9", "Up to $9", "Up to $50", "X Not Said")
    assert checked(fill(form, *lines)) == []


@pytest.mark.parametrize("between", ["  ", "\n"])
def test_two_labels_that_one_anchor_claims_are_no_box_s(between: str) -> None:
    lines = ["Day Rate", "Up to $5", "Week Rate", "Up to $50", *f"X Not Said{between}Not Said".split("\n")]
    found = fill(RATES, *lines)
    assert checked(found) == []
    assert "rate.week=none" not in states(found)
