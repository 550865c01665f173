"""A filing as a page, as a print, and as a browser holds it."""

import html
import os
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import regex

from extractor.errors import ExtractorError, MissingProgram
from extractor.model import Filing
from extractor.outputs.edgar_xml import to_edgar_xml
from extractor.outputs.page.press import SWITCHES, find_browser
from extractor.outputs.render import PrintOptions, print_pdf, render_html
from extractor.readers.edgar import from_edgar_xml

SAID = regex.compile(r'data-said="([^"]*+)"')

PRINTED = regex.compile(r"[\x20-\u024F\u0370-\u04FF\u1E00-\u1EFF\u2010-\u205E\u20A0-\u20BF]*+")

AT_ONCE = 40
"""Pages that one browser holds at a time."""

HOST = """<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>%s<script>
addEventListener("load", () => document.querySelectorAll("iframe").forEach((frame) => {
  const page = frame.contentDocument;
  const said = [page.body.innerText, page.documentElement.outerHTML].map(encodeURIComponent).join(" ");
  frame.removeAttribute("srcdoc");
  frame.setAttribute("data-said", said);
}));
</script></body></html>"""
"""A page that holds other pages and tells what a browser makes of them."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A filing laid out. room: the folder with its files. inner, dom: as a browser has it, "" without one."""

    name: str
    truth: Filing
    room: Path
    inner: str = ""
    dom: str = ""

    @property
    def page(self) -> Path:
        """The file of the page, as EDGAR shows it."""
        return self.room / "page.html"

    @property
    def html(self) -> str:
        """The page."""
        return self.page.read_text("utf-8")

    def print(self, *, browser_lines: bool = False) -> Path:
        """The file of the page's print, with the browser's lines or without. MissingProgram: there is no browser."""
        pdf = self.room / ("lines.pdf" if browser_lines else "page.pdf")
        if not pdf.exists():
            print_pdf(self.html, pdf, PrintOptions(browser_lines=browser_lines))
        return pdf


def is_printable(filing: Filing) -> bool:
    """Whether the fonts of a print have all letters of a filing: those of Latin, Greek and Cyrillic, and usual signs.

    A letter that they lack is printed from a font without names for it, or as two; no converter says that it was there.
    """
    return PRINTED.fullmatch(unicodedata.normalize("NFC", filing.model_dump_json())) is not None


def filings_of(folder: Path) -> list[tuple[str, Filing]]:
    """The filings of a folder's XML files, each with its name."""
    return [(path.stem, from_edgar_xml(path.read_bytes())) for path in sorted(folder.glob("*.xml"))]


def render(filings: Iterable[tuple[str, Filing]], room: Path) -> list[Rendering]:
    """Filings laid out, each in a folder of its own in `room`; prints that are there are not redone."""
    found = []
    for name, truth in filings:
        page = render_html(truth)
        own = room / name
        own.mkdir(parents=True, exist_ok=True)
        if not (own / "page.html").exists() or (own / "page.html").read_text("utf-8") != page:
            for old in own.glob("*.pdf"):
                old.unlink()
            (own / "page.html").write_text(page, "utf-8")
            (own / "truth.xml").write_text(to_edgar_xml(truth), "utf-8")
        found.append(Rendering(name, truth, own))
    try:
        find_browser()
    except MissingProgram:
        return found
    said = (both for start in range(0, len(found), AT_ONCE) for both in browse([*_pages(found, start)]))
    return [Rendering(one.name, one.truth, one.room, *both) for one, both in zip(found, said, strict=True)]


def _pages(renderings: Sequence[Rendering], start: int) -> Iterator[str]:
    return (one.html for one in renderings[start : start + AT_ONCE])


def browse(pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the `innerText` and the `outerHTML` of each page in a Chromium.

    MissingProgram: there is none. ExtractorError: it said nothing.
    """
    frames = "".join(f'<iframe srcdoc="{html.escape(page)}"></iframe>' for page in pages)
    with tempfile.TemporaryDirectory(prefix="formd-browse-", ignore_cleanup_errors=True) as room:
        host = Path(room, "host.html")
        host.write_text(HOST % frames, "utf-8")
        command = [find_browser(), *SWITCHES, f"--user-data-dir={room}/profile", "--dump-dom"]
        if getattr(os, "geteuid", lambda: 1)() == 0:
            command.append("--no-sandbox")  # Chromium's sandbox does not start for root
        done = subprocess.run([*command, host.as_uri()], capture_output=True, timeout=300, check=False)
    told = SAID.findall(done.stdout.decode("utf-8"))
    if len(told) != len(pages):
        raise ExtractorError(f"expected {len(pages)} pages of the browser, seen {len(told)}")
    for one in told:
        inner, dom = one.split(" ")
        yield unquote(inner), unquote(dom)
