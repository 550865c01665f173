"""The reader of PDFs: a print of EDGAR's page, or any other page with a filled form.

Pages are laid below each other on one sheet, in points, without their margins. Each line of a table cell is a cell;
each drawn box, form button and written box is a mark. Headers and footers are left out, and so is what a viewer does
not show.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

import regex
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage

from extractor.errors import EmptyInput, ExtractorError, ImageOnlyInput, UnreadableInput
from extractor.readers.pdf_boxes import find_ticks, join_cut, merge_buttons
from extractor.readers.pdf_device import BYTES, Budget
from extractor.readers.pdf_drawing import UNKNOWN, Drawing
from extractor.readers.pdf_fields import read_fields
from extractor.readers.pdf_file import damaged, open_pages
from extractor.readers.pdf_items import X_TOLERANCE, arrange, without_margins
from extractor.readers.pdf_page import draw_page
from extractor.readers.pdf_sheets import part_sheets
from extractor.readers.pdf_states import Page, Tick
from extractor.readers.pdf_text import (
    Rules,
    Run,
    body_size,
    cut_runs,
    follow_lines,
    widest_word_gap,
)
from extractor.readers.pdf_weight import orders
from extractor.source import Source

MAX_OBJECTS: Final = 1_000_000
"""What a document may draw (glyphs, shapes, pictures, orders); a page of a filing comes to 2,000 to 8,000."""

QUIET: Final = logging.NullHandler()
"""Keeps the libraries' remarks on sloppy files off the screen, unless the program that calls has set up logging."""

OUTLINES: Final = 100
"""A page without text that draws so many shapes that run across it draws its letters as shapes."""

PICTURE: Final = 0.1
"""The part of a page without text that its pictures cover, if they are what it shows."""

NO_CHARACTER: Final = regex.compile(r"[\p{Co}\p{Cn}\p{Cc}%s]" % UNKNOWN)

MOST: Final = 0.3
"""The part of a page's glyphs without a character that makes its words unreadable."""


Engine = Literal["auto", "pdfium", "pdfplumber"]
"""What interprets the pages: PDFium, pdfminer (which pdfplumber is made of), or the first where it is sure."""


def read_pdf(data: bytes, engine: Engine = "auto") -> Source:
    """Return the cells and marks of a PDF.

    Its facts say which `engine` read it, and `text_layer: recognised` where a page is a picture and its text comes from
    the text recognition (OCR) that was laid under it unseen; such text is read, because it is all there is.

    Raises EmptyInput (nothing, or only blank pages), EncryptedInput (it asks for a password), BrokenInput (no PDF, or
    damaged, or a page is), ImageOnlyInput (pages hold pictures, or letters drawn as shapes, but no text) and
    UnreadableInput (its text has no characters, or it is far larger than any filing).
    """
    for name in ("pdfminer", "pdfplumber"):
        logging.getLogger(name).addHandler(QUIET)
    drawings, engines = _draw(data) if engine == "pdfplumber" else _draw_fast(data, engine)
    size = body_size([drawing for drawing, _ in drawings])
    parts = part_sheets([drawing for drawing, _ in drawings], size)
    drawings = [(half, page) for halves, (_, page) in zip(parts, drawings, strict=True) for half in halves]
    sheets, ticks, rules = _boxes(drawings, size)
    runs = without_margins(sheets, _read_text(sheets, rules))
    _require_text(sheets, ticks, runs)
    facts = {"engine": engines}
    if any(sheet.recognised for sheet in sheets):
        facts["text_layer"] = "recognised"
    return arrange(sheets, ticks, runs, size, facts)


Drawn = list[tuple[Drawing, PDFPage]]


def _draw(data: bytes) -> tuple[Drawn, str]:
    """What each page draws, by pdfminer."""
    resources, budget = PDFResourceManager(), Budget(MAX_OBJECTS)
    pages = enumerate(open_pages(data), start=1)
    return [(_draw_page(page, number, resources, budget), page) for number, page in pages], "pdfplumber"


