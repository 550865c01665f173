"""The subpaths of a drawn path, as shapes of a page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pdfminer.utils import Matrix, Point

from extractor.readers.pdf_drawing import Box, Shape


@dataclass(slots=True)
class Outline:
    """A subpath while it is read."""

    points: list[Point]
    closed: bool = False
    curved: bool = False


Paint = tuple[bool, float | None]
"""Whether the line of a path is seen, and the lightness that fills it."""


def make_shapes(outlines: Iterable[Outline], matrix: Matrix, paint: Paint, turns: Iterator[int]) -> list[Shape]:
    """The shapes of one path; a rectangle cut out of a filled one leaves a frame.

    matrix: from the outlines' own coordinates to those of the page. turns: the next numbers in the page's drawing.
    """
    return _framed([make_shape(one, matrix, paint, next(turns)) for one in outlines if len(one.points) > 1])


def make_shape(outline: Outline, matrix: Matrix, paint: Paint, turn: int) -> Shape:
    """The shape of one subpath."""
    (a, b, c, d, e, f), points, (stroke, shade) = matrix, outline.points, paint
    if b == c == 0:
        xs, ys = [a * x + e for x, _ in points], [d * y + f for _, y in points]
    else:
        xs, ys = [a * x + c * y + e for x, y in points], [b * x + d * y + f for x, y in points]
    corners = tuple(zip(xs, ys, strict=True))
    closed = outline.closed or (len(corners) > 3 and corners[0] == corners[-1])
    return Shape(corners, Box(min(xs), min(ys), max(xs), max(ys)), stroke, shade, closed, outline.curved, turn)


def placed(points: Sequence[Point], matrix: Matrix) -> list[Point]:
    """The points after a change of coordinates."""
    a, b, c, d, e, f = matrix
    if b == c == 0:
        return [(a * x + e, d * y + f) for x, y in points]
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in points]


def around(points: Sequence[Point]) -> Box:
    """The smallest rectangle around the points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _framed(shapes: list[Shape]) -> list[Shape]:
    """The shapes of one filled path, with each rectangle that has another cut out of it as a stroked one."""
    if len(shapes) < 2:
        return shapes
    frames = [
        max(pair, key=lambda shape: shape.box.width)._replace(stroke=True, shade=None)
        for pair in pairwise(shapes)
        if all(shape.fill and shape.rectangle for shape in pair)
        and (pair[0].box.covers(pair[1].box) or pair[1].box.covers(pair[0].box))
    ]
    return frames if len(frames) * 2 == len(shapes) and frames else shapes
