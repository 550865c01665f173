"""What stands on a page of a PDF: glyphs, shapes and pictures, in points from the top left corner, the text upright."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Generic, NamedTuple, TypeVar

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for a glyph whose character the PDF does not tell."""

ASCENT: Final = 0.8
DESCENT: Final = 0.2
"""The part of a font's size that its line takes above and below the base line; fonts lie about their own."""

LIGHT: Final = 0.95
"""From this lightness on, a colour is not seen on white paper."""

HIDDEN_MODES: Final = {3, 7}
"""Text render modes that paint nothing (PDF 32000-1, table 106)."""

STROKED: Final = {1, 2, 5, 6}
STROKED_ONLY: Final = {1, 5}
"""Text render modes that paint the outline, or nothing but the outline."""

TYPED: Final = "field"
"""The style of text that was typed into a field or a note."""

NOTE: Final = 1 << 40
"""From here on, shapes count that a note draws over the page, not the page itself."""

Thing = TypeVar("Thing")


def quarter_of(x: float, y: float) -> int | None:
    """The quarter turns, against the clock, from level to a direction (y upwards); None if it is slanted.

    >>> [quarter_of(*direction) for direction in ((2, 0), (0, 1), (-1, 0.01), (0, -3), (1, 1))]
    [0, 1, 2, 3, None]
    """
    if abs(y) <= 0.1 * abs(x):
        return 0 if x >= 0 else 2
    if abs(x) <= 0.1 * abs(y):
        return 1 if y > 0 else 3
    return None


