"""A filing's text set in columns, in each notation that gives texts their places."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

import regex

CHAR = 6.0
"""The width of a character."""

SIZE = 10.0
LINE = 14.0
"""The size of the font and the height of a line."""

MARGIN = 40.0
LINES = 55
"""The lines of a page."""

CHUNK = regex.compile(r"\S+(?: \S+)*")
WORD = regex.compile(r"\S+")


class Put(NamedTuple):
    """A text and where it stands: left, top, right, bottom."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


Pages = Sequence[Sequence[Put]]


def put(text: str, pattern: "regex.Pattern[str]" = CHUNK) -> Pages:
    """The texts of a document set with spaces, on pages: what each match of the pattern is."""
    lines = text.split("\n")
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    return [[one for number, line in enumerate(page) for one in _puts(line, number, pattern)] for page in pages]


def _puts(line: str, number: int, pattern: "regex.Pattern[str]") -> Iterator[Put]:
    top = MARGIN + number * LINE
    for match in pattern.finditer(line):
        yield Put(match[0], MARGIN + match.start() * CHAR, top, MARGIN + match.end() * CHAR, top + SIZE * 1.11)


def _extent(pages: Pages) -> tuple[float, float]:
    return max(one.x1 for page in pages for one in page) + MARGIN, 2 * MARGIN + LINES * LINE


def pdf2xml(text: str) -> str:
    """As `pdftohtml -xml` writes it."""
    pages = put(text)
    width, height = _extent(pages)
    written = ['<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE pdf2xml SYSTEM "pdf2xml.dtd">\n<pdf2xml>']
    for number, page in enumerate(pages, start=1):
        written.append(f'<page number="{number}" position="absolute" height="{height:.0f}" width="{width:.0f}">')
        written += [f'<fontspec id="0" size="{SIZE:.0f}" family="Courier" color="#000000"/>'] * (number == 1)
        written += [
            f'<text top="{one.top:.0f}" left="{one.x0:.0f}" width="{one.x1 - one.x0:.0f}" height="11" font="0">'
            f"{escape(one.text)}</text>"
            for one in page
        ]
        written.append("</page>")
    return "\n".join([*written, "</pdf2xml>"])


def pdftohtml(text: str) -> str:
    """As `pdftohtml -s` writes it; a paragraph is a line."""
    pages = put(text)
    width, height = _extent(pages)
    written = ['<!DOCTYPE html><html><head><meta name="generator" content="pdftohtml 0.36"/></head><body>']
    for number, page in enumerate(pages, start=1):
        style = f".ft{number}0{{font-size:{SIZE:.0f}px;font-family:Courier;color:#000000;}}" if number == 1 else ""
        written.append(f'<style type="text/css">\n<!--\n\tp {{margin: 0; padding: 0;}}\t{style}\n-->\n</style>')
        written.append(
            f'<div id="page{number}-div" style="position:relative;width:{width:.0f}px;height:{height:.0f}px;">'
        )
        written += [
            f'<p style="position:absolute;top:{one.top:.0f}px;left:{one.x0:.0f}px;white-space:nowrap" '
            f'class="ft{number}0">{escape(one.text)}</p>'
            for one in page
        ]
        written.append("</div>")
    return "\n".join([*written, "</body></html>"])


def styled(text: str) -> str:
    """As a page with classes for places, in points, and no sheets."""
    pages = put(text)
    _, height = _extent(pages)
    places = [(one.x0, number * height + one.top, one.text) for number, page in enumerate(pages) for one in page]
    lefts, tops = sorted({x for x, _, _ in places}), sorted({y for _, y, _ in places})
    rules = [f".x{index} {{ left: {x}pt }}" for index, x in enumerate(lefts)]
    rules += [f".y{index} {{ top: {y}pt }}" for index, y in enumerate(tops)]
    body = [
        f'<div class="t x{lefts.index(x)} y{tops.index(y)}"><span>{escape(shown)}</span></div>'
        for x, y, shown in places
    ]
    rules.append(f".t {{ position: absolute; font: normal; font-size: {SIZE}pt; font-family: Courier }}")
    return f"<html><head><style>{' '.join(rules)}</style></head><body>{''.join(body)}</body></html>"


def bbox(text: str) -> str:
    """As `pdftotext -bbox` writes it."""
    pages = put(text, WORD)
    width, height = _extent(pages)
    written = ['<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title></head><body><doc>']
    for page in pages:
        written.append(f'<page width="{width:.6f}" height="{height:.6f}">')
        written += [
            f'<word xMin="{one.x0:.6f}" yMin="{one.top:.6f}" xMax="{one.x1:.6f}" yMax="{one.bottom:.6f}">'
            f"{escape(one.text)}</word>"
            for one in page
        ]
        written.append("</page>")
    return "\n".join([*written, "</doc></body></html>"])


