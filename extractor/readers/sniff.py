"""What kind of document some bytes are, and their text; both from the bytes alone, never from a file's name."""

from collections.abc import Iterator

import regex

from extractor.errors import BinaryInput, EmptyInput
from extractor.source import Format

HEAD = 1 << 20
"""Bytes at the front in which a page or a submission shows what it is; a longer look would cost and tell no more."""

PDF_HEAD = 1024
"""Bytes at the front in which `%PDF-` may stand (ISO 32000-1, Annex H, note 13)."""

IMAGE = "an image: run OCR first and pass its text"
ARCHIVE = "an archive: unpack it and pass the file inside"
PROGRAM = "no document: pass the filing itself"
OFFICE = "an office document: save it as PDF, HTML or plain text"

MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", "JPEG", IMAGE),
    (b"\x89PNG\r\n\x1a\n", "PNG", IMAGE),
    (b"GIF87a", "GIF", IMAGE),
    (b"GIF89a", "GIF", IMAGE),
    (b"II*\x00", "TIFF", IMAGE),
    (b"MM\x00*", "TIFF", IMAGE),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000", IMAGE),
    (b"\x1f\x8b", "gzip", ARCHIVE),
    (b"BZh", "bzip2", ARCHIVE),
    (b"\xfd7zXZ\x00", "xz", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip", ARCHIVE),
    (b"Rar!\x1a\x07", "RAR", ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE (.doc, .xls or .msg)", OFFICE),
    (b"{\\rtf", "RTF", OFFICE),
    (b"%!PS", "PostScript", "a print file: turn it into PDF"),
    (b"\x7fELF", "ELF", PROGRAM),
    (b"MZ\x90\x00", "Windows program", PROGRAM),
    (b"SQLite format 3\x00", "SQLite", PROGRAM),
    (b"PAR1", "Parquet", PROGRAM),
)
"""Front bytes, name, and what to do, for each kind of file that holds no filing text as it is."""

ZIP = b"PK\x03\x04"
ZIP_KINDS = (
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"mimetypeapplication/vnd.oasis", "OpenDocument"),
)

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte order marks; the longer ones first, as UTF-32's begins with UTF-16's."""

NOT_UTF8 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
"""What `surrogateescape` makes of a byte that is no UTF-8, to that byte in CP1252; its five undefined bytes stay as
the control characters of the same number, as the WHATWG encoding standard reads them."""

BEYOND = regex.compile(rb"[\xf8-\xfb][\x80-\xbf]{4} | [\xfc\xfd][\x80-\xbf]{5}", regex.VERBOSE)
"""A sign beyond all that Unicode has, written as UTF-8 once was to be: elinks has such for combined letters."""

HALF = regex.compile(rb"\xc2 (?![\x80-\xbf])", regex.VERBOSE)
"""The first byte of a no-break space in UTF-8, whose second byte a program took for a space of its own, and dropped."""

SPACE = "\N{NO-BREAK SPACE}".encode()

UNREAD = "\N{REPLACEMENT CHARACTER}".encode()

EDGAR = regex.compile(r"<edgarSubmission[\s/>]")

PAGE = regex.compile(
    r"""
    <html [\s>]
    | <!doctype \s++ html \b
    | <table (?: \s [^<>]*+ )?+ > (?: [^<]++ | < (?!/?t(?:r|able)[\s>]) )*+ <tr [\s>]
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
"""A web page or a part of one that has rows of a table; a `<p>` or an `<input>` in a text does not make it a page."""

WEB_ARCHIVE = regex.compile(r"\A\s*(?:From:|MIME-Version:|Snapshot-Content-Location:)[^\x00]{0,2000}?multipart/related")

CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
"""Characters that no text holds more than by accident (an escape, \\x1b, may colour a terminal's text)."""


def sniff(data: bytes) -> Format:
    """The format of a document, by its bytes: "pdf", "edgar", "html" or else "text".

    A full submission of EDGAR is "edgar" if it holds the filing's XML, else what its document is. Raises EmptyInput
    (nothing, or only white space) and BinaryInput (an image, an archive, ...; the message names it).

    >>> sniff(b"<html><body>"), sniff(b"%PDF-1.4"), sniff(b"<?xml version='1.0'?><edgarSubmission>")
    ('html', 'pdf', 'edgar')
    >>> sniff(b"<p>CIK 0001141240</p> <input type='checkbox'/> Yes")
    'text'
    """
    return recognise(data)[0]


def recognise(data: bytes) -> tuple[Format, str]:
    """The format of a document, and its text; "" for a PDF. Raises what `sniff` raises."""
    if b"%PDF-" in data[:PDF_HEAD]:
        return "pdf", ""
    whole = len(data) <= HEAD or not data[:HEAD].strip()
    head = decode(data if whole else data[:HEAD])
    kind: Format = "edgar" if EDGAR.search(head) else "html" if PAGE.search(head) else "text"
    if kind != "edgar" and WEB_ARCHIVE.match(head):
        raise BinaryInput("a web archive (MHTML): open it in a browser and save it as HTML or print it to PDF")
    return kind, head if whole else decode(data)


def decode(data: bytes) -> str:
    r"""The text of bytes, its lines ended by a line feed each, without byte order mark and null characters.

    UTF-8, UTF-16 or UTF-32 by their byte order mark, UTF-16 without one by its null bytes; else UTF-8, in which any
    byte that is none is read as CP1252 (so a text in CP1252 comes out whole). Raises EmptyInput and BinaryInput.

    >>> decode("Caf\u00e9\r\n".encode()), decode(b"Caf\xe9 \x93LP\x94\r"), decode(b"\xfd\xbf\xbf\xbd\xa3\xacori")
    ('Café\n', 'Café “LP”\n', '�ori')
    >>> decode(b"\xc2\xa0\xc2Promoter"), decode(b"\xc2ngela")
    ('\xa0\xa0Promoter', 'Ângela')
    """
    for kind, advice in _binary(data):
        raise BinaryInput(f"a text, HTML, XML or PDF was expected, but the bytes are {kind}: {advice}")
    encoding, start = _encoding(data)
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError:
        utf8 = encoding == "utf-8"
        known = BEYOND.sub(UNREAD, data[start:]) if utf8 else data[start:]
        known = HALF.sub(SPACE, known) if utf8 and SPACE in known else known
        text = known.decode(encoding, "surrogateescape" if utf8 else "replace").translate(NOT_UTF8)
    if not text.strip("\x00\ufeff \t\r\n") or not text.replace("\x00", "").strip():
        raise EmptyInput("the input is empty: it holds no character but white space")
    head = text[:HEAD].encode("utf-8", "replace")
    strange = len(head) - len(head.translate(None, CONTROLS))
    if strange * 20 > len(head):
        raise BinaryInput(f"a text was expected, but {strange} control characters say that the bytes are no text")
    text = text.replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _binary(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (name, what to do) if the first bytes are those of a known file that holds no filing text."""
    for magic, name, advice in MAGIC:
        if data.startswith(magic):
            yield name, advice
    if data.startswith(ZIP):
        kinds = [name for sign, name in ZIP_KINDS if sign in data[:HEAD]]
        yield (kinds[0], OFFICE) if kinds else ("ZIP", ARCHIVE)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        yield "WebP", IMAGE
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        yield "BMP", IMAGE
    if data[4:8] == b"ftyp":
        yield "HEIC, AVIF or MP4", IMAGE


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding and the length of the byte order mark."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return encoding, len(bom)
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 > len(head) and min(even, odd) * 10 <= max(even, odd):
        return ("utf-16-le" if odd > even else "utf-16-be"), 0
    return "utf-8", 0
