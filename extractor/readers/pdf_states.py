"""What is in a box of a PDF page: nothing, a sign, strokes, a block, a picture; and boxes that have no frame.

What cannot be told is no box unchecked but one in doubt, with the reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final, Literal, NamedTuple

from extractor.readers.marks import find_boxes
from extractor.readers.pdf_drawing import NOTE, TYPED, Box, Drawing, Glyph, Grid, Point, Shape
from extractor.readers.pdf_text import Edge, Rules, vertical_edges
from extractor.source import record

DARK: Final = 0.5
"""Up to this lightness, what fills a box is ink; anything lighter is its ground."""

DOTS: Final = {"\N{BLACK CIRCLE}", "\N{BULLET}"}
"""What fills a round button, besides all that fills a written box."""

LONGEST_SIGN: Final = 40
"""More characters than a box is written in, in any way."""

BESIDE: Final = 0.8
"""How near its label begins behind a stretched box, in sizes of the body text."""

LEAST, MOST = 0.6, 2.2
"""The sides of a block or a picture that stands for a box without a frame, in sizes of the body text."""

SQUARE: Final = 1.5
"""How much longer the one side of such a box may be than the other."""

LARGEST: Final = 3.0
"""How much larger than its box strokes may be that are drawn by hand over it."""

Open = Literal["", "top", "bottom"]


@record
class Tick:
    """A box and its state. raw: the text inside. open: the side that a page break cut off.

    evidence: what shows its state. doubt: why it cannot be told, if it cannot. reach: the y of its lower edge on the
    next page, if it goes on there.
    """

    box: Box
    checked: bool
    raw: str
    evidence: str
    doubt: str = ""
    open: Open = ""
    reach: float | None = None


class Frame(NamedTuple):
    """A frame of box size. orders: of the shapes it is made of, if they are whole. open: its missing side."""

    box: Box
    orders: frozenset[int] = frozenset()
    open: Open = ""


class State(NamedTuple):
    """Whether a box is checked, and what shows it; or why it cannot be told."""

    checked: bool
    evidence: str
    doubt: str = ""


EMPTY: Final = State(False, "empty drawn box")

PICTURED: Final = "picture in a drawn box"


class Page:
    """What stands on a page, found by place. size: of the body text in points."""

    def __init__(self, drawing: Drawing, size: float) -> None:
        self.drawing, self.size = drawing, size
        self.blocks = [one for one in drawing.shapes if one.shade is not None and one.shade <= DARK]
        self.slanted = [one for one in drawing.shapes if one.stroke and not one.upright]
        self._notes = [shape for shape in self.slanted if shape.order >= NOTE]

    def glyphs_in(self, box: Box) -> Iterator[Glyph]:
        """The glyphs in a box, also blank ones."""
        return self._glyphs.within(box)

    def ink_in(self, box: Box) -> list[Glyph]:
        """The glyphs in a box of which something is seen."""
        return [glyph for glyph in self._glyphs.within(box) if not glyph.blank]

    def pictures_in(self, box: Box) -> Iterator[Box]:
        """The pictures in a box."""
        return self._pictures.within(box) if self.drawing.pictures else iter(())

    def strokes_over(self, box: Box) -> Iterator[Shape]:
        """Yield the blocks in a box, the slanted strokes in it or near it, and those of notes wherever they are."""
        yield from self._notes
        yield from self._blocks.within(box)
        if self.slanted:
            yield from self._slanted.within(box.grown(box.width))

    @cached_property
    def edges(self) -> list[Edge]:
        """The vertical edges of the page's rulings."""
        return vertical_edges(self.drawing.shapes, self.size)

    def leads_label(self, box: Box) -> bool:
        """Whether text begins right behind a box, with no ruling between as between the cells of a table."""
        behind = self._starts.within(Box(box.x1, box.top, box.x1 + BESIDE * self.size, box.bottom))
        first = min(behind, key=lambda glyph: glyph.x0, default=None)
        if first is None:
            return False
        return not self._rules.cross(box.x1 + 0.1 * self.size, first.x0, first.middle[1], 0.5 * self.size)

    @cached_property
    def _glyphs(self) -> Grid[Glyph]:
        return Grid(((glyph.middle, glyph) for glyph in self.drawing.glyphs), self.size)

    @cached_property
    def _starts(self) -> Grid[Glyph]:
        """The glyphs by a point in the midst of their first characters."""
        inside = 0.25 * self.size
        inked = ((glyph.middle, glyph) for glyph in self.drawing.glyphs if not glyph.blank)
        return Grid((((min(x, glyph.x0 + inside), y), glyph) for (x, y), glyph in inked), self.size)

    @cached_property
    def _blocks(self) -> Grid[Shape]:
        return Grid(((shape.box.middle, shape) for shape in self.blocks), self.size)

    @cached_property
    def _slanted(self) -> Grid[Shape]:
        return Grid(((shape.box.middle, shape) for shape in self.slanted if shape.order < NOTE), self.size)

    @cached_property
    def _pictures(self) -> Grid[Box]:
        return Grid(((box.middle, box) for box in self.drawing.pictures), self.size)

    @cached_property
    def _rules(self) -> Rules:
        return Rules(self.edges, [], self.size)


