"""What people turn a page or its print into: programs, libraries, a browser's own text, transcriptions."""

import importlib
import importlib.util
import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from extractor.errors import MissingProgram
from extractor.outputs.page.press import find_browser
from extractor.outputs.page.text import MarkStyle, TextLayout
from extractor.outputs.render import TextStyle, render_text
from tests.matrix.renderings import Rendering

Convert = Callable[[Rendering], bytes]

BROWSER = "chromium"


@dataclass(frozen=True, slots=True)
class Format:
    """A way to convert. columns: whether it keeps the page's columns. needs: the programs and modules it needs."""

    name: str
    convert: Convert
    needs: tuple[str, ...] = ()
    columns: bool = True

    @property
    def printed(self) -> bool:
        """Whether it is made of the page's print."""
        return self.name.startswith(("pdf", "pypdf"))

    def missing(self) -> str:
        """The first thing that it needs and that is not installed, "" if it can run."""
        return next((need for need in self.needs if not _is_there(need)), "")


def _is_there(need: str) -> bool:
    if need == BROWSER:
        try:
            find_browser()
        except MissingProgram:
            return False
        return True
    return shutil.which(need) is not None or importlib.util.find_spec(need) is not None


def _page(rendering: Rendering) -> bytes:
    return rendering.page.read_bytes()


def _print(rendering: Rendering) -> bytes:
    return rendering.print().read_bytes()


def _lined_print(rendering: Rendering) -> bytes:
    return rendering.print(browser_lines=True).read_bytes()


def _program(*command: str) -> Convert:
    """What a program writes; {page}, {print} and {lined} in its arguments are the files."""

    def convert(rendering: Rendering) -> bytes:
        files: Mapping[str, Callable[[], Path]] = {
            "{page}": lambda: rendering.page,
            "{print}": rendering.print,
            "{lined}": lambda: rendering.print(browser_lines=True),
        }
        filled = [str(files[part]()) if part in files else part for part in command]
        return subprocess.run(filled, capture_output=True, check=True, timeout=120, stdin=subprocess.DEVNULL).stdout

    return convert


def _library(module: str, function: str) -> Convert:
    """What a function of a library makes of the page."""

    def convert(rendering: Rendering) -> bytes:
        text = getattr(importlib.import_module(module), function)(rendering.html)
        return str(text).encode()

    return convert


def _soup(separator: str) -> Convert:
    def convert(rendering: Rendering) -> bytes:
        soup = importlib.import_module("bs4").BeautifulSoup(rendering.html, "html.parser")
        return str(soup.get_text(separator, strip=True)).encode()

    return convert


def _plumber(layout: bool) -> Convert:
    def convert(rendering: Rendering) -> bytes:
        with importlib.import_module("pdfplumber").open(rendering.print()) as pdf:
            return "\n".join(page.extract_text(layout=layout) for page in pdf.pages).encode()

    return convert


def _pdfminer(rendering: Rendering) -> bytes:
    page = io.BytesIO()
    with rendering.print().open("rb") as pdf:
        importlib.import_module("pdfminer.high_level").extract_text_to_fp(
            pdf, page, output_type="html", laparams=importlib.import_module("pdfminer.layout").LAParams()
        )
    return page.getvalue()


def _pdfium(rendering: Rendering) -> bytes:
    with importlib.import_module("pypdfium2").PdfDocument(rendering.print()) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf).encode()


def _pypdf(mode: str) -> Convert:
    def convert(rendering: Rendering) -> bytes:
        reader = importlib.import_module("pypdf").PdfReader(rendering.print())
        return "\n".join(page.extract_text(extraction_mode=mode) for page in reader.pages).encode()

    return convert


def _pdfminer_text(rendering: Rendering) -> bytes:
    return str(importlib.import_module("pdfminer.high_level").extract_text(rendering.print())).encode()


def _saved_by_chrome(rendering: Rendering) -> bytes:
    address = "https://www.sec.gov/Archives/edgar/data/1/xslFormDX01/primary_doc.xml"
    start = f"<!DOCTYPE html>\n<!-- saved from url=({len(address):04}){address} -->\n"
    return _with_charset(start, rendering.dom)


def _saved_by_firefox(rendering: Rendering) -> bytes:
    return _with_charset("<!DOCTYPE html>\n", rendering.dom)


def _with_charset(start: str, dom: str) -> bytes:
    meta = '<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
    return (start + dom.replace("<head>", meta, 1)).encode()


WAYS: Mapping[str, tuple[MarkStyle, ...]] = {
    **{marks: (marks,) for marks in get_args(MarkStyle)},
    "inputs+x": ("inputs", "x"),
    "drawn": ("brackets", "ballots", "checks"),
    "all": get_args(MarkStyle),
}
"""Ways to write boxes: one for all, or several in turn; inputs and x are those of the transcribed sample."""

LAYOUTS: tuple[TextLayout, ...] = get_args(TextLayout)


