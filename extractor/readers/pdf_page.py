"""One page of a PDF as a reader sees it: upright, without what is not painted, or is white on white, or drawn twice."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Rect

from extractor.readers.pdf_device import Budget, Device
from extractor.readers.pdf_drawing import Box, Drawing, Glyph, Painted
from extractor.readers.pdf_interpreter import Interpreter
from extractor.readers.pdf_layers import Layers

GROUND: Final = 0.9
"""Under this lightness, a ground shows white text."""

GROUNDS: Final = 200
"""How many grounds of a page are looked at, the largest first."""

SMALLEST: Final = 1.0
"""Text under this size, in points, is not meant to be read."""


def draw_page(page: PDFPage, number: int, resources: PDFResourceManager, budget: Budget) -> Drawing:
    """Return what the page draws, upright, as pdfminer interprets it; pdfminer's errors pass through."""
    page.mediabox = visible(page)
    painted = _run(page, resources, budget)
    turn = turn_of(glyph.quarter for glyph in painted.glyphs if not glyph.blank)
    if turn:
        page.rotate = (page.rotate + 90 * turn) % 360
        painted = _run(page, resources, budget)
    return compose(painted, number, turn)


def turn_of(quarters: Iterable[int | None], given: int = 0) -> int:
    """The quarter turns that bring most of a page's text upright.

    quarters: of its glyphs, against the clock. given: the turns that the page asks for itself.
    """
    turns = Counter([quarter for quarter in quarters if quarter is not None])
    return (turns.most_common(1)[0][0] - given) % 4 if turns else 0


def compose(painted: Painted, number: int, turn: int) -> Drawing:
    """What a reader sees of a page that is painted upright, after so many quarter turns."""
    upright = [glyph for glyph in painted.glyphs if glyph.quarter == 0]
    pictures = tuple(box for box, _ in painted.pictures)
    glyphs = _seen(upright, painted)
    recognised = False
    if all(glyph.blank for glyph in glyphs):
        under = [glyph for glyph in upright if glyph.hidden and any(box.holds(glyph.middle) for box in pictures)]
        recognised, glyphs = bool(under), under or glyphs
    seen = tuple(_without_overprint(glyphs))
    return Drawing(number, painted.size, turn, seen, tuple(painted.shapes), pictures, painted.matrix, recognised)


def visible(page: PDFPage) -> Rect:
    """The part of the sheet that is shown."""
    x0, y0, x1, y1 = _ordered(page.mediabox)
    a0, b0, a1, b1 = _ordered(page.cropbox)
    shown = max(x0, a0), max(y0, b0), min(x1, a1), min(y1, b1)
    if shown[2] - shown[0] > SMALLEST and shown[3] - shown[1] > SMALLEST:
        return shown
    return x0, y0, x1, y1


def _ordered(rect: Rect) -> Rect:
    x0, y0, x1, y1 = rect
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _run(page: PDFPage, resources: PDFResourceManager, budget: Budget) -> Painted:
    device = Device(resources, budget)
    Interpreter(resources, device, Layers(page.doc)).process_page(page)
    return Painted(device.size, device.matrix, device.glyphs, device.shapes, device.pictures)


def _seen(glyphs: Sequence[Glyph], painted: Painted) -> list[Glyph]:
    """The glyphs that a reader of the page sees: painted, on the page, and not in white on white."""
    sheet = Box(0.0, 0.0, *painted.size)
    shown = [glyph for glyph in glyphs if not glyph.hidden and glyph.size >= SMALLEST and sheet.holds(glyph.middle)]
    if not any(glyph.light for glyph in shown):
        return shown
    grounds = _grounds(painted)
    return [glyph for glyph in shown if not glyph.light or _on_dark(glyph, grounds)]


def _grounds(painted: Painted) -> list[tuple[Box, int]]:
    """What may lie under light text, in the order in which it is painted."""
    dark = (shape for shape in painted.shapes if shape.shade is not None and shape.shade < GROUND)
    grounds = [(shape.box, shape.order) for shape in dark] + list(painted.pictures)
    grounds = sorted(grounds, key=lambda ground: -ground[0].width * ground[0].height)[:GROUNDS]
    return sorted(grounds, key=lambda ground: ground[1])


def _on_dark(glyph: Glyph, grounds: Sequence[tuple[Box, int]]) -> bool:
    """Whether anything but white paper lies under the glyph."""
    before = bisect_right(grounds, glyph.order, key=lambda ground: ground[1])
    return any(box.holds(glyph.middle) for box, _ in grounds[:before])


def _without_overprint(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those drawn a second time in nearly the same place, as a false bold is."""
    seen: dict[tuple[str, int], list[Glyph]] = {}
    often = Counter([glyph.text for glyph in glyphs])
    kept = []
    for glyph in glyphs:
        text = glyph.text
        if often[text] > 1 and not text.isspace():
            slack = 0.1 * glyph.size
            line = round(glyph.base / slack)
            near = [other for rise in (-1, 0, 1) for other in seen.get((text, line + rise), ())]
            if any(abs(one.x0 - glyph.x0) < slack and abs(one.base - glyph.base) < slack for one in near):
                continue
            seen.setdefault((text, line), []).append(glyph)
        kept.append(glyph)
    return kept
