"""Headings: where the items of a form begin and end; headings damaged, missing, or only like one."""

import pytest

from extractor.engine.found import Found
from extractor.engine.sections import Form
from extractor.form.spec import Row
from extractor.source import Format
from tests.drawing import END, ask, fill, left, problems, said, section

WHO = section(
    Row("grid", (ask("name", "Name"), ask("town", "Town"))),
    Row("text", (ask("note", "Remarks", required=False),)),
    prefix="people[]",
    title="Who Asks",
    number="1",
)
WHAT = section(
    Row("grid", (ask("title", "Title of the Book"),)),
    Row("text", (ask("what_note", "Remarks", required=False),)),
    title="What is Asked For",
    number="2",
)
WHEN = section(Row("grid", (ask("day", "Day of Return", "date"),)), title="When it Comes Back", number="3")
FORM = Form((WHO, WHAT, WHEN), (END,), repeating=1)

FIRST = ("1. Who Asks", "Name      Town", "Ann Berg  Rye", "Remarks:")
SECOND = ("2. What is Asked For", "Title of the Book", "The Waves", "Remarks:")
THIRD = ("3. When it Comes Back", "Day of Return", "1931-10-08")
SAID = {"people[0].name": "Ann Berg", "people[0].town": "Rye", "title": "The Waves", "day": "1931-10-08"}


def read(*lines: str, reader: Format = "html") -> Found:
    return fill(FORM, *lines, reader=reader)


def test_a_form_is_split_at_its_headings() -> None:
    found = read("A Slip", *FIRST, *SECOND, *THIRD, END, "Small print")
    assert (said(found), problems(found), left(found)) == (SAID, [], [])


def test_a_document_without_headings_has_no_regions() -> None:
    for lines in ((), ("Dear Sir,", "the Name of my Town is Rye.", "Name      Town", "Ann Berg  Rye")):
        assert (read(*lines).records, said(read(*lines)), left(read(*lines))) == ({}, {}, [])


@pytest.mark.parametrize(
    "heading",
    [
        "1. Who Asks",
        "1) who asks",
        "Item 1: WHO ASKS",
        "1 - Who Asks:",
        "Who Asks",
        "## 1. Who Asks",
        "**1. Who Asks**",
        "ITEM 1. Who Asks",
    ],
)
def test_ways_to_write_a_heading(heading: str) -> None:
    assert said(read(heading, *FIRST[1:], *SECOND, *THIRD)) == SAID


def test_a_number_in_a_cell_of_its_own_is_its_headings() -> None:
    found = read("1.  Who Asks", *FIRST[1:], "2.  What is Asked For", *SECOND[1:], *THIRD)
    assert (said(found), problems(found), left(found)) == (SAID, [], [])


def test_numbers_above_their_headings_are_theirs() -> None:
    second, third = ("2.", "What is Asked For", *SECOND[1:]), ("3.", "When it Comes Back", *THIRD[1:])
    found = read("1.", "Who Asks", *FIRST[1:], *second, *third)
    assert (said(found), problems(found), left(found)) == (SAID, [], [])


def test_a_lone_number_above_a_heading_may_be_an_answer() -> None:
    found = read(*FIRST, "2.", "What is Asked For", *SECOND[1:], *THIRD)
    assert said(found) == SAID | {"people[0].note": "2."}
    assert ("people[0].note", "inferred") in problems(found)


@pytest.mark.parametrize("text", ["7. Who Asks", "Nobody knows Who Asks", "Who Asks for it", "1. Who Asks Ann"])
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    assert read(text, *FIRST[1:]).records == {}


@pytest.mark.parametrize(
    "note",
    [
        "3. When it Comes Back",
        "When it Comes Back",
        "See 2. What is Asked For",
    ],
)
def test_a_heading_inside_free_text_does_not_end_it(note: str) -> None:
    found = read(*FIRST, note, *SECOND, *THIRD)
    assert said(found) == SAID | {"people[0].note": note}
    assert problems(found) == []


@pytest.mark.parametrize("note", ["2. What is Asked For", "See there\n2. What is Asked For"])
def test_a_heading_that_stands_twice_may_be_the_last_words_before_it(note: str) -> None:
    found = read(*FIRST, *note.split("\n"), *SECOND, *THIRD)
    assert said(found) == SAID | {"people[0].note": note.replace("\n", " ")}
    assert problems(found) == [("people[0].note", "inferred")]


def test_sections_that_repeat_may_come_again() -> None:
    again = tuple(line.replace("Ann Berg", "Per Lund") for line in FIRST)
    found = read(*FIRST, *again, *SECOND, *THIRD)
    assert found.records == {"1": 2, "2": 1, "3": 1}
    assert said(found) == SAID | {"people[1].name": "Per Lund", "people[1].town": "Rye"}


def test_other_sections_may_not() -> None:
    found = read(*FIRST, *SECOND, *SECOND, *THIRD)
    assert found.records == {"1": 1, "2": 1, "3": 1}
    assert said(found)["title"] == "The Waves"


def test_a_missing_section_is_not_there_and_the_list_before_it_may_go_on() -> None:
    found = read(*FIRST, *THIRD)
    assert found.records == {"1": 1, "3": 1}
    assert problems(found) == [("people", "ambiguous")]
    assert said(found) == {path: raw for path, raw in SAID.items() if path != "title"}


def test_free_text_before_a_missing_heading_is_not_trusted() -> None:
    found = read(*FIRST, "Likes Orlando.", *THIRD)
    assert "people[0].note" not in said(found)
    assert problems(found) == [("people[0].note", "ambiguous"), ("people", "ambiguous")]


def test_a_heading_that_is_gone_is_implied_by_the_first_label_of_its_section() -> None:
    found = read(*FIRST, *SECOND[1:], *THIRD)
    assert said(found) == SAID
    assert problems(found) == [("people", "ambiguous")]
    found = read(*FIRST, "Likes Orlando.", *SECOND[1:], *THIRD)
    assert said(found) == SAID
    assert problems(found) == [("people[0].note", "ambiguous"), ("people", "ambiguous")]


@pytest.mark.parametrize(
    "heading", ["2. Wbat is Asked For", "2. What is A5ked F0r", "2. What isAsked For", "Z. What is Asked For"]
)
def test_a_damaged_heading_is_still_one(heading: str) -> None:
    found = read(*FIRST, heading, *SECOND[1:], *THIRD)
    assert said(found) == SAID


def test_headings_out_of_order_count_where_they_fit_best() -> None:
    found = read("3. When it Comes Back", *FIRST, *SECOND, *THIRD)
    assert said(found) == SAID


def test_the_end_of_the_answers() -> None:
    found = read(*FIRST, *SECOND, *THIRD, END, "Day of Return", "1999-01-01")
    assert said(found) == SAID
    assert left(found) == []
