"""PDFium's functions, called directly: pypdfium2's wrappers cost several times as much, and a page needs thousands.

Handles are addresses. Each call here is short and keeps Python's lock; those that read a file or a page are not here.
PDFium knows no threads: whoever calls holds `pdf_pdfium.LOCK`.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from ctypes import PYFUNCTYPE, addressof, c_float, c_int, c_uint, c_ulong, c_void_p, cast, create_string_buffer
from struct import calcsize, iter_unpack, pack
from typing import Any

import pypdfium2.raw as raw

_ADDRESS = c_void_p


def _call(name: str, result: type | None, *arguments: type) -> Callable[..., int]:
    return PYFUNCTYPE(result, *arguments)(cast(getattr(raw, name), c_void_p).value or 0)


def _bare(name: str, result: type) -> Callable[..., int]:
    """A function of a handle, to be given as c_void_p, and a number; called for every character.

    To convert arguments of declared types takes as long as the rest of such a call.
    """
    return PYFUNCTYPE(result)(cast(getattr(raw, name), c_void_p).value or 0)


char_object = _bare("FPDFText_GetTextObject", _ADDRESS)
char_unknown = _bare("FPDFText_HasUnicodeMapError", c_int)
char_generated = _call("FPDFText_IsGenerated", c_int, _ADDRESS, c_int)
char_unicode = _call("FPDFText_GetUnicode", c_uint, _ADDRESS, c_int)
char_origin = _call("FPDFText_GetCharOrigin", c_int, _ADDRESS, c_int, _ADDRESS, _ADDRESS)
char_box = _call("FPDFText_GetLooseCharBox", c_int, _ADDRESS, c_int, _ADDRESS)
char_matrix = _call("FPDFText_GetMatrix", c_int, _ADDRESS, c_int, _ADDRESS)
text_between = _call("FPDFText_GetText", c_int, _ADDRESS, c_int, c_int, _ADDRESS)
count_chars = _call("FPDFText_CountChars", c_int, _ADDRESS)

count_objects = _call("FPDFPage_CountObjects", c_int, _ADDRESS)
page_object = _call("FPDFPage_GetObject", _ADDRESS, _ADDRESS, c_int)
count_parts = _call("FPDFFormObj_CountObjects", c_int, _ADDRESS)
form_part = _call("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, c_ulong)
object_type = _call("FPDFPageObj_GetType", c_int, _ADDRESS)
object_matrix = _call("FPDFPageObj_GetMatrix", c_int, _ADDRESS, _ADDRESS)
object_clip = _call("FPDFPageObj_GetClipPath", _ADDRESS, _ADDRESS)
count_clips = _call("FPDFClipPath_CountPaths", c_int, _ADDRESS)
count_clip_segments = _call("FPDFClipPath_CountPathSegments", c_int, _ADDRESS, c_int)
clip_segment = _call("FPDFClipPath_GetPathSegment", _ADDRESS, _ADDRESS, c_int, c_int)
object_bounds = _call("FPDFPageObj_GetBounds", c_int, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
fill_color = _call("FPDFPageObj_GetFillColor", c_int, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
stroke_color = _call("FPDFPageObj_GetStrokeColor", c_int, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)

text_font = _call("FPDFTextObj_GetFont", _ADDRESS, _ADDRESS)
text_size = _call("FPDFTextObj_GetFontSize", c_int, _ADDRESS, _ADDRESS)
text_mode = _call("FPDFTextObj_GetTextRenderMode", c_int, _ADDRESS)
font_base_name = _call("FPDFFont_GetBaseFontName", c_ulong, _ADDRESS, _ADDRESS, c_ulong)
font_embedded = _call("FPDFFont_GetIsEmbedded", c_int, _ADDRESS)
glyph_width = _call("FPDFFont_GetGlyphWidth", c_int, _ADDRESS, c_uint, c_float, _ADDRESS)

draw_mode = _call("FPDFPath_GetDrawMode", c_int, _ADDRESS, _ADDRESS, _ADDRESS)
count_segments = _call("FPDFPath_CountSegments", c_int, _ADDRESS)
path_segment = _call("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, c_int)
segment_point = _call("FPDFPathSegment_GetPoint", c_int, _ADDRESS, _ADDRESS, _ADDRESS)
segment_type = _call("FPDFPathSegment_GetType", c_int, _ADDRESS)
segment_closes = _call("FPDFPathSegment_GetClose", c_int, _ADDRESS)


def font_name(font: int) -> str:
    """Return the name of a font."""
    buffer = create_string_buffer(256)
    font_base_name(font, addressof(buffer), len(buffer))
    return buffer.value.decode("utf-8", "replace")


Values = Iterator[tuple[Any, ...]]
"""Numbers as struct unpacks them."""


def ask_each(call: Callable[..., int], handles: Sequence[int], form: str, otherwise: Sequence[int] = ()) -> Values:
    """Return what a function writes about each handle, by an address for each value. form: as struct has it ("4f").

    otherwise: what stands for the values that it does not write; by default noughts.
    """
    size = calcsize(form)
    buffer = create_string_buffer(size * len(handles))
    if otherwise:
        buffer.raw = pack(form, *otherwise) * len(handles)
    start = addressof(buffer)
    places = (range(start + at, start + size * len(handles) + at, size) for at in range(0, size, 4))
    deque(map(call, handles, *places), maxlen=0)
    return iter_unpack(form, buffer)


def matrices_of(handles: Sequence[int], form: str = "6f") -> Values:
    """Return the matrix of each object. form: of its 24 bytes."""
    buffer = create_string_buffer(24 * len(handles))
    start = addressof(buffer)
    deque(map(object_matrix, handles, range(start, start + 24 * len(handles), 24)), maxlen=0)
    return iter_unpack(form, buffer)


TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
"""The types of objects that matter here; the others are shadings."""
