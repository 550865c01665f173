"""PDFium's functions, called directly: pypdfium2's wrappers cost several times as much, and a page needs thousands.

Handles are addresses. Each call here is short and keeps Python's lock; those that read a file or a page are not here.
PDFium knows no threads: whoever calls holds `pdf_pdfium.LOCK`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import PYFUNCTYPE, addressof, byref, c_float, c_int, c_uint, c_ulong, c_void_p, cast, create_string_buffer
from itertools import repeat
from struct import Struct, pack
from typing import Any, Final

import pypdfium2.raw as raw

_ADDRESS = c_void_p


def _call(name: str, result: type | None, *arguments: type) -> Callable[..., int]:
    return PYFUNCTYPE(result, *arguments)(cast(getattr(raw, name), c_void_p).value or 0)


def _bare(name: str, result: type = c_int) -> Callable[..., int]:
    """A function of a handle, to be given as c_void_p, and of numbers and addresses that `Room` gives.

    To convert arguments of declared types takes as long as the rest of such a call.
    """
    return PYFUNCTYPE(result)(cast(getattr(raw, name), c_void_p).value or 0)


char_object = _bare("FPDFText_GetTextObject", _ADDRESS)
char_unknown = _bare("FPDFText_HasUnicodeMapError")
char_generated = _bare("FPDFText_IsGenerated")
char_origin = _bare("FPDFText_GetCharOrigin")
char_box = _bare("FPDFText_GetLooseCharBox")
char_unicode = _call("FPDFText_GetUnicode", c_uint, _ADDRESS, c_int)
text_between = _call("FPDFText_GetText", c_int, _ADDRESS, c_int, c_int, _ADDRESS)
count_chars = _call("FPDFText_CountChars", c_int, _ADDRESS)

count_objects = _call("FPDFPage_CountObjects", c_int, _ADDRESS)
page_object = _bare("FPDFPage_GetObject", _ADDRESS)
count_parts = _call("FPDFFormObj_CountObjects", c_int, _ADDRESS)
form_part = _call("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, c_ulong)
object_type = _call("FPDFPageObj_GetType", c_int, _ADDRESS)
object_matrix = _bare("FPDFPageObj_GetMatrix")
object_clip = _call("FPDFPageObj_GetClipPath", _ADDRESS, _ADDRESS)
count_clips = _call("FPDFClipPath_CountPaths", c_int, _ADDRESS)
count_clip_segments = _call("FPDFClipPath_CountPathSegments", c_int, _ADDRESS, c_int)
clip_segment = _call("FPDFClipPath_GetPathSegment", _ADDRESS, _ADDRESS, c_int, c_int)
object_bounds = _bare("FPDFPageObj_GetBounds")
fill_color = _bare("FPDFPageObj_GetFillColor")
stroke_color = _bare("FPDFPageObj_GetStrokeColor")

text_font = _call("FPDFTextObj_GetFont", _ADDRESS, _ADDRESS)
text_size = _bare("FPDFTextObj_GetFontSize")
text_mode = _call("FPDFTextObj_GetTextRenderMode", c_int, _ADDRESS)
font_base_name = _call("FPDFFont_GetBaseFontName", c_ulong, _ADDRESS, _ADDRESS, c_ulong)
font_embedded = _call("FPDFFont_GetIsEmbedded", c_int, _ADDRESS)
glyph_width = _call("FPDFFont_GetGlyphWidth", c_int, _ADDRESS, c_uint, c_float, _ADDRESS)

draw_mode = _bare("FPDFPath_GetDrawMode")
count_segments = _call("FPDFPath_CountSegments", c_int, _ADDRESS)
path_segment = _bare("FPDFPath_GetPathSegment", _ADDRESS)
segment_point = _bare("FPDFPathSegment_GetPoint")
segment_type = _call("FPDFPathSegment_GetType", c_int, _ADDRESS)
segment_closes = _call("FPDFPathSegment_GetClose", c_int, _ADDRESS)


def font_name(font: int) -> str:
    """Return the name of a font."""
    buffer = create_string_buffer(256)
    font_base_name(font, addressof(buffer), len(buffer))
    return buffer.value.decode("utf-8", "replace")


def numbered(call: Callable[..., int], handle: int, numbers: Iterable[int]) -> Iterator[int]:
    """Return what a function answers for each of a handle's numbers."""
    return map(call, repeat(c_void_p(handle)), numbers)


PLACES: Final = 512
"""How many handles are asked at once."""


class Room:
    """Room in which PDFium writes what it is asked about many handles, a record for each.

    It is used again and again, for to make an address of each value takes as long as to ask for it.
    """

    def __init__(
        self, record: str, calls: Sequence[tuple[Callable[..., int], Sequence[int]]], blank: bytes = b""
    ) -> None:
        """record: as struct has it. calls: what is asked, and where in the record each call writes its values.

        blank: a record before anything is written; by default noughts.
        """
        self._record = Struct(record)
        self._blank = blank or bytes(self._record.size)
        self._bytes = create_string_buffer(self._record.size * PLACES)
        self._calls = [(call, [self._addresses(start) for start in starts]) for call, starts in calls]

    def _addresses(self, start: int) -> list[object]:
        size = self._record.size
        return [byref(self._bytes, at) for at in range(start, start + size * PLACES, size)]

    def each(self, handles: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return the record of each handle."""
        return self._ask(list(map(c_void_p, handles)))

    def numbered(self, handle: int, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return the record of each of a handle's numbers."""
        return self._ask([c_void_p(handle)] * len(numbers), numbers)

    def _ask(self, *arguments: Sequence[object]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(arguments[0]), PLACES):
            part = [argument[start : start + PLACES] for argument in arguments]
            count = len(part[0])
            self._bytes.raw = self._blank * count
            for call, addresses in self._calls:
                deque(map(call, *part, *addresses), maxlen=0)
            found += self._record.iter_unpack(memoryview(self._bytes)[: self._record.size * count])
        return found


TEXTS: Final = Room("16s2f20s", [(object_matrix, (0,)), (text_size, (24,)), (fill_color, (28, 32, 36, 40))])
"""Of a text object: how it is turned, where it begins (x, y), its size and colour."""

BLACK: Final = (0, 0, 0, 255)
"""Counts as the colour of what is painted in a pattern."""

PATHS: Final = Room(
    "6f2i4f4i4i",
    [
        (object_matrix, (0,)),
        (draw_mode, (24, 28)),
        (object_bounds, (32, 36, 40, 44)),
        (fill_color, (48, 52, 56, 60)),
        (stroke_color, (64, 68, 72, 76)),
    ],
    pack("6f2i4f4i4i", *[0] * 12, *BLACK, *BLACK),
)
"""Of a path: its matrix, how it is filled and whether it is stroked, its bounds, the colours of its ground and line."""

BOUNDS: Final = Room("4f", [(object_bounds, (0, 4, 8, 12))])
MATRICES: Final = Room("6f", [(object_matrix, (0,))])
LINES: Final = Room("4i", [(stroke_color, (0, 4, 8, 12))])
"""Of an object: left, bottom, right and top; its matrix; the colour of its line."""

POINTS: Final = Room("2f", [(segment_point, (0, 4))])
"""Of a path's segment: where it ends."""

ORIGINS: Final = Room("2d", [(char_origin, (0, 8))])
LOOSE: Final = Room("4f", [(char_box, (0,))])
"""Of a character of a page's text: where it begins on its base line; the left, top, right and bottom of its place."""

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
"""The types of objects that matter here; the others are shadings."""
