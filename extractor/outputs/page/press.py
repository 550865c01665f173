"""Printing a page as people print EDGAR's: by a browser, to PDF."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor.errors import ExtractorError, MissingProgram

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

SWITCHES = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a page never fetches anything
)

FONT = "font: 8pt sans-serif; white-space: nowrap;"


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How a browser prints the page.

    paper: its size. scale: of the content, 1.0 is the browser's own 100 %. margin: in inches, on all four sides.
    landscape: the long side across. browser_lines: the date, title, address and page number that a browser adds at the
    top and bottom of each page. top, bottom: such lines of one's own (left, centre, right); {page} and {pages} in them
    are numbers. tagged: with the structure for screen readers, which triples the size. timeout: seconds until the
    browser is given up.
    """

    paper: Literal["letter", "a4"] = "letter"
    scale: float = 1.0
    margin: float = 0.4
    landscape: bool = False
    browser_lines: bool = False
    top: tuple[str, str, str] = ("", "", "")
    bottom: tuple[str, str, str] = ("", "", "")
    tagged: bool = False
    timeout: float = 60.0


PRINT = PrintOptions()
"""The page on letter paper, as Chromium prints it."""


def print_pdf(html: str, target: Path, options: PrintOptions = PRINT) -> None:
    """Write `html` as a PDF to `target`, by a Chromium that is installed.

    MissingProgram: there is none. ExtractorError: it failed, or took longer than the timeout.
    """
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="formd-print-", ignore_cleanup_errors=True) as room:
        page, pdf = Path(room, "page.html"), Path(room, "page.pdf")
        page.write_text(_with_style(html, options), "utf-8")
        command = [browser, *SWITCHES, f"--user-data-dir={room}/profile", f"--print-to-pdf={pdf}"]
        if not options.browser_lines:
            command.append("--no-pdf-header-footer")
        if not options.tagged:
            command.append("--disable-pdf-tagging")
        if getattr(os, "geteuid", lambda: 1)() == 0:
            command.append("--no-sandbox")  # Chromium's sandbox does not start for root
        _run([*command, page.as_uri()], options.timeout)
        if not pdf.is_file():
            raise ExtractorError(f"{browser}: expected a PDF, seen none; run it by hand on the page to see why")
        shutil.move(pdf, target)


def find_browser() -> str:
    """The path of the browser that prints. MissingProgram: none is installed."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise MissingProgram(
        f"printing to PDF needs Chromium or Chrome, and none of {', '.join(BROWSERS)} is on the PATH; "
        "install the package chromium (Debian: apt-get install chromium)"
    )


def _run(command: list[str], timeout: float) -> None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise ExtractorError(f"{command[0]}: expected a PDF within {timeout:.0f} s, seen none; try again") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        last = said[-1] if said else "no message"
        raise ExtractorError(f"{command[0]}: expected a PDF, seen exit status {done.returncode}: {last}")


def _with_style(html: str, options: PrintOptions) -> str:
    """`html` with the paper, margins and scale as style, for which the browser's command line has no switches."""
    size = f"{options.paper}{' landscape' if options.landscape else ''}"
    lines = [*_margin_lines("top", options.top), *_margin_lines("bottom", options.bottom)]
    page = f"@page {{ size: {size}; margin: {options.margin}in; {' '.join(lines)} }}"
    style = f'<style type="text/css">{page} body {{ zoom: {options.scale}; }}</style>'
    before, head, after = html.partition("</head>")
    return f"{before}{style}{head}{after}" if head else f"{style}{html}"


def _margin_lines(edge: str, texts: tuple[str, str, str]) -> list[str]:
    """The rules of style for the lines in a margin of the page."""
    named = zip(("left", "center", "right"), texts, strict=True)
    return [f"@{edge}-{side} {{ content: {_content(text)}; {FONT} }}" for side, text in named if text]


def _content(text: str) -> str:
    """`text` as a style sheet says it: quoted strings, and counters for {page} and {pages}.

    >>> print(_content("page {page}"))
    "page " counter(page) ""
    """
    escaped = "".join(
        character if character.isalnum() or character in " {}" else _escape(character) for character in text
    )
    counters = escaped.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
    return f'"{counters}"'


def _escape(character: str) -> str:
    return f"\\{ord(character):x} "