class Box(NamedTuple):
    """A rectangle in points, y downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """The extent in x."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """The extent in y."""
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        """The centre (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Its corners, one behind the other."""
        x0, top, x1, bottom = self
        return (x0, top), (x1, top), (x1, bottom), (x0, bottom)

    def holds(self, point: Point, slack: float = 0.0) -> bool:
        """Whether the point lies in the rectangle, or less than `slack` outside."""
        x, y = point
        x0, top, x1, bottom = self
        return x0 - slack <= x <= x1 + slack and top - slack <= y <= bottom + slack

    def covers(self, other: "Box", slack: float = 0.0) -> bool:
        """Whether the other rectangle lies in this one, or less than `slack` outside."""
        x0, top, x1, bottom = self
        left, high, right, low = other
        return x0 - slack <= left and right <= x1 + slack and top - slack <= high and low <= bottom + slack

    def moved(self, right: float, down: float) -> "Box":
        """The rectangle so much further to the right and down."""
        return Box(self.x0 + right, self.top + down, self.x1 + right, self.bottom + down)

    def grown(self, by: float) -> "Box":
        """The rectangle so much larger to each side."""
        return Box(self.x0 - by, self.top - by, self.x1 + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        """Whether the rectangles have a point in common."""
        return self.x0 <= other.x1 and other.x0 <= self.x1 and self.top <= other.bottom and other.top <= self.bottom

    def common(self, other: "Box") -> "Box":
        """What the rectangles have in common; one that holds nothing if they do not meet."""
        return Box(
            max(self.x0, other.x0), max(self.top, other.top), min(self.x1, other.x1), min(self.bottom, other.bottom)
        )


NOWHERE: Final = Box(0.0, 0.0, -1.0, -1.0)
"""A rectangle that holds nothing."""


class Grid(Generic[Thing]):
    """Things by their middle, found by the rectangle that holds it: in rows of one height, each from left to right."""

    def __init__(self, things: Iterable[tuple[Point, Thing]], size: float) -> None:
        self._size = size
        rows: defaultdict[int, list[tuple[float, int, float, Thing]]] = defaultdict(list)
        for number, ((x, y), thing) in enumerate(things):  # the number, so that things are never compared
            rows[int(y // size)].append((x, number, y, thing))
        for row in rows.values():
            row.sort()
        self._rows = rows
        self._filled = sorted(rows)

    def within(self, box: Box) -> Iterator[Thing]:
        """Yield the things whose middle lies in the rectangle."""
        x0, top, x1, bottom = box
        filled, last = self._filled, bottom // self._size
        for at in range(bisect_left(filled, top // self._size), len(filled)):
            if filled[at] > last:
                return
            row = self._rows[filled[at]]
            for index in range(bisect_left(row, (x0,)), len(row)):
                x, _, y, thing = row[index]
                if x > x1:
                    break
                if top <= y <= bottom:
                    yield thing


class Glyph(NamedTuple):
    """Drawn characters that stand on one base line, one behind the other without a gap: one, or a string of them.

    A string has no space at its ends. Nothing runs through it, no ruling and no edge of a box, and no box is written in
    it. size: of the font in
    points, as drawn. style: font and colour. light: of a colour not seen on white paper. hidden: not painted at all.
    quarter: quarter turns against the clock to the text's direction, None if it is slanted. order: its turn in the
    page's drawing.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    style: str
    light: bool = False
    hidden: bool = False
    quarter: int | None = 0
    order: int = 0

    @property
    def top(self) -> float:
        """The upper edge of its line."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its line."""
        return self.base + DESCENT * self.size

    @property
    def middle(self) -> Point:
        """A point in the midst of its ink."""
        return (self.x0 + self.x1) / 2, self.base - 0.3 * self.size

    @property
    def blank(self) -> bool:
        """Whether it is nothing but space of any kind."""
        return self.text.isspace()


class Shape(NamedTuple):
    """One subpath. stroke: its line is seen. shade: the lightness that fills it, or None. closed: as a loop.

    points: its corners, and of a curve its control points too.
    """

    points: tuple[Point, ...]
    box: Box
    stroke: bool
    shade: float | None
    closed: bool
    curved: bool
    order: int

    @property
    def fill(self) -> bool:
        """Whether it is filled so that it is seen on white paper."""
        return self.shade is not None and self.shade < LIGHT

    @property
    def paper(self) -> bool:
        """Whether it is filled in white."""
        return self.shade is not None and self.shade >= LIGHT

    @property
    def upright(self) -> bool:
        """Whether each of its sides runs along the page."""
        for (xa, ya), (xb, yb) in pairwise(self.points):  # noqa: SIM110  # a plain loop is twice as fast here
            if abs(xa - xb) >= 0.1 and abs(ya - yb) >= 0.1:
                return False
        return True

    @property
    def rectangle(self) -> bool:
        """Whether it is a rectangle along the page."""
        return self.closed and len(set(self.points)) == 4 and self.upright


class Painted(NamedTuple):
    """All that a page paints, seen or not. pictures: with their turns in the drawing; else as in `Drawing`."""

    size: tuple[float, float]
    matrix: Matrix
    glyphs: Sequence[Glyph]
    shapes: Sequence[Shape]
    pictures: Sequence[tuple[Box, int]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands on one page. size: its width and height in points. turn: quarter turns that made its text upright.

    matrix: from the PDF's own coordinates to these. recognised: the text lies unpainted over a picture of the page,
    as programs for text recognition leave it. sheet: of a page that is half of a sheet, where it begins on that (x0,
    top), and the sheet's size (x1, bottom).
    """

    number: int
    size: tuple[float, float]
    turn: int
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]
    pictures: tuple[Box, ...]
    matrix: Matrix
    recognised: bool = False
    sheet: Box | None = None

    def shows(self, box: Box) -> bool:
        """Whether a note stands on this page; on a half of a sheet, only if its middle does."""
        return self.sheet is None or 0 <= box.middle[0] <= self.size[0]

    def on_page(self, box: Box) -> Box:
        """The rectangle as it stands on the sheet before its text was turned upright."""
        width, height = self.size
        if self.sheet is not None:
            left, top, width, height = self.sheet
            box = box.moved(left, top)
        if self.turn == 1:
            return Box(box.top, width - box.x1, box.bottom, width - box.x0)
        if self.turn == 2:
            return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        if self.turn == 3:
            return Box(height - box.bottom, box.x0, height - box.top, box.x1)
        return box
