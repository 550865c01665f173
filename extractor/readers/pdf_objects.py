"""The objects of a page as PDFium holds them: texts by their turn, and paths and pictures as shapes and boxes."""

from collections.abc import Callable, Sequence
from ctypes import addressof, c_float, c_int
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final

from pdfminer.utils import Matrix, Point, mult_matrix

from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_device import Budget
from extractor.readers.pdf_drawing import LIGHT, Box, Shape
from extractor.readers.pdf_paths import Outline, around, make_shapes, placed

THIN: Final = 1.5
"""Up to this width, in points, a filled path is a bar, whatever its corners are."""

TWICE: Final = 0.4
"""How far text that is drawn twice may be shifted, in heights of its ink."""

DEEPEST: Final = 16
"""How deep forms may lie in forms."""

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

LINE, CURVE, MOVE = 0, 1, 2
"""The types of a path's segments."""

Placed = tuple[int, int, Matrix]
"""An object, its turn in the page's drawing, and the matrix of the form that it is a part of."""


class Unsure(Exception):
    """A page holds something that PDFium does not tell surely; its message says what."""


@dataclass(slots=True)
class Scene:
    """The objects of a page. texts: their turns in its drawing, and the matrices of their forms."""

    texts: dict[int, tuple[int, Matrix]] = field(default_factory=dict)
    paths: list[Placed] = field(default_factory=list)
    images: list[Placed] = field(default_factory=list)
    turn: int = 0


def find_objects(page: int, budget: Budget) -> Scene:
    """Return the objects of a page and of the forms that it draws."""
    scene = Scene()
    count = pdfium.count_objects(page)
    _collect(scene, list(map(pdfium.page_object, repeat(page), range(count))), IDENTITY, budget)
    return scene


def _collect(scene: Scene, objects: Sequence[int], matrix: Matrix, budget: Budget, depth: int = 0) -> None:
    """Note objects. matrix: of the form that they are parts of."""
    if depth > DEEPEST:
        raise Unsure("forms in forms without end")
    budget.spend(len(objects))
    for one, kind in zip(objects, map(pdfium.object_type, objects), strict=True):
        scene.turn += 1
        if kind == pdfium.TEXT:
            scene.texts[one] = scene.turn, matrix
        elif kind == pdfium.PATH:
            scene.paths.append((one, scene.turn, matrix))
        elif kind == pdfium.IMAGE:
            scene.images.append((one, scene.turn, matrix))
        elif kind == pdfium.FORM:
            parts = list(map(pdfium.form_part, repeat(one), range(pdfium.count_parts(one))))
            _collect(scene, parts, mult_matrix(_matrix(one), matrix), budget, depth + 1)


def find_lost(scene: Scene, told: set[int]) -> list[int]:
    """Return the blanks among the text objects that PDFium does not tell.

    It drops, too, what it takes for text drawn twice for boldness; raises Unsure where that may be another text.
    """
    lost = {text: _box(text) for text in scene.texts if text not in told}
    inked = [box for box in lost.values() if box.width > 0]
    kept = [_box(text) for text in told] if inked else []
    for box in inked:
        slack = TWICE * box.height
        if not any(one.covers(box, slack) and box.covers(one, slack) for one in kept):
            raise Unsure("text that PDFium leaves out")
    return [text for text, box in lost.items() if box.width == 0]


def lightness(color: Sequence[int]) -> float:
    """How light a colour (red, green, blue, opacity; 0 to 255) is on white paper, from 0 (black) to 1 (white).

    >>> lightness((255, 255, 255, 255)), lightness((0, 0, 255, 255)), lightness((0, 0, 0, 0))
    (1.0, 0.114, 1.0)
    """
    red, green, blue, opacity = color
    full = (0.299 * red + 0.587 * green + 0.114 * blue) / 255
    return round(1 - (1 - full) * opacity / 255, 3)


def make_shapes_of(scene: Scene, page: Matrix) -> list[Shape]:
    """The subpaths of a page's paths. page: from PDF's coordinates to ours."""
    paths = [path for path, _, _ in scene.paths]
    modes, bounds = pdfium.ask_each(pdfium.draw_mode, paths, "2i"), pdfium.ask_each(pdfium.object_bounds, paths, "4f")
    rows = zip(scene.paths, modes, pdfium.matrices_of(paths), bounds, strict=True)
    shapes: list[Shape] = []
    for (one, turn, outer), (filled, stroked), matrix, (left, bottom, right, top) in rows:
        if not filled and not stroked:
            continue
        shade = _shade(one, pdfium.fill_color) if filled else None
        stroke = bool(stroked) and _shade(one, pdfium.stroke_color) < LIGHT
        if not stroked and outer is IDENTITY and min(right - left, top - bottom) <= THIN:
            around_it = ((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))
            corners = tuple(placed(around_it, page))
            shapes.append(Shape(corners, around(corners), stroke, shade, True, False, turn))
            continue
        if outer is not IDENTITY:
            matrix = mult_matrix(matrix, outer)
        shapes += make_shapes(_outlines(one), mult_matrix(matrix, page), (stroke, shade), repeat(turn))
    return shapes


def make_pictures(scene: Scene, page: Matrix) -> list[tuple[Box, int]]:
    """Where a page's pictures stand, and their turns."""
    found = []
    for image, turn, outer in scene.images:
        matrix = mult_matrix(mult_matrix(_matrix(image), outer), page)
        found.append((around(placed(((0, 0), (0, 1), (1, 0), (1, 1)), matrix)), turn))
    return found


def _shade(one: int, color: Callable[..., int]) -> float:
    """The lightness of an object's colour; a pattern counts as dark."""
    parts = (c_int * 4)()
    start = addressof(parts)
    if not color(one, start, start + 4, start + 8, start + 12):
        return 0.0
    return lightness(tuple(parts))


def _bounds(one: int) -> tuple[Point, ...]:
    """The corners around an object that is not in a form, and the first of them again."""
    sides = (c_float * 4)()
    start = addressof(sides)
    pdfium.object_bounds(one, start, start + 4, start + 8, start + 12)
    left, bottom, right, top = sides
    return (left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)


def _box(one: int) -> Box:
    return around(_bounds(one))


def _matrix(one: int) -> Matrix:
    parts = (c_float * 6)()
    pdfium.object_matrix(one, addressof(parts))
    a, b, c, d, e, f = parts
    return a, b, c, d, e, f


def _outlines(path: int) -> list[Outline]:
    """The subpaths of a path, in its own coordinates."""
    count = pdfium.count_segments(path)
    segments = list(map(pdfium.path_segment, repeat(path), range(count)))
    points = pdfium.ask_each(pdfium.segment_point, segments, "2f")
    kinds, ends = map(pdfium.segment_type, segments), map(pdfium.segment_closes, segments)
    found: list[Outline] = []
    for point, kind, closes in zip(points, kinds, ends, strict=True):
        if kind == MOVE or not found:
            found.append(Outline([]))
        outline = found[-1]
        outline.points.append((point[0], point[1]))
        if kind == CURVE:
            outline.curved = True
        if closes:
            outline.closed = True
    return found
