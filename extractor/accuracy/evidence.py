"""Whether a document holds what was read from it at the place that is cited."""

import html
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import regex

from extractor.finding import Finding
from extractor.readers.sniff import decode
from extractor.source import Format, Place

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_TAG = regex.compile(r"<[^<>]*+>|\A[^<>]*+>|<[^<>]*+\Z")
_SIGNS = regex.compile(r"[\W_]++")
_NEAR = 2.0
"""Points by which a letter may stand outside the cited box."""

_BEGINNING = 3
"""Letters that are enough for the beginning of an answer."""


class Document(Protocol):
    """A document in which places can be looked up."""

    def at(self, place: Place, length: int) -> str:
        """What stands at a place; where the place says only where it begins, so many letters at least."""


@contextmanager
def opened(data: bytes, format_: Format) -> Iterator[Document]:
    """A document from its bytes, opened to look places up."""
    if format_ != "pdf":
        yield _Lines(decode(data).split("\n"), marked_up=format_ in ("html", "edgar"))
        return
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        yield _Pages(pdf)


def shows(document: Document, finding: Finding) -> bool | None:
    """Whether the cited place holds the text of the finding; None when it has no text or cites no place.

    A place is that of the answer's first line: of an answer that goes on below, it holds the beginning. Only letters
    and digits are compared, without regard to case: line breaks, tags and signs differ between what a document holds
    and what it shows.
    """
    wanted = squeezed(finding.raw)
    if not wanted or finding.place is None or finding.place == Place():
        return None
    held = squeezed(document.at(finding.place, len(wanted)))
    return wanted in held or (len(held) >= _BEGINNING and wanted.startswith(held))


def squeezed(text: str) -> str:
    """The letters and digits of a text, without regard to case.

    >>> squeezed("$1,000 USD"), squeezed("[X]"), squeezed("_")
    ('1000usd', 'x', '')
    """
    return _SIGNS.sub("", text).casefold()


class _Lines:
    """A text, a page or XML by its lines."""

    def __init__(self, lines: list[str], *, marked_up: bool) -> None:
        self._lines = lines
        self._marked_up = marked_up

    def at(self, place: Place, length: int) -> str:
        if place.line is None or place.line > len(self._lines):
            return ""
        if place.columns:
            first, last = place.columns
            return self._plain(self._lines[place.line - 1][first - 1 : last])
        held = ""
        for line in self._lines[place.line - 1 :]:
            held = f"{held} {self._plain(line)}"
            if len(squeezed(held)) >= length:
                break
        return held

    def _plain(self, line: str) -> str:
        return html.unescape(_TAG.sub(" ", line)) if self._marked_up else line


class _Pages:
    """A PDF by its pages."""

    def __init__(self, pdf: "PDF") -> None:
        self._pdf = pdf

    def at(self, place: Place, length: int) -> str:
        if place.page is None or place.box is None or place.page > len(self._pdf.pages):
            return ""
        x0, top, x1, bottom = place.box
        return "".join(
            str(letter["text"])
            for letter in self._pdf.pages[place.page - 1].chars
            if x0 - _NEAR <= (letter["x0"] + letter["x1"]) / 2 <= x1 + _NEAR
            and top - _NEAR <= (letter["top"] + letter["bottom"]) / 2 <= bottom + _NEAR
        )
