"""What bytes are, and their text."""

import codecs
import gzip
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import BinaryInput, EmptyInput
from extractor.readers.sniff import HEAD, decode, sniff
from extractor.source import Format

SHARED = Path(__file__).parents[1].parent / "shared"
XML = '<?xml version="1.0"?>\n<edgarSubmission>\n<schemaVersion>X0708</schemaVersion></edgarSubmission>'
SUBMISSION = (
    "<SEC-DOCUMENT>x.txt\n<SEC-HEADER>\nFORM TYPE: D\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>D\n<TEXT>\n{}\n</TEXT>\n"
)
ROWS = "<table class='x'><tbody>\n<tr><td>City</td></tr></table>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FORM D\nNotice of Exempt Offering of Securities", "text"),
        ("<p>CIK 0001141240</p> <br> <input checked type='checkbox'/> Corporation &amp; more", "text"),
        ("<div><li>City</li></div> 5 < 6 <Fund>", "text"),
        ("a table: <table and <tr>", "text"),
        ("<table></table> text <tr>", "text"),
        ("about <htmlish> things", "text"),
        ("<?xml version='1.0'?><ownershipDocument/>", "text"),
        ("&lt;edgarSubmission&gt; and &lt;html&gt;", "text"),
        ("<html><body>FORM D</body></html>", "html"),
        ("\n<!-- saved from url=(0019)https://www.sec.gov/ -->\n<HTML lang='en'>", "html"),
        ("<!DOCTYPE html>\n<title>SEC FORM D</title>", "html"),
        ('<!doctype  HTML PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">', "html"),
        (ROWS, "html"),
        ("# 1. Issuer\n\n" + ROWS.upper(), "html"),
        (XML, "edgar"),
        ("<edgarSubmission xmlns='http://www.sec.gov/edgar/formdfiler'>", "edgar"),
        (SUBMISSION.format("<XML>\n" + XML + "\n</XML>"), "edgar"),
        (SUBMISSION.format("<html><body>FORM D</body></html>"), "html"),
        (SUBMISSION.format("FORM D\nName of Issuer"), "text"),
        ("%PDF-1.7\n", "pdf"),
        ("junk before\n%PDF-1.4\n", "pdf"),
        ("x" * 1100 + "%PDF-1.4 is how a PDF begins", "text"),
    ],
)
def test_the_format_is_read_from_the_bytes(text: str, expected: Format) -> None:
    assert sniff(text.encode()) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize(("text", "expected"), [(XML, "edgar"), ("<html><p>City</p>", "html"), ("City\tZIP", "text")])
def test_the_format_in_any_encoding(text: str, expected: Format, encoding: str) -> None:
    assert sniff(text.encode(encoding)) == expected


def test_a_page_behind_much_white_space_and_text_behind_a_long_head() -> None:
    assert sniff(b" " * (2 * HEAD) + b"<html>") == "html"
    assert sniff(("\N{EM DASH}" * HEAD).encode()) == "text"


@pytest.mark.skipif(not SHARED.exists(), reason="the real filings are not here")
def test_real_filings() -> None:
    found = {path: sniff(path.read_bytes()) for path in (SHARED / "filings").rglob("*.*")}
    assert {(path.suffix, kind) for path, kind in found.items()} == {
        (".xml", "edgar"),
        (".html", "html"),
        (".txt", "edgar"),
    }


@pytest.mark.parametrize(
    "data",
    [b"", b" \r\n\t", b"\x00\x00\x00", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), b"\xa0\xa0"],
)
def test_nothing_but_white_space(data: bytes) -> None:
    with pytest.raises(EmptyInput, match="empty"):
        decode(data)
    with pytest.raises(EmptyInput, match="empty"):
        sniff(data)


