"""The objects of a PDF as pdfminer has them, those that are written plainly read by one pattern.

pdfminer reads letter by letter, which was most of the time to open a file. It still reads what is not plain: strings
with escapes, comments, names with signs, streams of an untold length.
"""

from io import BytesIO
from typing import Final

import regex
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psparser import LIT, PSLiteral, literal_name

TOKEN: Final = regex.compile(
    rb"""
    /[\w.+-]++ | \d{1,9}+[ ]\d{1,5}+[ ]R\b | [+-]?+\d{1,9}+(?:\.\d{1,9}+)?+(?![\w.+-]) | << | >> | \[ | \]
    | \([^()\\\r\n]*+\) | (?:true|false)\b
    """,
    regex.VERBOSE | regex.ASCII,
)
"""A name, a reference, a number, a bracket, a string or a truth value (ISO 32000-1, 7.3)."""

OBJECT: Final = regex.compile(
    rb"(?P<number>\d{1,9}+)[ ]\d{1,5}+[ ]obj\s*+(?P<value><<(?:\s*+(?:%s))*+)\s*+(?:endobj\b|(?P<stream>stream\r?\n))"
    % TOKEN.pattern,
    regex.VERBOSE | regex.ASCII,
)

STREAM_END: Final = regex.compile(rb"\s*+endstream\b")

OPENS: Final = {b">>": b"<<", b"]": b"["}
"""The bracket that opens what each closing one ends."""


class Document(PDFDocument):
    """The objects of a PDF, by their numbers."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        super().__init__(PDFParser(BytesIO(data)))

    def _getobj_parse(self, pos: int, objid: int) -> object:
        """The object at a place of the file: a short cut before pdfminer's own way."""
        plain = self._plain(pos, objid)
        return super()._getobj_parse(pos, objid) if plain is None else plain

    def _plain(self, pos: int, number: int) -> object:
        """The dictionary or stream that stands there, if it has this number and is plain."""
        match = OBJECT.match(self._data, pos)
        if match is None or int(match["number"]) != number:
            return None
        try:
            (table,) = self._values(TOKEN.findall(match["value"]))
        except ValueError:  # its brackets do not fit
            return None
        return self._stream(table, match.end()) if match["stream"] and isinstance(table, dict) else table

    def _stream(self, table: dict[str, object], start: int) -> PDFStream | None:
        """The stream of this dictionary, if it has the length that this tells."""
        length = table.get("Length")
        if not isinstance(length, int) or length < 0 or self._parser is None or self._parser.fallback:
            return None
        if not STREAM_END.match(self._data, start + length):
            return None
        return PDFStream(table, self._data[start : start + length], self.decipher)

    def _values(self, tokens: list[bytes]) -> list[object]:
        """The values that tokens stand for; raise ValueError where brackets do not fit."""
        opened: list[tuple[bytes, list[object]]] = []
        values: list[object] = []
        for token in tokens:
            if token in {b"<<", b"["}:
                opened.append((token, values))
                values = []
            elif token in OPENS:
                bracket, outer = opened.pop() if opened else (b"", [])
                if bracket != OPENS[token]:
                    raise ValueError("brackets that do not fit")
                outer.append(values if bracket == b"[" else _table(values))
                values = outer
            else:
                values.append(self._value(token))
        if opened:
            raise ValueError("a bracket that is not closed")
        return values

    def _value(self, token: bytes) -> object:
        """What a token that is no bracket stands for."""
        kind = token[:1]
        if kind == b"/":
            return LIT(token[1:].decode("ascii"))
        if kind == b"(":
            return token[1:-1]
        if kind in b"tf":
            return kind == b"t"
        if token.endswith(b"R"):
            return PDFObjRef(self, int(token.split()[0]))
        return float(token) if b"." in token else int(token)


def _table(values: list[object]) -> dict[str, object]:
    """A dictionary from its keys and values, in turns."""
    keys = values[::2]
    if len(values) % 2 or not all(isinstance(key, PSLiteral) for key in keys):
        raise ValueError("no dictionary")
    return dict(zip(map(literal_name, keys), values[1::2], strict=True))
