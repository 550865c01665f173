"""The objects of a page as PDFium holds them: texts by their turn, and paths and pictures as shapes and boxes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Final

import regex
from pdfminer.utils import Matrix, mult_matrix

from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_clips import Clips, clip_within
from extractor.readers.pdf_device import Budget
from extractor.readers.pdf_drawing import Box
from extractor.readers.pdf_paths import around, placed

TWICE: Final = 0.4
"""How far text that is drawn twice may be shifted, in heights of its ink."""

DEEPEST: Final = 16
"""How deep forms may lie in forms."""

UNIT: Final = ((0, 0), (0, 1), (1, 0), (1, 1))
"""The corners of a picture in its own coordinates."""

LATIN: Final = regex.compile(r"Helvetica|Arial|Times|Courier")
"""The fonts that every viewer has, with all letters, so that a sign of them without ink is a blank."""

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Placed = tuple[int, int, Matrix, Box | None]
"""An object, its turn in the page's drawing, the matrix of the form that it is a part of, and where it shows."""


class Unsure(Exception):
    """A page holds something that PDFium does not tell surely; its message says what."""


@dataclass(slots=True)
class Scene:
    """The objects of a page; texts by themselves."""

    texts: dict[int, Placed] = field(default_factory=dict)
    paths: list[Placed] = field(default_factory=list)
    images: list[Placed] = field(default_factory=list)
    clips: Clips = field(default_factory=Clips)
    turn: int = 0


def find_objects(page: int, budget: Budget) -> Scene:
    """Return the objects of a page and of the forms that it draws."""
    scene = Scene()
    count = pdfium.count_objects(page)
    _collect(scene, list(pdfium.numbered(pdfium.page_object, page, range(count))), (IDENTITY, None, 0), budget)
    return scene


def _collect(scene: Scene, objects: Sequence[int], form: tuple[Matrix, Box | None, int], budget: Budget) -> None:
    """Note objects. form: that they are parts of: its matrix, where it shows, and how deep it lies in others."""
    matrix, outer, depth = form
    if depth > DEEPEST:
        raise Unsure("forms in forms without end")
    budget.spend(len(objects))
    inner = None if matrix is IDENTITY else matrix
    plain = outer is None and inner is None
    for one, kind, own in zip(objects, map(pdfium.object_type, objects), scene.clips.of(objects), strict=True):
        scene.turn += 1
        clip = own if plain else clip_within(outer, own, inner)
        placed_one = one, scene.turn, matrix, clip
        if kind == pdfium.TEXT:
            scene.texts[one] = placed_one
        elif kind == pdfium.PATH:
            scene.paths.append(placed_one)
        elif kind == pdfium.IMAGE:
            scene.images.append(placed_one)
        elif kind == pdfium.FORM:
            parts = list(map(pdfium.form_part, repeat(one), range(pdfium.count_parts(one))))
            _collect(scene, parts, (mult_matrix(_matrix(one), matrix), clip, depth + 1), budget)


def find_lost(scene: Scene, told: set[int]) -> list[int]:
    """Return the blanks among the text objects that PDFium does not tell.

    It drops, too, what it takes for text drawn twice for boldness; raises Unsure where that may be another text, or
    where the font that it takes for one that is not in the file may lack the sign.
    """
    lost = [text for text in scene.texts if text not in told]
    boxes = _boxes(lost)
    inked = [box for box in boxes if box.width > 0]
    kept = _boxes(list(told)) if inked else []
    for box in inked:
        slack = TWICE * box.height
        if not any(one.covers(box, slack) and box.covers(one, slack) for one in kept):
            raise Unsure("text that PDFium leaves out")
    blanks = [text for text, box in zip(lost, boxes, strict=True) if box.width == 0]
    fonts = set(map(pdfium.text_font, blanks))
    if not all(pdfium.font_embedded(font) or LATIN.match(pdfium.font_name(font)) for font in fonts):
        raise Unsure("signs that the font at hand may lack")
    return blanks


@lru_cache(maxsize=4096)
def lightness(color: tuple[int, ...]) -> float:
    """How light a colour (red, green, blue, opacity; 0 to 255) is on white paper, from 0 (black) to 1 (white).

    >>> lightness((255, 255, 255, 255)), lightness((0, 0, 255, 255)), lightness((0, 0, 0, 0))
    (1.0, 0.114, 1.0)
    """
    red, green, blue, opacity = color
    full = (0.299 * red + 0.587 * green + 0.114 * blue) / 255
    return round(1 - (1 - full) * opacity / 255, 3)


def make_pictures(scene: Scene, page: Matrix) -> list[tuple[Box, int]]:
    """Where a page's pictures stand, and their turns."""
    found = []
    for image, turn, outer, clip in scene.images:
        box = around(placed(UNIT, mult_matrix(_matrix(image), outer)))
        if clip is None or clip.meets(box):
            found.append((around(placed(box.corners, page)), turn))
    return found


def _boxes(objects: Sequence[int]) -> list[Box]:
    """The rectangles around objects that are not in a form."""
    return list(map(Box._make, pdfium.BOUNDS.each(objects)))


def _matrix(one: int) -> Matrix:
    ((a, b, c, d, e, f),) = pdfium.MATRICES.each([one])
    return a, b, c, d, e, f
