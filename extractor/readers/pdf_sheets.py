"""Sheets with two pages side by side, parted into their pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractor.readers.pdf_drawing import Box, Drawing

GUTTER: Final = 0.5
"""Half the width of the strip between two pages that nothing crosses, in sizes of the body text."""

ALIKE: Final = 0.5
"""How far the left margins of two pages of a sheet may differ, in sizes of the body text."""

MARGIN: Final = 0.3
"""The widest margin, in widths of a page."""

LINES: Final = 3
"""How many texts must begin at a margin that is one."""

WHOLE: Final = 0.9
"""What is so much as wide as the sheet is its ground or its frame."""


def part_sheets(drawings: Sequence[Drawing], size: float) -> list[list[Drawing]]:
    """Return the pages of each sheet, from left to right; size: of the body text in points.

    Sheets hold two pages if all lie on their sides, nothing goes across the middle of any, and on one of them texts
    begin at the same margin in either half, as they do on pages of their own.
    """
    two = bool(drawings) and all(_is_free(drawing, size) for drawing in drawings)
    if not two or not any(_is_alike(drawing, size) for drawing in drawings):
        return [[drawing] for drawing in drawings]
    inked = [glyph for drawing in drawings for glyph in drawing.glyphs if not glyph.blank]
    top, bottom = min(glyph.top for glyph in inked) - size, max(glyph.bottom for glyph in inked) + size
    return [_halves(drawing, top, bottom) for drawing in drawings]


def _is_free(drawing: Drawing, size: float) -> bool:
    """Whether a sheet lies on its side, and nothing goes across its middle."""
    width, height = drawing.size
    left, right = width / 2 - GUTTER * size, width / 2 + GUTTER * size
    inked = [(glyph.x0, glyph.x1) for glyph in drawing.glyphs if not glyph.blank]
    boxes = [*(shape.box for shape in drawing.shapes if not shape.paper), *drawing.pictures]
    inked += [(box.x0, box.x1) for box in boxes if box.width < WHOLE * width]
    return width > height and not any(x0 < right and x1 > left for x0, x1 in inked)


def _is_alike(drawing: Drawing, size: float) -> bool:
    """Whether texts begin at the same margin in both halves of a sheet."""
    middle, step = drawing.size[0] / 2, ALIKE * size
    left: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for glyph in drawing.glyphs:
        if not glyph.blank:
            (left if glyph.x0 < middle else right)[int(glyph.x0 % middle / step)] += 1
    margins = [edge for edge in left if edge * step < MARGIN * middle and left[edge] >= LINES]
    return any(right[near] >= LINES for edge in margins for near in (edge - 1, edge, edge + 1))


def _halves(drawing: Drawing, top: float, bottom: float) -> list[Drawing]:
    """The pages of a sheet, which lie between top and bottom; a half without text or boxes is none."""
    width, height = drawing.size
    middle = width / 2
    a, b, c, d, e, f = drawing.matrix
    found = []
    for left in (0.0, middle):
        part = Box(left, 0.0, left + middle, height)
        half = replace(
            drawing,
            size=(middle, bottom - top),
            glyphs=tuple(
                one._replace(x0=one.x0 - left, x1=one.x1 - left, base=one.base - top)
                for one in drawing.glyphs
                if part.holds(one.middle)
            ),
            shapes=tuple(
                one._replace(points=tuple((x - left, y - top) for x, y in one.points), box=one.box.moved(-left, -top))
                for one in drawing.shapes
                if part.holds(one.box.middle)
            ),
            pictures=tuple(box.moved(-left, -top) for box in drawing.pictures if part.holds(box.middle)),
            matrix=(a, b, c, d, e - left, f - top),
            sheet=Box(left, top, width, height),
        )
        found += [half] if half.glyphs or half.shapes or not left else []
    return found
