"""Words with places in a table with tabs, as Tesseract and `pdftotext -tsv` write it: one a row, under names."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from extractor.errors import BrokenInput
from extractor.readers.placed_page import Page, Text, boxed

PAGE: Final = "1"
LINE: Final = "4"
WORD: Final = "5"
"""The levels of the rows that are needed."""

Row = Mapping[str, str]
Extent = tuple[float, float, float, float]


def read_table(text: str) -> list[Page]:
    """The pages of a table of words. Raises BrokenInput for a row that lacks its place.

    Tesseract says where a word has ink, so the height of its letters is that of the line; poppler says it of each word.
    """
    pages: dict[str, tuple[list[Text], list[Extent]]] = {}
    scanned = text.lstrip().startswith("level\tpage_num\tblock_num\t")
    line: Extent | None = None
    for number, row in enumerate(_rows(text), start=2):
        box = _box(row, number)
        words, boxes = pages.setdefault(row["page_num"], ([], []))
        if row["level"] == PAGE:
            boxes.append((0.0, 0.0, box[2] - box[0], box[3] - box[1]))  # poppler is wrong about where it begins
        elif row["level"] == LINE:
            line = box if scanned else None
        elif row["level"] == WORD and (word := (row["text"] or "").strip()):
            words.append(boxed(word, (box[0], line[1], box[2], line[3]) if line else box))
            boxes.append(box)
    return [
        Page((max(box[2] for box in boxes), max(box[3] for box in boxes)), words)
        for words, boxes in pages.values()
        if boxes
    ]


def _rows(text: str) -> Iterator[Row]:
    """Yield the rows, by the names of the first one; those that repeat it, as of tables put together, are left out."""
    lines: Sequence[str] = [line for line in text.split("\n") if line.strip()]
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] != "level":
            yield row


def _box(row: Row, number: int) -> Extent:
    try:
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenInput(
            f"expected a table of words with their places, but row {number} has no left, top, width and height: "
            "the file is damaged, make it again"
        ) from error
    return left, top, left + width, top + height
