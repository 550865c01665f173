"""A PDF's bytes to its pages, each known to be whole before it is read.

pdfminer repairs what it can and leaves out the rest without a word; so here every page that the document counts must
be there, and every stream that a page's text depends on must unpack to its end.
"""

from collections.abc import Iterator
from typing import Final

import regex
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from extractor.errors import BrokenInput, EmptyInput, EncryptedInput, ExtractorError, UnreadableInput
from extractor.readers.pdf_packing import most_unpacked, unpack, unpacked_size
from extractor.readers.pdf_plain import Document

MAX_BYTES: Final = 100_000_000
MAX_PAGES: Final = 500
MAX_UNPACKED: Final = 400_000_000
"""Limits on a document's bytes, pages and bytes when unpacked."""

HEAD: Final = 1024
"""The bytes among which `%PDF-` stands (ISO 32000-1, annex H, note 13)."""

BEFORE: Final = 1024
"""The bytes before a stream among which its filters are named."""

STREAM: Final = regex.compile(rb"stream\r?\n")

AGAIN: Final = "get the file anew, or print the filing to PDF again"


def open_pages(data: bytes) -> list[PDFPage]:
    """Return all pages of a PDF, none of them damaged.

    Raises EmptyInput, EncryptedInput (it asks for a password), BrokenInput (no PDF, or damaged, or without pages) and
    UnreadableInput (larger than any filing is).
    """
    if not data.strip():
        raise EmptyInput("expected a PDF, but the input is empty")
    if b"%PDF-" not in data[:HEAD]:
        raise BrokenInput(f"expected a PDF, which begins with %PDF-, but the input begins with {data[:12]!r}; {AGAIN}")
    _guard_size(data)
    try:
        pages = list(_whole_pages(Document(data)))
    except ExtractorError:
        raise
    except Exception as error:  # pdfminer answers a malformed file with errors of any kind
        raise _refusal(error) from error
    if not pages:
        raise BrokenInput(f"expected a PDF with pages, but it has none; {AGAIN}")
    return pages


def _refusal(error: Exception) -> ExtractorError:
    """The error for a document that cannot be opened."""
    if isinstance(error, PDFPasswordIncorrect):
        return EncryptedInput("the PDF asks for a password; save a copy without one and read that")
    if isinstance(error, PDFEncryptionError):
        return EncryptedInput("the PDF is encrypted in an unknown way; save a copy without encryption")
    return BrokenInput(f"the PDF is damaged ({_reason(error)}); {AGAIN}")


def damaged(number: int, why: object) -> BrokenInput:
    """The error for a page that cannot be read whole."""
    reason = _reason(why) if isinstance(why, Exception) else why
    return BrokenInput(f"page {number} of the PDF is damaged ({reason}), so none of it is read; {AGAIN}")


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text[:120] if text else type(error).__name__


def _guard_size(data: bytes) -> None:
    """Raise UnreadableInput for a file that is, or unpacks to, more than any filing."""
    if len(data) > MAX_BYTES:
        raise UnreadableInput(
            f"expected a PDF of at most {MAX_BYTES:,} bytes, but it has {len(data):,}; "
            "print the filing's pages alone into a new PDF"
        )
    for size_of in (most_unpacked, unpacked_size):  # what may be too large by its packed size is counted
        left = MAX_UNPACKED
        for head, packed in _packed_streams(data):
            left -= size_of(head, packed, left)
            if left < 0:
                break
        else:
            return
    raise UnreadableInput(
        f"the PDF unpacks to more than {MAX_UNPACKED:,} bytes, which no filing does, so it is not read; "
        "print the filing's pages alone into a new PDF"
    )


def _packed_streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each stream of a file, and what stands before it."""
    for match in STREAM.finditer(data):
        head = data[max(match.start() - BEFORE, 0) : match.start()]
        yield head, data[match.end() : data.find(b"endstream", match.end())]


def _whole_pages(document: PDFDocument) -> Iterator[PDFPage]:
    """Yield the document's pages; raise BrokenInput where one is damaged or missing."""
    tree = resolve1(document.catalog.get("Pages"))
    if not isinstance(tree, dict):
        raise BrokenInput(f"the PDF has no list of its pages, so some may be missing; {AGAIN}")
    expected = resolve1(tree.get("Count"))
    expected = expected if isinstance(expected, int) else 0
    _require_few(expected)
    found = 0
    for page in PDFPage.create_pages(document):
        found += 1
        _require_few(found)
        _check(page, found)
        yield page
    if found < expected:
        raise BrokenInput(f"the PDF says it has {expected} pages, but only {found} can be found; {AGAIN}")


def _require_few(pages: int) -> None:
    if pages > MAX_PAGES:
        raise UnreadableInput(
            f"expected a PDF of at most {MAX_PAGES} pages, but it has {pages} or more; "
            "print the filing's pages alone into a new PDF"
        )


def _check(page: PDFPage, number: int) -> None:
    """Raise BrokenInput unless all that the page's text depends on is there and unpacks to its end."""
    try:
        for content in page.contents:
            _unpack(resolve1(content))
        for stream in _streams(resolve1(page.resources), set()):
            _unpack(stream)
    except Exception as error:  # as in open_pages
        raise damaged(number, error) from error


def _streams(resources: object, seen: set[int | None]) -> Iterator[object]:
    """Yield the streams that tell a page's characters, and the forms it draws with theirs; None for a missing one."""
    resources = resources if isinstance(resources, dict) else {}
    for spec in _values(resources.get("Font")):
        if not isinstance(spec, dict):
            raise ValueError("a font is missing")
        characters = resolve1(spec.get("ToUnicode"))
        if "ToUnicode" in spec and not isinstance(characters, PSLiteral):
            yield characters
    for form in _values(resources.get("XObject")):
        if not isinstance(form, PDFStream):
            raise ValueError("a part of its drawing is missing")
        if literal_name(resolve1(form.get("Subtype"))) == "Form" and form.objid not in seen:
            seen.add(form.objid)
            yield form
            yield from _streams(resolve1(form.get("Resources")), seen)


def _values(table: object) -> Iterator[object]:
    table = resolve1(table)
    for value in table.values() if isinstance(table, dict) else ():
        yield resolve1(value)


def _unpack(stream: object) -> None:
    """Raise ValueError or zlib.error if a stream is missing or cut short."""
    if not isinstance(stream, PDFStream):
        raise ValueError("a part of it is missing")
    data = stream.rawdata
    if data is None:  # read before, as a part of an earlier page
        return
    if stream.decipher is not None and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    filters = [str(literal_name(name)) for name, _ in stream.get_filters()]
    length = resolve1(stream.get("Length"))
    if not filters and isinstance(length, int) and len(data) < length:
        raise ValueError(f"a stream of {length} bytes has only {len(data)}")
    plain = unpack(data, filters)
    if not any(parameters for _, parameters in stream.get_filters()):
        stream.data, stream.rawdata = plain, None  # as pdfminer keeps it, so that it is not unpacked again
