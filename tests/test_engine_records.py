"""Records: repeated rows, labels and answers that look alike, and records that may be hidden."""

from dataclasses import replace

import pytest

from extractor.form.spec import Box, Row, Words
from tests.drawing import ask, checked, fill, left, problems, said, section, states

READERS = section(
    Row("grid", (ask("last", "Last Name"), ask("first", "First Name"), ask("title", "Title", required=False))),
    Row("grid", (ask("street", "Street"), ask("city", "Town"))),
    Row("board", (Words("Role"), Box("role", "Reader", "Reader"), Box("role", "Donor", "Donor"))),
    Row("text", (ask("note", "Remarks", required=False),)),
    prefix="readers[]",
)

BERG = (
    "Last Name    First Name    Title",
    "Berg         Ann           Dr.",
    "Street       Town",
    "1 Elm Row    Rye",
    "Role:  [X] Reader  [ ] Donor",
    "Remarks:",
)
LUND = (
    "Last Name    First Name    Title",
    "Lund         Per",
    "Street       Town",
    "2 Elm Row    Rye",
    "Role:  [ ] Reader  [X] Donor",
    "Remarks:",
    "Brings his own lamp.",
)


def test_the_first_row_of_labels_begins_a_new_record() -> None:
    found = fill(READERS, *BERG, *LUND)
    assert found.records == {"1": 2}
    assert said(found) == {
        "readers[0].last": "Berg",
        "readers[0].first": "Ann",
        "readers[0].title": "Dr.",
        "readers[0].street": "1 Elm Row",
        "readers[0].city": "Rye",
        "readers[1].last": "Lund",
        "readers[1].first": "Per",
        "readers[1].street": "2 Elm Row",
        "readers[1].city": "Rye",
        "readers[1].note": "Brings his own lamp.",
    }
    assert checked(found) == ["readers[0].role=Reader", "readers[1].role=Donor"]
    assert (problems(found), left(found)) == ([], [])


def test_a_section_without_labels_has_no_answers() -> None:
    found = fill(READERS, "There are none.")
    assert (said(found), states(found)) == ({}, {})


def test_text_of_a_section_without_labels_is_left_over() -> None:
    assert left(fill(replace(READERS, prefix=""), "There are none.")) == ["There are none."]
    assert left(fill(READERS, "There are none.")) == ["There are none."]


def test_a_heading_that_comes_again_loses_no_record_unreported() -> None:
    found = fill(READERS, *BERG, "1. Loan of a Book", *LUND)
    names = {raw for path, raw in said(found).items() if path.endswith("last")}
    assert names == {"Berg", "Lund"} or "readers" in {path for path, _ in problems(found)}


@pytest.mark.parametrize("value", ["Title", "Last Name", "Street", "Reader", "Remarks", "First Name"])
def test_an_answer_that_looks_like_a_label_is_an_answer(value: str) -> None:
    lines = list(BERG)
    lines[1] = f"{value:13}Ann           Dr."
    found = fill(READERS, *lines, *LUND)
    assert said(found) == said(fill(READERS, *BERG, *LUND)) | {"readers[0].last": value}
    assert checked(found) == ["readers[0].role=Reader", "readers[1].role=Donor"]


@pytest.mark.parametrize("street", ["Town", "Last Name", "Role", "Street", "Donor", "Street 1"])
def test_so_is_one_in_a_later_row(street: str) -> None:
    lines = list(BERG)
    lines[3] = f"{street:13}Rye"
    found = fill(READERS, *lines)
    assert said(found) == said(fill(READERS, *BERG)) | {"readers[0].street": street}
    assert checked(found) == ["readers[0].role=Reader"]


@pytest.mark.parametrize(
    "note",
    [
        "Street",
        "Street and Town are those of his sister; X Donor.",
        "Last Name, First Name, Title: see above. Role: X Donor",
        "Remarks: none",
        "X",
        "[X] Donor",
    ],
)
def test_free_text_may_hold_words_of_the_form_and_marks(note: str) -> None:
    found = fill(READERS, *BERG, note, *LUND)
    assert said(found)["readers[0].note"] == note
    assert found.records == {"1": 2}
    assert checked(found) == ["readers[0].role=Reader", "readers[1].role=Donor"]
    assert problems(found) == []


def test_free_text_that_is_a_label_of_the_next_row_is_read_or_reported() -> None:
    found = fill(READERS, *BERG, "Title", *LUND)
    assert said(found).get("readers[0].note") == "Title" or problems(found)


def test_free_text_goes_over_lines() -> None:
    found = fill(READERS, *BERG, "Reads on", "", "Sundays and", "holidays.", *LUND)
    assert said(found)["readers[0].note"] == "Reads on Sundays and holidays."


def test_a_row_of_labels_in_free_text_is_reported_as_a_record_that_may_hide_there() -> None:
    damaged = ("L4st N@me    F1r$t Nqme    T1t7e", *LUND[1:])
    found = fill(READERS, *BERG, *damaged)
    assert found.records == {"1": 1}
    kinds = problems(found)
    assert ("readers", "ambiguous") in kinds
    assert ("readers[0]", "ambiguous") in kinds
    assert ("readers[0].note", "ambiguous") in kinds


def test_what_stands_at_the_left_of_the_first_label_belongs_to_its_record() -> None:
    form = replace(READERS, rows=READERS.rows[2:], prefix="")
    assert checked(fill(form, "[X]  Reader  [ ] Donor")) == ["role=Reader"]


def test_a_section_with_one_label_in_its_first_row_repeats_by_it() -> None:
    form = section(Row("board", (ask("code", "Code", "count", "either"),)), Row("board", (ask("name", "Name"),)))
    form = replace(form, prefix="books[]")
    found = fill(form, "Code  7", "Name", "Waves", "Code", "8", "Name", "Orlando")
    assert said(found) == {
        "books[0].code": "7",
        "books[0].name": "Waves",
        "books[1].code": "8",
        "books[1].name": "Orlando",
    }


def test_a_blank_first_row_begins_a_record_too() -> None:
    found = fill(READERS, BERG[0], *BERG[2:], *LUND)
    assert found.records == {"1": 2}
    assert "readers[0].last" not in said(found)
    assert said(found)["readers[1].last"] == "Lund"
