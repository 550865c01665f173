"""A filing's text set in columns, in each notation that gives texts their places."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
SIGN = regex.compile(r".")


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
    return parts(Put(line, MARGIN, top, MARGIN + len(line) * CHAR, top + SIZE * 1.11), pattern)


def parts(one: Put, pattern: "regex.Pattern[str]") -> Iterator[Put]:
    """What each match of the pattern in a text is, and where."""
    for match in pattern.finditer(one.text):
        yield one._replace(text=match[0], x0=one.x0 + CHAR * match.start(), x1=one.x0 + CHAR * match.end())


def _extent(pages: Pages) -> tuple[float, float]:
    return max((one.x1 for page in pages for one in page), default=1) + MARGIN, 2 * MARGIN + LINES * LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """Formats of a document, of each page, of each text there and of each part of a text.

    fonts: what the first page has before its texts; texts, parts: what a text and a part of it are; unit: what a point
    is in the unit of the notation.
    """

    document: str
    page: str
    text: str
    part: str = ""
    fonts: str = ""
    texts: "regex.Pattern[str]" = CHUNK
    parts: "regex.Pattern[str]" = WORD
    unit: int = 1

    def __call__(self, text: str) -> str:
        """The document of a text set with spaces."""
        pages = put(text, self.texts)
        width, height = (self.unit * length for length in _extent(pages))
        written = [
            self.page.format(number=number, width=width, height=height, texts=self._texts(number, page))
            for number, page in enumerate(pages, start=1)
        ]
        return self.document.format(pages="\n".join(written))

    def _texts(self, number: int, page: Sequence[Put]) -> str:
        return "\n".join([*[self.fonts] * (number == 1), *map(self._text, page)])

    def _text(self, one: Put) -> str:
        within = (self._form(self.part, part) for part in parts(one, self.parts) if self.part)
        return self._form(self.text, one, " ".join(within))

    def _form(self, form: str, one: Put, within: str = "") -> str:
        lengths = {**one._asdict(), "wide": one.x1 - one.x0, "base": one.top + 0.8 * SIZE}
        del lengths["text"]
        scaled = {name: self.unit * length for name, length in lengths.items()}
        return form.format(text=escape(one.text), parts=within, **scaled)


PDF2XML = Notation(
    document="""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE pdf2xml SYSTEM "pdf2xml.dtd">
<pdf2xml>
{pages}
</pdf2xml>""",
    page="""<page number="{number}" position="absolute" height="{height:.0f}" width="{width:.0f}">
{texts}
</page>""",
    text='<text top="{top:.0f}" left="{x0:.0f}" width="{wide:.0f}" height="11" font="0">{text}</text>',
    fonts='<fontspec id="0" size="10" family="Courier" color="#000000"/>',
)
"""As `pdftohtml -xml` writes it."""

PDFTOHTML = Notation(
    document="""<!DOCTYPE html><html><head><meta name="generator" content="pdftohtml 0.36"/></head><body>
{pages}
</body></html>""",
    page="""<style type="text/css">
<!--
\tp {{margin: 0; padding: 0;}}\t.ft10{{font-size:10px;font-family:Courier;color:#000000;}}
-->
</style>
<div id="page{number}-div" style="position:relative;width:{width:.0f}px;height:{height:.0f}px;">
{texts}
</div>""",
    text='<p style="position:absolute;top:{top:.0f}px;left:{x0:.0f}px;white-space:nowrap" class="ft10">{text}</p>',
)
"""As `pdftohtml -s` writes it; a paragraph is a line."""

BBOX = Notation(
    document="""<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title></head><body><doc>
{pages}
</doc></body></html>""",
    page="""<page width="{width:.6f}" height="{height:.6f}">
{texts}
</page>""",
    text='<word xMin="{x0:.6f}" yMin="{top:.6f}" xMax="{x1:.6f}" yMax="{bottom:.6f}">{text}</word>',
    texts=WORD,
)
"""As `pdftotext -bbox` writes it."""

HOCR = Notation(
    document="<html><body>{pages}</body></html>",
    page="""<div class='ocr_page' title='image "a.png"; bbox 0 0 {width:.0f} {height:.0f}'>
{texts}
</div>""",
    text="<span class='ocr_line' title='bbox {x0:.0f} {top:.0f} {x1:.0f} {bottom:.0f}; baseline 0 -20'>{parts}</span>",
    part="<span class='ocrx_word' title='bbox {x0:.0f} {top:.0f} {x1:.0f} {bottom:.0f}; x_wconf 95'>{text}</span>",
    unit=10,
)
"""As hOCR, each chunk a line."""

ALTO = Notation(
    document='<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>{pages}</Layout></alto>',
    page='<Page WIDTH="{width}" HEIGHT="{height}"><PrintSpace>{texts}</PrintSpace></Page>',
    text='<TextLine HPOS="{x0}" VPOS="{top}" WIDTH="{wide}" HEIGHT="11">{parts}</TextLine>',
    part='<String HPOS="{x0}" VPOS="{top}" HEIGHT="11" WIDTH="{wide}" CONTENT="{text}"/><SP/>',
)
"""As ALTO, each chunk a line."""

STEXT = Notation(
    document='<?xml version="1.0"?>\n<document filename="a.pdf">{pages}</document>',
    page='<page id="page{number}" width="{width}" height="{height}">{texts}</page>',
    text="""<block bbox="{x0} {top} {x1} {bottom}"><line bbox="{x0} {top} {x1} {bottom}"><font name="Courier" size="10">
{parts}
</font></line></block>""",
    part='<char quad="{x0} {top} {x1} {top} {x0} {bottom} {x1} {bottom}" x="{x0}" y="{base}" c="{text}"/>',
    parts=SIGN,
)
"""As MuPDF's structured text, with spaces as characters."""


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


def tsv(text: str) -> str:
    """As Tesseract writes it, each chunk a line; the ink of small letters is lower than the line."""
    names = "level page_num block_num par_num line_num word_num left top width height conf text"
    rows = ["\t".join(names.split())]
    pages = put(text)
    width, height = _extent(pages)
    for number, page in enumerate(pages, start=1):
        rows.append(f"1\t{number}\t0\t0\t0\t0\t0\t0\t{10 * width:.0f}\t{10 * height:.0f}\t-1\t")
        for line, one in enumerate(page, start=1):
            rows.append(f"4\t{number}\t1\t1\t{line}\t0\t{_ink(one, 0)}\t-1\t")
            for index, word in enumerate(parts(one, WORD), start=1):
                low = 0 if word.text.upper() == word.text else 30
                rows.append(f"5\t{number}\t1\t1\t{line}\t{index}\t{_ink(word, low)}\t96.5\t{word.text}")
    return "\n".join(rows) + "\n"


def _ink(one: Put, low: int) -> str:
    return f"{10 * one.x0:.0f}\t{10 * one.top + low:.0f}\t{10 * (one.x1 - one.x0):.0f}\t{111 - low}"


NOTATIONS: Mapping[str, Callable[[str], str]] = {
    "pdftohtml -xml": PDF2XML,
    "HTML with places": PDFTOHTML,
    "HTML with places, by classes": styled,
    "pdftotext -bbox": BBOX,
    "Tesseract TSV": tsv,
    "hOCR": HOCR,
    "ALTO": ALTO,
    "MuPDF stext": STEXT,
}
"""Each notation, by the name that its reading has in the facts, up to a comma."""