def _typed(style: TextStyle) -> Convert:
    return lambda rendering: render_text(rendering.truth, style).encode()


def _transcriptions() -> Iterator[Format]:
    for layout in LAYOUTS:
        for way, (first, *others) in WAYS.items():
            style = TextStyle(layout, first, mixed_with=tuple(others))
            yield Format(f"typed {layout} {way}", _typed(style), columns=layout != "lines")


LOST = False

FORMATS = (
    Format("html", _page),
    Format("html saved by Chrome", _saved_by_chrome, (BROWSER,)),
    Format("html saved by Firefox", _saved_by_firefox, (BROWSER,)),
    Format("pdf", _print, (BROWSER,)),
    Format("pdf with browser lines", _lined_print, (BROWSER,)),
    Format("pdftotext -layout", _program("pdftotext", "-layout", "{print}", "-"), ("pdftotext", BROWSER)),
    Format("pdftotext -layout, lines", _program("pdftotext", "-layout", "{lined}", "-"), ("pdftotext", BROWSER)),
    Format("innerText", lambda rendering: rendering.inner.encode(), (BROWSER,)),
    Format("html2text", _library("html2text", "html2text"), ("html2text",)),
    Format("markdownify", _library("markdownify", "markdownify"), ("markdownify",)),
    Format("inscriptis", _library("inscriptis", "get_text"), ("inscriptis",)),
    Format("lynx -dump", _program("lynx", "-dump", "{page}"), ("lynx",)),
    Format("w3m -dump", _program("w3m", "-dump", "{page}"), ("w3m",)),
    Format("links -dump", _program("links", "-dump", "{page}"), ("links",)),
    Format("elinks -dump", _program("elinks", "-dump", "{page}"), ("elinks",)),
    Format("lynx 200", _program("lynx", "-dump", "-width=200", "{page}"), ("lynx",)),
    Format("w3m 132", _program("w3m", "-dump", "-cols", "132", "{page}"), ("w3m",)),
    Format("links 132", _program("links", "-dump", "-width", "132", "{page}"), ("links",)),
    Format("elinks 200", _program("elinks", "-dump", "-dump-width", "200", "{page}"), ("elinks",)),
    Format("pandoc plain", _program("pandoc", "-f", "html", "-t", "plain", "{page}"), ("pandoc",)),
    Format("pandoc gfm", _program("pandoc", "-f", "html", "-t", "gfm", "{page}"), ("pandoc",)),
    Format("pandoc plain wide", _program("pandoc", "-f", "html", "-t", "plain", "--wrap=none", "{page}"), ("pandoc",)),
    Format("pandoc commonmark", _program("pandoc", "-f", "html", "-t", "commonmark", "{page}"), ("pandoc",)),
    Format("pdftohtml", _program("pdftohtml", "-s", "-i", "-stdout", "{print}"), ("pdftohtml", BROWSER)),
    Format("pdftohtml, lines", _program("pdftohtml", "-s", "-i", "-stdout", "{lined}"), ("pdftohtml", BROWSER)),
    Format("pdftohtml -xml", _program("pdftohtml", "-xml", "-i", "-stdout", "{print}"), ("pdftohtml", BROWSER)),
    Format("pdftotext -bbox", _program("pdftotext", "-bbox", "{print}", "-"), ("pdftotext", BROWSER)),
    Format("pdftotext -bbox-layout", _program("pdftotext", "-bbox-layout", "{lined}", "-"), ("pdftotext", BROWSER)),
    Format("pdftotext -tsv", _program("pdftotext", "-tsv", "{print}", "-"), ("pdftotext", BROWSER)),
    Format("pdfminer html", _pdfminer, ("pdfminer", BROWSER)),
    Format("pdfplumber layout", _plumber(layout=True), ("pdfplumber", BROWSER)),
    Format("pypdf layout", _pypdf("layout"), ("pypdf", BROWSER)),
    *_transcriptions(),
    Format("pdftotext", _program("pdftotext", "{print}", "-"), ("pdftotext", BROWSER), LOST),
    Format("pdftotext, lines", _program("pdftotext", "{lined}", "-"), ("pdftotext", BROWSER), LOST),
    Format("pdftotext -raw", _program("pdftotext", "-raw", "{print}", "-"), ("pdftotext", BROWSER), LOST),
    Format("pdfplumber", _plumber(layout=False), ("pdfplumber", BROWSER), LOST),
    Format("pypdfium2", _pdfium, ("pypdfium2", BROWSER), LOST),
    Format("pypdf", _pypdf("plain"), ("pypdf", BROWSER), LOST),
    Format("soup lines", _soup("\n"), ("bs4",), LOST),
    Format("soup words", _soup(" "), ("bs4",), LOST),
    Format("soup pipes", _soup(" | "), ("bs4",), LOST),
    Format("soup paragraphs", _soup("\n\n"), ("bs4",), LOST),
    Format("pdfminer", _pdfminer_text, ("pdfminer", BROWSER), LOST),
)
"""Every format, those that keep columns first."""
