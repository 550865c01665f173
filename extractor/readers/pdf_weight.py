"""How much a page makes a reader do: its drawing orders, those of each form as often as it is drawn.

PDFium runs all of them before it answers, and cannot be stopped; so they are counted first.
"""

from typing import Final

import regex
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import literal_name

ENDLESS: Final = 1 << 40
"""Stands for more than any document draws."""

DEEPEST: Final = 16
"""How deep forms may lie in forms."""

DRAWN: Final = regex.compile(rb"(?:/(?P<name>[^\s/<>\[\](){}%]++)\s++)?+\bDo\b")
"""The order to draw a form or picture."""

ESCAPE: Final = regex.compile(rb"\#(?P<code>[0-9A-Fa-f]{2})")


def orders(page: PDFPage) -> int:
    """Return the bytes of orders that a page comes to; pdfminer's errors pass through."""
    data = b"\n".join(stream.get_data() for stream in map(resolve1, page.contents) if isinstance(stream, PDFStream))
    return _weight(data, resolve1(page.resources), {}, 0)


def _weight(data: bytes, resources: object, known: dict[int, int], depth: int) -> int:
    """The bytes of some orders. known: of the forms that were weighed; a form within itself is endless."""
    if any(_forms(resolve1(font.get("Resources"))) for font in _fonts(resources)):
        return ENDLESS  # a font whose letters draw forms: no filing has one, and nobody knows how often they are drawn
    forms = _forms(resources)
    if not forms or b"Do" not in data:
        return len(data)
    if depth > DEEPEST:
        return ENDLESS
    weights: dict[str, int] = {}
    for own, form in forms.items():
        if id(form) not in known:
            known[id(form)] = ENDLESS
            inner = resolve1(form.get("Resources")) or resources
            known[id(form)] = _weight(form.get_data(), inner, known, depth + 1)
        weights[own] = known[id(form)]
    total, most = len(data), max(weights.values())
    for match in DRAWN.finditer(data):
        name: bytes | None = match["name"]
        total += most if name is None else weights.get(_plain(name), 0)
    return min(total, ENDLESS)


def _fonts(resources: object) -> list[dict[str, object]]:
    table = resolve1(resources.get("Font")) if isinstance(resources, dict) else None
    values = map(resolve1, table.values()) if isinstance(table, dict) else ()
    return [value for value in values if isinstance(value, dict)]


def _forms(resources: object) -> dict[str, PDFStream]:
    """The forms that may be drawn, by name."""
    table = resolve1(resources.get("XObject")) if isinstance(resources, dict) else None
    values = {name: resolve1(value) for name, value in table.items()} if isinstance(table, dict) else {}
    return {
        str(name): value for name, value in values.items() if isinstance(value, PDFStream) and _kind(value) == "Form"
    }


def _kind(stream: PDFStream) -> str:
    kind = resolve1(stream.get("Subtype"))
    return "" if kind is None else str(literal_name(kind))


def _plain(name: bytes) -> str:
    """A name without its escapes."""
    return ESCAPE.sub(lambda match: bytes([int(match["code"], 16)]), name).decode("latin-1")
