"""Which notation a document has that gives each piece of text its place, told by what no other document begins with."""

from typing import Final

import regex

from extractor.errors import UnreadableInput

HEAD: Final = 1 << 14
"""Characters at the front in which a document shows its notation."""

PDF2XML: Final = "pdftohtml -xml"
BBOX: Final = "pdftotext -bbox"
STEXT: Final = "MuPDF stext"
ALTO: Final = "ALTO"
HOCR: Final = "hOCR"
TABLE: Final = "pdftotext -tsv"
SCANNED_TABLE: Final = "Tesseract TSV"
STYLES: Final = "HTML with places"


def _sign(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern, regex.VERBOSE | regex.IGNORECASE)


SIGNS: Final = (
    (PDF2XML, _sign(r"<pdf2xml\b")),
    (BBOX, _sign(r"<word\s++xMin=")),
    (STEXT, _sign(r"<document\b [^<>]*+ > \s*+ <page\b [^<>]*+ > \s*+ <block\s [^<>]*? \bbbox=")),
    (ALTO, _sign(r"<(?:\w++:)?+alto\b")),
    (HOCR, _sign(r"""\bclass=["']ocr_page\b""")),
)

UNREAD: Final = (
    ("PAGE XML", _sign(r"<(?:\w++:)?+PcGts\b")),
    ("DjVu XML", _sign(r"<DjVuXML\b")),
    ("ABBYY XML", _sign(r"abbyy\.com/FineReader_xml")),
    ("the XML of pdfminer", _sign(r"<pages>\s*+<page\s[^<>]*?\bbbox=")),
    ("SVG", _sign(r"\A\s*+(?:<\?xml[^<>]*+>\s*+)?+(?:<!DOCTYPE[^<>]*+>\s*+)?+<svg\b")),
)
"""Notations that are known but not read, and their signs."""

UNREAD_TABLE: Final = regex.compile(r'\A\s*+"?object_type"?,"?page_number"?,')
UNREAD_JSON: Final = regex.compile(r'"(?:bbox|boundingBox|boundingPoly|BoundingBox|bounding_box|x0)"\s*+:')
"""Tables of pdfplumber, and whatever gives places in JSON."""

PLACED: Final = regex.compile(r"position\s*+:\s*+absolute", regex.IGNORECASE)
PLACED_PARAGRAPH: Final = '<p style="top:'


def notation_of(text: str) -> str | None:
    """The notation of a document that places its texts; None for any other one.

    Raises UnreadableInput for a notation that is known but not read.

    >>> notation_of('<?xml version="1.0"?><pdf2xml producer="poppler">'), notation_of("1. Issuer's Identity")
    ('pdftohtml -xml', None)
    """
    start = text[:HEAD].lstrip()
    if start.startswith("level\tpage_num\t"):
        return SCANNED_TABLE if start.startswith("level\tpage_num\tblock_num\t") else TABLE
    if start.startswith("<"):
        for name, sign in SIGNS:
            if sign.search(start):
                return name
        if PLACED_PARAGRAPH in text or ("absolute" in text and PLACED.search(text)):
            return STYLES
    if unread := _unread(start):
        raise UnreadableInput(
            f"expected a filing, seen {unread}: its texts have places that this toolkit does not read; pass the PDF "
            "itself, or what pdftotext -layout, pdftotext -bbox or pdftohtml -xml makes of it"
        )
    return None


def _unread(start: str) -> str | None:
    """The notation that is known but not read."""
    if start.startswith("<"):
        return next((name for name, sign in UNREAD if sign.search(start)), None)
    if start.startswith(("{", "[")) and UNREAD_JSON.search(start):
        return "JSON with places"
    return "a table of pdfplumber" if UNREAD_TABLE.match(start) else None