def read_state(text: str, frame: Frame, page: Page) -> State | None:
    """The state of a box with this text inside; None if the text is an answer, and the frame no checkbox."""
    if not text:
        return _drawn(frame, page)
    typed = any(glyph.style == TYPED for glyph in page.ink_in(frame.box))
    evidence = "sign typed into a drawn box" if typed else "sign in a drawn box"
    if text in DOTS:
        return State(True, evidence)
    checked = _written(text) if len(text) <= LONGEST_SIGN else None
    if checked is not None:
        return State(checked, evidence)
    if len(text) == 1 and not text.isalnum() and page.leads_label(frame.box):
        return State(False, evidence, f"the sign {text!r} in it may be a mark or not")
    return None


@lru_cache(maxsize=64)
def _written(text: str) -> bool | None:
    """Whether a box that is written so, or filled so, is checked; None if no box is."""
    for written in (text, f"[{text}]"):
        for start, end, checked in find_boxes(written):
            if (start, end) == (0, len(written)):
                return checked
    return None


def _drawn(frame: Frame, page: Page) -> State:
    """What is drawn over the middle of a box: a cross, a tick, a solid block or a picture."""
    box = frame.box
    for shape in page.strokes_over(box):
        state = _crossed(shape, frame)
        if state is not None:
            return state
    for picture in page.pictures_in(box):
        if picture.width <= LARGEST * box.width and picture.height <= LARGEST * box.height:
            return State(False, PICTURED, "what the picture in it shows cannot be told")
    return EMPTY


def _crossed(shape: Shape, frame: Frame) -> State | None:
    """What a shape over the middle of a box makes of it; None if nothing."""
    box = frame.box
    ink = shape.shade is not None and shape.shade <= DARK
    slanted = shape.stroke and not shape.upright
    if not shape.box.holds(box.middle) or not (ink or slanted):
        return None
    large = max(shape.box.width / box.width, shape.box.height / box.height) > LARGEST
    if large and shape.order < NOTE:
        return None
    if min(shape.box.width, shape.box.height) < 0.2 * min(box.width, box.height):
        return None
    if shape.order in frame.orders:
        return State(True, "solid block") if shape.stroke and ink else None
    evidence = "ink note over a drawn box" if shape.order >= NOTE else "drawn strokes" if slanted else "solid block"
    if box.covers(shape.box, 0.25 * box.width) or (not large and shape.order >= NOTE and box.holds(shape.box.middle)):
        return State(True, evidence)
    return State(False, evidence, "strokes larger than the box run over it") if slanted else None


def find_bare(page: Page, frames: Sequence[Box]) -> Iterator[Tick]:
    """Yield what stands for a box without a frame, right before a label: a block, a drawn cross, a picture."""
    framed: Grid[Box] | None = None
    taken: list[Box] = []
    for box, state in _bare(page):
        framed = framed or Grid(((frame.middle, frame) for frame in frames), page.size)
        if any(frame.holds(box.middle) for frame in (*framed.within(box.grown(page.size)), *taken)):
            continue
        cell = box._replace(x1=box.x1 + max(0.0, page.size - box.width) / 2)  # what the mark stands in the midst of
        if page.leads_label(cell) and not page.ink_in(box):
            taken.append(box)
            yield Tick(box, state.checked, "", state.evidence, state.doubt)


def _bare(page: Page) -> Iterator[tuple[Box, State]]:
    for shape in page.blocks:
        if not shape.stroke and _is_boxlike(shape.box, page.size) and shape.rectangle:
            yield shape.box, State(True, "solid block without a frame")
    for box in _crosses((shape for shape in page.slanted if not shape.curved), page.size):
        if _is_boxlike(box, page.size):
            yield box, State(True, "drawn cross without a frame")
    for box in page.drawing.pictures:
        if _is_boxlike(box, page.size):
            yield box, State(False, "picture before a label", "it is a picture, and what it shows cannot be told")


def _crosses(strokes: Iterable[Shape], size: float) -> Iterator[Box]:
    """Yield the places where two slanted strokes have the same middle."""
    slack = 0.2 * size
    seen: dict[tuple[int, int], list[Point]] = {}
    for shape in strokes:
        x, y = shape.box.middle
        column, row = int(x // slack), int(y // slack)
        around = ((column + step, row + rise) for step in (-1, 0, 1) for rise in (-1, 0, 1))
        near = (point for cell in around for point in seen.get(cell, ()))
        if any(abs(x - left) <= slack and abs(y - top) <= slack for left, top in near):
            yield shape.box
        seen.setdefault((column, row), []).append((x, y))


def _is_boxlike(box: Box, size: float) -> bool:
    short, long = sorted((box.width, box.height))
    return LEAST * size <= short and long <= min(MOST * size, SQUARE * short)
