"""The device that notes what pdfminer's interpreter draws on a page.

It keeps what pdfplumber and pdfminer's own devices drop: whether text is drawn visibly, the order of drawing and the
subpaths of a path.
"""

import math
from collections.abc import Sequence
from typing import Final

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import (
    MATRIX_IDENTITY,
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
from extractor.readers.pdf_paths import Outline, around, make_shapes
from extractor.readers.pdf_signs import SYMBOL_FONT, symbol

BYTES: Final = 10
"""The drawing orders, in bytes, that cost as much as a drawn object."""

UNTOLD_SPACES: Final = {"Separation", "DeviceN", "Indexed", "Pattern", "Lab"}
"""Colour spaces whose numbers do not say how light the colour is; such colours count as dark."""

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


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, at the cost of the budget: drawing orders count even if they paint nothing."""

    def render_contents(
        self, resources: dict[object, object], streams: Sequence[object], ctm: Matrix = MATRIX_IDENTITY
    ) -> None:
        """Run the orders of a page or a form."""
        for one in streams:
            stream = resolve1(one)
            if isinstance(stream, PDFStream) and isinstance(self.device, Device):
                self.device.budget.spend(len(stream.get_data()) // BYTES)
        super().render_contents(resources, streams, ctm)


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
        corners = [self._place(corner) for corner in ((0, 0), (0, 1), (1, 0), (1, 1))]
        self.pictures.append((around(corners), self._next()))

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
        light = min(
            lightness(graphicstate.ncolor, ncs) if self._mode not in STROKED_ONLY else 1.0,
            lightness(graphicstate.scolor, graphicstate.scs) if self._mode in STROKED else 1.0,
        )
        sense = math.copysign(1, fontsize * scaling)
        self.glyphs.append(
            Glyph(
                text=read_glyph(font, cid),
                x0=min(x0, x1),
                x1=max(x0, x1),
                base=y0,
                size=abs(fontsize) * math.hypot(matrix[2], matrix[3]),
                style=f"{font_name(font)} {graphicstate.ncolor}",
                light=light >= LIGHT,
                hidden=self._mode in HIDDEN_MODES,
                quarter=quarter_of(sense * matrix[0], sense * matrix[1]),
                order=self._next(),
            )
        )
        return advance

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Note the subpaths of a path; a rectangle cut out of a filled one leaves a frame."""
        shade = lightness(graphicstate.ncolor, graphicstate.ncs) if fill else None
        drawn = stroke and lightness(graphicstate.scolor, graphicstate.scs) < LIGHT
        assert self.ctm is not None
        flipped = mult_matrix(self.ctm, (1, 0, 0, -1, 0, self.size[1]))
        self.shapes.extend(make_shapes(_subpaths(path), flipped, (drawn, shade), iter(self._next, None)))

    def _next(self) -> int:
        self.budget.spend()
        self._order += 1
        return self._order

    def _point(self, point: Point) -> Point:
        """A point of pdfminer's page, which counts y upwards, on ours."""
        return point[0], self.size[1] - point[1]

    def _place(self, point: Point) -> Point:
        """A point of the current drawing's own coordinates on the page."""
        assert self.ctm is not None
        return self._point(apply_matrix_pt(self.ctm, point))


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
