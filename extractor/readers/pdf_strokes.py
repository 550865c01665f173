"""The paths of a page as PDFium holds them, as shapes; all are asked at once, for to prepare a call costs most."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Final, NamedTuple

from pdfminer.utils import Matrix, mult_matrix

from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_drawing import LIGHT, Box, Shape
from extractor.readers.pdf_objects import IDENTITY, Placed, Scene, lightness
from extractor.readers.pdf_paths import Outline, around, make_shapes, placed

THIN: Final = 1.5
"""Up to this width, in points, a filled path is a bar, whatever its corners are."""

CURVE, MOVE = 1, 2
"""Types of a path's segments; the third is a line."""

BLACK: Final = (0, 0, 0, 255)
"""Counts as the colour of what is painted in a pattern."""


class Path(NamedTuple):
    """A path that is painted. extent: in its own coordinates. bar: it is thin, and filled only. whole: not clipped."""

    placed: Placed
    filled: bool
    stroked: bool
    extent: Box
    bar: bool
    whole: bool


def make_shapes_of(scene: Scene, page: Matrix) -> list[Shape]:
    """The subpaths of a page's paths. page: from PDF's coordinates to ours."""
    paths = list(_painted(scene.paths))
    ids = [path.placed[0] for path in paths]
    rows = zip(paths, _shades(pdfium.fill_color, ids), _shades(pdfium.stroke_color, ids), strict=True)
    outlines = _outlines([one for one, path in zip(ids, paths, strict=True) if not path.bar])
    shapes: list[Shape] = []
    last, to_page = IDENTITY, page
    for (path, fill, line), matrix in zip(rows, pdfium.matrices_of(ids), strict=True):
        _, turn, outer, clip = path.placed
        paint = path.stroked and line < LIGHT, fill if path.filled else None
        if path.bar:
            corners = path.extent.corners
            own = make_shapes([Outline([*corners, corners[0]], closed=True)], page, paint, repeat(turn))
        else:
            inner = matrix if outer is IDENTITY else mult_matrix(matrix, outer)
            if inner != last:
                last, to_page = inner, mult_matrix(inner, page)
            own = make_shapes(next(outlines), to_page, paint, repeat(turn))
        if not path.whole and clip is not None:
            seen = around(placed(clip.corners, page))
            own = [shape for shape in own if seen.meets(shape.box)]
        shapes += own
    return shapes


def _painted(paths: Sequence[Placed]) -> Iterator[Path]:
    """Yield the paths of which something is seen."""
    ids = [one for one, _, _, _ in paths]
    modes, sides = pdfium.ask_each(pdfium.draw_mode, ids, "2i"), pdfium.ask_each(pdfium.object_bounds, ids, "4f")
    for one, (filled, stroked), four in zip(paths, modes, sides, strict=True):
        _, _, outer, clip = one
        extent = Box(*four)
        on_page = extent if outer is IDENTITY else around(placed(extent.corners, outer))
        if (filled or stroked) and (clip is None or clip.meets(on_page)):
            bar = not stroked and outer is IDENTITY and min(extent.width, extent.height) <= THIN
            yield Path(one, bool(filled), bool(stroked), extent, bar, clip is None or clip.covers(on_page))


def _shades(color: Callable[..., int], ids: Sequence[int]) -> Iterator[float]:
    """Yield the lightness of a colour of each object; a pattern counts as dark."""
    return map(lightness, pdfium.ask_each(color, ids, "4i", BLACK))


def _outlines(ids: Sequence[int]) -> Iterator[list[Outline]]:
    """Yield the subpaths of each path, in its own coordinates."""
    counts = list(map(pdfium.count_segments, ids))
    each = (map(pdfium.path_segment, repeat(one), range(count)) for one, count in zip(ids, counts, strict=True))
    segments = list(chain.from_iterable(each))
    points = list(pdfium.ask_each(pdfium.segment_point, segments, "2f"))
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
