"""The paths of a page as PDFium holds them, as shapes; all are asked at once, for to prepare a call costs most."""

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Final

from pdfminer.utils import Matrix, mult_matrix

from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_drawing import LIGHT, Box, Shape
from extractor.readers.pdf_objects import IDENTITY, Placed, Scene, lightness
from extractor.readers.pdf_paths import Outline, Paint, around, make_shape, make_shapes, placed

THIN: Final = 1.5
"""Up to this width, in points, a filled path is a bar, whatever its corners are."""

CURVE, MOVE = 1, 2
"""Types of a path's segments; the third is a line."""


Path = tuple[Placed, Matrix, Paint, Outline | None, Box | None]
"""A path that is painted: with its matrix, its paint, what is known of its outline, and what cuts it."""


def make_shapes_of(scene: Scene, page: Matrix) -> list[Shape]:
    """The subpaths of a page's paths. page: from PDF's coordinates to ours."""
    paths = list(_painted(scene.paths))
    outlines = _outlines([one for (one, _, _, _), _, _, bar, _ in paths if bar is None])
    shapes: list[Shape] = []
    last, to_page = IDENTITY, page
    for (_, turn, outer, _), matrix, paint, bar, clip in paths:
        if bar is not None:
            own = [make_shape(bar, page, paint, turn)]
        else:
            inner = matrix if outer is IDENTITY else mult_matrix(matrix, outer)
            if inner != last:
                last, to_page = inner, mult_matrix(inner, page)
            own = make_shapes(next(outlines), to_page, paint, repeat(turn))
        if clip is not None:
            seen = around(placed(clip.corners, page))
            own = [shape for shape in own if seen.meets(shape.box)]
        shapes += own
    return shapes


def _painted(paths: Sequence[Placed]) -> Iterator[Path]:
    """Yield the paths of which something is seen."""
    records = pdfium.PATHS.each([one for one, _, _, _ in paths])
    for one, record in zip(paths, records, strict=True):
        filled, stroked = record[6:8]
        if not (filled or stroked):
            continue
        _, _, outer, clip = one
        x0, low, x1, high = record[8:12]
        if clip is not None:
            extent = Box(x0, low, x1, high)
            on_page = extent if outer is IDENTITY else around(placed(extent.corners, outer))
            if not clip.meets(on_page):
                continue
            if clip.covers(on_page):
                clip = None
        paint = bool(stroked) and lightness(record[16:]) < LIGHT, lightness(record[12:16]) if filled else None
        bar = not stroked and outer is IDENTITY and (x1 - x0 <= THIN or high - low <= THIN)
        yield one, record[:6], paint, _loop(x0, low, x1, high) if bar else None, clip


def _loop(x0: float, low: float, x1: float, high: float) -> Outline:
    """The outline of a thin path that is only filled: a bar, whatever its corners are."""
    return Outline([(x0, low), (x1, low), (x1, high), (x0, high), (x0, low)], closed=True)


def _outlines(ids: Sequence[int]) -> Iterator[list[Outline]]:
    """Yield the subpaths of each path, in its own coordinates."""
    counts = list(map(pdfium.count_segments, ids))
    each = (pdfium.numbered(pdfium.path_segment, one, range(count)) for one, count in zip(ids, counts, strict=True))
    segments = list(chain.from_iterable(each))
    points = pdfium.POINTS.each(segments)
    kinds = list(map(pdfium.segment_type, segments))
    start = 0
    for count in counts:
        end = start + count
        yield _cut(segments[start:end], points[start:end], kinds[start:end])
        start = end


def _cut(segments: list[int], points: list[tuple[float, float]], kinds: list[int]) -> list[Outline]:
    """The subpaths of one path, from its segments; the last segment of each tells whether it is closed."""
    if kinds.count(MOVE) == 1 and kinds[0] == MOVE:
        return [Outline(points, bool(pdfium.segment_closes(segments[-1])), CURVE in kinds)]
    starts = [at for at, kind in enumerate(kinds) if kind == MOVE or at == 0]
    return [
        Outline(points[at:until], any(map(pdfium.segment_closes, segments[at:until])), CURVE in kinds[at:until])
        for at, until in zip(starts, [*starts[1:], len(kinds)], strict=True)
    ]
