"""The fast engine: a page as PDFium reads it, many times faster than Python can.

PDFium repairs and passes over what is wrong without a word; so `pdf_file` looks first whether the document is whole,
and a page on which PDFium does not tell something surely is left to the other engine.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import c_void_p, cast
from functools import partial
from itertools import pairwise
from operator import itemgetter
from typing import Final

import pypdfium2.raw as raw
import regex
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Matrix, Rect

from extractor.errors import BrokenInput
from extractor.readers.marks import CHECKED, UNCHECKED, holds_any
from extractor.readers.pdf_device import Budget
from extractor.readers.pdf_drawing import Drawing, Glyph, Painted, Shape
from extractor.readers.pdf_fields import has_notes
from extractor.readers.pdf_layers import Layers
from extractor.readers.pdf_objects import Scene, Unsure, find_objects, make_pictures
from extractor.readers.pdf_page import compose, turn_of, visible
from extractor.readers.pdf_strings import Chars, Fonts, String, read_strings, spell
from extractor.readers.pdf_strokes import make_shapes_of
from extractor.readers.pdf_text import upright_edges

LOCK: Final = threading.Lock()
"""Held while a document is read: PDFium knows no threads."""

_FILLED: Final = r"(?:_|[^\S\n])*+ [xXvV*\u0445\u0425\u03c7\u03a7\u00d7\u221a]?+ (?:_|[^\S\n])*+"

WRITTEN: Final = regex.compile(
    rf"""
    [\\{"".join(sorted(CHECKED | UNCHECKED))}\N{{BLACK CIRCLE}}] | ed:
    | [\[(\{{|] {_FILLED} (?: [\])\}}|] | $ )
    | ^ {_FILLED} [\]\}}|]
    """,
    regex.VERBOSE | regex.MULTILINE,
)
"""What a string holds in which a box, or a part of one, may be written."""

BALLOTS: Final = regex.compile(rf"[{''.join(sorted(CHECKED | UNCHECKED))}\N{{BLACK CIRCLE}}]")
SIGNS: Final = ("[", "]", "{", "}", "|", "\\", "ed:")
ROUND: Final = regex.compile(rf"\( {_FILLED} (?: \) | $ )", regex.VERBOSE | regex.MULTILINE)
"""No text without one of these holds it; they are found many times faster."""

INNER: Final = 0.05
"""How far inside of a string an upright line must run, in sizes of the font, to run through it."""

THICK: Final = 3.0
"""The thickest bar, in points, that is a line and no ground."""

OVERLAP: Final = 0.3
"""How far strings on one line may run into each other, in sizes of the font."""

Edge = tuple[float, float, float]
"""An upright line: x, top, bottom."""


class Document:
    """An open document."""

    def __init__(self, handle: c_void_p) -> None:
        self._handle = handle
        self._fonts = Fonts()

    def draw(self, page: PDFPage, number: int, budget: Budget) -> Drawing:
        """Return what a page draws, upright. Raises Unsure where PDFium does not tell it surely."""
        if Layers(page.doc).hide:
            raise Unsure("layers that are not shown")
        handle = raw.FPDF_LoadPage(self._handle, number - 1)
        if not handle:
            raise Unsure("a page that PDFium does not open")
        try:
            scene = find_objects(_address(handle), budget)
            text_handle = raw.FPDFText_LoadPage(handle)
            try:
                chars = Chars(_address(text_handle))
                budget.spend(chars.count)
                strings = read_strings(chars, scene, self._fonts)
                return _draw(page, number, scene, strings, partial(spell, chars))
            finally:
                raw.FPDFText_ClosePage(text_handle)
        finally:
            raw.FPDF_ClosePage(handle)


@contextmanager
def opened(data: bytes) -> Iterator[Document]:
    """Open a document, for one thread at a time, and close it after use; raise BrokenInput if PDFium cannot."""
    with LOCK:
        handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not handle:
            raise BrokenInput(f"the PDF cannot be opened (PDFium's error {raw.FPDF_GetLastError()})")
        try:
            yield Document(handle)
        finally:
            raw.FPDF_CloseDocument(handle)


def _address(handle: c_void_p) -> int:
    return cast(handle, c_void_p).value or 0


def _draw(
    page: PDFPage, number: int, scene: Scene, strings: Sequence[String], spelled: Callable[[String], Iterator[String]]
) -> Drawing:
    """The page, upright. spelled: gives the characters of a string."""
    given = page.rotate // 90
    turn = turn_of([string.look.quarter for string in strings if not string.texts[0].isspace()], given)
    matrix, size = _upright(visible(page), (given + turn) % 4)
    shapes = make_shapes_of(scene, matrix)
    whole = _glyphs(strings, matrix, given + turn)
    cut = set(range(len(whole))) if has_notes(page, number) else _cut(whole, _edges(shapes, size))
    glyphs: list[Glyph] = []
    for index, (string, glyph) in enumerate(zip(strings, whole, strict=True)):
        text = glyph.text
        if len(text) == 1:
            glyphs.append(glyph)
        elif index in cut:
            glyphs += _glyphs(spelled(string), matrix, given + turn)
        elif text[0].isspace() or text[-1].isspace():
            glyphs += _bared(glyph, string.look.widths[" "] * string.look.stretch)
        else:
            glyphs.append(glyph)
    return compose(Painted(size, matrix, glyphs, shapes, make_pictures(scene, matrix)), number, turn)


def _glyphs(strings: Iterable[String], matrix: Matrix, turns: int) -> list[Glyph]:
    """The strings as glyphs of a sheet that is turned so often; a string of characters as one."""
    a, b, c, d, e, f = matrix
    glyphs = []
    for texts, look, order, parts in strings:
        _, _, x, y, length = parts[0]
        text = texts[0]
        if len(parts) > 1:
            _, _, last, _, length = parts[-1]
            length += last - x
            text = "".join(texts)
        along_x, along_y = look.along
        left = a * x + c * y + e
        right = left + length * (a * along_x + c * along_y)
        if left > right:
            left, right = right, left
        base, quarter = b * x + d * y + f, None if look.quarter is None else (look.quarter - turns) % 4
        glyphs.append(Glyph(text, left, right, base, look.size, look.style, look.light, look.hidden, quarter, order))
    return glyphs


def _bared(glyph: Glyph, space: float) -> Iterator[Glyph]:
    """Yield a string and the spaces before and behind it, so many points wide, as glyphs."""
    text = glyph.text
    bare = text.strip()
    start = glyph.x0 + space * (len(text) - len(text.lstrip())) if bare else glyph.x1
    end = glyph.x1 - space * (len(text) - len(text.rstrip()))
    if start > glyph.x0:
        yield glyph._replace(text=" ", x1=start)
    if bare:
        yield glyph._replace(text=bare, x0=start, x1=end)
        if end < glyph.x1:
            yield glyph._replace(text=" ", x0=end)


def _upright(rect: Rect, turns: int) -> tuple[Matrix, tuple[float, float]]:
    """The matrix from PDF's coordinates to those of the sheet after some quarter turns, and the sheet's size."""
    x0, y0, x1, y1 = rect
    width, height = x1 - x0, y1 - y0
    matrix = (
        (1, 0, 0, -1, -x0, y1),
        (0, 1, 1, 0, -y0, -x0),
        (-1, 0, 0, 1, x1, -y0),
        (0, -1, -1, 0, y1, x1),
    )[turns]
    return matrix, (width, height) if turns % 2 == 0 else (height, width)


def _edges(shapes: Iterable[Shape], size: tuple[float, float]) -> list[Edge]:
    """The upright lines of a page that may run through text, its sides among them."""
    width, height = size
    sides = [(0.0, 0.0, height), (width, 0.0, height)]
    thin = (shape for shape in shapes if shape.stroke or shape.box.x1 - shape.box.x0 <= THICK)
    return [*sides, *(edge for shape in thin for edge in upright_edges(shape, THICK))]


def _cut(glyphs: Sequence[Glyph], edges: Sequence[Edge]) -> set[int]:
    """The strings that must be read character by character, by their indexes."""
    cut = set(_crossed(glyphs, edges))
    if _may_hold_box("\n".join([glyph.text for glyph in glyphs])):
        cut.update(index for index, glyph in enumerate(glyphs) if WRITTEN.search(glyph.text))
    on_line = sorted([(round(glyph.base), glyph.x0, index) for index, glyph in enumerate(glyphs)])
    for (base, _, one), (other_base, start, other) in pairwise(on_line):
        if base == other_base and glyphs[one].x1 > start:
            left, right = glyphs[one], glyphs[other]
            if left.x1 - start > OVERLAP * min(left.size, right.size):
                cut |= {one, other}
    return cut


def _may_hold_box(text: str) -> bool:
    """Whether a box, or a part of one, may be written in one of some lines."""
    if not text.isascii() and BALLOTS.search(text):
        return True
    return (holds_any(text, SIGNS) or ROUND.search(text) is not None) and WRITTEN.search(text) is not None


def _crossed(glyphs: Sequence[Glyph], edges: Sequence[Edge]) -> Iterator[int]:
    """Yield the strings through which an upright line runs, by their indexes; from the top of the page to its end."""
    ahead = sorted(edges, key=itemgetter(1), reverse=True)
    beside: list[Edge] = []
    for y, index in sorted([(glyph.middle[1], index) for index, glyph in enumerate(glyphs)]):
        while ahead and ahead[-1][1] <= y:
            beside.append(ahead.pop())
        beside = [edge for edge in beside if edge[2] >= y]
        _, x0, x1, _, size, *_ = glyphs[index]
        left, right = x0 + INNER * size, x1 - INNER * size
        for x, _, _ in beside:
            if left <= x < right:
                yield index
                break
