"""The one shape that passes the readers' door: what stands where in a document.

A reader turns bytes into a `Source`: cells of text and marks of checkboxes, each with a rectangle on one endless
sheet (pages are laid below each other) and with the place in the document that a person would look up.

The sheet's coordinates: x grows to the right, y grows downwards. Their unit is the reader's own (points in a PDF,
characters and lines in a text, columns and rows of the laid-out tables in HTML); what counts is order, alignment and
the two tolerances of the `Source`. Words that a document shows in one go belong to one cell; whatever the document
sets apart (a table cell, a column, a paragraph, a line) is a cell of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar, dataclass_transform

Format = Literal["text", "html", "edgar", "pdf"]

Engine = Literal["auto", "pdfium", "pdfplumber", "both"]
"""What reads a PDF.

auto: PDFium, and pdfplumber for a page of which PDFium is not sure; and for the whole document, where its text is
unusable or not every item's heading was found. pdfium, pdfplumber: this one alone. both: each reads the document, and
where they disagree the answer is left out, with a problem.
"""

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True)
def record(one: type[_Class]) -> type[_Class]:
    """A class of frozen records, of which a document makes many hundreds.

    The type checker sees that none is changed; a guard at run time would make each one cost six times as much.
    """
    return dataclass(slots=True, unsafe_hash=True)(one)


@record
class Place:
    """Where something stands in the document: page and box, or line and columns.

    page: page number from 1. box: (x0, top, x1, bottom) from the page's top left corner, in points; of texts with
    places in the document's own unit.
    line: line number from 1. columns: (first, last) character of the line, from 1, both included.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None
    columns: tuple[int, int] | None = None

    def __str__(self) -> str:
        text = "" if self.page is None else f" page {self.page}"
        if self.box is not None:
            text += " box " + ",".join(f"{edge:.0f}" for edge in self.box)
        if self.line is not None:
            text += f" line {self.line}"
        if self.columns is not None:
            text += f" columns {self.columns[0]}-{self.columns[1]}"
        return text[1:] or "no place"


@record
class Cell:
    """Text that stands together, on one line or as one table cell.

    text: as shown, with white space collapsed to single spaces, never empty. rows: the y extent (top, bottom).
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    place: Place


@record
class Mark:
    """A checkbox that is there as such: `[X]`, a ballot box, an `<input>`, a bordered cell, a widget.

    checked: its state. raw: how the document writes it ("" for a box that is only drawn). evidence: what shows the
    state, where there are several ways. doubt: why the state cannot be told; "" if it can.
    A bare letter X is no Mark but text; the engine decides what it is by where it stands.
    """

    checked: bool
    raw: str
    x0: float
    x1: float
    top: float
    bottom: float
    place: Place
    evidence: str = ""
    doubt: str = ""


Item = Cell | Mark


class Line:
    """What stands in a line of a text, read by itself, as line 0; the same line of another text is the same object.

    items: in reading order. apart: x says in which column they stand. spaced: with markup and no tabs or pipes.
    notes: what others find out about the line, by whom; forgotten with it.
    """

    __slots__ = ("apart", "items", "notes", "spaced")

    def __init__(self, items: tuple[Item, ...], *, apart: bool, spaced: bool) -> None:
        self.items = items
        self.apart = apart
        self.spaced = spaced
        self.notes: dict[object, object] = {}


class Lines(NamedTuple):
    """The lines of a text that are not blank, each of them read by itself, and their numbers; see `Source`."""

    numbers: tuple[int, ...]
    lines: tuple[Line, ...]
    columns: bool
    x_tolerance: float
    line_height: float

    def item(self, at: int, index: int) -> Item:
        """An item of the line at this position, where it stands on the sheet."""
        return placed(self.lines[at].items[index], self.numbers[at])

    def source(self, first: int, last: int) -> "Source":
        """What stands in some lines, the last excluded."""
        span = range(first, last)
        items = tuple(placed(item, self.numbers[at]) for at in span for item in self.lines[at].items)
        return Source("text", items, self.x_tolerance, self.line_height, self.columns)


def placed(item: Item, number: int, right: float = 0.0) -> Item:
    """An item of line 0 in the line with this number, moved to the right."""
    place = Place(None, None, number, item.place.columns)
    x0, x1, top, bottom = item.x0 + right, item.x1 + right, item.top + number, item.bottom + number
    if isinstance(item, Cell):
        return Cell(item.text, x0, x1, top, bottom, place)
    return Mark(item.checked, item.raw, x0, x1, top, bottom, place)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as its reader saw it.

    items: in reading order (top to bottom, and from left to right where they stand side by side).
    x_tolerance: how far two left edges may differ and still be one column.
    line_height: the usual height of a line; a wrapped label continues within about this distance.
    columns: whether x says in which column something stands (False for text whose lines are just strung words).
    spaced: whether spaces set its columns apart, so that one may begin a single space behind the text of another.
    facts: what the container says beside the filing itself (an EDGAR header's accession number, filing date ...).
    answers: where the document itself names its answers: (path of the filing, its cell), in the document's order. A
    path that stands twice was said twice.
    """

    format: Format
    items: tuple[Item, ...]
    x_tolerance: float
    line_height: float
    columns: bool = True
    spaced: bool = False
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    answers: tuple[tuple[str, Cell], ...] = ()
