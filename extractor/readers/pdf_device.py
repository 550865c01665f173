"""The device that notes what pdfminer's interpreter draws on a page.

It keeps what pdfplumber and pdfminer's own devices drop: whether text is drawn visibly, the order of drawing and the
subpaths of a path.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import (
    Matrix,
    PathSegment,
    Point,
    Rect,
    apply_matrix_pt,
    apply_matrix_rect,
    mult_matrix,
)

from extractor.errors import UnreadableInput
from extractor.readers.pdf_drawing import (
    HIDDEN_MODES,
    LIGHT,
    STROKED,
    STROKED_ONLY,
    UNKNOWN,
    Box,
    Glyph,
    Shape,
    quarter_of,
)
from extractor.readers.pdf_paths import Outline, make_shapes
from extractor.readers.pdf_signs import SYMBOL_FONT, symbol

BYTES: Final = 10
"""The drawing orders, in bytes, that cost as much as a drawn object."""

UNTOLD_SPACES: Final = {"Separation", "DeviceN", "Indexed", "Pattern", "Lab"}
"""Colour spaces whose numbers do not say how light the colour is; such colours count as dark."""

TRANSPARENT: Final = 2.0
"""The lightness of what is not painted at all."""

LIGATURES: Final = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)


class Budget:
    """How much a document may still draw; guards against one that draws without end."""

    def __init__(self, objects: int) -> None:
        self.left = objects

    def spend(self, objects: int = 1) -> None:
        """Count drawn objects; raise UnreadableInput when there are too many."""
        self.left -= objects
        if self.left < 0:
            raise UnreadableInput(
                "expected a filing of some pages; the PDF draws more than any filing does, so it is not read; "
                "print the filing's pages alone into a new PDF"
            )


class Sight(NamedTuple):
    """What is seen of what is drawn. clip: the part of the sheet on which it shows, None for all of it.

    fill, line: how opaque it is, from 0 to 1. shown: it is on a layer that a viewer shows.
    """

    clip: Box | None = None
    fill: float = 1.0
    line: float = 1.0
    shown: bool = True

    def within(self, box: Box) -> "Sight":
        """It, but only within a part of the sheet."""
        return self._replace(clip=box if self.clip is None else self.clip.common(box))

    def shows(self, box: Box) -> bool:
        """Whether anything of a part of the sheet is seen."""
        return self.shown and (self.clip is None or self.clip.meets(box))


def lightness(color: object, space: PDFColorSpace) -> float:
    """How light a colour is, from 0 (black, or not known) to 1 (white).

    >>> gray, rgb, cmyk = PDFColorSpace("DeviceGray", 1), PDFColorSpace("DeviceRGB", 3), PDFColorSpace("DeviceCMYK", 4)
    >>> lightness(1, gray), lightness((1, 1, 1), rgb), lightness((0, 0, 0, 0), cmyk), lightness((0, 0, 1), rgb)
    (1.0, 1.0, 1.0, 0.114)
    """
    parts = color if isinstance(color, tuple | list) else (color,)
    numbers = [float(part) for part in parts if isinstance(part, int | float)]
    if len(numbers) != len(parts) or space.name in UNTOLD_SPACES:
        return 0.0
    if len(numbers) == 4:
        black = numbers.pop()
        numbers = [(1 - part) * (1 - black) for part in numbers]
    if len(numbers) == 3:
        return round(0.299 * numbers[0] + 0.587 * numbers[1] + 0.114 * numbers[2], 3)
    return numbers[0] if len(numbers) == 1 else 0.0


def on_paper(light: float, opacity: float) -> float:
    """How light a colour of some lightness and opacity looks on white paper.

    >>> on_paper(0.0, 1.0), on_paper(0.0, 0.25)
    (0.0, 0.75)
    """
    return 1 - (1 - light) * opacity


def font_name(font: PDFFont) -> str:
    """The font's name: its own, or that of its description, which fonts that are not embedded may lack."""
    return str(getattr(font, "basefont", None) or font.fontname)


def read_glyph(font: PDFFont, code: int) -> str:
    """The character that a font's code stands for; UNKNOWN if the PDF does not tell."""
    try:
        text = font.to_unichr(code)
    except PDFUnicodeNotDefined:
        text = ""
    signs = SYMBOL_FONT.search(font_name(font))
    if signs is not None and (not text or ord(text[0]) < 0x100):
        return symbol(ord(text[0]) if text else code & 0xFF, signs.lastgroup or "")
    text = text.translate(LIGATURES)
    return text if text and not all(sign < " " and not sign.isspace() for sign in text) else UNKNOWN


