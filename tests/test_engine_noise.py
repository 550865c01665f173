"""Labels whose letters are damaged: read where they are needed, always reported, never chosen between."""

import pytest

from extractor.engine.found import Found
from extractor.finding import BoxState
from extractor.form.spec import Box, Row, Words
from tests.drawing import ask, checked, fill, left, problems, said, section, states

SENTENCE = (
    "Say whether the library may lend your card to readers of another town and enter the number of readers to whom "
    "it was lent in the year before"
)

CARD = section(
    Row("grid", (ask("name", "Family Name"), ask("given", "Given Names"), ask("born", "Year of Birth", "year"))),
    Row("grid", (ask("street", "Street and House"), ask("town", "Town of Residence"))),
    Row(
        "board",
        (
            Words("Rooms"),
            Box("rooms", "reading", "Reading Room"),
            Box("rooms", "map", "Map Collection"),
            Box("rooms", "rare", "Rare Books and Prints"),
            Box("lend", "true", SENTENCE),
            ask("lent", SENTENCE, "count", "either", required=False),
        ),
    ),
    Row("text", (ask("note", "Remarks of the Reader", required=False),)),
    prefix="cards[]",
)


NAMES = (
    "Family Name   Given Names   Year of Birth",
    "Berg          Ann           1899",
    "Street and House   Town of Residence",
    "Elm Row 1          Rye",
)
ROOMS = ("Rooms", "[X] Reading Room", "[ ] Map Collection", "[ ] Rare Books and Prints")
ASKED = (f"[ ] {SENTENCE}  12", "Remarks of the Reader:")


def read(*lines: str) -> Found:
    return fill(CARD, *lines)


def damaged(old: str, new: str) -> Found:
    """The card with one of its labels damaged."""
    lines = [line.replace(old, new) for line in (*NAMES, *ROOMS, *ASKED)]
    assert lines != [*NAMES, *ROOMS, *ASKED]
    return read(*lines)


def test_an_undamaged_card() -> None:
    found = read(*NAMES, *ROOMS, *ASKED)
    assert said(found) == {
        "cards[0].name": "Berg",
        "cards[0].given": "Ann",
        "cards[0].born": "1899",
        "cards[0].street": "Elm Row 1",
        "cards[0].town": "Rye",
        "cards[0].lent": "12",
    }
    assert checked(found) == ["cards[0].rooms=reading"]
    assert (problems(found), left(found)) == ([], [])


@pytest.mark.parametrize(
    ("label", "written", "path"),
    [
        ("Family Name", "Farnily Name", "name"),
        ("Family Name", "FamilyName", "name"),
        ("Family Name", "Family Narne", "name"),
        ("Given Names", "Glven Names", "given"),
        ("Year of Birth", "Year of 8irth", "born"),
        ("Year of Birth", "Year 0f Blrth", "born"),
    ],
)
def test_a_damaged_label_of_a_question(label: str, written: str, path: str) -> None:
    found = damaged(label, written)
    assert said(found) == said(read(*NAMES, *ROOMS, *ASKED))
    assert problems(found) == [(f"cards[0].{path}", "inferred")]
    assert repr(written) in found.problems[0].message


@pytest.mark.parametrize(
    ("label", "written", "path"),
    [
        ("Reading Room", "Reading Roorn", "rooms=reading"),
        ("Map Collection", "Mop Co1lection", "rooms=map"),
        ("Rare Books and Prints", "Rare 8ooks and Prlnts", "rooms=rare"),
        ("Rare Books and Prints", "Rare Books 8 Prints", "rooms=rare"),
    ],
)
def test_a_damaged_label_of_a_box(label: str, written: str, path: str) -> None:
    found = damaged(label, written)
    assert states(found) == states(read(*NAMES, *ROOMS, *ASKED))
    assert problems(found) == [(f"cards[0].{path}", "inferred")]


@pytest.mark.parametrize("written", ["Rending Rum", "Lounge", "Roomy Readings"])
def test_a_label_that_is_damaged_too_much_is_not_found(written: str) -> None:
    found = damaged("Reading Room", written)
    assert "cards[0].rooms=reading" not in states(found)


def test_a_sentence_in_which_a_few_words_are_damaged() -> None:
    for old, new in (("library may", "libary moy"), ("readers of", "of"), ("Say whether the", "Say whetber the")):
        found = damaged(old, new)
        assert said(found)["cards[0].lent"] == "12"
        assert states(found)["cards[0].lend=true"] is BoxState.UNCHECKED
        assert {path for path, kind in problems(found) if kind == "inferred"} == {"cards[0].lend=true", "cards[0].lent"}


def test_a_damaged_sentence_that_wraps() -> None:
    lines = (
        "[X] Say whether the libary may lend your card to readers of another",
        "    town and enter the number of readers to whom         12",
        "    it was lent in the year before",
    )
    found = read(*NAMES, *ROOMS, *lines, "Remarks of the Reader:")
    assert said(found)["cards[0].lent"] == "12"
    assert states(found)["cards[0].lend=true"] is BoxState.CHECKED


def test_a_sentence_in_which_too_many_words_are_damaged_is_not_found() -> None:
    words = SENTENCE.split(" ")
    written = " ".join(word[::-1] if number % 3 == 2 else word for number, word in enumerate(words))
    found = damaged(SENTENCE, written)
    assert "cards[0].lend=true" not in states(found)


def test_answers_are_not_taken_for_damaged_labels_where_no_label_is_missing() -> None:
    found = read(NAMES[0], "Family Nane   Ann           1899", *NAMES[2:], *ROOMS, *ASKED)
    assert said(found)["cards[0].name"] == "Family Nane"
    assert problems(found) == []


def test_two_labels_that_are_equally_near_are_not_chosen_between() -> None:
    form = section(Row("board", (Box("size", "large", "Size AB"), Box("size", "small", "Size CB"))))
    found = fill(form, "[X] Size DB", "[ ] Other")
    assert states(found) == {}


def test_a_damaged_label_that_begins_with_another_label() -> None:
    form = section(Row("grid", (ask("name", "Reader"), ask("number", "Reader Card Number", "count"))))
    found = fill(form, "Reader     Reader Cord Number", "Ann Berg   12")
    assert said(found) == {"name": "Ann Berg", "number": "12"}
    assert problems(found) == [("number", "inferred")]


def test_a_damaged_first_row_still_begins_a_record() -> None:
    second = ("Farnily Name   Glven Names   Year of 8irth", "Lund           Per           1902", *NAMES[2:])
    found = read(*NAMES, *ROOMS, *ASKED, *second, *ROOMS, *ASKED)
    assert found.records == {"1": 2}
    assert said(found)["cards[1].name"] == "Lund"
    assert {path for path, kind in problems(found) if kind == "inferred"} >= {"cards[1].name", "cards[1].given"}


def test_short_words_are_never_guessed() -> None:
    form = section(Row("board", (Words("Lends"), Box("lends", "true", "Yes"), Box("lends", "false", "No"))))
    assert states(fill(form, "Lends  [X] Ves  [ ] N0")) == {}
