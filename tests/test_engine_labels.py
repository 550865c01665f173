"""Where labels are found: in cells of their own, inside cells, and wrapped."""

import pytest

from extractor.engine.labels import Hit, find_labels
from extractor.engine.words import vocabulary
from extractor.source import Cell, Format
from tests.drawing import drawn

LABELS = (
    "Title",
    "Title of the Series",
    "Shelf Mark or Class",
    "Fiction & Poetry",
    "Reader's Name",
    "Language (of the text)",
    "Price",
    "The price is said to be paid at the desk, for all the books of the series and of the reader together",
)


def hits(*lines: str, reader: Format = "html", pitch: float = 1.0) -> list[Hit]:
    source = drawn(*lines, reader=reader, pitch=pitch)
    return find_labels(source, 0, len(source.items), vocabulary([(label, ()) for label in LABELS]))


def found(*lines: str, reader: Format = "html", pitch: float = 1.0) -> list[tuple[str, str]]:
    """The labels with the text that they were found in."""
    source = drawn(*lines, reader=reader, pitch=pitch)
    texts = []
    for hit in hits(*lines, reader=reader, pitch=pitch):
        cells = [(source.items[span.cell], span) for span in hit.spans]
        texts.append(" / ".join(cell.text[span.start : span.end] for cell, span in cells if isinstance(cell, Cell)))
    return list(zip([hit.label for hit in hits(*lines, reader=reader, pitch=pitch)], texts, strict=True))


def test_a_label_that_is_a_whole_cell() -> None:
    (hit,) = hits("Title")
    assert (hit.label, hit.whole, hit.head) == ("Title", True, True)
    assert (hit.x0, hit.x1, hit.top, hit.bottom) == (0, 5, 0, 1)


def test_a_label_inside_a_cell_says_what_stands_beside_it() -> None:
    (first,) = hits("Title The Waves")
    assert (first.whole, first.head) == (False, True)
    (second,) = hits("The Waves, Title")
    assert (second.whole, second.head) == (False, False)
    assert (second.x0, second.x1) == (11, 16)


def test_a_lone_x_beside_a_label_is_its_mark_and_no_text() -> None:
    (hit,) = hits("X Title")
    assert (hit.whole, hit.head) == (True, True)
    assert hit.x0 == 2


def test_the_longest_label_is_taken() -> None:
    assert found("Title of the Series") == [("Title of the Series", "Title of the Series")]
    assert found("Title of the Book") == [("Title", "Title")]
    assert found("Price Title Price") == [("Price", "Price"), ("Title", "Title"), ("Price", "Price")]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Fiction & Poetry", "Fiction & Poetry"),
        ("Fiction and Poetry:", "Fiction & Poetry"),
        ("FICTION POETRY", "Fiction & Poetry"),
        ("READER’S NAME", "Reader's Name"),
        ("Readers Name", "Reader's Name"),
        ("Language of the text", "Language (of the text)"),
        ("Language – (of the text.)", "Language (of the text)"),
        ("**Language (of the text)**", "Language (of the text)"),
    ],
)
def test_punctuation_case_and_the_word_and_do_not_count(text: str, label: str) -> None:
    assert [name for name, _ in found(text)] == [label]


@pytest.mark.parametrize("text", ["Titles", "Subtitle", "Entitled", "Shelf Mark", "or Class", "Name", "pricey"])
def test_words_that_only_begin_like_a_label_are_none(text: str) -> None:
    assert found(text) == []


def test_a_label_that_wraps_goes_on_below_its_left_edge() -> None:
    lines = ("Reader's   Shelf Mark   Language", "Name       or Class     (of the text)")
    assert found(*lines) == [
        ("Reader's Name", "Reader's / Name"),
        ("Shelf Mark or Class", "Shelf Mark / or Class"),
        ("Language (of the text)", "Language / (of the text)"),
    ]
    (hit, *_) = hits(*lines)
    assert (hit.top, hit.bottom) == (0, 2)


def test_a_wrapped_label_may_be_followed_by_another_on_its_last_line() -> None:
    assert [name for name, _ in found("Shelf Mark", "or Class Price")] == ["Shelf Mark or Class", "Price"]


def test_a_label_does_not_go_on_in_another_column_nor_far_below() -> None:
    assert found("Shelf Mark", "            or Class") == []
    assert found("Shelf Mark", "", "", "or Class") == []


def test_a_label_that_is_whole_without_the_line_below_it_stops_there() -> None:
    assert found("Title", "Title of the Series") == [("Title", "Title"), ("Title of the Series", "Title of the Series")]
    assert found("Title", "of the Series") == [("Title of the Series", "Title / of the Series")]


def test_a_label_centred_in_print_goes_on_centred() -> None:
    lines = ("Shelf Mark or", "    Class")
    assert [name for name, _ in found(*lines, reader="pdf")] == ["Shelf Mark or Class"]
    assert found(*lines, reader="html") == []


def test_in_text_without_columns_a_label_goes_on_in_the_next_line_wherever_that_begins() -> None:
    lines = ("Price   Shelf Mark", "or Class")
    assert [name for name, _ in found(*lines, reader="text")] == ["Price", "Shelf Mark or Class"]
    assert [name for name, _ in found(*lines, reader="html")] == ["Price"]


def test_only_a_sentence_may_have_a_number_printed_into_it() -> None:
    sentence = "The price is said to be paid at the desk, for all the"
    assert [name for name, _ in found(f"{sentence} books of the series 12 and of the reader together")] == [LABELS[-1]]
    beside = (f"{sentence}     12", "books of the series and of the reader together")
    assert [name for name, _ in found(*beside)] == [LABELS[-1]]
    assert [name for name, _ in found("Shelf 12 Mark or Class")] == []


def test_an_amount_keeps_its_sign_and_brackets_their_text() -> None:
    words = vocabulary([("$1 - $5", ()), ("(Second) Reader", ())])
    source = drawn("over $1 - $5  the (Second) Reader")
    texts = []
    for hit in find_labels(source, 0, len(source.items), words):
        cell = source.items[hit.spans[0].cell]
        assert isinstance(cell, Cell)
        texts.append(cell.text[hit.spans[0].start : hit.spans[0].end])
    assert texts == ["$1 - $5", "(Second) Reader"]


def test_another_way_to_write_a_label_is_that_label() -> None:
    words = vocabulary([("Price", ("Cost",)), ("Title", ())])
    source = drawn("Cost  Title  Price")
    assert [hit.label for hit in find_labels(source, 0, len(source.items), words)] == ["Price", "Title", "Price"]
