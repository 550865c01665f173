"""The streams of a PDF unpacked within limits, which pdfminer and PDFium do not know."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final

import regex
from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder

MAX_STREAM: Final = 50_000_000
"""The bytes that one stream of drawing orders or characters may unpack to."""

MAX_LZW: Final = 2_000_000
"""The bytes that may be packed by LZW, which takes a microsecond for each; nothing of today packs so."""

PIECE: Final = 1 << 24
"""How many bytes are unpacked at once when they are only counted."""

DEFLATED: Final = 1032
"""How many bytes a deflated one stands for at most (a pair of bits for 258)."""

FILTERS: Final = regex.compile(rb"/F(?:ilter)?+\s*+(?P<names>\[[^\]]*+\]|/[^\s/<>\[\]()]++)")
NAME: Final = regex.compile(rb"/(?P<name>[^\s/<>\[\]()]++)")
ESCAPE: Final = regex.compile(rb"\#(?P<code>[0-9A-Fa-f]{2})")


class TooLargeError(ValueError):
    """A stream unpacks to more than any filing's."""


def unpack(data: bytes, filters: Iterable[str]) -> bytes:
    """Return a stream's plain data; raise ValueError or zlib.error where it is cut short, or no text is packed so."""
    for name in filters:
        unpacker = UNPACKERS.get(name)
        if unpacker is None:
            raise ValueError(f"text cannot be packed by {name}")
        data = unpacker(data)
        _require_small(len(data))
    return data


def most_unpacked(head: bytes, packed: bytes, limit: int) -> int:
    """Return what `unpacked_size` does or more; it inflates nothing that is deflated only once."""
    if all(name in FLATE for name in _names(head)) and not _is_deflated(_beginning(packed)):
        return DEFLATED * len(packed)
    return unpacked_size(head, packed, limit)


def unpacked_size(head: bytes, packed: bytes, limit: int) -> int:
    """Return the bytes that a stream unpacks to; 0 if it is not packed, over the limit if more. head: before it.

    Counted piece by piece, so that a bomb never lies unpacked in memory.
    """
    names = _names(head)
    if all(name in FLATE for name in names):
        return _inflated_size(packed, limit)
    try:
        for name in names:
            packed = _part(packed) if name in FLATE else UNPACKERS.get(name, bytes)(packed)
            _require_small(len(packed))
    except TooLargeError:
        return limit + 1
    except Exception:  # it is no such stream: pdfminer answers with errors of any kind
        return len(packed)
    return len(packed)


def _names(head: bytes) -> list[str]:
    """The filters of a stream, as far as the bytes before it tell."""
    match = FILTERS.search(head, max(head.rfind(b"obj"), 0))
    return [_plain(name) for name in NAME.findall(match["names"])] if match else []


def _plain(name: bytes) -> str:
    """A name without its escapes."""
    return ESCAPE.sub(lambda match: bytes([int(match["code"], 16)]), name).decode("latin-1")


def _require_small(size: int) -> None:
    if size > MAX_STREAM:
        raise TooLargeError(f"a stream unpacks to more than {MAX_STREAM:,} bytes")


def _inflated_size(packed: bytes, limit: int) -> int:
    """The bytes of data that is deflated once or several times; 0 if it is not."""
    if not _is_deflated(packed):
        return 0
    inflater, size, first = zlib.decompressobj(), 0, b""
    try:
        while packed and size <= limit:
            plain = inflater.decompress(packed, PIECE)
            first = first or plain
            size += len(plain)
            packed = inflater.unconsumed_tail
    except zlib.error:
        return 0
    return size + (_inflated_size(first, limit) if size == len(first) else 0)


def _is_deflated(packed: bytes) -> bool:
    """Whether data begins as deflated data does (RFC 1950)."""
    return len(packed) >= 2 and packed[0] & 0x0F == 8 and (packed[0] * 256 + packed[1]) % 31 == 0


def _beginning(packed: bytes) -> bytes:
    """The first two bytes of deflated data, inflated; none if it is not deflated."""
    try:
        return zlib.decompressobj().decompress(packed, 2)
    except zlib.error:
        return b""


def _part(packed: bytes) -> bytes:
    """What of some deflated data can be inflated."""
    inflater = zlib.decompressobj()
    plain = inflater.decompress(packed, MAX_STREAM)
    _require_small(len(plain) + len(inflater.unconsumed_tail))
    return plain


def _inflate(packed: bytes) -> bytes:
    """The plain data; raise ValueError or zlib.error unless it is whole. Only its checksum may be missing."""
    inflater = zlib.decompressobj()
    plain = inflater.decompress(packed, MAX_STREAM)
    if inflater.unconsumed_tail:
        _require_small(MAX_STREAM + 1)
    if not inflater.eof:
        bare = zlib.decompressobj(-zlib.MAX_WBITS)
        bare.decompress(packed[2:], MAX_STREAM)
        if not bare.eof:
            raise ValueError("a packed stream is cut short")
    return plain


def _unrun(packed: bytes) -> bytes:
    """The plain data of runs of bytes (ISO 32000-1, 7.4.5)."""
    plain, at = bytearray(), 0
    while at < len(packed) and packed[at] != 128:
        count = packed[at]
        if count < 128:
            plain += packed[at + 1 : at + 2 + count]
            at += 2 + count
        else:
            plain += packed[at + 1 : at + 2] * (257 - count)
            at += 2
        _require_small(len(plain))
    return bytes(plain)


def _unlzw(packed: bytes) -> bytes:
    if len(packed) > MAX_LZW:
        raise TooLargeError(f"a stream of more than {MAX_LZW:,} bytes is packed by LZW")
    plain = bytearray()
    for part in LZWDecoder(BytesIO(packed)).run():
        plain += part
        _require_small(len(plain))
    return bytes(plain)


FLATE: Final = frozenset({"FlateDecode", "Fl"})

UNPACKERS: Final[Mapping[str, Callable[[bytes], bytes]]] = MappingProxyType(
    {
        "FlateDecode": _inflate,
        "Fl": _inflate,
        "ASCII85Decode": ascii85decode,
        "A85": ascii85decode,
        "ASCIIHexDecode": asciihexdecode,
        "AHx": asciihexdecode,
        "RunLengthDecode": _unrun,
        "RL": _unrun,
        "LZWDecode": _unlzw,
        "LZW": _unlzw,
    }
)
"""How a text may be packed (ISO 32000-1, table 6), by the name and by its abbreviation."""
