"""What the form fields and text notes of a PDF page show: boxes with their state, and text that was typed in.

A viewer draws these from the page's annotations (ISO 32000-1, 12.5 and 12.7); the page's own drawing knows nothing of
them.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import regex
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import Matrix, Point, apply_matrix_rect, decode_text

from extractor.readers.pdf_drawing import NOTE, TYPED, Box, Drawing, Glyph, Shape
from extractor.readers.pdf_file import damaged
from extractor.readers.pdf_layers import Layers
from extractor.readers.pdf_paths import around, placed
from extractor.readers.pdf_states import Tick

UNSEEN: Final = 1 << 1 | 1 << 5
"""Annotation flags hidden and no view (table 165)."""

PUSHBUTTON: Final = 1 << 16
"""Flag of a button field that holds no state (table 226)."""

FONT_SIZE: Final = regex.compile(r"(?P<size>\d++(?:\.\d++)?)\s++Tf\b")

MAX_PARENTS: Final = 32

STROKES: Final = {"Ink": "InkList", "Line": "L", "PolyLine": "Vertices", "Polygon": "Vertices"}
"""The notes that draw lines over the page, and the entries that hold their points."""


def has_notes(page: PDFPage, number: int) -> bool:
    """Whether anything lies over the page that a viewer draws; links are nothing. Raises BrokenInput."""
    try:
        notes = resolve1(page.annots)
        each = map(resolve1, notes if isinstance(notes, list) else ())
        kinds = [_name(note.get("Subtype")) for note in each if isinstance(note, dict)]
    except Exception as error:  # pdfminer answers a malformed page with errors of any kind
        raise damaged(number, error) from error
    return any(kind not in {"Link", "Popup"} for kind in kinds)


class Notes(NamedTuple):
    """What lies over a page: its buttons, typed text as one glyph a line, and strokes drawn by hand."""

    ticks: list[Tick]
    glyphs: list[Glyph]
    ink: list[Shape]


def read_fields(page: PDFPage, drawing: Drawing, size: float) -> Notes:
    """Return what a page's form fields and notes show. size: of the body text in points. Raises BrokenInput."""
    try:
        return _read_fields(page, drawing, size)
    except Exception as error:  # as in has_notes
        raise damaged(drawing.number, error) from error


def _read_fields(page: PDFPage, drawing: Drawing, size: float) -> Notes:
    ticks, glyphs, ink = found = Notes([], [], [])
    layers = Layers(page.doc)
    notes = resolve1(page.annots)
    for entry in notes if isinstance(notes, list) else ():
        note = resolve1(entry)
        rect = resolve1(note.get("Rect")) if isinstance(note, dict) else None
        if not isinstance(rect, list) or len(rect) != 4 or _number(note.get("F")) & UNSEEN:
            continue
        corners = [float(resolve1(part)) for part in rect]
        box = Box(*apply_matrix_rect(drawing.matrix, (corners[0], corners[1], corners[2], corners[3])))
        if layers.hides(note.get("OC")) or not drawing.shows(box):
            continue
        kind = (_name(note.get("Subtype")), _name(_inherited(note, "FT")))
        if kind == ("Widget", "Btn"):
            if not _number(_inherited(note, "Ff")) & PUSHBUTTON:
                ticks.append(_button(note, box))
        elif kind in {("Widget", "Tx"), ("Widget", "Ch")}:
            glyphs.extend(_typed(_text(_inherited(note, "V")), box, _font_size(note, box, size)))
        elif kind[0] == "FreeText":
            glyphs.extend(_typed(_text(note.get("Contents")), box, _font_size(note, box, size)))
        elif kind[0] in STROKES:
            ink.extend(_strokes(note, drawing.matrix))
    return found


def _strokes(note: dict[str, object], matrix: Matrix) -> Iterator[Shape]:
    """Yield the lines that a note draws; those of an ink note as one, for a cross is drawn in two."""
    key = STROKES[_name(note.get("Subtype"))]
    value = resolve1(note.get(key))
    lines = [resolve1(line) for line in value] if key == "InkList" and isinstance(value, list) else [value]
    points: list[Point] = []
    for line in lines:
        numbers = [float(resolve1(part)) for part in line] if isinstance(line, list) else []
        points += zip(numbers[::2], numbers[1::2], strict=False)
    if len(points) > 1:
        corners = tuple(placed(points, matrix))
        yield Shape(corners, around(corners), True, None, False, False, NOTE)


def _button(note: dict[str, object], box: Box) -> Tick:
    """The state of a check box or radio button: what it shows (/AS), else the field's value if this button has it."""
    shown, value = _name(note.get("AS")), _name(_inherited(note, "V"))
    faces = resolve1(note.get("AP"))
    looks = resolve1(faces.get("N")) if isinstance(faces, dict) else None
    own = {str(name) for name in looks} - {"Off"} if isinstance(looks, dict) else set()
    doubt = ""
    if not shown:
        shown = value if value in own or not own else "Off"
        if isinstance(looks, PDFStream) and not value:
            doubt = "the button has a look, but no state"
    elif value and (shown == "Off") == (value in own) if own else shown != "Off" and value not in {"", shown}:
        doubt = f"the button shows /{shown}, but its field has the value /{value}"
    return Tick(box, shown not in {"", "Off"}, f"/{shown or 'Off'}", "form field", doubt)


def _typed(text: str, box: Box, size: float) -> Iterator[Glyph]:
    """Yield each line of typed text as one glyph, from the top of its field; a single line in its middle."""
    lines = [line.strip() for line in text.splitlines()]
    base = box.top + size if len(lines) > 1 else (box.top + box.bottom) / 2 + 0.3 * size
    for line in lines:
        if line:
            x0 = box.x0 + min(2.0, 0.1 * box.width)
            yield Glyph(line, x0, min(x0 + 0.5 * size * len(line), box.x1), base, size, TYPED)
        base += 1.2 * size


def _font_size(note: dict[str, object], box: Box, size: float) -> float:
    """The size in points that the field asks for; by default that of the body text, if the field is high enough."""
    match = FONT_SIZE.search(_text(_inherited(note, "DA")))
    asked = float(match["size"]) if match else 0.0
    return asked or max(min(size, 0.8 * box.height), 1.0)


def _inherited(note: dict[str, object], key: str) -> object:
    """A field's entry, its own or that of the nearest field above it."""
    field: object = note
    for _ in range(MAX_PARENTS):
        if not isinstance(field, dict):
            return None
        if key in field:
            return resolve1(field[key])
        field = resolve1(field.get("Parent"))
    return None


def _text(value: object) -> str:
    """A text string as characters; of several, one a line."""
    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, list):
        return "\n".join(_text(one) for one in value)
    if not isinstance(value, bytes):
        return ""
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return decode_text(value)


def _name(value: object) -> str:
    value = resolve1(value)
    return literal_name(value) if isinstance(value, PSLiteral) else ""


def _number(value: object) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0