def archive(*names: str) -> bytes:
    """A ZIP file that holds files of some names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in names:
            target.writestr(name, "content")
    return buffer.getvalue()


def database() -> bytes:
    """An SQLite database with one table."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t (a)")
        return connection.serialize()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG: an image: run OCR first and pass its text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG: an image"),
        (b"GIF89a\x01\x00", "GIF: an image"),
        (b"GIF87a\x01\x00", "GIF: an image"),
        (b"II*\x00\x08\x00", "TIFF: an image"),
        (b"MM\x00*\x00\x08", "TIFF: an image"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36", "BMP: an image"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP: an image"),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000: an image"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC, AVIF or MP4: an image"),
        (archive("word/document.xml"), "DOCX: an office document: save it as PDF, HTML or plain text"),
        (archive("xl/workbook.xml"), "XLSX: an office document"),
        (archive("ppt/slides.xml"), "PPTX: an office document"),
        (archive("filing.txt"), "ZIP: an archive: unpack it"),
        (gzip.compress(b"FORM D", mtime=0), "gzip: an archive"),
        (b"BZh91AY&SY", "bzip2: an archive"),
        (b"\xfd7zXZ\x00\x00", "xz: an archive"),
        (b"7z\xbc\xaf\x27\x1c\x00", "7-Zip: an archive"),
        (b"Rar!\x1a\x07\x01\x00", "RAR: an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", r"OLE \(.doc, .xls or .msg\): an office document"),
        (rb"{\rtf1\ansi FORM D}", "RTF: an office document"),
        (b"%!PS-Adobe-3.0", "PostScript: a print file"),
        (b"\x7fELF\x02\x01", "ELF: no document"),
        (b"MZ\x90\x00\x03", "Windows program: no document"),
        (database(), "SQLite: no document"),
        (b"PAR1\x15\x04", "Parquet: no document"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "web archive"),
        (bytes(range(1, 32)) * 40, "control characters"),
    ],
)
def test_other_files_are_named(data: bytes, message: str) -> None:
    with pytest.raises(BinaryInput, match=message):
        sniff(data)


def test_words_that_begin_like_a_file() -> None:
    for text in ("BM Capital Fund", "MZ Holdings", "PKware", "BZ Fund", "RIFF Raff LLC", "GIFT Fund", "Rare Fund"):
        assert sniff(text.encode()) == "text"


MIXED = "Caf\N{LATIN SMALL LETTER E WITH ACUTE} \N{LEFT DOUBLE QUOTATION MARK}LP\N{RIGHT DOUBLE QUOTATION MARK}"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    bom = codecs.BOM_UTF32_LE if encoding == "utf-32-le" else b""
    assert decode(bom + MIXED.encode(encoding)) == MIXED


def test_big_endian_by_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + MIXED.encode("utf-16-be")) == MIXED
    assert decode(codecs.BOM_UTF32_BE + MIXED.encode("utf-32-be")) == MIXED


def test_every_byte_of_cp1252_and_its_five_undefined_ones() -> None:
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    for byte in range(0x80, 0x100):
        expected = chr(byte) if byte in undefined else bytes([byte]).decode("cp1252")
        assert decode(b"A " + bytes([byte]) + b" B") == f"A {expected} B"


def test_one_bad_byte_does_not_spoil_a_text_in_utf8() -> None:
    assert decode(MIXED.encode() + b" \x93x " + MIXED.encode()) == f"{MIXED} \N{LEFT DOUBLE QUOTATION MARK}x {MIXED}"
    assert decode(MIXED.encode()[:-1]).startswith(MIXED[:-1])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\rb\r", "a\nb\n"),
        ("a\nb", "a\nb"),
        ("a\r\n\rb\n\r", "a\n\nb\n\n"),
        ("a\fb", "a\fb"),
    ],
)
def test_line_ends(ends: str, expected: str, encoding: str) -> None:
    assert decode(ends.encode(encoding)) == expected


def test_null_characters_are_left_out() -> None:
    assert decode(b"City\x00 of" + b" a long name" * 9 + b"\x00") == "City of" + " a long name" * 9


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_any_text_comes_back_from_utf8_and_marked_utf16(text: str) -> None:
    text = "Form D " + text
    assert decode(text.encode()) == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except (BinaryInput, EmptyInput):
        return
    assert text.strip()
    assert "\r" not in text
    assert "\x00" not in text
