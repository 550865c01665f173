"""The reader of documents that give each piece of text its place on a page: what programs make of a print or a scan.

Each notation is turned into pages of texts by a function of its own (see `NOTATIONS`); from there on, they are read as
the pages of a PDF are. The lines of boxes are lost in all of them: a mark is an X before its label, or a written box.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from extractor.errors import BrokenInput, EmptyInput, UnreadableInput
from extractor.readers.pdf_drawing import Drawing, Glyph
from extractor.readers.pdf_items import arrange, without_margins
from extractor.readers.pdf_text import JOIN, Rules, Run, body_size, cut_runs, follow_lines
from extractor.readers.placed_css import read_css
from extractor.readers.placed_cuts import cut_joined, mend, settle
from extractor.readers.placed_page import JOINT, Kind, Page
from extractor.readers.placed_signs import ALTO, BBOX, HOCR, PDF2XML, SCANNED_TABLE, STEXT, STYLES, TABLE
from extractor.readers.placed_table import read_table
from extractor.readers.placed_xml import read_alto, read_bbox, read_hocr, read_pdf2xml, read_stext
from extractor.source import Source

MAX_PAGES: Final = 1000
MAX_TEXTS: Final = 5000
MAX_CHARACTERS: Final = 40_000
"""What a document may hold; a page of a filing comes to 60 to 1,000 texts or 8,000 characters."""

FARTHEST: Final = 1e6
SMALLEST: Final = 0.01
"""The farthest place on a page, and the least size of a font, in the unit of a document."""

IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

WIDEST: Final = 0.6
"""The widest space that a font has, in sizes of it."""

STEP: Final = 100
"""In how many steps a size of the font is divided, to tell widths of gaps apart."""

TOUCHING: Final = 0.1
"""The widest gap, in sizes of the font, between strings of one cell, of which each has its own spaces."""

INK: Final = 0.15
"""How much further apart the ink of two letters may begin that are set at one edge, in sizes of the font."""

USUAL: Final = 0.03
"""The part of all gaps between words that the space of a font has at least."""

SLACK: Final = 0.015
"""By how much gaps of one width differ, in sizes of the font, for places are rounded."""


READERS: Final[Mapping[str, tuple[Callable[[str], list[Page]], Kind]]] = {
    PDF2XML: (read_pdf2xml, "strings"),
    BBOX: (read_bbox, "words"),
    STEXT: (read_stext, "characters"),
    ALTO: (read_alto, "scanned"),
    HOCR: (read_hocr, "scanned"),
    TABLE: (read_table, "words"),
    SCANNED_TABLE: (read_table, "scanned"),
    STYLES: (read_css, "lines"),
}
"""For each notation what reads its pages, and what it places."""


def read_placed(text: str, notation: str) -> Source | None:
    """The `Source` of a document with placed texts; None for a page of HTML that places only some.

    Its pages are those of a PDF; a place is in the document's own unit (points, or pixels of a page of some scale).
    Raises EmptyInput if its pages hold no text, BrokenInput if a text lacks its place, UnreadableInput if it is larger
    than any filing.
    """
    read, kind = READERS[notation]
    pages = [_seen(number, page) for number, page in enumerate(read(text), start=1)]
    if notation == STYLES and not pages:
        return None
    if not any(page.texts for page in pages):
        raise EmptyInput(f"expected pages with text ({notation}), but none holds any")
    most = MAX_CHARACTERS if kind == "characters" else MAX_TEXTS
    if len(pages) > MAX_PAGES or max(len(page.texts) for page in pages) > most:
        raise UnreadableInput(
            f"a filing was expected; the document has {len(pages):,} pages (the limit is {MAX_PAGES:,}), or one with "
            f"more than {most:,} texts"
        )
    if kind in ("strings", "lines"):
        pages = cut_joined([settle(page) for page in (mend(pages) if kind == "lines" else pages)])
    sheets = [_drawing(number, page, kind) for number, page in enumerate(pages, start=1)]
    size = body_size(sheets)
    lines = [follow_lines(sheet.glyphs) for sheet in sheets]
    gap = _word_gap([line for own in lines for line in own], kind)
    if kind in ("words", "scanned"):
        lines = [[_spaced(line, gap) for line in own] for own in lines]
    rules = Rules((), (), size)
    runs: list[list[Run]] = [[run for line in own for run in cut_runs(line, rules, gap)] for own in lines]
    runs = without_margins(sheets, runs)
    source = arrange(sheets, [()] * len(sheets), runs, size, {"places": notation})
    if kind == "scanned":
        return replace(source, x_tolerance=source.x_tolerance + INK * size)
    whole = [text.x0.is_integer() for page in pages for text in page.texts]
    return replace(source, x_tolerance=source.x_tolerance + 1.0) if sum(whole) * 2 > len(whole) else source


def _seen(number: int, page: Page) -> Page:
    """A page without texts that have no height. Raises BrokenInput for a text that stands nowhere."""
    if not all(abs(value) <= FARTHEST for text in page.texts for value in (text.x0, text.x1, text.base, text.size)):
        raise BrokenInput(f"expected places on page {number}, seen one beyond any page: make the file again")
    return replace(page, texts=[text for text in page.texts if text.size >= SMALLEST])


def _drawing(number: int, page: Page, kind: Kind) -> Drawing:
    """A page as it would be drawn."""
    glyphs = tuple(
        Glyph(
            text.text.replace(JOINT, " "),
            text.x0,
            text.x1,
            text.base,
            text.size,
            "" if kind == "lines" else text.style,
            order=order,
        )
        for order, text in enumerate(page.texts)
    )
    return Drawing(number, page.size, 0, glyphs, (), (), IDENTITY)


def _spaced(line: Sequence[Glyph], widest: float) -> list[Glyph]:
    """A line of words with a space between those of one cell, however near they are; words of two fonts may touch."""
    spaced: list[Glyph] = []
    for word in line:
        if spaced:
            last = spaced[-1]
            gap = (word.x0 - last.x1) / min(last.size, word.size)
            if TOUCHING < gap <= widest:
                spaced.append(last._replace(text=" ", x0=last.x1, x1=word.x0))
        spaced.append(word)
    return spaced


def _word_gap(lines: Sequence[Sequence[Glyph]], kind: Kind) -> float:
    """The widest gap, in sizes of the font, that parts only words, not cells."""
    if kind == "lines":
        return float("-inf")
    if kind == "strings":
        return TOUCHING
    if kind == "scanned":
        return JOIN
    gaps: Counter[int] = Counter()
    for line in lines:
        for one, other in pairwise(line):
            gap = (other.x0 - one.x1) / min(one.size, other.size)
            if 0.1 < gap < WIDEST:
                gaps[round(gap * STEP)] += 1
    total = sum(gaps.values())
    usual = [gap for gap, count in gaps.items() if count >= USUAL * total]
    return max(usual) / STEP + SLACK if usual else JOIN