def _draw_fast(data: bytes, engine: Engine) -> tuple[Drawn, str]:
    """What each page draws, by PDFium; where that is not sure, by pdfminer, unless PDFium shall read it alone."""
    from extractor.readers.pdf_objects import Unsure
    from extractor.readers.pdf_pdfium import opened

    resources, budget = PDFResourceManager(), Budget(MAX_OBJECTS)
    drawings: Drawn = []
    engines = set()
    pages = open_pages(data)
    with opened(data) as document:
        for number, page in enumerate(pages, start=1):
            budget.spend(_orders(page, number) // BYTES)
            try:
                drawing, by = document.draw(page, number, budget), "pdfium"
            except Unsure as unsure:
                if engine == "pdfium":
                    raise UnreadableInput(
                        f"page {number} has {unsure}, which PDFium does not read surely; let pdfplumber read it"
                    ) from unsure
                drawing, by = _draw_page(page, number, resources, budget), "pdfplumber"
            drawings.append((drawing, page))
            engines.add(by)
    return drawings, ", ".join(sorted(engines))


def _orders(page: PDFPage, number: int) -> int:
    try:
        return orders(page)
    except Exception as error:  # as in _draw_page
        raise damaged(number, error) from error


def _draw_page(page: PDFPage, number: int, resources: PDFResourceManager, budget: Budget) -> Drawing:
    try:
        return draw_page(page, number, resources, budget)
    except ExtractorError:
        raise
    except Exception as error:  # pdfminer answers a malformed page with errors of any kind
        raise damaged(number, error) from error


def _boxes(
    drawings: Sequence[tuple[Drawing, PDFPage]], size: float
) -> tuple[list[Drawing], list[list[Tick]], list[Rules]]:
    """Each page with its typed text and without what its boxes hold, its boxes, and what parts its lines."""
    pages, found = [], []
    for drawing, page in drawings:
        buttons, typed, ink = read_fields(page, drawing, size)
        sheet = replace(drawing, glyphs=(*drawing.glyphs, *typed), shapes=(*drawing.shapes, *ink))
        pages.append(Page(sheet, size))
        found.append(merge_buttons(find_ticks(pages[-1]), buttons, size))
    ticks = [[tick for tick in own if not tick.open] for own in found]
    held = [list(own) for own in ticks]
    for index in range(len(pages) - 1):
        for upper in found[index]:
            for lower in found[index + 1] if upper.open == "bottom" else ():
                whole = join_cut(upper, lower, X_TOLERANCE * size)
                if whole is not None:
                    ticks[index].append(whole)
                    held[index].append(upper)
                    held[index + 1].append(lower)
    sheets = [_without(page, own) for page, own in zip(pages, held, strict=True)]
    rules = [Rules(page.edges, [tick.box for tick in own], size) for page, own in zip(pages, ticks, strict=True)]
    return sheets, ticks, rules


def _without(page: Page, ticks: Sequence[Tick]) -> Drawing:
    """What the page draws without the glyphs that these boxes hold."""
    held = {id(glyph) for tick in ticks for glyph in page.glyphs_in(tick.box)}
    kept = tuple(glyph for glyph in page.drawing.glyphs if id(glyph) not in held)
    return replace(page.drawing, glyphs=kept)


def _read_text(sheets: Sequence[Drawing], rules: Sequence[Rules]) -> list[list[Run]]:
    """The runs of each page."""
    lines = [follow_lines(sheet.glyphs) for sheet in sheets]
    word_gap = widest_word_gap(line for own in lines for line in own)
    return [
        [run for line in page for run in cut_runs(line, own, word_gap)] for page, own in zip(lines, rules, strict=True)
    ]


def _require_text(sheets: Sequence[Drawing], ticks: Sequence[Sequence[Tick]], runs: Sequence[Sequence[Run]]) -> None:
    """Raise the error for pages that show something but have no text, or text without characters."""
    pictures = [sheet.number for sheet, own in zip(sheets, runs, strict=True) if not own and _is_picture(sheet)]
    if pictures:
        raise ImageOnlyInput(
            f"expected pages with text, but {_pages(pictures)} of {len(sheets)} show only pictures or drawn "
            "outlines; run text recognition (OCR) on the PDF first and read its result"
        )
    if not any(runs) and not any(ticks):
        raise EmptyInput("expected a PDF with text, but all its pages are blank")
    unread = [sheet.number for sheet in sheets if _is_unreadable(sheet)]
    if unread:
        raise UnreadableInput(
            f"the text of {_pages(unread)} has glyphs but no characters (its fonts do not say which letters they "
            "draw); print the filing to PDF from a browser, or run text recognition (OCR) on it first"
        )


def _is_picture(sheet: Drawing) -> bool:
    """Whether a page without text shows pictures, or letters drawn as shapes."""
    width, height = sheet.size
    area = sum(
        max(0.0, min(box.x1, width) - max(box.x0, 0.0)) * max(0.0, min(box.bottom, height) - max(box.top, 0.0))
        for box in sheet.pictures
    )
    outlines = sum(shape.fill and not shape.upright for shape in sheet.shapes)
    return area >= PICTURE * width * height or outlines >= OUTLINES


def _is_unreadable(sheet: Drawing) -> bool:
    """Whether most words of a page have glyphs whose characters are not known."""
    text = "".join([glyph.text for glyph in sheet.glyphs])
    if text.isprintable() and UNKNOWN not in text:
        return False
    return len(NO_CHARACTER.findall(text)) > MOST * sum(not sign.isspace() for sign in text)


def _pages(numbers: Sequence[int]) -> str:
    """The pages by number, the first ten of them.

    >>> _pages([2]), _pages([2, 5])
    ('page 2', 'pages 2, 5')
    """
    shown = ", ".join(map(str, numbers[:10])) + (" ..." if len(numbers) > 10 else "")
    return f"page{'s' if len(numbers) > 1 else ''} {shown}"
