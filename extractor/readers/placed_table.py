"""Words with places in a table with tabs, as Tesseract and `pdftotext -tsv` write it: one a row, under names."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from extractor.errors import BrokenInput
from extractor.readers.placed_page import Page, Text, boxed

WORD: Final = "5"
"""The level of the rows that are words; the first row of a page is the page itself."""

Row = Mapping[str, str]


def read_table(text: str) -> list[Page]:
    """The pages of a table of words. Raises BrokenInput for a row that lacks its place."""
    pages: dict[str, tuple[tuple[float, float], list[Text]]] = {}
    for number, row in enumerate(_rows(text), start=2):
        try:
            box = _box(row)
        except (KeyError, TypeError, ValueError) as error:
            raise BrokenInput(
                f"expected a table of words with their places, but line {number} has no left, top, width and height: "
                "the file is damaged, make it again"
            ) from error
        size = box[2] - box[0], box[3] - box[1]  # of a page's row; where it begins is no sure thing there
        _, words = pages.setdefault(row["page_num"], (size, []))
        if row["level"] == WORD and (word := (row["text"] or "").strip()):
            words.append(boxed(word, box))
    return [Page(size, words) for size, words in pages.values()]


def _rows(text: str) -> Iterator[Row]:
    """Yield the rows, by the names of the first one; those that repeat it, as of tables put together, are left out."""
    lines: Sequence[str] = [line for line in text.split("\n") if line.strip()]
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] != "level":
            yield row


def _box(row: Row) -> tuple[float, float, float, float]:
    left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
    return left, top, left + width, top + height
