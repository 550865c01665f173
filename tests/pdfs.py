"""PDFs written by hand, small enough to see what is in them, and what is read in them.

Places are points from the page's top left corner.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from extractor.readers.pdf import read_pdf
from extractor.source import Cell, Mark, Source

FONTS = {
    "F": b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "B": b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    "Z": b"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
    "W": b"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings /FirstChar 0 /LastChar 255 /Widths ["
    + b" 800" * 256
    + b"] >>",
    "C": b"<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
    b"/Subtype /CIDFontType2 /BaseFont /Nameless /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
    b"/Supplement 0 >> /DW 500 >>] >>",
}
"""Helvetica, Times, ZapfDingbats, Wingdings, and a font that does not say which letters it draws."""

BLUE = "0 0 1 rg"


@dataclass(frozen=True)
class Page:
    """A page: what it draws (lines of PDF operators), its size, and more entries of its dictionary."""

    draws: str
    width: float = 612
    height: float = 792
    entries: str = ""


def text(x: float, base: float, words: str, *, font: str = "F", size: float = 10, before: str = "0 g") -> str:
    """A string whose base line is `base` points below the top of a page 792 high. before: the colour, or a mode."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {before} BT /{font} {size} Tf {x} {792 - base} Td ({escaped}) Tj ET Q"


def rect(x: float, top: float, width: float, height: float, paint: str = "S") -> str:
    """A rectangle; paint: how (S its line, f filled, B both)."""
    return f"{x} {792 - top - height} {width} {height} re {paint}"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"{x0} {792 - y0} m {x1} {792 - y1} l S"


def sides(x: float, top: float, width: float, height: float, *, without: str = "") -> list[str]:
    """A frame as four thin bars; without: top or bottom, that one is left out."""
    bars = {
        "left": rect(x, top, 0.75, height, "f"),
        "right": rect(x + width - 0.75, top, 0.75, height, "f"),
        "top": rect(x, top, width, 0.75, "f"),
        "bottom": rect(x, top + height - 0.75, width, 0.75, "f"),
    }
    return [bar for name, bar in bars.items() if name != without]


def pdf(
    *pages: Page | Sequence[str], objects: dict[int, bytes] | None = None, packed: bool = False, password: str = ""
) -> bytes:
    """A PDF of these pages; a list of operators is a letter page.

    objects: more of them, by number (from 100; 1 is the catalogue); pictures and forms are /P100 ... packed: with its
    drawing compressed. password: the user must give it, or if it is "owner" only the owner.
    """
    whole = [page if isinstance(page, Page) else Page("\n".join(page)) for page in pages]
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(whole)))
    body: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] >> >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(whole)} >>".encode(),
    }
    fonts = b" ".join(f"/{name} {3 + number} 0 R".encode() for number, name in enumerate(FONTS))
    body.update({3 + number: font for number, font in enumerate(FONTS.values())})
    named = b" ".join(
        f"/P{number} {number} 0 R".encode() for number, value in (objects or {}).items() if b"stream" in value
    )
    for number, page in enumerate(whole):
        body[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] "
            f"/Contents {11 + 2 * number} 0 R ".encode()
            + b"/Resources << /Font << %s >> /XObject << %s >> >> " % (fonts, named if "Do" in page.draws else b"")
            + page.entries.encode()
            + b" >>"
        )
        body[11 + 2 * number] = stream(page.draws.encode("cp1252"), packed=packed)
    body.update(objects or {})
    return _file(body, password)


def stream(data: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        data, entries = zlib.compress(data), entries + " /Filter /FlateDecode"
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def picture(width: int = 1, height: int = 1) -> bytes:
    """A grey picture."""
    entries = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    return stream(b"\x80" * width * height, entries)


def _file(body: dict[int, bytes], password: str) -> bytes:
    """The objects with their cross references."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    trailer = b"/Root 1 0 R"
    if password:
        key, entry = _lock(password)
        body = {number: _encrypted(number, value, key) for number, value in body.items()}
        body[9] = entry
        trailer += b" /Encrypt 9 0 R /ID [<00> <00>]"
    places = {}
    for number in sorted(body):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body[number])
    start, size = len(out), max(body) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _lock(password: str) -> tuple[bytes, bytes]:
    """The key and the /Encrypt dictionary of the 40-bit standard handler (ISO 32000-1, 7.6.3)."""
    user = b"" if password == "owner" else password.encode()
    owner = _rc4(hashlib.md5((password.encode() + PAD)[:32]).digest()[:5], (user + PAD)[:32])
    permissions = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    key = hashlib.md5((user + PAD)[:32] + owner + permissions + b"\x00").digest()[:5]
    entry = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
    return key, entry % (owner.hex().encode(), _rc4(key, PAD).hex().encode())


def _encrypted(number: int, value: bytes, key: bytes) -> bytes:
    """An object with its stream encrypted; none of ours has strings that matter."""
    head, mark, rest = value.partition(b"\nstream\n")
    if not mark:
        return value
    data = rest.removesuffix(b"\nendstream")
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\x00\x00").digest()[:10]
    return head + mark + _rc4(own, data) + b"\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def browser(number: int, count: int, *body: str) -> list[str]:
    """A page as a browser prints it."""
    return [
        *body,
        text(24, 20, "9/1/23, 6:07 PM", size=8),
        text(280, 20, "SEC FORM D", size=8),
        text(24, 780, "https://www.sec.gov/Archives/edgar/data/1/xslFormDX01/primary_doc.xml", size=8),
        text(570, 780, f"{number}/{count}", size=8),
    ]


class Seen(NamedTuple):
    """What was read, in order: texts, and boxes as `[X]` and `[ ]`."""

    items: list[str]
    source: Source


def seen(data: bytes) -> Seen:
    """What both engines read."""
    source, other = read_pdf(data), read_pdf(data, "pdfplumber")
    items = [shown(item) for item in source.items]
    assert items == [shown(item) for item in other.items]
    for one, two in zip(source.items, other.items, strict=True):
        assert (one.x0, one.top, one.bottom) == pytest.approx((two.x0, two.top, two.bottom), abs=1.0)
        assert one.x1 == pytest.approx(two.x1, abs=10.0)  # a font that is not in the file has widths of their own
    return Seen(items, source)


def shown(item: Cell | Mark) -> str:
    if isinstance(item, Cell):
        return item.text
    return "[?]" if item.doubt else "[X]" if item.checked else "[ ]"


def read(*draws: str) -> list[str]:
    """The items of a page that draws this."""
    return seen(pdf(list(draws))).items


PROSE = [text(50, 200 + 12 * row, "a line of words with all their spaces") for row in range(5)]
"""Lines that show that the document draws its spaces."""
