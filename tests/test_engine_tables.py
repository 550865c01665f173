"""Tables: rows of answers below a header, wrapped cells, headers that come again."""

import pytest

from extractor.form.spec import Row
from tests.drawing import ask, fill, left, problems, said, section

STAMPS = section(
    Row(
        "table", (ask("name", "Name"), ask("place", "Place of Issue"), ask("shade", "Shade"), ask("day", "Day", "date"))
    ),
    prefix="stamps[]",
)

HEADER = "Name          Place of Issue  Shade   Day"
RED = "Penny Red     London          red     1841-02-10"
BLUE = "Twopenny      Bath            blue    1840-05-08"

RED_SAID = {"name": "Penny Red", "place": "London", "shade": "red", "day": "1841-02-10"}
BLUE_SAID = {"name": "Twopenny", "place": "Bath", "shade": "blue", "day": "1840-05-08"}


def rows(*answers: dict[str, str]) -> dict[str, str]:
    return {f"stamps[{number}].{path}": raw for number, row in enumerate(answers) for path, raw in row.items()}


def test_each_row_is_a_record() -> None:
    found = fill(STAMPS, HEADER, RED, BLUE)
    assert said(found) == rows(RED_SAID, BLUE_SAID)
    assert found.records == {"1": 2}
    assert {(answer.rule, answer.certainty) for answer in found.answers} == {("table column", "exact")}
    assert (problems(found), left(found)) == ([], [])


def test_a_table_without_rows() -> None:
    found = fill(STAMPS, HEADER)
    assert (said(found), found.records, problems(found)) == ({}, {"1": 0}, [])


def test_a_header_that_lacks_a_column_is_no_table() -> None:
    found = fill(STAMPS, "Name          Place of Issue  Day", "Penny Red     London          1841-02-10")
    assert (said(found), found.records) == ({}, {"1": 0})
    assert left(found) == ["Penny Red", "London", "1841-02-10"]


def test_what_stands_above_the_header_is_left_over() -> None:
    found = fill(STAMPS, "See overleaf.", HEADER, RED)
    assert said(found) == rows(RED_SAID)


@pytest.mark.parametrize("blank", ["name", "place", "shade"])
def test_a_blank_cell_shifts_no_other_of_its_row(blank: str) -> None:
    line = RED.replace(RED_SAID[blank], " " * len(RED_SAID[blank]))
    found = fill(STAMPS, HEADER, line)
    assert said(found) == rows({path: raw for path, raw in RED_SAID.items() if path != blank})


@pytest.mark.parametrize("blank", ["name", "place", "shade"])
def test_a_blank_cell_takes_no_answer_of_the_next_row(blank: str) -> None:
    line = RED.replace(RED_SAID[blank], " " * len(RED_SAID[blank]))
    found = fill(STAMPS, HEADER, line, BLUE)
    assert said(found) == rows({path: raw for path, raw in RED_SAID.items() if path != blank}, BLUE_SAID)


@pytest.mark.parametrize("blank", ["name", "place", "shade"])
def test_a_blank_cell_takes_no_answer_of_the_row_before(blank: str) -> None:
    line = BLUE.replace(BLUE_SAID[blank], " " * len(BLUE_SAID[blank]))
    found = fill(STAMPS, HEADER, RED, line)
    assert said(found) == rows(RED_SAID, {path: raw for path, raw in BLUE_SAID.items() if path != blank})


def test_without_any_answer_in_the_last_column_there_is_one_row() -> None:
    found = fill(STAMPS, HEADER, "Penny Red     London          red")
    assert said(found) == rows({path: raw for path, raw in RED_SAID.items() if path != "day"})


def test_cells_wrap_around_the_middle_of_their_row() -> None:
    lines = (
        "Penny Red of  London          deep",
        "the first     (and York)      red     1841-02-10",
        "plate",
        "Twopenny      Bath            blue    1840-05-08",
    )
    found = fill(STAMPS, HEADER, *lines, reader="pdf")
    first = {
        "name": "Penny Red of the first plate",
        "place": "London (and York)",
        "shade": "deep red",
        "day": "1841-02-10",
    }
    assert said(found) == rows(first, BLUE_SAID)


def test_the_last_cell_may_wrap_too() -> None:
    found = fill(
        STAMPS, HEADER, "Penny Red     London          red     1841-02-", "                                      10"
    )
    assert said(found) == rows(RED_SAID)


def test_a_header_that_wraps() -> None:
    lines = ("Name          Place           Shade   Day", "              of Issue")
    assert said(fill(STAMPS, *lines, RED)) == rows(RED_SAID)


def test_a_header_that_comes_again_is_no_row() -> None:
    found = fill(STAMPS, HEADER, RED, HEADER, BLUE)
    assert said(found) == rows(RED_SAID, BLUE_SAID)


@pytest.mark.parametrize("value", ["Shade", "Name", "Day", "X"])
def test_an_answer_that_looks_like_a_header(value: str) -> None:
    line = f"{value:14}London          red     1841-02-10"
    assert said(fill(STAMPS, HEADER, line, BLUE)) == rows(RED_SAID | {"name": value}, BLUE_SAID)


def test_columns_whose_answers_stand_a_little_off_are_taken_by_their_order() -> None:
    lines = (
        "Name      Place of Issue      Shade           Day",
        "Penny Red     London          red     1841-02-10",
    )
    found = fill(STAMPS, *lines)
    assert said(found) == rows(RED_SAID)


def test_columns_that_do_not_line_up_and_lack_an_answer_are_inferred_and_reported() -> None:
    lines = ("Name          Place of Issue  Shade   Day", "   Penny Red                red        1841-02-10")
    found = fill(STAMPS, *lines)
    assert said(found) == rows({path: raw for path, raw in RED_SAID.items() if path != "place"})
    assert problems(found) == [(f"stamps[0].{path}", "inferred") for path in ("name", "shade", "day")]
    assert {answer.certainty for answer in found.answers} == {"inferred"}


def test_cells_one_below_the_other_come_in_the_headers_order() -> None:
    lines = ("Name", "Place of Issue", "Shade", "Day", *RED_SAID.values(), *BLUE_SAID.values())
    assert said(fill(STAMPS, *lines, reader="text")) == rows(RED_SAID, BLUE_SAID)


def test_such_a_row_that_lacks_a_cell_is_left_over_with_all_behind_it() -> None:
    lines = ("Name", "Place of Issue", "Shade", "Day", *RED_SAID.values(), "Twopenny", "blue", "1840-05-08", "more")
    found = fill(STAMPS, *lines, reader="text")
    assert said(found) == rows(RED_SAID)
    assert left(found) == ["Twopenny", "blue", "1840-05-08", "more"]


def test_what_follows_the_last_row_in_the_last_column_is_left_over() -> None:
    found = fill(STAMPS, HEADER, RED, "                                      and so on")
    assert said(found) == rows(RED_SAID)
    assert left(found) == ["and so on"]