class Device(PDFTextDevice):
    """Collects what the interpreter draws."""

    def __init__(self, resources: PDFResourceManager, budget: Budget) -> None:
        super().__init__(resources)
        self.glyphs: list[Glyph] = []
        self.shapes: list[Shape] = []
        self.pictures: list[tuple[Box, int]] = []
        self.size = (0.0, 0.0)
        self.matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self.budget = budget
        self.sight = Sight()
        self._order = 0
        self._mode = 0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Note the size of the page and how its coordinates map to ours."""
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
        self.size = (abs(x1 - x0), abs(y1 - y0))
        a, b, c, d, e, f = ctm
        self.matrix = (a, -b, c, -d, e, self.size[1] - f)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Count a form or picture, so that forms within forms without end are found out."""
        self._next()

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Note where a picture is drawn."""
        box, turn = self.place((0, 0, 1, 1)), self._next()
        if self.sight.shows(box):
            self.pictures.append((box, turn))

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """Draw a string, in the text state's render mode."""
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Note one character; return its advance in text space."""
        advance = font.char_width(cid) * fontsize * scaling
        x0, y0 = self._point(apply_matrix_pt(matrix, (0, rise)))
        x1, _ = self._point(apply_matrix_pt(matrix, (advance, rise)))
        light, sight = self._lightness(graphicstate, ncs), self.sight
        sense = math.copysign(1, fontsize * scaling)
        glyph = Glyph(
            text=read_glyph(font, cid),
            x0=min(x0, x1),
            x1=max(x0, x1),
            base=y0,
            size=abs(fontsize) * math.hypot(matrix[2], matrix[3]),
            style=f"{font_name(font)} {graphicstate.ncolor}",
            light=light >= LIGHT,
            hidden=self._mode in HIDDEN_MODES or light == TRANSPARENT,
            quarter=quarter_of(sense * matrix[0], sense * matrix[1]),
            order=self._next(),
        )
        if sight.shown and (sight.clip is None or sight.clip.holds(glyph.middle)):
            self.glyphs.append(glyph)
        return advance

    def _lightness(self, state: PDFGraphicState, space: PDFColorSpace) -> float:
        """How light text is on white paper, by what it is painted with; TRANSPARENT if nothing of it is."""
        sight, paints = self.sight, []
        if self._mode not in STROKED_ONLY and sight.fill:
            paints.append(on_paper(lightness(state.ncolor, space), sight.fill))
        if self._mode in STROKED and sight.line:
            paints.append(on_paper(lightness(state.scolor, state.scs), sight.line))
        return min(paints, default=TRANSPARENT)

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Note the subpaths of a path; a rectangle cut out of a filled one leaves a frame."""
        sight = self.sight
        shade = on_paper(lightness(graphicstate.ncolor, graphicstate.ncs), sight.fill) if fill else None
        drawn = stroke and on_paper(lightness(graphicstate.scolor, graphicstate.scs), sight.line) < LIGHT
        assert self.ctm is not None
        flipped = mult_matrix(self.ctm, (1, 0, 0, -1, 0, self.size[1]))
        shapes = make_shapes(_subpaths(path), flipped, (drawn, shade), iter(self._next, None))
        self.shapes.extend(shape for shape in shapes if sight.shows(shape.box))

    def _next(self) -> int:
        self.budget.spend()
        self._order += 1
        return self._order

    def _point(self, point: Point) -> Point:
        """A point of pdfminer's page, which counts y upwards, on ours."""
        return point[0], self.size[1] - point[1]

    def place(self, rect: Rect) -> Box:
        """Where a rectangle of the current drawing's own coordinates stands on our page."""
        assert self.ctm is not None
        x0, y0, x1, y1 = apply_matrix_rect(self.ctm, rect)
        (left, top), (right, bottom) = self._point((x0, y1)), self._point((x1, y0))
        return Box(left, top, right, bottom)


def _subpaths(path: Sequence[PathSegment]) -> list[Outline]:
    """The subpaths of a path."""
    found: list[Outline] = []
    for operator, *numbers in path:
        if operator == "m":
            found.append(Outline([]))
        if not found:
            continue
        outline = found[-1]
        outline.points.extend(zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=False))
        outline.curved = outline.curved or operator in {"c", "v", "y"}
        if operator == "h":
            outline.closed = True
    return found
