"""A filing as a page, as a print, and as a browser holds it."""

import html
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import regex

from extractor.errors import ExtractorError, MissingProgram
from extractor.model import Filing
from extractor.outputs.page.press import SWITCHES, find_browser
from extractor.outputs.render import print_pdf, render_html
from extractor.readers.edgar import from_edgar_xml

SAID = regex.compile(r'data-said="([^"]*+)"')

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

    def print(self) -> Path:
        """The file of the page's print. MissingProgram: there is no browser."""
        pdf = self.room / "page.pdf"
        if not pdf.exists():
            print_pdf(self.html, pdf)
        return pdf


def render(paths: Iterable[Path], room: Path) -> list[Rendering]:
    """The filings of some XML files, each with a folder of its own in `room`; prints that are there are not redone."""
    found = []
    for path in paths:
        truth = from_edgar_xml(path.read_bytes())
        page = render_html(truth)
        own = room / path.stem
        own.mkdir(parents=True, exist_ok=True)
        if not (own / "page.html").exists() or (own / "page.html").read_text("utf-8") != page:
            (own / "page.pdf").unlink(missing_ok=True)
            (own / "page.html").write_text(page, "utf-8")
        found.append(Rendering(path.stem, truth, own))
    try:
        find_browser()
    except MissingProgram:
        return found
    said = browse([one.html for one in found])
    return [Rendering(one.name, one.truth, one.room, *both) for one, both in zip(found, said, strict=True)]


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