def tsv(text: str) -> str:
    """As Tesseract writes it, each chunk a line; the ink of small letters is lower than the line."""
    names = "level page_num block_num par_num line_num word_num left top width height conf text"
    rows = ["\t".join(names.split())]
    for number, page in enumerate(put(text), start=1):
        width, height = _extent([page] if page else [[Put("", 0, 0, 1, 1)]])
        rows.append(f"1\t{number}\t0\t0\t0\t0\t0\t0\t{10 * width:.0f}\t{10 * height:.0f}\t-1\t")
        for line, one in enumerate(page, start=1):
            place = f"{10 * one.top:.0f}\t{10 * (one.x1 - one.x0):.0f}\t111"
            rows.append(f"4\t{number}\t1\t1\t{line}\t0\t{10 * one.x0:.0f}\t{place}\t-1\t")
            for index, word in enumerate(WORD.finditer(one.text), start=1):
                low = 0 if word[0].upper() == word[0] else 30
                left, wide = 10 * (one.x0 + CHAR * word.start()), 10 * CHAR * len(word[0])
                ink = f"{left:.0f}\t{10 * one.top + low:.0f}\t{wide:.0f}\t{111 - low}"
                rows.append(f"5\t{number}\t1\t1\t{line}\t{index}\t{ink}\t96.5\t{word[0]}")
    return "\n".join(rows) + "\n"


def hocr(text: str) -> str:
    """As hOCR, each chunk a line."""
    pages = put(text)
    width, height = _extent(pages)
    written = ["<html><body>"]
    for page in pages:
        written.append(f"<div class='ocr_page' title='image \"a.png\"; bbox 0 0 {10 * width:.0f} {10 * height:.0f}'>")
        for one in page:
            top, bottom = f"{10 * one.top:.0f}", f"{10 * one.bottom:.0f}"
            words = (
                f"<span class='ocrx_word' title='bbox {10 * (one.x0 + CHAR * word.start()):.0f} {top} "
                f"{10 * (one.x0 + CHAR * word.end()):.0f} {bottom}; x_wconf 95'>{escape(word[0])}</span>"
                for word in WORD.finditer(one.text)
            )
            place = f"bbox {10 * one.x0:.0f} {top} {10 * one.x1:.0f} {bottom}"
            written.append(f"<span class='ocr_line' title='{place}; baseline 0 -20'>{' '.join(words)}</span>")
        written.append("</div>")
    return "\n".join([*written, "</body></html>"])


def alto(text: str) -> str:
    """As ALTO, each chunk a line."""
    pages = put(text)
    width, height = _extent(pages)
    written = ['<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>']
    for page in pages:
        written.append(f'<Page WIDTH="{width}" HEIGHT="{height}"><PrintSpace>')
        for one in page:
            written.append(f'<TextLine HPOS="{one.x0}" VPOS="{one.top}" WIDTH="{one.x1 - one.x0}" HEIGHT="11">')
            written += [
                f'<String HPOS="{one.x0 + CHAR * word.start()}" VPOS="{one.top}" HEIGHT="11" '
                f'WIDTH="{CHAR * len(word[0])}" CONTENT="{escape(word[0])}"/><SP/>'
                for word in WORD.finditer(one.text)
            ]
            written.append("</TextLine>")
        written.append("</PrintSpace></Page>")
    return "\n".join([*written, "</Layout></alto>"])


def stext(text: str) -> str:
    """As MuPDF's structured text, with spaces as characters."""
    pages = put(text)
    width, height = _extent(pages)
    written = ['<?xml version="1.0"?>\n<document filename="a.pdf">']
    for page in pages:
        written.append(f'<page id="page1" width="{width}" height="{height}">')
        for one in page:
            box = f"{one.x0} {one.top} {one.x1} {one.bottom}"
            written.append(f'<block bbox="{box}"><line bbox="{box}"><font name="Courier" size="{SIZE}">')
            for index, sign in enumerate(one.text):
                x0, x1 = one.x0 + CHAR * index, one.x0 + CHAR * (index + 1)
                quad = f"{x0} {one.top} {x1} {one.top} {x0} {one.bottom} {x1} {one.bottom}"
                written.append(f'<char quad="{quad}" x="{x0}" y="{one.top + 0.8 * SIZE}" c="{escape(sign)}"/>')
            written.append("</font></line></block>")
        written.append("</page>")
    return "\n".join([*written, "</document>"])


NOTATIONS: Mapping[str, Callable[[str], str]] = {
    "pdftohtml -xml": pdf2xml,
    "HTML with places": pdftohtml,
    "HTML with places, by classes": styled,
    "pdftotext -bbox": bbox,
    "Tesseract TSV": tsv,
    "hOCR": hocr,
    "ALTO": alto,
    "MuPDF stext": stext,
}
"""Each notation, by the name that its reading has in the facts, up to a comma."""
